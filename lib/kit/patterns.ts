/**
 * Compares two patterns, or a pattern and a text, character by character: can both mean the same path or name?
 * Policy globs against known paths are a GlobSet's business (globs.ts); this is for words that are themselves patterns.
 */

type Token =
  | { readonly kind: 'char'; readonly char: string }
  | { readonly kind: 'class'; readonly has: (char: string) => boolean }
  /** `?`, `*` and `**`; only the last one takes `/`. */
  | { readonly kind: 'any' }
  | { readonly kind: 'star' }
  | { readonly kind: 'globstar' }
  /** What follows, this many tokens, may be left out. */
  | { readonly kind: 'optional'; readonly count: number };

/** How the first side of a comparison is to be read. */
export interface Reading {
  /** It is plain text, not a pattern. */
  readonly plain?: boolean;
  /** It is a shell word: its wildcards do not take a dot at the start of a name. */
  readonly shell?: boolean;
  /** Its `*` does not take characters that the other side spells out: `*.json` then does not meet `*secret*.json`. */
  readonly frugal?: boolean;
}

/** Longest text or pattern that is compared; longer ones are taken to meet. */
const LONGEST = 2048;
const MOST_ALTERNATIVES = 64;

/** A pattern with what is asked of it again and again. */
interface Prepared {
  /** What it spells out before its first wildcard, and after its last wildcard or slash. */
  readonly head: string;
  readonly tail: string;
  readonly tokens: readonly Token[];
  /** Itself, or one pattern for each choice of its braces. */
  readonly alternatives: readonly string[];
  readonly literals: number;
}

const prepared = new Map<string, Prepared>();
const MOST_PREPARED = 4096;

