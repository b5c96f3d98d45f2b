/** Reads git's configuration files the way git reads them. Owns their syntax and order; knows nothing of what a key means. */

import { dirname } from 'node:path';
import { readRegularFile } from './disk.ts';

/** Section and name in lower case, subsection as written: `branch.Feature/X.remote`. */
export interface ConfigEntry {
  readonly key: string;
  readonly value: string;
}

export interface GitConfig {
  /** Last value; the key's section and name may be in any case. */
  readonly last: (key: string) => string | undefined;
  /** All values, weakest first. */
  readonly all: (key: string) => readonly string[];
  /** Keys that start with a prefix (`remote.origin.`), with their last value. */
  readonly under: (prefix: string) => ReadonlyMap<string, string>;
}

const MAX_FILE = 1 << 20;
const MAX_FILES = 64;
const MAX_INCLUDES = 5;
/** Settings that the environment may carry; git has no limit, a person never comes near. */
const MAX_FROM_ENVIRONMENT = 256;

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', b: '\b' };

/**
 * Entries of one file in order. A line that git would refuse is skipped: the rest still says what the writer meant.
 * A key without `=` has the value `true`.
 */
export function parseGitConfig(text: string): readonly ConfigEntry[] {
  const entries: ConfigEntry[] = [];
  let section = '';
  let at = text.startsWith('\uFEFF') ? 1 : 0;
  while (at < text.length) {
    const char = text[at] as string;
    if (char === '[') {
      const header = readHeader(text, at);
      section = header.section;
      at = header.end;
    } else if (/[a-z]/i.test(char)) {
      const name = /[\w-]*/y;
      name.lastIndex = at;
      const key = name.exec(text)?.[0] ?? '';
      const value = readValue(text, at + key.length);
      at = value.end;
      if (section !== '') entries.push({ key: `${section}.${key.toLowerCase()}`, value: value.text });
    } else {
      at = /\s/.test(char) ? at + 1 : lineEnd(text, at);
    }
  }
  return entries;
}

/** Reads `[section]`, `[section "Sub"]` or the old `[section.sub]`. */
function readHeader(text: string, start: number): { readonly section: string; readonly end: number } {
  const plain = /\[([\w.-]+)[ \t]*/y;
  plain.lastIndex = start;
  const name = plain.exec(text)?.[1];
  if (name === undefined) return { section: '', end: lineEnd(text, start) };
  let at = plain.lastIndex;
  if (text[at] === ']') return { section: name.toLowerCase(), end: at + 1 };
  if (text[at] !== '"') return { section: '', end: lineEnd(text, start) };
  let subsection = '';
  for (at += 1; at < text.length && text[at] !== '"' && text[at] !== '\n'; at += 1) {
    if (text[at] === '\\') at += 1;
    subsection += text[at] ?? '';
  }
  if (text[at] !== '"' || text[at + 1] !== ']') return { section: '', end: lineEnd(text, start) };
  return { section: `${name.toLowerCase()}.${subsection}`, end: at + 2 };
}

/** Reads what follows a key: `= value`, with quotes, escapes, comments and continued lines. */
function readValue(text: string, start: number): { readonly text: string; readonly end: number } {
  let at = start;
  while (text[at] === ' ' || text[at] === '\t') at += 1;
  if (text[at] !== '=') return { text: 'true', end: lineEnd(text, at) };
  at += 1;
  let value = '';
  /** Length of `value` up to which blanks count, because they were quoted or something follows. */
  let solid = 0;
  let quoted = false;
  for (; at < text.length && text[at] !== '\n'; at += 1) {
    const char = text[at] as string;
    if (char === '"') {
      quoted = !quoted;
      solid = value.length;
    } else if (char === '\\') {
      at += text[at + 1] === '\r' && text[at + 2] === '\n' ? 2 : 1;
      const escaped = text[at];
      if (escaped !== '\n') value += ESCAPES[escaped ?? ''] ?? escaped ?? '';
      solid = value.length;
    } else if (!quoted && (char === '#' || char === ';')) {
      at = lineEnd(text, at) - 1;
    } else if (!quoted && /\s/.test(char)) {
      if (solid > 0 || value !== '') value += char;
    } else {
      value += char;
      solid = value.length;
    }
  }
  return { text: value.slice(0, solid), end: at };
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end === -1 ? text.length : end;
}

/**
 * Reads configuration in git's order: `files` weakest first, each with what it includes, then what the environment sets.
 * Conditional includes are taken as if their condition held: a guard would rather know too many settings than too few.
 */
export function readGitConfig(
  files: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  home: string,
): GitConfig {
  const values = new Map<string, string[]>();
  let read = 0;
  const add = ({ key, value }: ConfigEntry): void => {
    const known = values.get(key);
    if (known === undefined) values.set(key, [value]);
    else known.push(value);
  };
  const addFile = (file: string, depth: number): void => {
    if (depth > MAX_INCLUDES || read >= MAX_FILES) return;
    read += 1;
    for (const entry of parseGitConfig(readRegularFile(file, MAX_FILE) ?? '')) {
      add(entry);
      if (!/^include(if\..*)?\.path$/s.test(entry.key)) continue;
      const path = entry.value.startsWith('~/') ? home + entry.value.slice(1) : entry.value;
      addFile(path.startsWith('/') ? path : `${dirname(file)}/${path}`, depth + 1);
    }
  };
  for (const file of files) addFile(file, 0);
  for (const entry of environmentEntries(env)) add(entry);

  return {
    last: (key) => values.get(normalKey(key))?.at(-1),
    all: (key) => values.get(normalKey(key)) ?? [],
    under: (prefix) => {
      const dot = prefix.indexOf('.');
      const normal =
        dot === -1 ? prefix.toLowerCase() : prefix.slice(0, dot).toLowerCase() + prefix.slice(dot);
      const found = [...values].filter(([key]) => key.startsWith(normal));
      return new Map(found.map(([key, all]) => [key, all.at(-1) as string]));
    },
  };
}

/** `GIT_CONFIG_COUNT`, `GIT_CONFIG_KEY_0`, `GIT_CONFIG_VALUE_0` … */
function environmentEntries(env: Readonly<Record<string, string | undefined>>): readonly ConfigEntry[] {
  const count = Math.min(Number(env.GIT_CONFIG_COUNT ?? 0) || 0, MAX_FROM_ENVIRONMENT);
  const entries: ConfigEntry[] = [];
  for (let index = 0; index < count; index += 1) {
    const key = env[`GIT_CONFIG_KEY_${index}`];
    if (key !== undefined)
      entries.push({ key: normalKey(key), value: env[`GIT_CONFIG_VALUE_${index}`] ?? '' });
  }
  return entries;
}

function normalKey(key: string): string {
  const first = key.indexOf('.');
  const last = key.lastIndexOf('.');
  if (first === -1) return key.toLowerCase();
  return key.slice(0, first).toLowerCase() + key.slice(first, last) + key.slice(last).toLowerCase();
}
