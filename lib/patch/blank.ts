/** Blank characters as Codex's parser counts them: Unicode White_Space, which is not what JavaScript's `trim` removes. */

/** True for U+0085, which `trim` leaves, and false for U+FEFF, which `trim` removes. */
function isBlank(code: number): boolean {
  if (code <= 0x20) return code === 0x20 || (code >= 9 && code <= 13);
  if (code < 0x85) return false;
  return (
    code === 0x85 ||
    code === 0xa0 ||
    code === 0x1680 ||
    (code >= 0x2000 && code <= 0x200a) ||
    code === 0x2028 ||
    code === 0x2029 ||
    code === 0x202f ||
    code === 0x205f ||
    code === 0x3000
  );
}

/** Offset of the first character at or after `from` that is not blank. */
export function skipBlankStart(text: string, from: number): number {
  let at = from;
  while (at < text.length && isBlank(text.charCodeAt(at))) at++;
  return at;
}

/** Offset behind the last character before `to` that is not blank. */
export function skipBlankEnd(text: string, to: number): number {
  let at = to;
  while (at > 0 && isBlank(text.charCodeAt(at - 1))) at--;
  return at;
}

/** The text without blanks at its end. */
export function trimBlankEnd(text: string): string {
  return text.slice(0, skipBlankEnd(text, text.length));
}

/** The text without blanks at both ends. */
export function trimBlank(text: string): string {
  const start = skipBlankStart(text, 0);
  return start === text.length ? '' : text.slice(start, skipBlankEnd(text, text.length));
}
