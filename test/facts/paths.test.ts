import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openHost } from '../../lib/facts/host.ts';
import { knownPrefixPath, resolvePath } from '../../lib/facts/paths.ts';
import type { HostView } from '../../lib/types/host.ts';
import type { Word } from '../../lib/types/text.ts';

const span = { start: 0, end: 0 };
const word = (text: string): Word => ({ text, glob: false, span });
const glob = (text: string): Word => ({ text, glob: true, span });
const unknown = (...pieces: (string | null)[]): Word => ({ text: undefined, pieces, glob: false, span });

/** `<base>/ada` is the home directory, `<base>/ada/app` the project; both lie in the temporary directory. */
let base = '';
let host: HostView;
beforeAll(() => {
  base = realpathSync(mkdtempSync(join(tmpdir(), 'guard-paths-')));
  mkdirSync(join(base, 'ada/app/src/deep'), { recursive: true });
  mkdirSync(join(base, 'ada/app/[id]'));
  mkdirSync(join(base, 'shared/lib'), { recursive: true });
  writeFileSync(join(base, 'ada/app/.env'), '');
  symlinkSync(join(base, 'shared/lib'), join(base, 'ada/app/vendor'));
  symlinkSync('/etc/passwd', join(base, 'ada/app/names'));
  symlinkSync('src/deep', join(base, 'ada/app/deep'));
  host = openHost({
    sessionCwd: join(base, 'ada/app'),
    callCwd: join(base, 'ada/app'),
    env: { HOME: join(base, 'ada'), USER: 'ada' },
  });
});
afterAll(() => rmSync(base, { recursive: true, force: true }));

const inBase = (path: string | undefined) => path?.replace(base, '~~');
const place = (path: Word, cwd = word(join(base, 'ada/app'))) => {
  const fact = resolvePath(path, cwd, host);
  return fact && [inBase(fact.absolute), inBase(fact.real), fact.zone, fact.relative, fact.kind];
};

