/** Python's string literals: prefixes, quotes, escapes. */

const OPENING = /^([a-zA-Z]{0,3})("""|'''|"|')/;
const ESCAPE = /\\(?:\r?\n|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|N\{[^}]*\}|[0-7]{1,3}|[\s\S])/g;
const LETTERS: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  a: '\x07',
  b: '\b',
  f: '\f',
  v: '\v',
};

export interface Quoting {
  /** Characters before the content, and after it. */
  readonly start: number;
  readonly end: number;
  readonly raw: boolean;
}

/** How a literal is quoted; undefined when it is none. */
export function quotingOf(literal: string): Quoting | undefined {
  const opening = OPENING.exec(literal);
  if (!opening) return undefined;
  const [whole, prefix = '', quote = ''] = opening;
  const isClosed = literal.length >= whole.length + quote.length && literal.endsWith(quote);
  return { start: whole.length, end: isClosed ? quote.length : 0, raw: /r/i.test(prefix) };
}

/** A stretch of a literal with its escapes resolved. */
export function unescapePython(content: string, raw: boolean): string {
  if (raw || !content.includes('\\')) return content;
  return content.replace(ESCAPE, (sequence) => {
    const kind = sequence[1] as string;
    if (kind === '\n' || kind === '\r') return '';
    if (kind === 'x' || kind === 'u' || kind === 'U') {
      const code = Number.parseInt(sequence.slice(2), 16);
      return Number.isNaN(code) || code > 0x10ffff ? sequence : String.fromCodePoint(code);
    }
    if (/[0-7]/.test(kind)) return String.fromCharCode(Number.parseInt(sequence.slice(1), 8));
    if (kind === 'N') return '\ufffd';
    return LETTERS[kind] ?? (/["'\\]/.test(kind) ? kind : sequence);
  });
}
