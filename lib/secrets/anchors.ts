/**
 * Finds, in one pass over a text, every place where one of many words stands, whatever its case.
 * Owns the index of words and the pass; knows nothing of what the words mean.
 */

const CLASS = 31;
const IN_RUN = 32;

/**
 * Classes of characters, 5 bits each: letters 1-26 whatever their case, digits 27, `_` 28, `-` 29, `.` 30, other ASCII marks 31.
 * Characters of base64, base64url and hex runs have IN_RUN besides, so that the pass looks up one table only.
 */
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
  for (let code = 33; code < 127; code += 1)
    if (/[A-Za-z0-9+/_-]/.test(String.fromCharCode(code))) table[code] = (table[code] as number) | IN_RUN;
  return table;
})();

const WINDOW = 0xfffff;
/** Where the keys of words of three characters begin. */
const SHORT = WINDOW + 1;

/** A word to look for, with what is to be done where it stands. */
export interface Anchor<M> {
  /** Lower case. */
  readonly word: string;
  /** How to judge the place. */
  readonly match: M;
  /** What `match` needs to know; whoever adds an anchor gives both. */
  readonly data: unknown;
  /** The next anchor whose word begins with the same classes. */
  readonly next: Anchor<M> | undefined;
}

export interface AnchorIndex<M> {
  /** One bit for each possible class sequence of four characters. */
  readonly bits: Uint8Array;
  /** First anchor by the classes of the first four characters; for words of three, of the three, beyond the last of the four. */
  readonly chains: Map<number, Anchor<M>>;
}

/** An index without words. */
export function makeAnchorIndex<M>(): AnchorIndex<M> {
  return { bits: new Uint8Array(1 << 17), chains: new Map() };
}

/** Adds a word of at least three characters; the same word may be added again for other matches. */
export function addAnchor<M>({ bits, chains }: AnchorIndex<M>, text: string, match: M, data: unknown): void {
  const word = text.toLowerCase();
  if (word.length < 3) throw new Error(`anchor "${word}" is too short`);
  const isShort = word.length === 3;
  let key = 0;
  for (let at = 0; at < (isShort ? 3 : 4); at += 1)
    key = (key << 5) | ((CLASS_OF[word.charCodeAt(at)] ?? 0) & CLASS);
  // The fourth character of a short word is open: that is four bytes of bits in a row.
  if (isShort) bits.fill(0xff, key << 2, (key << 2) + 4);
  else bits[key >>> 3] = (bits[key >>> 3] as number) | (1 << (key & 7));
  const place = isShort ? SHORT + key : key;
  chains.set(place, { word, match, data, next: chains.get(place) });
}

/**
 * Calls `onWord` for every word of the index in `text[from, to)`, and `onRun` for every run of at least `runLength` base64 characters
 * that ends there. Words may reach beyond `to`. A caller that works in slices starts the next one three characters early.
 */
export function eachAnchor<M>(
  index: AnchorIndex<M>,
  text: string,
  from: number,
  to: number,
  onWord: (anchor: Anchor<M>, start: number) => void,
  runLength: number,
  onRun: (start: number, end: number) => void,
): void {
  const { bits, chains } = index;
  let key = 0;
  let runStart = from;
  for (let at = from; at < to; at += 1) {
    const code = text.charCodeAt(at);
    const entry = code < 128 ? (CLASS_OF[code] as number) : 0;
    key = ((key << 5) | (entry & CLASS)) & WINDOW;
    if (((bits[key >>> 3] as number) >> (key & 7)) & 1 && at - from >= 3) {
      followChain(chains.get(key), text, at - 3, onWord);
      followChain(chains.get(SHORT + (key >>> 5)), text, at - 3, onWord);
    }
    if (entry < IN_RUN) {
      if (at - runStart >= runLength) onRun(runStart, at);
      runStart = at + 1;
    }
  }
  if (to - runStart >= runLength) onRun(runStart, to);
}

function followChain<M>(
  first: Anchor<M> | undefined,
  text: string,
  start: number,
  onWord: (anchor: Anchor<M>, start: number) => void,
): void {
  for (let anchor = first; anchor !== undefined; anchor = anchor.next) {
    const { word } = anchor;
    let at = 0;
    while (at < word.length && lowerCode(text.charCodeAt(start + at)) === word.charCodeAt(at)) at += 1;
    if (at === word.length) onWord(anchor, start);
  }
}

function lowerCode(code: number): number {
  return code >= 65 && code <= 90 ? code | 32 : code;
}
