/** The door of the facts room: a payload becomes facts. */

import { resolve } from 'node:path';
import { patchEffects, patchTexts } from '../patch/patch-effects.ts';
import type { Effect } from '../types/effect.ts';
import type { Facts, TextFact } from '../types/facts.ts';
import type { HostView } from '../types/host.ts';
import type { EventName, Payload } from '../types/payload.ts';
import type { Span, Word } from '../types/text.ts';
import { readMcpCommands } from './mcp-commands.ts';
import { mcpEffects } from './mcp-effects.ts';
import { readShellEffects, resolveFile } from './shell-effects.ts';

/**
 * Works out what the step of a payload would do.
 *
 * @param event the event as the entrypoint knows it; an unknown one has no facts
 * @param deadline moment of `performance.now()` after which reading stops, in milliseconds
 */
export function readFacts(payload: Payload, event: EventName, host: HostView, deadline: number): Facts {
  const nothing: Facts = { event, parse: 'whole', problems: [], effects: [], invocations: [], texts: [] };
  // What a tool has done already was judged before it ran: afterwards only its output matters.
  if (event === 'PostToolUse')
    return {
      ...nothing,
      texts: payload.response === undefined ? [] : [{ where: 'tool-output', text: payload.response }],
    };
  if (event === 'UserPromptSubmit')
    return {
      ...nothing,
      texts: payload.prompt === undefined ? [] : [{ where: 'prompt', text: payload.prompt }],
    };
  if (event === 'Stop' || event === 'SubagentStop')
    return {
      ...nothing,
      texts: payload.lastMessage === undefined ? [] : [{ where: 'message', text: payload.lastMessage }],
    };
  const call = payload.call;
  if (call === undefined || (event !== 'PreToolUse' && event !== 'PermissionRequest')) return nothing;

  if (call.kind === 'shell') {
    const { parse, problems, effects, invocations } = readShellEffects(
      call.command,
      payload.cwd,
      host,
      deadline,
    );
    return {
      event,
      parse,
      problems,
      effects,
      invocations,
      texts: [{ where: 'command', text: call.command }],
    };
  }
  const span = { start: 0, end: 0 };
  const cwd: Word = { text: payload.cwd, glob: false, span };
  const resolved = (effects: readonly Effect[]): Effect[] =>
    effects.map((effect) =>
      effect.kind === 'file'
        ? resolveFile(effect, cwd, host)
        : effect.kind === 'git' && effect.onCurrent
          ? { ...effect, branch: currentBranch(payload.cwd, host, effect.span) }
          : effect,
    );
  if (call.kind === 'patch') {
    const effects = resolved(patchEffects(call.patch, { start: 0, end: call.text.length }));
    const problems = call.patch.ok ? [] : [call.patch.error];
    return {
      ...nothing,
      parse: call.patch.ok ? 'whole' : call.patch.files.length > 0 ? 'partial' : 'opaque',
      problems,
      effects,
      texts: patchTexts(call.patch),
    };
  }
  const texts: TextFact[] = [{ where: 'tool-input', text: JSON.stringify(call.args ?? null) }];
  if (call.kind === 'mcp') {
    const own = resolved(mcpEffects(call.server, call.tool, call.args, span));
    return withCommands({ ...nothing, effects: own, texts }, call, payload.cwd, host, deadline);
  }
  return { ...nothing, effects: resolved(otherToolEffects(call.tool, call.args)), texts };
}

/** Adds what the commands do that a call of an MCP tool stands for. */
function withCommands(
  facts: Facts,
  { server, tool, args }: Extract<NonNullable<Payload['call']>, { kind: 'mcp' }>,
  cwd: string,
  host: HostView,
  deadline: number,
): Facts {
  const readings = readMcpCommands(server, tool, args).map((command) =>
    readShellEffects(command.text, resolve(cwd, command.cwd ?? ''), host, deadline),
  );
  if (readings.length === 0) return facts;
  // Spans would point into texts that nobody sees.
  const effects = readings
    .flatMap((reading) => reading.effects)
    .map((effect) => ({
      ...effect,
      span: { start: 0, end: 0 },
      via: [`${server}/${tool}`, ...(effect.via ?? [])],
    }));
  return {
    ...facts,
    parse: readings.every(({ parse }) => parse === 'whole') ? 'whole' : 'partial',
    problems: readings.flatMap(({ problems }) => problems),
    effects: [...facts.effects, ...effects],
    invocations: readings.flatMap(({ invocations }) => invocations),
  };
}

/** The branch that an MCP server's commit would land on. */
function currentBranch(cwd: string, host: HostView, span: Span): Word | undefined {
  const repository = host.repository(cwd);
  if (repository === undefined) return { text: undefined, glob: false, span };
  return repository.branch === undefined && !repository.branchUnknown
    ? undefined
    : { text: repository.branch, glob: false, span };
}

/** Codex's own tools that touch files. */
function otherToolEffects(tool: string, args: unknown): Effect[] {
  const path =
    tool === 'view_image' && args !== null && typeof args === 'object'
      ? (args as { path?: unknown }).path
      : undefined;
  const span = { start: 0, end: 0 };
  return typeof path === 'string'
    ? [{ kind: 'file', op: 'read', path: { text: path, glob: false, span }, span }]
    : [];
}
