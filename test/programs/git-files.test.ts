import { describe, expect, it } from 'vitest';
import { readDiffPaths } from '../../lib/programs/git/diff-paths.ts';
import { changes, effectsOf } from './git-read.ts';

type Expected = readonly Record<string, unknown>[];

describe('checkout, switch and restore', () => {
  it.each<[string, Expected]>([
    ['git checkout main', [{ op: 'switch', branch: 'main' }]],
    ['git checkout main --', [{ op: 'switch', branch: 'main' }]],
    ['git co main', [{ op: 'switch', branch: 'main' }]],
    ['git checkout -f main', [{ op: 'switch', branch: 'main', lossy: true }]],
    ['git checkout -f', [{ op: 'checkout', lossy: true }]],
    ['git checkout elsewhere', [{ op: 'switch', branch: 'elsewhere' }]],
    ['git checkout -', [{ op: 'switch', branch: '@{-1}' }]],
    ['git checkout $B', [{ op: 'switch', branch: undefined }]],
    ['git checkout HEAD~2', [{ op: 'switch', branch: '' }]],
    ['git checkout origin/main', [{ op: 'switch', branch: '' }]],
    ['git checkout --detach', [{ op: 'switch', branch: '' }]],
    ['git checkout --detach main', [{ op: 'switch', branch: '' }]],
    [
      'git checkout -b x',
      [
        { op: 'branch-create', branch: 'x', force: 'no' },
        { op: 'switch', branch: 'x' },
      ],
    ],
    [
      'git checkout -b x origin/y',
      [
        { op: 'branch-create', branch: 'x' },
        { op: 'switch', branch: 'x' },
      ],
    ],
    ['git checkout -B main x', [{ op: 'branch-create', branch: 'main', force: 'yes' }, { op: 'switch' }]],
    [
      'git checkout -t origin/y',
      [
        { op: 'branch-create', branch: 'y' },
        { op: 'switch', branch: 'y' },
      ],
    ],
    ['git checkout --orphan x', [{ op: 'switch', branch: 'x' }]],
    ['git switch main', [{ op: 'switch', branch: 'main' }]],
    [
      'git switch -c x',
      [
        { op: 'branch-create', branch: 'x' },
        { op: 'switch', branch: 'x' },
      ],
    ],
    ['git switch -C main', [{ op: 'branch-create', branch: 'main', force: 'yes' }, { op: 'switch' }]],
    ['git switch --discard-changes main', [{ op: 'switch', branch: 'main', lossy: true }]],
    ['git switch --disc main', [{ op: 'switch', lossy: true }]],
    ['git checkout -- src/a.ts', [{ op: 'restore', paths: ['src/a.ts'], lossy: true }]],
    ['git checkout src/a.ts', [{ op: 'restore', paths: ['src/a.ts'], lossy: true }]],
    ['git checkout notes', [{ op: 'restore', paths: ['notes'], lossy: true }]],
    ['git checkout notes-2', [{ op: 'switch', branch: 'notes-2' }]],
    ['git checkout .', [{ op: 'restore', paths: ['.'], lossy: true }]],
    ['git checkout :/', [{ op: 'restore', lossy: true }]],
    ['git checkout HEAD src/a.ts', [{ op: 'restore', paths: ['src/a.ts'], lossy: true }]],
    ['git checkout HEAD~1 -- src/a.ts', [{ op: 'restore', lossy: true }]],
    ['git checkout feature -- src/a.ts', [{ op: 'restore', lossy: true }]],
    ['git checkout main -- .', [{ op: 'restore', lossy: true }]],
    ['git checkout -p', [{ op: 'restore', lossy: true }]],
    ['git checkout --theirs src/a.ts', [{ op: 'restore', lossy: true }]],
    ['git restore src/a.ts', [{ op: 'restore', paths: ['src/a.ts'], lossy: true }]],
    ['git restore -SW src/a.ts', [{ op: 'restore', lossy: true }]],
    ['git restore --source=HEAD~1 .', [{ op: 'restore', lossy: true }]],
    ["git restore ':!src/a.ts'", [{ op: 'restore', lossy: true }]],
    ['git -C sub checkout -- a', [{ op: 'restore', paths: ['sub/a'], repo: 'sub' }]],
    ['git clean -fd', [{ op: 'clean', lossy: true }]],
    ['git clean -xf sub', [{ op: 'clean', lossy: true, paths: ['sub'] }]],
    ['git clean --for', [{ op: 'clean', lossy: true }]],
    ['git -c clean.requireForce=false clean', [{ op: 'clean', lossy: true }]],
    ['git read-tree --reset -u HEAD', [{ op: 'restore', lossy: true }]],
    ['git read-tree -mu HEAD', [{ op: 'other-write' }]],
    ['git checkout-index -f -a', [{ op: 'restore', lossy: true }]],
    ['git checkout-index -f src/a.ts', [{ op: 'restore', paths: ['src/a.ts'] }]],
  ])('%s', (line, expected) => {
    expect(effectsOf('git', line)).toMatchObject(expected);
    expect(effectsOf('git', line)).toHaveLength(expected.length);
  });

  it.each([
    'git checkout main -- src/a.ts',
    'git restore -s origin/main src/a.ts',
    'git checkout $REF -- src/a.ts',
  ])('%s takes a file over and is not counted as throwing work away', (line) => {
    expect(effectsOf('git', line)[0]).toMatchObject({ op: 'restore', paths: ['src/a.ts'] });
    expect(effectsOf('git', line)[0]).not.toHaveProperty('lossy');
    expect(effectsOf('file', line)).toMatchObject([{ op: 'write', path: 'src/a.ts' }]);
  });

  it.each<[string, Expected]>([
    ['git --work-tree=/etc checkout HEAD -- passwd', [{ op: 'write', path: '/etc/passwd' }]],
    ['GIT_WORK_TREE=/etc git checkout HEAD -- passwd', [{ op: 'write', path: '/etc/passwd' }]],
    ['git --work-tree=/home/user clean -fdx', [{ op: 'delete', path: '/home/user', recursive: true }]],
    ['git -c core.worktree=/home/user reset --hard', [{ op: 'write', path: '/home/user', recursive: true }]],
    ['git --work-tree=/work/app checkout -f', []],
    ['git --work-tree=. checkout -f', []],
  ])('%s reaches a work tree elsewhere', (line, expected) => {
    expect(effectsOf('file', line)).toMatchObject(expected);
    expect(effectsOf('file', line)).toHaveLength(expected.length);
  });
});

