/** Reads the commands that act on named files of the work tree and the index: add, rm, mv, apply. */

import type { Effect } from '../../types/effect.ts';
import type { Word } from '../../types/text.ts';
import { inputText } from '../coreutils/input.ts';
import { file, joinWord, wordAt } from '../effects.ts';
import { NOTHING, type Outcome } from '../page.ts';
import {
  findAbsolute,
  type GitArgs,
  type GitCall,
  gitEffect,
  isOn,
  listOf,
  pathAt,
  readArgs,
  treePathAt,
} from './call.ts';
import { readDiffPaths } from './diff-paths.ts';
import { readPathspecs } from './pathspec.ts';

/** The most bytes of a patch file that are looked into. */
const MAX_BYTES = 1 << 20;

/** `git add …` and `git stage …`. */
export function readAdd(git: GitCall): Outcome {
  const args = readArgs(git, {
    value: ['chmod', 'pathspec-from-file', 'U', 'unified'],
    flags: listOf('all dry-run force intent-to-add interactive patch edit update renormalize'),
  });
  if (isOn(args, 'dry-run', 'n')) return NOTHING;
  const { paths, isWhole } = readPathspecs(git, args.all);
  const isAll = isWhole || args.has('pathspec-from-file') || (paths.length === 0 && args.has('A', 'all'));
  const onlyTracked = paths.length === 0 && args.has('u', 'update', 'p', 'patch', 'i', 'interactive');
  return {
    effects: [
      gitEffect(git, 'other-write', {
        paths,
        takes: isAll ? 'all' : onlyTracked ? 'tracked' : 'paths',
        ...(args.has('f', 'force') ? { force: 'yes' } : {}),
      }),
    ],
  };
}

/** `git rm …`; with `--cached` the files stay. */
export function readRemove(git: GitCall): Outcome {
  const args = readArgs(git, {
    value: ['pathspec-from-file'],
    flags: listOf('cached dry-run force ignore-unmatch quiet sparse pathspec-file-nul'),
  });
  if (isOn(args, 'dry-run', 'n')) return NOTHING;
  const { paths } = readPathspecs(git, args.all);
  const recursive = args.has('r') ? { recursive: true } : {};
  const isCached = isOn(args, 'cached');
  const lossy = args.has('f', 'force') && !isCached ? { lossy: true } : {};
  return {
    effects: [
      gitEffect(git, 'rm', { paths, ...lossy }),
      ...(isCached ? [] : paths.map((path) => file('delete', path, recursive))),
    ],
  };
}

/** `git mv source… destination`. */
export function readMove(git: GitCall): Outcome {
  const args = readArgs(git, { flags: ['force', 'dry-run', 'verbose', 'sparse'] });
  if (args.has('n', 'dry-run')) return NOTHING;
  const sources = args.all.slice(0, -1).map((path) => pathAt(git, path));
  const last = args.all.at(-1);
  if (!last || sources.length === 0) return NOTHING;
  const to = pathAt(git, last);
  const isInto = sources.length > 1 || last.text?.endsWith('/');
  return {
    effects: [
      gitEffect(git, 'other-write', { paths: [...sources, to] }),
      ...sources.map((from) => file('move', isInto ? joinWord(to, baseName(from)) : to, { from })),
    ],
  };
}

function baseName(path: Word): Word {
  return path.text === undefined
    ? path
    : { ...path, text: path.text.replace(/\/+$/, '').replace(/^.*\//, '') };
}

/** `git apply …`: the files that the patch names, as far as it can be read. */
export function readApply(git: GitCall): Outcome {
  const args = readArgs(git, {
    value: listOf('p C directory exclude include whitespace build-fake-ancestor'),
    flags: listOf(`
      check stat numstat summary apply cached index intent-to-add 3way reverse reject
      unsafe-paths recount allow-empty unidiff-zero verbose quiet no-add`),
  });
  const reads = args.all.filter((path) => path.text !== '-').map((path) => file('read', pathAt(git, path)));
  if (args.has('check', 'stat', 'numstat', 'summary') && !args.has('apply')) return { effects: reads };
  const writes = args.has('cached') ? [] : writesOfPatches(git, args);
  return { effects: [gitEffect(git, 'other-write'), ...reads, ...writes] };
}

/** What the patches among the operands, or in literal input, do to files. */
export function writesOfPatches(git: GitCall, args: GitArgs): readonly Effect[] {
  return patchTexts(git, args.all).flatMap((text) => patchEffects(git, text, args));
}

function patchTexts(git: GitCall, patches: readonly Word[]): readonly string[] {
  const input = [inputText(git.call, MAX_BYTES)].filter((text) => text !== undefined);
  if (patches.length === 0) return input;
  return patches.flatMap((patch) => {
    if (patch.text === '-') return input;
    const path = findAbsolute(git, patch);
    const text = path === undefined ? undefined : git.call.host.readFile(path, MAX_BYTES);
    return text === undefined ? [] : [text];
  });
}

function patchEffects(git: GitCall, text: string, args: GitArgs): readonly Effect[] {
  const strip = Number(args.value('p')?.text ?? 1);
  const directory = args.value('directory');
  const place = (path: string): Word => {
    const word = wordAt(path, git.word);
    return treePathAt(git, directory ? joinWord(directory, word) : word);
  };
  return readDiffPaths(text, strip).map(({ op, path, from }) => {
    const reversed = args.has('R', 'reverse');
    if (from !== undefined) {
      const [to, source] = reversed ? [from, path] : [path, from];
      return file('move', place(to), { from: place(source) });
    }
    const done = reversed && op !== 'write' ? (op === 'delete' ? 'create' : 'delete') : op;
    return file(done, place(path));
  });
}
