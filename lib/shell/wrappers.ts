/** Programs whose purpose is to run another program given as words. The reader of the wrapper table, xargs and parallel; what they do besides is a program page's business. */

import type { Word } from '../types/text.ts';
import { type Grammar, parseArgs, partOf } from './arguments.ts';
import { LAUNCHERS } from './launchers.ts';
import { concat, fromWord, knownText, type Text, toWord } from './value.ts';
import { WRAPPERS, type Wrapper } from './wrapper-table.ts';

/** What a wrapper runs. */
export interface Unwrapped {
  readonly argv: readonly Word[];
  /** Shell texts, for `-c` and joined operands. */
  readonly codes: readonly Text[];
  readonly assignments: readonly { readonly name: string; readonly value: Word }[];
  readonly cwd?: Word;
  /** It would start an interactive shell. */
  readonly opensShell: boolean;
}

const ASSIGNMENT = /^([A-Za-z_][A-Za-z0-9_]*)=/;

/** Names of a list in a table. */
function list(names: string | undefined): readonly string[] {
  return names === undefined ? [] : names.split(' ');
}

const known = new Map<string, Wrapper | undefined>();

function findWrapper(name: string): Wrapper | undefined {
  if (!known.has(name)) known.set(name, lookUp(name));
  return known.get(name);
}

function lookUp(name: string): Wrapper | undefined {
  if (Object.hasOwn(WRAPPERS, name)) return WRAPPERS[name];
  const found = Object.keys(LAUNCHERS).find((names) => names === name || ` ${names} `.includes(` ${name} `));
  return found === undefined || name === '' ? undefined : { stopAtOperand: true, ...LAUNCHERS[found] };
}

function grammarOf(wrapper: Wrapper): Grammar {
  return { ...wrapper, value: list(wrapper.value), optional: list(wrapper.optional) };
}

/**
 * Reads a wrapper's words.
 *
 * @param name base name of the program
 * @param args words after it
 * @returns undefined when the program is no wrapper
 */
export function unwrap(name: string, args: readonly Word[]): Unwrapped | undefined {
  const wrapper = findWrapper(name);
  const own = wrapper && ownWords(name, args, wrapper);
  if (wrapper === undefined || own === undefined) return undefined;
  const parsed = parseArgs(own, grammarOf(wrapper));
  const codes: Text[] = list(wrapper.code).flatMap((option) => parsed.values(option).map(fromWord));
  const split = parsed.value(...list(wrapper.splitString));
  if (split !== undefined) {
    codes.push(concat(fromWord(split), ...parsed.operands.map((word) => concat([' '], fromWord(word)))));
    return { argv: [], codes, assignments: [], opensShell: false };
  }
  const isGiven = parsed.has(...list(wrapper.operandOptions));
  let rest = parsed.operands.slice(isGiven ? 0 : (wrapper.operands ?? 0));
  if (rest[0]?.text === '--') rest = rest.slice(1);
  // `env - program` starts from an empty environment.
  if (wrapper.environment && rest[0]?.text === '-') rest = rest.slice(1);
  const assignments: { name: string; value: Word }[] = [];
  while (wrapper.environment && rest[0] !== undefined) {
    const match = ASSIGNMENT.exec(rest[0].text ?? String(rest[0].pieces?.[0] ?? ''));
    if (match === null) break;
    assignments.push({ name: match[1] as string, value: partOf(rest[0], match[0].length) });
    rest = rest.slice(1);
  }
  const cwd = parsed.value(...list(wrapper.directory));
  if (wrapper.joined && !parsed.has(...list(wrapper.notJoinedWith))) {
    codes.push(joinWords(rest));
    rest = [];
  }
  return {
    argv: rest,
    codes,
    assignments,
    opensShell:
      rest.length === 0 &&
      codes.length === 0 &&
      (wrapper.shellByDefault === true || parsed.has('i', 's', 'login', 'shell')),
    ...(cwd === undefined ? {} : { cwd }),
  };
}

/** The words that its grammar reads; undefined when they start nothing. */
function ownWords(name: string, args: readonly Word[], wrapper: Wrapper): readonly Word[] | undefined {
  if (name === 'flock') return flockArgs(args);
  // The architecture may be left out: `setarch -R program`.
  if (name === 'setarch') return args[0]?.text?.startsWith('-') ? args : args.slice(1);
  if (wrapper.pairs !== undefined) return withoutSeconds(args, wrapper);
  if (wrapper.verbs === undefined) return args;
  const [verb, ...rest] = parseArgs(args, grammarOf(wrapper)).operands;
  if (!list(wrapper.verbs).includes(verb?.text ?? '')) return undefined;
  if (!wrapper.behindDashes) return rest;
  const dashes = rest.findIndex((word) => word.text === '--');
  return dashes < 0 ? undefined : rest.slice(dashes);
}

/** Leaves out the second values of options that take two. */
function withoutSeconds(args: readonly Word[], wrapper: Wrapper): readonly Word[] {
  const pairs = list(wrapper.pairs);
  const singles = list(wrapper.value);
  const kept: Word[] = [];
  for (let i = 0; i < args.length; i++) {
    const text = args[i]?.text ?? '';
    if (!text.startsWith('-') || text === '--') return [...kept, ...args.slice(i)];
    const option = text.replace(/^--?/, '');
    const values = pairs.includes(option) ? 2 : singles.includes(option) ? 1 : 0;
    kept.push(...args.slice(i, i + 1 + Math.min(values, 1)));
    i += values;
  }
  return kept;
}

