/** Judges a step without a running session: for check, explain and policy tests. Nothing is counted or recorded. */

import { parsePatch } from '../patch/parse-patch.ts';
import type { Payload } from '../types/payload.ts';
import type { Policy } from '../types/policy.ts';
import { runStep, type StepResult } from './run-step.ts';

/** Judging may take this long in a trial, in milliseconds. */
const BUDGET_MS = 4000;

export interface TrialOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** What counts as now for exceptions and hours; the clock's time when absent. */
  readonly now?: Date;
  /** The policy in force in the payload's directory when absent. */
  readonly policy?: Policy | undefined;
}

/** A payload for a shell command as Codex would send it. @param cwd absolute */
export function shellPayload(command: string, cwd: string): Payload {
  return trialPayload(cwd, 'Bash', { kind: 'shell', command });
}

/** A payload for a patch. @param cwd absolute */
export function patchPayload(text: string, cwd: string): Payload {
  return trialPayload(cwd, 'apply_patch', { kind: 'patch', text, patch: parsePatch(text) });
}

function trialPayload(cwd: string, toolName: string, call: NonNullable<Payload['call']>): Payload {
  return {
    event: 'PreToolUse',
    eventText: 'PreToolUse',
    sessionId: 'trial',
    cwd,
    toolName,
    call,
    unknown: {},
  };
}

/** Judges a payload as if its own directory were the session's. */
export function judgeTrial(payload: Payload, { env, now = new Date(), policy }: TrialOptions): StepResult {
  return runStep({
    payload,
    event: payload.event === 'unknown' ? 'PreToolUse' : payload.event,
    env,
    sessionCwd: payload.cwd,
    now,
    budgetMs: BUDGET_MS,
    counts: false,
    ...(policy === undefined ? {} : { policy }),
  });
}
