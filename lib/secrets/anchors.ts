/**
 * Finds, in one pass over a text, every place where one of many words stands, whatever its case.
 * Owns the index of words and the pass; knows nothing of what the words mean.
 */

/** Classes of characters, 5 bits each: letters 1-26 whatever their case, digits 27, `_` 28, `-` 29, `.` 30, other ASCII marks 31. */
const CLASS_OF = /* @__PURE__ */ (() => {
  const table = new Uint8Array(128);
  for (let code = 33; code < 127; code += 1) table[code] = 31;
  for (let letter = 0; letter < 26; letter += 1) {
    table[65 + letter] = letter + 1;
    table[97 + letter] = letter + 1;
  }
  for (let digit = 48; digit < 58; digit += 1) table[digit] = 27;
  table[95] = 28;
  table[45] = 29;
  table[46] = 30;
  return table;
})();

/** Characters of base64, base64url and hex runs. */
const IN_RUN = /* @__PURE__ */ (() => {
  const table = new Uint8Array(128);
  for (let code = 48; code < 123; code += 1) if (/[A-Za-z0-9]/.test(String.fromCharCode(code))) table[code] = 1;
  for (const mark of '+/-_') table[mark.charCodeAt(0)] = 1;
  return table;
})();

const WINDOW = 0xfffff;

interface Entry<T> {
  /** Lower case. */
  readonly word: string;
  readonly values: T[];
}

export interface AnchorIndex<T> {
  /** One bit for each possible class sequence of four characters. */
  readonly bits: Uint8Array;
  readonly buckets: ReadonlyMap<number, readonly Entry<T>[]>;
}

/** Builds the index. Words have at least three characters; one word may stand for several values. */
export function buildAnchors<T>(words: Iterable<readonly [word: string, value: T]>): AnchorIndex<T> {
  const bits = new Uint8Array(1 << 17);
  const buckets = new Map<number, Entry<T>[]>();
  const entries = new Map<string, Entry<T>>();
  for (const [text, value] of words) {
    const word = text.toLowerCase();
    const known = entries.get(word);
    if (known !== undefined) {
      known.values.push(value);
      continue;
    }
    if (word.length < 3) throw new Error(`anchor "${word}" is too short`);
    const entry: Entry<T> = { word, values: [value] };
    entries.set(word, entry);
    for (const key of keysOf(word)) {
      bits[key >>> 3] = (bits[key >>> 3] ?? 0) | (1 << (key & 7));
      const bucket = buckets.get(key);
      if (bucket === undefined) buckets.set(key, [entry]);
      else bucket.push(entry);
    }
  }
  return { bits, buckets };
}

/** The class sequence of the first four characters; a word of three leaves the fourth open. */
function keysOf(word: string): readonly number[] {
  let key = 0;
  for (let at = 0; at < Math.min(4, word.length); at += 1) key = (key << 5) | (CLASS_OF[word.charCodeAt(at)] ?? 0);
  if (word.length > 3) return [key & WINDOW];
  return Array.from({ length: 32 }, (_, last) => ((key << 5) | last) & WINDOW);
}

/**
 * Calls `onWord` for every word of the index in `text[from, to)`, and `onRun` for every run of at least `runLength` base64 characters
 * that ends there. Words may reach beyond `to`. A caller that works in slices starts the next one three characters early.
 */
export function eachAnchor<T>(
  index: AnchorIndex<T>,
  text: string,
  from: number,
  to: number,
  onWord: (values: readonly T[], start: number, end: number) => void,
  runLength: number,
  onRun: (start: number, end: number) => void,
): void {
  const { bits, buckets } = index;
  let key = 0;
  let runStart = from;
  for (let at = from; at < to; at += 1) {
    const code = text.charCodeAt(at);
    const ascii = code < 128;
    key = ((key << 5) | (ascii ? (CLASS_OF[code] as number) : 0)) & WINDOW;
    if (((bits[key >>> 3] as number) >> (key & 7)) & 1 && at - from >= 3) {
      const bucket = buckets.get(key);
      if (bucket !== undefined) matchWords(bucket, text, at - 3, onWord);
    }
    if (!ascii || IN_RUN[code] === 0) {
      if (at - runStart >= runLength) onRun(runStart, at);
      runStart = at + 1;
    }
  }
  if (to - runStart >= runLength) onRun(runStart, to);
}

function matchWords<T>(
  bucket: readonly Entry<T>[],
  text: string,
  start: number,
  onWord: (values: readonly T[], start: number, end: number) => void,
): void {
  for (const entry of bucket) {
    const { word } = entry;
    let at = 0;
    while (at < word.length && lowerCode(text.charCodeAt(start + at)) === word.charCodeAt(at)) at += 1;
    if (at === word.length) onWord(entry.values, start, start + word.length);
  }
}

function lowerCode(code: number): number {
  return code >= 65 && code <= 90 ? code | 32 : code;
}
