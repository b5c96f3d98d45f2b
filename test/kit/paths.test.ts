import { describe, expect, it } from 'vitest';
import { findHeld } from '../../lib/kit/path-rules.ts';
import {
  isDevice,
  isHarmlessDevice,
  isWithin,
  namesOf,
  printPath,
  subjectPath,
} from '../../lib/kit/paths.ts';
import { HOST, locate, unknown, word } from '../guards/build.ts';

const { paths } = HOST;

describe('namesOf', () => {
  it.each([
    ['src/.env', ['src/.env', '.env', '/home/u/work/app/src/.env', '~/work/app/src/.env']],
    ['~/.codex/hooks.json', ['hooks.json', '/home/u/.codex/hooks.json', '~/.codex/hooks.json']],
    ['/etc/hosts', ['hosts', '/etc/hosts']],
  ])('%s', (path, names) => {
    expect([...namesOf(word(path), locate(path), paths)].sort()).toEqual([...names].sort());
  });

  it('has the link and what it leads to', () => {
    const names = namesOf(word('x'), { ...locate('x'), real: '/etc/shadow' }, paths);
    expect(names).toContain('/etc/shadow');
    expect(names).toContain('x');
  });

  it('makes do with the text', () => {
    expect(namesOf(word('./a/.env/'), undefined, paths)).toEqual(['.env', 'a/.env']);
    expect(namesOf(unknown(), undefined, paths)).toEqual([]);
  });
});

it('names paths for people and for exceptions', () => {
  expect(printPath(word('.'), locate('.'), paths)).toBe('the project directory');
  expect(printPath(word('/home/u/x'), locate('/home/u/x'), paths)).toBe('~/x');
  expect([subjectPath(locate('.'), paths), subjectPath(locate('a/b'), paths)]).toEqual(['.', 'a/b']);
  expect([subjectPath(locate('~/x'), paths), subjectPath(locate('/etc/x'), paths)]).toEqual([
    '~/x',
    '/etc/x',
  ]);
});

it('knows what lies in what', () => {
  expect([isWithin('/a/b', '/a'), isWithin('/a', '/a'), isWithin('/ab', '/a'), isWithin('/a', '/')]).toEqual([
    true,
    true,
    false,
    true,
  ]);
});

it('tells devices that keep nothing from those that do', () => {
  expect(['/dev/sda', '/dev/mapper/x', '/dev/mem'].every(isDevice)).toBe(true);
  expect(['/dev/null', '/dev/tty', '/dev/fd/3', '/dev/shm/x', '/etc/x'].some(isDevice)).toBe(false);
  expect(['/dev/null', '/proc/self/fd/1', '/dev/stderr'].every(isHarmlessDevice)).toBe(true);
  expect(isHarmlessDevice('/dev/sda')).toBe(false);
});

describe('findHeld', () => {
  it.each([
    ['~', ['~/.ssh/**'], true],
    ['/home', ['~/.ssh/**'], true],
    ['~/.ssh', ['~/.ssh/**'], true],
    ['~/.sshd', ['~/.ssh/**'], false],
    ['~/.codex', ['~/.codex/hooks.json'], true],
    ['/', ['/etc/shadow'], true],
    ['.', ['infra/**'], true],
    ['infra', ['infra/**'], true],
    ['~/work', ['infra/**'], false],
    ['src', ['infra/**'], false],
    ['.', ['.env', '*.pem', '**/auth/**'], false],
  ])('%s holds %j: %s', (path, globs, expected) => {
    expect(findHeld(locate(path), globs, paths) !== undefined).toBe(expected);
  });

  it('looks where the environment puts Codex and the guard', () => {
    const moved = { home: '/home/u', codexHome: '/srv/codex', guardHome: '/var/guard' };
    expect(findHeld(locate('/srv'), ['~/.codex/hooks.json'], moved)).toBeDefined();
    expect(findHeld(locate('/var'), ['~/.codex/guard/**'], moved)).toBeDefined();
  });
});
