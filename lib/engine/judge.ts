/** Judges one step: facts → findings → verdict. Reads nothing but what the guards' needs name; writes nothing. */

import { guards } from '../guards/index.ts';
import type { AnyGuard } from '../kit/define-guard.ts';
import type { HostFacts } from '../kit/host-facts.ts';
import { GuardError } from '../types/errors.ts';
import type { Facts } from '../types/facts.ts';
import type { EventName } from '../types/payload.ts';
import type { Policy } from '../types/policy.ts';
import type { Failure, Finding, FindingDraft, Level, Verdict } from '../types/verdict.ts';
import { applyExceptions } from './exceptions.ts';
import { riskTier } from './risk-tier.ts';
import { unseenFindings } from './unseen.ts';

const ORDER: readonly Level[] = ['note', 'warn', 'deny'];

/** Events at which a failure of ours is a denial; at the end of a turn it would go round for ever. */
const FAILS_CLOSED: ReadonlySet<EventName> = new Set([
  'PreToolUse',
  'PermissionRequest',
  'UserPromptSubmit',
  'PostToolUse',
]);

export interface JudgeInput {
  readonly facts: Facts;
  readonly policy: Policy;
  readonly hostFacts: HostFacts;
  readonly registry?: readonly AnyGuard[];
}

/** Runs every guard that the policy switches on for the event and reduces what they say to a verdict. */
export function judge({ facts, policy, hostFacts, registry = guards }: JudgeInput): Verdict {
  const findings: Finding[] = [];
  const failures: Failure[] = [];
  for (const guard of registry) {
    const setting = policy.guards[guard.id];
    if (setting === undefined || setting.level === 'off' || !guard.events.includes(facts.event)) continue;
    try {
      for (const draft of guard.check(facts, setting.options as never, hostFacts)) {
        const finding = grade(guard.id, draft, setting.level, policy);
        if (finding !== undefined) findings.push(finding);
      }
    } catch (cause) {
      failures.push({ owner: guard.id, message: new GuardError(guard.id, cause).message });
    }
  }
  if (hostFacts.secretsIncomplete)
    failures.push({ owner: 'secrets', message: 'the text was too large to be scanned for secrets in time' });
  findings.push(...unseenFindings(facts, policy));
  const { counted, lifted } = applyExceptions(findings, policy.exceptions);
  const kept = dedupe(counted);
  kept.sort((a, b) => ORDER.indexOf(b.level) - ORDER.indexOf(a.level));
  const strictest = kept[0]?.level;
  const failed = failures.length > 0 && FAILS_CLOSED.has(facts.event);
  return {
    outcome: strictest === 'deny' || failed ? 'deny' : strictest === 'warn' ? 'warn' : 'pass',
    findings: kept,
    failures,
    ...(lifted.length > 0 ? { lifted } : {}),
    policy: policy.digest,
    tier: riskTier(facts),
  };
}

/** A draft with the level that the policy gives it; undefined when the policy lets it pass. */
export function grade(
  guard: string,
  draft: FindingDraft,
  settingLevel: Level,
  policy: Policy,
): Finding | undefined {
  let level = draft.level === undefined ? settingLevel : weaker(draft.level, settingLevel);
  if (draft.uncertain) {
    if (policy.uncertain === 'pass') return undefined;
    level = weaker(level, policy.uncertain);
  }
  if (policy.mode === 'warn') level = weaker(level, 'warn');
  if (policy.mode === 'observe') level = 'note';
  return { ...draft, guard, level };
}

function weaker(a: Level, b: Level): Level {
  return ORDER.indexOf(a) < ORDER.indexOf(b) ? a : b;
}

/** The same finding from two ways to the same effect is said once. */
function dedupe(findings: readonly Finding[]): Finding[] {
  const seen = new Map<string, Finding>();
  for (const finding of findings) {
    const key = `${finding.guard}\0${finding.message}\0${finding.remedy}`;
    const earlier = seen.get(key);
    if (earlier === undefined || ORDER.indexOf(finding.level) > ORDER.indexOf(earlier.level))
      seen.set(key, finding);
  }
  return [...seen.values()];
}
