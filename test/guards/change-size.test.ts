import { describe, expect, it } from 'vitest';
import guard from '../../lib/guards/change-size/guard.ts';
import type { Change, ChangeFile } from '../../lib/types/change.ts';
import { factsOf, file, judge, outcome } from './build.ts';

const lines = (count: number): readonly string[] => Array.from({ length: count }, () => 'x');
const patch = (path: string, added: number, removed = 0) =>
  file('write', path, { added: lines(added), removed: lines(removed), bytes: 2 * added });
const options = { lines: 10, files: 2, bytes: 100, deletions: 1 };

describe('a step', () => {
  it.each([
    ['at the limit', [patch('a.ts', 6, 4)], 'pass'],
    ['over it', [patch('a.ts', 6, 5)], 'deny'],
    ['over it together', [patch('a.ts', 6), patch('b.ts', 5)], 'deny'],
    ['too many files', [patch('a.ts', 1), patch('b.ts', 1), patch('c.ts', 1)], 'deny'],
    ['one file, several times', [patch('a.ts', 1), patch('a.ts', 1), patch('a.ts', 1)], 'pass'],
    ['too many bytes', [file('create', 'a.ts', { added: ['x'], removed: [], bytes: 101 })], 'deny'],
    ['one delete', [file('delete', 'a.ts')], 'pass'],
    ['too many deletes', [file('delete', 'a.ts'), file('delete', 'b.ts')], 'deny'],
    ['a lock file', [patch('web/package-lock.json', 500)], 'pass'],
    ['a snapshot', [patch('src/__snapshots__/a.txt', 500)], 'pass'],
    ['a temporary file', [patch('/tmp/a.ts', 500)], 'pass'],
    ['a write of unknown size', [file('write', 'a.ts', { clobbers: true })], 'pass'],
  ] as const)('%s', (_, effects, expected) => {
    expect(outcome(guard, effects, { options })).toBe(expected);
  });

  it('says the figures and the limits', () => {
    const [found] = judge(guard, [patch('a.ts', 11), patch('b.ts', 0), patch('c.ts', 0)], { options });
    expect(found?.message).toBe('this step changes 11 lines (at most 10), 3 files (at most 2)');
  });
});

describe('the end of a turn', () => {
  const entry = (path: string, more: Partial<ChangeFile> = {}): ChangeFile => ({
    path,
    added: 0,
    removed: 0,
    bytes: 0,
    deleted: false,
    untracked: false,
    ...more,
  });
  const atStop = (files: readonly ChangeFile[], truncated = false) => {
    const change: Change = { files, truncated };
    return judge(guard, factsOf([], { event: 'Stop' }), { options, host: { change } });
  };

  it.each([
    ['nothing', [], false],
    ['a small change', [entry('a.ts', { added: 5, removed: 5 })], false],
    ['too many lines', [entry('a.ts', { added: 5, removed: 6 })], true],
    ['too many files', [entry('a'), entry('b'), entry('c', { untracked: true })], true],
    ['too many deletes', [entry('a', { deleted: true }), entry('b', { deleted: true })], true],
    ['a lock file', [entry('x/yarn.lock', { added: 900 })], false],
  ])('%s', (_, files, expected) => {
    expect(atStop(files).length > 0).toBe(expected);
  });

  it('says when there is more than could be measured', () => {
    expect(atStop([entry('a.ts', { added: 11 })], true)[0]?.message).toBe(
      'the work tree differs from its last commit by at least 11 lines (at most 10)',
    );
  });

  it('says nothing without figures', () => {
    expect(judge(guard, factsOf([], { event: 'Stop' }), { options })).toEqual([]);
  });
});
