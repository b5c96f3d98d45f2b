/** Reads the commands that put what git holds into files: archive, bundle, format-patch, mailinfo, bugreport. */

import type { Nested } from '../../types/invocation.ts';
import type { Word } from '../../types/text.ts';
import { file } from '../effects.ts';
import { NOTHING, type Outcome } from '../page.ts';
import { type GitCall, gitEffect, listOf, pathAt, pathFromRoot, readArgs } from './call.ts';
import { DIFF_OPTIONAL, outputs } from './inspect.ts';
import { readPathspecs } from './pathspec.ts';
import { contact, urlsOf } from './remote.ts';

/** `git format-patch …`. */
export function readFormatPatch(git: GitCall): Outcome {
  const args = readArgs(git, {
    value: listOf('o output-directory output v reroll-count to cc from base signature-file n'),
    optional: DIFF_OPTIONAL,
    flags: ['stdout', 'cover-letter', 'numbered', 'signoff', 'root'],
  });
  const directory = args.value('o', 'output-directory');
  return {
    effects: [
      ...(directory ? [file('create', pathAt(git, directory), { recursive: true })] : []),
      ...outputs(git, args),
    ],
  };
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
  const directories = args.options.filter(({ name, value }) => /^o(utput-directory)?$/.test(name) && value);
  return {
    effects: directories.map(({ value }) => file('create', pathAt(git, value as Word), { recursive: true })),
  };
}
