/** Words of which only some are known: names of commands, options, guards, formats. Says what was probably meant. */

import { type AnyGuard, findNearest, guards, UsageError } from '../lib/api.ts';

/**
 * The word, which is one of those that are known.
 *
 * @param what it is called: `command`, `scope`
 * @param hint how to find out which there are; by default they are named
 * @throws UsageError when it is none of them
 */
export function chooseWord<T extends string>(
  what: string,
  word: string,
  known: readonly T[],
  hint = `it is one of ${known.join(', ')}`,
): T {
  const found = known.find((each) => each === word);
  if (found !== undefined) return found;
  const near = findNearest(word, known);
  throw new UsageError(
    `there is no ${what} '${word}'`,
    near === undefined ? hint : `did you mean '${near}'?`,
  );
}

/** The guard of an id. Throws UsageError when there is none. */
export function chooseGuard(id: string): AnyGuard {
  const ids = guards.map((guard) => guard.id);
  const known = chooseWord('guard', id, ids, 'codex-guard guards lists them');
  return guards.find((guard) => guard.id === known) as AnyGuard;
}
