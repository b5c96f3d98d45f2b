import { describe, expect, it } from 'vitest';
import { branchOf, isProtected, protectionOf } from '../../lib/kit/branches.ts';
import { globSet, unknown, word } from '../guards/build.ts';

const branches = { globs: globSet(['main', 'release/*']), names: ['develop'] };

it.each([
  ['main', 'main'],
  ['refs/heads/a/b', 'a/b'],
  ['heads/main', 'main'],
  ['+main', 'main'],
  ['refs/tags/main', undefined],
  ['refs/for/main', undefined],
  ['tags/v1', undefined],
  ['', undefined],
])('branchOf %s', (ref, name) => {
  expect(branchOf(ref)).toBe(name);
});

describe('protectionOf', () => {
  it.each([
    ['main', 'yes'],
    ['develop', 'yes'],
    ['release/1', 'yes'],
    ['release/1/2', 'no'],
    ['mainly', 'no'],
    ['refs/*', 'yes'],
    ['refs/heads/re*', 'yes'],
    ['refs/heads/x/*', 'no'],
    ['refs/tags/*', 'no'],
    ['*', 'yes'],
  ])('%s: %s', (ref, expected) => {
    expect(protectionOf(word(ref), branches)).toBe(expected);
  });

  it.each<[(string | null)[], string]>([
    [[null], 'unknown'],
    [['ma', null], 'unknown'],
    [['refs/heads/', null], 'unknown'],
    [['refs/tags/', null], 'no'],
    [['fix/', null], 'no'],
    [[null, '-topic'], 'unknown'],
    [[null, '/a/b/c'], 'no'],
  ])('%j: %s', (pieces, expected) => {
    expect(protectionOf(unknown(...pieces), branches)).toBe(expected);
  });

  it('knows no branch', () => {
    expect(isProtected(undefined, branches)).toBe(false);
  });
});
