/** Finds private keys: PEM and PGP blocks, PuTTY files. */

import { type AddAnchor, RANK, type Report } from '../candidate.ts';
import { stick } from '../keys.ts';
import { isStandIn } from '../randomness.ts';

/** What may stand between the armour's first and last line: base64 and headers, also with line ends written as `\n`. */
const BODY = /[A-Za-z0-9+/=\s\\:,."'()-]{0,16000}?-----END[ A-Z0-9_-]{0,60}KEY(?: BLOCK)?-----/y;
const IN_OPEN_BODY = /[A-Za-z0-9+/=\s\\"',]/;
const LONGEST_KEY = 16_000;
const OPEN_BODY = /[A-Za-z0-9+/=\s\\"',+]{64,16000}/y;
const LEAST_KEY = 56;

/** Adds the words of the first lines. */
export function addPrivateKeyAnchors(add: AddAnchor): void {
  add('private key', matchArmour, undefined);
  add('putty-user-key-file', matchPutty, undefined);
}

/** `at` is where "PRIVATE KEY" stands in the first line. */
function matchArmour(_: undefined, text: string, at: number, _end: number, report: Report): void {
  const before = text.slice(Math.max(0, at - 70), at);
  const dashes = before.lastIndexOf('-----BEGIN');
  if (dashes < 0 && /-----END[ A-Z0-9_-]{0,60}$/.test(before)) matchEnd(text, at, report);
  if (dashes < 0 || !/^-----BEGIN[ A-Z0-9_-]{0,60}$/.test(before.slice(dashes))) return;
  const bodyStart = stick(/PRIVATE KEY(?: BLOCK)?-----/y, text, at);
  if (bodyStart === undefined) return;
  // A block that was cut off is a leak all the same.
  const end = stick(BODY, text, bodyStart) ?? stick(OPEN_BODY, text, bodyStart);
  if (end === undefined || !isKeyMaterial(text.slice(bodyStart, end))) return;
  const start = at - before.length + dashes;
  reportKey('private-key', start, end, report);
}

/** The end of a block whose beginning was cut off, as by `tail`; `at` is where "PRIVATE KEY" stands in the last line. */
function matchEnd(text: string, at: number, report: Report): void {
  const end = stick(/PRIVATE KEY(?: BLOCK)?-----/y, text, at);
  const dashes = text.lastIndexOf('-----END', at);
  let start = dashes;
  while (start > 0 && dashes - start < LONGEST_KEY && IN_OPEN_BODY.test(text.charAt(start - 1))) start -= 1;
  if (end === undefined || !isKeyMaterial(text.slice(start, dashes))) return;
  reportKey('private-key', start, end, report);
}

/** True when enough base64 stands in a body. */
function isKeyMaterial(body: string): boolean {
  const lines = body
    .replace(/-----END[\s\S]*$/, '')
    .split(/\\r|\\n|[\s"',]+/)
    .filter((line) => /^[A-Za-z0-9+/=]{16,}$/.test(line));
  const base64 = lines.join('');
  return base64.length >= LEAST_KEY && !isStandIn(base64.slice(0, 400));
}

function matchPutty(_: undefined, text: string, at: number, _end: number, report: Report): void {
  const head = text.slice(at, at + 4000);
  const lines = /Private-Lines: \d{1,3}\s{1,2}((?:[A-Za-z0-9+/=]{1,64}\s{0,2}){1,60})/.exec(head);
  if (lines === null) return;
  reportKey('putty-private-key', at, at + lines.index + lines[0].length, report);
}

function reportKey(rule: string, start: number, end: number, report: Report): void {
  report({
    rule,
    provider: 'Private key',
    tier: 'deny',
    rank: RANK.structure,
    start,
    end,
    matchStart: start,
    publicLength: 0,
  });
}
