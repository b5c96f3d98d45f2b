import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseGitConfig, readGitConfig } from '../../lib/facts/git-config.ts';

let base = '';
beforeAll(() => {
  base = mkdtempSync(join(tmpdir(), 'guard-config-'));
});
afterAll(() => rmSync(base, { recursive: true, force: true }));

/** Entries as git lists them, or undefined when it refuses the file. A key without `=` has no value there. */
function askGit(text: string): readonly { key: string; value: string }[] | undefined {
  const file = join(base, 'config');
  writeFileSync(file, text);
  try {
    const listed = execFileSync('git', ['config', '-f', file, '--list', '-z'], {
      encoding: 'utf8',
      stdio: 'pipe',
    });
    return listed
      .split('\0')
      .slice(0, -1)
      .map((entry) => {
        const end = entry.indexOf('\n');
        return end === -1
          ? { key: entry, value: 'true' }
          : { key: entry.slice(0, end), value: entry.slice(end + 1) };
      });
  } catch {
    return undefined;
  }
}

describe('parseGitConfig', () => {
  it.each([
    ['sections and subsections', '[core]\n\tbare = false\n[Remote "Origin/X"]\n  URL = a\n[a.B-c]\nd=e\n'],
    ['escapes in a subsection', '[a "b\\"c\\\\d\\e]f"]\nx = 1\n'],
    ['quotes', '[a]\nb = " x ; y "  # z\nc = p" q "r\nd = ""\ne = "" \n'],
    ['escapes', '[a]\nb = x\\ny\\tz\\\\ \\"q\\"\n'],
    ['comments', '# one\n; two\n[a] # three\nb = 1 # four\nc = 2;five\n'],
    ['continued lines', '[a]\nb = one \\\n  two\\\nthree\nc = "x \\\n y"\n'],
    ['blanks', '[a]\n\n   b   =   x y   \n\tc\t=\tz\t\n'],
    ['keys without value', '[a]\nb\nc =\nd  \n'],
    ['a section and a key on one line', '[a] b = c\n[d]e=f\n'],
    ['line ends of Windows', '[a]\r\nb = c\r\nd = e \\\r\n f\r\n'],
    ['a mark at the start', '\uFEFF[a]\nb = c\n'],
    ['no line end at the end', '[a]\nb = c'],
    ['a value that looks like a section', '[a]\nb = [c]\n'],
    ['several values', '[a]\nb = 1\nb = 2\n'],
    ['an alias that runs a shell', '[alias]\n\tx = "!f() { git push origin \\"HEAD:$1\\"; }; f"\n'],
  ])('reads %s as git does', (_, text) => {
    const expected = askGit(text);
    expect(expected?.length).toBeGreaterThan(0);
    expect(parseGitConfig(text)).toEqual(expected);
  });

  it('reads whatever git accepts as git does', () => {
    const piece = fc.constantFrom(
      ...[
        '[a]',
        '[b "C d"]',
        '[e.F]',
        'key',
        'X-1',
        ' = ',
        '=',
        ' ',
        '\n',
        '\n',
        '"',
        '\\\\',
        '\\n',
        '\\"',
        '\\\n',
        '#',
        ';',
      ],
      ...['word', 'é', '\r\n', '!sh', ':'],
    );
    let accepted = 0;
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 14 }), (pieces) => {
        const text = `[s]\n${pieces.join('')}\n`;
        const expected = askGit(text);
        if (expected === undefined) return;
        accepted += 1;
        expect(parseGitConfig(text)).toEqual(expected);
      }),
      { numRuns: 400, seed: 7 },
    );
    expect(accepted).toBeGreaterThan(30);
  }, 30_000);

  it('skips what git refuses and goes on', () => {
    const text = '[a]\n-bad = 1\nb = 2\n[broken\nc = 3\n[d]\ne = 4\n';
    expect(parseGitConfig(text)).toEqual([
      { key: 'a.b', value: '2' },
      { key: 'd.e', value: '4' },
    ]);
  });

  it('is linear', () => {
    const begin = Date.now();
    for (const text of [
      '['.repeat(1e6),
      `[a]\nb = ${' '.repeat(1e6)}x`,
      `[a "${'\\'.repeat(1e6)}`,
      '[a]\n'.repeat(2e5),
    ]) {
      parseGitConfig(text);
    }
    expect(Date.now() - begin).toBeLessThan(2000);
  });
});

describe('readGitConfig', () => {
  const read = (files: Record<string, string>, first = 'one') => {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(join(base, name, '..'), { recursive: true });
      writeFileSync(join(base, name), text);
    }
    return readGitConfig([join(base, first)], {}, join(base, 'home'));
  };

  it('includes files where they are named', () => {
    const config = read({
      one: '[a]\nx = before\n[include]\npath = sub/two\n[includeIf "onbranch:main"]\npath = ~/three\n',
      'sub/two': '[a]\nx = two\n[include]\npath = ../four\n',
      four: '[a]\ny = four\n',
      'home/three': '[a]\nz = three\n',
    });
    expect(['a.x', 'a.y', 'a.z'].map(config.last)).toEqual(['two', 'four', 'three']);
  });

  it('ends when a file includes itself', () => {
    const config = read({ one: '[a]\nx = 1\n[include]\npath = one\npath = one\n' });
    expect(config.last('a.x')).toBe('1');
    expect(config.all('a.x').length).toBeLessThanOrEqual(64);
  });
});
