/** The files of what persons granted, one a grant, below the guard's home. Trusts none that somebody else could have written. */

import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmSync,
  type Stats,
  unlinkSync,
  writeFileSync,
} from 'node:fs';

const SCHEMA = 'codex-guard/grant/v1';

/** What a person lifted with `codex-guard allow`. */
export interface Grant {
  readonly schema: typeof SCHEMA;
  /** Eight hexadecimal digits. */
  readonly id: string;
  /** When it was made and when it ends, as ISO 8601 in UTC. */
  readonly made: string;
  readonly expires: string;
  /** True: it ends with the first step that needs it. */
  readonly once: boolean;
  readonly user: string;
  readonly reason: string;
  /** Top of the repository, or the directory, in which it holds. */
  readonly place: string;
  /** SHA-256 of the tool's input. */
  readonly input: string;
  /** The input for people, without its secrets. */
  readonly command: string;
  /** Digest of the policy at the time. */
  readonly policy: string;
  readonly findings: readonly GrantedFinding[];
}

export interface GrantedFinding {
  readonly guard: string;
  /** For people; the key decides. */
  readonly message: string;
  readonly subject?: Readonly<Record<string, string>>;
  readonly key: string;
}

/** A grant and the state that its file's name tells. */
export interface StoredGrant {
  readonly grant: Grant;
  /** The turn that used it up. */
  readonly usedIn?: string;
}

/** A step that was allowed may wait this long, in milliseconds. */
export const ONCE_MS = 60 * 60 * 1000;
/** Longest that a grant may last, in days. */
export const MAX_DAYS = 90;

const DAY_MS = 24 * 60 * 60 * 1000;
const MAX_BYTES = 64 * 1024;
/** More than anybody hands out in 90 days; the rest would only slow a denial down. */
const MAX_FILES = 500;
const FILE_NAME = /^([0-9a-f]{8})(?:\.([0-9a-f]{16})\.used)?\.json$/;

function grantDirectory(guardHome: string): string {
  return `${guardHome}/grants`;
}

/**
 * The grants that hold at a time. Never throws.
 *
 * @returns also what is wrong with files that are therefore ignored, as sentences
 */
export function readGrants(
  guardHome: string,
  now: Date,
): { readonly grants: readonly StoredGrant[]; readonly problems: readonly string[] } {
  const directory = grantDirectory(guardHome);
  const grants: StoredGrant[] = [];
  const problems: string[] = [];
  try {
    const found = lstatSync(directory, { throwIfNoEntry: false });
    if (found === undefined) return { grants, problems };
    const wrong = found.isDirectory() ? whyUntrusted(found) : 'is no directory of its own';
    if (wrong !== undefined)
      return { grants, problems: [`${directory} ${wrong}: no grant in it counts; remove it`] };
    const names = readdirSync(directory).sort();
    if (names.length > MAX_FILES) problems.push(`${directory} holds more than ${MAX_FILES} files`);
    for (const name of names.slice(0, MAX_FILES)) {
      const read = readGrant(directory, name);
      if (typeof read === 'string') problems.push(`${directory}/${name} ${read}: it is ignored; remove it`);
      else if (read !== undefined && Date.parse(read.grant.expires) > now.getTime()) grants.push(read);
    }
  } catch (error) {
    problems.push(`${directory} cannot be read (${(error as { code?: string }).code ?? 'error'})`);
  }
  return { grants, problems };
}

