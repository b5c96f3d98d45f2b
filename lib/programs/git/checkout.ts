/** Reads the commands that change the work tree from what git holds: checkout, switch, restore, clean and their plumbing. */

import type { Effect, GitEffect } from '../../types/effect.ts';
import type { Word } from '../../types/text.ts';
import { file, wordAt } from '../effects.ts';
import { NOTHING, type Outcome } from '../page.ts';
import {
  currentBranch,
  findAbsolute,
  findSetting,
  type GitArgs,
  type GitCall,
  gitEffect,
  isOn,
  listOf,
  pathAt,
  readArgs,
  unknownAt,
} from './call.ts';
import { looksLikePath, readPathspecs } from './pathspec.ts';

const SWITCH_FLAGS = listOf(`
      force detach quiet progress no-progress merge guess no-guess no-track
      ignore-other-worktrees recurse-submodules no-recurse-submodules overwrite-ignore`);

/** `git checkout`: switches branches, or restores paths. */
export function readCheckout(git: GitCall): Outcome {
  const args = readArgs(git, {
    value: listOf('b B orphan conflict pathspec-from-file U unified'),
    optional: ['track'],
    flags: [
      ...SWITCH_FLAGS,
      'ours',
      'theirs',
      'patch',
      'ignore-skip-worktree-bits',
      'pathspec-file-nul',
      'overlay',
    ],
  });
  const force = isOn(args, 'force', 'f');
  const made = newBranch(git, args, ['b'], ['B'], force);
  if (made) return made;

  const [first, ...others] = args.operands;
  const paths = args.afterDashes?.length ? args.afterDashes : others;
  if (args.has('patch', 'p', 'pathspec-from-file') || paths.length > 0) {
    const isAllPaths = args.afterDashes === undefined && first !== undefined && isPathOnly(git, first);
    const source = isAllPaths ? undefined : first;
    return { effects: restoreEffects(git, isAllPaths ? [first, ...others] : paths, source) };
  }
  if (first === undefined) return stay(git, args, force);
  if (args.afterDashes === undefined && isPathOnly(git, first))
    return { effects: restoreEffects(git, [first], undefined) };
  return { effects: switchEffects(git, first, args, force) };
}

/** True when a single operand of checkout can only be a path: no branch has its name, and it is there. */
function isPathOnly(git: GitCall, word: Word): boolean {
  if (word.text === 'HEAD' || word.text === '@' || git.repository?.branches().includes(word.text ?? ''))
    return false;
  return (word.text ?? '').startsWith(':') || looksLikePath(git, word) || word.glob;
}

/** `git switch …`. */
export function readSwitch(git: GitCall): Outcome {
  const args = readArgs(git, {
    value: ['c', 'create', 'C', 'force-create', 'orphan', 'conflict'],
    optional: ['track'],
    flags: [...SWITCH_FLAGS, 'discard-changes', 'no-discard-changes'],
  });
  const force = isOn(args, 'force', 'f') || isOn(args, 'discard-changes');
  const made = newBranch(git, args, ['c', 'create'], ['C', 'force-create'], force);
  if (made) return made;
  const [target] = args.all;
  return target ? { effects: switchEffects(git, target, args, force) } : stay(git, args, force);
}

