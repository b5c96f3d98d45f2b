/** Reads the commands that show what git holds: diff, log, show, cat-file, blame, grep, rev-parse. They may still write and run. */

import type { Effect, FileOp } from '../../types/effect.ts';
import type { Word } from '../../types/text.ts';
import { file, wordAt } from '../effects.ts';
import { knownStart, partOf } from '../options.ts';
import { NOTHING, type Outcome } from '../page.ts';
import {
  currentBranch,
  type GitArgs,
  type GitCall,
  isPlainName,
  listOf,
  pathAt,
  pathFromRoot,
  readArgs,
  shellCode,
} from './call.ts';
import { looksLikePath, readPathspecs } from './pathspec.ts';
import { splitWord } from './refspec.ts';

const DIFF_VALUES = listOf(`
      output L S G O n max-count since after until before author committer grep skip
      diff-filter word-diff-regex inter-hunk-context src-prefix dst-prefix l U unified
      diff-algorithm anchored line-prefix ws-error-highlight date glob exclude encoding
      output-indicator-new output-indicator-old since-as-filter find-object`);
/** Options of diff and log that take a value only when it is attached. */
export const DIFF_OPTIONAL = listOf(`
      format pretty stat color color-words word-diff relative ignore-submodules submodule
      abbrev M C B X dirstat decorate notes branches tags remotes color-moved`);
/** Forms of a diff that show names or numbers, not contents. */
const SUMMARIES = listOf(`
      stat name-only name-status numstat shortstat summary quiet dirstat raw compact-summary
      check s no-patch`);
const PATCHES = listOf('p u patch patch-with-stat patch-with-raw U unified L c cc m');

