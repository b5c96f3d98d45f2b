/** Tells whether a token may begin or end at a place in a text. Owns the borders that shells, URLs and escapes put around tokens. */

import { isWordCode } from './characters.ts';

/** What can stand right before a token although it ends in a letter or digit: `\n`, `%3D`, `\x3d`, `=`, ANSI colours, `-p`. */
const ESCAPE_BEFORE =
  /(?:\\[abefnrtv0]|%[0-9A-Fa-f]{2}|\\x[0-9A-Fa-f]{2}|\\u[0-9A-Fa-f]{4}|\u001b\[[0-9;]{0,8}m|(?:^|[\s'"])-[A-Za-z])$/;

/** True when a token may begin at `at`: what stands before it is no letter, digit, `_` or one of `edge`, or an escape sequence. */
export function isOpenBefore(text: string, at: number, edge: string): boolean {
  if (at === 0) return true;
  const before = text.charAt(at - 1);
  // `${X:-TOKEN}`: the dash belongs to the shell.
  if (edge.includes(before) && !(before === '-' && text.charAt(at - 2) === ':')) return false;
  return !isWordCode(before.charCodeAt(0)) || ESCAPE_BEFORE.test(text.slice(Math.max(0, at - 12), at));
}

/** True when a token may end at `at`. */
export function isOpenAfter(text: string, at: number, edge: string): boolean {
  if (at >= text.length) return true;
  const after = text.charAt(at);
  return !isWordCode(after.charCodeAt(0)) && !edge.includes(after);
}
