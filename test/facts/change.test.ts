import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readChange } from '../../lib/facts/change.ts';
import { findRepository } from '../../lib/facts/repository.ts';
import { HostError } from '../../lib/types/errors.ts';
import type { Repository } from '../../lib/types/host.ts';

let base = '';
let root = '';
let count = 0;
const env = () => ({ PATH: process.env.PATH, HOME: join(base, 'home') });
const git = (...args: string[]) =>
  execFileSync('git', ['-C', root, '-c', 'user.name=a', '-c', 'user.email=a@b.example', ...args], {
    stdio: 'pipe',
    env: env(),
  });
const write = (path: string, content: string | Buffer) => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
};
const repository = () => findRepository(root, { env: env(), home: join(base, 'home') }) as Repository;
const change = () => readChange(repository(), { env: env() });
/** path → [added, removed, bytes, marks] */
const sizes = () =>
  Object.fromEntries(
    change().files.map(({ path, added, removed, bytes, deleted, untracked }) => [
      path,
      [added, removed, bytes, (deleted ? 'D' : '') + (untracked ? '?' : '')],
    ]),
  );

beforeAll(() => {
  base = realpathSync(mkdtempSync(join(tmpdir(), 'guard-change-')));
  mkdirSync(join(base, 'home'));
});
beforeEach(() => {
  count += 1;
  root = join(base, `r${count}`);
  mkdirSync(root);
  git('init', '-q', '-b', 'main');
});
afterAll(() => rmSync(base, { recursive: true, force: true }));

const commit = () => {
  write('a.txt', 'one\ntwo\nthree\n');
  write('b.txt', 'x\n'.repeat(20));
  write('logo.png', Buffer.from([1, 0, 2, 10, 3]));
  write('.gitignore', 'build/\n');
  git('add', '.');
  git('commit', '-qm', 'one');
};

describe('readChange', () => {
  it('finds nothing in a clean work tree', () => {
    commit();
    write('build/out.js', 'ignored\n');
    expect(change()).toEqual({ files: [], truncated: false });
  });

  it('counts staged, unstaged, deleted, renamed and new files once', () => {
    commit();
    write('a.txt', 'one\n2\nthree\nfour\n');
    git('add', 'a.txt');
    write('a.txt', 'one\n2\nthree\nfour\nfive\n');
    unlinkSync(join(root, 'logo.png'));
    renameSync(join(root, 'b.txt'), join(root, 'c é.txt'));
    git('add', '-A', 'b.txt', 'c é.txt');
    write('new/deep file.md', 'no line end');
    write('staged.ts', 'a\nb\n');
    git('add', 'staged.ts');
    symlinkSync('/etc/passwd', join(root, 'link'));
    expect(sizes()).toEqual({
      'a.txt': [3, 1, 8, ''],
      'logo.png': [0, 0, 0, 'D'],
      'c é.txt': [0, 0, 0, ''],
      'new/deep file.md': [1, 0, 11, '?'],
      'staged.ts': [2, 0, 4, ''],
      link: [1, 0, 11, '?'],
    });
  });

  it('weighs what is not text and counts text that is called binary', () => {
    commit();
    write('logo.png', Buffer.from([1, 0, 2, 10, 3, 10, 10]));
    write('new.bin', Buffer.alloc(300));
    write('.gitattributes', '*.txt -diff\n');
    write('a.txt', 'one\ntwo\nthree\nfour\n');
    expect(sizes()).toMatchObject({
      'logo.png': [0, 0, 7, ''],
      'new.bin': [0, 0, 300, '?'],
      'a.txt': [4, 0, 19, ''],
    });
  });

  it('counts everything before the first commit', () => {
    write('staged.txt', 'a\n');
    git('add', '.');
    write('staged.txt', 'a\nb\n');
    write('new.txt', 'a\n');
    expect(sizes()).toEqual({ 'staged.txt': [2, 0, 4, ''], 'new.txt': [1, 0, 2, '?'] });
  });

  it('reads names with line ends, quotes and tabs', () => {
    commit();
    for (const name of ['line\nend', 'tab\there', '"quoted"', ':colon', '-dash']) write(name, 'x\n');
    git('add', '--', 'line\nend', ':(literal):colon');
    expect(Object.keys(sizes()).sort()).toEqual(['"quoted"', '-dash', ':colon', 'line\nend', 'tab\there']);
  });

  it('works in a linked worktree', () => {
    commit();
    git('worktree', 'add', '-q', join(base, 'linked'));
    root = join(base, 'linked');
    write('a.txt', 'one\n');
    expect(sizes()).toEqual({ 'a.txt': [0, 2, 0, ''] });
  });

  it('says so when there is too much', () => {
    commit();
    for (let index = 0; index < 2100; index += 1) write(`many/${index}`, 'x\n');
    const { files, truncated } = change();
    expect([files.length, truncated]).toEqual([2100, true]);
    expect(files.reduce((sum, { added }) => sum + added, 0)).toBe(2000);
  });

  it('finds no change in a bare repository', () => {
    commit();
    git('clone', '-q', '--bare', '.', join(base, 'bare.git'));
    root = join(base, 'bare.git');
    expect(change()).toEqual({ files: [], truncated: false });
  });

  it('fails with a reason when git cannot answer', () => {
    commit();
    const found = repository();
    expect(() => readChange(found, { env: { PATH: '/nowhere' } })).toThrow(HostError);
    // A program called git in the work tree, or found by a relative entry, is not asked.
    write('bin/git', '#!/bin/sh\ntouch "$0.ran"\n');
    chmodSync(join(root, 'bin/git'), 0o755);
    expect(() => readChange(found, { env: { PATH: `bin:.:${join(root, 'bin')}` } })).toThrow('not on PATH');
    expect(existsSync(join(root, 'bin/git.ran'))).toBe(false);
    write('.git/HEAD', 'ref: refs/heads/main\n');
    write('.git/index', 'broken');
    expect(() => readChange(found, { env: env() })).toThrow(HostError);
    expect(() => readChange(found, { env: env(), timeoutMs: 0 })).toThrow(HostError);
  });
});

