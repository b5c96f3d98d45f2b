/** What programs with commands of their own (`docker run`, `npm install`) share: finding the command, putting words into shell text. Knows no program. */

import type { DataEffect, SecretEffect } from '../types/effect.ts';
import type { Word } from '../types/text.ts';
import { readOptions } from './coreutils/spec.ts';
import type { ParsedArgs } from './options.ts';

export interface Verb {
  /** Its text; '' when there is none or it is unknown. */
  readonly name: string;
  readonly word: Word | undefined;
  /** Options in front of it. */
  readonly before: ParsedArgs;
  /** Words after it. */
  readonly rest: readonly Word[];
}

/**
 * Finds the first operand of a program.
 *
 * @param spec options that may stand in front of it, as readOptions takes them
 */
export function findVerb(
  args: readonly Word[],
  spec: string,
  more: { readonly singleDash?: boolean } = {},
): Verb {
  const before = readOptions(args, spec, { ...more, stopAtOperand: true });
  const [word, ...rest] = before.operands;
  return { name: word?.text ?? '', word, before, rest };
}

/** Names of a list written with blanks between them. */
export function namesOf(list: string): readonly string[] {
  return list.split(' ');
}

/** A table from lists of names to one value each, by name. */
export function byNames<T>(table: Readonly<Record<string, T>>): ReadonlyMap<string, T> {
  return new Map(
    Object.entries(table).flatMap(([names, value]) => namesOf(names).map((name) => [name, value] as const)),
  );
}

/** Shell text followed by words, each quoted so that it stays one word. */
export function appendWords(code: Word, words: readonly Word[]): Word {
  const pieces: (string | null)[] = [...(code.text !== undefined ? [code.text] : (code.pieces ?? [null]))];
  for (const word of words) {
    pieces.push(' ');
    if (word.text !== undefined) pieces.push(word.glob ? word.text : quote(word.text));
    else pieces.push(...(word.pieces ?? [null]).map((piece) => (piece === null ? null : quote(piece))));
  }
  if (pieces.includes(null)) return { text: undefined, pieces, glob: false, span: code.span };
  return { text: pieces.join(''), glob: false, span: code.span };
}

/** A word as a POSIX shell reads it back. */
export function quote(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/** Words joined by blanks into one text, nothing quoted: what programs do that hand their operands to a shell. */
export function joinBlank(words: readonly Word[], near: Word): Word {
  const pieces = words.flatMap((word, i) => [
    ...(i === 0 ? [] : [' ']),
    ...(word.text !== undefined ? [word.text] : (word.pieces ?? [null])),
  ]);
  const span = words[0]?.span ?? near.span;
  if (pieces.includes(null)) return { text: undefined, pieces, glob: false, span };
  return { text: pieces.join(''), glob: false, span };
}

/** A change of what a system keeps. */
export function data(
  near: Word,
  system: string,
  op: string,
  destructive: boolean,
  target?: Word,
): DataEffect {
  return { kind: 'data', system, op, destructive, span: near.span, ...(target ? { target } : {}) };
}

/** Credentials that a program hands out, keeps or forgets. */
export function secret(
  near: Word,
  store: string,
  op: SecretEffect['op'] = 'read',
  target?: Word,
): SecretEffect {
  return { kind: 'secret', store, op, span: near.span, ...(target ? { target } : {}) };
}
