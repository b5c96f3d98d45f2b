/** Splits script languages into tokens: strings with what stands inside them, names, brackets. Never fails; knows the languages by lexicon only. */

import type { Lexicon, Token } from './lexicon.ts';
import { makeQuoteWords } from './quote-words.ts';
import { CLOSING, MAX_DEPTH, makeScanner, readEscape, variableName, WORD } from './scanner.ts';

const MAX_TOKENS = 120_000;
const SIGNS =
  /(?:<=>|\*\*=|\|\|=|&&=|\?\?=|\/\/=|\.\.\.|===|!==|<<-|->|=>|::|\.\.|\+=|-=|\.=|\*=|\/=|\|\||&&|\/\/|\?\?|\?\.|==|!=|<=|>=|=~|!~|\|&|<<|>>|<-|:=|&\.|\|>|[-+*/%=<>!?:;,.|&^~@\\])/y;
const NUMBER =
  /(?:0[xX][0-9a-fA-F_]+|0[bB][01_]+|0[oO]?[0-7_]+(?![.\d])|\d[\d_]*(?:\.\d[\d_]*)?(?:[eE][-+]?\d+)?)/y;
/** The tokens of a text; not all of them when there are more than {@link MAX_TOKENS}. */
export function lexScript(
  code: string,
  lexicon: Lexicon,
): { readonly tokens: readonly Token[]; readonly isWhole: boolean } {
  const scanner = makeScanner(code, lexicon);
  const { tokens, push, matchAt, expectsOperand, followsWord, skipDelimited } = scanner;
  /** End of a line that is followed by text of a heredoc, and where the code goes on. */
  const jumps = new Map<number, number>();
  const stop = lexicon.end ? code.search(lexicon.end) : -1;
  const limit = stop < 0 ? code.length : stop;

  /** A string up to where `isEnd` gives the length of its end; returns the position after it. */
  const lexString = (
    open: string,
    at: number,
    isEnd: (at: number) => number,
    kind: { readonly raw: boolean; readonly depth: number; readonly spaced: boolean; readonly to: number },
  ): number => {
    push('open', open, at, kind.spaced);
    let known = '';
    let i = at;
    const flush = (): void => {
      if (known !== '') push('text', known, i);
      known = '';
    };
    while (i < kind.to) {
      const ended = isEnd(i);
      if (ended > 0) {
        flush();
        push('close', open, i);
        return i + ended;
      }
      const c = code[i] as string;
      if (c === '\\') {
        const [value, length] = kind.raw
          ? [/[\\'"]/.test(code[i + 1] ?? '') ? code[i + 1] : `\\${code[i + 1] ?? ''}`, 2]
          : readEscape(code, i);
        known += value;
        i += length;
        continue;
      }
      const inner = kind.raw || kind.depth > MAX_DEPTH ? 0 : lexInner(i, flush, kind.depth, kind.to);
      if (inner > 0) {
        i = inner;
        continue;
      }
      known += c;
      i++;
    }
    flush();
    push('close', open, i);
    return i;
  };

  /** Code inside a string at `at`: position after it, or 0. */
  const lexInner = (at: number, flush: () => void, depth: number, to: number): number => {
    const how = lexicon.interpolation;
    const c = code[at];
    const next = code[at + 1] ?? '';
    const code_ = (from: number, close: string): number => {
      flush();
      push('open', '#{', at);
      const after = lexCode(from, close, depth + 1, to);
      push('close', '#{', after);
      return after;
    };
    if (how === 'hash') return c === '#' && next === '{' ? code_(at + 2, '}') : 0;
    if (how === 'template') return c === '$' && next === '{' ? code_(at + 2, '}') : 0;
    if (how === 'julia' && c === '$' && next === '(') return code_(at + 2, ')');
    if (how === 'php' && c === '{' && next === '$') return code_(at + 1, '}');
    if ((how === 'perl' || how === 'php') && (c === '$' || (c === '@' && how === 'perl')) && next === '{') {
      const name = matchAt(/\$\{\^?\w+\}/y, at) ?? matchAt(/@\{\w+\}/y, at);
      if (name === undefined) return code_(at + 2, '}');
      flush();
      push('name', `$${name.slice(2, -1)}`, at);
      return at + name.length;
    }
    if (how === 'none' || !(c === '$' || (c === '@' && how === 'perl')) || !/[\p{L}_]|\d/u.test(next))
      return 0;
    const name = matchAt(WORD, at + 1) ?? next;
    const after = at + 1 + name.length;
    // `$list[0]`, `$map{key}`, `$ref->{key}`: small enough to be a subscript.
    const subscript =
      how === 'julia' ? undefined : matchAt(/(?:(?:->)?(?:\[[^\][\n]{1,80}\]|\{[^{}\n]{1,80}\}))+/y, after);
    flush();
    push('open', '#{', at);
    push('name', `${how === 'julia' ? '' : '$'}${name}`, at);
    if (subscript !== undefined) lexCode(after, '', depth + 1, after + subscript.length);
    push('close', '#{', after);
    return after + (subscript?.length ?? 0);
  };

  const lexHeredoc = (at: number, spaced: boolean, depth: number, to: number): number => {
    const written = matchAt(
      lexicon.heredocs === '<<<' ? /<<<[ \t]*(["']?)\w+\1/y : /<<[~-]?(?:"[^"\n]+"|'[^'\n]+'|[A-Z_]\w*)/y,
      at,
    );
    if (written === undefined || jumps.size > 100) return 0;
    const quote = /['"]/.exec(written)?.[0] ?? '';
    const name = written.replace(/^<+[~-]?[ \t]*/, '').replace(/^['"]|['"]$/g, '');
    const lineEnd = code.indexOf('\n', at);
    if (lineEnd < 0) return 0;
    const start = jumps.get(lineEnd) ?? lineEnd + 1;
    let stop = start;
    while (stop < to) {
      const next = code.indexOf('\n', stop);
      if (
        code
          .slice(stop, next < 0 ? to : next)
          .trim()
          .replace(/[;,)]+$/, '') === name
      )
        break;
      stop = next < 0 ? to : next + 1;
    }
    lexString('"', start, (i) => (i >= stop ? 1 : 0), { raw: quote === "'", depth, spaced, to: stop + 1 });
    const after = code.indexOf('\n', stop);
    jumps.set(lineEnd, after < 0 ? to : after + 1);
    return at + written.length;
  };

  /** Code up to an unmatched `close`, or `to`; returns the position after it. */
  const lexCode = (start: number, close: string, depth: number, to: number): number => {
    let i = start;
    let spaced = false;
    const brackets: string[] = [];
    while (i < to && tokens.length < MAX_TOKENS) {
      const c = code[i] as string;
      const was = spaced;
      spaced = false;
      if (c === '\n') {
        push('line', '\n', i);
        i = jumps.get(i) ?? i + 1;
        spaced = true;
        continue;
      }
      if (/\s/.test(c)) {
        spaced = true;
        i++;
        continue;
      }
      const comment = lexicon.blockComments.find(
        ([open]) => code.startsWith(open, i) && (!open.startsWith('=') || i === 0 || code[i - 1] === '\n'),
      );
      if (comment) {
        const stop = code.indexOf(comment[1], i + comment[0].length);
        i = stop < 0 ? to : stop + comment[1].length;
        spaced = true;
        continue;
      }
      if (
        lexicon.lineComments.some((open) => code.startsWith(open, i)) &&
        !(c === '#' && code[i - 1] === '$')
      ) {
        const stop = code.indexOf('\n', i);
        i = stop < 0 ? to : stop;
        continue;
      }
      const next = lexOne(i, c, was, depth, to);
      if (next > 0) {
        i = next;
        continue;
      }
      if (CLOSING[c] !== undefined && c !== '<') {
        brackets.push(c);
        push('open', c, i, was);
      } else if (c === ')' || c === ']' || c === '}') {
        const open = brackets.pop();
        if (open === undefined && c === close) return i + 1;
        if (open !== undefined) push('close', open, i);
      } else push('sign', matchAt(SIGNS, i) ?? c, i, was);
      i +=
        CLOSING[c] !== undefined && c !== '<'
          ? 1
          : Math.max(1, /[)\]}]/.test(c) ? 1 : (matchAt(SIGNS, i)?.length ?? 1));
    }
    for (const open of brackets.reverse()) push('close', open, i);
    return i;
  };

  /** A string, name or number at `at`: position after it, or 0. */
  const lexOne = (at: number, c: string, spaced: boolean, depth: number, to: number): number => {
    const common = { depth, spaced, to };
    if (lexicon.longBrackets && c === '[') {
      const open = matchAt(/\[=*\[/y, at);
      if (open !== undefined) {
        const close = open.replaceAll('[', ']');
        return lexString('"', at + open.length, (i) => (code.startsWith(close, i) ? close.length : 0), {
          ...common,
          raw: true,
        });
      }
    }
    if (lexicon.raw.includes(c) || lexicon.cooked.includes(c) || lexicon.command === c) {
      const triple = c === '"' && lexicon.interpolation === 'julia' && code.startsWith('"""', at) ? '"""' : c;
      return lexString(
        lexicon.command === c ? '`' : '"',
        at + triple.length,
        (i) => (code.startsWith(triple, i) ? triple.length : 0),
        { ...common, raw: lexicon.raw.includes(c) },
      );
    }
    if (c === '<' && lexicon.heredocs && code.startsWith(lexicon.heredocs, at)) {
      const after = lexHeredoc(at, spaced, depth, to);
      if (after > 0) return after;
    }
    if (
      c === '%' &&
      lexicon.percentWords &&
      (expectsOperand() || (followsWord(spaced) && code[at + 1] !== ' '))
    ) {
      const after = lexPercentWord(at, spaced, depth, to);
      if (after > 0) return after;
    }
    if (c === '/' && lexicon.patterns && expectsOperand()) {
      // A pattern ends on its line; what does not is a division.
      const lineEnd = code.indexOf('\n', at);
      const after = skipDelimited(at, lineEnd < 0 ? to : Math.min(to, lineEnd));
      if (code[after - 1] === '/' && after > at + 1) {
        push('number', '', at, spaced);
        return after + (matchAt(/[a-z]*/y, after)?.length ?? 0);
      }
    }
    if (c === '<' && lexicon.quoteWords && (expectsOperand() || followsWord(spaced))) {
      const handle = matchAt(/<[^<>\n=;]{0,80}>/y, at);
      if (handle !== undefined) {
        push('name', /[*?~]/.test(handle) ? 'glob' : 'readline', at, spaced);
        push('open', '(', at);
        push('text', handle.slice(1, -1), at);
        push('close', '(', at);
        return at + handle.length;
      }
    }
    if (lexicon.sigils.includes(c) && (!/[%&]/.test(c) || expectsOperand() || followsWord(spaced))) {
      const name = matchAt(
        /[$@%&]{1,4}#?(?:[\p{L}_][\p{L}\p{N}_]*(?:::[\p{L}_]\w*)*|[_!0-9&?@/\\,;.]|\^\w)/uy,
        at,
      );
      if (name !== undefined) {
        push('name', variableName(name, code[at + name.length] ?? ''), at, spaced);
        return at + name.length;
      }
    }
    if (c === ':' && lexicon.symbols && code[at - 1] !== ':') {
      const symbol = matchAt(/:[\p{L}_]\w*[?!]?/uy, at);
      if (symbol !== undefined) {
        push('text', symbol.slice(1), at, spaced);
        return at + symbol.length;
      }
    }
    const number = /\d/.test(c) ? matchAt(NUMBER, at) : undefined;
    if (number !== undefined) {
      push('number', number.replaceAll('_', ''), at, spaced);
      return at + number.length;
    }
    const word = matchAt(lexicon.inNames ?? WORD, at);
    if (word === undefined) return 0;
    // `->s(…)` is a method and `-s $file` a question about a file.
    const isName = tokens.at(-1)?.text === '->' || (code[at - 1] === '-' && !spaced);
    const quoted = isName ? 0 : lexQuoteWord(word, at, spaced, depth, to);
    if (quoted > 0) return quoted;
    const after = at + word.length;
    const isKey =
      lexicon.colonKeys && /^:(?![:\w])/.test(code.slice(after, after + 2)) && tokens.at(-1)?.text !== '?';
    push(isKey ? 'text' : 'name', word, at, spaced);
    if (isKey) push('sign', '=>', after);
    return after + (isKey ? 1 : 0);
  };

  const { lexQuoteWord, lexPercentWord } = makeQuoteWords(scanner, lexString, lexCode);
  const end = lexCode(0, '', 0, limit);
  return { tokens, isWhole: end >= limit };
}
