/**
 * Finds tables and keys in a TOML text, and puts lines in or takes them out without touching any other byte. Knows only how TOML is
 * written; whether it is right, and what it means, is for a parser to say.
 */

/** A line `key = value`, which may be longer than a line. Offsets are into the text; `end` is behind its line break. */
export interface TomlEntry {
  readonly path: readonly string[];
  readonly start: number;
  readonly end: number;
  readonly value: { readonly start: number; readonly end: number };
}

/** A header `[a.b]` with the entries below it; the first has no header and an empty path. */
export interface TomlTable {
  readonly path: readonly string[];
  /** `[[a]]`. */
  readonly isItem: boolean;
  readonly start: number;
  /** Behind the header's line break. */
  readonly headerEnd: number;
  readonly entries: readonly TomlEntry[];
}

export interface TomlText {
  readonly text: string;
  readonly tables: readonly TomlTable[];
  /** How this text breaks lines. */
  readonly newline: string;
}

/** Far more than a configuration holds. */
const MAX_LENGTH = 4_000_000;

/**
 * Reads the outline of a TOML text. A text that is no TOML gives some outline or none.
 *
 * @returns undefined when the text is too long or cannot be followed
 */
export function readToml(text: string): TomlText | undefined {
  if (text.length > MAX_LENGTH) return undefined;
  const tables: { -readonly [K in keyof TomlTable]: TomlTable[K] }[] = [];
  let entries: TomlEntry[] = [];
  const begin = text.startsWith('\uFEFF') ? 1 : 0;
  tables.push({ path: [], isItem: false, start: begin, headerEnd: begin, entries });
  for (let at = begin; at < text.length; ) {
    const start = skipBlanks(text, at);
    const end = endOfLine(text, skipValue(text, start));
    if (text[start] === '[') {
      const isItem = text[start + 1] === '[';
      const path = readKey(text, start + (isItem ? 2 : 1));
      if (path === undefined || text[path.end] !== ']') return undefined;
      entries = [];
      tables.push({ path: path.words, isItem, start: at, headerEnd: end, entries });
    } else if (!/[#\r\n]/.test(text[start] ?? '\n')) {
      const path = readKey(text, start);
      if (path === undefined || text[path.end] !== '=') return undefined;
      const from = skipBlanks(text, path.end + 1);
      entries.push({ path: path.words, start: at, end, value: { start: from, end: skipValue(text, from) } });
    }
    at = end;
  }
  return { text, tables, newline: /\r?\n/.exec(text)?.[0] ?? '\n' };
}

/** The tables of just this path. */
export function tablesAt(toml: TomlText, path: readonly string[]): readonly TomlTable[] {
  return toml.tables.filter((table) => !table.isItem && isSamePath(table.path, path));
}

/** The entry of a table whose key is this one word. */
export function entryOf(table: TomlTable, key: string): TomlEntry | undefined {
  return table.entries.find(({ path }) => isSamePath(path, [key]));
}

/** The text with a block of lines behind everything else, and an empty line before it. `removeLines` is the inverse. */
export function appendLines(text: string, newline: string, lines: readonly string[]): string {
  const block = lines.join(newline);
  if (text === '') return `${block}${newline}`;
  // A text without a last line break gets none.
  return text.endsWith('\n') ? `${text}${newline}${block}${newline}` : `${text}${newline}${newline}${block}`;
}

/** The text without what stands from `start` to `end` (whole lines), nor the empty line before it. */
export function removeLines(text: string, start: number, end: number): string {
  const before = text.slice(0, start);
  const blank = /(?:\r?\n|^)\r?\n$/.exec(before)?.[0] ?? '';
  const isLast = end === text.length && !/\n$/.test(text.slice(start, end));
  const cut = isLast ? blank.length : blank.replace(/^\r?\n(?=.)/s, '').length;
  return text.slice(0, start - cut) + text.slice(end);
}

/** A word as a TOML key in double quotes. */
export function quoteKey(word: string): string {
  return JSON.stringify(word).replaceAll('\u007f', '\\u007f');
}

function isSamePath(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((word, index) => word === b[index]);
}

/** Words of a dotted key, and the offset of what stands behind it. */
function readKey(text: string, start: number): { words: string[]; end: number } | undefined {
  const words: string[] = [];
  for (let at = skipBlanks(text, start); ; at = skipBlanks(text, at + 1)) {
    const end = skipString(text, at) ?? at + (/^[\w-]+/.exec(text.slice(at, at + 256))?.[0].length ?? 0);
    if (end === at) return undefined;
    const word = readWord(text.slice(at, end));
    if (word === undefined) return undefined;
    words.push(word);
    at = skipBlanks(text, end);
    if (text[at] !== '.') return { words, end: at };
  }
}

function readWord(written: string): string | undefined {
  if (written.startsWith("'")) return written.slice(1, -1);
  if (!written.startsWith('"')) return written;
  try {
    const json = written.replace(/\\U([0-9a-fA-F]{8})/g, (_, hex: string) =>
      String.fromCodePoint(Number.parseInt(hex, 16)),
    );
    return JSON.parse(json.replaceAll('\t', '\\t')) as string;
  } catch {
    return undefined;
  }
}

function skipBlanks(text: string, start: number): number {
  let at = start;
  while (text[at] === ' ' || text[at] === '\t') at++;
  return at;
}

/** Offset behind the line break that ends the line of `start`. */
function endOfLine(text: string, start: number): number {
  const end = text.indexOf('\n', start);
  return end < 0 ? text.length : end + 1;
}

/** Offset behind a value (or header, or key and value): where its line or a comment begins to end, outside of brackets and strings. */
function skipValue(text: string, start: number): number {
  let depth = 0;
  let last = start;
  for (let at = start; at < text.length; ) {
    const char = text[at] as string;
    if (depth <= 0 && (char === '\n' || char === '#')) break;
    const next = char === '#' ? endOfLine(text, at) : (skipString(text, at) ?? at + 1);
    if (char === '[' || char === '{') depth++;
    if (char === ']' || char === '}') depth--;
    if (!/\s/.test(char)) last = next;
    at = next;
  }
  return last;
}

/** Offset behind the string that begins here; undefined when none does. */
function skipString(text: string, start: number): number | undefined {
  const quote = text[start];
  if (quote !== '"' && quote !== "'") return undefined;
  const mark = text.startsWith(quote.repeat(3), start) ? quote.repeat(3) : quote;
  for (let at = start + mark.length; at < text.length; at++) {
    if (quote === '"' && text[at] === '\\') at++;
    else if (mark.length === 1 && text[at] === '\n') return at;
    else if (text.startsWith(mark, at)) {
      let end = at + mark.length;
      // Up to two quotes may stand before the three that end a long string.
      while (mark.length === 3 && text[end] === quote && end < at + 5) end++;
      return end;
    }
  }
  return text.length;
}
