import { describe, expect, it } from 'vitest';
import guard from '../../lib/guards/sensitive-areas/guard.ts';
import type { FileEffect } from '../../lib/types/effect.ts';
import { file, judge, locate, outcome, word } from './build.ts';

const all = { recursive: true } as const;

describe('sensitive-areas', () => {
  it.each<[string, FileEffect, string]>([
    ['a migration', file('create', 'db/migrations/1.sql'), 'deny'],
    ['a migration at the top', file('append', 'migrations/1.sql'), 'deny'],
    ['a read of one', file('read', 'db/migrations/1.sql'), 'pass'],
    ['sign-in', file('write', 'src/auth/login.ts'), 'deny'],
    ['a name that starts alike', file('write', 'src/author.ts'), 'pass'],
    ['infrastructure', file('delete', 'infra', all), 'deny'],
    ['what it lies in', file('delete', '.github', all), 'deny'],
    ['a directory of the same name elsewhere', file('write', '/tmp/infra/a'), 'pass'],
    ['a base name anywhere', file('write', 'docs/CODEOWNERS'), 'deny'],
    ['a move out of it', file('move', 'a.ts', { from: word('x'), fromAt: locate('src/auth/a.ts') }), 'deny'],
    ['a pattern', file('delete', 'src/au?h/*.ts'), 'deny'],
    ['a pattern that may mean anything', file('delete', 'build/*', all), 'pass'],
    ['a copy into the project', file('write', '.', all), 'pass'],
    ['another machine', file('write', 'infra/a', { place: 'remote' }), 'pass'],
  ])('%s', (_, effect, expected) => {
    expect(outcome(guard, [effect])).toBe(expected);
  });

  it('lets the more specific glob decide', () => {
    const options = { allow: ['**/auth/*.test.ts'] };
    expect(outcome(guard, [file('write', 'src/auth/a.test.ts')], { options })).toBe('pass');
    expect(outcome(guard, [file('write', 'src/auth/a.ts')], { options })).toBe('deny');
  });

  it('names file and area', () => {
    const [found] = judge(guard, [file('write', 'src/auth/a.ts')]);
    expect(found?.message).toBe('this changes src/auth/a.ts, which only people change (**/auth/**)');
    expect(found?.subject).toEqual({ path: 'src/auth/a.ts' });
  });
});
