/** Takes refspecs apart. Knows neither remotes nor commands. */

import type { Word } from '../../types/text.ts';
import { partOf } from '../options.ts';

/** `+src:dst` and its shorter forms. */
export interface Refspec {
  readonly force: boolean;
  /** `^pattern`: leaves refs out. */
  readonly isNegative: boolean;
  /** True when a colon is written. */
  readonly hasColon: boolean;
  /** Undefined when nothing stands before the colon. */
  readonly src: Word | undefined;
  /** Undefined when nothing stands after the colon, or there is none. */
  readonly dst: Word | undefined;
}

/** Splits a word at the first or last character; undefined when the known parts of it have none. */
export function splitWord(
  word: Word,
  at: string,
  which: 'first' | 'last',
): readonly [Word, Word] | undefined {
  const pieces = word.text === undefined ? (word.pieces ?? [null]) : [word.text];
  const find = (piece: string | null) =>
    piece === null ? -1 : which === 'first' ? piece.indexOf(at) : piece.lastIndexOf(at);
  const index =
    which === 'first' ? pieces.findIndex((p) => find(p) >= 0) : pieces.findLastIndex((p) => find(p) >= 0);
  const piece = pieces[index];
  if (typeof piece !== 'string') return undefined;
  const cut = find(piece);
  return [
    wordOf([...pieces.slice(0, index), piece.slice(0, cut)], word),
    wordOf([piece.slice(cut + 1), ...pieces.slice(index + 1)], word),
  ];
}

function wordOf(pieces: readonly (string | null)[], like: Word): Word {
  const kept = pieces.filter((piece) => piece !== '');
  const base = { glob: like.glob, span: like.span };
  if (!kept.includes(null)) return { ...base, text: kept.join('') };
  return { ...base, text: undefined, pieces: kept };
}

/** `heads/x` and `tags/x` as the full names that git takes them for. */
export function fullRef(ref: Word): Word {
  return ref.text !== undefined && /^(heads|tags)\/./.test(ref.text)
    ? { ...ref, text: `refs/${ref.text}` }
    : ref;
}

/** Takes one refspec apart. An unknown word without a known colon is its source. */
export function parseRefspec(word: Word): Refspec {
  const start = word.text ?? (typeof word.pieces?.[0] === 'string' ? word.pieces[0] : '');
  const force = start.startsWith('+');
  const isNegative = start.startsWith('^');
  const body = force || isNegative ? partOf(word, 1) : word;
  const sides = splitWord(body, ':', 'last');
  if (!sides) return { force, isNegative, hasColon: false, src: body, dst: undefined };
  const [src, dst] = sides;
  return {
    force,
    isNegative,
    hasColon: true,
    src: src.text === '' ? undefined : src,
    dst: dst.text === '' ? undefined : fullRef(dst),
  };
}

/** Which refs a pattern on the receiving side stands for, when it stands for all of a kind. */
export function allRefsOf(dst: Word): 'branches' | 'tags' | 'mirror' | undefined {
  switch (dst.text) {
    case 'refs/heads/*':
      return 'branches';
    case 'refs/tags/*':
      return 'tags';
    case 'refs/*':
      return 'mirror';
    default:
      return undefined;
  }
}