describe('a configuration that the agent wrote', () => {
  /** A program that leaves a mark when it is started, and its path. */
  const trap = (name: string) => {
    const path = join(base, `${name}-${count}`);
    writeFileSync(path, `#!/bin/sh\ntouch ${path}.ran\ncat\n`);
    chmodSync(path, 0o755);
    return { path, hasRun: () => existsSync(`${path}.ran`) };
  };

  it.each<[string, (program: string) => void]>([
    [
      'a clean filter',
      (program) => {
        git('config', 'filter.x.clean', program);
        write('.gitattributes', '* filter=x\n');
      },
    ],
    [
      'a filter process',
      (program) => {
        git('config', 'filter.a b.process', program);
        git('config', 'filter.a b.required', 'true');
        write('.git/info/attributes', '*.txt filter="a b"\n* filter=a\n');
      },
    ],
    [
      'a filter in an included file',
      (program) => {
        write('.git/more', `[filter "y"]\n\tclean = ${program}\n`);
        git('config', 'include.path', 'more');
        write('.gitattributes', '* filter=y\n');
      },
    ],
    ['a file system monitor', (program) => git('config', 'core.fsmonitor', program)],
    ['an external diff', (program) => git('config', 'diff.external', program)],
    [
      'a diff driver',
      (program) => {
        git('config', 'diff.z.command', program);
        git('config', 'diff.z.textconv', program);
        write('.gitattributes', '* diff=z\n');
      },
    ],
    [
      'hooks',
      (program) => {
        mkdirSync(join(root, 'hooks'));
        symlinkSync(program, join(root, 'hooks/post-index-change'));
        git('config', 'core.hooksPath', join(root, 'hooks'));
      },
    ],
    ['a pager', (program) => git('config', 'core.pager', program)],
  ])('starts nothing: %s', (_, prepare) => {
    commit();
    const { path, hasRun } = trap('trap');
    prepare(path);
    write('a.txt', 'one\n');
    expect(sizes()).toMatchObject({ 'a.txt': [0, 2, 0, ''] });
    expect(hasRun()).toBe(false);
  });

  it('proves its traps: plain git does start the filter', () => {
    commit();
    const { path, hasRun } = trap('proof');
    git('config', 'filter.x.clean', path);
    write('.gitattributes', '* filter=x\n');
    write('a.txt', 'one\n');
    git('diff', 'HEAD');
    expect(hasRun()).toBe(true);
  });

  it('refuses a filter that cannot be switched off', () => {
    commit();
    git('config', 'filter.a=b.clean', 'true');
    expect(change).toThrow(/filters .* cannot be switched off/);
  });

  it('starts nothing in a submodule', () => {
    commit();
    const outer = root;
    git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', root, 'sub');
    git('commit', '-qm', 'two');
    const { path, hasRun } = trap('sub');
    root = join(outer, 'sub');
    git('config', 'core.fsmonitor', path);
    git('config', 'filter.x.clean', path);
    write('.gitattributes', '* filter=x\n');
    write('a.txt', 'changed\n');
    root = outer;
    expect(sizes()).toEqual({});
    expect(hasRun()).toBe(false);
  });

  it('is not led to another work tree or another commit', () => {
    commit();
    write('a.txt', 'all\nnew\n');
    git('config', 'core.worktree', base);
    expect(sizes()).toEqual({ 'a.txt': [2, 3, 0, ''] });
    git('config', '--unset', 'core.worktree');
    git('config', 'diff.relative', 'true');
    git('stash', '-q');
    const [clean, changed] = ['HEAD', 'stash@{0}'].map((name) => git('rev-parse', name).toString().trim());
    git('stash', 'pop', '-q');
    git('replace', clean as string, changed as string);
    expect(sizes()).toEqual({ 'a.txt': [2, 3, 0, ''] });
  });
});
