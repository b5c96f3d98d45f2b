/** Appends lines to the day's audit file, whole and in one write each. Never reads a record. */

import {
  chmodSync,
  closeSync,
  constants,
  fchmodSync,
  fstatSync,
  lstatSync,
  mkdirSync,
  openSync,
  writeSync,
} from 'node:fs';
import { type AuditRecord, printRecord } from './record.ts';

/** A record is one write, and a write of this size is never torn on a local file system. */
export const MAX_LINE = 64 * 1024;

/**
 * Appends a record to `<guardHome>/audit/YYYY-MM-DD.jsonl` (day in UTC).
 *
 * @returns undefined, or what went wrong as a sentence. Never throws: a full disk must not decide a verdict.
 */
export function appendAudit(record: AuditRecord, guardHome: string): string | undefined {
  try {
    return appendLine(guardHome, dayOf(record.time), printRecord(record, MAX_LINE));
  } catch (error) {
    return `audit record not written: ${error instanceof Error ? error.message : String(error)}`;
  }
}

/** Day of a time in milliseconds, UTC: `2026-03-01`. Throws RangeError for what is no time. */
export function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

export function auditDirectory(guardHome: string): string {
  return `${guardHome}/audit`;
}

/** Appends one line (with its line end) to a day's file. Answers as {@link appendAudit} does. */
export function appendLine(guardHome: string, day: string, line: string): string | undefined {
  const directory = auditDirectory(guardHome);
  const file = `${directory}/${day}.jsonl`;
  let fd: number | undefined;
  try {
    const problem = prepareDirectory(directory);
    if (problem !== undefined) return problem;
    // Not through a link, and without waiting for a reader should somebody have put a pipe there.
    const flags =
      constants.O_WRONLY |
      constants.O_APPEND |
      constants.O_CREAT |
      constants.O_NOFOLLOW |
      constants.O_NONBLOCK;
    fd = openSync(file, flags, 0o600);
    const found = fstatSync(fd);
    if (!found.isFile() || found.nlink > 1)
      return `audit record not written: ${file} is not a file of its own`;
    if ((found.mode & 0o077) !== 0) fchmodSync(fd, 0o600);
    const bytes = Buffer.from(line);
    const written = writeSync(fd, bytes);
    if (written === bytes.length) return undefined;
    // The rest of the disk was too small. A line end keeps the next record apart, if even that fits.
    writeSync(fd, '\n');
    return `audit record cut off after ${written} bytes: ${file}`;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? String(error);
    return `audit record not written: ${code === 'ELOOP' ? 'a link stands at' : code} ${file}`;
  } finally {
    if (fd !== undefined) closeSync(fd);
  }
}

function prepareDirectory(directory: string): string | undefined {
  const found = lstatSync(directory, { throwIfNoEntry: false });
  if (found === undefined) {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
  } else if (!found.isDirectory()) {
    return `audit record not written: ${directory} is not a directory of its own`;
  } else if ((found.mode & 0o077) !== 0) {
    chmodSync(directory, 0o700);
  }
  return undefined;
}
