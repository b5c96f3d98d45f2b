import { describe, expect, it } from 'vitest';
import guard from '../../lib/guards/remote-code/guard.ts';
import type { Effect } from '../../lib/types/effect.ts';
import { judge, outcome, run, SPAN } from './build.ts';

const opaque = (cause: 'remote' | 'dynamic'): Effect => ({
  kind: 'opaque',
  why: 'bash runs text from the network',
  cause,
  span: SPAN,
});

describe('remote-code', () => {
  it.each<[string, Effect, string]>([
    ['text from the network', opaque('remote'), 'deny'],
    ['text that is made when it runs', opaque('dynamic'), 'pass'],
    ['a program from a repository', run('npx', { remote: true }), 'deny'],
    ['a program', run('npx'), 'pass'],
  ])('%s', (_, effect, expected) => {
    expect(outcome(guard, [effect])).toBe(expected);
  });

  it('says what runs', () => {
    expect(judge(guard, [opaque('remote')])[0]?.message).toBe('bash runs text from the network');
    expect(judge(guard, [run('npx', { remote: true })])[0]?.subject).toEqual({ command: 'npx' });
  });
});
