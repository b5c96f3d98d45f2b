/** Puts a judged step into the audit trail. */

import { appendAudit } from '../audit/append.ts';
import { buildRecord } from '../audit/record.ts';
import { sealAudit } from '../audit/seal.ts';
import type { Payload } from '../types/payload.ts';
import { digestCall, findingKey } from './grants.ts';
import type { StepResult } from './run-step.ts';

const SEALS: ReadonlySet<string> = new Set(['Stop', 'SessionEnd']);

/**
 * Appends the record of a step. Never throws: a full disk must not turn into a pass.
 *
 * @param durationMs time the step took, in milliseconds
 * @returns what went wrong, as one sentence for the person; '' when nothing did
 */
export function recordStep(step: StepResult, payload: Payload, durationMs: number): string {
  try {
    const repository = step.host.repository(payload.cwd);
    const record = buildRecord({
      payload,
      verdict: step.verdict,
      mode: step.policy.mode,
      time: Date.now(),
      pid: process.pid,
      durationMs,
      redact: redactorFor(step, payload),
      id: step.id,
      ...(step.verdict.appeal === undefined || payload.call === undefined
        ? {}
        : { appeal: { input: digestCall(payload.call), keyOf: findingKey } }),
      ...(repository === undefined
        ? {}
        : { git: { branch: repository.branch, revision: repository.revision?.() } }),
    });
    const { guardHome } = step.host;
    const appended = appendAudit(record, guardHome);
    // The end of a turn or session is when somebody may look: what was written until then is sealed.
    const sealed = SEALS.has(payload.event) ? sealAudit(guardHome, record.time, process.pid) : undefined;
    const problem = appended ?? sealed;
    return problem === undefined ? '' : `codex-guard: ${problem}`;
  } catch (error) {
    return `codex-guard could not write its audit record: ${error instanceof Error ? error.name : 'error'}`;
  }
}

/** A secret that a command puts together from variables stands nowhere in it whole: nothing of such a command is kept. */
function redactorFor({ verdict, redact }: StepResult, { call }: Payload): (text: string) => string {
  const command = call?.kind === 'shell' ? call.command : undefined;
  const holdsSecret = verdict.findings.some(
    ({ guard, subject }) =>
      guard === 'secrets' && subject?.fingerprint !== undefined && subject.path === undefined,
  );
  return (text) => {
    const redacted = redact(text);
    return holdsSecret && text === command && /[$`]/.test(text) ? '[redacted:assembled]' : redacted;
  };
}
