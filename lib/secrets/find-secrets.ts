/** Finds secrets in texts: the room's front door. Never logs or returns the text of a secret; only the redactor that it returns knows it. */

import type { TextFact } from '../types/facts.ts';
import type { SecretHit } from '../types/secret.ts';
import { RANK } from './candidate.ts';
import type { KnownSecret } from './find-pieces.ts';
import { asKnown, redactSecrets } from './redact-secrets.ts';
import type { RuleSet } from './rule-set.ts';
import { type Found, keepBest, scanText } from './scan.ts';

/** 64 MiB: the largest payload that a hook reads. */
const MOST_TEXT = 64 << 20;
const ALLOW_COMMENT = 'gitleaks:allow';

export interface FindOptions {
  /** When to stop, in milliseconds of `performance.now()`. */
  readonly deadline?: number;
  /** How much text to look at, in UTF-16 units over all texts; 64 Mi when absent. */
  readonly maxBytes?: number;
  /** A user's own rules and allow lists, as `readGitleaksConfig` returns them. */
  readonly rules?: RuleSet;
  /** Whether a line's `gitleaks:allow` comment counts. An agent must not excuse its own write; absent: none does. */
  readonly allowComments?: (line: string) => boolean;
  /** Makes the fingerprint of a secret (see `fingerprint.ts`); without it hits have none. */
  readonly fingerprint?: (rule: string, secret: string) => string | undefined;
}

export interface SecretReport {
  /** In the order of the texts, then of places; no two overlap. */
  readonly hits: readonly SecretHit[];
  /** How many more were found that a comment or the configuration allows. */
  readonly excused: number;
  /** False when the deadline or a limit ended the scan: what was not seen may hold secrets. */
  readonly complete: boolean;
  /** Takes secrets out of another text about the same step, and every piece of those that were found here. */
  readonly redact: (text: string) => string;
}

/** Finds the secrets in texts, also base64, hex, percent, unicode and shell encoded ones up to three layers deep. */
export function findSecrets(texts: readonly TextFact[], options: FindOptions = {}): SecretReport {
  const hits: SecretHit[] = [];
  const known: KnownSecret[] = [];
  /** Texts that need no second look. */
  const clean = new Set<string>();
  const isLate = (): boolean => options.deadline !== undefined && performance.now() > options.deadline;
  let left = options.maxBytes ?? MOST_TEXT;
  let complete = true;
  let excused = 0;
  for (const fact of texts) {
    const text = fact.text.length > left ? fact.text.slice(0, left) : fact.text;
    left -= text.length;
    const result = scanText({ text, isCommand: fact.where === 'command', isLate });
    complete &&= result.complete && text.length === fact.text.length;
    const own = options.rules?.find({ text, path: fact.path, isLate });
    complete &&= own?.complete !== false;
    const found = [...result.found, ...(own?.found ?? [])];
    const allowed = new Set(found.filter((item) => isExcused(item, fact, text, options)));
    const counted = keepBest(found.filter((item) => !allowed.has(item)));
    excused += keepBest([...allowed]).length;
    known.push(...counted.map(asKnown));
    if (result.complete && result.found.length === 0 && result.beginnings?.length === 0) clean.add(text);
    hits.push(...toHits(fact, text, counted, options));
  }
  return {
    hits,
    excused,
    complete,
    redact: (text) => (known.length === 0 && clean.has(text) ? text : redactSecrets(text, { known })),
  };
}

function toHits(
  fact: TextFact,
  text: string,
  found: readonly Found[],
  options: FindOptions,
): readonly SecretHit[] {
  const lines = trackLines(text);
  return found.map((item) => {
    const { line, column } = lines(item.start);
    const name = options.fingerprint?.(item.rule, item.secret);
    return {
      rule: item.rule,
      provider: item.provider,
      tier: item.tier,
      where: fact.where,
      ...(fact.path === undefined ? {} : { path: fact.path }),
      ...(fact.commit === undefined ? {} : { commit: fact.commit }),
      line: line + (fact.line ?? 1) - 1,
      column,
      length: item.end - item.start,
      prefix: item.prefix,
      span: { start: item.start, end: item.end },
      ...(name === undefined ? {} : { fingerprint: name }),
    };
  });
}

/** True when the user's configuration or a comment that was there before says that this is no secret. */
function isExcused(item: Found, fact: TextFact, text: string, options: FindOptions): boolean {
  if (options.rules === undefined && options.allowComments === undefined) return false;
  const lineStart = text.lastIndexOf('\n', item.start - 1) + 1;
  const lineEnd = text.indexOf('\n', item.end);
  const line = text.slice(lineStart, lineEnd < 0 ? text.length : lineEnd);
  if (line.includes(ALLOW_COMMENT) && options.allowComments?.(line)) return true;
  if (options.rules === undefined) return false;
  const { rule, secret } = item;
  return options.rules.excuses({
    rule,
    secret,
    match: text.slice(item.matchStart, item.end),
    line,
    path: fact.path,
    isOwn: item.rank === RANK.user,
  });
}

/** Turns rising offsets into line and column, both from 1, without an index of all lines. */
function trackLines(text: string): (offset: number) => { readonly line: number; readonly column: number } {
  let line = 1;
  let lineStart = 0;
  return (offset) => {
    for (
      let next = text.indexOf('\n', lineStart);
      next >= 0 && next < offset;
      next = text.indexOf('\n', lineStart)
    ) {
      line += 1;
      lineStart = next + 1;
    }
    return { line, column: offset - lineStart + 1 };
  };
}
