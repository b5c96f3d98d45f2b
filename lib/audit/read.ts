/** Reads audit records back, a line at a time. Never writes, and never fails on a damaged line. */

import { closeSync, constants, fstatSync, openSync, readdirSync, readSync } from 'node:fs';
import { auditDirectory, dayOf } from './append.ts';
import { AUDIT_SCHEMA, type AuditRecord } from './record.ts';

export interface AuditQuery {
  readonly guardHome: string;
  /** Milliseconds since 1970; older records are left out. */
  readonly since?: number;
  readonly session?: string;
  /** True: denials only. */
  readonly blocked?: boolean;
  /** A record's id, or the `tool_use_id` of its call. */
  readonly id?: string;
  /** Told of each line that cannot be read: `2026-03-01.jsonl:17`. */
  readonly onDamage?: (place: string) => void;
}

const CHUNK = 64 * 1024;
/** Longer than any record: such a line is not ours. */
const MAX_LINE_READ = 1 << 20;
const DAY_FILE = /^\d{4}-\d{2}-\d{2}\.jsonl$/;

/** All matching records, oldest day first and in the order they were written. Holds one line in memory at a time. */
export function* streamAudit(query: AuditQuery): Generator<AuditRecord> {
  for (const file of dayFiles(query.guardHome, query.since)) yield* recordsIn(file, query);
}

/** The newest `limit` matching records, oldest first. */
export function readAudit(query: AuditQuery & { readonly limit: number }): readonly AuditRecord[] {
  let found: AuditRecord[] = [];
  for (const file of dayFiles(query.guardHome, query.since).reverse()) {
    const wanted = query.limit - found.length;
    if (wanted <= 0) break;
    const ofDay: AuditRecord[] = [];
    for (const record of recordsIn(file, query)) {
      ofDay.push(record);
      if (ofDay.length > 2 * wanted) ofDay.splice(0, ofDay.length - wanted);
    }
    found = [...ofDay.slice(-wanted), ...found];
  }
  return found;
}

/** Absolute names of the days' files, oldest first. Empty when there is no audit trail. */
export function dayFiles(guardHome: string, since?: number): string[] {
  const directory = auditDirectory(guardHome);
  const first = since === undefined || !(since > 0) ? '' : `${dayOf(since)}.jsonl`;
  try {
    const names = readdirSync(directory).filter((name) => DAY_FILE.test(name) && name >= first);
    return names.sort().map((name) => `${directory}/${name}`);
  } catch {
    return [];
  }
}

function* recordsIn(file: string, query: AuditQuery): Generator<AuditRecord> {
  const name = file.slice(file.lastIndexOf('/') + 1);
  let number = 0;
  for (const { text } of readLines(file)) {
    number += 1;
    if (text === '') continue;
    const value = text === undefined ? undefined : parseLine(text);
    if (value === undefined) query.onDamage?.(`${name}:${number}`);
    else if (isRecord(value) && matches(value, query)) yield value;
  }
}

/**
 * Lines of a regular file with the offset of their first byte, without their line ends. `text` is undefined for a line
 * that is too long to be a record. Nothing at all for links, pipes and missing files.
 */
export function* readLines(
  file: string,
): Generator<{ readonly text: string | undefined; readonly offset: number }> {
  const fd = openRegular(file);
  if (fd === undefined) return;
  try {
    const chunk = Buffer.allocUnsafe(CHUNK);
    let pieces: Buffer[] = [];
    let length = 0;
    let offset = 0;
    const take = () => {
      const line = {
        text: length > MAX_LINE_READ ? undefined : Buffer.concat(pieces).toString('utf8'),
        offset,
      };
      offset += length + 1;
      pieces = [];
      length = 0;
      return line;
    };
    for (let size = readSync(fd, chunk); size > 0; size = readSync(fd, chunk)) {
      let start = 0;
      for (let end = chunk.indexOf(10); end !== -1 && end < size; end = chunk.indexOf(10, start)) {
        pieces.push(Buffer.from(chunk.subarray(start, end)));
        length += end - start;
        yield take();
        start = end + 1;
      }
      length += size - start;
      if (length <= MAX_LINE_READ) pieces.push(Buffer.from(chunk.subarray(start, size)));
    }
    if (length > 0) yield take();
  } finally {
    closeSync(fd);
  }
}

/** Opens a regular file for reading, not through a link; undefined when there is none. The caller closes it. */
export function openRegular(file: string): number | undefined {
  try {
    const fd = openSync(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    if (fstatSync(fd).isFile()) return fd;
    closeSync(fd);
  } catch {
    // Gone since it was listed, a link, or not ours to read.
  }
  return undefined;
}

/** A line's value. A record that was written behind a torn one shares its line: then the last whole one counts. */
export function parseLine(text: string): unknown {
  for (const start of [0, text.lastIndexOf('{"level":')]) {
    try {
      if (start !== -1) return JSON.parse(text.slice(start)) as unknown;
    } catch {
      // The next start may do.
    }
  }
  return undefined;
}

function isRecord(value: unknown): value is AuditRecord {
  const record = value as Partial<AuditRecord> | null;
  return (
    record?.schema === AUDIT_SCHEMA &&
    typeof record.time === 'number' &&
    typeof record.id === 'string' &&
    typeof record.event === 'string' &&
    typeof record.session === 'string' &&
    typeof record.verdict === 'string' &&
    Array.isArray(record.findings) &&
    Array.isArray(record.failures)
  );
}

function matches(record: AuditRecord, { since, session, blocked, id }: AuditQuery): boolean {
  return (
    (since === undefined || record.time >= since) &&
    (session === undefined || record.session === session) &&
    (blocked !== true || record.verdict === 'deny') &&
    (id === undefined || record.id === id || record.tool_use_id === id)
  );
}
