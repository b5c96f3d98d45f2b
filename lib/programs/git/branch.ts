/** Reads the commands that make, move and drop names: branch, tag, stash, worktree. Plumbing for refs is elsewhere. */

import type { GitEffect } from '../../types/effect.ts';
import type { Word } from '../../types/text.ts';
import { file, wordAt } from '../effects.ts';
import type { ParsedArgs } from '../options.ts';
import { NOTHING, type Outcome } from '../page.ts';
import { currentBranch, type GitCall, gitEffect, isOn, listOf, pathAt, readArgs, unknownAt } from './call.ts';
import { readPathspecs } from './pathspec.ts';

const LISTING_VALUES = listOf('contains no-contains merged no-merged points-at sort format');
const LISTING = listOf(`
      list l all a remotes show-current column verbose v vv ignore-case i omit-empty`);

/** `git branch …`. */
export function readBranch(git: GitCall): Outcome {
  const args = readArgs(git, {
    value: ['set-upstream-to', 'u', 'points-at', 'sort', 'format'],
    optional: listOf('contains no-contains merged no-merged color column abbrev track'),
    flags: listOf(`
      delete move copy force list all remotes show-current verbose quiet unset-upstream
      edit-description create-reflog no-track ignore-case recurse-submodules`),
  });
  if (args.has('show-current')) return showCurrent(git);
  const force = isOn(args, 'force', 'f');
  if (args.has('d', 'D', 'delete')) return deleteBranches(git, args.all, args, force || args.has('D'));
  if (args.has('m', 'M', 'move')) return renameBranch(git, args.all, force || args.has('M'));
  if (args.has('c', 'C', 'copy')) return copyBranch(git, args.all, force || args.has('C'));
  const upstream = args.value('u', 'set-upstream-to');
  if (upstream) return setUpstream(git, upstream, args.all[0]);
  if (args.has('unset-upstream', 'edit-description')) return { effects: [gitEffect(git, 'other-write')] };
  const [branch] = args.all;
  if (!branch || args.has('r', ...LISTING, ...LISTING_VALUES)) return NOTHING;
  return { effects: [gitEffect(git, 'branch-create', { branch, force: force ? 'yes' : 'no' })] };
}

function showCurrent(git: GitCall): Outcome {
  const branch = currentBranch(git);
  return branch === undefined ? NOTHING : { effects: [], stdout: `${branch}\n` };
}

function deleteBranches(git: GitCall, names: readonly Word[], args: ParsedArgs, force: boolean): Outcome {
  // Remote-tracking names come back with the next fetch.
  if (args.has('r', 'remotes')) return { effects: [gitEffect(git, 'other-write')] };
  return {
    effects: names.map((branch) =>
      gitEffect(git, 'branch-delete', {
        branch: nameOf(branch),
        ...(force ? { force: 'yes', lossy: true } : { force: 'no' }),
      }),
    ),
  };
}

/** `-` and `@{-1}` stand for the branch before this one. */
function nameOf(branch: Word): Word {
  return branch.text === '-' || branch.text?.startsWith('@{') ? unknownAt(branch) : branch;
}

function renameBranch(git: GitCall, names: readonly Word[], force: boolean): Outcome {
  const [first, second] = names;
  const to = second ?? first;
  if (!to) return NOTHING;
  const from = second ? first : undefined;
  const moved: Partial<GitEffect> = {
    refs: [{ ...(from ? { src: from } : {}), dst: to, force, delete: false }],
    force: force ? 'yes' : 'no',
    ...(from ? { branch: from } : { onCurrent: true }),
  };
  return { effects: [gitEffect(git, 'branch-rename', moved)] };
}

function copyBranch(git: GitCall, names: readonly Word[], force: boolean): Outcome {
  const branch = names[1] ?? names[0];
  if (!branch) return NOTHING;
  return { effects: [gitEffect(git, 'branch-create', { branch, force: force ? 'yes' : 'no' })] };
}

/** Writes `branch.<name>.remote` and `.merge`; a later push may go where the second says. */
function setUpstream(git: GitCall, upstream: Word, written: Word | undefined): Outcome {
  const branch = written?.text ?? currentBranch(git);
  if (branch === undefined || upstream.text === undefined)
    return { effects: [gitEffect(git, 'other-write')] };
  const slash = upstream.text.indexOf('/');
  const remote = slash < 0 ? '.' : upstream.text.slice(0, slash);
  return {
    effects: [
      gitEffect(git, 'config', { key: `branch.${branch}.remote`, value: wordAt(remote, upstream) }),
      gitEffect(git, 'config', {
        key: `branch.${branch}.merge`,
        value: wordAt(`refs/heads/${upstream.text.slice(slash + 1)}`, upstream),
      }),
    ],
  };
}

