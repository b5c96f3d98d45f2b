/** Careful file changes for install, update and uninstall: atomic, with backup, never through a link, one at a time. */

import {
  chmodSync,
  chownSync,
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { HostError, InputError } from '../lib/api.ts';

/** A person may be asked something while the lock is held. */
const LOCK_WAIT_MS = 60_000;

/**
 * Text of a file, or undefined when there is none.
 *
 * @throws HostError for links and directories: what stands behind them is not ours to change; and for bytes that are not UTF-8
 */
export function readOwnFile(path: string): string | undefined {
  const found = statLink(path);
  if (found === undefined) return undefined;
  if (found.isSymbolicLink())
    throw new HostError(
      `${path} is a symbolic link; change the file it points to yourself, or replace the link`,
    );
  if (!found.isFile()) throw new HostError(`${path} is not a regular file`);
  const bytes = readFileSync(path);
  const text = bytes.toString('utf8');
  if (!Buffer.from(text, 'utf8').equals(bytes)) throw new HostError(`${path} is not UTF-8 text`);
  return text;
}

/** What is at a path itself, links not followed; undefined when nothing is. */
export function statLink(path: string): Stats | undefined {
  return lstatSync(path, { throwIfNoEntry: false });
}

/** Replaces a file in one step and keeps its mode and owner. @param mode mode of a new file */
export function writeAtomic(path: string, text: string | Buffer, mode: number): void {
  makeFolder(dirname(path), mode === 0o600 ? 0o700 : 0o755);
  const before = statSync(path, { throwIfNoEntry: false });
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    const file = openSync(temporary, 'wx', mode);
    try {
      writeFileSync(file, text);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    if (before && (before.uid !== process.getuid?.() || before.gid !== process.getgid?.()))
      chownSync(temporary, before.uid, before.gid);
    chmodSync(temporary, before === undefined ? mode : before.mode & 0o7777);
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

/** Makes a folder and those above it, with a mode that the process's umask does not narrow. */
export function makeFolder(path: string, mode: number): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path), mode);
  try {
    // Not `recursive`: where nobody can make a folder, as in /proc, Node then tries for ever.
    mkdirSync(path, { mode });
    chmodSync(path, mode);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
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

/** Removes a folder that nothing is in. */
export function removeIfEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // Something is in it, or it is not there.
  }
}

/**
 * Does something while no other install, update or uninstall works on the same folder. What such a process leaves behind when it is
 * killed does not last.
 *
 * @throws HostError when another one does not end
 */
export async function withLock<T>(folder: string, body: () => T | Promise<T>): Promise<T> {
  const lock = join(folder, 'install.lock');
  const isNew = !existsSync(folder);
  const end = Date.now() + LOCK_WAIT_MS;
  while (!takeLock(lock)) {
    if (Date.now() > end) throw new HostError(`another codex-guard is at work; if none is, remove ${lock}`);
    await sleep(100);
  }
  try {
    return await body();
  } finally {
    rmSync(lock, { force: true });
    if (isNew) removeIfEmpty(folder);
  }
}

function takeLock(lock: string): boolean {
  try {
    makeFolder(dirname(lock), 0o700);
    writeFileSync(lock, String(process.pid), { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // The folder may go at the same moment, when another one was refused; not where there can be none.
    if (code !== 'EEXIST' && !(code === 'ENOENT' && existsSync(dirname(dirname(lock))))) throw error;
    if (isAbandoned(lock)) rmSync(lock, { force: true });
    return false;
  }
}

function isAbandoned(lock: string): boolean {
  try {
    const pid = Number(readFileSync(lock, 'utf8'));
    // It is empty for a moment while its owner writes its number.
    if (!(pid > 0)) return Date.now() - statSync(lock).mtimeMs > LOCK_WAIT_MS;
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}

/** Runs what reads a file's text, and puts the file's path to what is wrong with it. */
export function inFile<T>(path: string, body: () => T): T {
  try {
    return body();
  } catch (error) {
    if (error instanceof InputError) throw new InputError(error.message, path, error.hint);
    throw error;
  }
}
