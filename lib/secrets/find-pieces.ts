/** Finds pieces of known secrets in a text: what is split over variables, cut off or said again. Owns the search; finds no new secret. */

import { isRandomRun, measureEntropy, readsLikeWords } from './randomness.ts';

/** A value and how much of its beginning everybody may see. */
export interface KnownSecret {
  readonly secret: string;
  readonly publicLength: number;
}

/** Half open, in UTF-16 units. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** So many characters in a row that a text shares with a random value are no chance. */
const SHARED = 8;
/** Shorter values, and those made of words, count only as a whole. */
const SHORTEST_SPLIT = 16;
const SHORTEST = 6;
const MOST_SECRETS = 200;
/** A key in PEM form is shorter. */
const LONGEST = 8192;

/** Every stretch of the text that stands in one of the secrets too, in order, none touching another. */
export function findPieces(text: string, secrets: readonly KnownSecret[]): readonly Stretch[] {
  const found: Stretch[] = [];
  const grams = new Set<string>();
  for (const { secret, publicLength } of secrets.slice(0, MOST_SECRETS)) {
    const body = secret.slice(publicLength, LONGEST);
    if (isRandom(body))
      for (let at = 0; at + SHARED <= body.length; at += 1) grams.add(body.slice(at, at + SHARED));
    else if (body.length >= SHORTEST)
      for (let at = text.indexOf(body); at >= 0; at = text.indexOf(body, at + body.length))
        found.push({ start: at, end: at + body.length });
  }
  if (grams.size > 0)
    for (let at = 0; at + SHARED <= text.length; at += 1)
      if (grams.has(text.slice(at, at + SHARED))) found.push({ start: at, end: at + SHARED });
  return joinStretches(found);
}

function isRandom(body: string): boolean {
  return body.length >= SHORTEST_SPLIT && measureEntropy(body) >= 3 && !readsLikeWords(body);
}

/** Runs in which the rest of a token could stand that begins elsewhere in the text. */
export function findRandomRuns(text: string): readonly Stretch[] {
  return [...text.matchAll(/[A-Za-z0-9_+/-]{8,400}/g)]
    .filter(([run]) => isRandomRun(run))
    .map(({ 0: run, index }) => ({ start: index, end: index + run.length }));
}

/** The same places as as few stretches as they take. */
export function joinStretches(stretches: readonly Stretch[]): readonly Stretch[] {
  const joined: Stretch[] = [];
  for (const next of [...stretches].sort((a, b) => a.start - b.start)) {
    const last = joined.at(-1);
    if (last !== undefined && next.start <= last.end)
      joined[joined.length - 1] = { start: last.start, end: Math.max(last.end, next.end) };
    else joined.push(next);
  }
  return joined;
}
