/** Decides where Codex may run without asking anybody: on which machines, in which repositories, at what hours. */

import { defineGuard } from '../../kit/define-guard.ts';
import { draft } from '../../kit/draft.ts';
import { BEFORE_TOOL } from '../../kit/events.ts';
import type { HostFacts, RunMode } from '../../kit/host-facts.ts';
import { printText } from '../../kit/words.ts';
import type { GlobSet } from '../../types/policy.ts';

const ASK_A_PERSON = 'end the turn, and ask a person to start a session that asks before it acts';
/** When a session starts or is prompted, it is the person who reads this. */
const START_OTHERWISE =
  'start a session that asks before it acts, or start it on a machine, in a repository and at an hour that the policy names';
const WHOLE = { span: { start: 0, end: 0 } };

export default defineGuard({
  id: 'danger-mode',
  title: 'Codex runs without approvals only where that is allowed',
  events: [...BEFORE_TOOL, 'SessionStart', 'UserPromptSubmit'],
  level: 'deny',
  risk: 5,
  needs: ['git', 'mode'],
  options: {
    machines: {
      type: 'globs',
      default: [],
      direction: 'permission',
      about: 'Machines on which nobody has to be asked, by name: `ci-*`.',
    },
    repositories: {
      type: 'globs',
      default: ['**'],
      direction: 'permission',
      about:
        'Repositories in which nobody has to be asked, by the URL of a remote without scheme: `github.com/acme/*`.',
    },
    from: {
      type: 'number',
      default: 0,
      minimum: 0,
      tighter: 'higher',
      about: 'First hour of the day in which nobody has to be asked, 0 to 23.',
    },
    until: {
      type: 'number',
      default: 24,
      minimum: 0,
      tighter: 'lower',
      about: 'Hour of the day from which somebody has to be asked again, 0 to 24.',
    },
  },
  examples: {
    deny: [
      { command: 'ls', mode: { permission: 'bypassPermissions' } },
      { command: 'npm test', mode: { permission: 'bypassPermissions', machine: 'laptop' } },
      { text: 'mend the parser', event: 'UserPromptSubmit', mode: { permission: 'bypassPermissions' } },
      { event: 'SessionStart', mode: { permission: 'bypassPermissions' } },
      { command: 'ls', mode: { permission: 'bypassPermissions' }, options: { machines: ['ci-*'] } },
      {
        command: 'ls',
        mode: { permission: 'bypassPermissions', machine: 'ci-7' },
        options: { machines: ['ci-*'], repositories: ['github.com/acme/*'] },
      },
      {
        command: 'ls',
        mode: { permission: 'bypassPermissions', machine: 'ci-7', hour: 23 },
        options: { machines: ['ci-*'], until: 20 },
      },
    ],
    pass: [
      'ls',
      { command: 'ls', mode: { permission: 'default' } },
      { command: 'npm test', mode: { permission: 'plan' } },
      { text: 'mend the parser', event: 'UserPromptSubmit' },
      { event: 'SessionStart', mode: { permission: 'default' } },
      {
        command: 'ls',
        mode: { permission: 'bypassPermissions', machine: 'ci-7' },
        options: { machines: ['ci-*'] },
      },
      {
        command: 'ls',
        mode: { permission: 'bypassPermissions', machine: 'ci-7', hour: 9 },
        options: { machines: ['*'], from: 8, until: 20 },
      },
    ],
  },
  check(facts, options, host) {
    const { mode } = host;
    if (mode === undefined)
      return [draft(WHOLE, 'how this session runs is not known', ASK_A_PERSON, { uncertain: true })];
    if (mode.permission !== 'bypassPermissions') return [];
    const where = findForbidden(mode, options, host.git);
    if (where === undefined) return [];
    const remedy = BEFORE_TOOL.includes(facts.event) ? ASK_A_PERSON : START_OTHERWISE;
    return [
      draft(WHOLE, `this session runs without approvals ${where}`, remedy, {
        subject: { rule: mode.machine },
      }),
    ];
  },
});

interface Rules {
  readonly machines: GlobSet;
  readonly repositories: GlobSet;
  readonly from: number;
  readonly until: number;
}

/** Why here and now is not allowed, or undefined when it is. */
function findForbidden(mode: RunMode, rules: Rules, git: HostFacts['git']): string | undefined {
  if (rules.machines.match(mode.machine) === undefined)
    return `on ${printText(mode.machine)}, which is not a machine for that`;
  const isNamed = [...(git?.remotes.values() ?? [])].some(
    (url) => rules.repositories.match(nameOfRemote(url)) !== undefined,
  );
  if (!isNamed && !rules.repositories.patterns.includes('**'))
    return 'in a repository that is not meant for that';
  if (mode.hour < rules.from || mode.hour >= rules.until)
    return `at ${mode.hour} o'clock; allowed is ${rules.from} to ${rules.until}`;
  return undefined;
}

/** `git@github.com:o/r.git` and `https://u@github.com/o/r` as `github.com/o/r`. */
function nameOfRemote(url: string): string {
  return url
    .replace(/^[a-z][a-z0-9+.-]*:\/\//i, '')
    .replace(/^[^/@]*@/, '')
    .replace(/^([^/:]+):(?:\d+\/)?/, '$1/')
    .replace(/\.git\/?$/, '');
}