/** `rev:path`, `:path`, `:0:path`: the path of a file in git's own store, from the top of the work tree. */
function findBlob(git: GitCall, word: Word): Word | undefined {
  const start = knownStart(word);
  if (start.startsWith(':/') || start.startsWith('-')) return undefined;
  const staged = /^:[0-3]:/.test(start);
  const path = staged ? partOf(word, 3) : splitWord(word, ':', 'first')?.[1];
  if (path === undefined || path.text === '' || path.text?.endsWith('/')) return undefined;
  if (/^\.\.?\//.test(knownStart(path))) return pathAt(git, path);
  return pathFromRoot(git, path);
}

function blobReads(git: GitCall, words: readonly Word[]): readonly Effect[] {
  return words.flatMap((word) => {
    const path = findBlob(git, word);
    return path ? [file('read', path)] : [];
  });
}

function pathReads(git: GitCall, args: GitArgs, op: FileOp): readonly Effect[] {
  const bare = args.operands.filter((word) => looksLikePath(git, word));
  const { paths, isWhole } = readPathspecs(git, [...bare, ...(args.afterDashes ?? [])]);
  return isWhole ? [] : paths.map((path) => file(op, path));
}

/** The file of `--output`. */
export function outputs(git: GitCall, args: GitArgs): readonly Effect[] {
  return args.values('output').map((path) => file('write', pathAt(git, path), { clobbers: true }));
}

/** `git diff` and its plumbing, `git log -p`, `git show`: contents of the paths that are named. */
export function readDiff(git: GitCall): Outcome {
  const args = readArgs(git, {
    value: DIFF_VALUES,
    optional: DIFF_OPTIONAL,
    flags: ['patch', ...SUMMARIES, 'no-index'],
  });
  const isLog = git.command === 'log' || git.command === 'whatchanged' || git.command === 'reflog';
  const shows = args.has(...PATCHES) || (!isLog && !args.has(...SUMMARIES));
  const op = shows ? 'read' : 'list';
  const traced = args.values('L').flatMap((range) => {
    const path = splitWord(range, ':', 'last')?.[1];
    return path ? [file('read', pathAt(git, path))] : [];
  });
  return {
    effects: [
      ...blobReads(git, args.operands),
      ...pathReads(git, args, op),
      ...traced,
      ...outputs(git, args),
    ],
  };
}

/** `git blame file` and `git annotate file`. */
export function readBlame(git: GitCall): Outcome {
  const args = readArgs(git, {
    value: listOf('L S contents date since ignore-rev ignore-revs-file M C'),
    flags: listOf(`
      porcelain incremental root show-stats show-name show-number show-email reverse`),
  });
  const paths = args.afterDashes ?? args.operands.slice(-1);
  const { paths: named } = readPathspecs(git, paths);
  const contents = args.values('contents').map((path) => file('read', pathAt(git, path)));
  return { effects: [...named.map((path) => file('read', path)), ...contents] };
}

/** `git cat-file …`; the names that `--batch` takes from literal input are read too. */
export function readCatFile(git: GitCall): Outcome {
  const args = readArgs(git, { optional: ['batch', 'batch-check', 'batch-command'], value: ['path'] });
  const { stdin } = git.call.invocation;
  const text = args.has('batch', 'batch-command') && stdin !== 'pipe' ? stdin?.text : undefined;
  const named = (text ?? '')
    .split('\n', 10_000)
    .map((line) => wordAt(line.replace(/^contents /, '').trim(), git.word));
  if (args.has('e', 't', 's')) return NOTHING;
  return { effects: blobReads(git, [...args.all, ...named]) };
}

/** `git hash-object file…` and other plumbing that takes contents from files. */
export function readHashObject(git: GitCall): Outcome {
  const args = readArgs(git, {
    value: ['t', 'path'],
    flags: ['stdin', 'stdin-paths', 'no-filters', 'literally'],
  });
  return { effects: args.all.map((path) => file('read', pathAt(git, path))) };
}

/** `git grep …`; `-O` opens what is found in a program. */
export function readGrep(git: GitCall): Outcome {
  const args = readArgs(git, {
    value: listOf(`
      e f A B C m max-count max-depth threads context after-context parent-basename`),
    optional: ['O', 'open-files-in-pager', 'color'],
    flags: listOf(`
      name-only files-with-matches files-without-match count quiet cached no-index untracked
      extended-regexp fixed-strings perl-regexp ignore-case line-number recursive word-regexp`),
  });
  const named = args.has('e', 'f') ? args.operands : args.operands.slice(1);
  const pattern = args.has('e', 'f') ? [] : args.operands.slice(0, 1);
  const isNames = args.has(
    'l',
    'L',
    'c',
    'q',
    'name-only',
    'files-with-matches',
    'files-without-match',
    'count',
    'quiet',
  );
  const reads = isNames ? [] : pathReads(git, { ...args, operands: named }, 'read');
  const pager = args.value('O', 'open-files-in-pager');
  const blobs = pattern.length > 0 || args.has('e') ? blobReads(git, named) : [];
  return {
    effects: [...reads, ...blobs, ...args.values('f').map((path) => file('read', pathAt(git, path)))],
    runs: pager ? [shellCode(git, pager, 'git grep -O')] : [],
  };
}

/** `git rev-parse …`: what it prints, where the files of the repository tell. */
export function readRevParse(git: GitCall): Outcome {
  const words = git.args.map((word) => word.text);
  const answer = git.repository && words.length > 0 ? answerOf(git, words.join(' ')) : undefined;
  if (answer !== undefined) return { effects: [], stdout: `${answer}\n` };
  const [name, ...more] = words.filter((word) => !/^(?:--verify|-q|--quiet)$/.test(word ?? ''));
  return more.length === 0 ? tellIfThere(git, name) : NOTHING;
}

/** `git show-ref --verify refs/heads/main`: ends with 0 when it is there. */
export function readShowRef(git: GitCall): Outcome {
  const [name, ...more] = git.args.filter(({ text }) => !/^(?:--verify|-q|--quiet)$/.test(text ?? ''));
  return more.length === 0 && name?.text?.startsWith('refs/heads/') ? tellIfThere(git, name.text) : NOTHING;
}

function tellIfThere({ repository }: GitCall, name: string | undefined): Outcome {
  const short = name?.replace(/^refs\/heads\//, '') ?? '';
  const isThere = isPlainName(short) ? repository?.knowsName?.(short) : undefined;
  return isThere === undefined ? NOTHING : { effects: [], succeeds: isThere };
}

function answerOf(git: GitCall, asked: string): string | undefined {
  const { repository } = git;
  switch (asked) {
    case '--show-toplevel':
      return repository?.root;
    case '--abbrev-ref HEAD':
    case '--abbrev-ref @':
      return currentBranch(git);
    case '--symbolic-full-name HEAD':
      return currentBranch(git) && `refs/heads/${currentBranch(git)}`;
    case '--absolute-git-dir':
    case '--git-dir':
      return repository?.gitDir;
    case '--git-common-dir':
      return repository?.commonDir;
    case '--is-inside-work-tree':
      return 'true';
    default:
      // `--git-path hooks`: below the directory that all worktrees share, where that is so for what can be harmed.
      return /^--git-path [\w./-]+$/.test(asked) && repository !== undefined
        ? `${repository.commonDir}/${asked.slice('--git-path '.length)}`
        : undefined;
  }
}
