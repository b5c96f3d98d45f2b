/** Lexes the quotes that a word or `%` begins: `qw(…)`, `s/…/…/e`, `%w[…]`. Plain strings and code are lexer.ts's business. */

import type { QuoteWord } from './lexicon.ts';
import { CLOSING, MAX_DEPTH, type Scanner } from './scanner.ts';

type LexString = (
  open: string,
  at: number,
  isEnd: (at: number) => number,
  kind: { readonly raw: boolean; readonly depth: number; readonly spaced: boolean; readonly to: number },
) => number;
type LexCode = (start: number, close: string, depth: number, to: number) => number;

/** The lexers of both kinds; `lexString` and `lexCode` read what stands inside. */
export function makeQuoteWords(scanner: Scanner, lexString: LexString, lexCode: LexCode) {
  const { code, lexicon, push, matchAt, skipDelimited } = scanner;

  /** `q{…}`, `qw(…)`, `s/…/…/e` and kin at `at`; position after it, or 0. */
  const lexQuoteWord = (word: string, at: number, spaced: boolean, depth: number, to: number): number => {
    const kind = lexicon.quoteWords?.[word];
    if (!kind) return 0;
    let i = at + word.length;
    while (/\s/.test(code[i] ?? '') && i < to) i++;
    const open = code[i] ?? '';
    if (
      open === '' ||
      /[\w\s,;)\]}=]/.test(open) ||
      code.startsWith('=>', i) ||
      (open === '#' && i > at + word.length)
    )
      return 0;
    const after = skipDelimited(i, to);
    if (kind === 'words') lexWords(code.slice(i + 1, after - 1), i, spaced);
    else if (kind === 'pattern') push('number', '', at, spaced);
    else if (kind === 'replace' || kind === 'translate') return lexReplace(kind, i, after, spaced, depth, to);
    else
      lexString(kind === 'command' ? '`' : '"', i + 1, (x) => (x >= after - 1 ? 1 : 0), {
        raw: kind === 'raw',
        depth,
        spaced,
        to: after,
      });
    return after;
  };

  /** The second half of `s{…}{…}flags`; with `e` it is code. */
  const lexReplace = (
    kind: QuoteWord,
    first: number,
    after: number,
    spaced: boolean,
    depth: number,
    to: number,
  ): number => {
    let start = after;
    if (CLOSING[code[first] ?? ''] !== undefined) while (/\s/.test(code[start] ?? '') && start < to) start++;
    else start = after - 1;
    const stop = skipDelimited(start, to);
    const flags = matchAt(/[a-z]*/y, stop) ?? '';
    push('number', '', first, spaced);
    if (kind === 'replace' && flags.includes('e') && depth < MAX_DEPTH) {
      push('sign', ';', start);
      lexCode(start + 1, '', depth + 1, stop - 1);
      push('sign', ';', stop);
    }
    return stop + flags.length;
  };

  const lexWords = (content: string, at: number, spaced: boolean): void => {
    push('open', '[', at, spaced);
    for (const [index, word] of content.trim().split(/\s+/).entries()) {
      if (index > 0) push('sign', ',', at);
      if (word !== '') push('text', word, at);
    }
    push('close', '[', at);
  };

  const lexPercentWord = (at: number, spaced: boolean, depth: number, to: number): number => {
    const head = matchAt(/%[wWiIqQxr]?[([{<|!/]/y, at);
    if (head === undefined || (head.length === 2 && !/[([{]/.test(head[1] as string))) return 0;
    const open = at + head.length - 1;
    const after = skipDelimited(open, to);
    const kind = head.length === 3 ? (head[1] as string) : 'Q';
    if (/[wWiI]/.test(kind)) lexWords(code.slice(open + 1, after - 1), at, spaced);
    else if (kind === 'r') push('number', '', at, spaced);
    else
      lexString(kind === 'x' ? '`' : '"', open + 1, (x) => (x >= after - 1 ? 1 : 0), {
        raw: kind === 'q',
        depth,
        spaced,
        to: after,
      });
    return after;
  };

  return { lexQuoteWord, lexPercentWord };
}
