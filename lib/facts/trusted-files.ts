/** Reads files of a repository as people have agreed on them, not as the agent left them. Asks git; knows no format. */

import type { Repository } from '../types/host.ts';
import { readRegularBytes } from './disk.ts';
import { type Git, type GitOptions, openGit } from './run-git.ts';

/** Tens of thousands of files; a hook has no time for more. */
const MAX_INDEX = 4 << 20;

export interface TrustedFiles {
  /** Text of a file, its path relative to the top of the work tree; undefined when it is not there. */
  readonly read: (path: string) => string | undefined;
  /** True when a line of some file holds the text. */
  readonly holds: (line: string) => boolean;
}

/**
 * The files of the commit at which the current branch left the remote's default branch: what was reviewed. Where no remote
 * declares one, the last commit. Git starts at the first question.
 *
 * The functions throw HostError when git is missing, fails or takes too long.
 */
export function openTrustedFiles(repository: Repository, options: GitOptions): TrustedFiles {
  let opened: { readonly git: Git; readonly revision: string } | undefined;
  const open = () => {
    if (opened === undefined) {
      const git = openGit(repository, options);
      opened = { git, revision: findRevision(git, repository) };
    }
    return opened;
  };
  return {
    read: (path) => {
      const { git, revision } = open();
      const ran = git(['cat-file', 'blob', `${revision}:${path}`]);
      return ran.status === 0 ? ran.stdout : undefined;
    },
    holds: (line) => {
      const { git, revision } = open();
      // The line may hold a secret, so it does not stand among the arguments that everybody sees.
      return git(['grep', '-q', '-F', '-f', '-', revision], `${line}\n`).status === 0;
    },
  };
}

function findRevision(git: Git, repository: Repository): string {
  const branch = repository.defaultBranch('origin');
  if (branch === undefined) return 'HEAD';
  const ran = git(['merge-base', 'HEAD', `refs/remotes/origin/${branch}`]);
  return /^[0-9a-f]{40,64}$/.exec(ran.stdout.trim())?.[0] ?? 'HEAD';
}

/** True when git may track a file of this name at the top: a look into its index that starts nothing. */
export function mayTrack(repository: Repository, name: string): boolean {
  const index = readRegularBytes(`${repository.gitDir}/index`, MAX_INDEX);
  // The newest format leaves out the start that a name has in common with the one before it.
  return index?.includes(`${name.slice(6)}\0`) === true;
}
