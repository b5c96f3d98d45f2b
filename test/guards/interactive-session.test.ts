import { expect, it } from 'vitest';
import guard from '../../lib/guards/interactive-session/guard.ts';
import { outcome, run } from './build.ts';

it.each([
  ['a session', run('psql', { interactive: true }), [], 'deny'],
  ['a session elsewhere', run('sh', { interactive: true, place: 'remote' }), [], 'deny'],
  ['a program', run('psql'), [], 'pass'],
  ['a session that may be', run('/usr/bin/node', { interactive: true }), ['node'], 'pass'],
  ['another one', run('bash', { interactive: true }), ['node'], 'deny'],
] as const)('%s', (_, effect, allow, expected) => {
  expect(outcome(guard, [effect], { options: { allow } })).toBe(expected);
});