/** `git tag …`. */
export function readTag(git: GitCall): Outcome {
  const args = readArgs(git, {
    value: listOf('m message F file u local-user cleanup points-at sort format trailer'),
    optional: listOf('n contains no-contains merged no-merged color column'),
    flags: listOf('annotate sign no-sign force delete verify list edit create-reflog'),
  });
  const refsOf = (names: readonly Word[], force: boolean, isDelete: boolean) => ({
    refs: names.map((name) => ({
      dst: name.text === undefined ? name : { ...name, text: `refs/tags/${name.text}` },
      force,
      delete: isDelete,
    })),
  });
  if (args.has('d', 'delete'))
    return { effects: [gitEffect(git, 'tag-delete', refsOf(args.all, false, true))] };
  if (args.has('n', 'v', 'verify', 'l', 'list', ...LISTING_VALUES)) return NOTHING;
  const [name] = args.all;
  if (!name) return NOTHING;
  const force = isOn(args, 'force', 'f');
  return {
    effects: [
      gitEffect(git, 'tag-create', { ...refsOf([name], force, false), force: force ? 'yes' : 'no' }),
      ...args.values('F', 'file').map((path) => file('read', pathAt(git, path))),
    ],
  };
}

/** `git stash …`. */
export function readStash(git: GitCall): Outcome {
  const [verb, ...rest] = git.args;
  switch (verb?.text) {
    case 'list':
    case 'show':
    case 'create':
      return NOTHING;
    case 'drop':
    case 'clear':
      return { effects: [gitEffect(git, 'stash-drop', { lossy: true })] };
    case 'branch': {
      const branch = rest.find((word) => !word.text?.startsWith('-'));
      if (!branch) return NOTHING;
      return { effects: [gitEffect(git, 'branch-create', { branch }), gitEffect(git, 'switch', { branch })] };
    }
    case 'push': {
      const args = readArgs(
        { ...git, args: rest },
        {
          value: ['m', 'message', 'pathspec-from-file'],
          flags: ['keep-index', 'include-untracked', 'all', 'staged'],
        },
      );
      const { paths } = readPathspecs(git, args.all);
      return { effects: [gitEffect(git, 'stash', paths.length > 0 ? { paths } : {})] };
    }
    default:
      return { effects: [gitEffect(git, 'stash')] };
  }
}

/** The branch of a new worktree: what is named, or the last part of its path. */
function branchOfWorktree(at: Word, named: Word | undefined, args: ParsedArgs): Word {
  if (args.has('detach', 'd')) return wordAt('', at);
  if (named) return /^[0-9a-f]{7,64}$|[~^]|@\{/.test(named.text ?? '') ? wordAt('', named) : named;
  return at.text === undefined ? at : wordAt(at.text.replace(/\/+$/, '').replace(/^.*\//, ''), at);
}

/** `git worktree …`. */
export function readWorktree(git: GitCall): Outcome {
  const [verb, ...rest] = git.args;
  const args = readArgs(
    { ...git, args: rest },
    {
      value: ['b', 'B', 'reason', 'expire'],
      flags: listOf(`
      force detach checkout no-checkout lock orphan dry-run porcelain verbose track`),
    },
  );
  const [path, other] = args.all;
  const at = path && pathAt(git, path);
  switch (verb?.text) {
    case 'add': {
      const branch = args.value('b', 'B');
      return {
        effects: [
          ...(branch
            ? [gitEffect(git, 'branch-create', { branch, force: args.has('B') ? 'yes' : 'no' })]
            : []),
          gitEffect(git, 'worktree', at ? { paths: [at] } : {}),
          ...(at ? [file('create', at, { recursive: true })] : []),
          ...(at
            ? [
                gitEffect(git, 'switch', {
                  repo: at,
                  branch: branch ?? branchOfWorktree(at, other, args),
                  expects: 'new-tree',
                }),
              ]
            : []),
        ],
      };
    }
    case 'remove': {
      const lossy = args.has('force', 'f') ? { lossy: true } : {};
      return {
        effects: [
          gitEffect(git, 'worktree', { ...lossy, ...(at ? { paths: [at] } : {}) }),
          ...(at ? [file('delete', at, { recursive: true })] : []),
        ],
      };
    }
    case 'move':
      return {
        effects: [
          gitEffect(git, 'worktree'),
          ...(at && other ? [file('move', pathAt(git, other), { from: at })] : []),
        ],
      };
    case 'prune':
    case 'lock':
    case 'unlock':
    case 'repair':
      return args.has('dry-run', 'n') ? NOTHING : { effects: [gitEffect(git, 'worktree')] };
    default:
      return NOTHING;
  }
}
