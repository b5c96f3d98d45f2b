import { describe, expect, it } from 'vitest';
import { findNearest, join, quote } from '../../lib/policy/phrases.ts';

describe('findNearest', () => {
  const known = ['branch-protection', 'change-size', 'deny', 'warn', 'off', 'lines', 'files'];
  it.each([
    ['brnach-protection', 'branch-protection'],
    ['branch_protection', 'branch-protection'],
    ['chagne-siz', 'change-size'],
    ['Deny', 'deny'],
    ['dny', 'deny'],
    ['wran', 'warn'],
    ['line', 'lines'],
    ['of', undefined],
    ['block', undefined],
    ['x', undefined],
    ['', undefined],
    ['a'.repeat(10_000), undefined],
  ])('%s → %s', (word, expected) => {
    expect(findNearest(word, known)).toBe(expected);
  });
});

describe('quote', () => {
  it('keeps a text on one line and short', () => {
    expect(quote('a\nb`c\u001b[31m')).toBe('`a b c [31m`');
    expect(quote('x'.repeat(100))).toHaveLength(62);
  });
});

describe('join', () => {
  it.each([
    [[], ''],
    [['a'], 'a'],
    [['a', 'b'], 'a and b'],
    [['a', 'b', 'c'], 'a, b and c'],
  ])('%j', (words, expected) => {
    expect(join(words)).toBe(expected);
  });
});
