/** Reads the regular expressions of RE2, which gitleaks configurations are written in, into a tree. Knows no JavaScript. */

import {
  foldRanges,
  invertRanges,
  LAST_CODE,
  NAMED_CLASSES,
  POSIX_CLASSES,
  type Ranges,
} from './re2-ranges.ts';

export type Re2Node =
  | {
      readonly kind: 'set';
      readonly ranges: Ranges;
      readonly negated: boolean;
      readonly properties: readonly string[];
    }
  | {
      readonly kind: 'edge';
      readonly at: 'text-start' | 'text-end' | 'line-start' | 'line-end' | 'word' | 'no-word';
    }
  | { readonly kind: 'group'; readonly capture: boolean; readonly branches: readonly (readonly Re2Node[])[] }
  | {
      readonly kind: 'repeat';
      readonly node: Re2Node;
      readonly min: number;
      readonly max: number;
      readonly lazy: boolean;
    };

/** The expression is none that RE2 takes, or uses a part of it that has no counterpart here. */
export class Re2Error extends Error {
  override readonly name = 'Re2Error';
}

interface Flags {
  readonly ignoreCase: boolean;
  readonly multiline: boolean;
  readonly dotAll: boolean;
  readonly swapLazy: boolean;
}

const NO_FLAGS: Flags = { ignoreCase: false, multiline: false, dotAll: false, swapLazy: false };
/** RE2's own limit on counted repeats. */
const MOST_REPEATS = 1000;
const DEEPEST = 100;
const LONGEST = 20_000;

const CONTROLS: Readonly<Record<string, number>> = { a: 7, f: 12, t: 9, n: 10, r: 13, v: 11 };

interface Reader {
  readonly text: string;
  at: number;
  depth: number;
}

/**
 * Reads an expression.
 * @throws Re2Error when it cannot be read
 */
export function parseRe2(text: string): readonly (readonly Re2Node[])[] {
  if (text.length > LONGEST) throw new Re2Error('the expression is too long');
  const reader: Reader = { text, at: 0, depth: 0 };
  const branches = readBranches(reader, NO_FLAGS);
  if (reader.at < text.length) throw new Re2Error('there is a ")" too many');
  return branches;
}

/** Branches up to the closing parenthesis or the end. A bare `(?i)` holds for the rest of its group, later branches included. */
function readBranches(reader: Reader, outer: Flags): readonly (readonly Re2Node[])[] {
  reader.depth += 1;
  if (reader.depth > DEEPEST) throw new Re2Error('groups are nested too deep');
  let flags = outer;
  let branch: Re2Node[] = [];
  const branches = [branch];
  while (reader.at < reader.text.length && reader.text[reader.at] !== ')') {
    if (take(reader, '|')) {
      branch = [];
      branches.push(branch);
      continue;
    }
    const change = /^\(\?([imsU]*)(?:-([imsU]+))?\)/.exec(reader.text.slice(reader.at, reader.at + 16));
    if (change !== null) {
      reader.at += change[0].length;
      flags = changeFlags(flags, change[1] ?? '', change[2] ?? '');
      continue;
    }
    if (reader.text.startsWith('\\Q', reader.at)) {
      const quoted = readQuoted(reader, flags);
      const last = quoted[quoted.length - 1];
      if (last !== undefined) branch.push(...quoted.slice(0, -1), readRepeats(reader, last, flags));
      continue;
    }
    branch.push(readRepeats(reader, readAtom(reader, flags), flags));
  }
  reader.depth -= 1;
  return branches;
}

function changeFlags(flags: Flags, on: string, off: string): Flags {
  const value = (letter: string, old: boolean): boolean =>
    off.includes(letter) ? false : on.includes(letter) || old;
  return {
    ignoreCase: value('i', flags.ignoreCase),
    multiline: value('m', flags.multiline),
    dotAll: value('s', flags.dotAll),
    swapLazy: value('U', flags.swapLazy),
  };
}

function take(reader: Reader, text: string): boolean {
  if (!reader.text.startsWith(text, reader.at)) return false;
  reader.at += text.length;
  return true;
}

