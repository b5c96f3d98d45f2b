/** Matches the keyed tables: formats that mean something only after a key that names their provider. */

import { type AddAnchor, RANK, type Report } from '../candidate.ts';
import { isDigitCode, isLowerCode, isUpperCode } from '../characters.ts';
import { findValueStart, findWordStarts, splitKey, stick } from '../keys.ts';
import { isPublicExample } from '../public-examples.ts';
import { isPlaceholder, measureEntropy, measureWordiness } from '../randomness.ts';
import { columnOf, type KeyedRow, readKeyedRow, tableLines } from '../shape.ts';
import { KEYED_PLATFORMS } from '../tables/keyed-platforms.ts';
import { KEYED_SERVICES } from '../tables/keyed-services.ts';
import { parseTemplate, templatePrefix, templateSource } from '../template.ts';

const TABLES = [KEYED_PLATFORMS, KEYED_SERVICES];

/** Every keyed row, read. */
export function keyedRows(): readonly KeyedRow[] {
  return TABLES.flatMap(tableLines).map(readKeyedRow);
}

/** Hex digits can be letters only, and form common pairs by nature. */
const HEX = /^[A-Fa-f0-9:-]+$/;
/** The provider and the length fit already, so only plain words are turned down; without any digit the value must look random. */
const WORDY = 4;
const WORDY_WITHOUT_DIGITS = 1;
/** Shorter provider names are parts of many words, so they must stand at the start of one. */
const LONG_NAME = 6;
const NOUN =
  /key|token|secret|auth|pass|cred|api|bearer|private|client|login|access|webhook|sid\b|\bpat\b|\bid\b|dsn/i;
/** What may follow a name that ends in the middle of a run of letters: `DISCORDTOKEN`. */
const NOUN_AFTER = /(?:e_)?(?:key|token|secret|api|access|client|auth|pass|app|bot|hook|url)/iy;

/** A row as it is used. */
interface KeyedMatcher {
  readonly row: KeyedRow;
  /** The templates, with their public prefixes. */
  readonly patterns: readonly (readonly [prefix: string, pattern: RegExp])[];
}

const matchers = new Map<string, KeyedMatcher>();
const WORDS = 2;

/** Adds the names of the providers. Lines are read when a value stands after their name. */
export function addKeyedAnchors(add: AddAnchor): void {
  const groups = new Map<string, string[]>();
  for (const table of TABLES) {
    for (const line of tableLines(table)) {
      for (const word of columnOf(line, WORDS).split(' ')) {
        const group = groups.get(word);
        if (group === undefined) groups.set(word, [line]);
        else group.push(line);
      }
    }
  }
  for (const [word, group] of groups) add(word, matchKey, group);
}

function matchKey(group: readonly string[], text: string, start: number, end: number, report: Report): void {
  if (!isName(text, start, end)) return;
  const value = findValueStart(text, end);
  if (value !== undefined && namesThing(text.slice(end, value))) return;
  const hasNoun = NOUN.test(text.slice(Math.max(0, start - 24), value ?? Math.min(text.length, end + 40)));
  if (value !== undefined && matchValue(group, text, start, value, hasNoun, report)) return;
  if (!hasNoun) return;
  for (const word of findWordStarts(text, end))
    if (matchValue(group, text, start, word, true, report)) return;
}

/** Last words of keys that hold no secret: `HEROKU_APP_ID`, `slackChannel`. */
const THINGS = new Set(
  'app application project org organization team tenant workspace space site user username email account environment page channel guild dyno release commit sha ref version name region host url uri domain endpoint'.split(
    ' ',
  ),
);
/** Words that make an `id` a credential: `CLIENT_ID`. */
const CREDENTIAL_IDS = new Set(['client', 'access', 'key', 'api', 'auth']);

/** True when the rest of a key says that the value is a name or an id, not a secret. */
function namesThing(rest: string): boolean {
  const words = splitKey(rest);
  const last = words[words.length - 1] ?? '';
  if (last === 'id' || last === 'uuid') return !CREDENTIAL_IDS.has(words[words.length - 2] ?? '');
  return THINGS.has(last);
}

/** True when the provider's name is a word of its own or one of a key's words, not a piece of another word. */
function isName(text: string, start: number, end: number): boolean {
  const before = text.charCodeAt(start - 1);
  const after = text.charCodeAt(end);
  if (end - start < LONG_NAME) {
    const isCamel = (isLowerCode(before) || isDigitCode(before)) && isUpperCode(text.charCodeAt(start));
    if ((isLowerCode(before) || isUpperCode(before)) && !isCamel) return false;
    for (let at = start + 1; at < end; at += 1)
      if (isUpperCode(text.charCodeAt(at)) && isLowerCode(text.charCodeAt(at - 1))) return false;
  }
  const runsOn = isLowerCode(after) || (isUpperCode(after) && isUpperCode(text.charCodeAt(end - 1)));
  return !runsOn || stick(NOUN_AFTER, text, end) !== undefined;
}

function matchValue(
  group: readonly string[],
  text: string,
  keyStart: number,
  start: number,
  hasNoun: boolean,
  report: Report,
): boolean {
  for (const line of group) {
    const { row, patterns } = matcherOf(line);
    if (row.noun && !hasNoun) continue;
    for (const [prefix, pattern] of patterns) {
      pattern.lastIndex = start;
      const match = pattern.exec(text);
      if (match === null || !isRandomEnough(match[0], prefix, row.entropy)) continue;
      const end = start + match[0].length;
      report({
        rule: row.rule,
        provider: row.provider,
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
  if (HEX.test(body)) return true;
  if (/\d/.test(body)) return measureWordiness(body) < WORDY;
  return /[A-Z]/.test(body) && /[a-z]/.test(body) && measureWordiness(body) < WORDY_WITHOUT_DIGITS;
}

function matcherOf(line: string): KeyedMatcher {
  let matcher = matchers.get(line);
  if (matcher === undefined) {
    const row = readKeyedRow(line);
    const patterns = row.templates.map((template) => {
      const source = templateSource(parseTemplate(template));
      return [templatePrefix(template), new RegExp(`${source}(?![A-Za-z0-9_+/-])`, 'y')] as const;
    });
    matcher = { row, patterns };
    matchers.set(line, matcher);
  }
  return matcher;
}
