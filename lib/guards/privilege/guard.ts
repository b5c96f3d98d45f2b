/** Stops steps that take more rights than the agent has: root, privileged containers, setuid, the kernel. */

import { defineGuard } from '../../kit/define-guard.ts';
import { draft, mergeDrafts } from '../../kit/draft.ts';
import { BEFORE_TOOL } from '../../kit/events.ts';
import type { HostFacts } from '../../kit/host-facts.ts';
import { lastPart, printPath, subjectPath } from '../../kit/paths.ts';
import { printWord } from '../../kit/words.ts';
import type { FileEffect, RunEffect } from '../../types/effect.ts';
import type { FindingDraft } from '../../types/verdict.ts';

/** Programs whose only purpose is to run others with other rights. */
const ROOT_PROGRAMS: ReadonlySet<string> = new Set([
  'sudo',
  'sudoedit',
  'su',
  'doas',
  'pkexec',
  'run0',
  'gosu',
  'su-exec',
]);

const WITHOUT_RIGHTS = 'do it without these rights, or ask a person to run it';

const PRIVILEGES: Record<
  Exclude<RunEffect['privilege'], undefined | 'agent'>,
  readonly [what: string, remedy: string]
> = {
  root: ['runs with the rights of another user', WITHOUT_RIGHTS],
  container: [
    'starts a container that reaches into this machine',
    'start it without extra rights, mounting only the project',
  ],
  kernel: ['changes the kernel of this machine', WITHOUT_RIGHTS],
};

export default defineGuard({
  id: 'privilege',
  title: 'No step takes more rights than the agent has',
  events: BEFORE_TOOL,
  level: 'deny',
  risk: 5,
  needs: [],
  options: {
    allow: {
      type: 'strings',
      default: [],
      direction: 'permission',
      about: 'Programs that may run with the rights of another user, by name: `apt-get`.',
    },
  },
  examples: {
    deny: [
      'sudo ls /root',
      'sudo -u postgres psql -l',
      'su -c id',
      'doas id',
      'env A=1 sudo -n true',
      'chmod u+s /tmp/x',
      'chmod 4755 /tmp/x',
      'echo ok && sudo systemctl restart nginx',
    ],
    pass: [
      'id -u',
      'chmod 755 src/a.ts',
      'chmod +x src/a.ts',
      'chmod 0644 README.md',
      'echo "run sudo apt-get install jq by hand"',
      'grep -rn sudo src',
      'which sudo',
      { command: 'sudo ls src', options: { allow: ['ls'] } },
    ],
  },
  check(facts, options, host) {
    const runs = facts.effects.filter((effect) => effect.kind === 'run');
    return mergeDrafts(
      facts.effects.flatMap((effect) => {
        if (effect.kind === 'file') return judgeMode(effect, host.paths);
        return effect.kind === 'run' ? judgeRun(effect, runs, options.allow) : [];
      }),
    );
  },
});

function judgeRun(
  effect: RunEffect,
  runs: readonly RunEffect[],
  allow: readonly string[],
): readonly FindingDraft[] {
  const name = lastPart(effect.program.text ?? '');
  const privilege = effect.privilege ?? (ROOT_PROGRAMS.has(name) ? 'root' : undefined);
  if (privilege === undefined || privilege === 'agent' || effect.place !== undefined) return [];
  if (privilege === 'root' && isAllowed(name, runs, allow)) return [];
  const [what, remedy] = PRIVILEGES[privilege];
  const program = printWord(effect.program);
  return [draft(effect, `${program} ${what}`, remedy, { subject: { command: program } })];
}

/** True when programs are known to run below it and all of them may. */
function isAllowed(name: string, runs: readonly RunEffect[], allow: readonly string[]): boolean {
  if (allow.length === 0) return false;
  const below = runs.filter(({ via }) => via?.some((step) => step.split(' ')[0] === name));
  return below.length > 0 && below.every(({ program }) => allow.includes(lastPart(program.text ?? '')));
}

/** A file that runs with its owner's or group's rights, whoever starts it. */
function judgeMode(effect: FileEffect, directories: HostFacts['paths']): readonly FindingDraft[] {
  if (effect.place !== undefined || !setsId(effect.mode ?? '')) return [];
  const name = printPath(effect.path, effect.at, directories);
  return [
    draft(
      effect,
      `this lets ${name} run with the rights of its owner (mode ${effect.mode})`,
      'leave out the setuid and setgid bits',
      {
        ...(effect.at ? { subject: { path: subjectPath(effect.at, directories) } } : {}),
      },
    ),
  ];
}

function setsId(mode: string): boolean {
  if (/^[0-7]{4,5}$/.test(mode)) return (Number.parseInt(mode, 8) & 0o6000) !== 0;
  return mode.split(',').some((clause) => /^[ugoa]*[+=][rwxXt]*s/.test(clause));
}
