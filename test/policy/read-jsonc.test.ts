import { performance } from 'node:perf_hooks';
import { describe, expect, it } from 'vitest';
import { readJsonc } from '../../lib/policy/read-jsonc.ts';

describe('readJsonc', () => {
  it('reads comments, trailing commas and a byte order mark, and knows where things stand', () => {
    const { node, problems } = readJsonc(
      '\uFEFF// a\n{\n  "a": [1, true, /* b */ null,],\n  "b": {"c": "d"},\n}\n',
      'p',
    );
    expect(problems).toEqual([]);
    expect(node).toEqual({
      kind: 'object',
      line: 2,
      column: 1,
      members: [
        {
          key: 'a',
          line: 3,
          column: 3,
          node: {
            kind: 'array',
            line: 3,
            column: 8,
            items: [
              { kind: 'value', value: 1, line: 3, column: 9 },
              { kind: 'value', value: true, line: 3, column: 12 },
              { kind: 'value', value: null, line: 3, column: 26 },
            ],
          },
        },
        {
          key: 'b',
          line: 4,
          column: 3,
          node: {
            kind: 'object',
            line: 4,
            column: 8,
            members: [
              { key: 'c', line: 4, column: 9, node: { kind: 'value', value: 'd', line: 4, column: 14 } },
            ],
          },
        },
      ],
    });
  });

  it.each([
    ['', 1, 1, 'a value is missing'],
    ['{"a": }', 1, 7, 'a value is missing'],
    ['{"a": 1 "b": 2}', 1, 9, 'a comma is missing'],
    ['{\n"a" 1}', 2, 5, 'a colon is missing'],
    ['{"a": 1', 1, 8, 'a closing brace is missing'],
    ['[1', 1, 3, 'a closing bracket is missing'],
    ['{} {}', 1, 4, 'there is more after the end'],
    ['{"a": "x}', 1, 7, 'a text is not closed'],
    ['{"a": tru}', 1, 7, 'this is no JSON'],
    ['/* {}', 1, 1, 'a comment is not closed'],
    ['{"a": 1,\n "a": 2}', 2, 2, '`a` is said twice'],
    ['mode: enforce', 1, 1, 'this is no JSON'],
  ])('%j is wrong at %i:%i: %s', (text, line, column, message) => {
    const { node, problems } = readJsonc(text, 'p.jsonc');
    expect(node).toBeUndefined();
    expect(problems).toContainEqual({ severity: 'error', file: 'p.jsonc', line, column, message });
  });

  it('refuses deep nesting without running out of stack', () => {
    for (const text of ['['.repeat(500_000), '{"a":'.repeat(200_000)]) {
      const { node, problems } = readJsonc(text, 'p');
      expect(node).toBeUndefined();
      expect(problems.map(({ message }) => message)).toContain('this is nested too deeply');
    }
  });

  it('reads a megabyte of members, or of mistakes, in reasonable time', () => {
    const start = performance.now();
    const many = Array.from({ length: 90_000 }, (_, at) => `"a${at}":1`).join();
    expect(readJsonc(`{${many}}`, 'p').problems).toEqual([]);
    expect(readJsonc('}'.repeat(1_000_000), 'p').problems.length).toBeLessThanOrEqual(5);
    expect(performance.now() - start).toBeLessThan(3000);
  });

  it('takes __proto__ for a name like any other', () => {
    const { node } = readJsonc('{"__proto__": {"mode": "observe"}}', 'p');
    expect(node?.kind === 'object' && node.members[0]?.key).toBe('__proto__');
  });
});
