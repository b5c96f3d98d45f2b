/** Reads a sed script for what it does besides editing: files it reads and writes, commands it runs. Edits nothing. */

/** Something a sed script touches. */
export interface SedAction {
  /** `substituted`: the edited line is run, `text` being what took the place of the whole line, or undefined. */
  readonly kind: 'read' | 'write' | 'run' | 'run-line' | 'run-substituted';
  readonly text?: string;
}

/** A substitution of fixed text, as far as a script is nothing but those. */
export interface SedSubstitution {
  readonly from: string;
  readonly to: string;
  readonly all: boolean;
}

export interface SedScript {
  readonly actions: readonly SedAction[];
  /** The whole script, when it only replaces fixed text. */
  readonly substitutions: readonly SedSubstitution[] | undefined;
}

interface Cursor {
  readonly text: string;
  at: number;
}

const MAX_COMMANDS = 10_000;

/** Reads a script; what cannot be read is skipped up to the next line. */
export function readSedScript(text: string): SedScript {
  const cursor: Cursor = { text, at: 0 };
  const actions: SedAction[] = [];
  const substitutions: SedSubstitution[] = [];
  let onlyPlain = true;
  for (let round = 0; round < MAX_COMMANDS && cursor.at < text.length; round++) {
    skip(cursor, /[\s;}]/);
    if (skipAddress(cursor)) onlyPlain = false;
    skip(cursor, /[\s!]/);
    const command = text[cursor.at++];
    if (command === undefined) break;
    if (command === 's') {
      const found = readSubstitution(cursor);
      if (found === undefined) onlyPlain = false;
      else {
        actions.push(...found.actions);
        const plain = plainSubstitution(found.pattern, found.replacement, found.flags);
        if (plain) substitutions.push(plain);
        else onlyPlain = false;
      }
      continue;
    }
    onlyPlain = false;
    if (command === 'y') {
      const delimiter = text[cursor.at++] ?? '';
      until(cursor, delimiter);
      until(cursor, delimiter);
    } else if (command === '#') line(cursor);
    else if ('wWrR'.includes(command)) {
      const path = line(cursor).trim();
      if (path !== '') actions.push({ kind: 'rR'.includes(command) ? 'read' : 'write', text: path });
    } else if (command === 'e') {
      const code = line(cursor).trim();
      actions.push(code === '' ? { kind: 'run-line' } : { kind: 'run', text: code });
    } else if ('aic'.includes(command)) skipText(cursor);
    else if (':btT'.includes(command)) until(cursor, /[;\n}]/);
    else if ('qQlL'.includes(command)) skip(cursor, /[\s\d]/);
  }
  return { actions, substitutions: onlyPlain ? substitutions : undefined };
}

function skip(cursor: Cursor, what: RegExp): void {
  while (cursor.at < cursor.text.length && what.test(cursor.text[cursor.at] as string)) cursor.at++;
}

/** The rest of the line, a backslash joining it to the next. */
function line(cursor: Cursor): string {
  const start = cursor.at;
  const end = cursor.text.indexOf('\n', start);
  cursor.at = end < 0 ? cursor.text.length : end;
  return cursor.text.slice(start, cursor.at);
}

/** Text of `a`, `i` and `c`: to the end of the line that does not end with a backslash. */
function skipText(cursor: Cursor): void {
  let last: string;
  do {
    last = line(cursor);
    cursor.at++;
  } while (last.endsWith('\\') && cursor.at < cursor.text.length);
}

/** What stands before the delimiter; the cursor ends after it. Undefined when it never comes. */
function until(cursor: Cursor, delimiter: string | RegExp): string | undefined {
  const start = cursor.at;
  let inClass = false;
  for (; cursor.at < cursor.text.length; cursor.at++) {
    const c = cursor.text[cursor.at] as string;
    if (c === '\\') cursor.at++;
    else if (typeof delimiter === 'string' && c === '[' && delimiter !== '[' && !inClass)
      inClass = hasClassEnd(cursor);
    else if (inClass && c === ']') inClass = false;
    else if (!inClass && (typeof delimiter === 'string' ? c === delimiter : delimiter.test(c))) {
      cursor.at++;
      return cursor.text.slice(start, cursor.at - 1);
    }
  }
  return undefined;
}

/** True when a `[` opens a set of characters that is closed before the line ends. */
function hasClassEnd(cursor: Cursor): boolean {
  const close = cursor.text.indexOf(']', cursor.at + 2);
  const end = cursor.text.indexOf('\n', cursor.at);
  return close >= 0 && (end < 0 || close < end);
}

/** Skips `1,5`, `/re/I`, `$`, `0~3`, `\%re%`; true when there was one. */
function skipAddress(cursor: Cursor): boolean {
  const start = cursor.at;
  for (let part = 0; part < 2; part++) {
    const c = cursor.text[cursor.at] ?? '';
    if (c === '/' || c === '\\') {
      cursor.at += c === '/' ? 1 : 2;
      until(cursor, c === '/' ? '/' : (cursor.text[cursor.at - 1] ?? '/'));
      skip(cursor, /[IM]/);
    } else if (/[\d$+~]/.test(c)) skip(cursor, /[\d$+~]/);
    else break;
    skip(cursor, / /);
    if (cursor.text[cursor.at] !== ',') break;
    cursor.at++;
    skip(cursor, / /);
  }
  return cursor.at > start;
}

interface Substitution {
  readonly pattern: string;
  readonly replacement: string;
  readonly flags: string;
  readonly actions: readonly SedAction[];
}

function readSubstitution(cursor: Cursor): Substitution | undefined {
  const delimiter = cursor.text[cursor.at++] ?? '';
  const pattern = until(cursor, delimiter);
  const start = cursor.at;
  // A bracket means nothing in a replacement.
  let replacement: string | undefined;
  for (; cursor.at < cursor.text.length; cursor.at++) {
    const c = cursor.text[cursor.at];
    if (c === '\\') cursor.at++;
    else if (c === delimiter) {
      replacement = cursor.text.slice(start, cursor.at++);
      break;
    }
  }
  if (pattern === undefined || replacement === undefined) return undefined;
  const flagStart = cursor.at;
  skip(cursor, /[gpeiImM\d]/);
  const flags = cursor.text.slice(flagStart, cursor.at);
  const actions: SedAction[] = [];
  if (flags.includes('e')) {
    const isWhole = /^\^?\.\*\$?$/.test(pattern) && !/(?:^|[^\\])&|\\\d/.test(replacement);
    actions.push(
      isWhole
        ? { kind: 'run-substituted', text: replacement.replaceAll(`\\${delimiter}`, delimiter) }
        : { kind: 'run-substituted' },
    );
  }
  if (cursor.text[cursor.at] === 'w') {
    cursor.at++;
    actions.push({ kind: 'write', text: line(cursor).trim() });
  }
  return { pattern, replacement, flags, actions };
}

const FIXED = /^(?:[\p{L}\p{N} _/@:,%#=~"'<>!;-]|\\[./|])*$/u;

function plainSubstitution(pattern: string, replacement: string, flags: string): SedSubstitution | undefined {
  if (pattern === '' || !FIXED.test(pattern) || /[&\\]/.test(replacement.replace(/\\[/|&]/g, '')))
    return undefined;
  if (!/^g?$/.test(flags)) return undefined;
  const plain = (text: string) => text.replace(/\\(.)/g, '$1');
  return { from: plain(pattern), to: plain(replacement), all: flags === 'g' };
}
