/** Hooks of a repository that a git command starts by itself. */

import type { GitEffect, GitOp } from '../types/effect.ts';
import type { HostView } from '../types/host.ts';
import type { Nested } from '../types/invocation.ts';

/** Hooks by what git does, in the order git starts them. */
const HOOKS: Partial<Record<GitOp, readonly string[]>> = {
  commit: ['pre-commit', 'prepare-commit-msg', 'commit-msg', 'post-commit'],
  merge: ['pre-merge-commit', 'commit-msg', 'post-merge'],
  pull: ['post-merge'],
  push: ['pre-push'],
  rebase: ['pre-rebase', 'post-rewrite'],
  switch: ['post-checkout'],
  checkout: ['post-checkout'],
  am: ['applypatch-msg', 'pre-applypatch', 'post-applypatch'],
};

/** The hook scripts that exist for an effect, as runs. */
export function hookRuns(effect: GitEffect, directory: string | undefined, host: HostView): Nested[] {
  const names = HOOKS[effect.op];
  if (names === undefined || effect.skipsHooks || directory === undefined) return [];
  const repository = host.repository(directory);
  if (repository === undefined) return [];
  const configured = repository.config('core.hookspath');
  const folder =
    configured === undefined
      ? `${repository.commonDir}/hooks`
      : configured.startsWith('/')
        ? configured
        : `${repository.root}/${configured}`;
  const present = new Set(host.readDirectory(folder) ?? []);
  return names
    .filter((name) => present.has(name))
    .map((name) => ({
      kind: 'file',
      lang: 'sh',
      via: `git hook ${name}`,
      path: { text: `${folder}/${name}`, glob: false, span: effect.span },
      cwd: { text: repository.root, glob: false, span: effect.span },
    }));
}
