import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type HostOptions, openHost } from '../../lib/facts/host.ts';
import { unprivileged } from '../unprivileged.ts';

let base = '';
let home = '';
const open = (options: Partial<HostOptions> = {}) => {
  const sessionCwd = options.sessionCwd ?? join(home, 'work/app');
  return openHost({ callCwd: sessionCwd, env: { HOME: home, USER: 'ada' }, ...options, sessionCwd });
};
const git = (directory: string, ...args: string[]) =>
  execFileSync('git', ['-C', directory, ...args], { stdio: 'pipe' });

beforeAll(() => {
  base = realpathSync(mkdtempSync(join(tmpdir(), 'guard-host-')));
  home = join(base, 'ada');
  for (const directory of ['work/app/src', 'work/app/vendor/lib', 'work/other', 'notes', '.codex']) {
    mkdirSync(join(home, directory), { recursive: true });
  }
  for (const repository of ['work/app', 'work/app/vendor/lib', 'work/other'])
    git(join(home, repository), 'init', '-q');
});
afterAll(() => rmSync(base, { recursive: true, force: true }));

describe('directories of the person', () => {
  it('takes them from the environment', () => {
    const host = open({
      env: { HOME: home, USER: 'ada', CODEX_HOME: `${base}/cx`, CODEX_GUARD_HOME: `${base}/g` },
    });
    expect([host.home, host.user, host.codexHome, host.guardHome]).toEqual([
      home,
      'ada',
      `${base}/cx`,
      `${base}/g`,
    ]);
  });

  it('has the usual places without it, and takes empty values for unset', () => {
    const host = open({ env: { HOME: home, CODEX_HOME: '', CODEX_GUARD_HOME: '' } });
    expect([host.codexHome, host.guardHome]).toEqual([`${home}/.codex`, `${home}/.codex/guard`]);
    expect(open({ env: {} }).home).toMatch(/^\//);
  });

  it('resolves links, so that real paths compare', () => {
    symlinkSync(home, join(base, 'link-home'));
    const host = open({ env: { HOME: join(base, 'link-home') } });
    expect([host.home, host.guardHome]).toEqual([home, `${home}/.codex/guard`]);
  });

  it('lists temporary directories once, TMPDIR among them unless it is everybody’s', () => {
    expect(open().temporary.slice(0, 2)).toEqual(['/tmp', '/var/tmp']);
    expect(open({ env: { HOME: home, TMPDIR: join(home, 'scratch/') } }).temporary).toContain(
      join(home, 'scratch'),
    );
    for (const TMPDIR of ['/', home, base, '/etc', '/tmp/']) {
      expect(open({ env: { HOME: home, TMPDIR } }).temporary).toEqual(open().temporary);
    }
  });
});

describe('projects', () => {
  const projects = (sessionCwd: string, callCwd = sessionCwd) =>
    open({ sessionCwd: join(home, sessionCwd), callCwd: join(home, callCwd) }).projects.map((root) =>
      root.slice(home.length + 1),
    );

  it.each([
    ['the top of the repository', 'work/app/src', undefined, ['work/app']],
    ['the directory itself without git', 'notes', undefined, ['notes']],
    ['a second repository that a call works in', 'work/app', 'work/other', ['work/app', 'work/other']],
    ['not a call directory without git', 'work/app', 'notes', ['work/app']],
    ['not a repository inside the project', 'work/app', 'work/app/vendor/lib', ['work/app']],
    ['the inner one when Codex was started there', 'work/app/vendor/lib', undefined, ['work/app/vendor/lib']],
    ['neither the home directory', '', undefined, []],
    ['nor what is above it', '..', undefined, []],
    ['nor the guard’s and Codex’s own', '.codex', undefined, []],
  ])('%s', (_, sessionCwd, callCwd, expected) => {
    expect(projects(sessionCwd, callCwd)).toEqual(expected);
  });

  it.each([
    '/',
    '/etc',
    '/etc/ssl',
    '/usr',
    '/usr/lib/x',
    '/var/lib',
    '/opt',
    '/tmp',
    '/var/tmp/',
    '/proc/self',
  ])('never %s', (directory) => {
    expect(open({ sessionCwd: directory }).projects).toEqual([]);
  });

  it.each(['/usr/src/app', '/opt/app', '/var/www/app', '/srv/app', '/tmp/app', '/app'])(
    'may be %s',
    (directory) => {
      expect(open({ sessionCwd: directory }).projects).toEqual([directory]);
    },
  );

  it('does not take a home directory under git for the project of everything in it', () => {
    const person = join(base, 'bob');
    mkdirSync(join(person, 'code/app'), { recursive: true });
    git(person, 'init', '-q');
    const host = open({ env: { HOME: person }, sessionCwd: join(person, 'code/app') });
    expect(host.projects).toEqual([join(person, 'code/app')]);
  });
});

describe('readFile', () => {
  const read = (name: string, maxBytes = 100) =>
    open().readFile(name.startsWith('/') ? name : join(base, name), maxBytes);

  it('reads regular files within the bound, links followed', () => {
    writeFileSync(join(base, 'ten'), '0123456789');
    symlinkSync('ten', join(base, 'link'));
    linkSync(join(base, 'ten'), join(base, 'hard'));
    writeFileSync(join(base, 'empty'), '');
    expect([read('ten'), read('link'), read('hard'), read('ten', 10), read('ten', 9), read('empty')]).toEqual(
      ['0123456789', '0123456789', '0123456789', '0123456789', undefined, ''],
    );
  });

  it('refuses what is not text', () => {
    writeFileSync(join(base, 'binary'), Buffer.from([65, 0, 66]));
    writeFileSync(join(base, 'latin'), Buffer.from([65, 0xe9, 66]));
    expect([read('binary'), read('latin')]).toEqual([undefined, 'A\uFFFDB']);
  });

  it('never waits for a pipe, a device or the kernel', () => {
    execFileSync('mkfifo', [join(base, 'pipe')]);
    symlinkSync('/dev/zero', join(base, 'zero'));
    symlinkSync('loop', join(base, 'loop'));
    const begin = Date.now();
    const names = [
      'pipe',
      'zero',
      'loop',
      '/dev/tty',
      '/dev/stdin',
      '/proc/kmsg',
      '/proc/self/environ',
      '.',
      'none',
    ];
    for (const name of names) expect([name, read(name)]).toEqual([name, undefined]);
    expect(Date.now() - begin).toBeLessThan(1000);
  });

  it('keeps its answer for the step', () => {
    const host = open();
    writeFileSync(join(base, 'later'), 'a');
    expect(host.readFile(join(base, 'later'), 10)).toBe('a');
    writeFileSync(join(base, 'later'), 'b');
    expect(host.readFile(join(base, 'later'), 10)).toBe('a');
    expect(open().readFile(join(base, 'later'), 10)).toBe('b');
  });

  it('is undefined for unreadable files', () => {
    chmodSync(base, 0o755);
    for (const [name, mode] of [
      ['closed', 0],
      ['open', 0o644],
    ] as const) {
      writeFileSync(join(base, name), 'a');
      chmodSync(join(base, name), mode);
    }
    expect(unprivileged(() => [read('closed'), read('open')])).toEqual([undefined, 'a']);
  });
});

describe('readDirectory and pathKind', () => {
  it('lists sorted names, at most 4,096', () => {
    const many = join(base, 'many');
    mkdirSync(many);
    for (let index = 0; index < 4100; index += 1) writeFileSync(join(many, String(index)), '');
    expect(open().readDirectory(many)).toHaveLength(4096);
    expect(open().readDirectory(join(home, 'work'))).toEqual(['app', 'other']);
    expect([open().readDirectory(join(base, 'none')), open().readDirectory(join(base, 'ten'))]).toEqual([
      undefined,
      undefined,
    ]);
  });

  it('tells kinds, links followed', () => {
    symlinkSync('nowhere', join(base, 'dangling'));
    symlinkSync(home, join(base, 'to-home'));
    const kinds = ['ten', 'link', 'ada', 'to-home', 'pipe', 'dangling', 'loop', 'none', 'ten/x'];
    expect(kinds.map((name) => open().pathKind(join(base, name)))).toEqual([
      'file',
      'file',
      'directory',
      'directory',
      'other',
      'other',
      'other',
      undefined,
      undefined,
    ]);
  });
});

describe('realPath', () => {
  beforeAll(() => {
    mkdirSync(join(base, 'deep/one/two'), { recursive: true });
    symlinkSync('one/two', join(base, 'deep/short'));
    symlinkSync('../other', join(base, 'deep/one/dangling'));
    symlinkSync('/proc/self/root', join(base, 'deep/root'));
    symlinkSync('b', join(base, 'deep/a'));
    symlinkSync('a', join(base, 'deep/b'));
  });

  it.each([
    ['deep/short/file', 'deep/one/two/file'],
    ['deep/short/../x', 'deep/one/x'],
    ['deep/short/new/../../x', 'deep/one/x'],
    ['deep/none/../short', 'deep/one/two'],
    ['deep/one/dangling/x', 'deep/other/x'],
    ['./deep//one/.', 'deep/one'],
    ['deep/a/x', 'deep/a/x'],
  ])('%s → %s', (path, expected) => {
    expect(open().realPath(`${base}/${path}`)).toBe(join(base, expected));
  });

  it.each([
    ['/..', '/'],
    ['//', '/'],
    ['/proc/self/root/etc', '/etc'],
    ['/proc/1/root/etc', '/etc'],
    ['/proc/self/environ', '/proc/self/environ'],
    ['/dev/stdin', '/dev/stdin'],
    ['/dev/fd/3', '/dev/fd/3'],
  ])('%s → %s', (path, expected) => {
    expect(open().realPath(path)).toBe(expected);
  });

  it('follows a link to the process’s root', () => {
    expect(open().realPath(join(base, 'deep/root/etc/x'))).toBe('/etc/x');
  });
});
