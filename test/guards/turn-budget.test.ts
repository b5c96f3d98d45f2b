import { expect, it } from 'vitest';
import guard from '../../lib/guards/turn-budget/guard.ts';
import { judge } from './build.ts';

const options = { toolCalls: 10, denials: 2 };

it.each([
  [9, 1, undefined],
  [10, 0, 'tool-calls'],
  [11, 5, 'tool-calls'],
  [0, 2, 'denials'],
])('%d calls and %d denials: %s', (toolCalls, denials, rule) => {
  const found = judge(guard, [], { options, host: { session: { toolCalls, denials, stopRounds: 9 } } });
  expect(found[0]?.subject?.rule).toBe(rule);
});

it('says nothing where nobody counts', () => {
  expect(judge(guard, [], { options })).toEqual([]);
});
