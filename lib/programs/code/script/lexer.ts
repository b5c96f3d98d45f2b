/** Splits script languages into tokens: strings with what stands inside them, names, brackets. Never fails; knows the languages by lexicon only. */

import { HOLE } from '../holes.ts';
import type { Lexicon, QuoteWord, Token } from './lexicon.ts';

const MAX_DEPTH = 40;
const MAX_TOKENS = 120_000;
const CLOSING: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}', '<': '>' };
const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  e: '\x1b',
  a: '\x07',
  '0': '\0',
  s: ' ',
};
const SIGNS =
  /(?:<=>|\*\*=|\|\|=|&&=|\?\?=|\/\/=|\.\.\.|===|!==|<<-|->|=>|::|\.\.|\+=|-=|\.=|\*=|\/=|\|\||&&|\/\/|\?\?|\?\.|==|!=|<=|>=|=~|!~|\|&|<<|>>|<-|:=|&\.|\|>|[-+*/%=<>!?:;,.|&^~@\\])/y;
const NUMBER =
  /(?:0[xX][0-9a-fA-F_]+|0[bB][01_]+|0[oO]?[0-7_]+(?![.\d])|\d[\d_]*(?:\.\d[\d_]*)?(?:[eE][-+]?\d+)?)/y;
const WORD = /[\p{L}_][\p{L}\p{N}_]*/uy;
/** Words after which an operand, not an operator, follows. */
const BEFORE_OPERAND =
  /^(?:return|and|or|not|xor|if|unless|elsif|elseif|while|until|when|case|in|of|split|grep|map|join|print|puts|push|x|do|then|else)$/;

/** The tokens of a text, at most {@link MAX_TOKENS}. */
export function lexScript(code: string, lexicon: Lexicon): readonly Token[] {
  const tokens: Token[] = [];
  /** End of a line that is followed by text of a heredoc, and where the code goes on. */
  const jumps = new Map<number, number>();
  const end = lexicon.end ? code.search(lexicon.end) : -1;
  const limit = end < 0 ? code.length : end;

  const push = (kind: Token['kind'], text: string, from: number, spaced = false): void => {
    tokens.push({ kind, text, from, spaced });
  };

  const matchAt = (pattern: RegExp, at: number): string | undefined => {
    pattern.lastIndex = at;
    return pattern.exec(code)?.[0];
  };

  const expectsOperand = (): boolean => {
    const last = tokens.at(-1);
    if (!last || last.kind === 'sign' || last.kind === 'open' || last.kind === 'line') return true;
    return last.kind === 'name' && BEFORE_OPERAND.test(last.text);
  };

  /** The same after a bare word, where only variables and files read can follow. */
  const followsWord = (spaced: boolean): boolean =>
    (lexicon.quoteWords !== undefined || lexicon.percentWords === true) &&
    spaced &&
    tokens.at(-1)?.kind === 'name' &&
    /^\w/.test(tokens.at(-1)?.text ?? '');

  /** Position after the delimiter that ends what begins at `at`; escapes and nested brackets are skipped. */
  const skipDelimited = (at: number, to: number): number => {
    const open = code[at] ?? '';
    const close = CLOSING[open] ?? open;
    let depth = 0;
    for (let i = at + 1; i < to; i++) {
      const c = code[i];
      if (c === '\\') i++;
      else if (c === close && depth === 0) return i + 1;
      else if (c === close) depth--;
      else if (c === open && close !== open) depth++;
    }
    return to;
  };

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
        /[$@%&]+#?(?:[\p{L}_][\p{L}\p{N}_]*(?:::[\p{L}_]\w*)*|[_!0-9&?@/\\,;.]|\^\w)/uy,
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

  lexCode(0, '', 0, limit);
  return tokens;
}

/** One name for `$x`, `@x` and `%x`; `@_` stays apart from `$_`. */
function variableName(written: string, next: string): string {
  const name = written.replace(/^[$@%&]+#?/, '');
  if (written.startsWith('&')) return name;
  if (name === '_') return written.startsWith('@') || (written === '$_' && next === '[') ? '@_' : '$_';
  return written.startsWith('@@') || name === HOLE ? name : `$${name}`;
}

/** An escape at `at`: what it stands for, and how long it is. */
function readEscape(code: string, at: number): readonly [string, number] {
  const c = code[at + 1] ?? '';
  const hex = /^\\(?:x\{?([0-9a-fA-F]{1,6})\}?|u\{?([0-9a-fA-F]{4,6})\}?)/.exec(code.slice(at, at + 12));
  const number = hex ? Number.parseInt(hex[1] ?? hex[2] ?? '', 16) : Number.NaN;
  if (hex && number <= 0x10ffff) return [String.fromCodePoint(number), hex[0].length];
  const octal = /^\\([0-7]{2,3})/.exec(code.slice(at, at + 4));
  if (octal) return [String.fromCharCode(Number.parseInt(octal[1] as string, 8)), octal[0].length];
  if (c === '\n') return ['', 2];
  return [ESCAPES[c] ?? c, 2];
}
