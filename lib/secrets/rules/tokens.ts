/** Matches the token tables: formats that need no context. Owns the lazy compilation of their rows. */

import { type Candidate, RANK, type Report } from '../candidate.ts';
import { hasValidChecksum } from '../checksum.ts';
import { isOpenAfter, isOpenBefore } from '../edges.ts';
import { isPublicExample } from '../public-examples.ts';
import { isStandIn, measureEntropy, readsLikeWords } from '../randomness.ts';
import type { TokenRow } from '../shape.ts';
import { aiTokens } from '../tables/ai.ts';
import { cloudTokens } from '../tables/cloud.ts';
import { codeTokens } from '../tables/code.ts';
import { messageTokens } from '../tables/messages.ts';
import { moneyTokens } from '../tables/money.ts';
import { operationTokens } from '../tables/operations.ts';
import { findInTemplate, parseTemplate, templatePrefix, templateSource } from '../template.ts';

/** Every token row. Made on demand: most steps never need one. */
export const tokenRows = (): readonly TokenRow[] => [
  ...codeTokens(),
  ...aiTokens(),
  ...cloudTokens(),
  ...messageTokens(),
  ...moneyTokens(),
  ...operationTokens(),
];

const DEFAULT_ENTROPY = 2.5;

let prefixes: readonly string[] | undefined;

/** True for a value that begins like some provider's token. Where its own rule turned it down, it is a made-up sample. */
export function hasTokenPrefix(value: string): boolean {
  prefixes ??= tokenRows().flatMap(([, , template]) => (templatePrefix(template).length > 3 ? [templatePrefix(template)] : []));
  return prefixes.some((prefix) => value.startsWith(prefix));
}

/** One row, compiled when its anchor is first seen. */
interface TokenMatcher {
  readonly row: TokenRow;
  readonly prefix: string;
  compiled?: { readonly pattern: RegExp; readonly edge: RegExp | undefined };
}

type TokenMatch = (text: string, at: number, report: Report) => void;

/** Words to look for, each with the function that judges the place. */
export function* tokenAnchors(): Generator<readonly [word: string, match: TokenMatch]> {
  for (const row of tokenRows()) {
    const matcher: TokenMatcher = { row, prefix: templatePrefix(row[2]) };
    const find = row[3]?.find;
    if (find === undefined) yield [matcher.prefix, (text, at, report) => matchAt(matcher, text, at, report)];
    else for (const word of find) yield [word, (text, at, report) => matchAround(matcher, word, text, at, report)];
  }
}

function compile(matcher: TokenMatcher): NonNullable<TokenMatcher['compiled']> {
  const edge = matcher.row[3]?.edge;
  matcher.compiled ??= {
    pattern: new RegExp(templateSource(parseTemplate(matcher.row[2])), 'y'),
    edge: edge === undefined ? undefined : new RegExp(`[${edge}]`),
  };
  return matcher.compiled;
}

/** The token starts here if anywhere. */
function matchAt(matcher: TokenMatcher, text: string, start: number, report: Report): boolean {
  if (!text.startsWith(matcher.prefix, start)) return false;
  const { pattern, edge } = compile(matcher);
  if (!isOpenBefore(text, start, edge)) return false;
  pattern.lastIndex = start;
  const match = pattern.exec(text);
  return match !== null && judge(matcher, text, start, start + match[0].length, report);
}

/** The word that was seen lies inside the token: try each place where the token can start. */
function matchAround(matcher: TokenMatcher, word: string, text: string, at: number, report: Report): void {
  if (!text.startsWith(word, at)) return;
  const fixed = matcher.row[3]?.at;
  const [min, max] =
    fixed === undefined ? (findInTemplate(parseTemplate(matcher.row[2]), word) ?? [0, 0]) : [fixed, fixed];
  for (let start = Math.max(0, at - max); start <= at - min; start += 1)
    if (matchAt(matcher, text, start, report)) return;
}

function judge(matcher: TokenMatcher, text: string, start: number, end: number, report: Report): boolean {
  const [rule, provider, , how] = matcher.row;
  if (!isOpenAfter(text, end, compile(matcher).edge)) return false;
  const token = text.slice(start, end);
  const body = token.slice(matcher.prefix.length);
  if (body !== '') {
    if (measureEntropy(token) < (how?.entropy ?? DEFAULT_ENTROPY) || isStandIn(body)) return false;
    if (how?.words && readsLikeWords(body)) return false;
  }
  if (isPublicExample(token)) return false;
  const verified = how?.checksum === true && hasValidChecksum(body);
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
