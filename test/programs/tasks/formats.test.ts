import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readToml } from '../../../lib/programs/tasks/toml.ts';
import { isTable, readJson, type Tree } from '../../../lib/programs/tasks/tree.ts';
import { readYaml } from '../../../lib/programs/tasks/yaml.ts';

/** Tenths of a second on a quiet machine. */
const LIMIT_MS = 4000;

/** A tree as plain values. */
function plain(tree: Tree): unknown {
  if (typeof tree === 'string') return tree;
  if (isTable(tree)) return Object.fromEntries([...tree].map(([key, item]) => [key, plain(item)]));
  return tree.map(plain);
}

const YAML: readonly (readonly [string, unknown])[] = [
  ['a: 1\nb: two words\n', { a: '1', b: 'two words' }],
  ['a:\n  b:\n    c: d\n  e: f\n', { a: { b: { c: 'd' }, e: 'f' } }],
  ['a:\n- 1\n- 2\nb: x\n', { a: ['1', '2'], b: 'x' }],
  ['a:\n  - b: 1\n    c: 2\n  - d\n', { a: [{ b: '1', c: '2' }, 'd'] }],
  ['- - 1\n  - 2\n- 3\n', [['1', '2'], '3']],
  ['a: [1, "two, three", {b: c}]\n', { a: ['1', 'two, three', { b: 'c' }] }],
  ['a: [\n  1,\n  2\n]\nb: 3\n', { a: ['1', '2'], b: '3' }],
  ['a: {b: "x]", c: [y]}\n', { a: { b: 'x]', c: ['y'] } }],
  ["a: 'it''s'\nb: \"a\\tb\\x41\"\n", { a: "it's", b: 'a\tbA' }],
  ['a: |\n  one\n    two\n\n  three\nb: 1\n', { a: 'one\n  two\n\nthree\n', b: '1' }],
  ['a: >-\n  one\n  two\n\n  three\n', { a: 'one two\nthree' }],
  ['a: one\n  two # no part of it\nb: x#y\n', { a: 'one two', b: 'x#y' }],
  ['# head\n---\na: 1 # one\n# between\nb:\n...\nc: 3\n', { a: '1', b: '' }],
  [
    'x: &base\n  a: 1\n  b: 2\ny:\n  <<: *base\n  b: 3\nz: *base\n',
    {
      x: { a: '1', b: '2' },
      y: { a: '1', b: '3' },
      z: { a: '1', b: '2' },
    },
  ],
  ['"a b": 1\n\'c: d\': 2\nhttp://x: 3\n', { 'a b': '1', 'c: d': '2', 'http://x': '3' }],
  ['a: !!str 1\nb: echo "x y"\n', { a: '1', b: 'echo "x y"' }],
  ['- name: x\n  run: |\n    a\n    b\n- name: y\n', [{ name: 'x', run: 'a\nb\n' }, { name: 'y' }]],
];

const NOT_WHOLE: readonly string[] = [
  'a: 1\nno pair\n',
  'a: "no end\n',
  'a: [1, 2\n',
  'a: echo "x: y"\n',
  'a:\n\tb: 2\n',
  `${'- '.repeat(100)}x\n`,
];

describe('YAML', () => {
  it.each(YAML)('%j', (text, expected) => {
    const { tree, whole } = readYaml(text);
    expect(plain(tree)).toEqual(expected);
    expect(whole).toBe(true);
  });
  it.each(NOT_WHOLE)('%j is not whole', (text) => {
    expect(readYaml(text).whole).toBe(false);
  });
  it('never throws', () => {
    const pieces = fc.constantFrom(
      'a:',
      '- ',
      '\n',
      '  ',
      '"',
      "'",
      '[',
      ']',
      '{',
      '}',
      '|',
      '&a ',
      '*a',
      ': ',
      '#',
      'x',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 60 }), (all) => {
        readYaml(all.join(''));
      }),
      { numRuns: 500 },
    );
  });
  it.each([
    ['anchors', '&a '.repeat(100_000)],
    ['brackets', '['.repeat(200_000)],
    ['lines with brackets', `a: ["x]"${'\n  "]", '.repeat(20_000)}`],
    ['an open text', `a: "${'x\n '.repeat(20_000)}`],
    ['blanks', `a:${' '.repeat(300_000)}b`],
    ['dashes', '- '.repeat(100_000)],
  ])('reads many %s in bounded time', (_, text) => {
    const begin = performance.now();
    readYaml(text);
    expect(performance.now() - begin).toBeLessThan(LIMIT_MS);
  });
});

describe('TOML', () => {
  it('gives every value as text', () => {
    const text = '[a]\nb = 1\nc = true\nd = 2026-01-02\n[[a.e]]\nf = ["x", { g = 1.5 }]\n';
    expect(plain(readToml(text).tree)).toEqual({
      a: { b: '1', c: 'true', d: '2026-01-02', e: [{ f: ['x', { g: '1.5' }] }] },
    });
  });
  it.each(['a = \n', 'a\n', 'a = "x\nb = 1\n', 'a = [1\n', 'a = 1 2\n'])('%j is not whole', (text) => {
    expect(readToml(text).whole).toBe(false);
  });
  it.each([
    ['brackets', `a = ${'['.repeat(200_000)}`],
    ['quotes', `a = """${'"" '.repeat(100_000)}`],
    ['backslashes', `a = "${'\\ '.repeat(100_000)}"`],
    ['dots', `${'a.'.repeat(100_000)}b = 1`],
  ])('reads many %s in bounded time', (_, text) => {
    const begin = performance.now();
    readToml(text);
    expect(performance.now() - begin).toBeLessThan(LIMIT_MS);
  });
});

describe('JSON with comments', () => {
  it.each([
    ['{"a": 1, // x\n "b": ["//", 2,],}', { a: '1', b: ['//', '2'] }],
    ['/* y */ {"a": "/* z */"}', { a: '/* z */' }],
  ])('%j', (text, expected) => {
    expect(plain(readJson(text).tree)).toEqual(expected);
  });
  it('says when it is none', () => {
    expect(readJson('{a').whole).toBe(false);
  });
});
