/** Exceptions of a policy: which finding is let through, and by which entry. */

import { compileGlobs } from '../kit/globs.ts';
import type { Exception } from '../types/policy.ts';
import type { Finding, Lifted } from '../types/verdict.ts';

/** The findings that count, and a note of each other one: which exception it fell under. */
export function applyExceptions(
  findings: readonly Finding[],
  exceptions: readonly Exception[],
): { readonly counted: readonly Finding[]; readonly lifted: readonly Lifted[] } {
  if (exceptions.length === 0) return { counted: findings, lifted: [] };
  const counted: Finding[] = [];
  const lifted: Lifted[] = [];
  for (const finding of findings) {
    const exception = findException(finding, exceptions);
    if (exception === undefined) counted.push(finding);
    else if (finding.level !== 'note')
      lifted.push({
        guard: finding.guard,
        message: finding.message,
        by: 'exception',
        reason: exception.reason,
      });
  }
  return { counted, lifted };
}

/** The exception that covers a finding, or undefined. Expired ones were left out when the policy was loaded. */
function findException(finding: Finding, exceptions: readonly Exception[]): Exception | undefined {
  return exceptions.find(
    (exception) => exception.guard === finding.guard && covers(exception.match, finding.subject ?? {}),
  );
}

/** Every key must be there and match; an empty match covers nothing. */
function covers(match: Exception['match'], subject: Readonly<Record<string, string | undefined>>): boolean {
  const keys = Object.keys(match);
  return (
    keys.length > 0 &&
    keys.every(
      (key) =>
        subject[key] !== undefined && compileGlobs([match[key] as string]).match(subject[key]) !== undefined,
    )
  );
}
