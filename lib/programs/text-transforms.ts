/** The small text machines behind the text filters: sets of tr, lists of cut, base 32 and base 16. Knows no command line. */

import { Buffer } from 'node:buffer';

const CLASSES: Readonly<Record<string, string>> = {
  lower: 'abcdefghijklmnopqrstuvwxyz',
  upper: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ',
  digit: '0123456789',
  alpha: 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz',
  alnum: '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz',
  space: '\t\n\v\f\r ',
  blank: '\t ',
  punct: '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~',
};
const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  '\\': '\\',
  f: '\f',
  v: '\v',
  a: '\x07',
  b: '\b',
};

/** Characters of a tr set such as `a-z\n[:digit:]`; undefined for what is not read here (`[x*3]`, `[=a=]`). */
function expandSet(set: string): readonly string[] | undefined {
  const out: string[] = [];
  for (let i = 0; i < set.length; i++) {
    const named = /^\[:([a-z]+):\]/.exec(set.slice(i, i + 12));
    if (named) {
      const members = CLASSES[named[1] as string];
      if (members === undefined) return undefined;
      out.push(...members);
      i += named[0].length - 1;
      continue;
    }
    if (/^\[(?:=.=|.\*\d*)\]/s.test(set.slice(i, i + 16))) return undefined;
    const [from, next] = character(set, i);
    if (set[next] === '-' && next + 1 < set.length) {
      const [to, end] = character(set, next + 1);
      const [low, high] = [from.codePointAt(0) as number, to.codePointAt(0) as number];
      if (high < low || high - low > 65_536) return undefined;
      for (let code = low; code <= high; code++) out.push(String.fromCodePoint(code));
      i = end - 1;
    } else {
      out.push(from);
      i = next - 1;
    }
  }
  return out;
}

/** The character at a place of a set, escapes read, and where the next one starts. */
function character(set: string, at: number): readonly [string, number] {
  if (set[at] !== '\\' || at + 1 >= set.length) return [set[at] as string, at + 1];
  const octal = /^[0-7]{1,3}/.exec(set.slice(at + 1, at + 4));
  if (octal) return [String.fromCharCode(Number.parseInt(octal[0], 8)), at + 1 + octal[0].length];
  const next = set[at + 1] as string;
  return [ESCAPES[next] ?? next, at + 2];
}

/** What tr makes of a text. */
export function applySet(
  input: string,
  from: string,
  to: string | undefined,
  how: { readonly deletes: boolean; readonly complement: boolean; readonly squeezes: boolean },
): string | undefined {
  const source = expandSet(from);
  const target = to === undefined ? undefined : expandSet(to);
  if (source === undefined || (to !== undefined && target === undefined)) return undefined;
  const members = new Map<string, number>();
  // The last place of a character in the set counts.
  for (const [index, c] of source.entries()) members.set(c, index);
  const isMember = (c: string) => members.has(c) !== how.complement;
  const last = target?.at(-1) ?? '';
  let out = '';
  let previous = '';
  const squeezed = new Set(target ?? source);
  for (const c of input) {
    if (how.deletes && isMember(c)) continue;
    const next =
      how.deletes || !target || !isMember(c)
        ? c
        : how.complement
          ? last
          : (target[members.get(c) as number] ?? last);
    const isSqueezed = target ? squeezed.has(next) : isMember(next);
    if (how.squeezes && next === previous && isSqueezed) continue;
    out += next;
    previous = next;
  }
  return out;
}

/** Parts of a line by a list such as `1,3-5,7-`; of fields when a delimiter is given, else of characters. */
export function applyCut(line: string, list: string, delimiter: string | undefined): string {
  const parts = delimiter === undefined ? [...line] : line.split(delimiter);
  if (delimiter !== undefined && parts.length === 1) return line;
  const ranges = list.split(',').map((range) => /^(\d*)(-?)(\d*)$/.exec(range));
  const chosen = parts.filter((_, index) =>
    ranges.some((range) => {
      if (!range) return false;
      const start = Number(range[1] || '1');
      const end = range[2] === '' ? start : Number(range[3] || Number.MAX_SAFE_INTEGER);
      return index + 1 >= start && index + 1 <= end;
    }),
  );
  return chosen.join(delimiter ?? '');
}

/** What head and tail keep of a list, for counts `5`, `-5` and `+5`. */
export function selectLines(
  list: readonly string[],
  isTail: boolean,
  sign: string,
  count: number,
): readonly string[] {
  if (isTail)
    return sign === '+' ? list.slice(Math.max(0, count - 1)) : list.slice(Math.max(0, list.length - count));
  return sign === '-' ? list.slice(0, Math.max(0, list.length - count)) : list.slice(0, count);
}

/** Lines broken after `width` characters. */
export function foldLines(text: string, width: number): string {
  return text.replace(new RegExp(`([^\\n]{${Math.floor(width)}})(?=[^\\n])`, 'g'), '$1\n');
}

export function decodeHex(text: string): string | undefined {
  const digits = text.replace(/\s+/g, '');
  return /^[0-9a-f]*$/i.test(digits) ? Buffer.from(digits, 'hex').toString('utf8') : undefined;
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

export function decodeBase32(text: string): string | undefined {
  const digits = text.replace(/\s+/g, '').replace(/=+$/, '');
  const bytes: number[] = [];
  let buffer = 0;
  let bits = 0;
  for (const digit of digits) {
    const value = ALPHABET.indexOf(digit);
    if (value < 0) return undefined;
    buffer = ((buffer << 5) | value) & 0xfff;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes.push((buffer >> bits) & 0xff);
    }
  }
  return Buffer.from(bytes).toString('utf8');
}
