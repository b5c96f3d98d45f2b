/** All commands, in the order of the help page. */

import type { CommandGroup, CommandSpec } from './command.ts';
import { allow } from './commands/allow.ts';
import { check } from './commands/check.ts';
import { doctor } from './commands/doctor.ts';
import { explain } from './commands/explain.ts';
import { guardsCommand } from './commands/guards.ts';
import { install } from './commands/install.ts';
import { log } from './commands/log.ts';
import { policy } from './commands/policy.ts';
import { scan } from './commands/scan.ts';
import { schemaCommand } from './commands/schema.ts';
import { status } from './commands/status.ts';
import { uninstall } from './commands/uninstall.ts';
import { update } from './commands/update.ts';
import { verifyRunCommand } from './commands/verify-run.ts';

export const COMMANDS: readonly (CommandSpec | CommandGroup)[] = [
  check,
  explain,
  scan,
  install,
  uninstall,
  update,
  guardsCommand,
  policy,
  log,
  allow,
  doctor,
  verifyRunCommand,
  status,
  schemaCommand,
];

/** Every command and every action by its full name: `policy check`. */
export const ALL_COMMANDS: readonly CommandSpec[] = COMMANDS.flatMap((entry) =>
  'actions' in entry
    ? entry.actions.map((action) => ({ ...action, name: `${entry.name} ${action.name}` }))
    : [entry],
);
