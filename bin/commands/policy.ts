/** `codex-guard policy`: the policy in force, its files, and what Codex itself is told of it. One file an action. */

import { findNearest, UsageError } from '../../lib/api.ts';
import type { Args, CommandSpec, OptionSpec } from '../command.ts';
import { checkAction } from './policy/check.ts';
import { driftAction } from './policy/drift.ts';
import { exportAction } from './policy/export.ts';
import { initAction } from './policy/init.ts';
import { lockAction } from './policy/lock.ts';
import { printAction } from './policy/print.ts';
import { schemaAction } from './policy/schema.ts';

/** In the order in which a new user needs them. */
const ACTIONS: readonly CommandSpec[] = [
  initAction,
  checkAction,
  printAction,
  schemaAction,
  exportAction,
  driftAction,
  lockAction,
];
const NAMES = ACTIONS.map(({ name }) => name);

export const policy: CommandSpec = {
  name: 'policy',
  usage: NAMES.join(' | '),
  about: 'Propose, check, print and export the policy, and say where the settings of Codex differ from it.',
  options: mergeOptions(),
  examples: ACTIONS.flatMap(({ examples }) => examples),
  run: (args, terminal) => {
    const [name = '', ...more] = args.positionals;
    const action = ACTIONS.find((candidate) => candidate.name === name);
    if (action === undefined) {
      const near = findNearest(name, NAMES);
      throw new UsageError(
        `policy takes ${NAMES.slice(0, -1).join(', ')} or ${NAMES.at(-1)}`,
        near === undefined ? 'codex-guard help policy' : `did you mean 'policy ${near}'?`,
      );
    }
    for (const option of Object.keys(policy.options))
      if (!Object.hasOwn(action.options, option) && isGiven(args, option))
        throw new UsageError(`policy ${name} has no option --${option}`, 'codex-guard help policy');
    if (more.length > 0)
      throw new UsageError(`policy ${name} takes no further words`, 'codex-guard help policy');
    return action.run(args, terminal);
  },
};

/** Every option once, with the actions that take it in front. */
function mergeOptions(): Readonly<Record<string, OptionSpec>> {
  const merged: { [name: string]: OptionSpec } = {};
  const names = [...new Set(ACTIONS.flatMap(({ options }) => Object.keys(options)))];
  for (const name of names) {
    const users = ACTIONS.filter(({ options }) => Object.hasOwn(options, name));
    const spec = users[0]?.options[name];
    if (spec === undefined) continue;
    const who = users.length === ACTIONS.length ? '' : `${users.map((user) => user.name).join(', ')}: `;
    merged[name] = { ...spec, about: who + spec.about };
  }
  return merged;
}

function isGiven(args: Args, option: string): boolean {
  return args.flag(option) || args.text(option) !== undefined;
}
