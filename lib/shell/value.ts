/** Abstract strings: text with holes where only running would tell. Owns their algebra; knows no shell syntax. */

import type { Span, Word } from '../types/text.ts';

/** A stretch of text that is not known before it runs; `remote` when it comes from the network. */
export interface Hole {
  readonly remote: boolean;
  /** The environment variable that it is the value of. */
  readonly name?: string;
}

export const UNKNOWN: Hole = { remote: false };
export const REMOTE: Hole = { remote: true };

/** Text with holes. Adjacent strings are merged and empty strings left out, so `[]` is the empty text. */
export type Text = readonly (string | Hole)[];

/** What a text may be, one of these; never empty. */
export type Options = readonly Text[];

export const EMPTY: Text = [];
export const NO_OUTPUT: Options = [EMPTY];
export const ANYTHING: Options = [[UNKNOWN]];
export const ANYTHING_REMOTE: Options = [[REMOTE]];

/** Alternatives that are kept apart; more become one unknown. */
const MAX_OPTIONS = 24;

/** The text of a plain string. */
export function textOf(value: string): Text {
  return value === '' ? EMPTY : [value];
}

/** Longest text that is built; `x=$x$x` in a row would fill the memory. */
const MAX_LENGTH = 256 * 1024;

/** Joins texts, merging what is adjacent. */
export function concat(...texts: readonly Text[]): Text {
  const out: (string | Hole)[] = [];
  let length = 0;
  for (const text of texts) for (const piece of text) length += typeof piece === 'string' ? piece.length : 1;
  if (length > MAX_LENGTH) return texts.some(isRemote) ? [REMOTE] : [UNKNOWN];
  for (const text of texts) {
    for (const piece of text) {
      const last = out.at(-1);
      if (typeof piece === 'string' && typeof last === 'string') out[out.length - 1] = last + piece;
      else if (
        typeof piece === 'string' ||
        typeof last === 'string' ||
        last === undefined ||
        last.remote !== piece.remote ||
        last.name !== piece.name
      )
        out.push(piece);
    }
  }
  return out;
}

/** The string a text is, or undefined when it has a hole. */
export function knownText(text: Text): string | undefined {
  if (text.length === 0) return '';
  return text.length === 1 && typeof text[0] === 'string' ? text[0] : undefined;
}

/** The string when it is the only option. */
export function onlyText(options: Options): string | undefined {
  return options.length === 1 ? knownText(options[0] as Text) : undefined;
}

/** True when part of it would come from the network. */
export function isRemote(text: Text): boolean {
  return text.some((piece) => typeof piece !== 'string' && piece.remote);
}

/** The text with its holes taken as empty, which is what unset variables are. */
export function withoutHoles(text: Text): string {
  return text.filter((piece) => typeof piece === 'string').join('');
}

/** All of both, without repeats; one unknown when that is too many. */
export function joinOptions(...all: readonly Options[]): Options {
  const seen = new Map<string, Text>();
  for (const options of all) for (const text of options) seen.set(JSON.stringify(text), text);
  if (seen.size > MAX_OPTIONS) return [...seen.values()].some(isRemote) ? ANYTHING_REMOTE : ANYTHING;
  return [...seen.values()];
}

/** Every text of the first followed by every text of the second. */
export function concatOptions(first: Options, second: Options): Options {
  if (first.length * second.length > MAX_OPTIONS)
    return [...first, ...second].some(isRemote) ? ANYTHING_REMOTE : ANYTHING;
  return joinOptions(first.flatMap((a) => second.map((b) => concat(a, b))));
}

/** The word that carries a text. */
export function toWord(text: Text, span: Span, glob = false): Word {
  const known = knownText(text);
  if (known !== undefined) return { text: known, glob, span };
  const names = text.flatMap((piece) =>
    typeof piece === 'string' || piece.name === undefined ? [] : [piece.name],
  );
  return {
    text: undefined,
    pieces: text.map((piece) => (typeof piece === 'string' ? piece : null)),
    glob,
    span,
    ...(isRemote(text) ? { remote: true } : {}),
    ...(names.length === 0 ? {} : { variables: [...new Set(names)] }),
  };
}

/** The text that a word carries. */
export function fromWord(word: Word): Text {
  if (word.text !== undefined) return textOf(word.text);
  return (word.pieces ?? [null]).map((piece) => piece ?? (word.remote ? REMOTE : UNKNOWN));
}
