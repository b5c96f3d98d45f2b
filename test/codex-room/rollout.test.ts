import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseRollout, readRollout, readRolloutHead } from '../../lib/codex/rollout.ts';
import { listRollouts, readFirstLine } from '../../lib/codex/rollout-files.ts';

const line = (type: string, payload: object) =>
  JSON.stringify({ timestamp: '2026-11-21T12:00:00.000Z', ordinal: 0, type, payload });
const HEAD = line('session_meta', { id: 't1', session_id: 's1', cwd: '/p', cli_version: '0.169.0' });
const call = (id: string, more: object = {}) =>
  line('response_item', {
    type: 'function_call',
    call_id: id,
    name: 'exec_command',
    arguments: '{}',
    ...more,
  });
const output = (id: string, text: unknown) =>
  line('response_item', { type: 'function_call_output', call_id: id, output: text });
const item = (id: string, more: object) =>
  line('event_msg', { type: 'item_completed', turn_id: 'u1', item: { id, ...more } });
const turn = (type: string, more: object = {}) => line('event_msg', { type, turn_id: 'u1', ...more });

const parse = (...lines: readonly string[]) => parseRollout([HEAD, ...lines], 'f');

describe('a rollout', () => {
  it('gives calls with what came of them', () => {
    const { calls } = parse(
      turn('task_started'),
      call('c1'),
      item('c1', {
        type: 'CommandExecution',
        status: 'completed',
        exit_code: 0,
        command: ['sh', '-lc', 'ls'],
      }),
      output('c1', 'fine'),
    );
    expect(calls).toMatchObject([
      {
        id: 'c1',
        name: 'exec_command',
        output: 'fine',
        turn: 'u1',
        item: { exitCode: 0, late: false },
        line: 3,
      },
    ]);
  });

  it('knows nested calls by their items alone, and talk is no call', () => {
    const { calls } = parse(
      item('exec-1', { type: 'CommandExecution', command: ['sh', '-lc', 'ls'] }),
      item('m', { type: 'AgentMessage' }),
    );
    expect(calls).toMatchObject([{ id: 'exec-1', kind: 'nested', name: 'CommandExecution', input: 'ls' }]);
  });

  it('tells what came after the end of its turn', () => {
    const { calls, turns } = parse(
      turn('task_started'),
      call('c1'),
      turn('task_complete', { last_agent_message: 'done' }),
      item('c1', { type: 'CommandExecution', exit_code: -1 }),
    );
    expect(calls[0]?.item?.late).toBe(true);
    expect(turns).toEqual([{ id: 'u1', end: 'complete', hasAnswer: true }]);
  });

  it('keeps its own head when it repeats its parent’s', () => {
    const child = line('session_meta', {
      id: 't2',
      session_id: 's1',
      source: { subagent: { thread_spawn: { parent_thread_id: 't1' } } },
    });
    expect(parseRollout([child, HEAD], 'f')).toMatchObject({
      threadId: 't2',
      sessionId: 's1',
      parentId: 't1',
    });
  });

  it.each([
    ['torn lines', '{"timestamp":"x","type":"event_msg","payload":{"type":"task_started"', 1],
    ['lines of other kinds', line('world_state', { call_id: 'x' }), 0],
    ['empty ones', '', 0],
    ['payloads that are none', '{"type":"response_item","payload":7,"x":"_call"}', 0],
  ])('bears %s', (_, text, damaged) => {
    expect(parse(text, call('c1'))).toMatchObject({ damaged, calls: [{ id: 'c1' }] });
  });

  it.each([[[]], [['{}']], [['no JSON']], [[call('c1')]]])('is not %j', (lines) => {
    expect(() => parseRollout(lines, 'f')).toThrow('is no rollout');
  });

  it('keeps only the start of what is long', () => {
    const { calls } = parse(call('c1', { arguments: 'x'.repeat(1e6) }), output('c1', ['y'.repeat(1e6)]));
    expect(calls[0]?.input.length).toBeLessThan(5_000);
    expect(calls[0]?.output?.length).toBeLessThan(5_000);
  });
});

describe('rollout files', () => {
  let home: string;
  beforeAll(() => {
    home = mkdtempSync(join(tmpdir(), 'codex-guard-rollouts-'));
    const files = {
      'sessions/2026/11/21/rollout-2026-11-21T12-00-00-b.jsonl': `${HEAD}\n${call('c1')}\n`,
      'sessions/2026/11/20/rollout-2026-11-20T12-00-00-a.jsonl.gz': gzipSync(`${HEAD}\n${call('c1')}`),
      'archived_sessions/rollout-2026-11-19T12-00-00-z.jsonl': HEAD,
      'sessions/2026/11/21/notes.jsonl': HEAD,
      'sessions/other/rollout-2026-11-21T12-00-00-c.jsonl': HEAD,
    };
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(home, name)), { recursive: true });
      writeFileSync(join(home, name), text);
    }
  });
  afterAll(() => rmSync(home, { recursive: true }));

  it('are listed oldest first, packed ones too', () => {
    const names = listRollouts(home).map((path) => path.slice(-'a.jsonl.gz'.length).replace(/^.*-/, ''));
    expect(names).toEqual(['z.jsonl', 'a.jsonl.gz', 'b.jsonl']);
    for (const path of listRollouts(home))
      expect(readRolloutHead(readFirstLine(path) ?? '')).toEqual({ threadId: 't1', sessionId: 's1' });
  });

  it('are read packed as they are read plain', () => {
    const [, packed, plain] = listRollouts(home) as [string, string, string];
    expect(readRollout(packed).calls).toEqual(readRollout(plain).calls);
  });

  it('are none in a home without sessions', () => {
    expect(listRollouts('/nowhere')).toEqual([]);
    expect(readFirstLine('/nowhere/x')).toBeUndefined();
  });
});
