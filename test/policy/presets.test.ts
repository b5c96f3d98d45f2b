/** The tests inside the shipped presets, run through the engine, and what the presets owe each other. */

import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadPolicy } from '../../lib/policy/load-policy.ts';
import { PRESETS } from '../../lib/policy/presets.gen.ts';
import { judgeCommand, makeProject } from '../pipeline.ts';
import { fakeHost, USER } from './fake-host.ts';

const names = Object.keys(PRESETS);

function policyOf(name: string) {
  const host = fakeHost({ [USER]: `{"extends": "codex-guard:${name}"}` });
  return loadPolicy({ host, now: new Date() });
}

describe('the shipped presets', () => {
  it('are the files in policies/', () => {
    const files = readdirSync('policies').filter((file) => file.endsWith('.jsonc'));
    expect(names).toEqual(files.map((file) => file.replace('.jsonc', '')).sort());
  });

  it.each(names)('%s says what it is for and has tests of both kinds', (name) => {
    const preset = PRESETS[name];
    expect(preset?.about).toMatch(/^[A-Z].{20,}\.$/);
    const { tests } = preset?.document() ?? { tests: [] };
    expect(tests.some(({ expect: outcome }) => outcome === 'deny')).toBe(true);
    if (name !== 'danger-run') expect(tests.some(({ expect: outcome }) => outcome === 'pass')).toBe(true);
  });

  const tests = names.flatMap(
    (name) => PRESETS[name]?.document().tests.map((test) => ({ name, ...test })) ?? [],
  );
  it.each(tests)('$name: $command is $expect', ({ name, command, expect: outcome, guard }) => {
    const { verdict } = judgeCommand(command, makeProject(), policyOf(name));
    const said = verdict.findings.map((finding) => `[${finding.guard}] ${finding.message}`).join('\n');
    expect(verdict.outcome, said).toBe(outcome);
    if (guard !== undefined) expect(verdict.findings.map((finding) => finding.guard)).toContain(guard);
  });
});
