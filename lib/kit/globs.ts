/**
 * File patterns: what they may look like and whether a path matches. Owns no file access and no policy.
 *
 * Matching is ours, because the regular expressions of pattern libraries backtrack: `**` with a few `*a*` segments
 * and a hostile path never end, and Codex lets a step pass when its hook runs out of time. Here the work is at most
 * path length × pattern length. micromatch is the oracle of the tests.
 */

import type { GlobSet } from '../types/policy.ts';

export interface GlobOptions {
  /** Absolute home directory: paths below it also match patterns that start with `~/`. */
  readonly home?: string;
  /** Upper and lower case are the same letter. */
  readonly ignoreCase?: boolean;
}

/** Longest pattern, in UTF-16 units. */
const MAX_PATTERN = 256;
/** Most patterns that the braces of one pattern may stand for. */
const MAX_ALTERNATIVES = 64;
/** Longest path that Linux opens. Of anything longer only the end is looked at, where the file's own name is. */
const MAX_PATH = 4096;

type Token =
  | string
  | { readonly any: 'one' | 'many' }
  | { readonly set: ReadonlySet<string>; readonly not: boolean };
/** `**`, a plain name, or a name with wildcards. */
type Segment = null | string | readonly Token[];

/**
 * Says what is wrong with a pattern, as a clause, or undefined when it can be used.
 * Known are `*`, `**`, `?`, `[a-z]`, `[!a]`, `{a,b}`, `\x` for a literal x, and one leading `!`; everything else is literal.
 */
export function checkGlob(pattern: string): string | undefined {
  const body = pattern.startsWith('!') ? pattern.slice(1) : pattern;
  if (body === '') return 'is empty';
  if (pattern.length > MAX_PATTERN) return `is longer than ${MAX_PATTERN} characters`;
  if (/[\0-\x1f]/.test(body)) return 'holds a control character';
  if (/(?:^|\/)\.\.(?:\/|$)/.test(body)) return 'holds `..`, which no resolved path has';
  const unbalanced = findUnbalanced(body);
  if (unbalanced !== undefined) return unbalanced;
  if (expandBraces(body) === undefined) return `stands for more than ${MAX_ALTERNATIVES} patterns`;
  return undefined;
}

/**
 * Compiles patterns. A path matches when one pattern matches and none with a leading `!` does.
 * Relative patterns match paths below the project's root, `/…` absolute ones, `~/…` those below `home`; a pattern that
 * starts with two stars matches all three. One that `checkGlob` rejects matches nothing: check first.
 */
export function compileGlobs(patterns: readonly string[], options: GlobOptions = {}): GlobSet {
  const home = options.home === undefined ? undefined : fold(options.home, options);
  // Compiled at first use: a step of the agent asks few of the sets.
  const yes: Compiled[] = [];
  const no: Compiled[] = [];
  let compiled = false;
  return {
    patterns,
    match(path) {
      if (!compiled) {
        for (const pattern of patterns) {
          if (pattern.startsWith('!')) no.push(compileOne(pattern, pattern.slice(1), options));
          else yes.push(compileOne(pattern, pattern, options));
        }
        compiled = true;
      }
      const forms = readForms(path, home, options);
      const hit = yes.find((one) => matchesForm(one, forms));
      return hit !== undefined && !no.some((one) => matchesForm(one, forms)) ? hit.pattern : undefined;
    },
  };
}

interface Compiled {
  readonly pattern: string;
  /** Text that every matching path holds: most patterns are refused by it, before anything is taken apart. */
  readonly needle: string;
  readonly alternatives: () => readonly (readonly Segment[])[];
}

function matchesForm(one: Compiled, forms: readonly string[]): boolean {
  return forms.some((form) => {
    if (!form.includes(one.needle)) return false;
    const path = splitPath(form);
    return one.alternatives().some((segments) => matchesSegments(segments, path));
  });
}

