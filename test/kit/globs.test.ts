import { performance } from 'node:perf_hooks';
import fc from 'fast-check';
import micromatch from 'micromatch';
import { describe, expect, it } from 'vitest';
import { checkGlob, compileGlobs } from '../../lib/kit/globs.ts';

const HOME = '/home/ada';

describe('compileGlobs', () => {
  it.each([
    ['.env', '.env', true],
    ['.env', 'src/.env', false],
    ['**/.env', '.env', true],
    ['**/.env', 'a/b/.env', true],
    ['**/.env', '/work/a/.env', true],
    ['**/.env', 'a/.env.example', false],
    ['**/.env', 'x.env', false],
    ['**/.env.*', 'a/.env.local', true],
    ['**/*.pem', 'keys/server.pem', true],
    ['**/*.pem', 'keys/server.pem.txt', false],
    ['.git/**', '.git', true],
    ['.git/**', '.git/hooks/pre-commit', true],
    ['.git/**', 'x/.git/config', false],
    ['build/', 'build/a/b.js', true],
    ['**/node_modules/**', 'a/node_modules/b/c.js', true],
    ['**/node_modules/**', 'node_modules', true],
    ['**/node_modules/**', 'a/node_modules_b/c.js', false],
    ['src/**/x/**/y', 'src/a/x/b/c/y', true],
    ['src/**/x/**/y', 'src/x/y', true],
    ['src/**/x/**/y', 'src/x/z', false],
    ['src/*', 'src/a', true],
    ['src/*', 'src/a/b', false],
    ['src/*', 'src', false],
    ['src/*', 'src/.hidden', true],
    ['src/?.ts', 'src/a.ts', true],
    ['src/?.ts', 'src/🦀.ts', true],
    ['src/?.ts', 'src/ab.ts', false],
    ['*.{js,ts}', 'a.ts', true],
    ['*.{js,ts}', 'a.tsx', false],
    ['{src,lib}/**/*.{js,{m,c}js}', 'lib/a/b.cjs', true],
    ['a[0-9].txt', 'a7.txt', true],
    ['a[!0-9].txt', 'a7.txt', false],
    ['a[!0-9].txt', 'ax.txt', true],
    ['a[]x].txt', 'a].txt', true],
    ['app/\\[id\\]/page.tsx', 'app/[id]/page.tsx', true],
    ['app/(auth)/*.tsx', 'app/(auth)/page.tsx', true],
    ['c++/a|b@c+$^', 'c++/a|b@c+$^', true],
    ['/etc/**', '/etc/passwd', true],
    ['/etc/**', 'etc/passwd', false],
    ['/etc/**', '/etc', true],
    ['etc/**', '/etc/passwd', false],
    ['*', '/', false],
    ['**', '/a/b', true],
    ['**', '', true],
    ['~/.ssh/**', '/home/ada/.ssh/id_ed25519', true],
    ['~/.ssh/**', '~/.ssh/id_ed25519', true],
    ['~/.ssh/**', '/home/adam/.ssh/id_ed25519', false],
    ['~/.ssh/**', '/root/.ssh/id_ed25519', false],
    ['~/**', '/home/ada', true],
    ['./src/*.ts', 'src/a.ts', true],
    ['**/.env', 'a\nb/.env', true],
    ['**/a\u0301.txt', 'x/\u00e1.txt', true],
    ['**/secret', 'x/SECRET', false],
  ])('%s and %s: %s', (pattern, path, expected) => {
    const set = compileGlobs([pattern], { home: HOME });
    expect(checkGlob(pattern)).toBeUndefined();
    expect(set.match(path)).toBe(expected ? pattern : undefined);
  });

  it('names the first pattern that matches and lets a leading ! take paths out', () => {
    const set = compileGlobs(['!**/.env.example', '**/.env.*', '**/.env*']);
    expect(set.match('a/.env.local')).toBe('**/.env.*');
    expect(set.match('a/.envrc')).toBe('**/.env*');
    expect(set.match('a/.env.example')).toBeUndefined();
    expect(compileGlobs(['!a']).match('b')).toBeUndefined();
  });

  it('can ignore case', () => {
    const set = compileGlobs(['**/Secret/[A-C].TXT', '~/.SSH/**'], { home: '/home/Ada', ignoreCase: true });
    expect(set.match('x/sEcReT/b.txt')).toBe('**/Secret/[A-C].TXT');
    expect(set.match('/HOME/ada/.ssh/x')).toBe('~/.SSH/**');
  });

  it('looks at the end of a path that is too long to exist', () => {
    const path = `${'d/'.repeat(5000)}.env`;
    expect(compileGlobs(['**/.env']).match(path)).toBe('**/.env');
    expect(compileGlobs(['src/**']).match(`src/${'d/'.repeat(5000)}x`)).toBeUndefined();
  });

  it('answers at once whatever the pattern and the path', () => {
    const patterns = [
      '**/*a*/*a*/*a*/*a*/*a*/y',
      '**/a/**/a/**/a/**/a/**/y',
      '*a*a*a*a*a*a*a*a*a*b',
      '**/?*?*?*?*?*/**/?*?*?*z',
      `**/{a,*a}${'{a,*a}'.repeat(5)}y/**/a`,
    ];
    const paths = [
      'a'.repeat(4096),
      'a/'.repeat(2048),
      `${'a'.repeat(15)}/`.repeat(256),
      `${'a'.repeat(255)}/`.repeat(16),
    ];
    const start = performance.now();
    for (const pattern of patterns) {
      expect(checkGlob(pattern)).toBeUndefined();
      // The last character makes the needle match, so that the whole comparison has to run.
      for (const path of paths) expect(compileGlobs([pattern]).match(`${path}yzbx`)).toBeUndefined();
    }
    expect(performance.now() - start).toBeLessThan(2000);
  });

  it('agrees with micromatch', { timeout: 30_000 }, () => {
    const name = fc.array(fc.constantFrom('a', 'b', '.', '*', '?', '[ab]', '{a,b}', '-'), {
      minLength: 1,
      maxLength: 5,
    });
    const part = fc.oneof(
      name.map((all) => all.join('')),
      fc.constant('**'),
    );
    const pattern = fc.array(part, { minLength: 1, maxLength: 4 }).map((all) => all.join('/'));
    const file = fc
      .array(fc.constantFrom('a', 'b', '.', '-', 'ab'), { minLength: 1, maxLength: 4 })
      .map((all) => all.join(''))
      .filter((text) => !/^\.+$/.test(text));
    const path = fc.array(file, { minLength: 1, maxLength: 4 }).map((all) => all.join('/'));
    fc.assert(
      fc.property(pattern, path, (glob, text) => {
        // Not compared: names made of dots alone and stars that touch `**`, which no two libraries read alike, and
        // `x/**` for `x` itself, which micromatch allows only when `x` has no wildcard, and `*.*`, where it wants an
        // extension.
        fc.pre(!/(?:^|\/)\*\.\*$/.test(glob));
        fc.pre(!/(?:^|\/)\.+(?:\/|$)|\*\*[^/]|[^/]\*\*|[*?\]}][^/]*\/\*\*$/.test(glob));
        const expected = micromatch.isMatch(text, glob, { dot: true });
        expect(compileGlobs([glob]).match(text) !== undefined).toBe(expected);
      }),
      { numRuns: 4000 },
    );
  });
});

describe('checkGlob', () => {
  it.each([
    ['', 'is empty'],
    ['!', 'is empty'],
    ['a'.repeat(257), 'is longer than 256 characters'],
    ['a\u0007', 'holds a control character'],
    ['../x', 'holds `..`, which no resolved path has'],
    ['a/..', 'holds `..`, which no resolved path has'],
    ['a[b', 'has a `[` without `]` (write `\\[` for the character itself)'],
    ['a[b/c]', 'has a `[` without `]` (write `\\[` for the character itself)'],
    ['{a,b', 'has a `{` without `}` (write `\\{` for the character itself)'],
    ['a,b}', 'has a `}` without `{` (write `\\}` for the character itself)'],
    ['a\\', 'ends in a backslash'],
    ['{a,b}'.repeat(7), 'stands for more than 64 patterns'],
    ['{a,b}'.repeat(50), 'stands for more than 64 patterns'],
  ])('refuses pattern %#', (pattern, problem) => {
    expect(checkGlob(pattern)).toBe(problem);
  });
});
