/** A small reader of YAML as people write it in settings: blocks, lists, quoted and folded texts, flows, anchors. What it does not know makes the reading not whole. */

import { isTable, MAX_DEPTH, MAX_LINES, type Reading, type Tree } from './tree.ts';

interface Cursor {
  readonly lines: string[];
  line: number;
  readonly anchors: Map<string, Tree>;
  whole: boolean;
}

/** Reads the first document of a text. Never throws. */
export function readYaml(text: string): Reading {
  const all = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const start = all.findIndex((line) => /^---(?:\s|$)/.test(line));
  const from = start >= 0 && all.slice(0, start).every((line) => /^\s*(?:#|%|$)/.test(line)) ? start + 1 : 0;
  const end = all.findIndex((line, at) => at >= from && /^(?:---|\.\.\.)(?:\s|$)/.test(line));
  const lines = all.slice(from, end < 0 ? undefined : end);
  const cursor: Cursor = {
    lines: lines.slice(0, MAX_LINES),
    line: 0,
    anchors: new Map(),
    whole: lines.length <= MAX_LINES,
  };
  const tree = readBlock(cursor, 0, 0);
  skipBlank(cursor);
  return { tree, whole: cursor.whole && cursor.line >= cursor.lines.length };
}

function skipBlank(cursor: Cursor): void {
  while (cursor.line < cursor.lines.length && /^\s*(?:#|$)/.test(cursor.lines[cursor.line] as string))
    cursor.line++;
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}

/** The value that starts at the next line, when that stands at least so far to the right. */
function readBlock(cursor: Cursor, least: number, depth: number): Tree {
  skipBlank(cursor);
  const line = cursor.lines[cursor.line];
  if (line === undefined) return '';
  const indent = indentOf(line);
  if (indent < least) return '';
  if (depth > MAX_DEPTH || /^\s*\t/.test(line)) {
    cursor.whole = false;
    cursor.line++;
    return '';
  }
  const text = line.slice(indent);
  if (isItem(text)) return readList(cursor, indent, depth);
  if (splitKey(text) !== undefined) return readTable(cursor, indent, depth);
  cursor.line++;
  return readValue(cursor, text, indent - 1, depth);
}

function isItem(text: string): boolean {
  return text === '-' || text.startsWith('- ');
}

function readList(cursor: Cursor, indent: number, depth: number): Tree {
  const items: Tree[] = [];
  for (;;) {
    skipBlank(cursor);
    const line = cursor.lines[cursor.line];
    if (line === undefined || indentOf(line) !== indent || !isItem(line.slice(indent))) return items;
    // What stands behind the dash is a block of its own, further to the right.
    const rest = line.slice(indent + 1);
    const own = indent + 1 + indentOf(rest);
    if (rest.trim() === '' || rest.trim().startsWith('#')) {
      cursor.line++;
      items.push(readBlock(cursor, indent + 1, depth + 1));
    } else {
      cursor.lines[cursor.line] = ' '.repeat(own) + rest.trimStart();
      items.push(readBlock(cursor, own, depth + 1));
    }
  }
}

function readTable(cursor: Cursor, indent: number, depth: number): Tree {
  const table = new Map<string, Tree>();
  for (;;) {
    skipBlank(cursor);
    const line = cursor.lines[cursor.line];
    if (line === undefined || indentOf(line) !== indent) {
      // Something further to the right than it may be.
      if (line !== undefined && indentOf(line) > indent) {
        cursor.whole = false;
        cursor.line++;
        continue;
      }
      return table;
    }
    const pair = splitKey(line.slice(indent));
    if (pair === undefined) {
      if (isItem(line.slice(indent))) return table;
      cursor.whole = false;
      cursor.line++;
      continue;
    }
    cursor.line++;
    const value = readValue(cursor, pair.rest, indent, depth);
    if (pair.key !== '<<') table.set(pair.key, value);
    else
      for (const one of isTable(value) ? [value] : Array.isArray(value) ? value : [])
        if (isTable(one)) for (const [key, item] of one) if (!table.has(key)) table.set(key, item);
  }
}

/** `key: rest`; undefined when the text is no such pair. */
function splitKey(text: string): { readonly key: string; readonly rest: string } | undefined {
  const quoted = /^(?:"((?:[^"\\]|\\.)*)"|'((?:[^']|'')*)')\s*:(?:\s+|$)/.exec(text);
  if (quoted) return { key: quoted[1] ?? quoted[2] ?? '', rest: text.slice(quoted[0].length) };
  if (/^["'[{#|>%@`]/.test(text)) return undefined;
  const at = text.search(/:(?:\s|$)/);
  const comment = text.search(/\s#/);
  if (at <= 0 || (comment >= 0 && comment < at)) return undefined;
  return {
    key: text
      .slice(0, at)
      .replace(/^\?\s+/, '')
      .trim(),
    rest: text.slice(at + 1).trimStart(),
  };
}

/** A value whose first line is `text`; lines that go on with it stand further to the right than `indent`. */
function readValue(cursor: Cursor, text: string, indent: number, depth: number): Tree {
  if (depth > MAX_DEPTH) {
    cursor.whole = false;
    return '';
  }
  const anchor = /^&(\S+)\s*/.exec(text);
  if (anchor) {
    const value = readValue(cursor, text.slice(anchor[0].length), indent, depth + 1);
    cursor.anchors.set(anchor[1] as string, value);
    return value;
  }
  const tag = /^!\S*\s*/.exec(text);
  if (tag) return readValue(cursor, text.slice(tag[0].length), indent, depth + 1);
  if (text.startsWith('*')) return cursor.anchors.get(text.slice(1).replace(/\s.*$/, '')) ?? '';
  if (text === '' || text.startsWith('#')) {
    skipBlank(cursor);
    const next = cursor.lines[cursor.line];
    // A list may stand as far to the left as the key that it belongs to.
    const same = next !== undefined && indentOf(next) === indent && isItem(next.slice(indent));
    return readBlock(cursor, same ? indent : indent + 1, depth + 1);
  }
  if (/^[|>][-+\d]*\s*(?:#.*)?$/.test(text)) return readScalar(cursor, text, indent);
  if (text.startsWith('[') || text.startsWith('{')) return readFlowValue(cursor, text, depth);
  if (text.startsWith('"') || text.startsWith("'")) return readQuoted(cursor, text);
  return readPlain(cursor, text, indent);
}

/** `|` and `>`: lines as they stand. */
function readScalar(cursor: Cursor, head: string, indent: number): string {
  const rows: string[] = [];
  while (cursor.line < cursor.lines.length) {
    const line = cursor.lines[cursor.line] as string;
    if (line.trim() !== '' && indentOf(line) <= indent) break;
    rows.push(line);
    cursor.line++;
  }
  const first = rows.find((row) => row.trim() !== '') ?? '';
  const given = Number(/\d/.exec(head)?.[0] ?? 0);
  const cut = given > 0 ? Math.max(indent, 0) + given : indentOf(first);
  const body = rows.map((row) => row.slice(cut));
  if (head.startsWith('|')) return body.join('\n').trimEnd();
  return body
    .map((row) => (row === '' ? '\n' : row))
    .join(' ')
    .replace(/ ?\n ?/g, '\n')
    .trim();
}

function readPlain(cursor: Cursor, text: string, indent: number): string {
  const rows = [withoutComment(text)];
  while (cursor.line < cursor.lines.length) {
    const line = cursor.lines[cursor.line] as string;
    if (line.trim() === '' || indentOf(line) <= indent || line.trimStart().startsWith('#')) break;
    rows.push(withoutComment(line.trim()));
    cursor.line++;
  }
  return rows.join(' ');
}

function withoutComment(text: string): string {
  const at = text.search(/\s#/);
  return (at < 0 ? text : text.slice(0, at)).trim();
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '0': '\0', e: '\x1b' };

/** What a quoted text says. */
function unquote(body: string, quote: string): string {
  if (quote === "'") return body.replaceAll("''", "'");
  return body.replace(/\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|([\s\S]))/g, (_, hex, unit, sign) =>
    sign === undefined ? String.fromCharCode(Number.parseInt(hex ?? unit, 16)) : (ESCAPES[sign] ?? sign),
  );
}

function readQuoted(cursor: Cursor, text: string): string {
  const quote = text[0] as string;
  const pattern = quote === '"' ? /^"((?:[^"\\]|\\.)*)"/s : /^'((?:[^']|'')*)'/s;
  let whole = text;
  for (let more = 0; more < 64; more++) {
    const match = pattern.exec(whole);
    if (match) return unquote(match[1] as string, quote);
    const next = cursor.lines[cursor.line];
    if (next === undefined) break;
    whole += ` ${next.trim()}`;
    cursor.line++;
  }
  cursor.whole = false;
  return unquote(whole.slice(1), quote);
}

/** `[a, {b: c}]`, also over several lines. */
function readFlowValue(cursor: Cursor, text: string, depth: number): Tree {
  const rows = [text];
  let open = openBrackets(text);
  // Brackets in quoted texts spoil the count; a few more lines are tried then.
  for (let tries = 0; tries < 16; ) {
    if (open <= 0) {
      const value = readFlow({ text: rows.join(' '), at: 0 }, depth);
      if (value !== undefined) return value;
      tries++;
    }
    const next = cursor.lines[cursor.line];
    if (next === undefined) break;
    rows.push(withoutComment(next));
    open += openBrackets(next);
    cursor.line++;
  }
  cursor.whole = false;
  return '';
}

function openBrackets(text: string): number {
  return (text.match(/[[{]/g)?.length ?? 0) - (text.match(/[\]}]/g)?.length ?? 0);
}

/** One value of a flow; undefined when the text ends before it does. */
function readFlow(flow: { readonly text: string; at: number }, depth: number): Tree | undefined {
  const { text } = flow;
  while (/\s/.test(text[flow.at] ?? '')) flow.at++;
  const sign = text[flow.at];
  if (sign === undefined || depth > MAX_DEPTH) return undefined;
  if (sign === '"' || sign === "'") {
    const pattern = sign === '"' ? /"((?:[^"\\]|\\.)*)"/y : /'((?:[^']|'')*)'/y;
    pattern.lastIndex = flow.at;
    const match = pattern.exec(text);
    if (match === null) return undefined;
    flow.at = pattern.lastIndex;
    return unquote(match[1] as string, sign);
  }
  if (sign !== '[' && sign !== '{') {
    const from = flow.at;
    while (flow.at < text.length && !/[,\]}]/.test(text[flow.at] as string)) {
      if (text[flow.at] === ':' && /[\s,\]}]|^$/.test(text[flow.at + 1] ?? '')) break;
      flow.at++;
    }
    return flow.at >= text.length ? undefined : text.slice(from, flow.at).trim();
  }
  flow.at++;
  const items: Tree[] = [];
  const table = new Map<string, Tree>();
  const close = sign === '[' ? ']' : '}';
  for (;;) {
    while (/[\s,]/.test(text[flow.at] ?? '')) flow.at++;
    if (text[flow.at] === undefined) return undefined;
    if (text[flow.at] === close) {
      flow.at++;
      return sign === '[' ? items : table;
    }
    const before = flow.at;
    const first = readFlow(flow, depth + 1);
    if (first === undefined) return undefined;
    while (/\s/.test(text[flow.at] ?? '')) flow.at++;
    if (text[flow.at] === ':') {
      flow.at++;
      const value = readFlow(flow, depth + 1);
      if (value === undefined) return undefined;
      if (sign === '{') table.set(String(first), value);
      else items.push(new Map([[String(first), value]]));
    } else if (sign === '{') table.set(String(first), '');
    else items.push(first);
    // A bracket of the other kind would never be passed.
    if (flow.at === before) flow.at++;
  }
}
