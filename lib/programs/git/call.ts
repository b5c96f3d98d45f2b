/** What a git command knows when it is read, and how it says what it does. Knows no command and no option. */

import { posix } from 'node:path';
import type { GitEffect, GitOp } from '../../types/effect.ts';
import type { Repository } from '../../types/host.ts';
import type { Nested } from '../../types/invocation.ts';
import type { Word } from '../../types/text.ts';
import { joinWord } from '../effects.ts';
import { type Grammar, type ParsedArgs, parseArgs } from '../options.ts';
import type { Call, Outcome } from '../page.ts';

/** One git command with everything its global options and environment say. */
export interface GitCall {
  readonly call: Call;
  /** `push`, lower case never changed: git's own names have no capitals. */
  readonly command: string;
  readonly word: Word;
  /** Words after the command. */
  readonly args: readonly Word[];
  /** Directory of `-C`, as written; undefined when it is the invocation's. */
  readonly chdir: Word | undefined;
  /** Directory whose repository it acts on, when that is not the invocation's. */
  readonly repo: Word | undefined;
  readonly repository: Repository | undefined;
  /** Work tree that options or variables name, when it is not the repository's own. */
  readonly workTree: Word | undefined;
  /** Settings of `-c` and of the environment, by normal key. */
  readonly settings: ReadonlyMap<string, readonly Word[]>;
  readonly skipsHooks: boolean;
}

/** Reads one command. */
export type GitCommand = (git: GitCall) => Outcome;

/** Arguments before `--`, and what follows it. */
export interface GitArgs extends ParsedArgs {
  /** Words after `--`; undefined when there is none. */
  readonly afterDashes: readonly Word[] | undefined;
  /** Operands on both sides of `--`. */
  readonly all: readonly Word[];
}

/** A list of names, written with blanks between them. */
export function listOf(list: string): readonly string[] {
  return list.trim().split(/\s+/);
}

/** A word that only running git would tell. */
export function unknownAt(near: Word): Word {
  return { text: undefined, pieces: [null], glob: false, span: near.span };
}

/** A git effect of the call's own command. */
export function gitEffect(git: GitCall, op: GitOp, more: Partial<GitEffect> = {}): GitEffect {
  return {
    kind: 'git',
    op,
    span: git.word.span,
    ...(git.repo ? { repo: git.repo } : {}),
    ...(git.skipsHooks ? { skipsHooks: true } : {}),
    ...more,
  };
}

/** Splits the arguments of a command at `--` and by its options. */
export function readArgs(git: GitCall, grammar: Grammar = {}): GitArgs {
  const dashes = git.args.findIndex((word) => word.text === '--');
  const before = dashes < 0 ? git.args : git.args.slice(0, dashes);
  const afterDashes = dashes < 0 ? undefined : git.args.slice(dashes + 1);
  const parsed = parseArgs(before, { abbreviations: true, ...grammar });
  return { ...parsed, afterDashes, all: [...parsed.operands, ...(afterDashes ?? [])] };
}

/** True when the last of an option and its `--no-` form switches it on. */
export function isOn(args: ParsedArgs, ...names: readonly string[]): boolean {
  const last = args.options.findLast(
    ({ name }) =>
      names.includes(name) || names.includes(name.replace(/^no-/, '')) || names.includes(`no-${name}`),
  );
  return last !== undefined && names.includes(last.name);
}

/** Settings have lower-case sections and names; what stands between keeps its case. */
export function normalKey(key: string): string {
  const first = key.indexOf('.');
  const last = key.lastIndexOf('.');
  if (first < 0) return key.toLowerCase();
  return key.slice(0, first).toLowerCase() + key.slice(first, last) + key.slice(last).toLowerCase();
}

/** The value that a setting has for this call. */
export function findSetting(git: GitCall, key: string): Word | undefined {
  const written = git.settings.get(key)?.at(-1);
  if (written) return written;
  const text = git.repository?.config(key);
  return text === undefined ? undefined : { text, glob: false, span: git.word.span };
}

