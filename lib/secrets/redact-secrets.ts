/** Takes secrets out of a text before it is stored or shown. */

import { findPieces, findRandomRuns, joinStretches, type KnownSecret, type Stretch } from './find-pieces.ts';
import { type Found, keepBest, scanText } from './scan.ts';
import type { Tier } from './shape.ts';

/** What stands for a text that could not be scanned to its end. */
const UNSCANNED = '[redacted:unscanned]';
const PIECE = 'piece';

interface Mark {
  readonly start: number;
  readonly end: number;
  readonly rule: string;
}

export interface RedactOptions {
  /** Secrets that were found beside this text, for pieces of them. */
  readonly known?: readonly KnownSecret[];
  /** Findings of this tier only; absent = all. */
  readonly only?: Tier;
}

/**
 * Replaces every secret by `[redacted:<rule>]`, and by `[redacted:piece]` what else of it stands in the text: halves that are put
 * together elsewhere. A text that is too full of secrets or encodings to scan to its end is replaced as a whole.
 *
 * @throws nothing; a text of any size is scanned to its end, so callers bound it
 */
export function redactSecrets(text: string, { known = [], only }: RedactOptions = {}): string {
  if (text === '') return text;
  const { found, beginnings = [], complete } = scanText({ text, isCommand: true, isLate: () => false });
  if (!complete) return UNSCANNED;
  const best = keepBest(found).filter(({ tier }) => only === undefined || tier === only);
  const secrets = [...known, ...best.map(asKnown)];
  const pieces = [...findPieces(text, secrets), ...findHalves(text, beginnings, best)];
  if (best.length === 0 && pieces.length === 0) return text;
  return replaceMarks(text, [
    ...best.map(({ start, end, rule }) => ({ start, end, rule })),
    ...joinStretches(pieces).map((piece) => ({ ...piece, rule: PIECE })),
  ]);
}

/** Tokens that begin in the text and go on elsewhere; where one does, its other half may be any random run. */
function findHalves(
  text: string,
  beginnings: readonly Stretch[],
  whole: readonly Found[],
): readonly Stretch[] {
  const isWhole = ({ start }: Stretch): boolean =>
    whole.some((found) => found.start <= start && start < found.end);
  return beginnings.every(isWhole) ? [] : [...beginnings, ...findRandomRuns(text)];
}

/** What the search for pieces needs of a finding. */
export function asKnown({ secret, publicLength }: Found): KnownSecret {
  return { secret, publicLength };
}

/** Of marks that overlap the first names them all. */
function replaceMarks(text: string, marks: readonly Mark[]): string {
  let redacted = '';
  let at = 0;
  let wordEnd = 0;
  const order = (mark: Mark): number => mark.start * 2 + (mark.rule === PIECE ? 1 : 0);
  for (const { start, end, rule } of [...marks].sort((a, b) => order(a) - order(b))) {
    if (start >= wordEnd) redacted += `${text.slice(at, start)}[redacted:${rule}]`;
    wordEnd = Math.max(wordEnd, end);
    at = Math.max(at, end);
  }
  return redacted + text.slice(at);
}
