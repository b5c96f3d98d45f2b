/** Decodes percent, `\x`, `\u`, octal and HTML escapes in the stretches of a text that hold them, and joins words that shell quotes split. */

import type { Decoded } from './decoded.ts';

const ESCAPE =
  /%([0-9A-Fa-f]{2})|\\x([0-9A-Fa-f]{2})|\\u([0-9A-Fa-f]{4})|\\u\{([0-9A-Fa-f]{1,6})\}|\\([0-3][0-7]{2})|&#(\d{2,3});|&#x([0-9A-Fa-f]{2,4});/g;
/** What stands before the first escape of a stretch and is decoded with it: a key. */
const BEFORE = 96;
/** What stands between two escapes or after the last: pieces of one token. */
const BETWEEN = 400;
const LONGEST_STRETCH = 1 << 18;

/** Every stretch of the text in which an escape stands for a letter, a digit or a mark that tokens hold. */
export function* decodeEscapes(text: string): Generator<Decoded> {
  if (!text.includes('%') && !text.includes('\\') && !text.includes('&#')) return;
  const pattern = new RegExp(ESCAPE);
  let found: Part[] = [];
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    const item: Part = { start: match.index, end: pattern.lastIndex, text: readEscape(match) };
    const first = found[0];
    const last = found[found.length - 1];
    const isFar = last !== undefined && item.start - last.end > BETWEEN;
    if (isFar || (first !== undefined && item.end - first.start > LONGEST_STRETCH)) {
      if (found.some(isTokenCharacter)) yield decodeStretch(text, found);
      found = [];
    }
    found.push(item);
  }
  if (found.some(isTokenCharacter)) yield decodeStretch(text, found);
}

/** A stretch of a text and what stands in its place. */
export interface Part {
  readonly start: number;
  readonly end: number;
  /** What it stands for. */
  readonly text: string;
}

function readEscape(match: RegExpExecArray): string {
  const [, percent, x, u, braced, octal, decimal, entity] = match;
  const hex = percent ?? x ?? u ?? braced ?? entity;
  const code =
    hex !== undefined ? Number.parseInt(hex, 16) : Number.parseInt(octal ?? decimal ?? '0', octal ? 8 : 10);
  return code > 0x10ffff ? '\ufffd' : String.fromCodePoint(code);
}

function isTokenCharacter(item: Part): boolean {
  // `%25` and `\\x5c` begin an escape of the next layer.
  return /[A-Za-z0-9_.:=@/+%\\-]/.test(item.text);
}

function decodeStretch(text: string, escapes: readonly Part[]): Decoded {
  const from = Math.max(0, (escapes[0]?.start ?? 0) - BEFORE);
  const to = Math.min(text.length, (escapes[escapes.length - 1]?.end ?? 0) + BETWEEN);
  return replaceParts(text, from, to, escapes);
}

/** Replaces parts of `text[from, to)`, keeping the way back. */
export function replaceParts(text: string, from: number, to: number, parts: readonly Part[]): Decoded {
  const pieces: string[] = [];
  /** Offset in the decoded text where each replacement ends, and how far the outer text is ahead from there on. */
  const ends: number[] = [];
  const shifts: number[] = [];
  let at = from;
  let length = 0;
  for (const part of parts) {
    pieces.push(text.slice(at, part.start), part.text);
    length += part.start - at + part.text.length;
    ends.push(length);
    shifts.push(part.end - length);
    at = part.end;
  }
  pieces.push(text.slice(at, to));
  const shiftAt = (offset: number): number => {
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((ends[middle] as number) <= offset) low = middle + 1;
      else high = middle;
    }
    return low === 0 ? from : (shifts[low - 1] as number);
  };
  return {
    text: pieces.join(''),
    outerStart: (offset) => offset + shiftAt(offset),
    outerEnd: (offset) => offset + shiftAt(offset),
  };
}

const QUOTES_IN_WORD = /(?<=[A-Za-z0-9_-])(?:["'\\]{1,4})(?=[A-Za-z0-9_-])/g;

/** A command with the quotes and backslashes in the middle of its words taken out: `gh"p"_x` reads `ghp_x`. Undefined when there are none. */
export function joinQuoted(text: string): Decoded | undefined {
  const parts: Part[] = [];
  for (const match of text.matchAll(QUOTES_IN_WORD))
    parts.push({ start: match.index, end: match.index + match[0].length, text: '' });
  return parts.length === 0 ? undefined : replaceParts(text, 0, text.length, parts);
}
