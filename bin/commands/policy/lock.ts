/** `codex-guard policy lock`: pins the packages that a policy extends to what is installed, in guard.lock.json beside it. */

import {
  findAgentSign,
  type LockChange,
  type LockState,
  MANAGED_POLICY,
  type PolicyInput,
  printLock,
  projectPolicyPath,
  RefusalError,
  readLockState,
  UsageError,
  userPolicyPath,
} from '../../../lib/api.ts';
import { logChange } from '../../change-log.ts';
import { chooseWord } from '../../choose.ts';
import { type CommandSpec, EXIT } from '../../command.ts';
import { writeAtomic } from '../../files.ts';
import { findPlaces } from '../../places.ts';
import { policySources } from '../../read-policy.ts';
import { showProblem } from '../../show-problem.ts';

const LAYERS = ['project', 'user', 'managed'] as const;
type Layer = (typeof LAYERS)[number];

export const lockAction: CommandSpec = {
  name: 'lock',
  usage: '[--check]',
  words: 0,
  about: 'Pin the packages that a policy extends to what is installed now.',
  options: {
    layer: { type: 'string', value: LAYERS.join('|'), about: "whose policy file (default: the project's)" },
    check: { type: 'boolean', about: 'change nothing; exit 1 when a package is not what the lock says' },
    json: { type: 'boolean', about: 'print JSON' },
  },
  examples: [
    ['policy lock', 'write .codex/guard.lock.json; commit it with the policy'],
    ['policy lock --check', 'say which package changed since, for CI'],
  ],
  run: (args, terminal) => {
    const layer = chooseWord('layer', args.text('layer') ?? 'project', LAYERS);
    const sources = policySources(terminal, terminal.cwd);
    const policyPath = policyPathOf(layer, sources);
    const state = readLockState(sources.host, layer, policyPath);
    if (state === undefined)
      throw new UsageError(`there is no policy file ${policyPath}`, '--layer names another one');
    const checks = args.flag('check');
    const { path, lock, files, changes } = state;
    const isStale =
      changes.length > 0 || lock === 'broken' || (lock === 'none' && Object.keys(files).length > 0);
    const problems = state.problems.filter(({ severity }) => severity === 'error');
    const writes = !checks && problems.length === 0 && isStale;
    if (writes) {
      const sign = findAgentSign(terminal.env);
      if (sign !== undefined)
        throw new RefusalError(
          `an agent seems to ask for this: ${sign}`,
          'a person looks at what changed and runs it, in a terminal that was not opened by Codex',
        );
      writeAtomic(path, printLock(files), 0o644);
      logChange(findPlaces('user', terminal).guardHome, 'policy lock', { path, changes });
    }
    if (args.flag('json'))
      terminal.out(
        JSON.stringify(
          { schema: 'codex-guard/policy-lock/v1', path, lock, files, changes, problems, written: writes },
          null,
          2,
        ),
      );
    else {
      for (const problem of problems) terminal.err(showProblem(problem, false));
      for (const change of changes) terminal.out(showChange(change));
      terminal.out(summarize(state, writes, isStale));
    }
    if (problems.length > 0) return EXIT.policy;
    return checks && isStale ? EXIT.findings : EXIT.fine;
  },
};

function policyPathOf(layer: Layer, { host, projectRoot }: PolicyInput): string {
  if (layer === 'user') return userPolicyPath(host);
  if (layer === 'managed') return MANAGED_POLICY;
  if (projectRoot === undefined)
    throw new UsageError('this is no project', 'run it inside one, or name another --layer');
  return projectPolicyPath(projectRoot);
}

function showChange({ file, locked, installed }: LockChange): string {
  if (locked === undefined) return `new      ${file}  ${installed}`;
  if (installed === undefined) return `gone     ${file}  (was ${locked})`;
  return `changed  ${file}  ${installed}\n         was ${locked}`;
}

function summarize({ path, lock, files }: LockState, written: boolean, isStale: boolean): string {
  const count = Object.keys(files).length;
  const what = `${count} file${count === 1 ? '' : 's'} of packages`;
  if (written) return `wrote ${path}: ${what} pinned`;
  if (lock === 'none')
    return count === 0
      ? 'nothing to pin: the policy extends no package'
      : `nothing is pinned: there is no ${path}`;
  return isStale ? `${path} does not hold` : `${path} holds: ${what} as it says`;
}
