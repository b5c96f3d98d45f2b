/** Reads the commands that put what git holds into files: archive, bundle, format-patch, mailinfo, bugreport. */

import type { Effect } from '../../types/effect.ts';
import type { Nested } from '../../types/invocation.ts';
import type { Word } from '../../types/text.ts';
import { file, wordAt } from '../effects.ts';
import { NOTHING, type Outcome } from '../page.ts';
import { type GitCall, gitEffect, listOf, pathAt, pathFromRoot, readArgs } from './call.ts';
import { DIFF_OPTIONAL, outputs } from './inspect.ts';
import { readPathspecs } from './pathspec.ts';
import { contact, urlsOf } from './remote.ts';

/** `git format-patch …`: one file a commit, here or in a directory. */
export function readFormatPatch(git: GitCall): Outcome {
  const args = readArgs(git, {
    value: listOf('o output-directory output v reroll-count to cc base signature-file n'),
    optional: [...DIFF_OPTIONAL, 'from'],
    flags: ['stdout', 'cover-letter', 'numbered', 'signoff', 'root'],
  });
  const written = outputs(git, args);
  if (args.has('stdout') || written.length > 0) return { effects: written };
  return { effects: [createdIn(git, args.value('o', 'output-directory'), '*.patch')] };
}

/** A directory that is filled, or files of a kind in the current one. */
function createdIn(git: GitCall, directory: Word | undefined, pattern: string): Effect {
  if (directory) return file('create', pathAt(git, directory), { recursive: true });
  return file('create', pathAt(git, { ...wordAt(pattern, git.word), glob: true }));
}

/** `git archive [-o file] [--remote repo] tree [paths]`. */
export function readArchive(git: GitCall): Outcome {
  const args = readArgs(git, {
    value: listOf('o output remote exec format prefix add-file add-virtual-file mtime'),
    flags: ['list', 'verbose', 'worktree-attributes'],
  });
  const remote = args.value('remote');
  const { effects, runs } = remote ? contact(git, urlsOf(git, remote, 'fetch'), 'connect') : NOTHING;
  const { paths } = readPathspecs(git, args.all.slice(1));
  const added = args.values('add-file').map((path) => file('read', pathAt(git, path)));
  return {
    effects: [
      ...effects,
      ...(remote ? [] : paths.map((path) => file('read', pathFromRoot(git, path)))),
      ...added,
      ...args.values('o', 'output').map((path) => file('write', pathAt(git, path), { clobbers: true })),
    ],
    runs: [
      ...(runs ?? []),
      ...args
        .values('exec')
        .map((code): Nested => ({ kind: 'code', lang: 'sh', code, via: 'git archive --exec' })),
    ],
  };
}

/** `git bundle create file refs…` writes a file; `unbundle` stores objects. */
export function readBundle(git: GitCall): Outcome {
  const [verb, ...rest] = git.args;
  const [path] = readArgs({ ...git, args: rest }, { value: ['version'] }).all;
  if (verb?.text === 'create' && path && path.text !== '-')
    return { effects: [file('write', pathAt(git, path), { clobbers: true })] };
  return verb?.text === 'unbundle' ? { effects: [gitEffect(git, 'other-write')] } : NOTHING;
}

/** `git unpack-file`, `git mailinfo msg patch`, `git mailsplit -o`, `git bugreport`: files that plumbing leaves behind. */
export function readMailinfo(git: GitCall): Outcome {
  const args = readArgs(git, { value: listOf('o d f b encoding output-directory suffix') });
  if (git.command === 'mailinfo')
    return {
      effects: args.all.slice(0, 2).map((path) => file('write', pathAt(git, path), { clobbers: true })),
    };
  const directory = args.value('output-directory', 'o');
  const pattern = git.command === 'bugreport' ? 'git-bugreport-*.txt' : 'git-diagnostics-*.zip';
  if (git.command === 'mailsplit' && !directory) return NOTHING;
  return { effects: [createdIn(git, directory, pattern)] };
}
