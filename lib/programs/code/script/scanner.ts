/** What the lexer's parts share: the text, the tokens so far, and what can be told from them. Reads no construct of its own. */

import { HOLE } from '../holes.ts';
import type { Lexicon, Token } from './lexicon.ts';

/** Deepest nesting of code in strings that is read. */
export const MAX_DEPTH = 40;
export const CLOSING: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}', '<': '>' };
const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  e: '\x1b',
  a: '\x07',
  '0': '\0',
  s: ' ',
};
export const WORD = /[\p{L}_][\p{L}\p{N}_]*/uy;
/** Words after which an operand, not an operator, follows. */
const BEFORE_OPERAND =
  /^(?:return|and|or|not|xor|if|unless|elsif|elseif|while|until|when|case|in|of|split|grep|map|join|print|puts|push|x|do|then|else)$/;

export type Scanner = ReturnType<typeof makeScanner>;

/** A scanner that has no tokens yet. */
export function makeScanner(code: string, lexicon: Lexicon) {
  const tokens: Token[] = [];

  const push = (kind: Token['kind'], text: string, from: number, spaced = false): void => {
    tokens.push({ kind, text, from, spaced });
  };

  const matchAt = (pattern: RegExp, at: number): string | undefined => {
    pattern.lastIndex = at;
    return pattern.exec(code)?.[0];
  };

  const expectsOperand = (): boolean => {
    const last = tokens.at(-1);
    if (!last || last.kind === 'sign' || last.kind === 'open' || last.kind === 'line') return true;
    return last.kind === 'name' && BEFORE_OPERAND.test(last.text);
  };

  /** The same after a bare word, where only variables and files read can follow. */
  const followsWord = (spaced: boolean): boolean =>
    (lexicon.quoteWords !== undefined || lexicon.percentWords === true) &&
    spaced &&
    tokens.at(-1)?.kind === 'name' &&
    /^\w/.test(tokens.at(-1)?.text ?? '');

  /** Position after the delimiter that ends what begins at `at`; escapes and nested brackets are skipped. */
  const skipDelimited = (at: number, to: number): number => {
    const open = code[at] ?? '';
    const close = CLOSING[open] ?? open;
    let depth = 0;
    for (let i = at + 1; i < to; i++) {
      const c = code[i];
      if (c === '\\') i++;
      else if (c === close && depth === 0) return i + 1;
      else if (c === close) depth--;
      else if (c === open && close !== open) depth++;
    }
    return to;
  };

  return { code, lexicon, tokens, push, matchAt, expectsOperand, followsWord, skipDelimited };
}

/** One name for `$x`, `@x` and `%x`; `@_` stays apart from `$_`. */
export function variableName(written: string, next: string): string {
  const name = written.replace(/^[$@%&]+#?/, '');
  if (written.startsWith('&')) return name;
  if (name === '_') return written.startsWith('@') || (written === '$_' && next === '[') ? '@_' : '$_';
  return written.startsWith('@@') || name === HOLE ? name : `$${name}`;
}

/** An escape at `at`: what it stands for, and how long it is. */
export function readEscape(code: string, at: number): readonly [string, number] {
  const c = code[at + 1] ?? '';
  const hex = /^\\(?:x\{?([0-9a-fA-F]{1,6})\}?|u\{?([0-9a-fA-F]{4,6})\}?)/.exec(code.slice(at, at + 12));
  const number = hex ? Number.parseInt(hex[1] ?? hex[2] ?? '', 16) : Number.NaN;
  if (hex && number <= 0x10ffff) return [String.fromCodePoint(number), hex[0].length];
  const octal = /^\\([0-7]{2,3})/.exec(code.slice(at, at + 4));
  if (octal) return [String.fromCharCode(Number.parseInt(octal[1] as string, 8)), octal[0].length];
  if (c === '\n') return ['', 2];
  return [ESCAPES[c] ?? c, 2];
}
