/** What `guard.lock.json` beside a policy file says and ought to say. Compares and prints; the command line writes. */

import { dirname, join } from 'node:path';
import { guards } from '../guards/index.ts';
import type { LayerName, PolicyProblem } from '../types/policy.ts';
import { LOCK_FILE, type PolicyHost, readLayer } from './read-layer.ts';

export interface LockChange {
  /** `<package>/<path>`. */
  readonly file: string;
  /** Digest in the lock; absent when the file is new to it. */
  readonly locked?: string;
  /** Digest of what is installed; absent when nothing extends the file any more. */
  readonly installed?: string;
}

export interface LockState {
  readonly path: string;
  /** `none`: packages are not pinned. `broken`: it is there and holds no digests. */
  readonly lock: 'none' | 'broken' | 'whole';
  /** Digests of what is installed, by file. */
  readonly files: Readonly<Record<string, string>>;
  readonly changes: readonly LockChange[];
  /** What is wrong with the policy itself; with an error among them `files` is not all of it. */
  readonly problems: readonly PolicyProblem[];
}

const MAX_BYTES = 1024 * 1024;

/**
 * Compares the lock of a policy file with the packages that are installed.
 *
 * @returns undefined when there is no such policy file
 */
export function readLockState(host: PolicyHost, layer: LayerName, policyPath: string): LockState | undefined {
  const path = join(dirname(policyPath), LOCK_FILE);
  const isLock = (other: string): boolean => other === path;
  // Without its lock a policy says what it would be pinned to now.
  const unlocked: PolicyHost = {
    home: host.home,
    codexHome: host.codexHome,
    readFile: (other, maxBytes) => (isLock(other) ? undefined : host.readFile(other, maxBytes)),
    pathKind: (other) => (isLock(other) ? undefined : host.pathKind(other)),
  };
  const table = Object.fromEntries(guards.map((guard) => [guard.id, guard]));
  const read = readLayer(unlocked, table, layer, policyPath);
  if (read === undefined) return undefined;
  const isThere = host.pathKind(path) !== undefined;
  const locked = isThere ? readFiles(host, path) : undefined;
  const lock = !isThere ? 'none' : locked === undefined ? 'broken' : 'whole';
  const files = read.packages;
  return { path, lock, files, changes: compare(locked ?? {}, files), problems: read.problems };
}

/** The text of a lock. */
export function printLock(files: Readonly<Record<string, string>>): string {
  const sorted = Object.fromEntries(Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1)));
  return `${JSON.stringify({ files: sorted }, null, 2)}\n`;
}

function compare(
  locked: Readonly<Record<string, string>>,
  installed: Readonly<Record<string, string>>,
): readonly LockChange[] {
  const names = [...new Set([...Object.keys(locked), ...Object.keys(installed)])].sort();
  return names.flatMap((file) => {
    const [was, is] = [digestIn(locked, file), digestIn(installed, file)];
    if (was === is) return [];
    return [
      {
        file,
        ...(was === undefined ? {} : { locked: was }),
        ...(is === undefined ? {} : { installed: is }),
      },
    ];
  });
}

function digestIn(files: Readonly<Record<string, string>>, file: string): string | undefined {
  return Object.hasOwn(files, file) ? files[file] : undefined;
}

/** Digests that a lock holds; undefined when it holds none. */
function readFiles(host: PolicyHost, path: string): Readonly<Record<string, string>> | undefined {
  try {
    const lock = JSON.parse(host.readFile(path, MAX_BYTES) ?? '') as { files?: unknown } | null;
    if (typeof lock?.files !== 'object' || lock.files === null) return undefined;
    return Object.fromEntries(
      Object.entries(lock.files).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
    );
  } catch {
    return undefined;
  }
}
