/** The page for git. Each command's own reading is in the files beside this one. */

import { definePage, type Page } from '../page.ts';
import { COMMANDS } from './commands.ts';
import { readGit } from './read-git.ts';

/** `git`, and its commands as programs of their own (`git-push`, as they lie in git's exec path). */
const gitPage: Page = definePage({
  names: ['git', ...[...COMMANDS.keys()].map((name) => `git-${name}`)],
  about: 'git: refs, work trees, history, remotes, settings that run code',
  read: readGit,
  examples: [
    {
      command: 'git push origin HEAD:refs/heads/main',
      effects: [
        {
          kind: 'git',
          op: 'push',
          remote: 'origin',
          refs: [{ src: 'HEAD', dst: 'refs/heads/main', force: false, delete: false }],
        },
      ],
    },
    {
      command: 'git push origin +x:y :main',
      effects: [
        {
          kind: 'git',
          op: 'push',
          force: 'yes',
          refs: [
            { src: 'x', dst: 'y', force: true, delete: false },
            { dst: 'main', force: false, delete: true },
          ],
        },
      ],
    },
    {
      command: 'git push https://git.example/o/r.git HEAD:main',
      effects: [{ kind: 'net', op: 'upload', host: 'git.example', scheme: 'https' }],
    },
    {
      command: 'git -C ../other reset --hard',
      effects: [{ kind: 'git', op: 'reset', repo: '../other', lossy: true }],
    },
    { command: 'git reset --ha', effects: [{ kind: 'git', op: 'reset', lossy: true }] },
    { command: 'git commit -nm wip', effects: [{ kind: 'git', op: 'commit', skipsHooks: true }] },
    { command: 'git clean -fdx', effects: [{ kind: 'git', op: 'clean', lossy: true }] },
    {
      command: 'git branch -D main',
      effects: [{ kind: 'git', op: 'branch-delete', branch: 'main', lossy: true }],
    },
    { command: 'git show HEAD:.env', effects: [{ kind: 'file', op: 'read', path: '.env' }] },
    {
      command: 'git config core.hooksPath /tmp/h',
      effects: [{ kind: 'git', op: 'config', key: 'core.hookspath', value: '/tmp/h' }],
    },
    { command: 'git -c alias.x="!touch made" x', effects: [{ kind: 'file', path: 'made' }] },
    { command: 'git credential fill', effects: [{ kind: 'secret', op: 'read', store: 'git-credential' }] },
    { command: 'git status --short', effects: [] },
    { command: 'git log --grep="push --force" --oneline', effects: [] },
    { command: 'git diff --stat HEAD~3', effects: [] },
    { command: 'git stash list', effects: [] },
    { command: 'git branch -vv', effects: [] },
    { command: 'git clean -nfd', effects: [] },
  ],
});

export const pages: readonly Page[] = [gitPage];