function prepare(pattern: string): Prepared {
  const earlier = prepared.get(pattern);
  if (earlier !== undefined) return earlier;
  if (prepared.size >= MOST_PREPARED) prepared.clear();
  const wildcard = pattern.search(/[*?[{\\]/);
  const tokens = readTokens(pattern);
  const made = {
    head: wildcard < 0 ? pattern : pattern.slice(0, wildcard),
    tail: /[^*?[\]{}\\/]*$/.exec(pattern)?.[0] ?? '',
    tokens,
    alternatives: alternativesOf(pattern),
    literals: tokens.filter((token) => token.kind === 'char').length,
  };
  prepared.set(pattern, made);
  return made;
}

/**
 * True when some path is meant by both.
 *
 * @param left a shell word or text, read as `reading` says
 * @param right a policy pattern: `*`, `?`, `[a-z]`, `**`, `{a,b}`; see globs.ts
 */
export function patternsMeet(left: string, right: string, reading: Reading = {}): boolean {
  if (left.length > LONGEST || right.length > LONGEST) return true;
  return prepare(right).alternatives.some((alternative) => {
    const pattern = prepare(alternative);
    if (reading.plain)
      return endsOfTextFit(left, pattern) && tokensMeet(readText(left), pattern.tokens, reading);
    const word = prepare(left);
    return endsFit(word, pattern) && tokensMeet(word.tokens, pattern.tokens, reading);
  });
}

/** Cheap refusal: what both spell out at the start and at the end has to agree. */
function endsFit(word: Prepared, pattern: Prepared): boolean {
  const head = patternHead(pattern);
  const start = Math.min(word.head.length, head.length);
  const end = Math.min(word.tail.length, pattern.tail.length);
  return (
    word.head.slice(0, start) === head.slice(0, start) &&
    word.tail.slice(word.tail.length - end) === pattern.tail.slice(pattern.tail.length - end)
  );
}

function endsOfTextFit(text: string, pattern: Prepared): boolean {
  return text.startsWith(patternHead(pattern)) && text.endsWith(pattern.tail);
}

/** `a/` before two stars also means `a`, so a slash before the wildcard does not have to be there. */
function patternHead({ head }: Prepared): string {
  return head.endsWith('/') ? head.slice(0, -1) : head;
}

/** Number of characters that a pattern spells out: how specific it is. */
export function literalLength(pattern: string): number {
  return prepare(pattern).literals;
}

/** True when a pattern spells out nothing at all: `*`, `**`, `?*`, `.*`. */
export function isOpenPattern(pattern: string): boolean {
  return prepare(pattern).tokens.every(
    (token) => token.kind !== 'char' || token.char === '.' || token.char === '/',
  );
}

/** True when a text holds a wildcard. */
export function hasWildcard(text: string): boolean {
  return /[*?[{]/.test(text);
}

/** `a{b,c}` → `ab`, `ac`; more than 64 alternatives become «anything». */
function alternativesOf(pattern: string): readonly string[] {
  const open = pattern.indexOf('{');
  if (open < 0) return [pattern];
  let done: string[] = [];
  let todo = [pattern];
  while (todo.length > 0) {
    const next: string[] = [];
    for (const each of todo) {
      const group = /\{([^{}]*,[^{}]*)\}/.exec(each);
      if (!group) done = [...done, each];
      else
        for (const choice of (group[1] ?? '').split(','))
          next.push(each.slice(0, group.index) + choice + each.slice(group.index + group[0].length));
    }
    if (done.length + next.length > MOST_ALTERNATIVES) return ['**'];
    todo = next;
  }
  return done;
}

function readText(text: string): readonly Token[] {
  return [...text].map((char) => ({ kind: 'char', char }));
}

function readTokens(pattern: string): readonly Token[] {
  const tokens: Token[] = [];
  const chars = [...pattern];
  for (let i = 0; i < chars.length; i++) {
    const char = chars[i] as string;
    if (char === '\\' && i + 1 < chars.length) {
      tokens.push({ kind: 'char', char: chars[++i] as string });
    } else if (char === '?') {
      tokens.push({ kind: 'any' });
    } else if (char === '*') {
      if (chars[i + 1] !== '*') {
        tokens.push({ kind: 'star' });
        continue;
      }
      while (chars[i + 1] === '*') i++;
      const atStart = tokens.length === 0 || isSlash(tokens.at(-1));
      if (atStart && chars[i + 1] === '/') {
        // `**/x` also means `x`.
        tokens.push({ kind: 'optional', count: 2 }, { kind: 'globstar' }, { kind: 'char', char: '/' });
        i++;
      } else if (isSlash(tokens.at(-1)) && i + 1 === chars.length && tokens.length > 1) {
        // `x/**` also means `x`.
        tokens.splice(
          -1,
          1,
          { kind: 'optional', count: 2 },
          { kind: 'char', char: '/' },
          { kind: 'globstar' },
        );
      } else tokens.push({ kind: 'globstar' });
    } else if (char === '[') {
      const end = chars.indexOf(']', chars[i + 1] === '!' || chars[i + 1] === '^' ? i + 3 : i + 2);
      if (end < 0) tokens.push({ kind: 'char', char });
      else {
        tokens.push({ kind: 'class', has: classOf(chars.slice(i + 1, end)) });
        i = end;
      }
    } else tokens.push({ kind: 'char', char });
  }
  return tokens;
}

function isSlash(token: Token | undefined): boolean {
  return token?.kind === 'char' && token.char === '/';
}

/** Membership test of `a-z_`, `!0-9` and the like; named classes (`[:alpha:]`) take every character. */
function classOf(inside: readonly string[]): (char: string) => boolean {
  const negated = inside[0] === '!' || inside[0] === '^';
  const body = negated ? inside.slice(1) : inside;
  if (body.includes(':') && body.includes('[')) return () => true;
  const ranges: (readonly [string, string])[] = [];
  for (let i = 0; i < body.length; i++) {
    const from = body[i] as string;
    const to = body[i + 1] === '-' ? body[i + 2] : undefined;
    ranges.push([from, to ?? from]);
    if (to !== undefined) i += 2;
  }
  return (char) => char !== '/' && ranges.some(([from, to]) => from <= char && char <= to) !== negated;
}

/** Walks both token lists at once; every pair of places is looked at once. */
function tokensMeet(left: readonly Token[], right: readonly Token[], reading: Reading): boolean {
  const width = right.length + 1;
  const seen = new Uint8Array((left.length + 1) * width);
  const todo: number[] = [0];
  seen[0] = 1;
  const visit = (i: number, j: number): void => {
    const place = i * width + j;
    if (seen[place]) return;
    seen[place] = 1;
    todo.push(place);
  };
  while (todo.length > 0) {
    const place = todo.pop() as number;
    const i = Math.floor(place / width);
    const j = place % width;
    if (i === left.length && j === right.length) return true;
    const a = left[i];
    const b = right[j];
    for (const skip of skipsOf(a)) visit(i + skip, j);
    for (const skip of skipsOf(b)) visit(i, j + skip);
    if (a === undefined || b === undefined || !shareCharacter(a, b)) continue;
    if (b.kind === 'char' && isWild(a)) {
      const startsName = j === 0 || isSlash(right[j - 1]);
      if (reading.shell && b.char === '.' && startsName) continue;
      if (reading.frugal && a.kind !== 'any' && a.kind !== 'class') continue;
    }
    visit(repeats(a) ? i : i + 1, repeats(b) ? j : j + 1);
  }
  return false;
}

/** How many tokens can be passed over without a character. */
function skipsOf(token: Token | undefined): readonly number[] {
  if (token === undefined) return [];
  if (token.kind === 'optional') return [1, token.count + 1];
  return repeats(token) ? [1] : [];
}

function repeats(token: Token): boolean {
  return token.kind === 'star' || token.kind === 'globstar';
}

function isWild(token: Token): boolean {
  return token.kind !== 'char';
}

function shareCharacter(a: Token, b: Token): boolean {
  if (a.kind === 'optional' || b.kind === 'optional') return false;
  if (a.kind === 'char') return takes(b, a.char);
  if (b.kind === 'char') return takes(a, b.char);
  return true;
}

function takes(token: Token, char: string): boolean {
  switch (token.kind) {
    case 'char':
      return token.char === char;
    case 'class':
      return token.has(char);
    case 'globstar':
      return true;
    default:
      return char !== '/';
  }
}
