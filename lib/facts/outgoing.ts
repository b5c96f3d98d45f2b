/** Fetches what is about to leave: the lines that a commit, a push or the end of a turn would add. Asks git; judges nothing. */

import { lstatSync } from 'node:fs';
import { HostError, InputError } from '../types/errors.ts';
import type { TextFact } from '../types/facts.ts';
import type { Repository } from '../types/host.ts';
import { type AddedLines, readAddedLines } from './added-lines.ts';
import { readRegularFile } from './disk.ts';
import { type Git, type GitOptions, openGit, withoutFilters } from './run-git.ts';

/** What leaves, and from where. */
export type Departure =
  | {
      readonly kind: 'commit';
      /** What is taken out of the work tree beside what is staged. */
      readonly takes: 'nothing' | 'tracked' | 'all' | 'paths';
      /** For `paths`: absolute, or with file patterns. */
      readonly paths: readonly string[];
      /** Ignored files among the paths count too. */
      readonly force: boolean;
    }
  | {
      readonly kind: 'push';
      /** Name of the remote, when it is one. */
      readonly remote: string | undefined;
      /** Revisions that are pushed. */
      readonly revisions: readonly string[];
    }
  | {
      readonly kind: 'diff';
      /** What the work tree is compared with: anything that git takes for a commit. */
      readonly from: string;
    }
  | {
      readonly kind: 'work-tree';
      /** Only files that were changed after this moment, in milliseconds since 1970. */
      readonly since: number;
    };

export interface Outgoing {
  readonly texts: readonly TextFact[];
  /** What could not be looked at, each as a clause; empty when everything was. */
  readonly unseen: readonly string[];
}

/** New files that are read, and bytes of each. */
const MAX_FILES = 2000;
const MAX_FILE = 2 << 20;
/** Characters in all. */
const MAX_TEXT = 24 << 20;
const MAX_COMMITS = 300;

const PLAIN = [
  '-U0',
  '--no-ext-diff',
  '--no-textconv',
  '--no-color',
  '--no-renames',
  '--ignore-submodules=all',
  '--src-prefix=a/',
  '--dst-prefix=b/',
];
const UNQUOTED = [
  'core.quotePath=false',
  'diff.noprefix=false',
  'diff.mnemonicPrefix=false',
  'diff.suppressBlankEmpty=false',
];

/**
 * What would leave a repository.
 *
 * @throws HostError when git is missing, fails or takes too long
 * @throws InputError when a diff starts from what is no commit
 */
export function readOutgoing(repository: Repository, departure: Departure, options: GitOptions): Outgoing {
  if (repository.root === repository.gitDir && departure.kind !== 'push') return { texts: [], unseen: [] };
  const start = openGit(repository, options);
  if (departure.kind === 'push') return readCommits(start, repository, departure.remote, departure.revisions);
  const git = withoutFilters(start, repository);
  const job: Job = {
    git,
    root: repository.root,
    texts: [],
    unseen: new Set(),
    left: options.maxOutput ?? MAX_TEXT,
  };
  if (departure.kind === 'diff') takeDiff(job, 'work-tree', [], [], 0, findCommit(git, departure.from));
  else if (departure.kind === 'commit') {
    takeDiff(job, 'commit', ['--cached']);
    const limits = departure.takes === 'paths' ? pathspecs(departure.paths, repository.root) : [];
    if (departure.takes !== 'nothing') takeDiff(job, 'commit', [], limits);
    if (departure.takes === 'all' || departure.takes === 'paths')
      takeNewFiles(job, 'commit', limits, departure.force, 0);
  } else {
    takeDiff(job, 'work-tree', [], [], departure.since);
    takeNewFiles(job, 'work-tree', [], false, departure.since);
  }
  return { texts: job.texts, unseen: [...job.unseen] };
}

interface Job {
  readonly git: Git;
  readonly root: string;
  readonly texts: TextFact[];
  readonly unseen: Set<string>;
  left: number;
}

