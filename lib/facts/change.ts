/** Measures what differs between a work tree and its last commit, with git's help. Used at the end of a turn only; judges nothing. */

import { lstatSync, type Stats } from 'node:fs';
import type { Change, ChangeFile } from '../types/change.ts';
import { HostError } from '../types/errors.ts';
import type { Repository } from '../types/host.ts';
import { readRegularBytes } from './disk.ts';
import { type Git, type GitOptions, openGit, type Ran, withoutFilters } from './run-git.ts';

const MAX_FILES = 10_000;
/** New files whose lines are counted; the rest is weighed only. */
const MAX_COUNTED = 2_000;
const MAX_COUNTED_BYTES = 32 << 20;
/** Bytes at the start of a file in which git, too, looks for a NUL to tell what is not text. */
const TEXT_SAMPLE = 8000;

/**
 * The work tree of `repository` against HEAD: staged, unstaged and untracked files, ignored ones left out. Without a
 * commit everything is new. Files that git is told not to look at (`skip-worktree`) do not show, nor do the files of
 * a repository inside this one.
 *
 * The agent may have written the repository's configuration, and hooks run outside Codex's sandbox. So nothing that
 * git would start by that configuration is let through: filters, diff drivers, monitors, hooks, remotes.
 *
 * @throws HostError when git is missing, fails or takes too long.
 */
export function readChange(repository: Repository, options: GitOptions): Change {
  if (repository.root === repository.gitDir) return { files: [], truncated: false }; // bare: no work tree
  const git = withoutFilters(openGit(repository, options), repository);
  const diff = diffAgainst(git, 'HEAD') ?? diffAgainst(git, emptyTree(git));
  if (diff === undefined) throw new HostError(`git cannot compare the work tree of ${repository.root}`);
  const listed = git(['ls-files', '--others', '--exclude-standard', '-z']);
  if (listed.status !== 0 && !listed.truncated) {
    throw new HostError(`git cannot list the new files of ${repository.root}`);
  }
  const records = readDiff(diff.stdout);
  const tracked = [...records.values()];
  const untracked = [...new Set(listed.stdout.split('\0').slice(0, -1))].filter((path) => !records.has(path));
  const counter = openCounter(repository.root);
  const oldSizes = readBlobSizes(git, tracked);
  const files = [
    ...tracked.slice(0, MAX_FILES).map((record) => measureTracked(record, counter, oldSizes)),
    ...untracked.slice(0, Math.max(0, MAX_FILES - tracked.length)).map((path): ChangeFile => {
      const { lines, bytes } = counter.measure(path);
      return { path, added: lines, removed: 0, bytes, deleted: false, untracked: true };
    }),
  ];
  const dropped = tracked.length + untracked.length - files.length;
  return { files, truncated: dropped > 0 || diff.truncated || listed.truncated || counter.isExhausted() };
}

function diffAgainst(git: Git, tree: string | undefined): Ran | undefined {
  if (tree === undefined) return undefined;
  const shape = ['--raw', '--numstat', '-z', '--no-abbrev', '-M', '-l1000'];
  const plain = [
    '--no-ext-diff',
    '--no-textconv',
    '--no-color',
    '--no-relative',
    '--ignore-submodules=dirty',
  ];
  const ran = git(['diff', ...plain, ...shape, tree, '--']);
  return ran.status === 0 || ran.truncated ? ran : undefined;
}

/** The tree without files, when the repository has no commit yet. */
function emptyTree(git: Git): string | undefined {
  if (git(['rev-parse', '--quiet', '--verify', 'HEAD^{commit}']).status === 0) return undefined;
  return git(['hash-object', '-t', 'tree', '--stdin']).stdout.trim() || undefined;
}

interface DiffRecord {
  readonly path: string;
  /** A added, D deleted, M modified, R renamed, T type changed, U unmerged. */
  readonly status: string;
  readonly oldBlob: string;
  /** Undefined where git sees no text. */
  readonly added?: number;
  readonly removed?: number;
}

