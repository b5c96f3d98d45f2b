/** Finds the files below a place that people work on, and reads them in windows. Knows nothing of what stands in them. */

import { closeSync, fstatSync, lstatSync, openSync, readSync } from 'node:fs';
import { HostError, InputError } from '../types/errors.ts';
import type { TextFact } from '../types/facts.ts';
import type { Repository } from '../types/host.ts';
import { readKind, readNames } from './disk.ts';
import { isWithin } from './places.ts';
import { type GitOptions, openGit } from './run-git.ts';

/** Files of one walk. */
const MAX_FILES = 200_000;
const MAX_NAMES = 100_000;
const MAX_DEPTH = 64;
/** Bytes that are read at once, and what of a window is read again with the next one: a key in many lines. */
const WINDOW = 8 << 20;
const OVERLAP = 16 << 10;
/** Bytes at the start of a file in which git, too, looks for a NUL to tell what is not text. */
const TEXT_SAMPLE = 8000;

export interface FoundFiles {
  /** Absolute. */
  readonly paths: readonly string[];
  /** False when there were more than are listed. */
  readonly complete: boolean;
}

/**
 * The files of a directory, or a file itself. In a repository those that git tracks or would add; elsewhere all.
 *
 * @param path absolute
 * @throws InputError when nothing is there
 * @throws HostError when git fails
 */
export function findSourceFiles(
  path: string,
  repository: Repository | undefined,
  options: GitOptions,
): FoundFiles {
  const kind = readKind(path);
  if (kind === undefined) throw new InputError(`there is no ${path}`);
  if (kind !== 'directory') return { paths: [path], complete: true };
  if (repository !== undefined && isWithin(path, repository.root) && repository.root !== repository.gitDir)
    return listTracked(path, repository, options);
  return walk(path);
}

function listTracked(directory: string, repository: Repository, options: GitOptions): FoundFiles {
  const ran = openGit(repository, { ...options, maxOutput: 64 << 20 })([
    'ls-files',
    '--cached',
    '--others',
    '--exclude-standard',
    '-z',
    '--',
    ...(directory === repository.root
      ? []
      : [`:(top,literal)${directory.slice(repository.root.length + 1)}`]),
  ]);
  if (ran.status !== 0 && !ran.truncated) throw new HostError(`git cannot list the files of ${directory}`);
  const names = [...new Set(ran.stdout.split('\0').slice(0, -1))];
  // Whoever names an ignored directory means it.
  if (names.length === 0 && directory !== repository.root) return walk(directory);
  const paths = names.slice(0, MAX_FILES).map((name) => `${repository.root}/${name}`);
  // What is in the index may be gone, and a repository inside this one is listed as its directory.
  const files = paths.filter((path) => lstatSync(path, { throwIfNoEntry: false })?.isFile());
  return { paths: files, complete: !ran.truncated && names.length <= MAX_FILES };
}

function walk(top: string): FoundFiles {
  const paths: string[] = [];
  let complete = true;
  const waiting: { path: string; depth: number }[] = [{ path: top, depth: 0 }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const names = readNames(next.path, MAX_NAMES);
    if (names === undefined || names.length >= MAX_NAMES || next.depth > MAX_DEPTH) complete = false;
    for (const name of names ?? []) {
      if (paths.length >= MAX_FILES) return { paths, complete: false };
      const path = `${next.path === '/' ? '' : next.path}/${name}`;
      const found = lstatSync(path, { throwIfNoEntry: false });
      if (found?.isDirectory() && name !== '.git') waiting.push({ path, depth: next.depth + 1 });
      else if (found?.isFile()) paths.push(path);
    }
  }
  return { paths: paths.sort(), complete };
}

/**
 * A file in windows that overlap a little. Undefined when it is not text or nobody may read it.
 *
 * @param label the path that the texts get
 */
export function* readWindows(
  path: string,
  label: string,
): Generator<TextFact, 'text' | 'binary' | 'unreadable'> {
  let file: number | undefined;
  try {
    file = openSync(path, 'r');
    if (!fstatSync(file).isFile()) return 'unreadable';
    const chunk = Buffer.allocUnsafe(Math.min(WINDOW, Math.max(1, fstatSync(file).size + 1)));
    const decoder = new TextDecoder();
    let carried = '';
    let line = 1;
    for (let first = true; ; first = false) {
      const count = readSync(file, chunk, 0, chunk.length, null);
      if (first && chunk.subarray(0, Math.min(count, TEXT_SAMPLE)).includes(0)) return 'binary';
      const text = carried + decoder.decode(chunk.subarray(0, count), { stream: count > 0 });
      if (text !== '' && (count > 0 || first)) yield { where: 'work-tree', text, path: label, line };
      if (count === 0) return 'text';
      carried = tail(text);
      line += countLines(text, text.length - carried.length);
    }
  } catch {
    return 'unreadable';
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

/** The end of a window that the next one starts with: whole lines where there are any. */
function tail(text: string): string {
  if (text.length <= OVERLAP) return text;
  const from = text.indexOf('\n', text.length - OVERLAP);
  return text.slice(from < 0 ? text.length - OVERLAP : from + 1);
}

function countLines(text: string, end: number): number {
  let lines = 0;
  for (let at = text.indexOf('\n'); at >= 0 && at < end; at = text.indexOf('\n', at + 1)) lines += 1;
  return lines;
}
