/** Puts values in the place of the names that a text gives them: `A=gh; B=p_…; use $A$B`. Runs nothing and knows no language. */

import { measureEntropy, readsLikeWords } from '../randomness.ts';
import type { Decoded } from './decoded.ts';
import { type Part, replaceParts } from './escapes.ts';

/** Longest text that is looked at: scripts are short, data is long. */
const LONGEST = 1 << 16;
/** A value that could be half a token; the shorter half is found with it. */
const PIECE = /=[ \t]{0,2}(?:\\{0,3}["'`])?([A-Za-z0-9_-]{8,400})(?![A-Za-z0-9(.[])/g;
const LEAST_ENTROPY = 2.7;
const VALUE = /=[ \t]{0,2}(?:\\{0,3}["'`])?([A-Za-z0-9_+/=.:@%-]{1,400})/g;
const NAME_BEFORE = /([A-Za-z_]\w{0,40})["']?[ \t]{0,2}:?$/;
const MOST_NAMES = 200;
/** `$A`, `${A}`, `${A:-…}`, `{a}` of Python, with the quotes between two of them; `a + b` and `a . b`. */
const REFERENCES =
  /\$?\{([A-Za-z_]\w{0,40})(?::?[-=]([A-Za-z0-9_+/=.:@%-]{0,400}))?\}(?:\\{0,3}["']{1,2}(?=\$))?|\$([A-Za-z_]\w{0,40})(?:\\{0,3}["']{1,2}(?=\$))?|\b([A-Za-z_]\w{0,40})[ \t]{0,2}(?:[+.]|\.\.|\|\|)[ \t]{0,2}(?=[A-Za-z_])|(?<=[+.|][ \t]{0,2})([A-Za-z_]\w{0,40})\b/g;
const MOST_REFERENCES = 2000;
/** What is read around the references. */
const AROUND = 400;

/** How a name is used when its value goes on in another. */
const USES = [
  (name: string) => `$${name}`,
  (name: string) => `{${name}`,
  (name: string) => `+ ${name}`,
  (name: string) => `${name} +`,
  (name: string) => `+${name}`,
];

/** The places of a text that use names, with the values of these names; none when no value could be a piece of a token. */
export function* insertValues(text: string): Generator<Decoded> {
  if (text.length > LONGEST || !holdsPiece(text)) return;
  const values = readValues(text);
  const parts: Part[] = [];
  for (const match of text.matchAll(REFERENCES)) {
    if (parts.length >= MOST_REFERENCES) break;
    const [whole, braced, fallback, plain, left, right] = match;
    const value = values.get(braced ?? plain ?? left ?? right ?? '') ?? fallback;
    if (value === undefined) continue;
    parts.push({ start: match.index, end: match.index + whole.length, text: value });
  }
  const first = parts[0];
  if (first === undefined) return;
  const from = Math.max(0, first.start - AROUND);
  yield replaceParts(text, from, Math.min(text.length, (parts.at(-1)?.end ?? 0) + AROUND), parts);
}

/** True when a name that is used gets a value that only a machine can have chosen. */
function holdsPiece(text: string): boolean {
  for (const { 1: value = '', index } of text.matchAll(PIECE)) {
    if (!/\d/.test(value) || !/[A-Za-z]/.test(value)) continue;
    if (measureEntropy(value) < LEAST_ENTROPY || readsLikeWords(value)) continue;
    const name = nameBefore(text, index);
    if (name !== undefined && USES.some((use) => text.includes(use(name)))) return true;
  }
  return false;
}

function nameBefore(text: string, at: number): string | undefined {
  return NAME_BEFORE.exec(text.slice(Math.max(0, at - 44), at))?.[1];
}

/** What each name stands for. */
function readValues(text: string): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const match of text.matchAll(VALUE)) {
    const name = nameBefore(text, match.index);
    if (name !== undefined && values.size < MOST_NAMES) values.set(name, match[1] ?? '');
  }
  return values;
}
