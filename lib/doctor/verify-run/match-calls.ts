/** Matches every call of a session with the records of the hooks that should have fired for it. Pure. */

import type { AuditRecord } from '../../audit/record.ts';
import type { Rollout, RolloutCall, RolloutTurn } from '../../codex/rollout.ts';

/**
 * What hooks owe a call. `both`: before and after it. `before`: only before it, because it failed or goes on. `none`: nothing ran.
 * `blind`: the client shows it to no hook.
 */
export type Due = 'both' | 'before' | 'none' | 'blind';

export interface MatchedCall {
  readonly call: RolloutCall;
  readonly thread: Rollout;
  readonly due: Due;
  readonly before: AuditRecord | undefined;
  readonly after: AuditRecord | undefined;
  /** The command was still running when the model got its first output. */
  readonly ranOn: boolean;
  /** A denial was recorded, and it ran all the same. */
  readonly ranDenied: boolean;
}

export interface MatchedTurn {
  readonly turn: RolloutTurn;
  readonly thread: Rollout;
  /** A record of its end is owed: it came to its end with an answer. */
  readonly isDue: boolean;
  readonly end: AuditRecord | undefined;
}

/** Observed on Codex 0.169.0: what the model is told when no tool ran, and no hook was asked. */
const NOTHING_RAN =
  /^(?:unsupported call: |write_stdin failed: |failed to parse function arguments: |apply_patch verification failed: invalid (?:patch|hunk))/;
const RUNNING = /^(?:.*\n){0,4}Process running with session ID /;
/** Evidence that a tool did its work, after which PostToolUse fires. */
const WORK = ['CommandExecution', 'FileChange', 'McpToolCall'];

/** Items of tools that run on the provider's side, and sources of commands that pass no hook. */
const HOSTED = ['WebSearch', 'ImageGeneration'];
const BLIND_SOURCES = ['user_shell', 'unified_exec_interaction'];

/** Calls of all threads, each once: a forked sub-agent's file repeats what its parent had called. */
export function matchCalls(
  rollouts: readonly Rollout[],
  records: readonly AuditRecord[],
): readonly MatchedCall[] {
  const before = firstById(records, 'PreToolUse');
  const after = firstById(records, 'PostToolUse');
  const turns = new Map(
    rollouts.flatMap(({ turns }) => turns.map((turn) => [turn.id, turn] as const)).reverse(),
  );
  const seen = new Map<string, { call: RolloutCall; thread: Rollout }>();
  for (const thread of rollouts)
    for (const call of thread.calls) {
      const known = seen.get(call.id);
      if (known === undefined) seen.set(call.id, { call, thread });
      else if (known.call.output === undefined && call.output !== undefined)
        known.call = { ...known.call, output: call.output };
    }
  return [...seen.values()].map(({ call, thread }) => {
    const pre = before.get(call.id);
    const isAborted = call.turn !== undefined && turns.get(call.turn)?.end === 'aborted';
    return {
      call,
      thread,
      due: dueOf(call, pre, isAborted),
      before: pre,
      after: after.get(call.id),
      ranOn: RUNNING.test(call.output ?? '') || call.item?.late === true,
      ranDenied: pre?.verdict === 'deny' && pre.mode === 'enforce' && hasWorked(call),
    };
  });
}

function dueOf(call: RolloutCall, pre: AuditRecord | undefined, isAborted: boolean): Due {
  if (pre === undefined && call.item === undefined && NOTHING_RAN.test(call.output ?? '')) return 'none';
  if (isBlind(call)) return 'blind';
  if (pre?.verdict === 'deny' || isAborted || !hasWorked(call)) return 'before';
  // A patch inside a shell command has no PostToolUse.
  const isShell = call.name === 'exec_command' || pre?.tool === 'Bash';
  return isShell && call.item?.type === 'FileChange' ? 'before' : 'both';
}

/** Calls that the client shows to no hook: typed text, hosted tools, a person's own commands, and scripts as such. */
function isBlind({ kind, name, namespace, item }: RolloutCall): boolean {
  if (kind === 'nested') return HOSTED.includes(name) || BLIND_SOURCES.includes(item?.source ?? '');
  if (kind !== 'function_call' && kind !== 'custom_tool_call') return true;
  return name === 'write_stdin' || isScript({ kind, name, namespace });
}

/** The outer call of code mode, and waiting for it. */
export function isScript({
  kind,
  name,
  namespace,
}: Pick<RolloutCall, 'kind' | 'name'> & { readonly namespace?: string | undefined }): boolean {
  return (kind === 'custom_tool_call' && name === 'exec') || (namespace === 'functions' && name === 'wait');
}

function hasWorked({ item }: RolloutCall): boolean {
  return (
    item !== undefined &&
    WORK.includes(item.type) &&
    !item.late &&
    item.isError !== true &&
    item.exitCode !== -1 &&
    (item.type === 'CommandExecution' || item.status === 'completed')
  );
}

/** The ends of all turns, each once. */
export function matchTurns(
  rollouts: readonly Rollout[],
  records: readonly AuditRecord[],
): readonly MatchedTurn[] {
  const ends = records.filter(({ event }) => event === 'Stop' || event === 'SubagentStop');
  const seen = new Set<string>();
  return rollouts.flatMap((thread) =>
    thread.turns.flatMap((turn): MatchedTurn[] => {
      if (seen.has(turn.id)) return [];
      seen.add(turn.id);
      const isDue = turn.end === 'complete' && turn.hasAnswer;
      return [{ turn, thread, isDue, end: ends.find((record) => record.turn === turn.id) }];
    }),
  );
}

function firstById(records: readonly AuditRecord[], event: string): ReadonlyMap<string, AuditRecord> {
  const found = new Map<string, AuditRecord>();
  for (const record of records)
    if (record.event === event && record.tool_use_id !== undefined && !found.has(record.tool_use_id))
      found.set(record.tool_use_id, record);
  return found;
}