describe('resolvePath', () => {
  it.each([
    ['a file of the project', '.env', ['~~/ada/app/.env', '~~/ada/app/.env', 'project', '.env', 'file']],
    [
      'dots and slashes',
      './/src/../src/deep/',
      ['~~/ada/app/src/deep', '~~/ada/app/src/deep', 'project', 'src/deep', 'directory'],
    ],
    ['the project itself', '.', ['~~/ada/app', '~~/ada/app', 'project', '', 'directory']],
    [
      'a new file',
      'src/new.ts',
      ['~~/ada/app/src/new.ts', '~~/ada/app/src/new.ts', 'project', 'src/new.ts', undefined],
    ],
    ['above the project', '..', ['~~/ada', '~~/ada', 'home', undefined, 'directory']],
    ['above everything', '../../../../../../../../..', ['/', '/', 'system', undefined, 'directory']],
    ['home', '~', ['~~/ada', '~~/ada', 'home', undefined, 'directory']],
    ['below home', '~/.ssh/id', ['~~/ada/.ssh/id', '~~/ada/.ssh/id', 'home', undefined, undefined]],
    ['home by name', '~ada/x', ['~~/ada/x', '~~/ada/x', 'home', undefined, undefined]],
    ['another home', '~root', ['/root', '/root', 'system', undefined, 'directory']],
    ['a home that nobody knows', '~zoe/x', ['~~/zoe/x', '~~/zoe/x', 'temporary', undefined, undefined]],
    ['the directory by its tilde', '~+/x', ['~~/ada/app/x', '~~/ada/app/x', 'project', 'x', undefined]],
    ['a tilde inside', 'a~/x', ['~~/ada/app/a~/x', '~~/ada/app/a~/x', 'project', 'a~/x', undefined]],
    ['a system file', '/etc/passwd', ['/etc/passwd', '/etc/passwd', 'system', undefined, 'file']],
    [
      'a neighbour with the same start',
      '../app2',
      ['~~/ada/app2', '~~/ada/app2', 'home', undefined, undefined],
    ],
    ['a link out of the project', 'names', ['~~/ada/app/names', '/etc/passwd', 'system', undefined, 'file']],
    [
      'through a link',
      'vendor/new',
      ['~~/ada/app/vendor/new', '~~/shared/lib/new', 'temporary', undefined, undefined],
    ],
    ['dots behind a link', 'deep/../x', ['~~/ada/app/x', '~~/ada/app/src/x', 'project', 'src/x', undefined]],
    [
      'the process’s root',
      '/proc/self/root/etc/passwd',
      ['/etc/passwd', '/etc/passwd', 'system', undefined, 'file'],
    ],
    ['another root', '/proc/1/./root/etc', ['/etc', '/etc', 'system', undefined, 'directory']],
    [
      'the process’s directory',
      '/proc/self/cwd/.env',
      ['~~/ada/app/.env', '~~/ada/app/.env', 'project', '.env', 'file'],
    ],
    ['above that', '//proc/self//cwd/../x', ['~~/ada/x', '~~/ada/x', 'home', undefined, undefined]],
    ['a descriptor', '/dev/fd/63', ['/dev/fd/63', '/dev/fd/63', 'system', undefined, undefined]],
    [
      'the environment of a process',
      '/proc/self/environ',
      ['/proc/self/environ', '/proc/self/environ', 'system', undefined, 'file'],
    ],
    [
      'decomposed letters',
      'cafe\u0301',
      ['~~/ada/app/caf\u00e9', '~~/ada/app/caf\u00e9', 'project', 'caf\u00e9', undefined],
    ],
    [
      'a star that is no pattern',
      '*.ts',
      ['~~/ada/app/*.ts', '~~/ada/app/*.ts', 'project', '*.ts', undefined],
    ],
  ])('%s', (_, text, expected) => {
    expect(place(word(text))).toEqual(expected);
  });

  it.each([
    [
      'in the project',
      'src/**/*.ts',
      ['~~/ada/app/src/**/*.ts', '~~/ada/app/src/**/*.ts', 'project', 'src/**/*.ts', undefined],
    ],
    [
      'behind a link',
      'vendor/*',
      ['~~/ada/app/vendor/*', '~~/shared/lib/*', 'temporary', undefined, undefined],
    ],
    ['with dots behind it', '*/../x', ['~~/ada/app/x', '~~/ada/app/x', 'project', 'x', undefined]],
    ['at the root', '/*', ['/*', '/*', 'system', undefined, undefined]],
    ['above home', '/h*/ada', ['/h*/ada', '/h*/ada', 'system', undefined, undefined]],
    ['in home', '~/*', ['~~/ada/*', '~~/ada/*', 'home', undefined, undefined]],
    ['without a pattern sign', '.env', ['~~/ada/app/.env', '~~/ada/app/.env', 'project', '.env', 'file']],
  ])('pattern %s', (_, text, expected) => {
    expect(place(glob(text))).toEqual(expected);
  });

  it('takes no directory of the call for a pattern', () => {
    expect(place(glob('x*'), word(join(base, 'ada/app/[id]')))).toEqual([
      '~~/ada/app/[id]/x*',
      '~~/ada/app/[id]/x*',
      'project',
      '[id]/x*',
      undefined,
    ]);
  });

  it.each([
    ['an unknown word', unknown('/etc/', null), word('/')],
    ['an unknown directory', word('x'), unknown(null)],
    ['a relative directory', word('x'), word('y')],
    ['the previous directory', word('~-/x'), word('/')],
    ['an empty word', word(''), word('/')],
  ])('is undefined for %s', (_, path, cwd) => {
    expect(resolvePath(path, cwd, host)).toBeUndefined();
  });

  it('is quick with endless paths', () => {
    const begin = Date.now();
    for (const text of [
      'a/'.repeat(5e5),
      'a/../'.repeat(2e5),
      '/proc/self/root'.repeat(7e4),
      '/proc/self/cwd/x'.repeat(250),
    ]) {
      expect(resolvePath(word(text), word('/tmp'), host)).toBeDefined();
      expect(host.repository(`/tmp/${text}`)).toBeUndefined();
    }
    expect(Date.now() - begin).toBeLessThan(3000);
  });

  it('needs no directory for an absolute path', () => {
    expect(place(word('/etc'), unknown(null))?.[0]).toBe('/etc');
    expect(place(word('~/x'), unknown(null))?.[0]).toBe('~~/ada/x');
  });
});

describe('zone', () => {
  const zone = (path: string, env: Record<string, string>, sessionCwd: string) =>
    resolvePath(word(path), word('/'), openHost({ sessionCwd, callCwd: sessionCwd, env }))?.zone;

  it('takes the longest root', () => {
    const env = { HOME: '/tmp/h', TMPDIR: '/tmp/h/p/scratch' };
    expect(
      ['/tmp/x', '/tmp/h/x', '/tmp/h/p/x', '/tmp/h/p/scratch/x', '/tmpx'].map((path) =>
        zone(path, env, '/tmp/h/p'),
      ),
    ).toEqual(['temporary', 'home', 'project', 'temporary', 'system']);
  });

  it('prefers the project, then home, where roots are equal', () => {
    expect(zone('/srv/p/x', { HOME: '/h', TMPDIR: '/srv/p' }, '/srv/p')).toBe('project');
    expect(zone('/tmp/x', { HOME: '/tmp' }, '/srv/p')).toBe('home');
    expect(zone('/etc/x', { HOME: '/' }, '/srv/p')).toBe('system');
  });
});

describe('knownPrefixPath', () => {
  it.each([
    ['a known directory', unknown('/etc/ssh/', null, '/x'), '/etc/ssh'],
    ['half a name', unknown('/etc/ho', null), '/etc'],
    ['a file below the call’s directory', unknown('log-', null), '~~/ada/app'],
    ['home', unknown('~/.ssh/', null), '~~/ada/.ssh'],
    ['a known word', word('/etc/hosts'), '/etc/hosts'],
    ['nothing known', unknown(null, '/etc'), undefined],
  ])('%s', (_, path, expected) => {
    expect(inBase(knownPrefixPath(path, word(join(base, 'ada/app')), host)?.absolute)).toBe(expected);
  });
});
