import { describe, expect, it } from 'vitest';
import { failureReply, writeReply } from '../../lib/codex/reply.ts';
import type { EventName } from '../../lib/types/payload.ts';
import type { Failure, Finding, Reply, Verdict } from '../../lib/types/verdict.ts';
import { type Effect, isHonoured, readAsClient } from './honoured.ts';

const EVENTS: readonly EventName[] = [
  'SessionStart',
  'SessionEnd',
  'UserPromptSubmit',
  'PreToolUse',
  'PermissionRequest',
  'PostToolUse',
  'PreCompact',
  'PostCompact',
  'SubagentStart',
  'SubagentStop',
  'Stop',
  'Interrupt',
  'PreModelRequest',
  'PostModelRequest',
];

function exit2(stderr: string, stdout = ''): Reply {
  return { exitCode: 2, stdout, stderr };
}
function says(stdout: unknown): Reply {
  return { exitCode: 0, stdout: typeof stdout === 'string' ? stdout : JSON.stringify(stdout), stderr: '' };
}
function own(event: EventName, fields: object): Reply {
  return says({ hookSpecificOutput: { hookEventName: event, ...fields } });
}
const deny = { permissionDecision: 'deny', permissionDecisionReason: 'no' };

/** What was seen at the real client, one answer a line: PreToolUse, PostToolUse, UserPromptSubmit, Stop, SessionStart, PermissionRequest. */
const COLUMNS: readonly EventName[] = [
  'PreToolUse',
  'PostToolUse',
  'UserPromptSubmit',
  'Stop',
  'SessionStart',
  'PermissionRequest',
];
const OBSERVED: readonly (readonly [string, (event: EventName) => Reply, readonly Effect[]])[] = [
  ['nothing', () => says(''), ['open', 'open', 'open', 'open', 'open', 'open']],
  ['{}', () => says({}), ['open', 'open', 'open', 'open', 'open', 'open']],
  ['exit 2 + reason', () => exit2('no'), ['refused', 'refused', 'refused', 'refused', 'failed', 'refused']],
  ['exit 2, blank', () => exit2(' \n'), ['failed', 'failed', 'failed', 'failed', 'failed', 'failed']],
  [
    'exit 2 + JSON',
    () => exit2('no', '{"x":1}'),
    ['refused', 'refused', 'refused', 'refused', 'failed', 'refused'],
  ],
  ['deny', (e) => own(e, deny), ['refused', 'failed', 'failed', 'failed', 'failed', 'failed']],
  [
    'deny without reason',
    (e) => own(e, { permissionDecision: 'deny' }),
    ['failed', 'failed', 'failed', 'failed', 'failed', 'failed'],
  ],
  [
    'bare allow',
    (e) => own(e, { permissionDecision: 'allow' }),
    ['failed', 'failed', 'failed', 'failed', 'failed', 'failed'],
  ],
  [
    'ask',
    (e) => own(e, { permissionDecision: 'ask' }),
    ['failed', 'failed', 'failed', 'failed', 'failed', 'failed'],
  ],
  [
    'block',
    () => says({ decision: 'block', reason: 'no' }),
    ['refused', 'refused', 'refused', 'refused', 'failed', 'failed'],
  ],
  [
    'block, blank',
    () => says({ decision: 'block', reason: ' ' }),
    ['failed', 'failed', 'failed', 'failed', 'failed', 'failed'],
  ],
  [
    'approve',
    () => says({ decision: 'approve', reason: 'ok' }),
    ['failed', 'failed', 'failed', 'failed', 'failed', 'failed'],
  ],
  [
    'continue: false',
    () => says({ continue: false }),
    ['failed', 'open', 'stopped', 'open', 'stopped', 'failed'],
  ],
  [
    'continue: false + deny',
    (e) => says({ continue: false, hookSpecificOutput: { hookEventName: e, ...deny } }),
    ['failed', 'failed', 'failed', 'failed', 'failed', 'failed'],
  ],
  ['systemMessage', () => says({ systemMessage: 'hm' }), ['told', 'told', 'told', 'told', 'told', 'told']],
  [
    'suppressOutput',
    () => says({ suppressOutput: true }),
    ['failed', 'failed', 'open', 'open', 'open', 'failed'],
  ],
  [
    'context',
    (e) => own(e, { additionalContext: 'hm' }),
    ['told', 'told', 'told', 'failed', 'told', 'failed'],
  ],
  ['text', () => says('hm'), ['open', 'open', 'told', 'failed', 'told', 'open']],
  ['array', () => says('[]'), ['failed', 'failed', 'failed', 'failed', 'failed', 'failed']],
  ['text after JSON', () => says('{} x'), ['failed', 'failed', 'failed', 'failed', 'failed', 'failed']],
  [
    'log line, then deny',
    (e) => says(`log\n${own(e, deny).stdout}`),
    ['open', 'open', 'told', 'failed', 'told', 'open'],
  ],
  [
    'unknown field',
    () => says({ systemMessage: 'hm', x: 1 }),
    ['failed', 'failed', 'failed', 'failed', 'failed', 'failed'],
  ],
  [
    'unknown inner field',
    (e) => own(e, { additionalContext: 'hm', x: 1 }),
    ['failed', 'failed', 'failed', 'failed', 'failed', 'failed'],
  ],
  [
    'wrong event name',
    () => own('Interrupt', { additionalContext: 'hm' }),
    ['failed', 'failed', 'failed', 'failed', 'failed', 'failed'],
  ],
];

