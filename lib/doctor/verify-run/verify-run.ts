/** Says of one session whether the hooks fired for all of it, what they decided, and what escaped them. Pure but for the clock of its input. */

import type { AuditRecord } from '../../audit/record.ts';
import type { RolloutCall } from '../../codex/rollout.ts';
import { redactSecrets } from '../../secrets/index.ts';
import { BLIND_SPOTS, ISSUES, type IssueKind } from './issues.ts';
import { isScript, type MatchedCall, type MatchedTurn, matchCalls, matchTurns } from './match-calls.ts';
import type { RunEvidence } from './read-run.ts';

/** A step that was denied or warned about. */
export interface Decision {
  readonly record: string;
  /** ISO 8601, UTC. */
  readonly time: string;
  readonly event: string;
  readonly tool?: string;
  readonly callId?: string;
  readonly agent?: string;
  readonly guards: readonly string[];
  /** The first finding's message. */
  readonly message: string;
  /** What would have run, without secrets. */
  readonly what?: string;
  /** False when the policy's mode let it pass all the same. */
  readonly enforced: boolean;
}

/** Something that a person should know about the coverage of the run. */
export interface Issue {
  readonly kind: IssueKind;
  readonly severity: 'error' | 'gap' | 'note';
  readonly message: string;
  readonly callId?: string;
  readonly what?: string;
  /** Rollout and line, or audit file and line. */
  readonly where?: string;
}

export interface VerifyReport {
  readonly session: string;
  readonly client?: string;
  readonly rollouts: readonly string[];
  readonly threads: number;
  readonly calls: {
    readonly total: number;
    /** Recorded as far as the client shows them. */
    readonly judged: number;
    /** Not recorded although hooks should have fired. */
    readonly unrecorded: number;
    /** Shown to no hook by the client. */
    readonly blind: number;
    /** Nothing ran: unknown tools, arguments that nobody can read. */
    readonly empty: number;
  };
  /** Records by event. */
  readonly fired: Readonly<Record<string, number>>;
  readonly denied: readonly Decision[];
  readonly warned: readonly Decision[];
  readonly issues: readonly Issue[];
  readonly policy: { readonly mode?: string; readonly digests: readonly string[] };
  readonly audit: {
    readonly records: number;
    readonly verified: boolean;
    /** Digest of the last seal: worth keeping elsewhere. */
    readonly seal?: string;
  };
}

const MAX_WHAT = 160;

/** Verifies a session. */
export function verifyRun(run: RunEvidence): VerifyReport {
  const { rollouts, records } = run;
  const calls = matchCalls(rollouts, records);
  const turns = matchTurns(rollouts, records);
  const unrecorded = calls.filter(isUnrecorded);
  const fired: Record<string, number> = {};
  for (const { event } of records) fired[event] = (fired[event] ?? 0) + 1;
  const digests = [...new Set(records.map(({ policy }) => policy))];
  const mode = records.at(-1)?.mode;
  const auditIssues = findAuditIssues(run);
  const seal = run.days.at(-1)?.sha256;
  return {
    session: run.session,
    ...(rollouts[0] === undefined ? {} : { client: rollouts[0].clientVersion }),
    rollouts: rollouts.map(({ file }) => file),
    threads: rollouts.length,
    calls: {
      total: calls.length,
      judged: calls.filter((one) => (one.due === 'both' || one.due === 'before') && !isUnrecorded(one))
        .length,
      unrecorded: unrecorded.length,
      blind: calls.filter(({ due }) => due === 'blind').length,
      empty: calls.filter(({ due }) => due === 'none').length,
    },
    fired,
    denied: records.filter(({ verdict }) => verdict === 'deny').map(decide),
    warned: records.filter(({ verdict }) => verdict === 'warn').map(decide),
    issues: [
      ...findRunIssues(run),
      ...unrecorded.map(describeUnrecorded),
      ...turns.filter(({ isDue, end }) => isDue && end === undefined).map(describeTurn),
      ...calls.filter(({ ranDenied }) => ranDenied).map((one) => issueOf('ran-although-denied', one)),
      ...findBroken(calls, records),
      ...calls.flatMap(findBlindSpots),
      ...findPolicyIssues(records, digests),
      ...auditIssues,
    ],
    policy: { ...(mode === undefined ? {} : { mode }), digests },
    audit: {
      records: records.length,
      verified: records.length > 0 && auditIssues.length === 0,
      ...(seal === undefined ? {} : { seal }),
    },
  };
}

function isUnrecorded({ due, before, after }: MatchedCall): boolean {
  if (due === 'none' || due === 'blind') return false;
  return before === undefined || (due === 'both' && after === undefined);
}

function describeUnrecorded(one: MatchedCall): Issue {
  return issueOf(one.before === undefined ? 'no-record' : 'no-result-record', one);
}

function describeTurn({ turn, thread }: MatchedTurn): Issue {
  return issue(
    'no-stop-record',
    thread.parentId === undefined ? `turn ${turn.id}` : `turn ${turn.id} of a sub-agent`,
    {
      where: thread.file,
    },
  );
}

