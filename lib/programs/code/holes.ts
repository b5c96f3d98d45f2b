/** Stretches of code that only the shell knows: a name stands in their place. */

import { type Text, textOf, UNKNOWN } from './value.ts';

/** Stands in a code text for what is not known before the shell runs: `"open('$f')"`. */
export const HOLE = 'CODEX_GUARD_HOLE';

/** A literal's content, its holes unknown. */
export function withHoles(content: string): Text {
  if (!content.includes(HOLE)) return textOf([content]);
  return textOf(content.split(HOLE).flatMap((part, at) => (at === 0 ? [part] : [UNKNOWN, part])));
}
