/** Reads single files, directories and links without blocking and within bounds. Owns no meaning: not what a repository or a project is. */

import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  opendirSync,
  openSync,
  readlinkSync,
  readSync,
  realpathSync,
  statSync,
} from 'node:fs';

/** What stands at a path, links followed; a link that leads nowhere is `other`. */
export type Kind = 'file' | 'directory' | 'other';

/**
 * Text of a regular file of at most `maxBytes`.
 *
 * Undefined for everything that could block, never end or is not text: pipes, devices, sockets, the kernel's own files,
 * larger files, files with NUL bytes. Bytes that are not UTF-8 become U+FFFD.
 */
export function readRegularFile(path: string, maxBytes: number): string | undefined {
  const text = readRegularBytes(path, maxBytes)?.toString('utf8');
  return text?.includes('\0') ? undefined : text;
}

/** The same as bytes, whatever they are. */
export function readRegularBytes(path: string, maxBytes: number): Buffer | undefined {
  let fd: number | undefined;
  try {
    // Opening some devices has effects, so look first; look again after opening, because it may have been exchanged.
    // Most paths that are asked for are not there: an exception for each would cost a hook its time.
    if (!path.startsWith('/') || !statSync(path, { throwIfNoEntry: false })?.isFile()) return undefined;
    fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY);
    const found = fstatSync(fd);
    if (!found.isFile() || found.size > maxBytes) return undefined;
    // The kernel's files say 0 bytes and then go on for as long as they like.
    if (found.size === 0 && /^\/(proc|sys|dev)\//.test(realpathSync.native(path))) return undefined;
    const bytes = Buffer.allocUnsafe(found.size);
    let filled = 0;
    while (filled < bytes.length) {
      const count = readSync(fd, bytes, filled, bytes.length - filled, null);
      if (count === 0) break;
      filled += count;
    }
    return filled === bytes.length ? bytes : bytes.subarray(0, filled);
  } catch {
    return undefined;
  } finally {
    if (fd !== undefined) closeSync(fd);
  }
}

/** Sorted names in a directory, at most `limit` of them; undefined when it is no directory or may not be read. */
export function readNames(path: string, limit: number): readonly string[] | undefined {
  try {
    const directory = opendirSync(path);
    const names: string[] = [];
    try {
      for (let entry = directory.readSync(); entry !== null; entry = directory.readSync()) {
        names.push(entry.name);
        if (names.length >= limit) break;
      }
    } finally {
      directory.closeSync();
    }
    return names.sort();
  } catch {
    return undefined;
  }
}

/** What is at `path` now; undefined when nothing is, or nobody may look. */
export function readKind(path: string): Kind | undefined {
  try {
    const entry = lstatSync(path, { throwIfNoEntry: false });
    if (entry?.isSymbolicLink()) return readTargetKind(path);
    if (entry === undefined) return undefined;
    return entry.isFile() ? 'file' : entry.isDirectory() ? 'directory' : 'other';
  } catch {
    return undefined;
  }
}

function readTargetKind(link: string): Kind {
  try {
    const target = statSync(link);
    return target.isFile() ? 'file' : target.isDirectory() ? 'directory' : 'other';
  } catch {
    return 'other';
  }
}

/** Where the symbolic link at `path` leads, `'entry'` when it is something else, `'missing'` when it is not there. */
export function readLink(path: string): { readonly target: string } | 'entry' | 'missing' {
  try {
    const found = lstatSync(path, { throwIfNoEntry: false });
    if (found === undefined) return 'missing';
    return found.isSymbolicLink() ? { target: readlinkSync(path) } : 'entry';
  } catch {
    return 'missing';
  }
}
