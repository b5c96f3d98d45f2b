/** Takes secrets out of a text before it is stored or shown. */

import { keepBest, scanText } from './scan.ts';

/** What stands for a text that could not be scanned to its end. */
const UNSCANNED = '[redacted:unscanned]';

/**
 * Replaces every secret by `[redacted:<rule>]`. Nothing of the secret stays.
 * A text that is too full of secrets or encodings to scan to its end is replaced as a whole.
 */
export function redactSecrets(text: string): string {
  const { found, complete } = scanText({ text, isCommand: true, isLate: () => false });
  if (!complete) return UNSCANNED;
  let redacted = '';
  let at = 0;
  for (const item of keepBest(found)) {
    redacted += `${text.slice(at, item.start)}[redacted:${item.rule}]`;
    at = item.end;
  }
  return redacted + text.slice(at);
}