describe('files that are written, moved and deleted', () => {
  it.each<[string, Expected]>([
    ['git rm src/a.ts', [{ op: 'delete', path: 'src/a.ts' }]],
    ['git rm -rf src', [{ op: 'delete', path: 'src', recursive: true }]],
    ['git rm --cached .env', []],
    ['git rm --cach -r .', []],
    ['git mv a b', [{ op: 'move', path: 'b', from: 'a' }]],
    [
      'git mv a b dir',
      [
        { op: 'move', path: 'dir/a', from: 'a' },
        { path: 'dir/b', from: 'b' },
      ],
    ],
    ['git -C sub mv a b', [{ op: 'move', path: 'sub/b', from: 'sub/a' }]],
    ['git diff --output=o.txt', [{ op: 'write', path: 'o.txt', clobbers: true }]],
    ['git log --output o.txt', [{ op: 'write', path: 'o.txt' }]],
    ['git format-patch -1 -o out', [{ op: 'create', path: 'out' }]],
    ['git format-patch -1', [{ op: 'create', path: '*.patch' }]],
    ['git format-patch -1 --stdout', []],
    ['git archive -o a.tar HEAD', [{ op: 'write', path: 'a.tar' }]],
    ['git bundle create b HEAD', [{ op: 'write', path: 'b' }]],
    ['git worktree add ../w', [{ op: 'create', path: '../w' }]],
    ['git worktree remove ../w', [{ op: 'delete', path: '../w', recursive: true }]],
    ['git clone https://git.example/o/r.git', [{ op: 'create', path: 'r' }]],
    ['git init /tmp/x', [{ op: 'create', path: '/tmp/x' }]],
    ['git submodule deinit d', [{ op: 'delete', path: 'd' }]],
    ['git lfs track "*.bin"', [{ op: 'append', path: '.gitattributes' }]],
    [
      'git mailinfo msg patch',
      [
        { op: 'write', path: 'msg' },
        { op: 'write', path: 'patch' },
      ],
    ],
    ['git checkout-index --prefix=/tmp/x/ -a', [{ op: 'write', path: '/tmp/x/' }]],
    ['GIT_TRACE=/tmp/t git status', [{ op: 'append', path: '/tmp/t' }]],
    ['GIT_TRACE=1 git status', []],
    ['git config --file /x/conf a.b c', [{ op: 'write', path: '/x/conf' }]],
    ['git config --global alias.x y', [{ op: 'write', path: '/home/user/.gitconfig' }]],
    ['git config --global user.name y', []],
    ['git config --system alias.x y', [{ op: 'write', path: '/etc/gitconfig' }]],
  ])('%s', (line, expected) => {
    const files = effectsOf('file', line).filter(({ op }) => op !== 'read' && op !== 'list');
    expect(files).toMatchObject(expected);
    expect(files).toHaveLength(expected.length);
  });

  it('sees what a patch does', () => {
    const expected = [
      { op: 'write', path: '.codex/hooks.json' },
      { op: 'delete', path: 'gone.txt' },
      { op: 'create', path: 'new.txt' },
    ];
    const writes = (line: string, more = {}) => changes(line, more).filter(({ kind }) => kind === 'file');
    expect(writes('git apply change.patch')).toMatchObject(expected);
    expect(writes('git am change.patch')).toMatchObject(expected);
    expect(writes('git apply', { stdin: '--- a/x\n+++ b/y\n' })).toMatchObject([{ op: 'write', path: 'y' }]);
    expect(writes('git apply -p0 --directory=sub -', { stdin: '--- x\n+++ y\n' })).toMatchObject([
      { path: 'sub/y' },
    ]);
    expect(writes('git apply -R change.patch')).toMatchObject([
      { op: 'write' },
      { op: 'create', path: 'gone.txt' },
      { op: 'delete', path: 'new.txt' },
    ]);
    expect(writes('git apply --check change.patch')).toEqual([]);
    expect(writes('git apply --cached change.patch')).toEqual([]);
  });

  it('reads headers of diffs', () => {
    expect(
      readDiffPaths('rename from a/b\nrename to c/d\n--- "a/\\303\\244"\t2020\n+++ "b/x\\ty"\t2020\n', 1),
    ).toEqual([
      { op: 'move', path: 'c/d', from: 'a/b' },
      { op: 'write', path: 'x\ty' },
    ]);
    expect(readDiffPaths('+++ b/no-old\n', 1)).toEqual([]);
  });
});

