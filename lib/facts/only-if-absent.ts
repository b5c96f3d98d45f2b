/** Programs that a test in front of them lets run only where a file is not there: `[ -f .env ] || cp .env.example .env`. */

import type { Effect } from '../types/effect.ts';

/** Characters in front of a program in which the test is looked for. */
const LONGEST_TEST = 256;
const TEST =
  /(?:^|[;&|\n({]|\b(?:if|then|do|else))\s*(?:\[{1,2}|test)\s+(!\s+)?-[efs]\s+(["']?)([\w./~-]{1,200})\2\s*(?:\]{1,2}\s*)?(\|\||&&|;?\s*then)\s*$/;

/**
 * The file, as written, that a program at a place of the text is only run without; undefined when no test stands in front of it.
 *
 * @param start where the program starts in the text
 */
export function findAbsent(text: string, start: number): string | undefined {
  const before = text.slice(Math.max(0, start - LONGEST_TEST), start);
  if (!/(?:\|\||&&|then)\s*$/.test(before)) return undefined;
  const found = TEST.exec(before);
  if (found === null || isComment(before, found.index + 1)) return undefined;
  const [, negated, , path, join] = found;
  return (join === '||') === (negated === undefined) ? path : undefined;
}

/** True when a `#` stands before a place on its line: the shell may not read it. */
function isComment(text: string, at: number): boolean {
  return text.slice(text.lastIndexOf('\n', at - 1) + 1, at).includes('#');
}

/** The effect as it is when its file is not there before: nothing is written over. */
export function asCreation(effect: Effect, absent: string | undefined): Effect {
  if (absent === undefined || effect.kind !== 'file' || effect.path.text !== absent || effect.recursive)
    return effect;
  if (effect.op !== 'write' && effect.op !== 'append') return effect;
  const { clobbers: _, ...rest } = effect;
  return { ...rest, op: 'create' };
}
