/** Matches the token tables: formats that need no context. Owns the lazy compilation of their rows. */

import { type AddAnchor, type Candidate, RANK, type Report } from '../candidate.ts';
import { hasValidChecksum } from '../checksum.ts';
import { isInData, isOpenAfter, isOpenBefore } from '../edges.ts';
import { stick } from '../keys.ts';
import { isPublicExample } from '../public-examples.ts';
import { isRandomRun, isStandIn, measureEntropy, readsLikeWords } from '../randomness.ts';
import { columnOf, readTokenRow, type TokenRow, tableLines } from '../shape.ts';
import { AI_TOKENS } from '../tables/ai.ts';
import { CLOUD_TOKENS } from '../tables/cloud.ts';
import { CODE_TOKENS } from '../tables/code.ts';
import { MESSAGE_TOKENS } from '../tables/messages.ts';
import { MONEY_TOKENS } from '../tables/money.ts';
import { OPERATION_TOKENS } from '../tables/operations.ts';
import { findInTemplate, parseTemplate, templatePrefix, templateSource } from '../template.ts';

const TABLES = [CODE_TOKENS, AI_TOKENS, CLOUD_TOKENS, MESSAGE_TOKENS, MONEY_TOKENS, OPERATION_TOKENS];

/** Every token row, read. */
export function tokenRows(): readonly TokenRow[] {
  return TABLES.flatMap(tableLines).map(readTokenRow);
}

let prefixes: readonly string[] | undefined;

/** True for a value that begins like some provider's token. Where its own rule turned it down, it is a made-up sample. */
export function hasTokenPrefix(value: string): boolean {
  prefixes ??= TABLES.flatMap(tableLines)
    .map((line) => templatePrefix(columnOf(line, TEMPLATE)))
    .filter((prefix) => prefix.length > 3 && !EVERYDAY.test(prefix));
  return prefixes.some((prefix) => value.startsWith(prefix));
}

const TEMPLATE = 2;

/** Prefixes that are words of everyday names too: what follows them says nothing. */
const EVERYDAY =
  /^(?:live|test|key|pubkey|api|token|kubeconfig|mint|cal|sdk|rel|pat|sat|ser|mfa|secret|console|triggers|hawk|kagi\.com|make\.com|[\w.]+\/[\w./]*)\W?_?$/;
/** Adds the words that tokens begin with or contain. Lines are read when their word is first seen. */
export function addTokenAnchors(add: AddAnchor): void {
  for (const table of TABLES) {
    for (const line of tableLines(table)) {
      if (line.includes('find=')) for (const word of readTokenRow(line).find) add(word, matchAround, line);
      else add(templatePrefix(columnOf(line, TEMPLATE)), matchPrefix, line);
    }
  }
}

/** A row as it is used; the costly parts are made when a prefix is first seen. */
interface TokenMatcher {
  readonly row: TokenRow;
  readonly prefix: string;
  /** True when the prefix alone says that a token begins. */
  readonly isTelling: boolean;
  pattern?: RegExp;
  /** Least and greatest distance from the token's start to the text that was looked for. */
  reach?: readonly [min: number, max: number];
}

const matchers = new Map<string, TokenMatcher>();

function matcherOf(line: string): TokenMatcher {
  let matcher = matchers.get(line);
  if (matcher === undefined) {
    const row = readTokenRow(line);
    const prefix = templatePrefix(row.template);
    matcher = { row, prefix, isTelling: prefix.length > 3 && !EVERYDAY.test(prefix) };
    matchers.set(line, matcher);
  }
  return matcher;
}

function matchPrefix(line: string, text: string, start: number, _end: number, report: Report): void {
  matchAt(matcherOf(line), text, start, report);
}

/** The token starts here if anywhere. */
function matchAt(matcher: TokenMatcher, text: string, start: number, report: Report): boolean {
  const { row, prefix } = matcher;
  if (!text.startsWith(prefix, start)) return false;
  const isOpen = isOpenBefore(text, start, row.edge);
  // `xghp_…`: glued to a word, a prefix may be a part of it, unless the checksum fits.
  if (!isOpen && !row.checksum) return false;
  matcher.pattern ??= new RegExp(templateSource(parseTemplate(row.template)), 'y');
  const end = stick(matcher.pattern, text, start);
  if (end !== undefined && judge(matcher, text, start, end, isOpen, report)) return true;
  if (isOpen) reportStart(matcher, text, start, report);
  return false;
}

/** The key id in a signed link names who signed it: `X-Amz-Credential=AKIA…%2F20260101%2Feu-west-1%2Fs3`. The link ends by itself. */
function isSigner(text: string, start: number): boolean {
  return text.slice(Math.max(0, start - SIGNER.length), start).toLowerCase() === SIGNER;
}

const SIGNER = 'x-amz-credential=';
/** What stands before a digest in lock files: by chance it begins like a token. */
const DIGEST = /(?:\bh1:|\bsha\d{1,3}[-:])$/;

const BEGINNING = /[A-Za-z0-9_-]{8,100}/y;

/** Of a token that was cut off or goes on elsewhere there is its public prefix and eight random characters at least. */
function reportStart(
  { row, prefix, isTelling }: TokenMatcher,
  text: string,
  at: number,
  report: Report,
): void {
  if (!isTelling) return;
  const start = at + prefix.length;
  const end = stick(BEGINNING, text, start);
  if (end === undefined || !isRandomRun(text.slice(start, end))) return;
  const { rule, provider } = row;
  const rank = RANK.generic;
  report({
    rule,
    provider,
    tier: 'warn',
    rank,
    start,
    end,
    matchStart: at,
    publicLength: 0,
    isBeginning: true,
  });
}

/** The word that was seen lies inside the token: try each place where the token can start. */
function matchAround(line: string, text: string, at: number, end: number, report: Report): void {
  const matcher = matcherOf(line);
  const { row } = matcher;
  const word = text.slice(at, end);
  if (!row.find.includes(word)) return;
  matcher.reach ??=
    row.at === undefined ? (findInTemplate(parseTemplate(row.template), word) ?? [0, 0]) : [row.at, row.at];
  const [min, max] = matcher.reach;
  for (let start = Math.max(0, at - max); start <= at - min; start += 1)
    if (matchAt(matcher, text, start, report)) return;
}

function judge(
  matcher: TokenMatcher,
  text: string,
  start: number,
  end: number,
  isOpen: boolean,
  report: Report,
): boolean {
  const { rule, provider, edge, entropy, checksum, words } = matcher.row;
  const token = text.slice(start, end);
  const body = token.slice(matcher.prefix.length);
  const verified = checksum && hasValidChecksum(body);
  if (!verified && !(isOpen && isOpenAfter(text, end, edge))) return false;
  if (body === '') {
    if (/[$<{[]/.test(text.charAt(end))) return false;
  } else {
    if (measureEntropy(token) < entropy || isStandIn(body)) return false;
    if (words && readsLikeWords(body)) return false;
  }
  if (isPublicExample(token) || isInData(text, start, end) || isSigner(text, start)) return false;
  if (DIGEST.test(text.slice(Math.max(0, start - 8), start))) return false;
  const found: Candidate = {
    rule,
    provider,
    tier: 'deny',
    rank: verified ? RANK.verified : RANK.token,
    start,
    end,
    matchStart: start,
    publicLength: matcher.prefix.length,
  };
  report(found);
  return true;
}
