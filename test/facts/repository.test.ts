import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findRepository } from '../../lib/facts/repository.ts';

let base = '';
let main = '';
const env = { GIT_CONFIG_NOSYSTEM: '1' };
const at = (...names: string[]) => join(base, ...names);
const find = (directory: string) => findRepository(directory, { env, home: at('home') });
const write = (path: string, text: string) => {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
};
/** What git itself answers, with nothing of this machine's own configuration. */
const git = (directory: string, ...args: string[]) =>
  execFileSync('git', ['-C', directory, '-c', 'user.name=a', '-c', 'user.email=a@b.example', ...args], {
    stdio: 'pipe',
    encoding: 'utf8',
    env: { PATH: process.env.PATH, HOME: at('home'), ...env },
  }).trim();

beforeAll(() => {
  base = realpathSync(mkdtempSync(join(tmpdir(), 'guard-repository-')));
  mkdirSync(at('home'));
  main = at('main');
  mkdirSync(main);
  git(main, 'init', '-q', '-b', 'trunk');
  write(join(main, 'src/a.ts'), 'a\n');
  git(main, 'add', '.');
  git(main, 'commit', '-qm', 'one');
});
afterAll(() => rmSync(base, { recursive: true, force: true }));

describe('findRepository', () => {
  it('finds the nearest one upwards, at names that do not exist too', () => {
    const expected = {
      root: main,
      gitDir: join(main, '.git'),
      commonDir: join(main, '.git'),
      branch: 'trunk',
    };
    for (const directory of [
      main,
      join(main, 'src'),
      join(main, 'src/new/deep'),
      join(main, '.git'),
      join(main, '.git/refs'),
    ]) {
      expect(find(directory)).toMatchObject(expected);
    }
    expect(find(base)).toBeUndefined();
    expect(find('/')).toBeUndefined();
  });

  it('passes over a .git that is none', () => {
    mkdirSync(join(main, 'src/fake/.git'), { recursive: true });
    expect(find(join(main, 'src/fake'))?.root).toBe(main);
    write(join(main, 'src/lost/.git'), 'gitdir: /nowhere\n');
    expect(find(join(main, 'src/lost'))).toBeUndefined();
  });

  it('reads linked worktrees', () => {
    git(main, 'worktree', 'add', '-q', '-b', 'feature/x', at('linked'));
    const linked = find(at('linked'));
    expect(linked).toMatchObject({
      root: at('linked'),
      gitDir: join(main, '.git/worktrees/linked'),
      commonDir: join(main, '.git'),
      branch: 'feature/x',
    });
    expect(linked?.revision?.()).toBe(git(main, 'rev-parse', 'HEAD'));
    expect(linked?.branches()).toEqual(find(main)?.branches());
  });

  it('reads submodules', () => {
    git(main, '-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', main, 'sub');
    expect(find(join(main, 'sub'))).toMatchObject({
      root: join(main, 'sub'),
      gitDir: join(main, '.git/modules/sub'),
      branch: git(join(main, 'sub'), 'branch', '--show-current'),
    });
    git(main, 'reset', '-q', '--hard');
  });

  it('reads bare repositories', () => {
    git(base, 'clone', '-q', '--bare', main, at('bare.git'));
    expect(find(at('bare.git/objects'))).toMatchObject({
      root: at('bare.git'),
      gitDir: at('bare.git'),
      branch: 'trunk',
    });
  });
});

describe('branch and revision', () => {
  const fresh = (name: string) => {
    git(base, 'clone', '-q', main, at(name));
    return at(name);
  };

  it.each<[string, (directory: string) => unknown, string | undefined]>([
    [
      'a branch with slashes',
      (directory) => git(directory, 'checkout', '-qb', 'release/1.x/a'),
      'release/1.x/a',
    ],
    ['a detached head', (directory) => git(directory, 'checkout', '-q', '--detach'), undefined],
    ['a branch without commits', (directory) => git(directory, 'checkout', '-q', '--orphan', 'new'), 'new'],
    ['a packed branch', (directory) => git(directory, 'pack-refs', '--all'), 'trunk'],
    [
      'a branch that stands for another',
      (directory) => {
        git(directory, 'symbolic-ref', 'refs/heads/alias', 'refs/heads/trunk');
        git(directory, 'symbolic-ref', 'HEAD', 'refs/heads/alias');
      },
      'trunk',
    ],
    [
      'a link for a head',
      (directory) => {
        unlinkSync(join(directory, '.git/HEAD'));
        symlinkSync('refs/heads/trunk', join(directory, '.git/HEAD'));
      },
      'trunk',
    ],
  ])('%s', (name, prepare, branch) => {
    const directory = fresh(name.replaceAll(' ', '-'));
    prepare(directory);
    const found = find(directory);
    expect(found?.branch).toBe(branch);
    expect(found?.branch ?? '').toBe(git(directory, 'branch', '--show-current'));
    let revision: string | undefined;
    try {
      revision = git(directory, 'rev-parse', '-q', '--verify', 'HEAD');
    } catch {
      revision = undefined;
    }
    expect(found?.revision?.()).toBe(revision);
    expect(found?.branchUnknown).toBeUndefined();
  });

  it('says so when the branch is not in a file', () => {
    const directory = fresh('reftable');
    write(join(directory, '.git/HEAD'), 'ref: refs/heads/.invalid\n');
    expect(find(directory)).toMatchObject({ branch: undefined, branchUnknown: true });
  });

  it('takes no other text for a head', () => {
    const directory = fresh('broken');
    write(join(directory, '.git/HEAD'), 'not a head\n');
    expect(find(directory)).toBeUndefined();
  });
});

