/** Tells whether a token may begin or end at a place in a text. Owns the borders that shells, URLs and escapes put around tokens. */

import { isWordCode } from './characters.ts';

/** What can stand right before a token although it ends in a letter, digit or `_`: `\n`, `%3D`, `%s`, `\x3d`, ANSI colours, `-p`, `_` for emphasis. */
const ESCAPE_BEFORE =
  /(?:\\[abefnrtv0]|%[0-9A-Fa-f]{2}|%[sdqv]|\\x[0-9A-Fa-f]{2}|\\u[0-9A-Fa-f]{4}|\u001b\[[0-9;]{0,8}m|(?:^|[\s'"])-[A-Za-z]|(?:^|[\s(*])_{1,2})$/;

/** True when a token may begin at `at`: what stands before it is no letter, digit, `_` or one of `edge`, or an escape sequence. */
export function isOpenBefore(text: string, at: number, edge: string): boolean {
  if (at === 0) return true;
  const before = text.charAt(at - 1);
  // `${X:-TOKEN}`: the dash belongs to the shell.
  if (edge.includes(before) && !(before === '-' && text.charAt(at - 2) === ':')) return false;
  if (!isWordCode(before.charCodeAt(0))) return true;
  return mayEndEscape(text, at) && ESCAPE_BEFORE.test(text.slice(Math.max(0, at - 12), at));
}

const UNDERSCORE = 95;
const LOWER_M = 109;
const BACKSLASH = 92;
const PERCENT = 37;
const DASH = 45;

/** A cheap look at where ESCAPE_BEFORE needs a backslash, a percent sign, a dash, `_` or the `m` of a colour; most words have none there. */
function mayEndEscape(text: string, at: number): boolean {
  const last = text.charCodeAt(at - 1);
  const second = text.charCodeAt(at - 2);
  return (
    last === UNDERSCORE ||
    last === LOWER_M ||
    second === BACKSLASH ||
    second === PERCENT ||
    second === DASH ||
    text.charCodeAt(at - 3) === PERCENT ||
    text.charCodeAt(at - 4) === BACKSLASH ||
    text.charCodeAt(at - 6) === BACKSLASH
  );
}

/** True when a token may end at `at`. */
export function isOpenAfter(text: string, at: number, edge: string): boolean {
  if (at >= text.length) return true;
  const after = text.charAt(at);
  // `_TOKEN_`: emphasis ends with it.
  if (after === '_' && !isWordCode(text.charCodeAt(at + 1))) return true;
  return !isWordCode(after.charCodeAt(0)) && !edge.includes(after);
}

const IN_DATA = /[A-Za-z0-9+/]/;
/** Base64 of a picture is longer; no text has so many of these characters in a row. */
const LEAST_DATA = 2048;

/** True for a token in the middle of base64: among the millions of characters of a picture every short prefix comes up. */
export function isInData(text: string, start: number, end: number): boolean {
  // `_` and `-` are none of its characters, so what holds one is no chance.
  for (let at = start; at < end; at += 1) if (!IN_DATA.test(text.charAt(at))) return false;
  let from = start;
  while (from > 0 && start - from < LEAST_DATA && IN_DATA.test(text.charAt(from - 1))) from -= 1;
  let to = end;
  while (to < text.length && to - end < LEAST_DATA && IN_DATA.test(text.charAt(to))) to += 1;
  return to - from - (end - start) >= LEAST_DATA && hasManyCharacters(text.slice(from, to));
}

/** Padding around a token is one character or a few. */
function hasManyCharacters(run: string): boolean {
  return new Set(run).size > 48;
}