describe('the client reads', () => {
  it.each(OBSERVED)('%s', (_, make, effects) => {
    expect(COLUMNS.map((event) => readAsClient(event, make(event)))).toEqual(effects);
  });
});

function finding(level: Finding['level'], message: string, remedy: string): Finding {
  return { guard: 'branch-protection', level, message, remedy, evidence: [] };
}

const NASTY = `\u001b[31mred\u001b[0m "quoted" \\ \u0000\u0007 \u202E \ud800 {"decision":"approve"} `;
const MESSAGES = [
  'the push goes to main',
  NASTY,
  ' \u001b[0m\u200b ',
  '',
  'x'.repeat(5_000),
  '\ud83d\ude00'.repeat(900),
];
const FINDINGS: readonly (readonly Finding[])[] = [
  [],
  ...MESSAGES.flatMap((message) =>
    (['deny', 'warn', 'note'] as const).map((level) => [finding(level, message, message)]),
  ),
  Array.from({ length: 40 }, (_, n) =>
    finding(n % 2 === 0 ? 'deny' : 'warn', `reason ${n}`, 'push to a branch'),
  ),
];
const FAILURES: readonly (readonly Failure[])[] = [[], [{ owner: 'policy', message: NASTY }]];
const NOTICES = ['', 'Policy level-2 is in force.\nSecond line.', NASTY, ' \n ', 'y'.repeat(9_000)];

/** Every verdict that can be told apart, at every event. */
const REPLIES = EVENTS.flatMap((event) =>
  (['deny', 'warn', 'pass'] as const).flatMap((outcome) =>
    FINDINGS.flatMap((findings) =>
      FAILURES.flatMap((failures) =>
        NOTICES.map((notice) => {
          const verdict: Verdict = { outcome, findings, failures, policy: 'p', tier: 3 };
          return { event, verdict, notice, reply: writeReply(event, verdict, notice) };
        }),
      ),
    ),
  ),
);

/** Events where a failure must refuse, and where a denial can. */
const CLOSED: readonly EventName[] = ['PreToolUse', 'PermissionRequest', 'UserPromptSubmit', 'PostToolUse'];
const REFUSING: readonly EventName[] = [...CLOSED, 'Stop', 'SubagentStop'];

describe('every answer that the writer makes', () => {
  it('is one that the client honours', () => {
    expect(REPLIES.length).toBe(EVENTS.length * 3 * FINDINGS.length * FAILURES.length * NOTICES.length);
    expect(REPLIES.filter(({ event, reply }) => !isHonoured(event, reply))).toEqual([]);
  });

  it('refuses what is denied wherever the client lets it', () => {
    const denied = REPLIES.filter(({ verdict }) => verdict.outcome === 'deny' && verdict.findings.length > 0);
    for (const { event, reply } of denied) {
      const effect = readAsClient(event, reply);
      if (REFUSING.includes(event)) expect(effect).toBe('refused');
      else expect(effect).toBe(event === 'SessionStart' || event === 'PreCompact' ? 'stopped' : 'told');
    }
  });

  it('never lets a failure pass at an event that runs something, and never goes round on one at the end of a turn', () => {
    const failed = REPLIES.filter(({ verdict }) => verdict.failures.length > 0);
    for (const { event, verdict, reply } of failed) {
      const effect = readAsClient(event, reply);
      if (CLOSED.includes(event)) expect(effect).toBe('refused');
      else if (verdict.outcome !== 'deny') expect(effect).toBe('told');
    }
    for (const event of EVENTS) {
      const effect = readAsClient(event, failureReply(event, 'engine', NASTY));
      expect(effect).toBe(CLOSED.includes(event) ? 'refused' : 'told');
    }
  });

  it('says nothing when there is nothing to say', () => {
    for (const event of EVENTS) {
      const verdict: Verdict = { outcome: 'pass', findings: [], failures: [], policy: 'p', tier: 1 };
      expect(writeReply(event, verdict)).toEqual({ exitCode: 0, stdout: '', stderr: '' });
    }
  });

  it('stays within 600 characters, starts with the guard and holds no control character', () => {
    for (const { reply } of REPLIES.filter(({ reply }) => reply.exitCode === 2)) {
      expect(reply.stderr.length).toBeLessThanOrEqual(600);
      expect(reply.stderr).toMatch(/^\[(branch-protection|codex-guard)\] .+\. Instead: .+/);
      expect(reply.stderr).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e]/);
      expect(Buffer.from(reply.stderr).toString()).toBe(reply.stderr);
    }
  });

  it('uses none of the words that make the client drop an answer', () => {
    const words = /"(permissionDecision|decision|suppressOutput|updatedInput|reason)"/;
    for (const { event, reply } of REPLIES) {
      const own = reply.stdout.replaceAll(/\\"/g, '');
      expect(own).not.toMatch(words);
      if (event.includes('Tool')) expect(own).not.toMatch(/"(continue|stopReason)"/);
    }
  });
});
