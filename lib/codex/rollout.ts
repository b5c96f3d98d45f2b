/** Reads the client's rollout files: what a session called, and what came of it. Bounded and tolerant; judges nothing, writes nothing. */

import { InputError } from '../types/errors.ts';
import { readRolloutText } from './rollout-files.ts';

/** What the client noted when a tool had done its work; nested calls of code mode are known by this alone. */
export interface ToolItem {
  /** `CommandExecution`, `FileChange`, `McpToolCall`, `WebSearch`, … */
  readonly type: string;
  readonly status?: string;
  /** -1 when the command was killed or never started. */
  readonly exitCode?: number;
  readonly isError?: boolean;
  /** `unified_exec_startup`, `user_shell`, … */
  readonly source?: string;
  /** Server and tool of an MCP call. */
  readonly tool?: string;
  /** It came after the end of its turn. */
  readonly late: boolean;
}

export interface RolloutCall {
  readonly id: string;
  /** `function_call`, `custom_tool_call`, `web_search_call`, …; `nested` for calls that a script made. */
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
  /** Start of the arguments as the model wrote them, secrets and all. */
  readonly input: string;
  /** Start of what the model was told. */
  readonly output?: string;
  readonly item?: ToolItem;
  readonly turn?: string;
  /** Milliseconds since 1970. */
  readonly time: number;
  /** Line in the file, from 1. */
  readonly line: number;
}

export interface RolloutTurn {
  readonly id: string;
  readonly end: 'complete' | 'aborted' | 'open';
  /** The agent said something at its end. */
  readonly hasAnswer: boolean;
}

export interface Rollout {
  readonly file: string;
  readonly threadId: string;
  /** The same for a session and all its sub-agents; the `session` of audit records. */
  readonly sessionId: string;
  /** Set for sub-agents. */
  readonly parentId?: string;
  readonly agent?: string;
  readonly cwd: string;
  readonly clientVersion: string;
  /** Milliseconds since 1970. */
  readonly start: number;
  readonly calls: readonly RolloutCall[];
  readonly turns: readonly RolloutTurn[];
  /** Threads that this one started. */
  readonly children: readonly string[];
  /** Lines that cannot be read; a file that is too long counts its rest as one. */
  readonly damaged: number;
}

type Fields = Readonly<Record<string, unknown>>;

/** Characters of arguments and of outputs that are kept. */
const MAX_KEPT = 4_096;
const MAX_CALLS = 100_000;
/** Only lines with one of these say something about calls. */
const TELLING = /"type":\s*"(?:session_meta|response_item|event_msg)"/;
const WORDS = /_call|item_completed|task_started|task_complete|turn_aborted|session_meta/;
/** Items that are no calls of tools. */
const TALK = /Message$|^Reasoning|^Plan$|^ContextCompaction$/;

/** Reads a rollout file. @throws InputError when it is none, HostError when it cannot be read */
export function readRollout(file: string): Rollout {
  const { lines, isCut } = readRolloutText(file);
  return parseRollout(lines, file, isCut ? 1 : 0);
}

/**
 * The same for its lines.
 *
 * @param damaged what is missing already
 * @throws InputError when the first line is not a session's head
 */
export function parseRollout(lines: Iterable<string>, file: string, damaged = 0): Rollout {
  const state = startState();
  let head: Fields | undefined;
  let line = 0;
  let lost = damaged;
  for (const text of lines) {
    line += 1;
    if (text === '' || (head !== undefined && !(TELLING.test(text.slice(0, 200)) && WORDS.test(text))))
      continue;
    const entry = parseObject(text);
    const payload = asFields(entry?.payload);
    if (entry === undefined) lost += 1;
    else if (entry.type === 'session_meta') head ??= payload;
    else takeEntry(state, entry, payload, line);
    if (head === undefined) break;
  }
  if (head === undefined || typeof head.id !== 'string')
    throw new InputError(`${file} is no rollout: its first line is no session_meta`);
  const parent =
    asFields(asFields(asFields(head.source).subagent).thread_spawn).parent_thread_id ?? head.parent_thread_id;
  return {
    file,
    threadId: head.id,
    sessionId: textOf(head.session_id) ?? textOf(parent) ?? head.id,
    ...given('parentId', textOf(parent)),
    ...given('agent', textOf(head.agent_nickname)),
    cwd: textOf(head.cwd) ?? '',
    clientVersion: textOf(head.cli_version) ?? 'unknown',
    start: timeOf(head.timestamp),
    calls: [...state.calls.values()],
    turns: [...state.turns.values()],
    children: [...state.children],
    damaged: lost,
  };
}

