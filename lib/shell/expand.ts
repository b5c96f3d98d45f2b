/** Word expansion: a syntax-tree word becomes fields, as far as the shell's state is known. `${…}` operators live in parameters.ts. */

import type {
  ArithmeticExpression,
  ParsedScript,
  ProcessSubstitutionPart,
  Word as TreeWord,
  WordPart,
} from 'unbash';
import type { Span, Word } from '../types/text.ts';
import { computeArithmetic } from './arithmetic.ts';
import { expandBraces } from './braces.ts';
import type { Choose } from './choices.ts';
import { expandParameter, expandSimple } from './parameters.ts';
import { optionsOf, type State } from './state.ts';
import {
  concat,
  EMPTY,
  type Hole,
  type Options,
  onlyText,
  type Text,
  textOf,
  toWord,
  UNKNOWN,
} from './value.ts';

/** What expansion may ask of the interpreter. */
export interface Expander {
  readonly state: State;
  readonly choose: Choose;
  readonly home: string;
  /** Runs `$(…)` and says what it may print. */
  readonly substitute: (script: ParsedScript | undefined, part: object) => Options;
  /** Runs `<(…)` and gives the path that stands for it. */
  readonly openProcess: (part: ProcessSubstitutionPart) => string;
  /** Runs what an arithmetic expression holds and forgets what it sets. */
  readonly arithmetic: (expression: ArithmeticExpression | undefined) => void;
  /** Runs every substitution hidden in a text that bash would evaluate a second time. */
  readonly evaluateAgain: (text: Text) => void;
  /** Parses a raw word, for brace expansion. */
  readonly parseWord: (raw: string) => TreeWord | undefined;
  readonly spanOf: (node: { readonly pos: number; readonly end: number }) => Span;
}

/** Part of a field. `split`: an unquoted expansion, so that blanks in it end the field. */
export interface Chunk {
  readonly text: Text;
  readonly quoted: boolean;
  readonly glob?: boolean;
  readonly split?: boolean;
  /** The next chunk starts a new field (`"$@"`). */
  readonly ends?: boolean;
}

/** Expands words into the words a program gets. */
export function expandWords(words: readonly TreeWord[], ex: Expander): Word[] {
  return words.flatMap((word) => expandWord(word, ex));
}

/** One word into its fields: none, one or more. */
function expandWord(word: TreeWord, ex: Expander): Word[] {
  const span = ex.spanOf(word);
  if (word.parts === undefined)
    return [toWord(tilde(word, [{ text: textOf(word.value), quoted: false }], ex)[0]?.text ?? EMPTY, span)];
  if (word.parts.some((part) => part.type === 'BraceExpansion')) return expandBraced(word, ex, span);
  return fieldsOf(tilde(word, chunksOf(word.parts, ex, false), ex), ex, span);
}

function expandBraced(word: TreeWord, ex: Expander, span: Span): Word[] {
  const raws = expandBraces(word.text);
  if (raws === undefined) {
    const start = word.text.slice(0, word.text.indexOf('{'));
    return [toWord(concat(textOf(start), [UNKNOWN]), span)];
  }
  return raws.flatMap((raw) => {
    const parsed = ex.parseWord(raw);
    if (parsed === undefined) return raw === '' ? [] : [toWord(textOf(raw), span)];
    // A brace that stayed is literal text to bash; expanding it again would never end.
    const chunks =
      parsed.parts === undefined
        ? [{ text: textOf(parsed.value), quoted: false }]
        : chunksOf(parsed.parts, ex, false);
    return fieldsOf(tilde(parsed, chunks, ex), ex, span);
  });
}

/** Expands a word where bash does not split it: assignments, redirect targets, `case` words, here-strings. */
export function expandText(word: TreeWord, ex: Expander): Text {
  if (word.parts === undefined)
    return tilde(word, [{ text: textOf(word.value), quoted: false }], ex)[0]?.text ?? EMPTY;
  return chunksText(tilde(word, chunksOf(word.parts, ex, false), ex));
}

/** Expands parts as inside double quotes: here-document bodies. */
export function expandQuoted(parts: readonly WordPart[], ex: Expander): Text {
  return chunksText(chunksOf(parts, ex, true));
}

function chunksText(chunks: readonly Chunk[]): Text {
  return concat(
    ...chunks.map((chunk, i) =>
      chunk.ends && i < chunks.length - 1 ? concat(chunk.text, [' ']) : chunk.text,
    ),
  );
}

