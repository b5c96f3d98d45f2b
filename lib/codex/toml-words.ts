/** Text of TOML as the client reads it: keys, strings and comments from any input. Writes only what the exports need. */

/** A basic string, which is also a quoted key. Control characters, quotes and backslashes are escaped. */
export function tomlString(text: string): string {
  const escaped = text.replace(/["\\\u0000-\u001f\u007f]|[\ud800-\udfff]/gu, (special) => {
    if (special === '"' || special === '\\') return `\\${special}`;
    // Half of a surrogate pair is no character at all.
    const code = special >= '\ud800' ? 0xfffd : (special.codePointAt(0) ?? 0);
    return `\\u${code.toString(16).padStart(4, '0').toUpperCase()}`;
  });
  return `"${escaped}"`;
}

/** A list of strings on one line. */
export function tomlList(texts: readonly string[]): string {
  return `[${texts.map(tomlString).join(', ')}]`;
}

/** A comment that no line break in the text can end; of at most `width` characters a line. */
export function tomlComment(text: string, width = 118): readonly string[] {
  const words = text
    .replace(/[\s\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ')
    .trim()
    .split(' ');
  const lines: string[] = [];
  for (const word of words) {
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + word.length > width) lines.push(`# ${word}`);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}