function readQuoted(reader: Reader, flags: Flags): readonly Re2Node[] {
  const end = reader.text.indexOf('\\E', reader.at);
  const quoted = reader.text.slice(reader.at + 2, end < 0 ? undefined : end);
  reader.at = end < 0 ? reader.text.length : end + 2;
  return [...quoted].map((char) => charSet(char.codePointAt(0) ?? 0, flags));
}

function readAtom(reader: Reader, flags: Flags): Re2Node {
  if (take(reader, '(')) return readGroup(reader, flags);
  if (take(reader, '[')) return readClass(reader, flags);
  if (take(reader, '.'))
    return flags.dotAll ? anySet([]) : { kind: 'set', ranges: [[10, 10]], negated: true, properties: [] };
  if (take(reader, '^')) return { kind: 'edge', at: flags.multiline ? 'line-start' : 'text-start' };
  if (take(reader, '$')) return { kind: 'edge', at: flags.multiline ? 'line-end' : 'text-end' };
  if (take(reader, '\\')) return readEscape(reader, flags);
  const code = reader.text.codePointAt(reader.at) ?? 0;
  if ('*+?'.includes(String.fromCodePoint(code))) throw new Re2Error('a repeat has nothing to repeat');
  reader.at += code > 0xffff ? 2 : 1;
  return charSet(code, flags);
}

function readGroup(reader: Reader, flags: Flags): Re2Node {
  let capture = true;
  let inner = flags;
  const head = /^\?(?:P?<([A-Za-z_]\w*)>|([imsU]*)(?:-([imsU]+))?:)/.exec(
    reader.text.slice(reader.at, reader.at + 200),
  );
  if (head !== null) {
    reader.at += head[0].length;
    capture = head[1] !== undefined;
    if (!capture) inner = changeFlags(flags, head[2] ?? '', head[3] ?? '');
  } else if (reader.text[reader.at] === '?') {
    throw new Re2Error('it looks around or names a group in a way RE2 does not');
  }
  const branches = readBranches(reader, inner);
  if (!take(reader, ')')) throw new Re2Error('a ")" is missing');
  return { kind: 'group', capture, branches };
}

function readRepeats(reader: Reader, node: Re2Node, flags: Flags): Re2Node {
  const match = /^(?:([*+?])|\{(\d{1,4})(,(\d{0,4}))?\})(\?)?/.exec(
    reader.text.slice(reader.at, reader.at + 14),
  );
  if (match === null) return node;
  reader.at += match[0].length;
  const [, mark, low, comma, high, lazy] = match;
  const min = mark === undefined ? Number(low) : mark === '+' ? 1 : 0;
  const top = high ? Number(high) : Number.POSITIVE_INFINITY;
  const max =
    mark === undefined ? (comma === undefined ? min : top) : mark === '?' ? 1 : Number.POSITIVE_INFINITY;
  if (max < min || min > MOST_REPEATS || (max > MOST_REPEATS && max !== Number.POSITIVE_INFINITY))
    throw new Re2Error('a repeat count is out of range');
  if (/^[*+]/.test(reader.text.slice(reader.at))) throw new Re2Error('a repeat repeats a repeat');
  return { kind: 'repeat', node, min, max, lazy: (lazy !== undefined) !== flags.swapLazy };
}

function readEscape(reader: Reader, flags: Flags): Re2Node {
  const char = reader.text[reader.at] ?? '';
  const edge = ({ A: 'text-start', z: 'text-end', b: 'word', B: 'no-word' } as const)[char];
  if (edge !== undefined) {
    reader.at += 1;
    return { kind: 'edge', at: edge };
  }
  const item = readEscapedItem(reader);
  if (typeof item === 'number') return charSet(item, flags);
  return { kind: 'set', ranges: item.ranges, negated: item.negated, properties: item.properties };
}

type SetItem = { readonly ranges: Ranges; readonly negated: boolean; readonly properties: readonly string[] };

