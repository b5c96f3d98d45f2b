/** Reads the plumbing that writes refs, objects and history: update-ref, symbolic-ref, reflog, gc, filter-branch and kin. */

import type { Effect, GitEffect, RefUpdate } from '../../types/effect.ts';
import type { Nested } from '../../types/invocation.ts';
import type { Word } from '../../types/text.ts';
import { file, opaque, wordAt } from '../effects.ts';
import { NOTHING, type Outcome } from '../page.ts';
import {
  branchName,
  currentBranch,
  findSetting,
  type GitCall,
  gitEffect,
  isOn,
  listOf,
  pathAt,
  readArgs,
  shellCode,
} from './call.ts';

/** The most lines of literal input that are read for refs. */
const MAX_LINES = 10_000;

function refEffect(git: GitCall, ref: Word, isDelete: boolean): GitEffect {
  if (ref.text === 'HEAD' || ref.text === '@')
    return gitEffect(git, 'update-ref', {
      onCurrent: true,
      force: 'yes',
      ...(isDelete ? { lossy: true } : {}),
    });
  const branch = branchName(ref);
  const update: RefUpdate = { dst: ref, force: true, delete: isDelete };
  return gitEffect(git, 'update-ref', { refs: [update], force: 'yes', ...(branch ? { branch } : {}) });
}

/** `git update-ref …`; its `--stdin` is read when it is literal. */
export function readUpdateRef(git: GitCall): Outcome {
  const args = readArgs(git, {
    value: ['m'],
    flags: ['stdin', 'no-deref', 'create-reflog', 'batch-updates'],
  });
  if (args.has('stdin')) return readUpdateInput(git);
  const [ref] = args.all;
  return ref ? { effects: [refEffect(git, ref, args.has('d'))] } : NOTHING;
}

function readUpdateInput(git: GitCall): Outcome {
  const input = git.call.invocation.stdin;
  if (input === undefined || input === 'pipe' || input.text === undefined)
    return { effects: [opaque(git.word, 'the refs that git update-ref writes are known only when it runs')] };
  const verbs = /^(update|create|delete|symref-update|symref-create|symref-delete) +"?([^ "\u0000]+)/;
  const effects: Effect[] = [];
  for (const line of input.text.split(/[\n\u0000]/, MAX_LINES)) {
    const found = verbs.exec(line);
    if (found)
      effects.push(
        refEffect(git, wordAt(found[2] as string, git.word), (found[1] as string).endsWith('delete')),
      );
  }
  return { effects };
}

/** `git symbolic-ref HEAD refs/heads/x` goes to a branch without touching files; with one operand it only says. */
export function readSymbolicRef(git: GitCall): Outcome {
  const args = readArgs(git, { value: ['m'], flags: ['delete', 'short', 'quiet', 'recurse', 'no-recurse'] });
  const [name, target] = args.all;
  if (name && args.has('d', 'delete')) return { effects: [refEffect(git, name, true)] };
  if (!name) return NOTHING;
  if (!target) {
    const branch = currentBranch(git);
    if (name.text !== 'HEAD' || branch === undefined) return NOTHING;
    return { effects: [], stdout: `${args.has('short') ? '' : 'refs/heads/'}${branch}\n` };
  }
  const branch = branchName(target);
  if (name.text === 'HEAD') return { effects: [gitEffect(git, 'switch', branch ? { branch } : {})] };
  return { effects: [refEffect(git, name, false), ...forgotDefault(git, name.text, target.text)] };
}

/**
 * What makes another branch than now count as the default of a remote: the policy that protects that branch would forget it.
 *
 * @param name `refs/remotes/origin/HEAD`
 * @param target what it would say, undefined when that is not known
 */
export function forgotDefault(
  git: GitCall,
  name: string | undefined,
  target: string | undefined,
): readonly GitEffect[] {
  const remote = /^refs\/remotes\/(.+)\/HEAD$/.exec(name ?? '')?.[1];
  const now = remote === undefined ? undefined : git.repository?.defaultBranch(remote);
  if (now === undefined || target === `refs/remotes/${remote}/${now}`) return [];
  const dst = wordAt(`refs/heads/${now}`, git.word);
  return [
    gitEffect(git, 'update-ref', {
      branch: wordAt(now, git.word),
      refs: [{ dst, force: true, delete: false }],
    }),
  ];
}

/** `git reflog …`. */
export function readReflog(git: GitCall): Outcome {
  const [verb, ...rest] = git.args;
  if (verb?.text !== 'expire' && verb?.text !== 'delete' && verb?.text !== 'drop') return NOTHING;
  const args = readArgs(
    { ...git, args: rest },
    {
      value: ['expire', 'expire-unreachable'],
      flags: listOf('all dry-run updateref rewrite stale-fix verbose single-worktree'),
    },
  );
  if (args.has('n', 'dry-run')) return NOTHING;
  const times = args.values('expire', 'expire-unreachable');
  const lossy = verb.text !== 'expire' || times.some((time) => time.text !== 'never');
  return { effects: [gitEffect(git, 'reflog-expire', lossy ? { lossy: true } : {})] };
}

