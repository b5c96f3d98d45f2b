import { describe, expect, it } from 'vitest';
import guard from '../../lib/guards/dependency-change/guard.ts';
import type { Effect } from '../../lib/types/effect.ts';
import { file, judge, outcome, pack, unknown, word } from './build.ts';

const names = (...list: string[]) => ({ names: list.map(word) });

describe('commands', () => {
  it.each<[string, Effect, Record<string, unknown>, string]>([
    ['what the lock file says', pack('npm', 'install', { runsScripts: true }), {}, 'pass'],
    ['the same without scripts', pack('npm', 'install', { runsScripts: true }), { scripts: false }, 'deny'],
    ['without scripts', pack('npm', 'install', { runsScripts: false }), { scripts: false }, 'pass'],
    ['a package', pack('npm', 'install', names('left-pad')), {}, 'pass'],
    [
      'a package from a URL',
      pack('npm', 'install', { ...names('https://x.example/a.tgz'), source: 'url' }),
      {},
      'deny',
    ],
    ['a package from a repository', pack('pip', 'install', { ...names('git+x'), source: 'git' }), {}, 'deny'],
    [
      'the same, where that may be',
      pack('pip', 'install', { ...names('git+x'), source: 'git' }),
      { sources: 'any' },
      'pass',
    ],
    ['another registry', pack('npm', 'install', { ...names('a'), source: 'other-registry' }), {}, 'deny'],
    [
      'a package of the project',
      pack('npm', 'install', { ...names('./a'), source: 'path' }),
      { packages: [] },
      'pass',
    ],
    ['an unlisted package', pack('npm', 'install', names('left-pad@1')), { packages: ['@acme/*'] }, 'deny'],
    ['a listed package', pack('npm', 'install', names('@acme/ui@2.0.0')), { packages: ['@acme/*'] }, 'pass'],
    [
      'a listed one with extras',
      pack('pip', 'install', names('requests[socks]>=2')),
      { packages: ['requests'] },
      'pass',
    ],
    ['an unknown package', pack('npm', 'install', { names: [unknown()] }), { packages: ['a'] }, 'deny'],
    ['an unknown package, all allowed', pack('npm', 'install', { names: [unknown()] }), {}, 'pass'],
    ['for the machine', pack('npm', 'install', { ...names('x'), global: true }), {}, 'deny'],
    [
      'for the machine, allowed',
      pack('npm', 'install', { ...names('x'), global: true }),
      { global: true },
      'pass',
    ],
    ['a removal', pack('npm', 'remove', names('x')), {}, 'pass'],
    ['publishing', pack('npm', 'publish'), {}, 'deny'],
    ['publishing, allowed', pack('npm', 'publish'), { publish: true }, 'pass'],
    ['a new registry', pack('npm', 'registry', { source: 'other-registry' }), {}, 'deny'],
  ])('%s', (_, effect, options, expected) => {
    expect(outcome(guard, [effect], { options })).toBe(expected);
  });
});

describe('files', () => {
  const patch = (path: string, line: string) => file('write', path, { added: [line], removed: [] });
  it.each<[string, string, string]>([
    ['package.json', '    "a": "^1.0.0",', 'pass'],
    ['package.json', '    "a": "git+https://x.example/a.git"', 'deny'],
    ['web/package.json', '    "a": "github:o/r"', 'deny'],
    ['package.json', '    "a": "https://x.example/a.tgz"', 'deny'],
    ['package.json', '    "homepage": "https://x.example/a.git"', 'pass'],
    ['package.json', '    "url": "git+https://x.example/a.git"', 'pass'],
    ['requirements.txt', 'requests==2', 'pass'],
    ['requirements-dev.txt', 'a @ git+https://x.example/a', 'deny'],
    ['requirements.txt', '-i https://x.example/simple', 'deny'],
    ['pyproject.toml', 'a = { git = "https://x.example/a" }', 'deny'],
    ['pyproject.toml', 'Homepage = "https://x.example"', 'pass'],
    ['Cargo.toml', 'a = { git = "https://x.example/a" }', 'deny'],
    ['Cargo.toml', 'a = "1"', 'pass'],
    ['go.mod', 'replace a => ../a', 'deny'],
    ['go.mod', 'require a v1.0.0', 'pass'],
    ['.npmrc', 'registry=https://x.example', 'deny'],
    ['.npmrc', 'save-exact=true', 'pass'],
    ['src/a.ts', 'const a = "git+https://x.example/a.git"', 'pass'],
    ['package-lock.json', '  "version": "1.0.0"', 'deny'],
    ['/tmp/package-lock.json', 'x', 'pass'],
  ])('%s: %s', (path, line, expected) => {
    expect(outcome(guard, [patch(path, line)])).toBe(expected);
  });

  it('lets the policy leave lock files and sources alone', () => {
    expect(outcome(guard, [patch('yarn.lock', 'x')], { options: { lockfiles: false } })).toBe('pass');
    expect(outcome(guard, [patch('.npmrc', 'registry=x')], { options: { sources: 'any' } })).toBe('pass');
    expect(outcome(guard, [file('delete', 'yarn.lock')])).toBe('warn');
    expect(outcome(guard, [file('write', 'yarn.lock', { clobbers: true })])).toBe('pass');
  });

  it('reads long lines in no time', () => {
    const started = performance.now();
    judge(guard, [
      patch('package.json', `"${'a'.repeat(1e6)}`),
      patch('package.json', `${' '.repeat(1990)}"`),
    ]);
    expect(performance.now() - started).toBeLessThan(1000);
  });
});
