/** What `echo` and `printf` print, as far as their arguments are known. */

import type { Word } from '../types/text.ts';
import { concat, fromWord, type Text, textOf, UNKNOWN } from './value.ts';

/** Output of `echo`, final newline included. */
export function echoOutput(args: readonly Word[]): Text {
  let rest = args;
  let newline = true;
  let escapes = false;
  while (rest[0]?.text !== undefined && /^-[neE]+$/.test(rest[0].text)) {
    if (rest[0].text.includes('n')) newline = false;
    if (rest[0].text.includes('e')) escapes = true;
    rest = rest.slice(1);
  }
  const body = concat(...rest.map((word, i) => (i === 0 ? fromWord(word) : concat([' '], fromWord(word)))));
  const text = escapes
    ? body.map((piece) => (typeof piece === 'string' ? decodeEscapes(piece) : piece))
    : body;
  return concat(text, textOf(newline ? '\n' : ''));
}

/** Most words that a format is repeated over. */
const MAX_ROUNDS = 256;

/** Output of `printf FORMAT ARGS…` (options already removed). */
export function printfOutput(words: readonly Word[]): Text {
  const format = words[0]?.text;
  if (format === undefined) return [UNKNOWN];
  let args = words.slice(1);
  let out: Text = [];
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const before = args.length;
    const once = formatOnce(format, args);
    out = concat(out, once.text);
    args = once.rest;
    if (args.length === 0 || args.length === before) break;
  }
  return out;
}

const DIRECTIVE = /%(?:%|[-+ 0#]{0,8}\d{0,6}(?:\.\d{0,6})?([a-zA-Z]))|\\[\s\S]/g;

function formatOnce(format: string, args: readonly Word[]): { text: Text; rest: Word[] } {
  const pieces: Text[] = [];
  let used = 0;
  let last = 0;
  for (const match of format.matchAll(DIRECTIVE)) {
    if (match.index < last) continue;
    pieces.push(textOf(format.slice(last, match.index)));
    last = match.index + match[0].length;
    if (match[0].startsWith('\\')) {
      const decoded = readEscape(format, match.index);
      pieces.push(textOf(decoded.text));
      last = decoded.end;
    } else if (match[0] === '%%') pieces.push(textOf('%'));
    else pieces.push(directive(match[1] as string, match[0], args[used++]));
  }
  pieces.push(textOf(format.slice(last)));
  return { text: concat(...pieces), rest: args.slice(used) };
}

function directive(letter: string, whole: string, word: Word | undefined): Text {
  if (word === undefined) return textOf('diouxX'.includes(letter) ? '0' : '');
  if (letter === 'b' && word.text !== undefined) return textOf(decodeEscapes(word.text));
  if (letter === 'c') return textOf(word.text?.slice(0, 1) ?? '');
  if (letter === 's' || letter === 'q' || letter === 'b') {
    const limit = /\.(\d+)/.exec(whole)?.[1];
    return limit !== undefined && word.text !== undefined
      ? textOf(word.text.slice(0, Number(limit)))
      : fromWord(word);
  }
  if ('di'.includes(letter) && word.text !== undefined && /^-?\d+$/.test(word.text)) return textOf(word.text);
  if ('xX'.includes(letter) && word.text !== undefined && /^\d{1,9}$/.test(word.text))
    return textOf(Number(word.text).toString(16));
  return [UNKNOWN];
}

/** Backslash escapes as `echo -e`, `printf` and `$'…'` read them. */
export function decodeEscapes(text: string): string {
  let out = '';
  for (let i = 0; i < text.length; ) {
    if (text[i] !== '\\') {
      out += text[i++];
      continue;
    }
    const decoded = readEscape(text, i);
    out += decoded.text;
    i = decoded.end;
  }
  return out;
}

const SIMPLE: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  e: '\x1b',
  E: '\x1b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
  "'": "'",
  '"': '"',
};

function readEscape(text: string, at: number): { text: string; end: number } {
  const numeric = /^\\(?:x([0-9a-fA-F]{1,2})|u([0-9a-fA-F]{1,4})|U([0-9a-fA-F]{1,8})|0?([0-7]{1,3}))/.exec(
    text.slice(at, at + 12),
  );
  if (numeric !== null) {
    const code =
      numeric[4] !== undefined
        ? Number.parseInt(numeric[4], 8)
        : Number.parseInt((numeric[1] ?? numeric[2] ?? numeric[3]) as string, 16);
    return { text: code <= 0x10ffff ? String.fromCodePoint(code) : '', end: at + numeric[0].length };
  }
  const next = text[at + 1];
  if (next === undefined) return { text: '\\', end: at + 1 };
  return { text: SIMPLE[next] ?? `\\${next}`, end: at + 2 };
}
