import { describe, expect, it } from 'vitest';
import { buildRecord, printRecord } from '../../lib/audit/record.ts';
import type { Payload } from '../../lib/types/payload.ts';
import type { Finding } from '../../lib/types/verdict.ts';
import { DENY, NOON, PASS, PAYLOAD, record } from './example.ts';

describe('buildRecord', () => {
  it('says what was lifted and by whose word, without its secrets', () => {
    const lifted = [
      {
        guard: 'secrets',
        message: 'has XX',
        by: 'grant',
        grant: '0a1b2c3d',
        user: 'ada',
        reason: 'XX is old',
      },
    ] as const;
    const redact = (text: string) => text.replaceAll('XX', '…');
    expect(record({ verdict: { ...PASS, lifted }, redact }).lifted).toEqual([
      { ...lifted[0], message: 'has …', reason: '… is old' },
    ]);
  });

  it('keeps what a person needs to lift a denial, under the id that the denial names', () => {
    const made = record({
      verdict: { ...DENY, findings: [...DENY.findings, { ...(DENY.findings[0] as Finding), level: 'warn' }] },
      id: 'mhz0k3q2-1f4',
      appeal: { input: 'digest', keyOf: ({ guard }) => `key of ${guard}` },
    });
    expect(made).toMatchObject({ id: 'mhz0k3q2-1f4', input: 'digest' });
    expect(made.findings.map(({ key }) => key)).toEqual(['key of branch-protection', undefined]);
  });

  it('keeps who, where, what and why', () => {
    expect(record({ verdict: DENY, git: { branch: 'main', revision: 'c0ffee' } })).toEqual({
      level: 50,
      time: NOON,
      pid: 42,
      name: 'codex-guard',
      schema: 'codex-guard/audit/v1',
      id: `${NOON.toString(36)}-16`,
      event: 'PreToolUse',
      session: 's-1',
      turn: 't-1',
      tool_use_id: 'call-1',
      tool: 'Bash',
      command: 'git push origin main',
      cwd: '/work/app',
      branch: 'main',
      revision: 'c0ffee',
      model: 'gpt-x',
      permission_mode: 'default',
      mode: 'enforce',
      verdict: 'deny',
      tier: 3,
      findings: [
        {
          guard: 'branch-protection',
          level: 'deny',
          message: 'pushes to main',
          remedy: 'push to a branch',
          subject: { branch: 'main' },
        },
      ],
      failures: [],
      policy: 'd1',
      duration_ms: 1.3,
      msg: 'deny PreToolUse branch-protection',
    });
  });

  it('leaves out what the event does not have', () => {
    const payload: Payload = { event: 'Stop', eventText: 'Stop', sessionId: 's', cwd: '/', unknown: {} };
    expect(Object.keys(record({ payload, git: { branch: undefined } }))).toEqual([
      ...[
        'level',
        'time',
        'pid',
        'name',
        'schema',
        'id',
        'event',
        'session',
        'cwd',
        'mode',
        'verdict',
        'tier',
      ],
      ...['findings', 'failures', 'policy', 'duration_ms', 'msg'],
    ]);
  });

  it.each([
    [PASS, 30],
    [{ ...PASS, outcome: 'warn' as const }, 40],
    [DENY, 50],
    [{ ...PASS, failures: [{ owner: 'policy', message: 'unreadable' }] }, 50],
  ])('has pino’s level %#', (verdict, level) => {
    expect(record({ verdict }).level).toBe(level);
  });

  it('tells two records of one moment apart', () => {
    expect(record({ serial: 1 }).id).not.toBe(record().id);
  });

  it('shows every text to the redactor', () => {
    const secret = `tok_${'x'.repeat(8)}`;
    const redact = (text: string) => text.replaceAll(secret, '***');
    const [finding] = DENY.findings;
    const verdict = {
      ...DENY,
      findings: [{ ...finding, message: secret, remedy: secret, subject: { host: secret, command: secret } }],
      failures: [{ owner: 'x', message: secret }],
    } as typeof DENY;
    const calls: Payload['call'][] = [
      { kind: 'shell', command: `echo ${secret}` },
      { kind: 'mcp', server: 'a', tool: 'b', args: { deep: [secret] } },
      { kind: 'other', tool: 'c', args: secret },
    ];
    for (const call of calls) {
      const line = JSON.stringify(record({ payload: { ...PAYLOAD, call } as Payload, verdict, redact }));
      expect(line).not.toContain(secret);
      expect(line.split('***').length - 1).toBe(5);
    }
  });

  it('keeps no half secret where it cuts a long command', () => {
    const secret = `tok_${'x'.repeat(40)}`;
    const redact = (text: string) => text.replaceAll(secret, '***');
    for (const before of [32_768 - 20, 32_768 - 44, 32_768 - 8_192 - 20, 30_000]) {
      const command = 'a'.repeat(before) + secret + 'b'.repeat(100_000);
      const kept =
        record({ payload: { ...PAYLOAD, call: { kind: 'shell', command } }, redact }).command ?? '';
      expect(kept).not.toContain('tok');
      expect(kept.length).toBeLessThan(33_000);
    }
  });

  it('names the files of a patch without their text, and nothing of prompts and output', () => {
    const patch = {
      ok: true,
      files: [
        { op: 'update', path: 'a.ts', added: ['secret line'], removed: [] },
        { op: 'update', path: 'b.ts', moveTo: 'c.ts', added: [], removed: [] },
      ],
    } as const;
    const payload: Payload = {
      ...PAYLOAD,
      call: { kind: 'patch', text: 'secret line', patch },
      prompt: 'secret line',
      response: 'secret line',
      lastMessage: 'secret line',
    };
    expect(record({ payload }).files).toEqual(['update a.ts', 'update b.ts → c.ts']);
    expect(JSON.stringify(record({ payload }))).not.toContain('secret line');
  });
});