/** Joins the two lists that `git diff --raw --numstat -z` prints, by path. A record that was cut off is left out. */
function readDiff(output: string): ReadonlyMap<string, DiffRecord> {
  const records = new Map<string, DiffRecord>();
  const fields = output.split('\0').slice(0, -1);
  for (let at = 0; at < fields.length; at += 1) {
    const field = fields[at] as string;
    if (field.startsWith(':')) {
      const [, , oldBlob = '', , status = ''] = field.split(' ');
      if (/^[RC]/.test(status)) at += 1;
      const path = fields[at + 1];
      at += 1;
      if (path !== undefined) records.set(path, { path, status: status.slice(0, 1), oldBlob });
      continue;
    }
    const counts = /^(\d+|-)\t(\d+|-)\t/.exec(field);
    if (counts === null) continue;
    // A rename has an empty path here and names both files behind it.
    const own = field.slice(counts[0].length);
    const path = own === '' ? fields[at + 2] : own;
    if (own === '') at += 2;
    const record = path === undefined ? undefined : records.get(path);
    if (path === undefined || record === undefined || counts[1] === '-') continue;
    records.set(path, { ...record, added: Number(counts[1]), removed: Number(counts[2]) });
  }
  return records;
}

function measureTracked(
  record: DiffRecord,
  counter: Counter,
  oldSizes: ReadonlyMap<string, number>,
): ChangeFile {
  const { path, status, added, removed = 0 } = record;
  const deleted = status === 'D';
  const base = { path, removed, deleted, untracked: false };
  if (deleted) return { ...base, added: added ?? 0, bytes: 0 };
  // `.gitattributes` can call any text binary, so what git did not count is looked at here.
  if (added === undefined) {
    const { lines, bytes } = counter.measure(path);
    return { ...base, added: lines, bytes };
  }
  return { ...base, added, bytes: Math.max(0, counter.weigh(path) - (oldSizes.get(record.oldBlob) ?? 0)) };
}

/** Sizes in bytes of the former versions, by object name. */
function readBlobSizes(git: Git, records: readonly DiffRecord[]): ReadonlyMap<string, number> {
  const blobs = records.filter(({ oldBlob }) => /[1-9a-f]/.test(oldBlob)).map(({ oldBlob }) => oldBlob);
  if (blobs.length === 0) return new Map();
  const { stdout } = git(['cat-file', '--batch-check=%(objectname) %(objectsize)'], `${blobs.join('\n')}\n`);
  const sizes = stdout.split('\n').map((line) => line.split(' '));
  return new Map(sizes.map(([name = '', size]) => [name, Number(size) || 0]));
}

interface Counter {
  /** Lines and bytes of a file; no lines where it is not text or the budget is spent. */
  readonly measure: (path: string) => { readonly lines: number; readonly bytes: number };
  readonly weigh: (path: string) => number;
  readonly isExhausted: () => boolean;
}

function openCounter(root: string): Counter {
  let files = 0;
  let spent = 0;
  let exhausted = false;
  const look = (path: string): Stats | undefined => {
    try {
      const found = lstatSync(`${root}/${path}`, { throwIfNoEntry: false });
      return found?.isDirectory() ? undefined : found;
    } catch {
      return undefined;
    }
  };
  return {
    weigh: (path) => look(path)?.size ?? 0,
    isExhausted: () => exhausted,
    measure: (path) => {
      const found = look(path);
      const bytes = found?.size ?? 0;
      files += 1;
      if (files > MAX_COUNTED || spent + bytes > MAX_COUNTED_BYTES) {
        exhausted = true;
        return { lines: 0, bytes };
      }
      spent += bytes;
      if (found?.isSymbolicLink()) return { lines: 1, bytes };
      return { lines: countLines(readRegularBytes(`${root}/${path}`, MAX_COUNTED_BYTES)), bytes };
    },
  };
}

function countLines(content: Buffer | undefined): number {
  if (content === undefined || content.length === 0 || content.subarray(0, TEXT_SAMPLE).includes(0)) return 0;
  let lines = content.at(-1) === 10 ? 0 : 1;
  for (let at = content.indexOf(10); at !== -1; at = content.indexOf(10, at + 1)) lines += 1;
  return lines;
}
