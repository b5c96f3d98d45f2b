/** Chooses between path globs that forbid and path globs that permit. Knows no particular path. */

import type { PathFact } from '../types/effect.ts';
import type { GlobSet } from '../types/policy.ts';
import type { Word } from '../types/text.ts';
import type { HostFacts } from './host-facts.ts';
import { isWithin, lastPart, namesOf } from './paths.ts';
import { hasWildcard, isOpenPattern, literalLength, patternsMeet } from './patterns.ts';
import { escapePattern, knownHead, patternOf } from './words.ts';

/** What was found about a path. */
export interface PathMatch {
  /** The glob that forbids. */
  readonly pattern: string;
  /** True when the word is a pattern or partly unknown and only may stand for such a path. */
  readonly possible: boolean;
}

/** A path as the rules see it. */
export interface Candidate {
  readonly names: readonly string[];
  /** `pattern`: the names hold the shell's wildcards. `unknown`: `**` stands in them for what only running would tell. */
  readonly kind: 'known' | 'pattern' | 'unknown';
}

/** What is known of where a path lies: all of it, or only the directory that it starts in. */
export interface Known {
  readonly at?: PathFact | undefined;
  readonly below?: PathFact | undefined;
}

/** The names by which rules know a path, whatever is known of it. */
export function candidateOf(path: Word, { at, below }: Known, directories: HostFacts['paths']): Candidate {
  if (path.text !== undefined) {
    // A directory that happens to be called `[id]` makes no pattern.
    const isPattern = path.glob && hasWildcard(at?.absolute ?? path.text);
    return { names: namesOf(path, at, directories), kind: isPattern ? 'pattern' : 'known' };
  }
  const pattern = patternOf(path);
  const names = new Set([pattern, lastPart(pattern)]);
  if (below !== undefined) {
    const head = knownHead(path);
    const rest = pattern.slice(escapePattern(head.slice(0, head.lastIndexOf('/') + 1)).length);
    for (const name of namesOf(path, below, directories))
      if (name.includes('/')) names.add(`${escapePattern(name)}/${rest}`);
  }
  return { names: [...names], kind: 'unknown' };
}

/**
 * The first glob whose files are known to lie below a directory, or undefined. Globs that hold for a base name anywhere
 * (`.env`) are not asked.
 */
export function findHeld(
  at: PathFact,
  globs: readonly string[],
  directories: HostFacts['paths'],
): string | undefined {
  return globs.find((glob) => {
    const start = fixedStart(glob);
    if (start === '' || !glob.includes('/')) return false;
    if (!/^[/~]/.test(start))
      return at.relative !== undefined && isWithin(`/${start}`, `/${at.relative}`.replace(/\/$/, ''));
    return placesOf(start, directories).some((place) => isWithin(place, at.absolute));
  });
}

