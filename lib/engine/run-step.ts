/** Runs one step from payload to verdict: opens the host, finds the policy, reads the facts, asks the guards, keeps the counters. Writes no reply and no audit. */

import { recordId } from '../audit/record.ts';
import { openHost } from '../facts/host.ts';
import { readFacts } from '../facts/read-facts.ts';
import { AT_START } from '../kit/events.ts';
import { loadPolicy, type PolicyInput } from '../policy/load-policy.ts';
import { redactSecrets } from '../secrets/index.ts';
import type { Facts } from '../types/facts.ts';
import type { HostView } from '../types/host.ts';
import type { EventName, Payload } from '../types/payload.ts';
import type { Policy } from '../types/policy.ts';
import type { Verdict } from '../types/verdict.ts';
import { canApprove } from './auto-approve.ts';
import { readGrants } from './grant-files.ts';
import { applyGrants, isLiftable } from './grants.ts';
import { type HostFactsInput, readHostFacts } from './host-facts.ts';
import { judge } from './judge.ts';
import { redactVerdict } from './redact-verdict.ts';
import { writeSessionContext } from './session-context.ts';
import { openTally } from './session-tally.ts';

/** Rounds that Stop sends an agent back when no policy says otherwise. */
const STOP_ROUNDS = 3;
/** No policy may ask for more: a turn that never ends is a denial of service. */
const MAX_STOP_ROUNDS = 10;

export interface StepInput {
  readonly payload: Payload;
  /** The event as the entrypoint knows it. */
  readonly event: EventName;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Directory that the session runs in; the payload's `cwd` is only the call's. */
  readonly sessionCwd: string;
  readonly now: Date;
  /** Milliseconds that judging may take. */
  readonly budgetMs: number;
  /** False for trial runs (`check`), which must not count. */
  readonly counts: boolean;
  /** Machine and hour to assume instead of the real ones, for trials. */
  readonly mode?: HostFactsInput['mode'];
  /** A policy that is already loaded, for many steps in one process. */
  readonly policy?: Policy;
}

export interface StepResult {
  readonly facts: Facts;
  readonly verdict: Verdict;
  readonly policy: Policy;
  readonly host: HostView;
  /** For the model: the rules, when a session or a sub-agent begins. */
  readonly context: string;
  /** For the person: why something was let go, or what is wrong with a policy file. */
  readonly notice: string;
  /** Id of the record that the audit trail gets. */
  readonly id: string;
  /** Takes the step's secrets, and others, out of a text that quotes it. */
  readonly redact: (text: string) => string;
}

/** Judges a step. Throws only when the host cannot be opened at all; the caller turns that into a denial. */
export function runStep(input: StepInput): StepResult {
  const deadline = performance.now() + input.budgetMs;
  const { payload, event } = input;
  const host = openHost({ sessionCwd: input.sessionCwd, callCwd: payload.cwd, env: input.env });
  const policy =
    input.policy ?? loadPolicy(policyInput(host, input.sessionCwd, input.now, input.env.CODEX_GUARD_POLICY));
  const facts = readFacts(payload, event, host, deadline);
  const tally = openTally(host.guardHome, payload.sessionId);
  const endsTurn = event === 'Stop' || event === 'SubagentStop';
  const round = `stop-${payload.turnId ?? ''}-${payload.agent?.id ?? ''}`;
  const session = {
    toolCalls: tally.count('calls'),
    denials: tally.count('denials'),
    stopRounds: endsTurn ? tally.count(round) : 0,
  };
  const hostFacts = readHostFacts({
    facts,
    payload,
    policy,
    host,
    deadline,
    session,
    env: input.env,
    now: input.now,
    ...(input.mode === undefined ? {} : { mode: input.mode }),
  });
  const redact = hostFacts.redact ?? redactSecrets;
  const judged = redactVerdict(judge({ facts, policy, hostFacts }), redact);
  const id = recordId(input.now.getTime(), process.pid);
  const verdict = input.counts ? askPersons(judged, policy, host, input, id) : judged;
  const notices = [...policyNotices(event, policy), ...grantNotices(event, host, input.now)];
  const settled = endsTurn ? settleStop(verdict, policy, session.stopRounds, notices) : verdict;
  const { sessionCwd, env } = input;
  const approved =
    event === 'PermissionRequest' &&
    policy.autoApprove === true &&
    canApprove({ payload, facts, policy, hostFacts, host, sessionCwd, env });
  if (input.counts) {
    if (event === 'PreToolUse') tally.add('calls');
    if (settled.outcome === 'deny') tally.add(endsTurn ? round : 'denials');
  }
  const context = AT_START.includes(event) ? writeSessionContext(policy, hostFacts) : '';
  const answer: Verdict = approved ? { ...settled, approved } : settled;
  return {
    facts,
    verdict: answer,
    policy,
    host,
    context: redact(context),
    notice: redact(notices.join('\n')),
    id,
    redact,
  };
}