/** Refusals of the wiring, and failures that the hooks recorded themselves. */
function findBroken(calls: readonly MatchedCall[], records: readonly AuditRecord[]): readonly Issue[] {
  const refused = calls.filter(({ call }) => call.output?.includes('[codex-guard] the guard broke down'));
  const failed = records.filter(({ failures }) => failures.length > 0);
  return [
    ...refused.map((one) => issueOf('guard-broke-down', one)),
    ...failed.map((record) =>
      issue('guard-failure', record.failures.map(({ owner, message }) => `${owner}: ${message}`).join('; '), {
        ...(record.tool_use_id === undefined ? {} : { callId: record.tool_use_id }),
      }),
    ),
  ];
}

/** What the client kept from the hooks at one call. */
function findBlindSpots(one: MatchedCall): readonly Issue[] {
  const { call, due, ranOn } = one;
  const found: IssueKind[] = [];
  if (ranOn) found.push('late-output');
  if (due === 'blind') {
    const spot = BLIND_SPOTS.find(({ fits }) => fits(call));
    if (spot !== undefined) found.push(spot.kind);
    if (isScript(call) && /\bwrite_stdin\b/.test(call.input)) found.push('typed-text');
  }
  return found.map((kind) => issueOf(kind, one));
}

function findPolicyIssues(records: readonly AuditRecord[], digests: readonly string[]): readonly Issue[] {
  const lax = records.find(({ mode }) => mode !== 'enforce');
  return [
    ...(digests.length > 1
      ? [issue('policy-changed', digests.map((digest) => digest.slice(0, 12)).join(' → '))]
      : []),
    ...(lax === undefined ? [] : [issue('not-enforced', `mode ${lax.mode}`)]),
  ];
}

function findAuditIssues({ days, damaged }: RunEvidence): readonly Issue[] {
  return [
    ...days.flatMap(({ day, problems }) =>
      problems.map((problem) => issue('audit-changed', `${day}: ${problem}`)),
    ),
    ...damaged.map((where) => issue('audit-damaged', where, { where })),
  ];
}

function findRunIssues({ rollouts, unreadable, records }: RunEvidence): readonly Issue[] {
  const threads = new Set(rollouts.map(({ threadId }) => threadId));
  const agents = new Set([
    ...rollouts.flatMap(({ children }) => children),
    ...records.flatMap(({ agent }) => (agent === undefined ? [] : [agent.id])),
  ]);
  return [
    ...(records.length === 0 ? [issue('never-fired', 'no record of this session')] : []),
    ...(rollouts.length === 0 ? [issue('no-rollout', 'the client kept none')] : []),
    ...unreadable.map((what) => issue('rollout-unreadable', what)),
    ...rollouts
      .filter(({ damaged }) => damaged > 0)
      .map(({ file, damaged }) => issue('rollout-unreadable', `${damaged} lines`, { where: file })),
    ...(rollouts.length === 0
      ? []
      : [...agents]
          .filter((id) => !threads.has(id))
          .map((id) => issue('no-agent-rollout', `sub-agent ${id}`))),
  ];
}

function issue(
  kind: IssueKind,
  what: string,
  more: { readonly callId?: string; readonly where?: string } = {},
): Issue {
  const { severity, message } = ISSUES[kind];
  return { kind, severity, message, what: clean(what), ...more };
}

function issueOf(kind: IssueKind, { call, thread }: MatchedCall): Issue {
  return issue(kind, describeCall(call), { callId: call.id, where: `${thread.file}:${call.line}` });
}

function describeCall({ kind, name, namespace, input, item }: RolloutCall): string {
  const tool =
    item?.type === 'McpToolCall' ? (item.tool ?? name) : [namespace, name].filter(Boolean).join('.');
  return kind === 'nested' || input !== '' ? `${tool}: ${input}` : tool;
}

function decide(record: AuditRecord): Decision {
  const { command, files, tool, tool_use_id, agent } = record;
  const grave = record.findings.filter(({ level }) => level === record.verdict);
  const findings = grave.length > 0 ? grave : record.findings;
  const what = command ?? files?.join(', ');
  return {
    record: record.id,
    time: new Date(record.time).toISOString(),
    event: record.event,
    ...(tool === undefined ? {} : { tool }),
    ...(tool_use_id === undefined ? {} : { callId: tool_use_id }),
    ...(agent === undefined ? {} : { agent: agent.type }),
    guards: [...new Set(findings.map(({ guard }) => guard))],
    message: findings[0]?.message ?? record.failures[0]?.message ?? '',
    ...(what === undefined ? {} : { what: clean(what) }),
    enforced: record.mode === 'enforce',
  };
}

/** Secrets go before the cut, because half of one is not recognised. */
function clean(text: string): string {
  const line = redactSecrets(text).replace(/\s+/g, ' ').trim();
  return line.length > MAX_WHAT ? `${line.slice(0, MAX_WHAT)}…` : line;
}