/** Paths in the words of git, from the top of the work tree; a path elsewhere makes it everything. */
function pathspecs(paths: readonly string[], root: string): readonly string[] {
  const specs = paths.map((path) => {
    if (path === root) return undefined;
    if (!path.startsWith(`${root}/`)) return undefined;
    const rest = path.slice(root.length + 1);
    return /[*?[]/.test(rest) ? `:(top)${rest}` : `:(top,literal)${rest}`;
  });
  return specs.every((spec) => spec !== undefined) ? specs : [];
}

function takeDiff(
  job: Job,
  where: TextFact['where'],
  options: readonly string[],
  limits: readonly string[] = [],
  since = 0,
  tree = 'HEAD',
): void {
  const diff = (tree: string) => job.git(['diff', ...PLAIN, ...options, tree, '--', ...limits], '', UNQUOTED);
  let ran = diff(tree);
  if (tree === 'HEAD' && ran.status !== 0 && !ran.truncated) {
    const empty = job.git(['hash-object', '-t', 'tree', '--stdin']).stdout.trim();
    ran = diff(empty);
  }
  if (ran.status !== 0 && !ran.truncated)
    throw new HostError(`git cannot compare what changes in ${job.root}`);
  if (ran.truncated) job.unseen.add('it is too large');
  const added = readAddedLines(ran.stdout, where);
  takeTexts(job, added, since);
  // `.gitattributes` can call any text binary, so what git did not show is looked at here.
  for (const path of new Set(added.binary)) takeFile(job, where, path, since);
}

function findCommit(git: Git, from: string): string {
  const ran = git(['rev-parse', '--verify', '--quiet', '--end-of-options', `${from}^{commit}`]);
  const commit = /^[0-9a-f]{40,64}$/.exec(ran.stdout.trim())?.[0];
  if (commit === undefined) throw new InputError(`git knows no commit '${from}' here`);
  return commit;
}

function takeTexts(job: Job, { texts }: Pick<AddedLines, 'texts'>, since: number): void {
  const recent = new Map<string, boolean>();
  for (const text of texts) {
    const path = text.path ?? '';
    if (since > 0 && !recent.has(path)) recent.set(path, isRecent(`${job.root}/${path}`, since));
    if (since === 0 || recent.get(path)) takeText(job, text);
  }
}

function takeText(job: Job, text: TextFact): void {
  job.left -= text.text.length;
  if (job.left < 0) job.unseen.add('it is too large');
  else job.texts.push(text);
}

function takeNewFiles(
  job: Job,
  where: TextFact['where'],
  limits: readonly string[],
  ignored: boolean,
  since: number,
): void {
  const ran = job.git([
    'ls-files',
    '--others',
    ...(ignored && limits.length > 0 ? [] : ['--exclude-standard']),
    '-z',
    '--',
    ...limits,
  ]);
  if (ran.status !== 0 && !ran.truncated) throw new HostError(`git cannot list the new files of ${job.root}`);
  const paths = ran.stdout.split('\0').slice(0, -1);
  if (ran.truncated || paths.length > MAX_FILES) job.unseen.add('there are too many new files');
  for (const path of paths.slice(0, MAX_FILES)) takeFile(job, where, path, since);
}

function takeFile(job: Job, where: TextFact['where'], path: string, since: number): void {
  const absolute = `${job.root}/${path}`;
  if (since > 0 && !isRecent(absolute, since)) return;
  const text = readRegularFile(absolute, MAX_FILE);
  if (text !== undefined) takeText(job, { where, text, path, line: 1 });
}

function isRecent(path: string, since: number): boolean {
  try {
    return (lstatSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0) >= since;
  } catch {
    return true;
  }
}

/** What the commits add that no remote-tracking branch has yet. */
function readCommits(
  git: Git,
  repository: Repository,
  remote: string | undefined,
  revisions: readonly string[],
): Outgoing {
  const known = remote !== undefined && repository.config(`remote.${remote}.url`) !== undefined;
  const log = (wanted: readonly string[]) =>
    git(
      [
        'log',
        '-p',
        '--cc',
        ...PLAIN,
        `--max-count=${MAX_COMMITS}`,
        '--format=%x00%H',
        ...wanted,
        '--not',
        known ? `--remotes=${remote}` : '--remotes',
        '--',
      ],
      '',
      UNQUOTED,
    );
  let ran = log(revisions);
  // A branch that the same text makes is not there yet.
  if (ran.status !== 0 && !ran.truncated) ran = log(['HEAD']);
  // Without a commit there is nothing to push.
  if (ran.status !== 0 && !ran.truncated) return { texts: [], unseen: [] };
  const added = readAddedLines(ran.stdout, 'push');
  const unseen = [
    ...(ran.truncated ? ['it is too large'] : []),
    ...(added.commits >= MAX_COMMITS ? [`it has more than ${MAX_COMMITS} commits`] : []),
  ];
  return { texts: added.texts, unseen };
}
