import { describe, expect, it } from 'vitest';
import { readGitleaksIgnore } from '../../../lib/secrets/gitleaks/ignore-file.ts';

const commit = 'c'.repeat(40);
const isIgnored = readGitleaksIgnore(
  `# looked at\n\nsrc/a.ts:github-pat:12\n${commit}:src/b.ts:jwt:3\r\nwin\\c.ts:jwt:1\n`,
);

describe('readGitleaksIgnore', () => {
  it.each([
    [{ path: 'src/a.ts', rule: 'github-pat', line: 12 }, undefined, true],
    [{ path: './src/a.ts', rule: 'github-pat', line: 12 }, undefined, true],
    [{ path: 'src/a.ts', rule: 'github-pat', line: 12 }, commit, true],
    [{ path: 'src/a.ts', rule: 'github-pat', line: 13 }, undefined, false],
    [{ path: 'src/a.ts', rule: 'jwt', line: 12 }, undefined, false],
    [{ path: 'src/b.ts', rule: 'jwt', line: 3 }, commit, true],
    [{ path: 'src/b.ts', rule: 'jwt', line: 3 }, undefined, false],
    [{ path: 'src/b.ts', rule: 'jwt', line: 3 }, 'd'.repeat(40), false],
    [{ path: 'win\\c.ts', rule: 'jwt', line: 1 }, undefined, true],
    [{ rule: 'jwt', line: 1 }, undefined, false],
  ] as const)('%j at %s: %s', (hit, at, ignored) => {
    expect(isIgnored(hit, at)).toBe(ignored);
  });
});
