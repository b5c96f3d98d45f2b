/** Exceptions of a policy: which finding is let through, and by which entry. */

import { compileGlobs } from '../kit/globs.ts';
import type { Exception } from '../types/policy.ts';
import type { Finding } from '../types/verdict.ts';

/** The exception that covers a finding, or undefined. Expired ones were left out when the policy was loaded. */
export function findException(finding: Finding, exceptions: readonly Exception[]): Exception | undefined {
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