/** `-b x`, `-B x`, `--orphan x`, `--track origin/x`: makes (or moves) a branch and goes there. */
function newBranch(
  git: GitCall,
  args: GitArgs,
  create: readonly string[],
  forced: readonly string[],
  isLossy: boolean,
): Outcome | undefined {
  const moved = args.value(...forced);
  const tracked = args.has('t', 'track')
    ? args.operands[0]?.text?.replace(/^(refs\/remotes\/)?[^/]*\//, '')
    : undefined;
  const branch =
    moved ??
    args.value(...create) ??
    args.value('orphan') ??
    (tracked ? wordAt(tracked, git.word) : undefined);
  if (!branch) return undefined;
  const lossy = isLossy ? { lossy: true } : {};
  return {
    effects: [
      ...(args.has('orphan')
        ? []
        : [gitEffect(git, 'branch-create', { branch, force: moved ? 'yes' : 'no' })]),
      gitEffect(git, 'switch', {
        branch,
        ...lossy,
        ...(moved || args.has('orphan') ? {} : { expects: 'no-branch' }),
      }),
    ],
  };
}

/** Without a target only `--detach` leaves the branch, and only `--force` writes files. */
function stay(git: GitCall, args: GitArgs, force: boolean): Outcome {
  const lossy = force ? { lossy: true } : {};
  if (args.has('detach', 'd'))
    return { effects: [gitEffect(git, 'switch', { branch: wordAt('', git.word), ...lossy })] };
  return force ? { effects: [gitEffect(git, 'checkout', lossy)] } : NOTHING;
}

/** Going to a branch or, detached, to a commit; `branch` is '' then. */
function switchEffects(git: GitCall, target: Word, args: GitArgs, force: boolean): readonly GitEffect[] {
  const lossy = force ? { lossy: true } : {};
  const { text } = target;
  if (text === 'HEAD' && !args.has('detach', 'd')) return force ? [gitEffect(git, 'checkout', lossy)] : [];
  if (text === '-' || text === '@{-1}')
    return [gitEffect(git, 'switch', { branch: wordAt('@{-1}', target), ...lossy })];
  if (text?.startsWith('@{-')) return [gitEffect(git, 'switch', { branch: unknownAt(target), ...lossy })];
  if (text !== undefined && (args.has('detach', 'd') || isDetaching(git, text)))
    return [gitEffect(git, 'switch', { branch: wordAt('', target), ...lossy })];
  return [gitEffect(git, 'switch', { branch: target, expects: 'branch', ...lossy })];
}

/** True when a name is no local branch and git makes none from it. */
function isDetaching(git: GitCall, text: string): boolean {
  if (git.repository?.branches().includes(text)) return false;
  if (/^[0-9a-f]{7,64}$/.test(text) || /[~^:]|@\{|\.\./.test(text) || text.startsWith('refs/')) return true;
  const remote = /^([^/]+)\//.exec(text)?.[1];
  return remote !== undefined && findSetting(git, `remote.${remote}.url`) !== undefined;
}

/** `git restore …`. */
export function readRestore(git: GitCall): Outcome {
  const args = readArgs(git, {
    value: ['s', 'source', 'pathspec-from-file', 'conflict', 'U', 'unified'],
    flags: listOf(`
      staged worktree patch ours theirs merge quiet overlay no-overlay progress
      ignore-unmerged ignore-skip-worktree-bits recurse-submodules pathspec-file-nul`),
  });
  const isStagedOnly = args.has('staged', 'S') && !args.has('worktree', 'W');
  if (isStagedOnly)
    return { effects: [gitEffect(git, 'other-write', { paths: readPathspecs(git, args.all).paths })] };
  if (args.all.length === 0 && !args.has('pathspec-from-file', 'patch', 'p')) return NOTHING;
  return { effects: restoreEffects(git, args.all, args.value('s', 'source')) };
}

/**
 * Paths of the work tree are written anew. What was not committed is lost by it; taking single files over from another
 * branch or commit is not counted as such.
 */
function restoreEffects(git: GitCall, words: readonly Word[], source: Word | undefined): readonly Effect[] {
  const { paths, isWhole } = readPathspecs(git, words);
  const lossy = isWhole || words.length === 0 || isSelf(git, source);
  return [
    gitEffect(git, 'restore', { paths, ...(lossy ? { lossy: true } : {}) }),
    ...(isWhole ? [] : paths.map((path) => writtenAt(git, path))),
  ];
}

function writtenAt(git: GitCall, path: Word): Effect {
  const absolute = findAbsolute(git, path);
  const isDirectory = absolute !== undefined && git.call.host.pathKind(absolute) === 'directory';
  return file('write', path, isDirectory ? { recursive: true } : {});
}

/** True when what is restored comes from the index, the current commit or one before it. */
function isSelf(git: GitCall, source: Word | undefined): boolean {
  const text = source?.text;
  if (source === undefined || text === undefined) return source === undefined;
  return /^(HEAD|@)([~^][~^0-9]*)?$/.test(text) || text.replace(/[~^][~^0-9]*$/, '') === currentBranch(git);
}

/** `git clean …`. Without `-f` git refuses, unless it is configured not to. */
export function readClean(git: GitCall): Outcome {
  const args = readArgs(git, {
    value: ['e', 'exclude'],
    flags: ['force', 'dry-run', 'interactive', 'quiet', 'no-dry-run'],
  });
  if (isOn(args, 'dry-run', 'n')) return NOTHING;
  const needsForce = findSetting(git, 'clean.requireforce')?.text !== 'false';
  if (needsForce && !args.has('force', 'f', 'interactive', 'i')) return NOTHING;
  const { paths } = readPathspecs(git, args.all);
  return { effects: [gitEffect(git, 'clean', { lossy: true, ...(paths.length > 0 ? { paths } : {}) })] };
}

/** `git read-tree …`: with `-u` the work tree follows, with `--reset` regardless of what is in it. */
export function readReadTree(git: GitCall): Outcome {
  const args = readArgs(git, {
    value: ['prefix', 'exclude-per-directory', 'index-output'],
    flags: listOf('reset dry-run empty quiet trivial aggressive no-sparse-checkout'),
  });
  if (args.has('dry-run', 'n')) return NOTHING;
  const isLossy = args.has('reset') && args.has('u');
  return { effects: [gitEffect(git, isLossy ? 'restore' : 'other-write', isLossy ? { lossy: true } : {})] };
}

/** `git checkout-index …`: files of the index are written; those that are there only with `-f`. */
export function readCheckoutIndex(git: GitCall): Outcome {
  const args = readArgs(git, {
    value: ['prefix', 'stage'],
    flags: ['all', 'force', 'temp', 'stdin', 'index', 'no-create'],
  });
  const prefix = args.value('prefix');
  if (prefix) return { effects: [file('write', pathAt(git, prefix), { recursive: true })] };
  const { paths } = readPathspecs(git, args.all);
  if (!args.has('force', 'f')) return { effects: [gitEffect(git, 'other-write', { paths })] };
  return {
    effects:
      args.has('all', 'a') || args.has('stdin') ? restoreAll(git) : restoreEffects(git, args.all, undefined),
  };
}

function restoreAll(git: GitCall): readonly Effect[] {
  return [gitEffect(git, 'restore', { lossy: true })];
}