describe('printRecord', () => {
  it('is one line of JSON that starts as pino’s does', () => {
    const line = printRecord(record({ payload: { ...PAYLOAD, cwd: '/a\nb' } }), 65_536);
    expect(line).toMatch(/^\{"level":30,"time":\d+,[^\n]*\}\n$/);
    expect(JSON.parse(line)).toEqual(record({ payload: { ...PAYLOAD, cwd: '/a\nb' } }));
  });

  it('always fits, and says when it was cut', () => {
    const [finding] = DENY.findings;
    const long = '\u0001"é'.repeat(20_000);
    const findings = Array.from(
      { length: 300 },
      () => ({ ...finding, message: long, remedy: long }) as never,
    );
    const files = Array.from(
      { length: 5_000 },
      () => ({ op: 'add', path: long, added: [], removed: [] }) as const,
    );
    const huge = buildRecord({
      payload: {
        ...PAYLOAD,
        cwd: long,
        sessionId: long,
        call: { kind: 'patch', text: '', patch: { ok: true, files } },
      },
      verdict: { ...DENY, findings, failures: [{ owner: long, message: long }] },
      mode: 'observe',
      time: NOON,
      pid: 1,
      durationMs: 1,
      redact: (text) => text.slice(0, 5000),
    });
    const line = printRecord(huge, 65_536);
    expect(Buffer.byteLength(line)).toBeLessThanOrEqual(65_536);
    expect(JSON.parse(line)).toMatchObject({ verdict: 'deny', cut: true });
    expect(JSON.parse(line).findings.length).toBeGreaterThan(0);
    expect(huge.files?.at(-1)).toBe('and 4800 more');
  });

  it('shortens no more than it must', () => {
    const command = 'a'.repeat(70_000);
    const cut = JSON.parse(printRecord({ ...record({ verdict: DENY }), command }, 65_536));
    expect(cut).toMatchObject({ cut: true, findings: record({ verdict: DENY }).findings });
    expect(cut.command).toHaveLength(8_001);
    const short = { ...record(), command: 'a'.repeat(60_000) };
    expect(JSON.parse(printRecord(short, 65_536))).toEqual(short);
  });
});
