/** The key of this installation with which secrets are named without being told. Owns its file; computes nothing. */

import { randomBytes } from 'node:crypto';
import { closeSync, linkSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';

const BYTES = 32;

/**
 * Reads `<guardHome>/fingerprint.key` (32 random bytes, mode 0600) and makes it where it is missing. Of processes that make it at
 * once, one wins and all read the same.
 *
 * @returns undefined when it can be neither read nor made
 */
export function readFingerprintKey(guardHome: string): Buffer | undefined {
  const path = `${guardHome}/fingerprint.key`;
  const known = readKey(path);
  if (known !== undefined) return known;
  const partial = `${path}.${process.pid}`;
  try {
    mkdirSync(guardHome, { recursive: true, mode: 0o700 });
    const file = openSync(partial, 'wx', 0o600);
    try {
      writeSync(file, randomBytes(BYTES));
    } finally {
      closeSync(file);
    }
    // Unlike a rename, a link never takes the place of a key that is there already.
    linkSync(partial, path);
  } catch {
    // Another process was first, or nothing can be written: the next look tells.
  }
  try {
    rmSync(partial, { force: true });
  } catch {
    // It was never made.
  }
  return readKey(path);
}

function readKey(path: string): Buffer | undefined {
  try {
    const key = readFileSync(path);
    return key.length === BYTES ? key : undefined;
  } catch {
    return undefined;
  }
}
