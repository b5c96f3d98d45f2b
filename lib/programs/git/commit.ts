/** Reads the commands that add commits to the current branch: commit, merge, rebase, cherry-pick, revert, am, reset. */

import type { Effect, GitEffect, GitOp, RefUpdate } from '../../types/effect.ts';
import type { Word } from '../../types/text.ts';
import { file, wordAt } from '../effects.ts';
import type { Outcome } from '../page.ts';
import {
  currentBranch,
  findAbsolute,
  type GitArgs,
  type GitCall,
  gitEffect,
  isOn,
  listOf,
  pathAt,
  readArgs,
  shellCode,
  unknownAt,
} from './call.ts';
import { writesOfPatches } from './files.ts';
import { readPathspecs } from './pathspec.ts';

/** Forms that end an operation and leave the branch as it was. */
const ENDS = ['abort', 'quit', 'show-current-patch', 'edit-todo'];

function onCurrent(git: GitCall, op: GitOp, more: Partial<GitEffect> = {}): GitEffect {
  return gitEffect(git, op, { onCurrent: true, ...more });
}

function skipping(isSkipping: boolean): Partial<GitEffect> {
  return isSkipping ? { skipsHooks: true } : {};
}

/** What is merged or rebased onto; without it git takes the upstream. */
function sources(git: GitCall, words: readonly Word[]): Pick<GitEffect, 'refs'> {
  const from = words.length > 0 ? words : [wordAt('@{u}', git.word)];
  return { refs: from.map((src): RefUpdate => ({ src, dst: unknownAt(src), force: false, delete: false })) };
}

function readsOf(git: GitCall, words: readonly Word[]): readonly Effect[] {
  return words.filter((word) => word.text !== '-').map((word) => file('read', pathAt(git, word)));
}

/** `git commit …`. */
export function readCommit(git: GitCall): Outcome {
  const args = readArgs(git, {
    value: listOf(`
      m message F file C reuse-message c reedit-message fixup squash author date t template
      cleanup trailer pathspec-from-file U unified`),
    optional: ['S', 'gpg-sign', 'u', 'untracked-files'],
    flags: listOf(`
      all amend allow-empty allow-empty-message dry-run no-dry-run edit no-edit include
      interactive only patch quiet no-quiet reset-author signoff status no-status verbose
      no-verbose verify no-verify no-gpg-sign no-post-rewrite short branch ahead-behind
      porcelain long null no-signoff pathspec-file-nul`),
  });
  if (args.has('dry-run', 'short', 'porcelain', 'long')) return { effects: [] };
  return {
    effects: [
      onCurrent(git, 'commit', { ...taking(git, args), ...skipping(isOn(args, 'no-verify', 'n')) }),
      ...readsOf(git, args.values('F', 'file', 't', 'template')),
    ],
  };
}

/** What a commit takes out of the work tree beside what is staged. */
function taking(git: GitCall, args: GitArgs): Partial<GitEffect> {
  if (args.has('a', 'all')) return { takes: 'tracked' };
  if (args.has('p', 'patch', 'interactive')) return { takes: 'tracked' };
  if (args.has('pathspec-from-file')) return { takes: 'tracked' };
  if (args.all.length === 0) return {};
  const { paths, isWhole } = readPathspecs(git, args.all);
  return isWhole ? { takes: 'tracked', paths } : { takes: 'paths', paths };
}

/** `git merge …`. */
export function readMerge(git: GitCall): Outcome {
  const args = readArgs(git, {
    value: listOf('m F file s strategy X strategy-option cleanup into-name'),
    optional: ['S', 'gpg-sign', 'log'],
    flags: listOf(`
      abort quit continue commit no-commit edit no-edit ff no-ff ff-only stat no-stat squash
      no-squash verify no-verify verify-signatures no-verify-signatures
      allow-unrelated-histories autostash no-autostash signoff quiet verbose progress`),
  });
  if (args.has(...ENDS)) return { effects: [gitEffect(git, 'other-write')] };
  const goesOn = args.has('continue');
  const effect = isOn(args, 'squash')
    ? gitEffect(git, 'other-write')
    : onCurrent(git, 'merge', goesOn ? {} : sources(git, args.all));
  return {
    effects: [{ ...effect, ...skipping(isOn(args, 'no-verify')) }, ...readsOf(git, args.values('F', 'file'))],
  };
}

