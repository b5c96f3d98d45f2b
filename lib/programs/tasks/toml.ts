/** A small reader of TOML as people write it in settings: tables, dotted keys, all kinds of texts, lists, tables in a line. */

import { isTable, MAX_DEPTH, type Reading, type Tree } from './tree.ts';

type Table = Map<string, Tree>;
interface Cursor {
  readonly text: string;
  at: number;
}

const KEY = /\s*(?:"((?:[^"\\\n]|\\.)*)"|'([^'\n]*)'|([\w-]+))\s*/y;

/** Reads a whole file. Never throws; lines that it cannot read are left out. */
export function readToml(text: string): Reading {
  const root: Table = new Map();
  const cursor: Cursor = { text, at: 0 };
  let table = root;
  let whole = true;
  while (cursor.at < text.length) {
    skip(cursor, /(?:[\s\uFEFF]+|#[^\n]*)*/y);
    if (cursor.at >= text.length) break;
    const head = match(cursor, /\[{1,2}(?!\[)/y);
    const keys = readKeys(cursor);
    if (head !== undefined) {
      skip(cursor, /\s*\]{1,2}/y);
      table = descend(root, keys, head.length === 2);
    } else if (keys.length > 0 && match(cursor, /\s*=\s*/y) !== undefined) {
      const value = readValue(cursor, 0);
      if (value !== undefined) descend(table, keys.slice(0, -1), false).set(keys.at(-1) as string, value);
      else whole = false;
    } else whole = false;
    // Anything but a comment at the end of a line was not understood.
    const rest = match(cursor, /[^\n]*/y) ?? '';
    if (!/^[ \t\r]*(?:#|$)/.test(rest)) whole = false;
  }
  return { tree: root, whole };
}

function match(cursor: Cursor, pattern: RegExp): string | undefined {
  pattern.lastIndex = cursor.at;
  const found = pattern.exec(cursor.text);
  if (found === null) return undefined;
  cursor.at = pattern.lastIndex;
  return found[0];
}

function skip(cursor: Cursor, pattern: RegExp): void {
  match(cursor, pattern);
}

/** `a."b c".d` */
function readKeys(cursor: Cursor): readonly string[] {
  const keys: string[] = [];
  while (keys.length < MAX_DEPTH) {
    KEY.lastIndex = cursor.at;
    const found = KEY.exec(cursor.text);
    if (found === null) break;
    cursor.at = KEY.lastIndex;
    keys.push(found[1] === undefined ? (found[2] ?? found[3] ?? '') : readEscapes(found[1]));
    if (cursor.text[cursor.at] !== '.') break;
    cursor.at++;
  }
  return keys;
}

/** The table under these keys, made when it is not there; the last of a list of tables, or a new one. */
function descend(from: Table, keys: readonly string[], adds: boolean): Table {
  let at = from;
  keys.forEach((key, i) => {
    const found = at.get(key);
    const last = Array.isArray(found) ? (found as Tree[]).at(-1) : found;
    if (isTable(last) && !(adds && i === keys.length - 1)) {
      at = last as Table;
      return;
    }
    const made: Table = new Map();
    if (adds && i === keys.length - 1) at.set(key, [...(Array.isArray(found) ? found : []), made]);
    else at.set(key, made);
    at = made;
  });
  return at;
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f', e: '\x1b' };

function readEscapes(text: string): string {
  return text.replace(
    /\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|x([0-9a-fA-F]{2})|(\s*\n\s*)|(.))/g,
    (_, short, long, byte, fold, sign) => {
      if (fold !== undefined) return '';
      if (sign !== undefined) return ESCAPES[sign] ?? sign;
      const code = Number.parseInt(short ?? long ?? byte, 16);
      return code <= 0x10ffff ? String.fromCodePoint(code) : '';
    },
  );
}

const TEXTS: readonly (readonly [RegExp, boolean])[] = [
  [/"""\n?((?:[^"\\]|\\[\s\S]|"(?!""))*)"""/y, true],
  [/'''\n?((?:[^']|'(?!''))*)'''/y, false],
  [/"((?:[^"\\\n]|\\.)*)"/y, true],
  [/'([^'\n]*)'/y, false],
];

function readValue(cursor: Cursor, depth: number): Tree | undefined {
  if (depth > MAX_DEPTH) return undefined;
  for (const [pattern, escapes] of TEXTS) {
    pattern.lastIndex = cursor.at;
    const found = pattern.exec(cursor.text);
    if (found === null) continue;
    cursor.at = pattern.lastIndex;
    return escapes ? readEscapes(found[1] as string) : (found[1] as string);
  }
  if (match(cursor, /\[/y) !== undefined) return readList(cursor, depth);
  if (match(cursor, /\{/y) !== undefined) return readInline(cursor, depth);
  return match(cursor, /[^\s,\]}#"'][^\s,\]}#]*/y);
}

function readList(cursor: Cursor, depth: number): Tree | undefined {
  const items: Tree[] = [];
  for (;;) {
    skip(cursor, /(?:[\s,]+|#[^\n]*)*/y);
    if (match(cursor, /\]/y) !== undefined) return items;
    const item = readValue(cursor, depth + 1);
    if (item === undefined) return undefined;
    items.push(item);
  }
}

function readInline(cursor: Cursor, depth: number): Tree | undefined {
  const table: Table = new Map();
  for (;;) {
    skip(cursor, /(?:[\s,]+|#[^\n]*)*/y);
    if (match(cursor, /\}/y) !== undefined) return table;
    const keys = readKeys(cursor);
    if (keys.length === 0 || match(cursor, /\s*=\s*/y) === undefined) return undefined;
    const value = readValue(cursor, depth + 1);
    if (value === undefined) return undefined;
    descend(table, keys.slice(0, -1), false).set(keys.at(-1) as string, value);
  }
}
