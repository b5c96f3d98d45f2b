/** Reads and applies the allow lists of a gitleaks configuration. Commits are ignored: what is scanned here has none yet. */

import { measureEntropy } from '../randomness.ts';
import type { Excusable } from '../rule-set.ts';
import { translateRe2 } from './translate-re2.ts';

/** One allow list, ready to ask. */
export interface Allowlist {
  /** Rules that a global list is for; empty for all. */
  readonly targetRules: readonly string[];
  readonly allows: (finding: Excusable) => boolean;
}

/** Takes a sentence about something that is left out. */
export type Complain = (problem: string) => void;

/** Reads one `[allowlist]` table; `where` begins the sentences about it. Undefined when it can never allow anything. */
export function readAllowlist(
  table: Readonly<Record<string, unknown>>,
  where: string,
  complain: Complain,
): Allowlist | undefined {
  const target = typeof table.regexTarget === 'string' ? table.regexTarget.toLowerCase() : 'secret';
  const needsAll = typeof table.condition === 'string' && /^(?:and|&&)$/i.test(table.condition.trim());
  const paths = readPatterns(table.paths, where, complain);
  const regexes = readPatterns(table.regexes, where, complain);
  const stopwords = readStrings(table.stopwords).map((word) => word.toLowerCase());
  const commits = readStrings(table.commits);
  const checks: ((finding: Excusable) => boolean)[] = [];
  if (paths.given > 0) checks.push(({ path }) => path !== undefined && paths.some(path));
  if (regexes.given > 0) checks.push((finding) => regexes.some(targetText(finding, target)));
  if (stopwords.length > 0)
    checks.push(({ secret }) => stopwords.some((word) => secret.toLowerCase().includes(word)));
  if (checks.length === 0) return undefined;
  // A list that also asks for a commit allows nothing here: there is none to compare.
  if (needsAll && commits.length > 0) return undefined;
  return {
    targetRules: readStrings(table.targetRules),
    allows: (finding) =>
      needsAll ? checks.every((check) => check(finding)) : checks.some((check) => check(finding)),
  };
}

function targetText(finding: Excusable, target: string): string {
  if (target === 'line') return finding.line;
  return target === 'match' ? finding.match : finding.secret;
}

interface Patterns {
  /** How many the configuration lists, usable or not. */
  readonly given: number;
  readonly some: (text: string) => boolean;
}

/** Longest text that an allow list's expression is shown. */
const LONGEST = 4096;

function readPatterns(value: unknown, where: string, complain: Complain): Patterns {
  const sources = readStrings(value);
  const patterns: RegExp[] = [];
  for (const source of sources) {
    const translated = translateRe2(source);
    if (typeof translated === 'string') complain(`${where}: an expression ${translated}; it allows nothing`);
    else patterns.push(translated.pattern);
  }
  return {
    given: sources.length,
    some: (text) =>
      patterns.some((pattern) => {
        pattern.lastIndex = 0;
        return pattern.test(text.slice(0, LONGEST));
      }),
  };
}

/** The strings of a TOML array; anything else counts as none. */
export function readStrings(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
}

/** True when a secret has more entropy than a rule asks for; 0 asks for nothing. */
export function hasEntropy(secret: string, least: number): boolean {
  return least === 0 || measureEntropy(secret) > least;
}
