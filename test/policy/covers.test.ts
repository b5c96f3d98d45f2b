import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileGlobs } from '../../lib/kit/globs.ts';
import { matchesHost, normalizeHost } from '../../lib/kit/hosts.ts';
import { coverGlobs, coverTexts } from '../../lib/policy/covers.ts';

describe('coverGlobs', () => {
  it.each([
    ['**', 'anything/**', true],
    ['**', '/etc/passwd', true],
    ['src/**', 'src/a.ts', true],
    ['src/**', 'src/**/*.ts', true],
    ['src/**', 'src', true],
    ['src/**', 'src2/a', false],
    ['src/**', '**/src/a', false],
    ['src/**', '/src/a', false],
    ['**/*.ts', 'src/**/*.ts', true],
    ['**/*.ts', 'src/a.ts', true],
    ['**/*.ts', '*.ts', true],
    ['*.ts', '**/*.ts', false],
    ['**/dist/**', 'a/dist/b/**', true],
    ['**/dist/**', 'a/dist', true],
    ['**/dist/**', 'a/dist2/**', false],
    ['src/*.ts', 'src/a.ts', true],
    ['src/*.ts', 'src/a/b.ts', false],
    ['src/', 'src/a/**', true],
    ['**/build', 'build/', false],
    ['build/**', 'build/', true],
    ['**/x/**', '{/x/,y}', false],
    ['src/a', 'src/?', false],
    ['~/.cache/**', '~/.cache/pip/**', true],
    ['~/.cache/**', '.cache/pip/**', false],
  ])('%s over %s: %s', (upper, lower, expected) => {
    expect(coverGlobs([upper])(lower)).toBe(expected);
  });

  it('never says yes to a pattern that matches more', { timeout: 30_000 }, () => {
    const part = fc.constantFrom('a', 'b', '*', '**', 'a*', '?', '{a,b}', '[ab]');
    const pattern = fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('/'));
    const path = fc
      .array(fc.constantFrom('a', 'b', 'c', 'ab'), { minLength: 1, maxLength: 4 })
      .map((parts) => parts.join('/'));
    fc.assert(
      fc.property(
        pattern,
        pattern,
        fc.array(path, { minLength: 5, maxLength: 20 }),
        (upper, lower, paths) => {
          fc.pre(coverGlobs([upper])(lower));
          for (const each of paths) {
            if (compileGlobs([lower]).match(each) !== undefined)
              expect(compileGlobs([upper]).match(each)).toBe(upper);
          }
        },
      ),
      { numRuns: 2000 },
    );
  });
});

describe('coverTexts', () => {
  it.each([
    ['a.example', 'a.example', true],
    ['A.example', 'a.example', true],
    ['*.a.example', 'x.a.example', true],
    ['*.a.example', 'x.y.a.example', false],
    ['*.a.example', 'a.example', false],
    ['*.a.example', '**.a.example', false],
    ['**.a.example', 'a.example', true],
    ['**.a.example', 'x.y.a.example', true],
    ['**.a.example', '*.a.example', true],
    ['**.a.example', '**.b.a.example', true],
    ['**.a.example', 'xa.example', false],
    ['**.a.example', '**.xa.example', false],
    ['**.a.example', 'a.example:8443', true],
    ['a.example:443', 'a.example', false],
    ['a.example:443', 'a.example:443', true],
    ['a.example:443', 'a.example:8443', false],
    ['**.a.example:443', '*.a.example', false],
    ['*', 'a.example', true],
    ['*', '**.a.example', true],
    ['*', 'localhost', false],
    ['*', '127.0.0.1', false],
    ['*', '2130706433', false],
    ['*', '169.254.169.254', false],
    ['*', '**.internal', false],
    ['*', '**.localhost', false],
    ['*', '10.*.*.*', false],
    ['*', '*.*', false],
    ['*', '/var/run/docker.sock', false],
    ['*', 'registry:npm', false],
    ['registry:npm', 'registry:npm', true],
    ['registry:npm', 'registry:pypi', false],
    ['github', 'github/delete_repo', false],
    ['github/*', 'github/get_issue', true],
    ['github/*', 'github/*/x', false],
    ['github/*', 'gitlab/get_issue', false],
    ['github/**', 'github/a/b', true],
    ['/run/**', '/run/x.sock', true],
  ])('%s over %s: %s', (upper, lower, expected) => {
    expect(coverTexts([upper])(lower)).toBe(expected);
  });

  it('never says yes to an entry that means more hosts', { timeout: 30_000 }, () => {
    const label = fc.constantFrom('a', 'b', 'com', 'internal', 'localhost', '10', '127', '1', '*', '**');
    const entry = fc.array(label, { minLength: 1, maxLength: 4 }).map((labels) => labels.join('.'));
    const host = fc
      .array(fc.constantFrom('a', 'b', 'com', 'internal', 'localhost', '10', '127', '1'), {
        minLength: 1,
        maxLength: 4,
      })
      .map((labels) => labels.join('.'));
    fc.assert(
      fc.property(entry, entry, fc.array(host, { minLength: 5, maxLength: 20 }), (upper, lower, hosts) => {
        fc.pre(coverTexts([upper])(lower));
        for (const name of hosts) {
          const each = normalizeHost(name);
          if (matchesHost(lower, each, undefined)) expect(matchesHost(upper, each, undefined)).toBe(true);
        }
      }),
      { numRuns: 3000 },
    );
  });
});
