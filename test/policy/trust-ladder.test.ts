import { describe, expect, it } from 'vitest';
import { PRESETS } from '../../lib/policy/presets.gen.ts';
import { findLevelDrift, findTrustLevel, TRUST_LADDER } from '../../lib/policy/trust-ladder.ts';

const built = (...presets: readonly string[]) => ({
  sources: presets.map((name) => ({ layer: 'preset' as const, name: `codex-guard:${name}` })),
});

it('has a rung for every shipped preset', () => {
  expect(TRUST_LADDER.map(({ preset }) => preset).sort()).toEqual(Object.keys(PRESETS).sort());
});

it.each([
  [['level-2'], 'level-2'],
  [['level-3', 'level-1'], 'level-1'],
  [['level-3', 'danger-run'], 'danger-run'],
  [['something-else'], undefined],
])('%j stands on %s', (presets, rung) => {
  expect(findTrustLevel(built(...presets))?.preset).toBe(rung);
});

describe('settings of the client', () => {
  it.each<readonly [string, object, readonly string[]]>([
    ['level-0', { mode: 'read-only' }, []],
    ['level-0', { mode: 'workspace-write' }, ['sandbox-level']],
    ['level-0', { profileName: ':workspace' }, ['sandbox-level']],
    ['level-1', { mode: 'workspace-write', approval: 'on-request' }, []],
    ['level-1', { mode: 'read-only', approval: 'never' }, ['approval-level']],
    ['level-2', {}, []],
    ['level-2', { mode: 'danger-full-access', approval: 'never' }, ['sandbox-level']],
    ['level-2', { profileName: 'guard', profile: { base: ':workspace' } }, []],
    ['level-3', {}, ['approval-level']],
    ['level-3', { approval: 'granular' }, []],
    ['danger-run', { mode: 'danger-full-access', approval: 'never' }, []],
    ['danger-run', { mode: 'workspace-write', approval: 'never' }, []],
  ])('%s with %j: %j', (preset, configured, ids) => {
    const found = findLevelDrift(built(preset), { proxy: false, ...configured } as never);
    expect(found.map(({ id }) => id)).toEqual(ids);
  });
});
