/** A stretch of text that a rule takes for a secret, on its way through the scanner. Holds types and the order between rules. */

import type { Tier } from './shape.ts';

/** How specific a rule is: where two findings overlap, the higher one stays. */
export const RANK = { generic: 1, named: 2, keyed: 3, structure: 4, token: 5, verified: 6, user: 7 } as const;

export interface Candidate {
  readonly rule: string;
  readonly provider: string;
  readonly tier: Tier;
  readonly rank: number;
  /** The secret itself, half open. */
  readonly start: number;
  readonly end: number;
  /** The key and the secret, for allow lists that look at the whole match. */
  readonly matchStart: number;
  /** Length of the secret's leading text that is public. */
  readonly publicLength: number;
  /** True for what only begins like a token: no finding, but nothing to be shown either. */
  readonly isBeginning?: true;
}

/** Takes what a rule finds. */
export type Report = (candidate: Candidate) => void;

/** Judges the place `text[start, end)` where the word of an anchor stands; `data` is what the anchor was added with. */
export type Match<D> = (data: D, text: string, start: number, end: number, report: Report) => void;

/** Takes the words that a group of rules wants to be called for. */
export type AddAnchor = <D>(word: string, match: Match<D>, data: D) => void;
