import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileGlobs } from '../../lib/kit/globs.ts';
import { hasWildcard, isOpenPattern, literalLength, patternsMeet } from '../../lib/kit/patterns.ts';

describe('patternsMeet', () => {
  it.each([
    ['.e?v', '.env', true],
    ['.e*', '.env', true],
    ['.[a-f]nv', '.env', true],
    ['.[!e]nv', '.env', false],
    ['*nv', '.env', true],
    ['*.p?m', '*.pem', true],
    ['*.ts', '*.pem', false],
    ['src/*', 'src/a/b', false],
    ['src/**', 'src/a/b', true],
    ['src', 'src/**', true],
    ['a.env', '**/.env', false],
    ['.env', '**/.env', true],
    ['x/.env', '**/.env', true],
    ['/home/u/.a?s/cred*', '/home/u/.aws/credentials', true],
    ['release/*', 'release/1.0', true],
    ['**main', 'main', true],
    ['feature/**', 'main', false],
    ['cookies.sqlite', '{cookies.sqlite,logins.json}', true],
    ['key4.db', '{cookies.sqlite,logins.json}', false],
    ['app/\\[id\\]/x', 'app/\\[id\\]/*', true],
  ])('%s and %s: %s', (left, right, expected) => {
    expect(patternsMeet(left, right)).toBe(expected);
  });

  it.each([
    ['*', '.env', false],
    ['?env', '.env', false],
    ['.*', '.env', true],
    ['d/*', 'd/.env', false],
    ['d/.*', 'd/.env', true],
    ['a*', 'a.env', true],
  ])('as a shell word, %s and %s: %s', (left, right, expected) => {
    expect(patternsMeet(left, right, { shell: true })).toBe(expected);
  });

  it.each([
    ['*.json', '*secret*.json', false],
    ['*secret*.json', '*secret*.json', true],
    ['*.pem', '*.pem', true],
    ['*.p?m', '*.pem', true],
    ['**', '*.pem', false],
  ])('frugally, %s and %s: %s', (left, right, expected) => {
    expect(patternsMeet(left, right, { frugal: true })).toBe(expected);
  });

  it('takes plain text as it is', () => {
    expect(patternsMeet('a*', 'ab', { plain: true })).toBe(false);
    expect(patternsMeet('a*', 'a\\*', { plain: true })).toBe(true);
  });

  it('agrees with the globs of a policy on plain text', () => {
    const part = fc.constantFrom('a', 'b', '.e', 'pem', 'x.pem', 'ab');
    const path = fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('/'));
    const globPart = fc.constantFrom('a', '*', 'a*', '?', '*.pem', '.e', '[ab]', '{a,b}');
    const glob = fc
      .tuple(fc.boolean(), fc.array(globPart, { minLength: 1, maxLength: 3 }), fc.boolean())
      .map(([any, parts, below]) => (any ? '**/' : '') + parts.join('/') + (below ? '/**' : ''));
    fc.assert(
      fc.property(path, glob, (text, pattern) => {
        expect(patternsMeet(text, pattern, { plain: true })).toBe(
          compileGlobs([pattern]).match(text) !== undefined,
        );
      }),
      { numRuns: 2000 },
    );
  });

  it('meets whatever it matches, however the word is written', () => {
    const name = fc.stringMatching(/^[a-c.]{1,6}$/);
    fc.assert(
      fc.property(name, fc.nat(5), fc.constantFrom('?', '*'), (text, at, wildcard) => {
        const i = at % text.length;
        const pattern = text.slice(0, i) + wildcard + text.slice(i + 1);
        expect(patternsMeet(pattern, text)).toBe(true);
      }),
    );
  });

  it('stays quick on long and hostile patterns', () => {
    const started = performance.now();
    patternsMeet('*a'.repeat(900), '*a*b'.repeat(400));
    patternsMeet('a'.repeat(1e6), '*');
    patternsMeet('a', '{a,b}'.repeat(100));
    expect(performance.now() - started).toBeLessThan(2000);
  });
});

it('measures how much a pattern spells out', () => {
  expect(literalLength('.env.*')).toBe(5);
  expect(literalLength('~/.ssh/**')).toBeLessThan(literalLength('~/.ssh/*.pub'));
});

it('knows patterns that spell out nothing', () => {
  expect(['*', '**', '?*', '.*', '*.*', '[ab]*'].filter(isOpenPattern)).toHaveLength(6);
  expect(['*.ts', '.e*', 'a'].filter(isOpenPattern)).toEqual([]);
  expect(hasWildcard('a*')).toBe(true);
  expect(hasWildcard('a.b')).toBe(false);
});