/** A grant, what is wrong with its file, or undefined when it went away meanwhile or is still being written. */
function readGrant(directory: string, name: string): StoredGrant | string | undefined {
  if (/^\.[0-9a-f]{8}\.\d+$/.test(name)) return undefined;
  const [, id, usedIn] = FILE_NAME.exec(name) ?? [];
  if (id === undefined) return 'is no grant';
  let fd: number | undefined;
  try {
    fd = openSync(`${directory}/${name}`, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    const found = fstatSync(fd);
    if (!found.isFile()) return 'is no regular file';
    const wrong = whyUntrusted(found) ?? (found.nlink > 1 ? 'has a second name' : undefined);
    if (wrong !== undefined) return wrong;
    if (found.size > MAX_BYTES) return 'is too large';
    const bytes = Buffer.alloc(found.size);
    const size = readSync(fd, bytes);
    const value: unknown = JSON.parse(bytes.toString('utf8', 0, size));
    if (!isGrant(value) || value.id !== id) return 'is no grant as codex-guard writes it';
    return { grant: value, ...(usedIn === undefined ? {} : { usedIn }) };
  } catch (error) {
    const { code } = error as { code?: string };
    if (code === 'ENOENT') return undefined;
    return code === 'ELOOP' ? 'is a link' : code === undefined ? 'is no JSON' : `cannot be read (${code})`;
  } finally {
    if (fd !== undefined) closeSync(fd);
  }
}

function whyUntrusted(found: Stats): string | undefined {
  if (process.getuid !== undefined && found.uid !== process.getuid()) return 'belongs to somebody else';
  return process.platform !== 'win32' && (found.mode & 0o022) !== 0 ? 'can be written by others' : undefined;
}

function isGrant(value: unknown): value is Grant {
  const grant = value as Partial<Grant> | null;
  const isText = (text: unknown): text is string => typeof text === 'string' && text.trim() !== '';
  if (grant === null || typeof grant !== 'object' || grant.schema !== SCHEMA) return false;
  const { id, user, reason, place, input, command, policy, made, expires, once, findings } = grant;
  if (![id, user, reason, place, input, policy, made, expires].every(isText)) return false;
  if (typeof command !== 'string' || typeof once !== 'boolean' || !Array.isArray(findings)) return false;
  const lasts = Date.parse(expires as string) - Date.parse(made as string);
  // A file that outlives what the command line hands out was not written by it.
  if (!(lasts > 0 && lasts <= (once ? ONCE_MS : (MAX_DAYS + 1) * DAY_MS))) return false;
  return findings.length > 0 && findings.every((each) => isText(each?.guard) && isText(each?.key));
}

/** Writes a new grant whole or not at all, readable by its owner alone. Throws what the disk says. */
export function writeGrant(guardHome: string, grant: Omit<Grant, 'schema'>): void {
  const directory = grantDirectory(guardHome);
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const temporary = `${directory}/.${grant.id}.${process.pid}`;
  const text = `${JSON.stringify({ schema: SCHEMA, ...grant }, null, 2)}\n`;
  try {
    writeFileSync(temporary, text, { mode: 0o600, flag: 'wx' });
    renameSync(temporary, `${directory}/${grant.id}.json`);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

/**
 * Uses a grant up. Of several hooks that try at the same time exactly one succeeds: a file can be renamed or removed only once.
 *
 * @param turn names session and turn, as 16 hexadecimal digits
 */
export function takeGrant(guardHome: string, { grant, usedIn }: StoredGrant, turn: string): boolean {
  const directory = grantDirectory(guardHome);
  try {
    if (usedIn === undefined)
      renameSync(`${directory}/${grant.id}.json`, `${directory}/${grant.id}.${turn}.used.json`);
    else unlinkSync(`${directory}/${grant.id}.${usedIn}.used.json`);
    return true;
  } catch {
    return false;
  }
}

/** Undoes {@link takeGrant} for a step that is denied after all. */
export function giveBack(guardHome: string, { grant, usedIn }: StoredGrant, turn: string): void {
  const directory = grantDirectory(guardHome);
  try {
    if (usedIn === undefined)
      renameSync(`${directory}/${grant.id}.${turn}.used.json`, `${directory}/${grant.id}.json`);
  } catch {
    // Then it stays used up: the stricter way.
  }
}

/** Removes a grant, used or not. @returns false when there is none of that id */
export function revokeGrant(guardHome: string, id: string): boolean {
  return removeWhere(guardHome, (name) => FILE_NAME.exec(name)?.[1] === id) > 0;
}

/** Removes grants that have ended. */
export function pruneGrants(guardHome: string, now: Date): void {
  const directory = grantDirectory(guardHome);
  removeWhere(guardHome, (name) => {
    const read = readGrant(directory, name);
    return typeof read === 'object' && Date.parse(read.grant.expires) <= now.getTime();
  });
}

function removeWhere(guardHome: string, isGone: (name: string) => boolean): number {
  const directory = grantDirectory(guardHome);
  if (!lstatSync(directory, { throwIfNoEntry: false })?.isDirectory()) return 0;
  const names = readdirSync(directory).filter(isGone);
  for (const name of names) rmSync(`${directory}/${name}`, { force: true });
  return names.length;
}
