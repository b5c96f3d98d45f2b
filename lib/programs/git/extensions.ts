/** Reads commands that are installed beside git: lfs, subtree, svn, p4, and programs called `git-foo`. */

import type { Effect, NetEffect } from '../../types/effect.ts';
import type { Word } from '../../types/text.ts';
import { file, net, wordAt } from '../effects.ts';
import { NOTHING, type Outcome } from '../page.ts';
import {
  findSetting,
  type GitCall,
  gitEffect,
  inDirectory,
  listOf,
  pathAt,
  readArgs,
  unknownAt,
} from './call.ts';
import { pushOf } from './push.ts';
import { contact, defaultRemote, urlsOf } from './remote.ts';

/** `git lfs …`, an extension that most repositories with large files use. */
export function readLfs(git: GitCall): Outcome {
  const [verb, ...rest] = git.args;
  const inner = { ...git, args: rest };
  const args = readArgs(inner, { value: ['I', 'include', 'X', 'exclude', 'remote'] });
  switch (verb?.text) {
    case 'push':
    case 'pull':
    case 'fetch':
    case 'clone': {
      const isPush = verb.text === 'push';
      const remote = args.all[0] ?? defaultRemote(git, isPush ? 'push' : 'fetch');
      if (args.has('dry-run')) return NOTHING;
      const found = contact(
        git,
        urlsOf(git, remote, isPush ? 'push' : 'fetch'),
        isPush ? 'upload' : 'connect',
      );
      return isPush ? found : { ...found, effects: [...found.effects, gitEffect(git, 'other-write')] };
    }
    case 'track':
    case 'untrack':
      return args.all.length > 0
        ? { effects: [file('append', pathAt(git, wordAt('.gitattributes', git.word)))] }
        : NOTHING;
    case 'migrate':
      return args.operands[0]?.text === 'info'
        ? NOTHING
        : {
            effects: [
              gitEffect(git, 'filter-history', {
                lossy: true,
                ...(args.has('everything') ? { allRefs: 'branches' as const } : { onCurrent: true }),
              }),
            ],
          };
    case 'install':
    case 'uninstall':
    case 'checkout':
    case 'prune':
    case 'update':
      return { effects: [gitEffect(git, 'other-write')] };
    default:
      return NOTHING;
  }
}

/** `git subtree …`. */
export function readSubtree(git: GitCall): Outcome {
  const args = readArgs(git, {
    value: listOf('P prefix m message b branch onto annotate'),
    flags: ['squash', 'rejoin', 'ignore-joins', 'debug', 'quiet'],
  });
  const [verb, remote, ref] = args.all;
  const branch = args.value('b', 'branch');
  const made: readonly Effect[] = [
    // A branch that is there already is moved.
    ...(branch ? [gitEffect(git, 'branch-create', { branch, force: 'yes' })] : []),
    ...(args.has('rejoin') ? [gitEffect(git, 'merge', { onCurrent: true })] : []),
  ];
  switch (verb?.text) {
    case 'push': {
      const pushed = remote ? pushOf(git, remote, ref ? [ref] : []) : NOTHING;
      return { ...pushed, effects: [...made, ...pushed.effects] };
    }
    case 'pull':
    case 'add': {
      const { effects, runs } =
        remote && ref ? contact(git, urlsOf(git, remote, 'fetch'), 'connect') : NOTHING;
      return { effects: [...effects, gitEffect(git, 'merge', { onCurrent: true })], runs: runs ?? [] };
    }
    case 'merge':
      return { effects: [gitEffect(git, 'merge', { onCurrent: true })] };
    default:
      return { effects: made };
  }
}

/** `git svn …`: the server stands in the settings, or in the arguments of clone and init. */
export function readSvn(git: GitCall): Outcome {
  const args = readArgs(git, {
    value: listOf('r revision T trunk b branches t tags R username A authors-file m'),
    flags: ['stdlayout', 'dry-run', 'fetch-all', 'all', 'quiet', 'local'],
  });
  const [verb, first] = args.all;
  const url =
    verb?.text === 'clone' || verb?.text === 'init' ? first : findSetting(git, 'svn-remote.svn.url');
  const reach = (op: NetEffect['op']): readonly Effect[] => (url ? [net(url, { op })] : []);
  switch (verb?.text) {
    case 'dcommit':
    case 'set-tree':
    case 'commit-diff':
      return args.has('dry-run', 'n')
        ? { effects: reach('connect') }
        : {
            effects: [
              ...reach('upload'),
              gitEffect(git, 'push', {
                ...(url ? { remote: url } : {}),
                refs: [{ dst: svnTarget(git, url), force: false, delete: false }],
              }),
              gitEffect(git, 'rebase', { onCurrent: true }),
            ],
          };
    case 'rebase':
      return { effects: [...reach('connect'), gitEffect(git, 'rebase', { onCurrent: true })] };
    case 'clone':
    case 'init':
    case 'fetch':
      return { effects: [...reach('connect'), gitEffect(git, 'fetch')] };
    default:
      return NOTHING;
  }
}

/** `trunk` when the settings follow nothing else; else the branch of the server is known only when it runs. */
function svnTarget(git: GitCall, url: Word | undefined): Word {
  const fetches = findSetting(git, 'svn-remote.svn.fetch')?.text ?? '';
  const isTrunk = /^(?:[^:]*\/)?trunk:/.test(fetches) || /\/trunk\/?$/.test(url?.text ?? '');
  const hasBranches = findSetting(git, 'svn-remote.svn.branches') !== undefined;
  return isTrunk && !hasBranches ? wordAt('trunk', git.word) : unknownAt(git.word);
}

/** `git p4 …`: a submit reaches the server at once. */
export function readP4(git: GitCall): Outcome {
  const args = readArgs(git, { value: listOf('origin destination branch commit shelve update-shelve') });
  const [verb] = args.all;
  if (args.has('dry-run', 'n', 'prepare-p4-only')) return NOTHING;
  switch (verb?.text) {
    case 'submit':
      return args.has('shelve', 'update-shelve')
        ? NOTHING
        : {
            effects: [
              gitEffect(git, 'push', {
                refs: [{ dst: unknownAt(git.word), force: false, delete: false }],
              }),
            ],
          };
    case 'rebase':
      return { effects: [gitEffect(git, 'rebase', { onCurrent: true })] };
    case 'clone':
    case 'sync':
      return { effects: [gitEffect(git, 'fetch')] };
    default:
      return NOTHING;
  }
}

/** An extension: `git foo` starts `git-foo`. */
export function readExtension(git: GitCall): Outcome {
  const program = wordAt(`git-${git.command}`, git.word);
  return {
    effects: [],
    runs: [{ kind: 'argv', argv: [program, ...git.args], via: 'git', ...inDirectory(git) }],
  };
}
