/** Seals the audit trail with a chain of SHA-256 digests and checks it. Keeps no key: whoever can rewrite a day can seal it anew. */

import { createHash } from 'node:crypto';
import { closeSync, fstatSync, readSync } from 'node:fs';
import { appendLine, dayOf } from './append.ts';
import { dayFiles, openRegular, parseLine, readLines } from './read.ts';

const SEAL_SCHEMA = 'codex-guard/seal/v1';
const CHUNK = 1 << 20;

/** A line among the records that vouches for the first `bytes` of its file, and for the days before. */
interface Seal {
  readonly level: 30;
  readonly time: number;
  readonly pid: number;
  readonly name: 'codex-guard';
  readonly schema: typeof SEAL_SCHEMA;
  /** Digest of the last seal before this day; empty when there was none. */
  readonly previous: string;
  readonly bytes: number;
  /** Hexadecimal, over `previous` and those bytes. */
  readonly sha256: string;
  readonly msg: string;
}

export interface SealedDay {
  /** `2026-03-01` */
  readonly day: string;
  readonly seals: number;
  /** Bytes that the last seal vouches for, and bytes in all. */
  readonly sealed: number;
  readonly bytes: number;
  /** Digest of the last seal: worth keeping elsewhere, because only then a rewritten day shows. */
  readonly sha256?: string;
  /** Sentences; empty when every seal holds. */
  readonly problems: readonly string[];
}

/**
 * Appends a seal to the audit file of the day, over all that is in it now.
 *
 * @returns undefined, or what went wrong as a sentence. That there is nothing to seal is not wrong. Never throws.
 */
export function sealAudit(guardHome: string, time: number, pid: number): string | undefined {
  try {
    const day = dayOf(time);
    const files = dayFiles(guardHome);
    const file = files.find((name) => dayIn(name) === day);
    if (file === undefined) return undefined;
    const earlier = files.filter((name) => name < file).reverse();
    const previous = earlier.map(findLastDigest).find((digest) => digest !== undefined) ?? '';
    const { bytes, digests } = digestFile(file, previous);
    const sha256 = digests.get(bytes);
    if (bytes === 0 || sha256 === undefined) return undefined;
    const head = { level: 30, time, pid, name: 'codex-guard', schema: SEAL_SCHEMA } as const;
    const seal: Seal = { ...head, previous, bytes, sha256, msg: `seal ${day}` };
    return appendLine(guardHome, day, `${JSON.stringify(seal)}\n`);
  } catch (error) {
    return `audit trail not sealed: ${error instanceof Error ? error.message : String(error)}`;
  }
}

/** Checks every seal of every day, oldest first. Days that were removed from the start of the trail are no problem. */
export function verifyAudit(guardHome: string): readonly SealedDay[] {
  const known = new Set<string>();
  return dayFiles(guardHome).map((file, index) => {
    const seals = sealsIn(file);
    const problems: string[] = [];
    let size = 0;
    for (const previous of new Set(['', ...seals.map(({ seal }) => seal.previous)])) {
      const own = seals.filter(({ seal }) => seal.previous === previous);
      const { bytes, digests } = digestFile(
        file,
        previous,
        own.map(({ seal }) => seal.bytes),
      );
      size = bytes;
      for (const { seal, line, offset } of own) {
        if (seal.bytes > offset) problems.push(`line ${line} vouches for more than stands before it`);
        else if (digests.get(seal.bytes) !== seal.sha256) {
          problems.push(`what stands before line ${line} is not what was sealed there`);
        }
        if (previous !== '' && index > 0 && !known.has(previous)) {
          problems.push(`the day whose seal line ${line} goes on from is missing or was changed`);
        }
      }
    }
    for (const { seal } of seals) known.add(seal.sha256);
    const last = seals.at(-1)?.seal;
    return {
      day: dayIn(file),
      seals: seals.length,
      sealed: last?.bytes ?? 0,
      bytes: size,
      ...(last === undefined ? {} : { sha256: last.sha256 }),
      problems,
    };
  });
}

function dayIn(file: string): string {
  return file.slice(-'2026-03-01.jsonl'.length, -'.jsonl'.length);
}

function findLastDigest(file: string): string | undefined {
  return sealsIn(file).at(-1)?.seal.sha256;
}

function sealsIn(
  file: string,
): readonly { readonly seal: Seal; readonly line: number; readonly offset: number }[] {
  const found: { seal: Seal; line: number; offset: number }[] = [];
  let line = 0;
  for (const { text, offset } of readLines(file)) {
    line += 1;
    if (!text?.includes(SEAL_SCHEMA)) continue;
    const seal = parseLine(text) as Partial<Seal> | undefined;
    if (seal?.schema !== SEAL_SCHEMA || typeof seal.bytes !== 'number' || typeof seal.previous !== 'string')
      continue;
    found.push({ seal: seal as Seal, line, offset });
  }
  return found;
}

/** Digests of the starts of a file, by their lengths: of each asked for that the file has, and of the whole. */
function digestFile(
  file: string,
  previous: string,
  lengths: readonly number[] = [],
): { readonly bytes: number; readonly digests: ReadonlyMap<number, string> } {
  const digests = new Map<number, string>();
  const fd = openRegular(file);
  if (fd === undefined) return { bytes: 0, digests };
  try {
    const bytes = fstatSync(fd).size;
    const hash = createHash('sha256').update(previous);
    const chunk = Buffer.allocUnsafe(CHUNK);
    let done = 0;
    for (const length of [...new Set([...lengths, bytes])]
      .filter((n) => n >= 0 && n <= bytes)
      .sort((a, b) => a - b)) {
      while (done < length) {
        const count = readSync(fd, chunk, 0, Math.min(CHUNK, length - done), null);
        if (count === 0) return { bytes, digests };
        hash.update(chunk.subarray(0, count));
        done += count;
      }
      digests.set(length, hash.copy().digest('hex'));
    }
    return { bytes, digests };
  } finally {
    closeSync(fd);
  }
}
