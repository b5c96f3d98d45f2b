/** Shortens what a policy says to what fits into a line for the model. Decides nothing. */

import type { GlobSet } from '../types/policy.ts';
import { printText } from './words.ts';

/** `a, b and 3 more`: the first entries of a list. */
export function listSome(entries: readonly string[], most: number): string {
  const shown = entries.slice(0, most).map(printText);
  const rest = entries.length - shown.length;
  if (rest > 0) return `${shown.join(', ')} and ${rest} more`;
  return joinLast(shown);
}

/** `a`, `a and b`, `a, b and c`. */
export function joinLast(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

/** The entries of a glob list as people write them, without those that take something out of it: `**\/auth/**` is `auth/`. */
export function plainGlobs({ patterns }: GlobSet): readonly string[] {
  const names = patterns
    .filter((pattern) => !pattern.startsWith('!'))
    .map((pattern) =>
      /^[*/]+$/.test(pattern) ? pattern : pattern.replace(/^\*\*\//, '').replace(/\*\*$/, ''),
    );
  return [...new Set(names)];
}
