/** Reads the JSON object that Codex writes to a hook's standard input. Owns the wire's field names; judges nothing. */

import { parsePatch } from '../patch/parse-patch.ts';
import { InputError } from '../types/errors.ts';
import type { Payload, ToolCall } from '../types/payload.ts';
import { findEvent } from './events.ts';
import { readResponseText } from './response-text.ts';

type Fields = Readonly<Record<string, unknown>>;
type Writable<T> = { -readonly [K in keyof T]: T[K] };

const TOOL_EVENTS: readonly string[] = ['PreToolUse', 'PermissionRequest', 'PostToolUse'];

/** Text fields that go over as they are; any other type than text leaves them among the unknown ones. */
const TEXT_FIELDS = {
  turn_id: 'turnId',
  model: 'model',
  permission_mode: 'permissionMode',
  transcript_path: 'transcriptPath',
  tool_use_id: 'toolUseId',
  prompt: 'prompt',
  last_assistant_message: 'lastMessage',
  source: 'occasion',
  trigger: 'occasion',
  reason: 'occasion',
} as const satisfies Record<string, keyof Payload>;

const MCP_PREFIX = 'mcp__';

/**
 * Reads one payload. Fields that this version does not know, or that have another type than it expects and no bearing on a
 * verdict, are kept in `unknown`.
 *
 * @param raw the whole standard input
 * @throws InputError when it is not a JSON object, or lacks what its event cannot be judged without. The message never repeats
 * the input, which may hold secrets.
 * @throws LimitError when a patch or a tool's output has more parts than can be looked at
 */
export function parsePayload(raw: string): Payload {
  const fields = readObject(raw);
  const unknown = new Map(Object.entries(fields));
  const take = (name: string): unknown => {
    unknown.delete(name);
    return fields[name];
  };
  const eventText = needText(fields, 'hook_event_name', 'the payload');
  const event = findEvent(eventText) ?? 'unknown';
  const payload: Partial<Writable<Payload>> = {
    event,
    eventText,
    sessionId: typeof fields.session_id === 'string' ? fields.session_id : '',
    cwd: needText(fields, 'cwd', eventText),
  };
  for (const name of ['hook_event_name', 'session_id', 'cwd']) unknown.delete(name);
  if (!payload.cwd?.startsWith('/')) throw new InputError(`${eventText}: cwd is not an absolute path`);

  for (const [name, key] of Object.entries(TEXT_FIELDS))
    if (typeof fields[name] === 'string') payload[key] = take(name) as string;
  if (typeof fields.stop_hook_active === 'boolean')
    payload.stopHookActive = take('stop_hook_active') as boolean;
  if (typeof fields.agent_id === 'string' && typeof fields.agent_type === 'string')
    payload.agent = { id: take('agent_id') as string, type: take('agent_type') as string };

  if (TOOL_EVENTS.includes(event)) {
    payload.toolName = needText(fields, 'tool_name', eventText);
    payload.call = readCall(payload.toolName, fields, eventText);
    for (const name of ['tool_name', 'tool_input']) unknown.delete(name);
  }
  if (event === 'PostToolUse') {
    if (!Object.hasOwn(fields, 'tool_response'))
      throw new InputError(`${eventText}: tool_response is missing`);
    payload.response = readResponseText(take('tool_response'));
  }
  if (event === 'UserPromptSubmit') needText(fields, 'prompt', eventText);
  return { ...payload, unknown: Object.fromEntries(unknown) } as Payload;
}

function readObject(raw: string): Fields {
  let value: unknown;
  try {
    value = JSON.parse(raw);
  } catch {
    throw new InputError(raw.trim() === '' ? 'the payload is empty' : 'the payload is not valid JSON');
  }
  if (!isObject(value)) throw new InputError('the payload is not a JSON object');
  return value;
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function needText(fields: Fields, name: string, where: string): string {
  const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
  if (typeof value === 'string') return value;
  throw new InputError(`${where}: ${name} is ${value === undefined ? 'missing' : 'not text'}`);
}

/** Turns tool name and input into what the call is. A shell call or patch without its text cannot be judged. */
function readCall(toolName: string, fields: Fields, eventText: string): ToolCall {
  if (!Object.hasOwn(fields, 'tool_input')) throw new InputError(`${eventText}: tool_input is missing`);
  const input = fields.tool_input;
  if (toolName === 'Bash' || toolName === 'apply_patch') {
    if (!isObject(input)) throw new InputError(`${eventText}: tool_input is not an object`);
    const command = needText(input, 'command', `${eventText}: tool_input`);
    if (toolName === 'Bash') return { kind: 'shell', command };
    return { kind: 'patch', text: command, patch: parsePatch(command) };
  }
  const mcp = splitMcpName(toolName);
  return mcp ? { kind: 'mcp', ...mcp, args: input } : { kind: 'other', tool: toolName, args: input };
}

/**
 * `mcp__server__tool`, split at the first `__` after the prefix: tool names may hold more of them. A server whose own name holds
 * `__` cannot be told apart and is read as the shorter server with a longer tool.
 */
function splitMcpName(toolName: string): { server: string; tool: string } | undefined {
  if (!toolName.startsWith(MCP_PREFIX)) return undefined;
  const split = toolName.indexOf('__', MCP_PREFIX.length + 1);
  if (split < 0 || split + 2 === toolName.length) return undefined;
  return { server: toolName.slice(MCP_PREFIX.length, split), tool: toolName.slice(split + 2) };
}
