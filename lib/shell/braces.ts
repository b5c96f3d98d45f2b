/** Brace expansion, done on raw text as bash does it: before everything else. Knows quotes and substitutions only to step over them. */

import { MAX_UNROLL } from './limits.ts';

/** Alternatives of a raw word, in order; undefined when there are more than is worth following. */
export function expandBraces(raw: string): string[] | undefined {
  let words = [raw];
  // Each round expands the first brace of every word, so nesting resolves itself from the outside in.
  for (let round = 0; round < MAX_UNROLL; round++) {
    let changed = false;
    const next: string[] = [];
    for (const word of words) {
      const brace = findBrace(word);
      if (brace === undefined) next.push(word);
      else {
        if (brace.items === undefined) return undefined;
        changed = true;
        for (const item of brace.items) next.push(word.slice(0, brace.start) + item + word.slice(brace.end));
      }
      if (next.length > MAX_UNROLL) return undefined;
    }
    words = next;
    if (!changed) return words;
  }
  return undefined;
}

interface Brace {
  readonly start: number;
  readonly end: number;
  /** Absent when a sequence is too long. */
  readonly items: readonly string[] | undefined;
}

/** The first brace that bash would expand. */
function findBrace(word: string): Brace | undefined {
  for (let i = 0; i < word.length; i = skipQuoted(word, i)) {
    if (word[i] !== '{' || word[i - 1] === '$') continue;
    const brace = readBrace(word, i);
    if (brace !== undefined) return brace;
  }
  return undefined;
}

function readBrace(word: string, start: number): Brace | undefined {
  const items: string[] = [];
  let depth = 1;
  let itemStart = start + 1;
  for (let i = start + 1; i < word.length; ) {
    const c = word[i];
    if (c === '{') depth++;
    else if (c === '}' && --depth === 0) {
      const inside = word.slice(start + 1, i);
      items.push(word.slice(itemStart, i));
      if (items.length > 1) return { start, end: i + 1, items };
      return inside.includes('..') && isSequence(inside)
        ? { start, end: i + 1, items: readSequence(inside) }
        : undefined;
    } else if (c === ',' && depth === 1) {
      items.push(word.slice(itemStart, i));
      itemStart = i + 1;
    }
    i = skipQuoted(word, i);
  }
  return undefined;
}

/** Index after the character, quotation or substitution that starts at `i`. */
function skipQuoted(word: string, i: number): number {
  const c = word[i];
  if (c === '\\') return i + 2;
  if (c === "'" || c === '"' || c === '`') {
    for (let j = i + 1; j < word.length; j++) {
      if (word[j] === '\\' && c !== "'") j++;
      else if (word[j] === c) return j + 1;
    }
    return word.length;
  }
  if (c === '$' && (word[i + 1] === '(' || word[i + 1] === '{')) {
    const open = word[i + 1] as string;
    const close = open === '(' ? ')' : '}';
    let depth = 0;
    for (let j = i + 1; j < word.length; j++) {
      if (word[j] === open) depth++;
      else if (word[j] === close && --depth === 0) return j + 1;
    }
    return word.length;
  }
  return i + 1;
}

const SEQUENCE = /^(?:(-?\d{1,9})\.\.(-?\d{1,9})|([A-Za-z])\.\.([A-Za-z]))(?:\.\.(-?\d{1,9}))?$/;

function isSequence(inside: string): boolean {
  return SEQUENCE.test(inside);
}

function readSequence(inside: string): string[] | undefined {
  const match = SEQUENCE.exec(inside);
  if (match === null) return undefined;
  const letters = match[3] !== undefined;
  const from = letters ? (match[3] as string).charCodeAt(0) : Number(match[1]);
  const to = letters ? (match[4] as string).charCodeAt(0) : Number(match[2]);
  const step = Math.max(1, Math.abs(Number(match[5] ?? 1)));
  if (Math.abs(to - from) / step >= MAX_UNROLL) return undefined;
  const width = letters ? 0 : Math.max(paddedWidth(match[1]), paddedWidth(match[2]));
  const items: string[] = [];
  for (let value = from; from <= to ? value <= to : value >= to; value += from <= to ? step : -step) {
    items.push(letters ? String.fromCharCode(value) : String(value).padStart(width, '0'));
  }
  return items;
}

/** `{01..10}` keeps its zeros. */
function paddedWidth(number: string | undefined): number {
  return number !== undefined && /^-?0\d/.test(number) ? number.length : 0;
}