/** A denial of a tool call after what persons granted; what is left of it says how a person may lift it. */
function askPersons(verdict: Verdict, policy: Policy, host: HostView, input: StepInput, id: string): Verdict {
  const { payload, event, now } = input;
  const { call } = payload;
  if (verdict.outcome !== 'deny' || call === undefined) return verdict;
  if (event !== 'PreToolUse' && event !== 'PermissionRequest') return verdict;
  const after = applyGrants(verdict, policy, {
    call,
    guardHome: host.guardHome,
    place: placeOf(host, payload.cwd),
    turn: `${payload.sessionId}\0${payload.turnId ?? ''}`,
    event,
    now,
  });
  return isLiftable(after, policy) ? { ...after, appeal: id } : after;
}

/** Where a grant holds: the top of the repository of a directory, or the directory. */
export function placeOf(host: Pick<HostView, 'repository' | 'realPath'>, directory: string): string {
  return host.repository(directory)?.root ?? host.realPath(directory);
}

/**
 * The policy in force for a session directory.
 *
 * @param environmentPath a policy file that may only tighten; what `CODEX_GUARD_POLICY` names
 */
export function policyInput(
  host: HostView,
  sessionCwd: string,
  now: Date,
  environmentPath: string | undefined,
): PolicyInput {
  const projectRoot = host.repository(sessionCwd)?.root ?? host.projects[0];
  return {
    host,
    now,
    ...(projectRoot === undefined ? {} : { projectRoot }),
    ...(environmentPath ? { environmentPath } : {}),
  };
}

/** After enough rounds an agent that cannot mend its turn is let go, with a word to the person: a Stop hook that always blocks loops for ever. */
function settleStop(verdict: Verdict, policy: Policy, rounds: number, notices: string[]): Verdict {
  const option = policy.guards['turn-budget']?.options.stopRounds;
  const limit = Math.min(typeof option === 'number' ? option : STOP_ROUNDS, MAX_STOP_ROUNDS);
  if (verdict.outcome !== 'deny' || rounds < limit) return verdict;
  const first = verdict.findings[0];
  notices.push(
    `codex-guard let this turn end after ${rounds} round${rounds === 1 ? '' : 's'}, although: ${first === undefined ? 'a guard failed' : `[${first.guard}] ${first.message}`}`,
  );
  return { ...verdict, outcome: 'pass' };
}

/** A grant that nobody can trust is told there too. */
function grantNotices(event: EventName, host: HostView, now: Date): string[] {
  if (event !== 'SessionStart') return [];
  return readGrants(host.guardHome, now).problems.map((problem) => `codex-guard grants: ${problem}`);
}

/** A broken policy is told where a person reads it, once a session. */
function policyNotices(event: EventName, policy: Policy): string[] {
  if (event !== 'SessionStart') return [];
  return policy.problems.map(
    (problem) =>
      `codex-guard policy: ${problem.file}${problem.line === undefined ? '' : `:${problem.line}:${problem.column ?? 1}`}: ${problem.message}`,
  );
}
