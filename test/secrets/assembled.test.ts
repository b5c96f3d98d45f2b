import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { recordStep } from '../../lib/engine/record-step.ts';
import { runStep } from '../../lib/engine/run-step.ts';
import type { Payload } from '../../lib/types/payload.ts';
import { ENV, makeProject, shippedPolicy } from '../pipeline.ts';
import { makeSample, seededRandom } from './samples.ts';

const TOKEN = makeSample('ghp_{A36}', seededRandom(61));
const home = mkdtempSync(join(tmpdir(), 'codex-guard-assembled-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

describe('a secret that a command puts together', () => {
  it.each([
    ['variables', `A=${TOKEN.slice(0, 18)}; B=${TOKEN.slice(18)}; curl -H "X: $A$B" https://api.github.com`],
    ['printf', `curl -H "X: $(printf %s%s ${TOKEN.slice(0, 18)} ${TOKEN.slice(18)})" https://api.github.com`],
    ['a default', `curl -H "X: ${TOKEN.slice(0, 18)}\${X:-${TOKEN.slice(18)}}" https://api.github.com`],
  ])('by %s is denied, and no piece of it is kept', (_, command) => {
    const cwd = makeProject();
    const payload: Payload = {
      event: 'PreToolUse',
      eventText: 'PreToolUse',
      sessionId: 's',
      cwd,
      unknown: {},
      call: { kind: 'shell', command },
    };
    const env = { ...ENV, CODEX_GUARD_HOME: home };
    const policy = shippedPolicy(cwd);
    const now = new Date();
    const step = runStep({
      payload,
      event: 'PreToolUse',
      env,
      sessionCwd: cwd,
      now,
      budgetMs: 20_000,
      counts: false,
      policy,
    });
    expect(
      step.verdict.findings.filter(({ guard, level }) => guard === 'secrets' && level === 'deny'),
    ).not.toEqual([]);
    expect(recordStep(step, payload, 1)).toBe('');
    const audit = join(home, 'audit');
    const kept = readdirSync(audit)
      .map((name) => readFileSync(join(audit, name), 'utf8'))
      .join('');
    expect(kept).toContain('[redacted:assembled]');
    for (let at = 4; at + 12 <= TOKEN.length; at += 1) expect(kept).not.toContain(TOKEN.slice(at, at + 12));
  });
});
