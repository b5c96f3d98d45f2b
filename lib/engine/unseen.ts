/** What nobody could see: `opaque` effects become findings by the policy's `uncertain`. Limits always deny: hiding behind size must not pay. */

import type { OpaqueEffect } from '../types/effect.ts';
import type { Facts } from '../types/facts.ts';
import type { Policy } from '../types/policy.ts';
import type { Finding, FindingDraft } from '../types/verdict.ts';
import { grade } from './judge.ts';

/** Name under which these findings appear; it is the policy key that decides them. */
export const UNSEEN = 'uncertain';

const REMEDY: Record<Exclude<OpaqueEffect['cause'], 'remote'>, string> = {
  limit: 'split the step into smaller commands',
  syntax: 'write the command with valid syntax',
  dynamic: 'write the command out with literal programs and arguments',
};

/** Findings for everything that could not be judged. */
export function unseenFindings(facts: Facts, policy: Policy): Finding[] {
  return facts.effects.flatMap((effect) => {
    // Code from the network is the guard remote-code's.
    if (effect.kind !== 'opaque' || effect.cause === 'remote') return [];
    const draft: FindingDraft = {
      message: `this step cannot be judged: ${effect.why}`,
      remedy: REMEDY[effect.cause],
      evidence: [effect.span],
    };
    const finding = grade(
      UNSEEN,
      effect.cause === 'limit' ? draft : { ...draft, uncertain: true },
      'deny',
      policy,
    );
    return finding === undefined ? [] : [finding];
  });
}
