/** Answers the rooms' questions about this machine. The only maker of a HostView; it never starts a program and never writes. */

import { realpathSync } from 'node:fs';
import { homedir, userInfo } from 'node:os';
import type { HostView } from '../types/host.ts';
import { readKind, readLink, readNames, readRegularFile } from './disk.ts';
import { followLinks } from './links.ts';
import { isCommonGround, isWithin } from './places.ts';
import { findRepository } from './repository.ts';

export interface HostOptions {
  /** Directory that the Codex session was started in, absolute. */
  readonly sessionCwd: string;
  /** Directory of this tool call, absolute. */
  readonly callCwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Home directory, when another than `$HOME`. */
  readonly home?: string;
  /** Login name, when another than `$USER`. */
  readonly user?: string;
}

const MAX_NAMES = 4096;
const TEMPORARY = ['/tmp', '/var/tmp', '/dev/shm', '/private/tmp'];

/**
 * Makes the view of the host for one step. Every answer is kept for the life of the view, so that all guards judge the
 * same state of the disk: make a new one for each step. Nothing is asked of the disk before somebody wants to know.
 */
export function openHost(options: HostOptions): HostView {
  const { env } = options;
  const absolute = (path: string): string => (path.startsWith('/') ? path : `${options.sessionCwd}/${path}`);
  const look = remember(readLink);
  const realPath = remember((path: string) => withSpellingOnDisk(followLinks(absolute(path), look)));

  const user = once(() => options.user || env.USER || env.LOGNAME || loginName());
  const home = once(() => realPath(options.home || env.HOME || homedir()));
  const codexHome = once(() => realPath(env.CODEX_HOME || `${home()}/.codex`));
  const guardHome = once(() => realPath(env.CODEX_GUARD_HOME || `${codexHome()}/guard`));
  const repository = remember((directory: string) =>
    findRepository(realPath(directory), { env, home: home() }),
  );

  const temporary = once(() => {
    const own = env.TMPDIR ? [realPath(env.TMPDIR)] : [];
    const roots = [...TEMPORARY.map(realPath), ...own.filter((root) => !isCommonGround(root, home()))];
    return [...new Set(roots)];
  });

  const projects = once(() => {
    const isOwn = (root: string | undefined): root is string =>
      root !== undefined && !isCommonGround(root, home()) && root !== codexHome() && root !== guardHome();
    const session = [repository(options.sessionCwd)?.root, realPath(options.sessionCwd)].find(isOwn);
    // A directory that is not there holds nothing to guard: payloads of other machines are judged as if it were the project.
    const isMissing = options.callCwd.startsWith('/') && readKind(options.callCwd) === undefined;
    const called = isMissing ? realPath(options.callCwd) : repository(options.callCwd)?.root;
    // A repository inside the project is part of it: `git init src/auth` must not move what `src/auth/**` means.
    const isOther = isOwn(called) && !(session !== undefined && isWithin(called, session));
    return [session, isOther ? called : undefined].filter((root) => root !== undefined);
  });

  const readFile = remember((key: string) => {
    const split = key.indexOf(' ');
    return readRegularFile(key.slice(split + 1), Number(key.slice(0, split)));
  });

  return {
    get home() {
      return home();
    },
    get user() {
      return user();
    },
    get temporary() {
      return temporary();
    },
    get codexHome() {
      return codexHome();
    },
    get guardHome() {
      return guardHome();
    },
    get projects() {
      return projects();
    },
    readFile: (path, maxBytes) => readFile(`${maxBytes} ${path}`),
    readDirectory: remember((path: string) => readNames(path, MAX_NAMES)),
    pathKind: remember(readKind),
    realPath,
    repository,
  };
}

/** Where the file system ignores case, `.GIT` is `.git`: takes the spelling that the disk has for what exists. */
function withSpellingOnDisk(path: { readonly real: string; readonly existing: string }): string {
  if (process.platform !== 'darwin' || path.existing === '/') return path.real;
  try {
    return realpathSync.native(path.existing) + path.real.slice(path.existing.length);
  } catch {
    return path.real;
  }
}

function loginName(): string {
  try {
    return userInfo().username;
  } catch {
    return ''; // a container may run under a number that has no name
  }
}

function remember<T>(answer: (question: string) => T): (question: string) => T {
  const known = new Map<string, T>();
  return (question) => {
    if (!known.has(question)) known.set(question, answer(question));
    return known.get(question) as T;
  };
}

function once<T>(answer: () => T): () => T {
  let known: { readonly value: T } | undefined;
  return () => {
    known ??= { value: answer() };
    return known.value;
  };
}