/** `flock FILE -c 'text'` has its option behind the file. */
function flockArgs(args: readonly Word[]): readonly Word[] {
  const index = args.findIndex((word) => word.text === '-c' || word.text === '--command');
  const first = args.findIndex((word) => word.text === undefined || !word.text.startsWith('-'));
  return index >= 0
    ? args
    : first < 0
      ? args
      : [
          ...args.slice(0, first + 1),
          { text: '--', glob: false, span: (args[first] as Word).span },
          ...args.slice(first + 1),
        ];
}

/** True for programs whose arguments are another program's. */
export function isWrapper(name: string): boolean {
  return findWrapper(name) !== undefined || name === 'xargs' || name === 'parallel';
}

/** Words joined by blanks into one text, as `ssh`, `watch` and `eval` do. */
export function joinWords(words: readonly Word[]): Text {
  return concat(...words.map((word, i) => (i === 0 ? fromWord(word) : concat([' '], fromWord(word)))));
}

const XARGS: Grammar = {
  value: [
    'a',
    'arg-file',
    'd',
    'delimiter',
    'E',
    'I',
    'L',
    'max-lines',
    'n',
    'max-args',
    'P',
    'max-procs',
    's',
    'max-chars',
    'S',
    'R',
    'J',
    'process-slot-var',
  ],
  optional: ['i', 'e', 'l', 'replace', 'eof'],
  stopAtOperand: true,
};

/**
 * The command that xargs runs, with what it appends.
 *
 * @param input what arrives on its standard input, undefined when unknown
 */
export function unwrapXargs(args: readonly Word[], input: Text | undefined, near: Word): readonly Word[][] {
  const parsed = parseArgs(args, XARGS);
  const command = parsed.operands.length > 0 ? parsed.operands : [toWord(['echo'], near.span)];
  const marker =
    parsed.value('I', 'J', 'replace', 'i')?.text ?? (parsed.has('i', 'replace') ? '{}' : undefined);
  const known = input === undefined || parsed.has('a', 'arg-file') ? undefined : knownText(input);
  const separator = parsed.has('0', 'null')
    ? '\0'
    : parsed.value('d', 'delimiter')?.text?.replace('\\n', '\n');
  const items = known
    ?.split(separator ?? (marker === undefined ? /\s+/ : '\n'))
    .filter((item) => item !== '')
    .slice(0, 64);
  const unknown: Word =
    input === undefined || known !== undefined
      ? { text: undefined, glob: false, span: near.span }
      : toWord(input, near.span);
  const words = items?.map((item) => toWord([item.replace(/^['"]|['"]$/g, '')], near.span)) ?? [unknown];
  if (marker === undefined) return [[...command, ...words]];
  return words.map((word) => command.map((part) => substitute(part, marker, word)));
}

/** Replaces a marker such as `{}` inside a word by another word. */
export function substitute(word: Word, marker: string, value: Word): Word {
  if (word.text === undefined || !word.text.includes(marker)) return word;
  const pieces = word.text
    .split(marker)
    .flatMap((piece, i): Text[] =>
      i === 0 ? [piece === '' ? [] : [piece]] : [fromWord(value), piece === '' ? [] : [piece]],
    );
  return toWord(concat(...pieces), word.span, word.glob || value.glob);
}

/**
 * The shell texts that GNU parallel runs: its template with every input, or the inputs themselves.
 *
 * @param input what arrives on its standard input, undefined when unknown
 */
export function unwrapParallel(args: readonly Word[], input: Text | undefined, near: Word): readonly Text[] {
  const at = args.findIndex((word) => /^:::[:+]*$/.test(word.text ?? ''));
  const parsed = parseArgs(at < 0 ? args : args.slice(0, at), {
    value: [
      'j',
      'jobs',
      'a',
      'arg-file',
      'I',
      'S',
      'sshlogin',
      'n',
      'N',
      'L',
      'd',
      'delimiter',
      'C',
      'colsep',
      'workdir',
      'wd',
      'results',
      'joblog',
      'tmpdir',
      'timeout',
      'retries',
      'delay',
      'load',
      'memfree',
      'halt',
      'env',
    ],
    stopAtOperand: true,
  });
  const known = input === undefined ? undefined : knownText(input);
  const unknown: Word = { text: undefined, glob: false, span: near.span };
  const items =
    at >= 0
      ? args.slice(at + 1).filter((word) => !/^:::/.test(word.text ?? ''))
      : (known
          ?.split('\n')
          .filter((line) => line !== '')
          .slice(0, 64)
          .map((line) => toWord([line], near.span)) ?? [unknown]);
  const template = parsed.operands;
  if (template.length === 0) return items.map(fromWord);
  const hasMarker = template.some((word) => /\{[^{}]*\}/.test(word.text ?? ''));
  return items.map((item) =>
    joinWords(
      hasMarker
        ? template.map((word) => substitute(word, /\{[^{}]*\}/.exec(word.text ?? '')?.[0] ?? '{}', item))
        : [...template, item],
    ),
  );
}
