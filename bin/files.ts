/** Careful file changes for install and uninstall: atomic, with backup, never through a link. */

import {
  chmodSync,
  copyFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { HostError } from '../lib/api.ts';

/** Text of a file, or undefined when there is none. Throws HostError for links and directories: what stands behind them is not ours to change. */
export function readOwnFile(path: string): string | undefined {
  if (!existsSync(path) && !isLink(path)) return undefined;
  const found = lstatSync(path);
  if (found.isSymbolicLink())
    throw new HostError(
      `${path} is a symbolic link; change the file it points to yourself, or replace the link`,
    );
  if (!found.isFile()) throw new HostError(`${path} is not a regular file`);
  return readFileSync(path, 'utf8');
}

function isLink(path: string): boolean {
  try {
    return lstatSync(path).isSymbolicLink();
  } catch {
    return false;
  }
}

/** Replaces a file in one step and keeps its mode. @param mode mode of a new file */
export function writeAtomic(path: string, text: string | Buffer, mode: number): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const temporary = `${path}.${process.pid}.tmp`;
  writeFileSync(temporary, text, { mode });
  chmodSync(temporary, existsSync(path) ? statSync(path).mode & 0o777 : mode);
  renameSync(temporary, path);
}

/** Copies a file beside itself under a name with the time in it; returns that name. */
export function backUp(path: string, now: Date): string {
  const backup = `${path}.${now.toISOString().replace(/[:.]/g, '-')}.bak`;
  copyFileSync(path, backup);
  return backup;
}

/** Removes a file or folder of our own; nothing happens when it is not there. */
export function removeOwn(path: string): void {
  rmSync(path, { recursive: true, force: true });
}
