/** Finds the client's rollout files and gives their lines, packed ones too. Knows nothing of what stands in them but the first line. */

import { closeSync, fstatSync, openSync, readdirSync, readSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import * as zlib from 'node:zlib';
import { HostError } from '../types/errors.ts';

/** Bytes of a file, and of an unpacked one, that are read. */
const MAX_BYTES = 256 << 20;
const HEAD_BYTES = 1 << 20;
const MAX_FILES = 50_000;
const ROLLOUT = /^rollout-.+\.jsonl(?:\.zst|\.gz)?$/;

/** Absolute names of all rollouts of a home, oldest first. Empty when there is none. */
export function listRollouts(codexHome: string): readonly string[] {
  const found: string[] = [];
  const pending = [join(codexHome, 'sessions'), join(codexHome, 'archived_sessions')];
  for (let next = pending.pop(); next !== undefined && found.length < MAX_FILES; next = pending.pop()) {
    for (const entry of readEntries(next)) {
      const path = join(next, entry.name);
      if (entry.isDirectory() && /^\d{2,4}$/.test(entry.name)) pending.push(path);
      else if (entry.isFile() && ROLLOUT.test(entry.name)) found.push(path);
    }
  }
  // Their names begin with the time.
  return found.sort((a, b) => (basename(a) < basename(b) ? -1 : 1));
}

/** When a rollout was last written, in milliseconds since 1970; 0 when it is gone. */
export function rolloutTime(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

/** First line of a rollout, or undefined when it cannot be read. */
export function readFirstLine(file: string): string | undefined {
  try {
    const text = /\.(zst|gz)$/.test(file)
      ? unpack(file, readBytes(file, MAX_BYTES))
      : readBytes(file, HEAD_BYTES);
    const end = text.indexOf(10);
    return text.toString('utf8', 0, end === -1 ? text.length : end);
  } catch {
    return undefined;
  }
}

/**
 * Lines of a rollout.
 *
 * @returns `isCut` when the file is longer than is read
 * @throws HostError when it cannot be read or unpacked
 */
export function readRolloutText(file: string): { readonly lines: Iterable<string>; readonly isCut: boolean } {
  let bytes: Buffer;
  try {
    bytes = unpack(file, readBytes(file, MAX_BYTES));
  } catch (error) {
    if (error instanceof HostError) throw error;
    throw new HostError(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
  return { lines: splitLines(bytes), isCut: bytes.length >= MAX_BYTES };
}

function readEntries(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

function readBytes(file: string, limit: number): Buffer {
  const fd = openSync(file, 'r');
  try {
    const found = fstatSync(fd);
    if (!found.isFile()) throw new HostError(`${file} is no regular file`);
    const bytes = Buffer.allocUnsafe(Math.min(found.size, limit));
    let filled = 0;
    while (filled < bytes.length) {
      const count = readSync(fd, bytes, filled, bytes.length - filled, filled);
      if (count === 0) break;
      filled += count;
    }
    return bytes.subarray(0, filled);
  } finally {
    closeSync(fd);
  }
}

/** The client packs old rollouts. Node has Zstandard since 22.15. */
function unpack(file: string, bytes: Buffer): Buffer {
  if (file.endsWith('.gz')) return zlib.gunzipSync(bytes, { maxOutputLength: MAX_BYTES });
  if (!file.endsWith('.zst')) return bytes;
  const { zstdDecompressSync } = zlib as { zstdDecompressSync?: typeof zlib.gunzipSync };
  if (zstdDecompressSync === undefined)
    throw new HostError(`${file} is packed; unpack it first (zstd -d), or use Node 22.15 or newer`);
  return zstdDecompressSync(bytes, { maxOutputLength: MAX_BYTES });
}

function* splitLines(bytes: Buffer): Generator<string> {
  let start = 0;
  while (start < bytes.length) {
    const end = bytes.indexOf(10, start);
    const stop = end === -1 ? bytes.length : end;
    yield bytes.toString('utf8', start, stop);
    start = stop + 1;
  }
}