/** The directories that a glob spells out; the whole path when it has no wildcard. */
function fixedStart(glob: string): string {
  const wildcard = glob.search(/[*?[{\\]/);
  return wildcard < 0 ? glob : glob.slice(0, Math.max(0, glob.lastIndexOf('/', wildcard)));
}

/** `~/.codex` is written for the directory of Codex wherever that is. */
function placesOf(start: string, { home, codexHome, guardHome }: HostFacts['paths']): readonly string[] {
  const below = (directory: string, short: string) =>
    isWithin(start, short) ? [directory + start.slice(short.length)] : [];
  if (!start.startsWith('~')) return [start];
  return [...below(home, '~'), ...below(codexHome, '~/.codex'), ...below(guardHome, '~/.codex/guard')];
}

/**
 * The glob that forbids a path, or undefined when none does or a more specific one permits it.
 * The most specific glob decides (the one that spells out the most characters); with equals the forbidding one does.
 */
export function findForbidding(
  candidate: Candidate,
  forbid: GlobSet,
  permit: readonly GlobSet[],
): PathMatch | undefined {
  if (candidate.kind !== 'known') return findPossible(candidate, forbid, permit);
  const pattern = firstMatch(candidate.names, forbid);
  if (pattern === undefined) return undefined;
  const permitting = findPermitting(candidate, permit);
  if (permitting === undefined) return { pattern, possible: false };
  const forbidding = mostSpecific(candidate.names, forbid.patterns) ?? pattern;
  return literalLength(permitting) > literalLength(forbidding)
    ? undefined
    : { pattern: forbidding, possible: false };
}

/** The most specific glob that permits a path. For a pattern: one that permits whatever the pattern stands for. */
export function findPermitting(candidate: Candidate, permit: readonly GlobSet[]): string | undefined {
  // A pattern that a glob takes as if it were plain text is no wider than that glob.
  if (!permit.some((set) => firstMatch(candidate.names, set) !== undefined)) return undefined;
  return mostSpecific(
    candidate.names,
    permit.flatMap((set) => set.patterns),
  );
}

/** The first glob of a set that one of the names matches. */
export function firstMatch(names: readonly string[], set: GlobSet): string | undefined {
  for (const name of names) {
    const pattern = set.match(name);
    if (pattern !== undefined) return pattern;
  }
  return undefined;
}

function mostSpecific(names: readonly string[], patterns: readonly string[]): string | undefined {
  let best: string | undefined;
  for (const pattern of patterns) {
    if (best !== undefined && literalLength(pattern) <= literalLength(best)) continue;
    if (names.some((name) => patternsMeet(name, pattern, { plain: true }))) best = pattern;
  }
  return best;
}

/**
 * The same for a word that is itself a pattern, or partly unknown. A wildcard as wide as `*` or `*.json` is not taken for a
 * protected file: `cat *` reads what lies about, and shells leave dot files out of it. `.e*`, `id_?sa` and `*.pem` are.
 */
function findPossible(
  candidate: Candidate,
  forbid: GlobSet,
  permit: readonly GlobSet[],
): PathMatch | undefined {
  let possible: PathMatch | undefined;
  const permitting = findPermitting(candidate, permit);
  const isPlaced = candidate.kind === 'pattern' && candidate.names.some((name) => name.startsWith('/'));
  for (const pattern of forbid.patterns) {
    if (pattern.startsWith('!')) continue;
    if (permitting !== undefined && literalLength(permitting) > literalLength(pattern)) continue;
    // A name below the project is no name below home or the root, however wide its first wildcard is.
    const isElsewhere = isPlaced && /^[/~]/.test(pattern);
    const name = candidate.names.find(
      (each) =>
        !(isElsewhere && !/^[/~]/.test(each)) &&
        !isMereEnding(each, pattern) &&
        couldMean(each, pattern, candidate.kind),
    );
    if (name === undefined) continue;
    if (isCertain(name, pattern, candidate, permit)) return { pattern, possible: false };
    possible ??= { pattern, possible: true };
  }
  return possible;
}

/** True for `*.json` beside `guard.lock.json`: it says no more of that than of any other file. */
function isMereEnding(name: string, glob: string): boolean {
  const pattern = withoutAnyDirectory(glob);
  return /^\*+\.\w+$/.test(name) && !hasWildcard(pattern) && !isAnchored(pattern) && !pattern.startsWith('.');
}

/** True when a word pattern may well stand for what a policy glob forbids. */
function couldMean(name: string, glob: string, kind: Candidate['kind']): boolean {
  const pattern = withoutAnyDirectory(glob);
  const last = lastPart(name);
  const namesDotFile = /^\.[^*?[.]/.test(last);
  if (isAnchored(pattern)) {
    const frugal = kind === 'unknown' || (!/^[/~]/.test(glob) && !spellsPart(name, glob));
    return (
      patternsMeet(name, pattern, { shell: !frugal, frugal }) &&
      3 * literalLength(name) >= literalLength(pattern)
    );
  }
  if (name !== last || (isOpenPattern(last) && !last.startsWith('.'))) return false;
  if (namesDotFile && pattern.startsWith('.'))
    return patternsMeet(name, pattern, { shell: kind === 'pattern' });
  // Elsewhere the word has to spell out what the policy's glob spells out, or a good part of a fixed name.
  const frugal =
    kind === 'unknown' || hasWildcard(pattern) || 3 * literalLength(last) < literalLength(pattern);
  return patternsMeet(name, pattern, { shell: kind === 'pattern', frugal });
}

/**
 * True when a part of a path that has wildcards spells out something of its name: `codex-*`, but not `*`. An ending
 * (`*.rb`) says nothing of a glob's directories, unless the path has one of them in full.
 */
function spellsPart(name: string, glob: string): boolean {
  const parts = name.split('/');
  const sharesPart = glob
    .split('/')
    .some((part) => !hasWildcard(part) && part !== '' && parts.includes(part));
  return parts.some(
    (part) => hasWildcard(part) && literalLength(part) >= 2 && (sharesPart || !/^\*+\.[\w.]+$/.test(part)),
  );
}

/** True when a word is so close to a policy glob that it can hardly stand for anything else. */
function isCertain(name: string, glob: string, candidate: Candidate, permit: readonly GlobSet[]): boolean {
  const pattern = withoutAnyDirectory(glob);
  const last = lastPart(name);
  if (isAnchored(pattern) && pattern.startsWith('~/') && isOpenPattern(last)) return true;
  if (candidate.kind === 'unknown') return !hasWildcard(last);
  if (
    hasWildcard(pattern) &&
    permit.some((set) => set.patterns.some((other) => couldMean(name, other, candidate.kind)))
  )
    return false;
  return literalLength(last) >= 2 || patternsMeet(name, pattern, { shell: true, frugal: true });
}

/** A leading «any directory» (two stars and a slash) adds nothing to a base name. */
function withoutAnyDirectory(glob: string): string {
  const rest = glob.replace(/^\*\*\//, '');
  return rest.includes('/') ? glob : rest;
}

/** True for a glob that names directories, so that it does not hold for a base name alone. */
function isAnchored(pattern: string): boolean {
  return pattern.includes('/');
}
