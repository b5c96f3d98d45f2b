/** What the parts of this guard share: its rules and its words. */

import { findMeant, type ProtectedBranches } from '../../kit/branches.ts';
import { isBlank, printWord } from '../../kit/words.ts';
import type { GitEffect } from '../../types/effect.ts';
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

/** What is not known about a branch, and why that matters: «a branch that shows only when it runs: it may be main, which is protected». */
export function describeUnsure(word: Word, branches: ProtectedBranches): string {
  const name = isBlank(word) ? 'a branch that shows only when it runs' : `the branch ${printBranch(word)}`;
  const meant = findMeant(word, branches);
  if (meant === undefined) return name;
  return `${name}: it may be ${meant.includes('*') ? `one of ${meant}, which are` : `${meant}, which is`} protected`;
}

/** Says it of a branch that is only one of those that may be checked out. */
export function whereInDoubt({ mayDiffer }: GitEffect): string {
  return mayDiffer ? ', which may be checked out at that point' : '';
}
