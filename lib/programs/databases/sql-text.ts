/** Cuts the text that an SQL client is given into statements and client commands, in one pass. Knows no statement's meaning. */

import type { Dialect } from './dialects.ts';

/** `word` is bare, `name` a quoted name, `text` a literal, `mark` one sign. */
export interface Token {
  readonly kind: 'word' | 'name' | 'text' | 'mark';
  readonly text: string;
  /** How many brackets are open around it. */
  readonly depth: number;
}

export type SqlPart =
  | { readonly kind: 'statement'; readonly tokens: readonly Token[] }
  /** One line of the client's own language, as written: `\! ls`, `.tables`. */
  | { readonly kind: 'command'; readonly line: string };

const WORD = /[\p{L}\p{N}_@#$]+(?:\.[\p{L}\p{N}_@#$]+)*/uy;
const DOLLAR_TAG = /\$(?:[A-Za-z_]\w{0,62})?\$/y;
const STARTS = /^(?:DROP|TRUNCATE|DELETE|UPDATE|EXEC|EXECUTE|USE|SHUTDOWN|RESTORE|BACKUP)$/;
/** Words before which these are no start of a statement. */
const NO_START_AFTER = /^(?:ON|FOR|AFTER|OF|AS|INSTEAD|THEN|,|\(|\.)$/;
const NO_START_IN = /^(?:ALTER|GRANT|REVOKE|DENY|CREATE|MERGE)$/;

/** Parts in the order in which the client would take them. Never throws; linear in the text's length. */
export function cutSql(sql: string, dialect: Dialect): readonly SqlPart[] {
  const parts: SqlPart[] = [];
  let tokens: Token[] = [];
  let depth = 0;
  let delimiter = ';';
  let i = 0;

  const finish = (): void => {
    if (tokens.length > 0) parts.push({ kind: 'statement', tokens });
    tokens = [];
    depth = 0;
  };
  const add = (kind: Token['kind'], text: string): void => {
    if (dialect.unseparated && kind === 'word' && startsAnew(tokens, text)) finish();
    tokens.push({ kind, text, depth });
  };
  let knownEnd = -1;
  const lineEnd = (from: number): number => {
    if (from <= knownEnd) return knownEnd;
    const end = sql.indexOf('\n', from);
    knownEnd = end < 0 ? sql.length : end;
    return knownEnd;
  };
  const command = (end: number): void => {
    const line = sql.slice(i, end).trim();
    if (/^(?:\\d|delimiter)\s/i.test(line) && dialect.hashComments)
      delimiter = line.split(/\s+/)[1]?.slice(0, 16) || ';';
    else parts.push({ kind: 'command', line });
    i = end;
  };

  while (i < sql.length) {
    const c = sql[i] as string;
    const next = sql[i + 1] ?? '';
    const isLineStart = tokens.length === 0 && dialect.commandLine !== undefined && isFirstOnLine(sql, i);
    if (isLineStart && dialect.commandLine.test(sql.slice(i, Math.min(lineEnd(i), i + 40)))) {
      const stop =
        dialect.hashComments && !/^delimiter/i.test(sql.slice(i, i + 9)) ? sql.indexOf(';', i) : -1;
      command(stop >= 0 && stop < lineEnd(i) ? stop : lineEnd(i));
    } else if (dialect.backslashCommands && c === '\\') {
      const end = commandEnd(sql, i, lineEnd(i));
      // `\g`, `\G`, `\gexec` … send what stands before them.
      if (/^\\[gG]/.test(sql.slice(i, i + 2))) finish();
      command(end);
    } else if (delimiter !== ';' && sql.startsWith(delimiter, i)) {
      finish();
      i += delimiter.length;
    } else if (/\s/.test(c)) i++;
    else if (
      (c === '-' && next === '-' && (!dialect.hashComments || /^(?:\s|$)/.test(sql.slice(i + 2, i + 3)))) ||
      (c === '#' && dialect.hashComments) ||
      (c === '/' && next === '/' && dialect.slashComments)
    )
      i = lineEnd(i);
    else if (c === '/' && next === '*') {
      // MySQL runs what stands in `/*! … */`.
      const runs = dialect.hashComments ? /^\/\*M?!\d{0,6}/.exec(sql.slice(i, i + 12)) : null;
      i = runs ? i + runs[0].length : commentEnd(sql, i, dialect.nestedComments === true);
    } else if (c === '*' && next === '/') i += 2;
    else if (c === "'" || c === '"' || c === '`' || (c === '[' && dialect.brackets)) {
      const isText = c === "'" || (c === '"' && dialect.quotedTexts === true);
      // `E'…'`, `N'…'`, `X'…'`: the letter belongs to the text, and E brings escapes.
      const prefix =
        isText && /[enxb]/i.test(sql[i - 1] ?? '') && tokens.at(-1)?.text === sql[i - 1] ? sql[i - 1] : '';
      if (prefix) tokens.pop();
      const hasEscapes = isText && (dialect.backslash === true || /^e$/i.test(prefix ?? ''));
      const quoted = readQuoted(sql, i, c === '[' ? ']' : c, hasEscapes);
      add(isText ? 'text' : 'name', quoted.text);
      i = quoted.end;
    } else if (c === '$' && dialect.dollarTexts && matchAt(DOLLAR_TAG, sql, i) !== undefined) {
      const tag = matchAt(DOLLAR_TAG, sql, i) as string;
      const end = sql.indexOf(tag, i + tag.length);
      add('text', sql.slice(i + tag.length, end < 0 ? sql.length : end));
      i = end < 0 ? sql.length : end + tag.length;
    } else if (c === ';' && delimiter === ';') {
      if (dialect.triggers && isOpenTrigger(tokens)) add('mark', c);
      else finish();
      i++;
    } else {
      const word = matchAt(WORD, sql, i);
      if (c === ')') depth = Math.max(0, depth - 1);
      add(word === undefined ? 'mark' : 'word', word ?? c);
      if (c === '(') depth++;
      i += word?.length ?? 1;
    }
  }
  finish();
  return parts;
}

function matchAt(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}

function isFirstOnLine(sql: string, at: number): boolean {
  let before = at - 1;
  while (before >= 0 && (sql[before] === ' ' || sql[before] === '\t')) before--;
  return before < 0 || sql[before] === '\n' || sql[before] === ';';
}

/** End of a backslash command: `\!` and `\copy` take the line, the others end where `\\` or one more command stands. */
function commandEnd(sql: string, at: number, lineEnd: number): number {
  if (/^\\(?:!|copy\b|\.|system)/i.test(sql.slice(at, at + 8))) return lineEnd;
  if (/^\\[gG](?![a-zA-Z])/.test(sql.slice(at, at + 3)) && !/^\\g[ \t]*[|\w./~]/.test(sql.slice(at, at + 40)))
    return at + 2;
  const next = sql.indexOf('\\', at + 2);
  return next >= 0 && next < lineEnd ? (sql[next + 1] === '\\' ? next + 2 : next) : lineEnd;
}

function commentEnd(sql: string, at: number, isNested: boolean): number {
  if (!isNested) {
    const end = sql.indexOf('*/', at + 2);
    return end < 0 ? sql.length : end + 2;
  }
  let open = 0;
  for (let i = at; i < sql.length; i++) {
    const two = sql.slice(i, i + 2);
    if (two === '/*') open++;
    else if (two === '*/') open--;
    else continue;
    i++;
    if (open === 0) return i + 1;
  }
  return sql.length;
}

function readQuoted(
  sql: string,
  at: number,
  quote: string,
  hasEscapes: boolean,
): { readonly text: string; readonly end: number } {
  let text = '';
  let i = at + 1;
  for (; i < sql.length; i++) {
    const c = sql[i] as string;
    if (hasEscapes && c === '\\') text += sql[++i] ?? '';
    else if (c !== quote) text += c;
    else if (sql[i + 1] === quote) text += sql[i++];
    else break;
  }
  return { text, end: i + 1 };
}

/** True when a bare word begins one more statement although no semicolon stands before it. */
function startsAnew(tokens: readonly Token[], word: string): boolean {
  const last = tokens.at(-1);
  if (last === undefined || !STARTS.test(word.toUpperCase())) return false;
  return (
    !NO_START_AFTER.test(last.text.toUpperCase()) && !NO_START_IN.test(tokens[0]?.text.toUpperCase() ?? '')
  );
}

/** True inside `CREATE TRIGGER`, whose end is `; END;`. */
function isOpenTrigger(tokens: readonly Token[]): boolean {
  const start = tokens.slice(0, 4).map(({ text }) => text.toUpperCase());
  const isTrigger =
    start[0] === 'CREATE' &&
    (start[1] === 'TRIGGER' || (/^TEMP(?:ORARY)?$/.test(start[1] ?? '') && start[2] === 'TRIGGER'));
  const [before, last] = tokens.slice(-2);
  return isTrigger && !(before?.text === ';' && last?.text.toUpperCase() === 'END');
}