/** `git rebase [options] [upstream [branch]]`: with a branch it switches there first. */
export function readRebase(git: GitCall): Outcome {
  const args = readArgs(git, {
    value: listOf('onto x exec s strategy X strategy-option C whitespace empty'),
    optional: ['S', 'gpg-sign', 'r', 'rebase-merges'],
    flags: listOf(`
      abort quit continue skip edit-todo show-current-patch interactive root keep-base
      autosquash no-autosquash autostash no-autostash verify no-verify stat no-stat
      force-rebase no-ff fork-point no-fork-point ignore-date ignore-whitespace merge apply
      signoff quiet verbose update-refs no-update-refs reset-author-date`),
  });
  if (args.has(...ENDS)) return { effects: [gitEffect(git, 'other-write')] };
  const operand = args.all[args.has('root') ? 0 : 1];
  const branch = operand?.text === 'HEAD' || operand?.text === '@' ? undefined : operand;
  const onto = args.has('continue', 'skip', 'root')
    ? {}
    : sources(git, [...args.all.slice(0, 1), ...args.values('onto')]);
  const more = { ...onto, ...skipping(isOn(args, 'no-verify')) };
  return {
    effects: branch
      ? [gitEffect(git, 'switch', { branch }), gitEffect(git, 'rebase', { branch, ...more })]
      : [onCurrent(git, 'rebase', more)],
    runs: args.values('x', 'exec').map((code) => shellCode(git, code, 'git rebase --exec')),
  };
}

/** `git cherry-pick …` and `git revert …`. */
function readPick(git: GitCall, op: 'cherry-pick' | 'revert'): Outcome {
  const args = readArgs(git, {
    value: listOf('m mainline s strategy X strategy-option cleanup empty'),
    optional: ['S', 'gpg-sign'],
    flags: listOf('abort quit continue skip no-commit commit edit no-edit signoff ff x'),
  });
  if (args.has(...ENDS) || isOn(args, 'no-commit', 'n')) return { effects: [gitEffect(git, 'other-write')] };
  return { effects: [onCurrent(git, op)] };
}

/** `git cherry-pick …`. */
export function readCherryPick(git: GitCall): Outcome {
  return readPick(git, 'cherry-pick');
}

/** `git revert …`. */
export function readRevert(git: GitCall): Outcome {
  return readPick(git, 'revert');
}

/** `git am [mailbox…]`. */
export function readAm(git: GitCall): Outcome {
  const args = readArgs(git, {
    value: listOf('p C directory exclude include patch-format whitespace quoted-cr resolvemsg'),
    optional: ['S', 'gpg-sign', 'show-current-patch', 'empty'],
    flags: listOf('abort quit continue resolved skip no-verify verify 3way signoff keep'),
  });
  if (args.has(...ENDS)) return { effects: [gitEffect(git, 'other-write')] };
  const skips = skipping(isOn(args, 'no-verify', 'n'));
  return { effects: [onCurrent(git, 'am', skips), ...readsOf(git, args.all), ...writesOfPatches(git, args)] };
}

/** Modes of `git reset` that move only the branch and the index. */
const RESET = {
  value: ['pathspec-from-file', 'U', 'unified'],
  optional: ['recurse-submodules'],
  flags: listOf('soft mixed hard merge keep quiet no-quiet refresh no-refresh patch'),
};

/** `git reset [--mode] [commit]` or `git reset [commit] [--] paths`. */
export function readReset(git: GitCall): Outcome {
  const args = readArgs(git, RESET);
  const isLossy = args.has('hard', 'merge', 'keep');
  if (isLossy) return { effects: [onCurrent(git, 'reset', { lossy: true })] };
  const paths = resetPaths(git, args);
  if (paths) return { effects: [gitEffect(git, 'other-write', { paths: readPathspecs(git, paths).paths })] };
  const [commit] = args.operands;
  // Without a commit, or with HEAD, only the index changes.
  const staysThere = commit === undefined || commit.text === 'HEAD' || commit.text === '@';
  return { effects: [staysThere ? gitEffect(git, 'other-write') : onCurrent(git, 'reset')] };
}

function resetPaths(git: GitCall, args: GitArgs): readonly Word[] | undefined {
  if (args.afterDashes && args.afterDashes.length > 0) return args.afterDashes;
  if (args.has('pathspec-from-file', 'patch', 'p')) return [];
  if (args.operands.length > 1) return args.operands.slice(isCommit(git, args.operands[0]) ? 1 : 0);
  const [only] = args.operands;
  return only && !isCommit(git, only) ? [only] : undefined;
}

/** False when a word is surely a path: it exists here and is no branch. */
function isCommit(git: GitCall, word: Word | undefined): boolean {
  if (word?.text === undefined || word.text === currentBranch(git)) return true;
  if (/^(HEAD(?!\w)|@(\{|$|[~^]))/.test(word.text) || git.repository?.branches().includes(word.text))
    return true;
  const path = findAbsolute(git, word);
  return path === undefined || git.call.host.pathKind(path) === undefined;
}