describe('contents that are read', () => {
  it.each<[string, readonly string[]]>([
    ['git show HEAD:.env', ['.env']],
    ['git show $REV:.env', ['.env']],
    ['git show :.env', ['.env']],
    ['git show :0:.env', ['.env']],
    ['git show stash@{0}:.env', ['.env']],
    ['git show HEAD:./.env', ['./.env']],
    ['git -C src show HEAD:.env', ['.env']],
    ['git show abc -- .env', ['.env']],
    ['git cat-file -p HEAD:.env', ['.env']],
    ['git cat-file blob main:.env', ['.env']],
    ['git diff .env', ['.env']],
    ['git diff HEAD -- .env', ['.env']],
    ['git diff main:.env HEAD:.env', ['.env', '.env']],
    ['git diff --no-index /dev/null .env', ['/dev/null', '.env']],
    ['git log -p .env', ['.env']],
    ['git log -p -- .env', ['.env']],
    ['git log -L1,5:.env', ['.env']],
    ['git blame .env', ['.env']],
    ['git blame HEAD -- .env', ['.env']],
    ['git grep KEY -- .env', ['.env']],
    ['git grep KEY HEAD -- .env', ['.env']],
    ['git grep -e KEY .env', ['.env']],
    ['git archive HEAD .env', ['.env']],
    ['git hash-object -w .env', ['.env']],
    ['git commit -F .env', ['.env']],
    ['git notes add -F .env', ['.env']],
    ['git config -f .env -l', ['.env']],
    ['git log -- .env', []],
    ['git log -S x -- .env', []],
    ['git diff --stat -- .env', []],
    ['git diff --name-only .env', []],
    ['git diff', []],
    ['git diff main...feature', []],
    ['git diff -- .', []],
    ['git show HEAD', []],
    ['git show :/fix', []],
    ['git show HEAD:src/', []],
    ['git grep -l KEY .env', []],
    ['git grep .env', []],
    ['git ls-files .env', []],
    ['git check-ignore .env', []],
    ['git add .env', []],
  ])('%s', (line, expected) => {
    expect(
      effectsOf('file', line)
        .filter(({ op }) => op === 'read')
        .map(({ path }) => path),
    ).toEqual(expected);
  });

  it('reads names from literal input', () => {
    expect(effectsOf('file', 'git cat-file --batch', { stdin: 'HEAD:.env\n' })).toMatchObject([
      { path: '.env' },
    ]);
  });
});
