/** Finds tokens without a telling word by what their parts say: a Discord token begins with the bot's number in base64. Asked for every long run of base64. */

import { RANK, type Report } from '../candidate.ts';
import { isOpenAfter, isOpenBefore } from '../edges.ts';
import { stick } from '../keys.ts';
import { isStandIn, measureEntropy } from '../randomness.ts';

/** The number, the time and the signature: `M…`, `N…` or `O…` is how a digit from 1 to 9 begins in base64. */
const DISCORD = /[MNO][A-Za-z0-9]{22,25}\.[A-Za-z0-9_-]{6}\.[A-Za-z0-9_-]{27,38}/y;
/** Digits of the number: 17 since 2015, 19 since 2022. */
const NUMBER = /^[1-9]\d{16,18}$/;
/** Lengths of 17, 18 and 19 digits in base64 without padding. */
const NUMBER_LENGTHS = [26, 24, 23];
const DOT = 46;

/** Judges the run of base64 characters `text[start, end)`. */
export function matchRun(text: string, start: number, end: number, report: Report): void {
  if (text.charCodeAt(end) !== DOT || text.charCodeAt(end + 7) !== DOT) return;
  for (const length of NUMBER_LENGTHS) {
    const from = end - length;
    if (from < start || !isOpenBefore(text, from, '')) continue;
    const tokenEnd = stick(DISCORD, text, from);
    if (tokenEnd === undefined || !isOpenAfter(text, tokenEnd, '-')) continue;
    const number = Buffer.from(text.slice(from, end), 'base64').toString('latin1');
    const signature = text.slice(end + 8, tokenEnd);
    if (!NUMBER.test(number) || isStandIn(signature) || measureEntropy(signature) < 3) continue;
    report({
      rule: 'discord-bot-token',
      provider: 'Discord',
      tier: 'deny',
      rank: RANK.token,
      start: from,
      end: tokenEnd,
      matchStart: from,
      publicLength: 0,
    });
    return;
  }
}