/** What follows a backslash, inside or outside a class: a code point or a set. */
function readEscapedItem(reader: Reader): number | SetItem {
  const rest = reader.text.slice(reader.at, reader.at + 40);
  const char = rest[0] ?? '';
  const named = NAMED_CLASSES[char.toLowerCase()];
  if (named !== undefined) {
    reader.at += 1;
    return { ranges: named, negated: char !== char.toLowerCase(), properties: [] };
  }
  const property = /^([pP])(?:\{(\^?)(\w+)\}|([A-Z]))/.exec(rest);
  if (property !== null) {
    reader.at += property[0].length;
    const name = property[3] ?? property[4] ?? '';
    const isNegated = (property[1] === 'P') !== (property[2] === '^');
    return {
      ranges: [],
      negated: false,
      properties: [`\\${isNegated ? 'P' : 'p'}{${name.length > 2 ? `Script=${name}` : name}}`],
    };
  }
  const code = /^(?:x\{([0-9A-Fa-f]{1,6})\}|x([0-9A-Fa-f]{2})|([0-7]{2,3})|(0))/.exec(rest);
  if (code !== null) {
    reader.at += code[0].length;
    const value =
      code[3] === undefined ? Number.parseInt(code[1] ?? code[2] ?? '0', 16) : Number.parseInt(code[3], 8);
    if (value > LAST_CODE) throw new Re2Error('a code point is out of range');
    return value;
  }
  const control = CONTROLS[char];
  if (control === undefined && /[A-Za-z0-9]/.test(char)) throw new Re2Error(`\\${char} is not known`);
  if (char === '') throw new Re2Error('it ends in a backslash');
  const point = reader.text.codePointAt(reader.at) ?? 0;
  reader.at += point > 0xffff ? 2 : 1;
  return control ?? point;
}

function readClass(reader: Reader, flags: Flags): Re2Node {
  const negated = take(reader, '^');
  const ranges: (readonly [number, number])[] = [];
  const properties: string[] = [];
  let first = true;
  while (first || reader.text[reader.at] !== ']') {
    if (reader.at >= reader.text.length) throw new Re2Error('a "]" is missing');
    first = false;
    const posix = /^\[:(\^?)(\w+):\]/.exec(reader.text.slice(reader.at, reader.at + 16));
    if (posix !== null) {
      const named = POSIX_CLASSES[posix[2] ?? ''];
      if (named === undefined) throw new Re2Error(`[:${posix[2]}:] is not known`);
      ranges.push(...(posix[1] === '^' ? invertRanges(named) : named));
      reader.at += posix[0].length;
      continue;
    }
    const low = readClassItem(reader);
    if (typeof low !== 'number') {
      ranges.push(...(low.negated ? invertRanges(low.ranges) : low.ranges));
      properties.push(...low.properties);
      continue;
    }
    const isRange = reader.text[reader.at] === '-' && (reader.text[reader.at + 1] ?? ']') !== ']';
    if (!isRange) {
      ranges.push([low, low]);
      continue;
    }
    reader.at += 1;
    const high = readClassItem(reader);
    if (typeof high !== 'number' || high < low) throw new Re2Error('a range in a class is upside down');
    ranges.push([low, high]);
  }
  reader.at += 1;
  return { kind: 'set', ranges: flags.ignoreCase ? foldRanges(ranges) : ranges, negated, properties };
}

function readClassItem(reader: Reader): number | SetItem {
  if (take(reader, '\\')) return readEscapedItem(reader);
  const code = reader.text.codePointAt(reader.at) ?? 0;
  reader.at += code > 0xffff ? 2 : 1;
  return code;
}

function charSet(code: number, flags: Flags): Re2Node {
  const ranges: Ranges = [[code, code]];
  return {
    kind: 'set',
    ranges: flags.ignoreCase ? foldRanges(ranges) : ranges,
    negated: false,
    properties: [],
  };
}

function anySet(properties: readonly string[]): Re2Node {
  return { kind: 'set', ranges: [[0, LAST_CODE]], negated: false, properties };
}
