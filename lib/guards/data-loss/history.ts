/** Judges what git throws away: uncommitted work, stashes, and the records that would bring commits back. */

import { draft } from '../../kit/draft.ts';
import { printWord } from '../../kit/words.ts';
import type { GitEffect, GitOp } from '../../types/effect.ts';
import type { FindingDraft } from '../../types/verdict.ts';

interface Loss {
  /** True when the operation loses something whenever it runs; else only with `lossy`. */
  readonly always?: boolean;
  readonly message: string;
  readonly remedy: string;
}

const STASH_FIRST = 'keep the work first with `git stash push -u`, or commit it';
const LEAVE_HISTORY = 'leave the history as it is and ask a person';

const LOSSES: Partial<Record<GitOp, Loss>> = {
  reset: { message: 'this throws away all uncommitted changes', remedy: STASH_FIRST },
  clean: {
    message: 'this deletes untracked files, which git cannot bring back',
    remedy: 'list them with `git clean -n` and delete by name what you made yourself',
  },
  restore: { message: 'this throws away uncommitted changes', remedy: STASH_FIRST },
  checkout: { message: 'this throws away uncommitted changes', remedy: STASH_FIRST },
  switch: { message: 'this switches branches and throws away uncommitted changes', remedy: STASH_FIRST },
  'stash-drop': {
    always: true,
    message: 'this deletes stashed work',
    remedy: 'leave the stash where it is; `git stash list` shows it',
  },
  'reflog-expire': {
    always: true,
    message: 'this deletes the record that brings lost commits back',
    remedy: LEAVE_HISTORY,
  },
  gc: { message: 'this deletes the commits that only the reflog still holds', remedy: 'run plain `git gc`' },
  'filter-history': { always: true, message: 'this rewrites the whole history', remedy: LEAVE_HISTORY },
  'update-ref': { message: 'this deletes a ref', remedy: LEAVE_HISTORY },
  worktree: {
    message: 'this removes a worktree with the uncommitted changes in it',
    remedy: 'commit or stash there first, then remove it without force',
  },
  rm: {
    message: 'this deletes files with changes that are not committed',
    remedy: 'use `git rm` without force, after a commit',
  },
  push: { message: 'this deletes branches on the remote', remedy: LEAVE_HISTORY },
};

const OTHER_LOSS: Loss = { message: 'this throws away work that git cannot bring back', remedy: STASH_FIRST };

/** Findings about one git effect; deleting a branch only warns, since agents tidy up after themselves. */
export function judgeHistory(effect: GitEffect): readonly FindingDraft[] {
  if (effect.op === 'branch-delete') return judgeBranchDelete(effect);
  const deletes = effect.refs?.some((ref) => ref.delete) === true;
  const loss = LOSSES[effect.op];
  const isLoss = effect.lossy || loss?.always || (effect.op === 'update-ref' && deletes);
  if (!isLoss) return effect.op === 'push' && deletes ? judgeRemoteDelete(effect) : [];
  const { message, remedy } = loss ?? OTHER_LOSS;
  const path = onlyPath(effect);
  if (path === undefined) return [draft(effect, message, remedy)];
  return [
    draft(effect, `${message} of ${path}`, `keep them first with \`git stash push -- ${path}\``, {
      subject: { path },
    }),
  ];
}

/** The one plain path that a restore is about. */
function onlyPath(effect: GitEffect): string | undefined {
  if (effect.op !== 'restore' || effect.paths?.length !== 1) return undefined;
  const text = effect.paths[0]?.text;
  return text !== undefined && /^[\w@][\w@./+-]*$/.test(text) ? text : undefined;
}

function judgeBranchDelete(effect: GitEffect): readonly FindingDraft[] {
  if (!effect.lossy && effect.force !== 'yes') return [];
  const words = effect.refs?.map((ref) => ref.dst) ?? (effect.branch ? [effect.branch] : []);
  const names = words.map(printWord).join(', ') || 'a branch';
  return [
    draft(
      effect,
      `this deletes ${names} even where it is not merged`,
      'use `git branch -d`, which checks that',
      {
        level: 'warn',
        subject: { branch: words[0] ? printWord(words[0]) : '' },
      },
    ),
  ];
}

function judgeRemoteDelete(effect: GitEffect): readonly FindingDraft[] {
  const gone = effect.refs?.filter((ref) => ref.delete).map((ref) => printWord(ref.dst)) ?? [];
  return [
    draft(effect, `this deletes ${gone.join(', ')} on the remote`, 'make sure that its work is merged', {
      level: 'warn',
      subject: { branch: gone[0] ?? '' },
    }),
  ];
}
