/** Matches the keyed tables: formats that mean something only after a key that names their provider. */

import { RANK, type Report } from '../candidate.ts';
import { findValueStart, findWordStarts } from '../keys.ts';
import { isPublicExample } from '../public-examples.ts';
import { isPlaceholder, measureEntropy, measureWordiness } from '../randomness.ts';
import type { KeyedRow } from '../shape.ts';
import { keyedPlatforms } from '../tables/keyed-platforms.ts';
import { keyedServices } from '../tables/keyed-services.ts';
import { parseTemplate, templatePrefix, templateSource } from '../template.ts';

/** Every keyed row. Made on demand. */
export const keyedRows = (): readonly KeyedRow[] => [...keyedPlatforms(), ...keyedServices()];

const DEFAULT_ENTROPY = 2.5;
/** The provider and the length fit already, so only plain words are turned down; without any digit the value must look random. */
const WORDY = 4;
const WORDY_WITHOUT_DIGITS = 1;
/** Shorter provider names are parts of many words, so they must stand at the start of one. */
const LONG_NAME = 6;
const NOUN = /key|token|secret|auth|pass|cred|api|bearer|private|client|login|access|webhook|sid\b|\bpat\b|\bid\b|dsn/i;
/** What may follow a name that ends in the middle of a run of letters: `DISCORDTOKEN`. */
const NOUN_AFTER = /(?:e_)?(?:key|token|secret|api|access|client|auth|pass|app|bot|hook|url)/iy;

interface KeyedMatcher {
  readonly row: KeyedRow;
  patterns?: readonly (readonly [prefix: string, pattern: RegExp])[];
}

type KeyedMatch = (text: string, at: number, report: Report, end: number) => void;

/** Words to look for, each with the function that judges the place. */
export function* keyedAnchors(): Generator<readonly [word: string, match: KeyedMatch]> {
  const matchers = new Map<string, KeyedMatcher[]>();
  for (const row of keyedRows()) {
    const matcher: KeyedMatcher = { row };
    for (const word of row[2].split(' ')) {
      const others = matchers.get(word);
      if (others === undefined) matchers.set(word, [matcher]);
      else others.push(matcher);
    }
  }
  for (const [word, group] of matchers)
    yield [word, (text, at, report, end) => matchKey(group, text, at, end, report)];
}

function matchKey(group: readonly KeyedMatcher[], text: string, start: number, end: number, report: Report): void {
  if (!isName(text, start, end)) return;
  const value = findValueStart(text, end);
  const hasNoun = NOUN.test(text.slice(Math.max(0, start - 24), value ?? Math.min(text.length, end + 40)));
  if (value !== undefined && matchValue(group, text, start, value, hasNoun, report)) return;
  if (!hasNoun) return;
  for (const word of findWordStarts(text, end)) if (matchValue(group, text, start, word, true, report)) return;
}

/** True when the provider's name is a word of its own or one of a key's words, not a piece of another word. */
function isName(text: string, start: number, end: number): boolean {
  const name = text.slice(start, end);
  const before = text.charAt(start - 1);
  const after = text.charAt(end);
  if (end - start < LONG_NAME) {
    const camel = /[a-z0-9]/.test(before) && /[A-Z]/.test(name.charAt(0));
    if (/[A-Za-z]/.test(before) && !camel) return false;
    if (/[a-z][A-Z]/.test(name)) return false;
  }
  const runsOn = /[a-z]/.test(after) || (/[A-Z]/.test(after) && /[A-Z]$/.test(name));
  if (!runsOn) return true;
  NOUN_AFTER.lastIndex = end;
  return NOUN_AFTER.test(text);
}

function matchValue(
  group: readonly KeyedMatcher[],
  text: string,
  keyStart: number,
  start: number,
  hasNoun: boolean,
  report: Report,
): boolean {
  for (const matcher of group) {
    const [rule, provider, , , how] = matcher.row;
    if (how?.noun && !hasNoun) continue;
    for (const [prefix, pattern] of compile(matcher)) {
      pattern.lastIndex = start;
      const match = pattern.exec(text);
      if (match === null || !isRandomEnough(match[0], prefix, how?.entropy ?? DEFAULT_ENTROPY)) continue;
      const end = start + match[0].length;
      report({
        rule,
        provider,
        tier: 'deny',
        rank: RANK.keyed,
        start,
        end,
        matchStart: keyStart,
        publicLength: prefix.length,
      });
      return true;
    }
  }
  return false;
}

function isRandomEnough(value: string, prefix: string, entropy: number): boolean {
  const body = value.slice(prefix.length);
  if (measureEntropy(value) < entropy || isPlaceholder(body) || isPublicExample(value)) return false;
  if (/\d/.test(body)) return measureWordiness(body) < WORDY;
  return /[A-Z]/.test(body) && /[a-z]/.test(body) && measureWordiness(body) < WORDY_WITHOUT_DIGITS;
}

function compile(matcher: KeyedMatcher): NonNullable<KeyedMatcher['patterns']> {
  matcher.patterns ??= matcher.row[3].split(' ').map((template) => {
    const source = templateSource(parseTemplate(template));
    return [templatePrefix(template), new RegExp(`${source}(?![A-Za-z0-9_+/-])`, 'y')] as const;
  });
  return matcher.patterns;
}