/** `~` and `~/…` at the start of an unquoted word, and after `=` as in `--prefix=~/x` of assignments. */
function tilde(word: TreeWord, chunks: readonly Chunk[], ex: Expander): readonly Chunk[] {
  if (!word.text.startsWith('~')) return chunks;
  const [first, ...rest] = chunks;
  const start = first?.text[0];
  if (first === undefined || typeof start !== 'string') return chunks;
  const home = onlyText(optionsOf(ex.state.variables.get('HOME'))) ?? ex.home;
  const end = start.indexOf('/') < 0 ? start.length : start.indexOf('/');
  const user = start.slice(1, end);
  const base =
    user === ''
      ? home
      : user === '+'
        ? onlyText(ex.state.cwd)
        : user === '-'
          ? onlyText(ex.state.oldCwd)
          : undefined;
  if (base === undefined || (end === start.length && rest.length > 0)) return chunks;
  return [{ ...first, text: concat([base + start.slice(end)], first.text.slice(1)) }, ...rest];
}

/** All parts of a word as chunks. */
function chunksOf(parts: readonly WordPart[], ex: Expander, quoted: boolean): Chunk[] {
  return parts.flatMap((part) => chunksOfPart(part, ex, quoted));
}

function chunksOfPart(part: WordPart, ex: Expander, quoted: boolean): readonly Chunk[] {
  switch (part.type) {
    case 'Literal':
      return [{ text: textOf(part.value), quoted }];
    case 'SingleQuoted':
    case 'AnsiCQuoted':
      return [{ text: textOf(part.value), quoted: true }];
    case 'DoubleQuoted':
    case 'LocaleString': {
      const chunks = chunksOf(part.parts, ex, true);
      // `"$@"` without parameters is no field at all, `""` is an empty one.
      return chunks.length > 0 || part.parts.length > 0 ? chunks : [{ text: EMPTY, quoted: true }];
    }
    case 'Glob':
    case 'ExtendedGlob':
      for (const inner of part.parts ?? []) chunksOfPart(inner, ex, quoted);
      return [{ text: textOf(part.text), quoted, glob: !quoted }];
    case 'SimpleExpansion':
      return expandSimple(part.text.slice(1), ex, quoted);
    case 'ParameterExpansion':
      return expandParameter(part, ex, quoted);
    case 'CommandExpansion': {
      const options = ex.substitute(part.script, part);
      const text = options[ex.choose(`(${part.pos})${part.text}`, options.length)] ?? EMPTY;
      return [{ text: withoutFinalNewlines(text), quoted, split: !quoted }];
    }
    case 'ArithmeticExpansion': {
      ex.arithmetic(part.expression);
      const value = computeArithmetic(part.expression, (name) =>
        onlyText(optionsOf(ex.state.variables.get(name))),
      );
      return [{ text: value === undefined ? [UNKNOWN] : textOf(String(value)), quoted }];
    }
    case 'ProcessSubstitution':
      return [{ text: textOf(ex.openProcess(part)), quoted: true }];
    case 'BraceExpansion':
      return [{ text: textOf(part.text), quoted }];
  }
}

/** `$(…)` drops the newlines at its end. */
function withoutFinalNewlines(text: Text): Text {
  const last = text.at(-1);
  return typeof last === 'string' ? concat(text.slice(0, -1), textOf(last.replace(/\n+$/, ''))) : text;
}

interface Field {
  text: (string | Hole)[];
  glob: boolean;
}

/** Chunks into fields, splitting unquoted expansions at IFS. */
function fieldsOf(chunks: readonly Chunk[], ex: Expander, span: Span): Word[] {
  const separators = onlyText(optionsOf(ex.state.variables.get('IFS'))) ?? ' \t\n';
  const fields: Field[] = [];
  let current: Field | undefined;
  const open = (): Field => {
    current ??= { text: [], glob: false };
    return current;
  };
  const close = (): void => {
    if (current !== undefined) fields.push(current);
    current = undefined;
  };
  for (const chunk of chunks) {
    if (chunk.quoted || !chunk.split) {
      if (chunk.quoted || chunk.text.length > 0) open().text.push(...chunk.text);
      if (chunk.glob) open().glob = true;
    } else {
      for (const piece of chunk.text) {
        if (typeof piece !== 'string') open().text.push(piece);
        else splitInto(piece, separators, open, close);
      }
      if (chunk.glob && current !== undefined) open().glob = true;
    }
    if (chunk.ends) close();
  }
  close();
  return fields.map((field) => toWord(concat(field.text), span, field.glob));
}

function splitInto(text: string, separators: string, open: () => Field, close: () => void): void {
  let start = 0;
  for (let i = 0; i <= text.length; i++) {
    if (i < text.length && !separators.includes(text[i] as string)) continue;
    if (i > start) {
      const piece = text.slice(start, i);
      const field = open();
      field.text.push(piece);
      if (/[*?[]/.test(piece)) field.glob = true;
    }
    if (i < text.length) close();
    start = i + 1;
  }
}
