/** The repository and the shorthands that the tests of the git page share. */

import { pages } from '../../lib/programs/git/index.ts';
import type { Outcome } from '../../lib/programs/page.ts';
import { type CallSetup, fakeHost, fakeRepository, plain, readWith } from './call.ts';

type Plain = Readonly<Record<string, unknown>>;

/** A work tree on `feature` with two remotes and some files. */
export const setup: CallSetup = {
  host: fakeHost({
    files: {
      '/work/app/src/a.ts': 'a',
      '/work/app/.env': 'KEY=x',
      '/work/app/notes': 'n',
      '/work/app/.gitmodules': '[submodule "lib"]\n\tpath = lib\n\turl = https://sub.example/lib.git\n',
      '/work/app/change.patch':
        '--- a/old.txt\n+++ b/.codex/hooks.json\n@@ -1 +1 @@\n-a\n+b\n--- a/gone.txt\n+++ /dev/null\n--- /dev/null\n+++ b/new.txt\n',
    },
    repository: (directory) =>
      directory.startsWith('/work/app')
        ? fakeRepository({
            branch: 'feature',
            branches: ['main', 'feature', 'notes-2'],
            config: {
              'remote.origin.url': 'https://git.example/o/r.git',
              'remote.fork.url': 'git@fork.example:me/r.git',
              'remote.two.url': 'https://pull.example/r.git',
              'remote.two.pushurl': 'ssh://git@push.example:2222/r.git',
              'branch.feature.remote': 'origin',
              'branch.feature.merge': 'refs/heads/main',
              'alias.co': 'checkout',
              'alias.pm': 'push origin "HEAD:main"',
              'alias.nuke': '!git reset --hard',
              'alias.loop': 'loop2',
              'alias.loop2': 'loop',
              'url.https://mirror.example/.insteadof': 'gh:',
              'user.email': 'dev@example.com',
            },
          })
        : undefined,
  }),
};

/** What the page makes of a line. */
export function read(line: string, more: CallSetup = {}): Outcome {
  return readWith(pages, line, { ...setup, ...more });
}

/** Its effects, words as texts. */
export function effects(line: string, more: CallSetup = {}): readonly Plain[] {
  return plain(read(line, more).effects) as readonly Plain[];
}

/** Its effects of one kind. */
export function effectsOf(kind: string, line: string, more: CallSetup = {}): readonly Plain[] {
  return effects(line, more).filter((effect) => effect.kind === kind);
}

/** What it runs, words as texts. */
export function runs(line: string, more: CallSetup = {}): readonly Plain[] {
  return (plain(read(line, more).runs ?? []) as readonly Plain[]) ?? [];
}

/** Hosts that it contacts, with what is done there. */
export function hosts(line: string, more: CallSetup = {}): readonly string[] {
  return effectsOf('net', line, more).map((effect) => `${String(effect.op)} ${String(effect.host)}`);
}

/** Everything that changes something or cannot be seen. */
export function changes(line: string, more: CallSetup = {}): readonly Plain[] {
  return effects(line, more).filter(
    (effect) =>
      !['net', 'env'].includes(String(effect.kind)) &&
      !(effect.kind === 'file' && (effect.op === 'read' || effect.op === 'list')),
  );
}