/** The path, and once more from `~` when it lies below home. */
function readForms(path: string, home: string | undefined, options: GlobOptions): readonly string[] {
  const form = fold(path.length > MAX_PATH ? path.slice(-MAX_PATH) : path, options);
  if (home === undefined || (form !== home && !form.startsWith(`${home}/`))) return [form];
  return [form, `~${form.slice(home.length)}`];
}

function fold(text: string, options: GlobOptions): string {
  const normal = text.normalize('NFC');
  return options.ignoreCase === true ? normal.toLowerCase() : normal;
}

function compileOne(pattern: string, body: string, options: GlobOptions): Compiled {
  // `build/` means what lies in it.
  const whole = fold(body.endsWith('/') ? `${body}**` : body, options);
  let alternatives: readonly (readonly Segment[])[] | undefined;
  return {
    pattern,
    needle: findNeedle(whole),
    alternatives: () => {
      alternatives ??= (expandBraces(whole) ?? []).map((one) => splitPath(one).map(readSegment));
      return alternatives;
    },
  };
}

/** The longest stretch of a pattern that stands for itself. */
function findNeedle(pattern: string): string {
  const pieces = pattern.replace(/\{.*\}|\[[!^]?\]?[^\]]*\]|\\.|\/\.?\/|[?]/g, '*').split('*');
  let longest = '';
  for (const piece of pieces) {
    const bare = piece.replace(/^\.?\/|\/\.?$/g, '');
    if (bare.length > longest.length) longest = bare;
  }
  return longest;
}

/** Segments of a path or pattern; a leading `/` is an empty first one. */
function splitPath(path: string): readonly string[] {
  const parts = path.split('/');
  return parts.filter((part, at) => part !== '.' && (part !== '' || (at === 0 && parts.length > 1)));
}

