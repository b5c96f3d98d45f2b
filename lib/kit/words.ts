/** What a guard may say about a word, and what an unknown word could still be. Decides nothing. */

import type { Word } from '../types/text.ts';

const LONGEST_SHOWN = 80;

/**
 * A word as it can stand in a message: unknown stretches as `…`, control characters as `?`, at most 80 characters.
 */
export function printWord(word: Word): string {
  return printText(word.text ?? (word.pieces ?? [null]).map((piece) => piece ?? '…').join(''));
}

/** Text as it can stand in a message: one line of at most 80 characters. */
export function printText(text: string): string {
  const line = text.slice(0, 4 * LONGEST_SHOWN).replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '?');
  if (line === '') return '(empty)';
  return line.length > LONGEST_SHOWN ? `${line.slice(0, 40)}…${line.slice(-(LONGEST_SHOWN - 41))}` : line;
}

/** The text of a word that is known and stands for itself, not for what it matches. */
export function findText(word: Word | undefined): string | undefined {
  return word === undefined || word.glob ? undefined : word.text;
}

/** True when nothing at all is known of a word. */
export function isBlank(word: Word | undefined): boolean {
  return word !== undefined && word.text === undefined && !word.pieces?.some((piece) => piece !== null);
}

/** A pattern that covers every value a word can take: unknown stretches become `**`. */
export function patternOf(word: Word): string {
  if (word.text !== undefined) return word.glob ? word.text : escapePattern(word.text);
  return (word.pieces ?? [null]).map((piece) => (piece === null ? '**' : escapePattern(piece))).join('');
}

/** Text as a pattern that matches only itself. */
export function escapePattern(text: string): string {
  return text.replace(/[\\*?[\]{}]/g, '\\$&');
}

/** The text that is known at the start of a word; `''` when not even that. */
export function knownHead(word: Word): string {
  return word.text ?? word.pieces?.[0] ?? '';
}

/** The text that is known at the end of a word; `''` when not even that. */
export function knownTail(word: Word): string {
  return word.text ?? word.pieces?.at(-1) ?? '';
}
