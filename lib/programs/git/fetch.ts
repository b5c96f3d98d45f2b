/** Reads the commands that take from a remote: fetch, pull, clone, ls-remote. Pushing is elsewhere. */

import type { Effect, RefUpdate } from '../../types/effect.ts';
import type { Nested } from '../../types/invocation.ts';
import type { Word } from '../../types/text.ts';
import { file, wordAt } from '../effects.ts';
import { knownStart, type ParsedArgs } from '../options.ts';
import type { Outcome } from '../page.ts';
import {
  branchName,
  type GitCall,
  gitEffect,
  isOn,
  listOf,
  normalKey,
  pathAt,
  readArgs,
  settingValues,
  shellCode,
  unknownAt,
} from './call.ts';
import { allRefsOf, fullRef, parseRefspec } from './refspec.ts';
import { contact, defaultRemote, remoteNames, urlsOf } from './remote.ts';
import { isCodePlace, runsOfSetting } from './settings.ts';

const FETCH_VALUES = listOf(`
      j jobs depth deepen shallow-since shallow-exclude refmap upload-pack o server-option
      negotiation-tip filter submodule-prefix`);
const FETCH_FLAGS = listOf(`
      all append atomic dry-run no-dry-run force no-force keep multiple no-multiple prune
      prune-tags no-tags tags update-head-ok unshallow quiet verbose stdin`);
const PULL_FLAGS = listOf(`
      no-verify verify rebase no-rebase ff-only ff no-ff autostash no-autostash squash commit
      no-commit edit no-edit stat no-stat verify-signatures signoff`);

/** `git fetch [options] [remote [refspec…]]`; also `git fetch-pack` and `git remote update`. */
export function readFetch(git: GitCall): Outcome {
  const args = readArgs(git, { value: FETCH_VALUES, optional: ['recurse-submodules'], flags: FETCH_FLAGS });
  const many = args.has('all') || args.has('multiple');
  const remotes = args.has('all')
    ? remoteNames(git).map((name) => wordAt(name, git.word))
    : many
      ? args.all
      : [args.all[0] ?? defaultRemote(git, 'fetch')];
  return fetchFrom(git, args, remotes, many ? [] : args.all.slice(1));
}

/** Fetches from each remote; refspecs that write local branches are said to. */
export function fetchFrom(
  git: GitCall,
  args: ParsedArgs,
  remotes: readonly Word[],
  specs: readonly Word[],
): Outcome {
  const urls = remotes.flatMap((remote) => urlsOf(git, remote, 'fetch'));
  const { effects, runs } = contact(git, urls, 'connect');
  const programs = args.values('upload-pack').map((code) => shellCode(git, code, 'git fetch --upload-pack'));
  const all = { runs: [...runs, ...programs] };
  if (isOn(args, 'dry-run')) return { effects, ...all };
  const [remote] = remotes;
  const fetched = gitEffect(git, 'fetch', remote && remotes.length === 1 ? { remote } : {});
  const updates = remotes.flatMap((from) => localUpdates(git, from, specs, isOn(args, 'force', 'f')));
  return { effects: [...effects, fetched, ...updates], ...all };
}

/** Local branches that refspecs write: `main:main`, `+refs/heads/*:refs/heads/*`. */
function localUpdates(git: GitCall, remote: Word, specs: readonly Word[], force: boolean): readonly Effect[] {
  const meant = specs.length > 0 ? specs : settingValues(git, `remote.${remote.text}.fetch`);
  return meant.flatMap((word): readonly Effect[] => {
    const spec = parseRefspec(word);
    const branch = spec.dst && branchName(spec.dst);
    if (spec.isNegative || !spec.dst || !branch) return allBranches(git, remote, spec.dst);
    const update: RefUpdate = {
      ...(spec.src ? { src: spec.src } : {}),
      dst: fullRef(spec.dst),
      force: force || spec.force,
      delete: false,
    };
    // Taking a branch over from the one of the same name is keeping up, as a pull is.
    if (!update.force && spec.src && isSame(branchName(spec.src), branch) && !isLocal(remote)) return [];
    const allRefs = allRefsOf(spec.dst);
    return [
      gitEffect(git, 'update-ref', {
        remote,
        refs: [update],
        force: update.force ? 'yes' : 'no',
        ...(allRefs ? { allRefs } : { branch }),
      }),
    ];
  });
}

function isSame(a: Word | undefined, b: Word): boolean {
  return a?.text !== undefined && a.text === b.text;
}

function isLocal(remote: Word): boolean {
  return remote.text !== undefined && /^[./]/.test(remote.text);
}

/** `refs/*` takes the branches in, though it is none itself. */
function allBranches(git: GitCall, remote: Word, dst: Word | undefined): readonly Effect[] {
  if (!dst || allRefsOf(dst) !== 'mirror') return [];
  const refs = [{ dst, force: true, delete: false }];
  return [gitEffect(git, 'update-ref', { remote, refs, allRefs: 'mirror', force: 'yes' })];
}

