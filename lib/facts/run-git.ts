/** Starts git on a repository whose configuration nobody trusts. Owns what is switched off for that; knows no question that is asked. */

import { spawnSync } from 'node:child_process';
import { HostError } from '../types/errors.ts';
import type { Repository } from '../types/host.ts';
import { isWithin } from './places.ts';

const MAX_OUTPUT = 16 << 20;
const MAX_FILTERS = 100;

export interface GitOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** For all of git's work together, in milliseconds; default 3,000. */
  readonly timeoutMs?: number;
  /** Bytes of output that are kept of one command; default 16 Mi. */
  readonly maxOutput?: number;
}

export interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  /** True when there was more output than is kept. */
  readonly truncated: boolean;
}

/** Runs one git command; `settings` are `key=value` for this command only. */
export type Git = (args: readonly string[], input?: string, settings?: readonly string[]) => Ran;

/** Settings that keep git from starting other programs. */
const SAFE = ['core.fsmonitor=false', 'core.hooksPath=/dev/null', 'core.pager=cat'];

/**
 * Makes the function that starts git in the work tree of a repository.
 *
 * The agent may have written the repository's configuration, and hooks run outside Codex's sandbox. So nothing that git would
 * start by that configuration is let through: monitors, hooks, remotes; and with {@link withoutFilters} filters too.
 *
 * The function throws HostError when git is missing, cannot be started or takes too long.
 */
export function openGit(
  repository: Repository,
  { env, timeoutMs = 3000, maxOutput = MAX_OUTPUT }: GitOptions,
): Git {
  const deadline = Date.now() + timeoutMs;
  return (args, input = '', settings = []) => {
    const options = [...SAFE, ...settings].flatMap((value) => ['-c', value]);
    const done = spawnSync('git', ['--no-pager', ...options, ...args], {
      cwd: repository.root,
      env: cleanEnvironment(repository, env),
      input,
      encoding: 'utf8',
      maxBuffer: maxOutput,
      timeout: Math.max(1, deadline - Date.now()),
      killSignal: 'SIGKILL',
    });
    const code = done.error === undefined ? undefined : (done.error as NodeJS.ErrnoException).code;
    const truncated = code === 'ENOBUFS';
    if (code === 'ENOENT') throw new HostError('git is not on PATH');
    if (code === 'ETIMEDOUT') throw new HostError(`git took more than ${timeoutMs} ms`);
    if (done.error !== undefined && !truncated)
      throw new HostError(`git cannot be started: ${done.error.message}`);
    return { status: done.status, stdout: done.stdout ?? '', truncated };
  };
}

/**
 * The same for commands that look at files of the work tree: a clean filter is a program that git would run on them.
 *
 * @throws HostError when the configured filters cannot be switched off
 */
export function withoutFilters(git: Git, repository: Repository): Git {
  const names = git(['config', '--null', '--name-only', '--get-regexp', '^filter\\.']).stdout.split('\0');
  const filters = new Set(names.slice(0, -1).map((name) => name.slice(0, name.lastIndexOf('.'))));
  if (filters.size > MAX_FILTERS || [...filters].some((filter) => filter.includes('='))) {
    throw new HostError(
      `the filters that git is configured with in ${repository.root} cannot be switched off`,
    );
  }
  const off = [...filters].flatMap((filter) => [
    `${filter}.clean=`,
    `${filter}.smudge=`,
    `${filter}.process=`,
    `${filter}.required=false`,
  ]);
  return (args, input, settings = []) => git(args, input, [...settings, ...off]);
}

/** Only what git needs, with programs looked for outside the repository. */
function cleanEnvironment(
  { root, gitDir }: Repository,
  env: Readonly<Record<string, string | undefined>>,
): NodeJS.ProcessEnv {
  const path = (env.PATH ?? '').split(':').filter((entry) => entry.startsWith('/') && !isWithin(entry, root));
  return {
    PATH: path.join(':'),
    ...(env.HOME === undefined ? {} : { HOME: env.HOME }),
    ...(env.XDG_CONFIG_HOME === undefined ? {} : { XDG_CONFIG_HOME: env.XDG_CONFIG_HOME }),
    LC_ALL: 'C',
    // Named outright: no search, no ownership check, no `core.worktree`.
    GIT_DIR: gitDir,
    GIT_WORK_TREE: root,
    GIT_OPTIONAL_LOCKS: '0',
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_NO_LAZY_FETCH: '1',
    GIT_ALLOW_PROTOCOL: 'none',
    GIT_TERMINAL_PROMPT: '0',
  };
}
