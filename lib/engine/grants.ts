/** What a person may lift with `codex-guard allow`, and which grant lifts a denial. Owns the rules; grant-files.ts owns the disk. */

import { digestText, printCanonically } from '../policy/digest.ts';
import type { ToolCall } from '../types/payload.ts';
import type { Policy } from '../types/policy.ts';
import type { FindingDraft, Lifted, Verdict } from '../types/verdict.ts';
import { type Grant, giveBack, readGrants, type StoredGrant, takeGrant } from './grant-files.ts';
import { UNSEEN } from './unseen.ts';

/** A finding, as far as it matters for who may lift it. */
export type Liftable = Pick<FindingDraft, 'message' | 'subject' | 'uncertain'> & { readonly guard: string };

/** Findings that no grant lifts, and why: a clause about the guard. */
const NEVER: Readonly<Record<string, string>> = {
  'self-protection': 'keeps the guard itself in force',
  'danger-mode': 'is about the whole session, not about one step',
  'turn-budget': 'is about the whole session, not about one step',
  [UNSEEN]: 'is about a step that could not be judged, so nobody knows what would be allowed',
};
const DANGER_RUN = 'codex-guard:danger-run';

/** Why no grant may lift a finding: a sentence without a full stop. Undefined when one may. */
export function whyNotLiftable(finding: Liftable, policy: Policy): string | undefined {
  const never = Object.hasOwn(NEVER, finding.guard) ? NEVER[finding.guard] : undefined;
  if (never !== undefined) return `${finding.guard} ${never}`;
  const isRuled = (key: string): boolean => policy.locked?.includes(key) ?? false;
  if (isRuled(finding.guard)) return `the managed policy rules ${finding.guard}`;
  if (finding.uncertain && isRuled('uncertain')) return 'the managed policy rules what is uncertain';
  // Nobody is asked in such a run and no sandbox is left: what denies there is all there is.
  if (policy.sources.some(({ name }) => name === DANGER_RUN)) return 'the policy extends danger-run';
  return undefined;
}

/** True when a person may lift everything that stands in a denial's way. */
export function isLiftable(verdict: Verdict, policy: Policy): boolean {
  const denials = verdict.findings.filter(({ level }) => level === 'deny');
  return (
    verdict.outcome === 'deny' &&
    verdict.failures.length === 0 &&
    denials.length > 0 &&
    denials.every((finding) => whyNotLiftable(finding, policy) === undefined)
  );
}

/** Names a finding by all that tells it from others, as 32 hexadecimal digits: nothing of its text can be read from it. */
export function findingKey({ guard, message, subject = {} }: Liftable): string {
  return digestText(printCanonically([guard, message, subject])).slice(0, 32);
}

/** SHA-256 of what a tool was asked to do. */
export function digestCall(call: ToolCall): string {
  switch (call.kind) {
    case 'shell':
      return digestText(printCanonically(['shell', call.command]));
    case 'patch':
      return digestText(printCanonically(['patch', call.text]));
    case 'mcp':
      return digestText(printCanonically(['mcp', call.server, call.tool, call.args]));
    case 'other':
      return digestText(printCanonically(['other', call.tool, call.args]));
  }
}

/** The step that a grant may be for. */
export interface GrantedStep {
  readonly call: ToolCall;
  readonly guardHome: string;
  /** Top of the repository that the step runs in, or its directory. */
  readonly place: string;
  /** Session and turn: Codex asks a second time about a step that needs approval. */
  readonly turn: string;
  readonly event: 'PreToolUse' | 'PermissionRequest';
  readonly now: Date;
}

/**
 * The verdict after what persons granted: a denial of which every finding is covered becomes what is left of it. Grants for one
 * step are used up here, and only if the step then goes on.
 */
export function applyGrants(verdict: Verdict, policy: Policy, step: GrantedStep): Verdict {
  if (!isLiftable(verdict, policy)) return verdict;
  const { grants } = readGrants(step.guardHome, step.now);
  if (grants.length === 0) return verdict;
  const input = digestCall(step.call);
  const used = new Set<StoredGrant>();
  const lifted: Lifted[] = [];
  for (const finding of verdict.findings) {
    if (finding.level !== 'deny') continue;
    const fitting = grants.filter((stored) => isFor(stored, step) && covers(stored.grant, finding, input));
    // A grant that lasts costs nothing; and one that is taken already may well cover more.
    const chosen = fitting.find((stored) => !stored.grant.once || used.has(stored)) ?? fitting[0];
    if (chosen === undefined) return verdict;
    used.add(chosen);
    lifted.push(describeUse(finding, chosen.grant));
  }
  if (!takeAll([...used], step)) return verdict;
  const findings = verdict.findings.filter(({ level }) => level !== 'deny');
  const outcome = findings.some(({ level }) => level === 'warn') ? 'warn' : 'pass';
  return { ...verdict, outcome, findings, lifted: [...(verdict.lifted ?? []), ...lifted] };
}

/** A grant that was used before the tool ran also answers the approval of the same turn, once. */
function isFor({ grant, usedIn }: StoredGrant, step: GrantedStep): boolean {
  if (grant.place !== step.place) return false;
  return usedIn === undefined || (step.event === 'PermissionRequest' && usedIn === turnKey(step));
}

/**
 * The same finding of the very same input, whether the grant lasts or not: `git push` and `git push --force` to a branch are one
 * finding, and a person who looked at the first has not allowed the second.
 */
function covers(grant: Grant, finding: Liftable, input: string): boolean {
  const key = findingKey(finding);
  return grant.input === input && grant.findings.some((each) => each.key === key);
}

function takeAll(used: readonly StoredGrant[], step: GrantedStep): boolean {
  const taken: StoredGrant[] = [];
  for (const stored of used) {
    if (!stored.grant.once) continue;
    // Another hook was quicker: then this step has nothing to go by.
    if (!takeGrant(step.guardHome, stored, turnKey(step))) {
      for (const each of taken) giveBack(step.guardHome, each, turnKey(step));
      return false;
    }
    taken.push(stored);
  }
  return true;
}

function turnKey({ turn }: GrantedStep): string {
  return digestText(turn).slice(0, 16);
}

function describeUse({ guard, message }: Liftable, grant: Grant): Lifted {
  return { guard, message, by: 'grant', grant: grant.id, reason: grant.reason, user: grant.user };
}
