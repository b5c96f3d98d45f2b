import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { EVENT_RULES, findEvent } from '../../lib/codex/events.ts';
import type { EventName } from '../../lib/types/payload.ts';
import type { Reply } from '../../lib/types/verdict.ts';
import { HOOKS } from '../built.ts';
import { makeProject } from '../pipeline.ts';
import { isHonoured } from './honoured.ts';

const PAYLOADS = join(import.meta.dirname, 'payloads');
const scratch = mkdtempSync(join(tmpdir(), 'codex-guard-entry-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** Runs the program of an event on a text, in a repository on `feature/x`. */
function runProgram(event: EventName, input: string | Buffer): Reply & { readonly signal: string | null } {
  const program = EVENT_RULES[event].program ?? 'pre-compact';
  const { NODE_EXTRA_CA_CERTS: _, ...env } = process.env;
  const ran: SpawnSyncReturns<string> = spawnSync(process.execPath, [join(HOOKS, `${program}.cjs`)], {
    input,
    cwd: makeProject(),
    encoding: 'utf8',
    env: { ...env, CODEX_HOME: scratch, HOME: scratch },
    timeout: 30_000,
  });
  return {
    exitCode: ran.status as Reply['exitCode'],
    stdout: ran.stdout,
    stderr: ran.stderr,
    signal: ran.signal,
  };
}

const FAILS_CLOSED: readonly EventName[] = [
  'PreToolUse',
  'PermissionRequest',
  'UserPromptSubmit',
  'PostToolUse',
];
const LETS_GO: readonly EventName[] = [
  'Stop',
  'SubagentStop',
  'SessionStart',
  'SessionEnd',
  'SubagentStart',
  'PreCompact',
];

const command = (text: string): string =>
  JSON.stringify({
    session_id: 's',
    turn_id: 't',
    cwd: makeProject(),
    hook_event_name: 'PreToolUse',
    tool_name: 'Bash',
    tool_input: { command: text },
  });

describe('every recorded payload', () => {
  it.each(readdirSync(PAYLOADS).map((name) => [name]))('%s', (name) => {
    const text = readFileSync(join(PAYLOADS, name), 'utf8');
    const event = findEvent(JSON.parse(text).hook_event_name) as EventName;
    const reply = runProgram(event, text);
    expect([0, 2]).toContain(reply.exitCode);
    expect(isHonoured(event, reply), JSON.stringify(reply)).toBe(true);
  });
});

describe('answers', () => {
  it('says nothing to a harmless command', () => {
    expect(runProgram('PreToolUse', command('git status'))).toEqual({
      exitCode: 0,
      stdout: '',
      stderr: '',
      signal: null,
    });
  });

  it('denies with a reason and a remedy', () => {
    const { exitCode, stdout, stderr } = runProgram('PreToolUse', command('git push origin main'));
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toMatch(/^\[branch-protection\] .+\. Instead: .+/);
    expect(stderr.length).toBeLessThanOrEqual(600);
  });
});

describe('what cannot be read', () => {
  const broken: readonly (readonly [string, string | Buffer])[] = [
    ['nothing', ''],
    ['no JSON', 'not json'],
    ['half a payload', command('git status').slice(0, 60)],
    ['an array', '[]'],
    ['no tool input', '{"session_id":"s","cwd":"/tmp","hook_event_name":"PreToolUse","tool_name":"Bash"}'],
    ['bytes that are no text', Buffer.from([0xff, 0xfe, 0x00, 0x01])],
  ];
  it.each(broken)('%s is refused where a tool could run', (_, input) => {
    const reply = runProgram('PreToolUse', input);
    expect(reply.exitCode).toBe(2);
    expect(isHonoured('PreToolUse', reply)).toBe(true);
  });

  it.each(FAILS_CLOSED)('no JSON is refused at %s', (event) => {
    const reply = runProgram(event, '{');
    expect(reply.exitCode).toBe(2);
    expect(isHonoured(event, reply)).toBe(true);
  });

  it.each(LETS_GO)('no JSON lets go at %s, and says so', (event) => {
    const reply = runProgram(event, '{');
    expect(reply.exitCode).toBe(0);
    expect(JSON.parse(reply.stdout)).toEqual({ systemMessage: expect.stringContaining('codex-guard') });
  });
});

describe('size', () => {
  it('refuses more than 64 MiB', () => {
    const reply = runProgram('PreToolUse', Buffer.alloc(65 * 1024 * 1024, 0x20));
    expect(reply.exitCode).toBe(2);
    expect(reply.stderr).toContain('64 MiB');
  });

  it.each([
    ['substitutions', '$('.repeat(500_000)],
    ['here-documents', '<<E '.repeat(250_000)],
    ['braces', `echo ${'{1..9}'.repeat(150_000)}`],
    ['quotes', '"\''.repeat(500_000)],
    ['arithmetic', `echo $((${'1+('.repeat(300_000)}`],
    ['semicolons', 'a;'.repeat(120_000)],
    ['doubling variables', `x=a;${'x=$x$x;'.repeat(2000)}$x; git push origin main`],
    ['loops in loops', `${'for i in a b c d e f; do '.repeat(40)}rm $i${'; done'.repeat(40)}`],
  ])('answers a megabyte of %s inside the deadline', (_, text) => {
    const begin = performance.now();
    const reply = runProgram('PreToolUse', command(text));
    expect(performance.now() - begin).toBeLessThan(6000);
    expect(reply.exitCode).toBe(2);
    expect(isHonoured('PreToolUse', reply)).toBe(true);
  });
});
