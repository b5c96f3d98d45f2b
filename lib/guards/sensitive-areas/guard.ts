/** Keeps named parts of a project for people: migrations, sign-in, payments, infrastructure. */

import { defineGuard } from '../../kit/define-guard.ts';
import { draft, mergeDrafts } from '../../kit/draft.ts';
import { BEFORE_TOOL } from '../../kit/events.ts';
import type { HostFacts } from '../../kit/host-facts.ts';
import { candidateOf, findForbidding, findHeld } from '../../kit/path-rules.ts';
import { isWrite, printPath, subjectPath } from '../../kit/paths.ts';
import type { FileEffect, PathFact } from '../../types/effect.ts';
import type { GlobSet } from '../../types/policy.ts';
import type { Word } from '../../types/text.ts';
import type { FindingDraft } from '../../types/verdict.ts';
import { brief } from './brief.ts';

export default defineGuard({
  id: 'sensitive-areas',
  title: 'Some parts of a project are changed by people only',
  events: BEFORE_TOOL,
  level: 'deny',
  risk: 5,
  needs: [],
  options: {
    paths: {
      type: 'globs',
      default: [
        '**/migrations/**',
        '**/auth/**',
        '**/authentication/**',
        '**/payments/**',
        '**/billing/**',
        'infra/**',
        'infrastructure/**',
        'terraform/**',
        '**/*.tf',
        'k8s/**',
        'helm/**',
        '.github/workflows/**',
        '.gitlab-ci.yml',
        'CODEOWNERS',
      ],
      direction: 'prohibition',
      about: 'Files that only people change.',
    },
    allow: {
      type: 'globs',
      default: [],
      direction: 'permission',
      about: 'Files that may be changed although a less specific glob of `paths` means them.',
    },
  },
  examples: {
    deny: [
      'echo "-- x" >> db/migrations/001.sql',
      "sed -i 's/a/b/' src/auth/login.ts",
      'rm -rf infra',
      'git mv src/payments/charge.ts src/payments/pay.ts',
      'cp a.yml .github/workflows/ci.yml',
      { patch: '*** Begin Patch\n*** Add File: terraform/main.tf\n+x\n*** End Patch\n' },
      { command: 'touch legal/terms.md', options: { paths: ['legal/**'] } },
    ],
    pass: [
      'cat db/migrations/001.sql',
      'grep -rn token src/auth',
      'ls infra',
      'echo x >> src/author.ts',
      'touch src/a.ts',
      'git diff src/auth',
      { command: 'touch src/auth/a.test.ts', options: { allow: ['**/auth/*.test.ts'] } },
    ],
  },
  brief,
  check(facts, options, host) {
    return mergeDrafts(
      facts.effects.flatMap((effect) =>
        effect.kind === 'file' && isWrite(effect) && !effect.place
          ? judge(effect, options.paths, options.allow, host.paths)
          : [],
      ),
    );
  },
});

function judge(
  effect: FileEffect,
  paths: GlobSet,
  allow: GlobSet,
  directories: HostFacts['paths'],
): readonly FindingDraft[] {
  const places: (readonly [Word, PathFact | undefined])[] = [[effect.path, effect.at]];
  if (effect.op === 'move' && effect.from) places.push([effect.from, effect.fromAt]);
  return places.flatMap(([path, at]) => {
    if (at !== undefined && at.zone !== 'project') return [];
    const match = findForbidding(candidateOf(path, { at }, directories), paths, [allow]);
    const takesAll =
      effect.op === 'move' || (effect.recursive && effect.op !== 'write' && effect.op !== 'create');
    const pattern =
      match?.pattern ?? (takesAll && at ? findHeld(at, paths.patterns, directories) : undefined);
    if (pattern === undefined) return [];
    return [
      draft(
        effect,
        `this changes ${printPath(path, at, directories)}, which only people change (${pattern})`,
        'describe the change that you would make there, and leave it to a person',
        {
          ...(at ? { subject: { path: subjectPath(at, directories) } } : {}),
          ...(match?.possible ? { uncertain: true } : {}),
        },
      ),
    ];
  });
}