describe('branches and defaultBranch', () => {
  it('lists what git lists', () => {
    const directory = at('branches');
    git(base, 'clone', '-q', main, directory);
    for (const name of ['b/one', 'b/two/three', 'zeta', 'gone']) git(directory, 'branch', name);
    git(directory, 'pack-refs', '--all');
    for (const name of ['b/four', 'alpha']) git(directory, 'branch', name);
    git(directory, 'branch', '-D', 'gone');
    git(directory, 'tag', 'v1');
    const listed = git(directory, 'for-each-ref', '--format=%(refname:lstrip=2)', 'refs/heads')
      .split('\n')
      .sort();
    expect(listed).toHaveLength(6);
    expect(find(directory)?.branches()).toEqual(listed);
  });

  it('knows a remote’s default branch, and asks for no path outside', () => {
    const found = find(at('branches'));
    expect(found?.defaultBranch('origin')).toBe('trunk');
    for (const remote of ['upstream', '', '../..', '/etc', 'https://github.com/a/b.git']) {
      expect([remote, found?.defaultBranch(remote)]).toEqual([remote, undefined]);
    }
  });
});

describe('config', () => {
  it('reads the repository over the person over the system, in git’s order', () => {
    const directory = at('layers');
    git(base, 'clone', '-q', main, directory);
    write(at('home/.config/git/config'), '[a]\n one = xdg\n two = xdg\n three = xdg\n four = xdg\n');
    write(at('home/.gitconfig'), '[a]\n two = home\n three = home\n four = home\n[include]\n path = more\n');
    write(at('home/more'), '[a]\n five = included\n');
    git(directory, 'config', 'a.three', 'local');
    git(directory, 'config', 'a.four', 'local');
    git(directory, 'config', 'extensions.worktreeConfig', 'true');
    git(directory, 'config', '--worktree', 'a.four', 'worktree');
    const found = find(directory);
    const keys = ['a.one', 'a.two', 'a.three', 'a.four', 'a.five', 'remote.origin.url'];
    expect(keys.map((key) => found?.config(key))).toEqual(keys.map((key) => git(directory, 'config', key)));
    expect(keys.slice(0, 5).map((key) => found?.config(key))).toEqual([
      'xdg',
      'home',
      'local',
      'worktree',
      'included',
    ]);
  });

  it('gives all values of a key, and keys below another', () => {
    const directory = at('layers');
    git(directory, 'config', '--add', 'remote.origin.push', 'refs/heads/a:refs/heads/main');
    git(directory, 'config', '--add', 'remote.origin.push', 'refs/heads/b');
    git(directory, 'config', 'branch.Feature/X.Merge', 'refs/heads/main');
    const found = find(directory);
    expect(found?.configAll?.('remote.origin.push')).toEqual([
      'refs/heads/a:refs/heads/main',
      'refs/heads/b',
    ]);
    expect(found?.config('remote.origin.push')).toBe('refs/heads/b');
    expect(found?.config('Branch.Feature/X.MERGE')).toBe('refs/heads/main');
    expect(found?.config('branch.feature/x.merge')).toBeUndefined();
    expect([...(found?.configUnder('Remote.origin.') ?? [])].map(([key]) => key).sort()).toEqual([
      'remote.origin.fetch',
      'remote.origin.push',
      'remote.origin.url',
    ]);
    expect([found?.config('none'), found?.configAll?.('a.none')]).toEqual([undefined, []]);
  });

  it('lets the environment have the last word', () => {
    const set = {
      ...env,
      GIT_CONFIG_COUNT: '2',
      GIT_CONFIG_KEY_0: 'Core.HooksPath',
      GIT_CONFIG_VALUE_0: '/x',
    };
    const found = findRepository(main, { env: set, home: at('home') });
    expect(found?.config('core.hookspath')).toBe('/x');
    const other = { GIT_CONFIG_SYSTEM: at('system'), GIT_CONFIG_GLOBAL: at('global') };
    write(at('system'), '[s]\n x = 1\n');
    write(at('global'), '[g]\n x = 2\n');
    const moved = findRepository(main, { env: other, home: at('home') });
    expect(['s.x', 'g.x', 'a.one'].map((key) => moved?.config(key))).toEqual(['1', '2', undefined]);
  });
});