/** The head of a rollout: who it belongs to, without its calls. Undefined when it is none. */
export function readRolloutHead(
  firstLine: string,
): { readonly threadId: string; readonly sessionId: string } | undefined {
  try {
    const { threadId, sessionId } = parseRollout([firstLine], '');
    return { threadId, sessionId };
  } catch {
    return undefined;
  }
}

interface State {
  readonly calls: Map<string, RolloutCall>;
  readonly turns: Map<string, RolloutTurn>;
  readonly children: Set<string>;
  turn: string | undefined;
}

function startState(): State {
  return { calls: new Map(), turns: new Map(), children: new Set(), turn: undefined };
}

function takeEntry(state: State, entry: Fields, payload: Fields, line: number): void {
  const type = textOf(payload.type) ?? '';
  const place = { time: timeOf(entry.timestamp), line };
  if (entry.type === 'response_item') {
    const id = textOf(payload.call_id) ?? textOf(payload.id);
    if (id === undefined) return;
    if (type.endsWith('_call_output')) {
      const known = state.calls.get(id);
      if (known !== undefined) state.calls.set(id, { ...known, output: startOf(payload.output) });
    } else if (type.endsWith('_call') && state.calls.size < MAX_CALLS) {
      const turn = textOf(asFields(payload.internal_chat_message_metadata_passthrough).turn_id) ?? state.turn;
      state.calls.set(id, {
        id,
        kind: type,
        name: textOf(payload.name) ?? type.replace(/_call$/, ''),
        ...given('namespace', textOf(payload.namespace)),
        input: startOf(payload.arguments ?? payload.input ?? payload.action ?? ''),
        ...given('turn', turn),
        ...place,
      });
    }
  } else if (type === 'item_completed') takeItem(state, payload, place);
  else takeTurn(state, type, payload);
}

function takeItem(
  state: State,
  payload: Fields,
  place: { readonly time: number; readonly line: number },
): void {
  const item = asFields(payload.item);
  const id = textOf(item.id);
  const type = textOf(item.type) ?? '';
  if (id === undefined || type === '' || TALK.test(type)) return;
  for (const child of [...asList(item.receiver_thread_ids), item.agent_thread_id])
    if (typeof child === 'string') state.children.add(child);
  const turn = textOf(payload.turn_id);
  const end = turn === undefined ? undefined : state.turns.get(turn)?.end;
  const command = asList(item.command);
  const noted: ToolItem = {
    type,
    ...given('status', textOf(item.status)),
    ...(typeof item.exit_code === 'number' ? { exitCode: item.exit_code } : {}),
    ...(asFields(item.result).isError === true ? { isError: true } : {}),
    ...given('source', textOf(item.source)),
    ...(typeof item.tool === 'string'
      ? { tool: [textOf(item.server), item.tool].filter(Boolean).join('/') }
      : {}),
    late: end === 'complete' || end === 'aborted',
  };
  const known = state.calls.get(id);
  if (known !== undefined) state.calls.set(id, { ...known, item: noted });
  else if (state.calls.size < MAX_CALLS)
    state.calls.set(id, {
      id,
      kind: 'nested',
      name: type,
      input: startOf(command.at(-1) ?? Object.keys(asFields(item.changes)).join(', ')),
      item: noted,
      ...given('turn', turn),
      ...place,
    });
}

function takeTurn(state: State, type: string, payload: Fields): void {
  const id = textOf(payload.turn_id);
  if (id === undefined) return;
  if (type === 'task_started') {
    state.turn = id;
    state.turns.set(id, { id, end: 'open', hasAnswer: false });
  } else if (type === 'task_complete' || type === 'turn_aborted') {
    const end = type === 'task_complete' ? 'complete' : 'aborted';
    state.turns.set(id, { id, end, hasAnswer: typeof payload.last_agent_message === 'string' });
  }
}

function parseObject(text: string): Fields | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Fields) : undefined;
  } catch {
    return undefined;
  }
}

function asFields(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}
function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
function timeOf(value: unknown): number {
  const time = Date.parse(String(value));
  return Number.isNaN(time) ? 0 : time;
}
function startOf(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  return text.slice(0, MAX_KEPT);
}
function given<K extends string, V>(key: K, value: V | undefined): { readonly [P in K]?: V } {
  return value === undefined ? {} : ({ [key]: value } as { readonly [P in K]?: V });
}
