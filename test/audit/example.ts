/** Payloads and verdicts that the audit tests share. */

import { buildRecord, type RecordInput } from '../../lib/audit/record.ts';
import type { Payload } from '../../lib/types/payload.ts';
import type { Verdict } from '../../lib/types/verdict.ts';

export const PAYLOAD: Payload = {
  event: 'PreToolUse',
  eventText: 'PreToolUse',
  sessionId: 's-1',
  turnId: 't-1',
  cwd: '/work/app',
  model: 'gpt-x',
  permissionMode: 'default',
  toolUseId: 'call-1',
  toolName: 'Bash',
  call: { kind: 'shell', command: 'git push origin main' },
  unknown: {},
};

export const PASS: Verdict = { outcome: 'pass', findings: [], failures: [], policy: 'd1', tier: 3 };

export const DENY: Verdict = {
  ...PASS,
  outcome: 'deny',
  findings: [
    {
      guard: 'branch-protection',
      level: 'deny',
      message: 'pushes to main',
      remedy: 'push to a branch',
      evidence: [],
      subject: { branch: 'main', command: 'git push origin main' },
    },
  ],
};

/** 2026-03-01 12:00 UTC */
export const NOON = Date.UTC(2026, 2, 1, 12);

export const record = (over: Partial<RecordInput> = {}) =>
  buildRecord({
    payload: PAYLOAD,
    verdict: PASS,
    mode: 'enforce',
    time: NOON,
    pid: 42,
    durationMs: 1.26,
    redact: (text) => text,
    ...over,
  });
