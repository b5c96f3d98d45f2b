/**
 * What codex-guard puts into the client's TOML files and takes out again, to the byte: trust in its hooks, and the pinned feature.
 * Works on text. Where the text is written in a way that lines cannot be added to, it says so and leaves it.
 */

import { isDeepStrictEqual } from 'node:util';
import { parse } from 'smol-toml';
import { InputError } from '../types/errors.ts';
import {
  appendLines,
  entryOf,
  quoteKey,
  readToml,
  removeLines,
  type TomlEntry,
  tablesAt,
} from './toml-text.ts';

/** One `[hooks.state."<key>"] trusted_hash = "<hash>"`. */
export interface TrustEntry {
  readonly key: string;
  readonly hash: string;
}

const PINNED = '# pinned by codex-guard';

type Table = Readonly<Record<string, unknown>>;

/**
 * Reads a configuration.
 *
 * @throws InputError when it is not TOML
 */
export function parseToml(text: string): Table {
  try {
    return parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    const { line, message } = error as { line?: number; message: string };
    throw new InputError(
      `${line === undefined ? '' : `line ${line}: `}not valid TOML (${firstLine(message)})`,
    );
  }
}

/**
 * The text with these entries and every other byte as it was.
 *
 * @returns undefined when the text does not allow for that: state in an inline table, for example
 */
export function addTrust(text: string, entries: readonly TrustEntry[]): string | undefined {
  const wanted = withTrust(text, entries);
  let now = text;
  for (const { key, hash } of entries) {
    const toml = readToml(now);
    if (toml === undefined) return undefined;
    const path = ['hooks', 'state', key];
    const [table] = tablesAt(toml, path);
    const old = table && entryOf(table, 'trusted_hash');
    if (old) now = splice(now, old.value.start, old.value.end, JSON.stringify(hash));
    else if (table) now = insertLine(now, table.headerEnd, toml.newline, `trusted_hash = "${hash}"`);
    else {
      const header = `[hooks.state.${quoteKey(key)}]`;
      now = appendLines(now, toml.newline, [header, `trusted_hash = "${hash}"`]);
    }
  }
  return means(now, wanted) ? now : undefined;
}

/**
 * The text without these entries. One that holds another hash by now is somebody else's and stays, as does an entry that is not
 * written as a table.
 */
export function removeTrust(text: string, entries: readonly TrustEntry[]): string {
  let now = text;
  for (const { key, hash } of entries) {
    const toml = readToml(now);
    const table = toml && tablesAt(toml, ['hooks', 'state', key])[0];
    const entry = table && entryOf(table, 'trusted_hash');
    if (!table || !entry || readValue(now, entry) !== hash) continue;
    // What a person has added to the table is theirs.
    const isWhole = table.entries.length === 1 && now.slice(table.headerEnd, entry.start).trim() === '';
    now = isWhole ? removeLines(now, table.start, entry.end) : removeLine(now, entry);
  }
  return now;
}

/** Which of these entries a configuration holds. Throws InputError when it is not TOML. */
export function findTrust(text: string, entries: readonly TrustEntry[]): readonly TrustEntry[] {
  const state = tableIn(tableIn(parseToml(text), 'hooks'), 'state');
  return entries.filter(({ key, hash }) => tableIn(state, key)?.trusted_hash === hash);
}

/**
 * requirements.toml with `[features] hooks = true`, which nobody below can switch off.
 *
 * @throws InputError when it pins the opposite, or is written so that no line can be added
 */
export function pinHooks(text: string): string {
  const wanted = parseToml(text);
  const features = tableIn(wanted, 'features');
  if (features?.hooks === true) return text;
  if (features?.hooks !== undefined)
    throw new InputError('it sets features.hooks to another value than true');
  const toml = readToml(text);
  const table = toml && tablesAt(toml, ['features'])[0];
  const now = !toml
    ? text
    : table
      ? insertLine(text, table.headerEnd, toml.newline, `hooks = true ${PINNED}`)
      : appendLines(text, toml.newline, [`[features] ${PINNED}`, 'hooks = true']);
  if (!means(now, { ...wanted, features: { ...features, hooks: true } }))
    throw new InputError('its features are not written as a table; add hooks = true to them yourself');
  return now;
}

/** Takes the pin out again, if it was ours. */
export function unpinHooks(text: string): string {
  const toml = readToml(text);
  const table = toml && tablesAt(toml, ['features'])[0];
  const entry = table && entryOf(table, 'hooks');
  if (!table || !entry || readValue(text, entry) !== true) return text;
  if (isPinned(text, entry)) return removeLine(text, entry);
  const isOurs = isPinned(text, { start: table.start, end: table.headerEnd });
  if (!isOurs) return text;
  // A header that others have put their own features under stays, without our words.
  if (table.entries.length === 1) return removeLines(text, table.start, entry.end);
  return removeLine(text, entry).replace(` ${PINNED}`, '');
}

function isPinned(text: string, { start, end }: { readonly start: number; readonly end: number }): boolean {
  return text.slice(start, end).includes(PINNED);
}

function insertLine(text: string, at: number, newline: string, line: string): string {
  const isLast = at === text.length && !text.endsWith('\n');
  return splice(text, at, at, isLast ? `${newline}${line}` : `${line}${newline}`);
}

/** The inverse of `insertLine`. */
function removeLine(text: string, { start, end }: TomlEntry): string {
  const isLast = end === text.length && !text.endsWith('\n');
  return isLast ? text.slice(0, start).replace(/\r?\n$/, '') : splice(text, start, end, '');
}

function splice(text: string, start: number, end: number, insert: string): string {
  return text.slice(0, start) + insert + text.slice(end);
}

function readValue(text: string, { value }: TomlEntry): unknown {
  try {
    return parse(`v = ${text.slice(value.start, value.end)}`).v;
  } catch {
    return undefined;
  }
}

function withTrust(text: string, entries: readonly TrustEntry[]): Table {
  const config = parseToml(text);
  const hooks = tableIn(config, 'hooks') ?? {};
  const state: Record<string, unknown> = { ...tableIn(hooks, 'state') };
  for (const { key, hash } of entries) state[key] = { ...tableIn(state, key), trusted_hash: hash };
  return { ...config, hooks: { ...hooks, state } };
}

function tableIn(table: Table | undefined, key: string): Table | undefined {
  const value = table?.[key];
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Table) : undefined;
}

/** True when a text says just this: a slip of the editing above must never reach the disk. */
function means(text: string, wanted: Table): boolean {
  try {
    return isDeepStrictEqual(plain(parseToml(text)), plain(wanted));
  } catch {
    return false;
  }
}

/** Without the prototypes that the parser gives its tables. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (_, item) => (typeof item === 'bigint' ? `${item}n` : item)));
}

function firstLine(message: string): string {
  return message.replace(/^Invalid TOML document: /, '').split('\n')[0] as string;
}