/** `git pull [options] [remote [refspec…]]`. */
export function readPull(git: GitCall): Outcome {
  const args = readArgs(git, {
    value: [...FETCH_VALUES, 's', 'strategy', 'X', 'strategy-option', 'cleanup'],
    optional: ['rebase', 'r', 'recurse-submodules', 'log', 'S', 'gpg-sign'],
    flags: [...FETCH_FLAGS, ...PULL_FLAGS],
  });
  const remote = args.all[0] ?? defaultRemote(git, 'fetch');
  const specs = args.all.slice(1);
  const fetched = fetchFrom(git, args, [remote], specs);
  if (isOn(args, 'dry-run')) return fetched;
  const refs = specs.flatMap((word): readonly RefUpdate[] => {
    const { src, force } = parseRefspec(word);
    return src ? [{ src, dst: unknownAt(word), force, delete: false }] : [];
  });
  const pull = gitEffect(git, 'pull', {
    remote,
    onCurrent: true,
    ...(refs.length > 0 ? { refs } : {}),
    ...(isOn(args, 'no-verify') ? { skipsHooks: true } : {}),
  });
  return { effects: [...fetched.effects, pull], runs: fetched.runs ?? [] };
}

/** `git clone [options] url [directory]`. Settings of `-c` stay in the new repository. */
export function readClone(git: GitCall): Outcome {
  const args = readArgs(git, {
    value: listOf(`
      c config u upload-pack b branch o origin template reference depth reference-if-able
      separate-git-dir shallow-since shallow-exclude j jobs filter server-option bundle-uri
      ref-format revision`),
    optional: ['recurse-submodules', 'recursive'],
    flags: listOf('bare mirror no-checkout local shared single-branch quiet verbose sparse'),
  });
  const [url, written] = args.all;
  if (!url) return { effects: [] };
  const { effects, runs } = contact(git, urlsOf(git, url, 'fetch'), 'connect');
  const directory = written ?? directoryOf(url);
  const settings = args.values('c', 'config').map(splitSetting);
  const places: readonly (readonly [string, Word])[] = [
    ...settings.filter(([key]) => isCodePlace(key)),
    ...args.values('template').map((value): readonly [string, Word] => ['init.templatedir', value]),
  ];
  return {
    effects: [
      ...effects,
      gitEffect(git, 'clone', { remote: url, ...(directory ? { repo: pathAt(git, directory) } : {}) }),
      ...places.map(([key, value]) => gitEffect(git, 'config', { key, value })),
      ...(directory ? [file('create', pathAt(git, directory), { recursive: true })] : []),
      // What is done in it later is done on this branch; without `-b` only the remote knows which.
      ...(directory
        ? [
            gitEffect(git, 'switch', {
              repo: pathAt(git, directory),
              branch: args.value('b', 'branch') ?? unknownAt(url),
            }),
          ]
        : []),
      ...args
        .values('separate-git-dir')
        .map((path) => file('create', pathAt(git, path), { recursive: true })),
    ],
    runs: [
      ...runs,
      ...args.values('u', 'upload-pack').map((code) => uploadPack(git, code, effects.length > 0)),
      ...settings.flatMap(([key, value]) => runsOfSetting(key, value)),
    ],
  };
}

/** The program runs where the repository is: here for a local path, else on the other machine. */
function uploadPack(git: GitCall, code: Word, isRemote: boolean): Nested {
  return {
    ...shellCode(git, code, 'git clone --upload-pack'),
    ...(isRemote ? { place: 'remote' as const } : {}),
  };
}

/** `key=value` as normal key and value. */
function splitSetting(word: Word): readonly [string, Word] {
  const start = knownStart(word);
  const equals = start.indexOf('=');
  const key = normalKey(equals < 0 ? start : start.slice(0, equals));
  if (equals < 0) return [key, wordAt('true', word)];
  if (word.text !== undefined) return [key, wordAt(word.text.slice(equals + 1), word)];
  return [key, unknownAt(word)];
}

/** The directory that a clone without one makes: `https://h/o/r.git/` → `r`. */
export function directoryOf(url: Word): Word | undefined {
  const name = url.text
    ?.replace(/\/+$/, '')
    .replace(/\/?\.git$/, '')
    .split(/[/:]/)
    .at(-1);
  return name ? wordAt(name, url) : undefined;
}

/** `git ls-remote [options] [remote]`; also what else only looks at a remote. */
export function readLsRemote(git: GitCall): Outcome {
  const args = readArgs(git, {
    value: ['upload-pack', 'exec', 'sort', 'o', 'server-option'],
    flags: listOf('heads tags refs branches get-url quiet symref exit-code'),
  });
  const remote = args.all[0] ?? defaultRemote(git, 'fetch');
  const programs = args
    .values('upload-pack', 'exec')
    .map((code) => shellCode(git, code, 'git ls-remote --exec'));
  if (args.has('get-url')) return { effects: [], runs: programs };
  const { effects, runs } = contact(git, urlsOf(git, remote, 'fetch'), 'connect');
  return { effects, runs: [...runs, ...programs] };
}

/** `git request-pull <start> <url> [<end>]`: looks at the remote. */
export function readRequestPull(git: GitCall): Outcome {
  const [, url] = readArgs(git).all;
  return url ? contact(git, urlsOf(git, url, 'fetch'), 'connect') : { effects: [] };
}

/** `git init [directory]`. */
export function readInit(git: GitCall): Outcome {
  const args = readArgs(git, {
    value: ['b', 'initial-branch', 'template', 'separate-git-dir', 'object-format', 'ref-format'],
    optional: ['shared'],
    flags: ['quiet', 'bare'],
  });
  const [directory] = args.all;
  const at = directory && pathAt(git, directory);
  return {
    effects: [
      gitEffect(git, 'other-write', at ? { repo: at } : {}),
      ...(at ? [file('create', at, { recursive: true })] : []),
      ...args
        .values('separate-git-dir')
        .map((path) => file('create', pathAt(git, path), { recursive: true })),
      ...args.values('template').map((value) => gitEffect(git, 'config', { key: 'init.templatedir', value })),
    ],
  };
}
