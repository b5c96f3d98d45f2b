/** Shortens the making of findings, so that guards read as rules. Decides nothing. */

import type { Span } from '../types/text.ts';
import type { FindingDraft } from '../types/verdict.ts';

/**
 * A finding about the stretch of text that an effect stands for.
 *
 * @param at whatever has the span: an effect or a word; of an effect that only may happen, the finding is uncertain too
 * @param message what is wrong, a clause without a final full stop
 * @param remedy what to do instead, an imperative clause
 */
export function draft(
  at: { readonly span: Span; readonly uncertain?: boolean },
  message: string,
  remedy: string,
  more: Partial<FindingDraft> = {},
): FindingDraft {
  return { message, remedy, evidence: [at.span], ...(at.uncertain ? { uncertain: true } : {}), ...more };
}

/** `1 file`, `2 files`: a figure with its noun. */
export function countOf(figure: number, noun: string): string {
  return `${figure} ${noun}${figure === 1 ? '' : 's'}`;
}

/** Findings without those that say the same as an earlier one; evidence of both is kept. */
export function mergeDrafts(drafts: readonly FindingDraft[]): readonly FindingDraft[] {
  const merged = new Map<string, FindingDraft>();
  for (const each of drafts) {
    const key = `${each.level ?? ''}|${each.uncertain ?? false}|${each.message}|${each.remedy}`;
    const earlier = merged.get(key);
    merged.set(key, earlier ? { ...earlier, evidence: [...earlier.evidence, ...each.evidence] } : each);
  }
  return [...merged.values()];
}
