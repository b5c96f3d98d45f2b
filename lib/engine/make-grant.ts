/** Makes a grant out of what a person asks for: checks the reason and the end, and that every finding may be lifted. Touches no disk. */

import { UsageError } from '../types/errors.ts';
import type { Policy } from '../types/policy.ts';
import { type Grant, type GrantedFinding, MAX_DAYS, ONCE_MS } from './grant-files.ts';
import { findingKey, type Liftable, whyNotLiftable } from './grants.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const MAX_REASON = 500;

export interface GrantRequest {
  /** Eight hexadecimal digits. */
  readonly id: string;
  readonly reason: string | undefined;
  readonly user: string;
  /** A day as `2026-12-31`; absent = one step. */
  readonly until: string | undefined;
  readonly place: string;
  readonly input: string;
  readonly command: string;
  readonly findings: readonly GrantedFinding[];
  readonly policy: Policy;
  readonly now: Date;
}

/** What a grant may lift of a denial's findings. Throws UsageError when it may lift none of them, or not all. */
export function selectFindings(
  findings: readonly (Liftable & { readonly key?: string })[],
  policy: Policy,
  guard: string | undefined,
): readonly GrantedFinding[] {
  const chosen = findings.filter((finding) => guard === undefined || finding.guard === guard);
  if (chosen.length === 0)
    throw new UsageError(
      guard === undefined ? 'nothing denies this' : `${guard} does not deny this`,
      guard === undefined ? 'it runs as it is' : `it is denied by ${namesOf(findings)}`,
    );
  // One that nobody may lift keeps the step from running, whatever is allowed beside it.
  for (const finding of findings) {
    const why = whyNotLiftable(finding, policy);
    if (why !== undefined)
      throw new UsageError(
        `this cannot be allowed: ${why}`,
        chosen.length > 1
          ? 'a step runs only when nothing denies it'
          : 'only a change of the policy lifts it',
      );
  }
  return chosen.map((finding) => ({
    guard: finding.guard,
    message: finding.message,
    ...(finding.subject === undefined ? {} : { subject: finding.subject }),
    key: finding.key ?? findingKey(finding),
  }));
}

function namesOf(findings: readonly Liftable[]): string {
  return [...new Set(findings.map((finding) => finding.guard))].join(', ');
}

/** The grant that a person asks for. Throws UsageError when reason or end are not in order. */
export function makeGrant(request: GrantRequest): Omit<Grant, 'schema'> {
  const { until, now, policy, reason: given, ...rest } = request;
  const reason = given?.replace(/\s+/g, ' ').trim() ?? '';
  if (reason === '') throw new UsageError('a grant needs a reason', "--reason 'why it is fine this time'");
  if (reason.length > MAX_REASON)
    throw new UsageError(`the reason is longer than ${MAX_REASON} characters`, 'say it shorter');
  return {
    ...rest,
    reason,
    once: until === undefined,
    made: now.toISOString(),
    expires: (until === undefined ? new Date(now.getTime() + ONCE_MS) : endOf(until, now)).toISOString(),
    policy: policy.digest,
  };
}

/** The end of a day, UTC, at most 90 days ahead. */
function endOf(until: string, now: Date): Date {
  const day = /^\d{4}-\d\d-\d\d$/.test(until) ? new Date(`${until}T00:00:00Z`) : undefined;
  if (day === undefined || Number.isNaN(day.getTime()) || !day.toISOString().startsWith(until))
    throw new UsageError(`--until takes a day such as 2026-12-31, not '${until}'`);
  const today = Date.parse(now.toISOString().slice(0, 10));
  const ahead = (day.getTime() - today) / DAY_MS;
  if (ahead < 0) throw new UsageError(`${until} is over`, 'name today or a later day');
  if (ahead > MAX_DAYS)
    throw new UsageError(
      `${until} is more than ${MAX_DAYS} days ahead`,
      `at most ${new Date(today + MAX_DAYS * DAY_MS).toISOString().slice(0, 10)}; what should last belongs into a policy's exceptions`,
    );
  return new Date(day.getTime() + DAY_MS);
}
