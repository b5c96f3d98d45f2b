/** Program names written as file patterns (`/bin/r?`): which programs they may start. */

import type { HostView } from '../types/host.ts';
import { absolutePath } from './paths.ts';
import { matchesPattern } from './patterns.ts';
import { textOf } from './value.ts';

/** Most programs that one pattern is followed to. */
const MAX_MATCHES = 24;

/**
 * Existing paths that a pattern matches, last component only; when the directory itself is a pattern, the usual
 * program directories are tried.
 */
export function resolveProgramPattern(pattern: string, cwd: string | undefined, host: HostView): string[] {
  const slash = pattern.lastIndexOf('/');
  const name = pattern.slice(slash + 1);
  const directory = slash < 0 ? cwd : absolutePath(pattern.slice(0, slash) || '/', textOf(cwd ?? ''));
  if (directory === undefined) return [];
  const directories = /[*?[]/.test(directory)
    ? ['/bin', '/usr/bin', '/usr/local/bin', '/sbin', '/usr/sbin'].filter(
        (known) => matchesPattern(known, directory) === true,
      )
    : [directory];
  return directories
    .flatMap((folder) =>
      (host.readDirectory(folder) ?? [])
        .filter((entry) => matchesPattern(entry, name) === true)
        .map((entry) => `${folder}/${entry}`),
    )
    .slice(0, MAX_MATCHES);
}
