/** Runs the tests that a policy brings along. Nothing is counted or recorded. */

import { runStep } from '../engine/run-step.ts';
import type { Policy, PolicyTest } from '../types/policy.ts';

export interface FailedTest extends PolicyTest {
  readonly got: 'deny' | 'warn' | 'pass';
}

interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly now: Date;
}

/** Milliseconds for one command. */
const BUDGET_MS = 4000;

/** The tests whose command is not judged as they expect. */
export function runPolicyTests(policy: Policy, { env, cwd, now }: Surroundings): readonly FailedTest[] {
  return policy.tests.flatMap((test) => {
    const payload = {
      event: 'PreToolUse',
      eventText: 'PreToolUse',
      sessionId: 'trial',
      cwd,
      toolName: 'Bash',
      call: { kind: 'shell', command: test.command },
      unknown: {},
    } as const;
    const { verdict } = runStep({
      payload,
      event: 'PreToolUse',
      env,
      sessionCwd: cwd,
      now,
      budgetMs: BUDGET_MS,
      counts: false,
      policy,
    });
    const isByGuard = test.guard === undefined || verdict.findings.some(({ guard }) => guard === test.guard);
    return verdict.outcome === test.expect && isByGuard ? [] : [{ ...test, got: verdict.outcome }];
  });
}