/** All values of a setting that may be given several times, weakest first. */
export function settingValues(git: GitCall, key: string): readonly Word[] {
  const last = git.repository?.config(key);
  const configured = new Set(git.repository?.configAll?.(key) ?? []);
  // What the text itself configured is known only as the last value.
  if (last !== undefined) configured.add(last);
  return [
    ...[...configured].map((text) => ({ text, glob: false, span: git.word.span })),
    ...(git.settings.get(key) ?? []),
  ];
}

/** Settings whose key starts with a prefix. */
export function settingsUnder(git: GitCall, prefix: string): ReadonlyMap<string, Word> {
  const found = new Map<string, Word>();
  for (const [key, text] of git.repository?.configUnder(prefix) ?? [])
    found.set(key, { text, glob: false, span: git.word.span });
  for (const [key, words] of git.settings) {
    const word = words.at(-1);
    if (word && key.startsWith(prefix)) found.set(key, word);
  }
  return found;
}

/** A path argument as seen from the invocation's directory. */
export function pathAt(git: GitCall, path: Word): Word {
  return git.chdir ? joinWord(git.chdir, path) : path;
}

/** A path of the work tree: git counts it from here, or from a work tree elsewhere. */
export function treePathAt(git: GitCall, path: Word): Word {
  if (!git.workTree) return pathAt(git, path);
  const tree = joinWord(git.call.invocation.cwd, git.workTree).text;
  const here = findAbsolute(git, { text: '.', glob: false, span: path.span });
  const isInside =
    tree !== undefined && here !== undefined && `${here}/`.startsWith(`${posix.normalize(tree)}/`);
  return isInside ? pathAt(git, path) : joinWord(git.workTree, path);
}

/** Absolute path of a word, or undefined when it is not known. */
export function findAbsolute(git: GitCall, path: Word): string | undefined {
  const { text } = joinWord(git.call.invocation.cwd, pathAt(git, path));
  return text?.startsWith('/') ? posix.join(text, '.').replace(/(?<=.)\/$/, '') : undefined;
}

/** A path that git counts from the top of the work tree (`HEAD:path`, `:/path`). */
export function pathFromRoot(git: GitCall, path: Word): Word {
  if (git.workTree) return joinWord(git.workTree, path);
  const root = git.repository?.root;
  if (root === undefined || root === git.call.invocation.cwd.text) return path;
  return joinWord({ text: root, glob: false, span: path.span }, path);
}

/** The branch that the host says is current; undefined when the head is detached or not known. */
export function currentBranch(git: GitCall): string | undefined {
  return git.repository?.branch || undefined;
}

/** Directory for something that git runs from the top of the work tree. */
export function atRoot(git: GitCall): Pick<Nested, 'cwd'> {
  const root = git.repository?.root;
  if (root !== undefined) return { cwd: { text: root, glob: false, span: git.word.span } };
  return inDirectory(git);
}

/** Directory for something that git runs where it stands. */
export function inDirectory(git: GitCall): Pick<Nested, 'cwd'> {
  return git.chdir ? { cwd: joinWord(git.call.invocation.cwd, git.chdir) } : {};
}

/** Shell text that a command runs. */
export function shellCode(git: GitCall, code: Word, via: string, args?: readonly Word[]): Nested {
  return { kind: 'code', lang: 'sh', code, via, ...atRoot(git), ...(args ? { args } : {}) };
}

/** `refs/heads/x`, `heads/x` and `x` as the short name of a branch; undefined when it is no branch. */
export function branchName(ref: Word): Word | undefined {
  const text = ref.text;
  if (text === undefined) return ref;
  if (text.startsWith('refs/heads/')) return { ...ref, text: text.slice('refs/heads/'.length) };
  if (text.startsWith('refs/')) return undefined;
  return text.startsWith('heads/') ? { ...ref, text: text.slice('heads/'.length) } : ref;
}

/** False for what need not be a branch to be checked out: a commit, by its digest or from HEAD. */
export function isPlainName(name: string): boolean {
  return /^[\w./-]+$/.test(name) && !/^[A-Z_]*HEAD$|^[0-9a-f]{4,}$/.test(name);
}
