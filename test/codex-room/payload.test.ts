import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parsePayload } from '../../lib/codex/payload.ts';
import { InputError, LimitError } from '../../lib/types/errors.ts';
import type { ToolCall } from '../../lib/types/payload.ts';

const SAMPLES = join(import.meta.dirname, '..', 'contract', 'payloads');

function sample(name: string): string {
  return readFileSync(join(SAMPLES, `${name}.json`), 'utf8');
}

const shell = {
  hook_event_name: 'PreToolUse',
  session_id: 's',
  cwd: '/w',
  tool_name: 'Bash',
  tool_input: { command: 'ls' },
};

/** A payload like `shell`, with fields replaced; `undefined` leaves one out. */
function payload(fields: Readonly<Record<string, unknown>> = {}): string {
  return JSON.stringify({ ...shell, ...fields });
}

describe('parsePayload on what the client sent', () => {
  const names = readdirSync(SAMPLES).map((file) => file.slice(0, -'.json'.length));

  it.each(names)('%s', (name) => {
    const read = parsePayload(sample(name));
    expect(read.event).toBe(name.split('.')[0]);
    expect(read.cwd).toMatch(/^\//);
    expect(read.sessionId).toMatch(/^0{8}/);
    expect(read.call !== undefined).toBe(/^(PreToolUse|PostToolUse|PermissionRequest)\./.test(name));
    expect(read.response !== undefined).toBe(name.startsWith('PostToolUse.'));
    const known = /^(SubagentStop|PostModelRequest)\./.test(name)
      ? ['agent_transcript_path', 'status', 'error', 'token_usage']
      : [];
    expect(Object.keys(read.unknown).filter((field) => !known.includes(field))).toEqual([]);
  });

  it.each([
    [
      'PreToolUse.exec_command-in-subagent',
      { agent: { id: '00000000-0000-7000-8000-000000000003', type: 'worker' } },
    ],
    [
      'PreToolUse.exec_command',
      { toolUseId: 'call_0004', toolName: 'Bash', permissionMode: 'bypassPermissions' },
    ],
    ['Stop.active', { stopHookActive: true, lastMessage: 'Really done.' }],
    ['SessionStart.resume', { occasion: 'resume', model: 'gpt-5.5' }],
    ['PreCompact.auto', { occasion: 'auto' }],
    ['SessionEnd.exec', { occasion: 'other' }],
    ['UserPromptSubmit.prompt', { prompt: 'do the task', turnId: '00000000-0000-7000-8000-000000000002' }],
    ['PostToolUse.exec_command', { response: 'A\nA2\n' }],
    ['PostToolUse.codemode-mcp__echo__echo', { response: 'type: text\necho:{"text":"from js"}\nfrom js' }],
  ])('%s has %o', (name, fields) => {
    expect(parsePayload(sample(name))).toMatchObject(fields);
  });

  const calls: readonly (readonly [string, ToolCall])[] = [
    ['PreToolUse.exec_command-workdir', { kind: 'shell', command: 'pwd' }],
    ['PreToolUse.mcp__echo__echo', { kind: 'mcp', server: 'echo', tool: 'echo', args: { text: 'hi', n: 3 } }],
    [
      'PermissionRequest.mcp__echo__write_it',
      { kind: 'mcp', server: 'echo', tool: 'write_it', args: { path: '/x' } },
    ],
    ['PreToolUse.create_goal', { kind: 'other', tool: 'create_goal', args: { objective: 'do x' } }],
  ];
  it.each(calls)('%s is the call %o', (name, call) => {
    expect(parsePayload(sample(name)).call).toEqual(call);
  });

  it('takes a patch apart', () => {
    const { call } = parsePayload(sample('PostToolUse.apply_patch'));
    expect(
      call?.kind === 'patch' && call.patch.files.map((file) => [file.op, file.path, file.moveTo]),
    ).toEqual([
      ['add', 'sub/new.txt', undefined],
      ['update', 'a.txt', undefined],
      ['delete', 'd.txt', undefined],
      ['update', 'm.txt', 'moved/m2.txt'],
    ]);
  });
});

describe('parsePayload on other input', () => {
  it.each([
    ['', 'empty'],
    ['  \n', 'empty'],
    ['{', 'not valid JSON'],
    [`\uFEFF${payload()}`, 'not valid JSON'],
    [`log line\n${payload()}`, 'not valid JSON'],
    ['[]', 'not a JSON object'],
    ['null', 'not a JSON object'],
    ['"x"', 'not a JSON object'],
    [payload({ hook_event_name: undefined }), 'hook_event_name is missing'],
    [payload({ hook_event_name: 3 }), 'hook_event_name is not text'],
    [payload({ cwd: undefined }), 'cwd is missing'],
    [payload({ cwd: 'relative' }), 'cwd is not an absolute path'],
    [payload({ tool_name: undefined }), 'tool_name is missing'],
    [payload({ tool_input: undefined }), 'tool_input is missing'],
    [payload({ tool_input: 'ls' }), 'tool_input is not an object'],
    [payload({ tool_input: ['ls'] }), 'tool_input is not an object'],
    [payload({ tool_input: null }), 'tool_input is not an object'],
    [payload({ tool_input: {} }), 'command is missing'],
    [payload({ tool_input: { command: ['ls'] } }), 'command is not text'],
    [payload({ tool_name: 'apply_patch', tool_input: {} }), 'command is missing'],
    [payload({ hook_event_name: 'PostToolUse' }), 'tool_response is missing'],
    [payload({ hook_event_name: 'UserPromptSubmit' }), 'prompt is missing'],
    ['{"__proto__":{"hook_event_name":"Stop","cwd":"/"}}', 'hook_event_name is missing'],
  ])('refuses %j', (raw, message) => {
    expect(() => parsePayload(raw)).toThrow(InputError);
    expect(() => parsePayload(raw)).toThrow(message);
  });

  it('never repeats the input', () => {
    const secret = ['swordfish', '1'].join('-');
    expect(() => parsePayload(`"${secret}`)).toThrow(expect.not.stringContaining(secret));
    expect(() => parsePayload(`{"cwd":"${secret}","hook_event_name":"Stop"}`)).toThrow(
      expect.not.stringContaining(secret),
    );
  });

  it('keeps events and fields that it does not know', () => {
    const read = parsePayload(
      payload({ hook_event_name: 'Later', extra: { a: 1 }, model: 7, ['__proto__']: 1 }),
    );
    expect(read).toMatchObject({ event: 'unknown', eventText: 'Later' });
    expect(read.call).toBeUndefined();
    expect(read.unknown).toMatchObject({ extra: { a: 1 }, model: 7, tool_name: 'Bash' });
  });

  it('takes a missing session for none', () => {
    expect(parsePayload(payload({ session_id: undefined })).sessionId).toBe('');
  });

  it.each([
    ['mcp__a__b', { server: 'a', tool: 'b' }],
    ['mcp__a__b__c', { server: 'a', tool: 'b__c' }],
    ['mcp__a_b__c_d', { server: 'a_b', tool: 'c_d' }],
  ])('splits %s', (tool_name, parts) => {
    expect(parsePayload(payload({ tool_name })).call).toMatchObject({ kind: 'mcp', ...parts });
  });

  it.each(['mcp__a', 'mcp__a__', 'mcp____b', 'mcp_a_b', 'bash', 'Write'])(
    'takes %s for another tool',
    (tool_name) => {
      expect(parsePayload(payload({ tool_name })).call).toEqual({
        kind: 'other',
        tool: tool_name,
        args: { command: 'ls' },
      });
    },
  );

  it.each([
    ['text', 'text'],
    [null, ''],
    [['a', 'b'], 'a\nb'],
    [{ content: [{ type: 'text', text: 'a\nb' }], isError: false }, 'type: text\na\nb\nisError: false'],
    [{ password: 'x', nested: { list: [1, 'y'] } }, 'password: x\nlist: 1\nlist: y'],
  ])('reads the answer %j as text', (tool_response, text) => {
    const raw = payload({ hook_event_name: 'PostToolUse', tool_response });
    expect(parsePayload(raw).response).toBe(text);
  });

  it('takes deep and long answers', () => {
    const deep = `${'['.repeat(50_000)}"x"${']'.repeat(50_000)}`;
    const raw = payload({ hook_event_name: 'PostToolUse', tool_response: '@' });
    expect(parsePayload(raw.replace('"@"', deep)).response).toBe('x');
    expect(() => parsePayload(raw.replace('"@"', `[${'1,'.repeat(1_000_001)}1]`))).toThrow(LimitError);
  });
});
