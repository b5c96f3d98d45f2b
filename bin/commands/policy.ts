/** `codex-guard policy`: the policy in force, its files, and what Codex itself is told of it. One file an action. */

import type { CommandGroup } from '../command.ts';
import { checkAction } from './policy/check.ts';
import { driftAction } from './policy/drift.ts';
import { exportAction } from './policy/export.ts';
import { initAction } from './policy/init.ts';
import { lockAction } from './policy/lock.ts';
import { printAction } from './policy/print.ts';
import { schemaAction } from './policy/schema.ts';

export const policy: CommandGroup = {
  name: 'policy',
  about: 'Propose, check, print and export the policy; compare it with the settings of Codex.',
  // In the order in which a new user needs them.
  actions: [initAction, checkAction, printAction, schemaAction, exportAction, driftAction, lockAction],
};
