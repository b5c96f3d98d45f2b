/** Reads one rule of a gitleaks configuration and runs it over a text, in slices around its keywords. */

import { RANK } from '../candidate.ts';
import type { UserScan } from '../rule-set.ts';
import type { Found } from '../scan.ts';
import { type Complain, hasEntropy, readStrings } from './allowlist.ts';
import { translateRe2 } from './translate-re2.ts';

/** A rule that finds something, or that only adds allow lists to a rule of the own tables (`pattern` and `path` undefined). */
export interface UserRule {
  readonly id: string;
  readonly pattern: RegExp | undefined;
  readonly path: RegExp | undefined;
  readonly slice: number;
  /** Lower case; one of them must be in the text. */
  readonly keywords: readonly string[];
  readonly entropy: number;
  /** Group that holds the secret; 0 means the first that matched. */
  readonly secretGroup: number;
}

/** Reads a `[[rules]]` table. A part that cannot be used is reported, and the rule then finds nothing. */
export function readUserRule(
  id: string,
  table: Readonly<Record<string, unknown>>,
  complain: Complain,
): UserRule {
  const regex = readPattern(table.regex, id, 'regex', complain);
  const path = readPattern(table.path, id, 'path', complain);
  const isBroken =
    (typeof table.regex === 'string' && regex === undefined) ||
    (typeof table.path === 'string' && path === undefined);
  return {
    id,
    pattern: isBroken ? undefined : regex?.pattern,
    path: isBroken ? undefined : path?.pattern,
    slice: regex?.slice ?? 0,
    keywords: readStrings(table.keywords).map((word) => word.toLowerCase()),
    entropy: typeof table.entropy === 'number' ? table.entropy : 0,
    secretGroup:
      typeof table.secretGroup === 'number' || typeof table.secretGroup === 'bigint'
        ? Number(table.secretGroup)
        : 0,
  };
}

function readPattern(
  source: unknown,
  id: string,
  field: string,
  complain: Complain,
): ReturnType<typeof usable> {
  if (typeof source !== 'string') return undefined;
  const translated = translateRe2(source);
  if (typeof translated === 'string') complain(`rule ${id}: ${field} ${translated}; the rule finds nothing`);
  return usable(translated);
}

function usable(
  translated: ReturnType<typeof translateRe2>,
): Exclude<ReturnType<typeof translateRe2>, string> | undefined {
  return typeof translated === 'string' ? undefined : translated;
}

/** Findings of one rule in one text; more than so many are cut off. */
const MOST_FOUND = 1000;

/**
 * Runs a rule.
 * @param lower the text in lower case, for the keywords
 * @returns false when time ran out
 */
export function runUserRule(rule: UserRule, scan: UserScan, lower: string, found: Found[]): boolean {
  if (rule.path !== undefined && !matchesPath(rule.path, scan.path)) return true;
  if (rule.pattern === undefined) {
    if (rule.path !== undefined) found.push(toFound(rule, '', 0, 0));
    return true;
  }
  for (const [from, to] of slicesOf(rule, lower)) {
    if (scan.isLate()) return false;
    findInSlice(rule, rule.pattern, scan.text.slice(from, to), from, found);
    if (found.length >= MOST_FOUND) return false;
  }
  return true;
}

function matchesPath(pattern: RegExp, path: string | undefined): boolean {
  pattern.lastIndex = 0;
  return path !== undefined && pattern.test(path);
}

/** Stretches of the text that the rule sees: everything, or what lies around its keywords. They overlap by a quarter. */
function* slicesOf(rule: UserRule, lower: string): Generator<readonly [from: number, to: number]> {
  const step = Math.floor(rule.slice * 0.75);
  for (let from = 0; from < lower.length; from += step) {
    const to = Math.min(lower.length, from + rule.slice);
    const slice = lower.slice(from, to);
    if (rule.keywords.length === 0 || rule.keywords.some((word) => slice.includes(word))) yield [from, to];
    if (to === lower.length) return;
  }
}

function findInSlice(rule: UserRule, pattern: RegExp, slice: string, offset: number, found: Found[]): void {
  pattern.lastIndex = 0;
  for (
    let match = pattern.exec(slice);
    match !== null && found.length < MOST_FOUND;
    match = pattern.exec(slice)
  ) {
    const secret =
      (rule.secretGroup > 0 ? match[rule.secretGroup] : match.slice(1).find((group) => group)) ?? match[0];
    const start = offset + match.index + Math.max(0, match[0].indexOf(secret));
    if (hasEntropy(secret, rule.entropy)) found.push(toFound(rule, secret, start, offset + match.index));
    if (match[0] === '') pattern.lastIndex += 1;
  }
}

function toFound(rule: UserRule, secret: string, start: number, matchStart: number): Found {
  return {
    rule: rule.id,
    provider: 'own rule',
    tier: 'deny',
    rank: RANK.user,
    start,
    end: start + secret.length,
    matchStart,
    publicLength: 0,
    secret,
    prefix: '',
  };
}
