/** Ref names as guards need them: which branch a ref means, and whether it is one of a set. Knows no remote. */

import type { GlobSet } from '../types/policy.ts';
import type { Word } from '../types/text.ts';
import { hasWildcard, patternsMeet } from './patterns.ts';
import { findText, patternOf } from './words.ts';

/** A set of branches that a policy protects: globs of the policy and default branches of remotes. */
export interface ProtectedBranches {
  readonly globs: GlobSet;
  readonly names: readonly string[];
}

/** Whether a ref is protected; `unknown` when only running it would tell. */
export type Protection = 'yes' | 'no' | 'unknown';

/** The short name of the branch that a ref means, or undefined when it is no branch (a tag, a note, a review ref). */
export function branchOf(ref: string): string | undefined {
  const bare = ref.replace(/^\+/, '');
  if (bare.startsWith('refs/heads/')) return bare.slice('refs/heads/'.length);
  if (bare.startsWith('heads/')) return bare.slice('heads/'.length);
  if (bare.startsWith('refs/') || bare.startsWith('tags/')) return undefined;
  return bare === '' ? undefined : bare;
}

/** Whether a ref of which perhaps only a part is known can be a protected branch. */
export function protectionOf(ref: Word, branches: ProtectedBranches): Protection {
  const text = findText(ref);
  if (text !== undefined && !hasWildcard(text)) return isProtected(branchOf(text), branches) ? 'yes' : 'no';
  if (findMeant(ref, branches) === undefined) return 'no';
  return ref.text === undefined ? 'unknown' : 'yes';
}

/** The protected branch, or glob for several, that a ref of which only a part is known may mean; a remote's default branch first. */
export function findMeant(ref: Word, branches: ProtectedBranches): string | undefined {
  // A refspec's `*` takes slashes too.
  const pattern = ref.text?.replace(/\*/g, '**') ?? patternOf(ref);
  // An unknown start could become any ref, so the known rest is compared with the full name too.
  const short = branchOf(pattern);
  return [...branches.names, ...branches.globs.patterns].find(
    (name) =>
      (short !== undefined && patternsMeet(short, name)) || patternsMeet(pattern, `refs/heads/${name}`),
  );
}

/** True for a branch, by short name, that is in the set. */
export function isProtected(branch: string | undefined, branches: ProtectedBranches): boolean {
  if (branch === undefined) return false;
  return branches.names.includes(branch) || branches.globs.match(branch) !== undefined;
}