/** `git gc`, `git prune`, `git repack`, `git maintenance run`: what nothing points to may go. */
export function readGc(git: GitCall): Outcome {
  const args = readArgs(git, {
    value: listOf('expire task schedule window depth threads window-memory max-pack-size'),
    optional: ['prune', 'cruft-expiration'],
    flags: listOf('aggressive auto quiet force keep-largest-pack cruft no-cruft dry-run detach'),
  });
  if (isOn(args, 'dry-run', 'n')) return NOTHING;
  const lossy =
    git.command === 'prune' ||
    isSoon(args.value('prune')) ||
    (git.command === 'gc' && isSoon(findSetting(git, 'gc.pruneexpire'))) ||
    (git.command === 'repack' &&
      args.has('a') &&
      args.has('d') &&
      !args.has('k', 'keep-unreachable', 'cruft'));
  return { effects: [gitEffect(git, 'gc', lossy ? { lossy: true } : {})] };
}

/** Two weeks is git's own measure; `never` loses nothing, anything else is somebody's haste. */
function isSoon(time: Word | undefined): boolean {
  return time !== undefined && !/^(never|2\.weeks\.ago|\d+\.(months?|years?)\.ago)$/.test(time.text ?? '');
}

const FILTERS = listOf(`
      setup env-filter tree-filter index-filter parent-filter msg-filter commit-filter
      tag-name-filter`);

/** `git filter-branch …`: every filter is shell text. */
export function readFilterBranch(git: GitCall): Outcome {
  const args = readArgs(git, {
    value: [...FILTERS, 'subdirectory-filter', 'd', 'original', 'state-branch'],
    flags: ['force', 'prune-empty', 'remap-to-ancestor'],
  });
  const revisions = args.all;
  const isAll = revisions.some((word) => word.text === '--all' || word.text === '--branches');
  const names = revisions.filter(
    (word) => !word.text?.startsWith('-') && !/\.\.|^HEAD\b|[~^]/.test(word.text ?? ''),
  );
  return {
    effects: [
      ...names.map((branch) => gitEffect(git, 'filter-history', { branch, lossy: true, force: 'yes' })),
      ...(names.length === 0 || isAll
        ? [
            gitEffect(git, 'filter-history', {
              lossy: true,
              force: 'yes',
              ...(isAll ? { allRefs: 'branches' as const } : { onCurrent: true }),
            }),
          ]
        : []),
    ],
    runs: args.values(...FILTERS).map((code) => shellCode(git, code, 'git filter-branch')),
  };
}

/** `git filter-repo …`: rewrites every branch unless `--refs` says which; callbacks are Python. */
export function readFilterRepo(git: GitCall): Outcome {
  const args = readArgs(git, {
    value: listOf(`
      path path-glob path-regex path-rename paths-from-file replace-text replace-message
      subdirectory-filter to-subdirectory-filter mailmap refs source target tag-rename
      strip-blobs-bigger-than strip-blobs-with-ids replace-refs prune-empty prune-degenerate
      filename-callback message-callback name-callback email-callback refname-callback
      blob-callback commit-callback tag-callback reset-callback file-info-callback
      state-branch`),
    flags: listOf('force invert-paths analyze dry-run partial use-base-name path-match'),
  });
  if (args.has('analyze', 'dry-run')) return NOTHING;
  const refs = [...args.values('refs'), ...(args.has('refs') ? args.operands : [])];
  const callbacks = args.options.filter(({ name, value }) => name.endsWith('-callback') && value);
  return {
    effects: [
      gitEffect(git, 'filter-history', {
        lossy: true,
        force: args.has('force', 'f') ? 'yes' : 'no',
        ...(refs.length > 0
          ? { refs: refs.map((dst) => ({ dst, force: true, delete: false })) }
          : { allRefs: 'branches' as const }),
      }),
    ],
    runs: callbacks.map(
      ({ value }): Nested => ({ kind: 'code', lang: 'python', code: value as Word, via: 'git filter-repo' }),
    ),
  };
}

/** `git replace …`. */
export function readReplace(git: GitCall): Outcome {
  const args = readArgs(git, {
    value: ['format'],
    flags: ['list', 'delete', 'edit', 'force', 'graft', 'raw'],
  });
  if (args.has('l', 'list') || (args.all.length < 2 && !args.has('d', 'delete', 'e', 'edit', 'g', 'graft')))
    return args.has('convert-graft-file') ? { effects: [gitEffect(git, 'replace')] } : NOTHING;
  return { effects: [gitEffect(git, 'replace')] };
}

/** `git fast-import`: writes the refs that its input names. */
export function readFastImport(git: GitCall): Outcome {
  const input = git.call.invocation.stdin;
  if (input === undefined || input === 'pipe' || input.text === undefined)
    return {
      effects: [opaque(git.word, 'the refs that git fast-import writes are known only when it runs')],
    };
  const names = new Set<string>();
  for (const line of input.text.split('\n', MAX_LINES)) {
    const name = /^(?:commit|reset) (\S+)/.exec(line)?.[1];
    if (name) names.add(name);
  }
  return { effects: [...names].map((name) => refEffect(git, wordAt(name, git.word), false)) };
}

/** `git notes …`. */
export function readNotes(git: GitCall): Outcome {
  const args = readArgs(git, {
    value: listOf('ref m message F file C c reuse-message s strategy'),
  });
  const [verb] = args.operands;
  if (verb === undefined || ['list', 'show', 'get-ref'].includes(verb.text ?? '')) return NOTHING;
  const reads = args.values('F', 'file').map((path) => file('read', pathAt(git, path)));
  return { effects: [gitEffect(git, 'other-write'), ...reads] };
}
