/** Judges a step without a running session: for check, explain and policy tests. Nothing is counted or recorded. */

import {
  type EventName,
  loadPolicy,
  openHost,
  type Payload,
  type Policy,
  type PolicyInput,
  parsePatch,
  policyInput,
  runStep,
  type StepResult,
} from '../lib/api.ts';
import type { Terminal } from './command.ts';

/** Judging may take this long in a trial, in milliseconds. */
const BUDGET_MS = 4000;

/** A payload for a shell command as Codex would send it. */
export function shellPayload(command: string, cwd: string): Payload {
  return basePayload(cwd, 'Bash', { kind: 'shell', command });
}

/** A payload for a patch. */
export function patchPayload(text: string, cwd: string): Payload {
  return basePayload(cwd, 'apply_patch', { kind: 'patch', text, patch: parsePatch(text) });
}

function basePayload(cwd: string, toolName: string, call: NonNullable<Payload['call']>): Payload {
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

/** Where the policy in force for a directory is read from. @param path a policy file to lay over it instead of CODEX_GUARD_POLICY */
export function policySources(terminal: Terminal, cwd: string, path?: string): PolicyInput {
  const host = openHost({ sessionCwd: cwd, callCwd: cwd, env: terminal.env });
  return policyInput(host, cwd, new Date(), path ?? terminal.env.CODEX_GUARD_POLICY);
}

/** Loads the policy in force for a directory. */
export function readPolicy(terminal: Terminal, cwd: string, path?: string): Policy {
  return loadPolicy(policySources(terminal, cwd, path));
}

/** Judges a payload as if its own directory were the session's. */
export function judgeTrial(payload: Payload, terminal: Terminal, policy?: Policy): StepResult {
  const event: EventName = payload.event === 'unknown' ? 'PreToolUse' : payload.event;
  return runStep({
    payload,
    event,
    env: terminal.env,
    sessionCwd: payload.cwd,
    now: new Date(),
    budgetMs: BUDGET_MS,
    counts: false,
    ...(policy === undefined ? {} : { policy }),
  });
}
