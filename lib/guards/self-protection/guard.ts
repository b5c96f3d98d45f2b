/** Keeps the guard itself in force: its files and wiring, the switches that turn hooks off, and agents started without them. */

import { defineGuard } from '../../kit/define-guard.ts';
import { draft, mergeDrafts } from '../../kit/draft.ts';
import { BEFORE_TOOL } from '../../kit/events.ts';
import { compileGlobs } from '../../kit/globs.ts';
import type { HostFacts } from '../../kit/host-facts.ts';
import { candidateOf, findForbidding, findHeld } from '../../kit/path-rules.ts';
import { isWrite, printPath, subjectPath } from '../../kit/paths.ts';
import { printWord } from '../../kit/words.ts';
import type { FileEffect, GitEffect, PackageEffect, PathFact, RunEffect } from '../../types/effect.ts';
import type { GlobSet } from '../../types/policy.ts';
import type { Word } from '../../types/text.ts';
import type { FindingDraft } from '../../types/verdict.ts';
import { judgeProcesses } from './processes.ts';
import { judgeCommandLine, judgeSwitches } from './switches.ts';

/** What the guard consists of and what starts it. */
const OWN_FILES = compileGlobs([
  '~/.codex/guard/**',
  '~/.codex/hooks.json',
  '~/.codex/hooks/**',
  '~/.codex/config.toml',
  '~/.codex/*.config.toml',
  '~/.codex/requirements.toml',
  '~/.codex/managed_config.toml',
  '~/.codex/rules/**',
  '~/.codex/plugins/**',
  '**/.codex/hooks.json',
  '**/.codex/hooks/**',
  '**/.codex/config.toml',
  '**/.codex/guard.jsonc',
  '**/.codex/guard/**',
  '**/guard.lock.json',
  '.codex/**',
  '/etc/codex/**',
  '**/node_modules/codex-guard/**',
  '**/.git/hooks/**',
]);

const ASK = 'leave the rules as they are; if one is in the way of the work, say which and ask a person';

export default defineGuard({
  id: 'self-protection',
  title: 'The guard stays in force',
  events: BEFORE_TOOL,
  level: 'deny',
  risk: 5,
  needs: [],
  options: {
    paths: {
      type: 'globs',
      default: [],
      direction: 'prohibition',
      about: 'More files that only a person may change, beside those of the guard and of Codex.',
    },
  },
  examples: {
    deny: [
      'rm ~/.codex/hooks.json',
      'rm -rf ~/.codex',
      'echo "{}" > ~/.codex/hooks.json',
      "python3 -c \"open('.codex/hooks.json','w').write('{}')\"",
      'chmod -x .git/hooks/pre-commit',
      'mv ~/.codex/guard /tmp/x',
      'ln -sf /dev/null ~/.codex/hooks.json',
      { patch: '*** Begin Patch\n*** Add File: .codex/guard.jsonc\n+{}\n*** End Patch\n' },
      'git commit --no-verify -m "fix: x"',
      'git push --no-verify origin feature/x',
      'git config core.hooksPath /dev/null',
      'codex-guard uninstall',
      'npx codex-guard allow "git push origin main" --reason x',
      "echo '{}' > ~/.codex/guard/grants/0a1b2c3d.json",
      'codex-guard policy lock',
      'npm uninstall codex-guard',
      'codex exec --dangerously-bypass-approvals-and-sandbox x',
      'CODEX_HOME=/tmp/x codex exec "do it"',
      'HUSKY=0 git commit -m "fix: x"',
      'pkill -f codex-guard',
      'kill -9 $PPID',
      { command: 'echo x > ops/limits.yaml', options: { paths: ['ops/**'] } },
    ],
    pass: [
      'cat ~/.codex/config.toml',
      'ls -la ~/.codex',
      'codex-guard doctor',
      'codex-guard explain "git push origin main"',
      'npx codex-guard check "ls"',
      'codex-guard log --blocked',
      'codex-guard policy lock --check',
      'git commit -m "docs: say what --no-verify does"',
      'git config user.name',
      'grep -rn hooksPath .',
      'rm -rf node_modules',
      'npm ci',
      'NODE_OPTIONS=--max-old-space-size=4096 npm run build',
      'echo "edit ~/.codex/hooks.json by hand"',
      'codex --version',
      'pkill -f vite',
      'kill -0 $PPID',
    ],
  },
  check(facts, options, host) {
    const found = facts.effects.flatMap((effect): readonly FindingDraft[] => {
      switch (effect.kind) {
        case 'file':
          return judgeFile(effect, options.paths, host.paths);
        case 'git':
          return judgeGit(effect);
        case 'run':
          return judgeRun(effect);
        case 'package':
          return judgePackage(effect);
        default:
          return [];
      }
    });
    return mergeDrafts([
      ...found,
      ...judgeSwitches(facts),
      ...judgeProcesses(facts),
      ...facts.invocations.flatMap(judgeCommandLine),
    ]);
  },
});