function readSegment(text: string): Segment {
  if (text === '**') return null;
  if (!/[*?[\\]/.test(text)) return text;
  const tokens: Token[] = [];
  for (let at = 0; at < text.length; ) {
    const code = String.fromCodePoint(text.codePointAt(at) ?? 0);
    const end = code === '[' ? findSetEnd(text, at) : undefined;
    if (code === '\\' && at + 1 < text.length) {
      tokens.push(String.fromCodePoint(text.codePointAt(at + 1) ?? 0));
      at += 1 + (tokens.at(-1) as string).length;
      continue;
    }
    if (code === '*') {
      if (!isMany(tokens.at(-1))) tokens.push({ any: 'many' });
    } else if (code === '?') tokens.push({ any: 'one' });
    else if (end !== undefined) tokens.push(readSet(text.slice(at + 1, end)));
    else tokens.push(code);
    at = end === undefined ? at + code.length : end + 1;
  }
  return tokens;
}

function isMany(token: Token | undefined): boolean {
  return typeof token === 'object' && 'any' in token && token.any === 'many';
}

/** Offset of the `]` that closes the `[` at `start`; the first place after `[` or `[!` may hold a literal `]`. */
function findSetEnd(text: string, start: number): number | undefined {
  const first = text[start + 1] === '!' || text[start + 1] === '^' ? start + 2 : start + 1;
  const end = text.indexOf(']', first + 1);
  return end === -1 ? undefined : end;
}

function readSet(body: string): Token {
  const not = body.startsWith('!') || body.startsWith('^');
  const chars = [...(not ? body.slice(1) : body)];
  const set = new Set<string>();
  for (let at = 0; at < chars.length; at++) {
    const from = chars[at] as string;
    const to = chars[at + 2];
    if (chars[at + 1] !== '-' || to === undefined) {
      set.add(from);
      continue;
    }
    const low = from.codePointAt(0) ?? 0;
    // A range wider than the Latin letters is cut: sets are for file names, not for scripts.
    const high = Math.min(to.codePointAt(0) ?? 0, low + 255);
    for (let code = low; code <= high; code++) set.add(String.fromCodePoint(code));
    at += 2;
  }
  return { set, not };
}

/**
 * Whether the segments of a pattern match those of a path. Every segment but `**` takes exactly one of the path, so
 * on a mismatch it is enough to let the last `**` take one more.
 */
function matchesSegments(pattern: readonly Segment[], path: readonly string[]): boolean {
  return matchesGreedily(
    pattern.length,
    path.length,
    (at) => pattern[at] === null,
    (at, place) => matchesSegment(pattern[at] as string | readonly Token[], path[place] as string),
  );
}

function matchesSegment(segment: string | readonly Token[], name: string): boolean {
  if (typeof segment === 'string') return segment === name;
  if (name === '') return false;
  const chars = [...name];
  return matchesGreedily(
    segment.length,
    chars.length,
    (at) => isMany(segment[at]),
    (at, place) => matchesToken(segment[at] as Token, chars[place] as string),
  );
}

function matchesToken(token: Token, char: string): boolean {
  if (typeof token === 'string') return token === char;
  return 'any' in token || token.set.has(char) !== token.not;
}

/** Matches a row of items where the starred ones take any number of places and the others one each. */
function matchesGreedily(
  items: number,
  places: number,
  isStar: (at: number) => boolean,
  fits: (at: number, place: number) => boolean,
): boolean {
  let at = 0;
  let place = 0;
  let star = -1;
  let resume = 0;
  while (place < places) {
    if (at < items && isStar(at)) {
      star = at++;
      resume = place;
    } else if (at < items && fits(at, place)) {
      at++;
      place++;
    } else if (star === -1) return false;
    else {
      at = star + 1;
      place = ++resume;
    }
  }
  while (at < items && isStar(at)) at++;
  return at === items;
}

function findUnbalanced(body: string): string | undefined {
  let open = 0;
  for (let at = 0; at < body.length; at++) {
    const char = body[at];
    if (char === '\\') {
      if (++at >= body.length) return 'ends in a backslash';
    } else if (char === '[') {
      const end = findSetEnd(body, at);
      if (end === undefined || body.slice(at, end).includes('/'))
        return 'has a `[` without `]` (write `\\[` for the character itself)';
      at = end;
    } else if (char === '{') open++;
    else if (char === '}' && --open < 0)
      return 'has a `}` without `{` (write `\\}` for the character itself)';
  }
  return open > 0 ? 'has a `{` without `}` (write `\\{` for the character itself)' : undefined;
}

/** Every pattern that the braces stand for, or undefined when they are too many. `{a}` without a comma is literal. */
export function expandBraces(pattern: string): readonly string[] | undefined {
  const done: string[] = [];
  const waiting = [pattern];
  for (let one = waiting.pop(); one !== undefined; one = waiting.pop()) {
    const brace = findBrace(one);
    if (brace === undefined) done.push(one);
    else {
      const head = one.slice(0, brace.start);
      const tail = one.slice(brace.end + 1);
      for (const choice of brace.choices.toReversed()) waiting.push(head + choice + tail);
    }
    if (done.length + waiting.length > MAX_ALTERNATIVES) return undefined;
  }
  return done;
}

/** The first innermost-complete `{…,…}` of a pattern. */
function findBrace(text: string): { start: number; end: number; choices: string[] } | undefined {
  let depth = 0;
  let start = -1;
  let cuts: number[] = [];
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    if (char === '\\') at++;
    else if (char === '[') at = findSetEnd(text, at) ?? at;
    else if (char === '{' && depth++ === 0) {
      start = at;
      cuts = [at];
    } else if (char === ',' && depth === 1) cuts.push(at);
    else if (char === '}' && depth > 0 && --depth === 0 && cuts.length > 1) {
      const ends = [...cuts.slice(1), at];
      return { start, end: at, choices: cuts.map((cut, n) => text.slice(cut + 1, ends[n])) };
    }
  }
  return undefined;
}
