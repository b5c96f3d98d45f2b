/** What the parts of this guard share: its rules and its words. */

import type { ProtectedBranches } from '../../kit/branches.ts';
import { printWord } from '../../kit/words.ts';
import type { Word } from '../../types/text.ts';

/** The options of the guard, with what the host adds to them. */
export interface Rules {
  readonly branches: ProtectedBranches;
  /** Strictness of force pushes: `any`, `lease` or `never`. */
  readonly force: string;
  readonly local: boolean;
}

/** The usual way to a protected branch. */
export const OPEN_A_REQUEST =
  'create a branch with `git switch -c fix/topic`, push it with `git push -u origin fix/topic` and open a pull request';

/** A branch as a message names it. */
export function printBranch(word: Word): string {
  return printWord(word).replace(/^\+?(?:refs\/heads\/|heads\/(?=.))/, '');
}