function judgeFile(
  effect: FileEffect,
  more: GlobSet,
  directories: HostFacts['paths'],
): readonly FindingDraft[] {
  if (!isWrite(effect) || effect.place !== undefined) return [];
  const places: (readonly [Word, PathFact | undefined])[] = [[effect.path, effect.at]];
  if (effect.op === 'move' && effect.from) places.push([effect.from, effect.fromAt]);
  return places.flatMap(([path, at]) => {
    const match =
      findOwn(path, at, OWN_FILES, directories, effect) ?? findOwn(path, at, more, directories, effect);
    if (match === undefined) return [];
    const name = printPath(path, at, directories);
    const what = match.possible ? 'which may be part of' : 'which belongs to';
    return [
      draft(effect, `this changes ${name}, ${what} the guard or the settings of Codex`, ASK, {
        ...(at ? { subject: { path: subjectPath(at, directories) } } : {}),
        ...(match.possible ? { uncertain: true } : {}),
      }),
    ];
  });
}

/** A file itself, or a directory that it goes away with. */
function findOwn(
  path: Word,
  at: PathFact | undefined,
  own: GlobSet,
  directories: HostFacts['paths'],
  effect: FileEffect,
): { readonly possible: boolean } | undefined {
  const found = findForbidding(
    candidateOf(path, { at, below: path === effect.path ? effect.below : undefined }, directories),
    own,
    [],
  );
  if (found || at === undefined) return found;
  const takesAll =
    effect.op === 'move' || (effect.recursive && (effect.op === 'delete' || effect.op === 'chmod'));
  return takesAll && findHeld(at, own.patterns, directories) !== undefined ? { possible: false } : undefined;
}

function judgeGit(effect: GitEffect): readonly FindingDraft[] {
  if (effect.skipsHooks)
    return [
      draft(
        effect,
        `this skips the hooks of the repository in \`git ${effect.op}\``,
        'run it with the hooks, and mend what they report',
        { subject: { rule: 'skip-hooks' } },
      ),
    ];
  if (effect.op === 'config' && effect.key?.toLowerCase() === 'core.hookspath')
    return [
      draft(effect, 'this sets where the hooks of the repository are found', ASK, {
        subject: { rule: 'hooks-path' },
      }),
    ];
  return [];
}

function judgeRun(effect: RunEffect): readonly FindingDraft[] {
  if (effect.privilege !== 'agent') return [];
  const program = printWord(effect.program);
  return [
    draft(
      effect,
      `this starts ${program} without the checks that this session has`,
      'do the work in this session',
      {
        subject: { command: program },
      },
    ),
  ];
}

/** Package runners fetch a package to run it, and leave what is installed as it is. */
const RUNNERS: ReadonlySet<string> = new Set(['npx', 'bunx', 'pnpx']);

function judgePackage(effect: PackageEffect): readonly FindingDraft[] {
  if ((effect.op !== 'install' && effect.op !== 'remove') || RUNNERS.has(effect.manager)) return [];
  const own = effect.names.find((name) => /^codex-guard(?:@|$)/.test(name.text ?? ''));
  if (own === undefined) return [];
  return [draft(own, `this ${effect.op === 'remove' ? 'removes' : 'replaces'} the guard`, ASK)];
}
