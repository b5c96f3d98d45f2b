/** Filters that leave the names of `NAME=value` lines and no value: through one of them an environment or an `.env` file may be looked at. */

import type { FileEffect } from '../../types/effect.ts';
import type { Word } from '../../types/text.ts';
import type { Call } from '../page.ts';
import { readsOf } from './paths.ts';

const GREP =
  /^(?=.*-[EhnN]*o)(?:-[EohnN]+ |--only-matching )+\^(?:\[(?:A-Z|a-z|0-9|\w)+\]){1,2}(?:\\?\+|\*)=?$/;

/** What the words of such a filter, files left out and joined by blanks, look like. */
const NAMES_ONLY: Readonly<Record<string, RegExp>> = {
  wc: /^(?:-[lcmw]+ ?|--(?:lines|bytes|chars|words) ?)*$/,
  cut: /^(?:-d ?= -f ?1|-f ?1 -d ?=)$/,
  sed: /^(?:-E |-r )?(?:-e )?s([/|#])=\.[*+]\$?\1[^&\\/|#]*\1g?$/,
  awk: /^-F ?= (?:!?\/[^/]*\/ ?|NF ?)?\{ ?print ?\$1 ?;? ?\}$/,
  grep: GREP,
  egrep: GREP,
  rg: GREP,
};

/**
 * True when a filter prints no more than the names (or how many) of the lines `NAME=value` it gets.
 *
 * @param program base name
 * @param words its arguments, files left out
 */
export function leavesNames(program: string, words: readonly string[]): boolean {
  return Object.hasOwn(NAMES_ONLY, program) && (NAMES_ONLY[program] as RegExp).test(words.join(' '));
}

/** True for a file of lines `NAME=value` as programs read their environment from: `.env`, `.env.local`, `prod.env`. */
export function isDotenv(path: Word): boolean {
  return (
    path.text !== undefined && !path.glob && /(?:^|\/)(?:\.env(?:\.[\w.-]+)?|[\w.-]+\.env)$/.test(path.text)
  );
}

/** Effects of a filter's reading files: of an `.env` file only the names may show. */
export function filteredReads(
  call: Call,
  files: readonly Word[],
  more: Partial<FileEffect> = {},
): FileEffect[] {
  const reads = readsOf(files, more);
  const words = call.args.filter((word) => !files.includes(word)).map((word) => word.text);
  const known = words.filter((text) => text !== undefined);
  if (known.length < words.length || !leavesNames(call.name, known)) return reads;
  return reads.map((effect) => (isDotenv(effect.path) ? { ...effect, op: 'list' } : effect));
}
