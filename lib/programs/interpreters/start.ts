/** What the pages of interpreters share: code and files that run, standard input, words put together. Knows no interpreter. */

import type { Language, Nested } from '../../types/invocation.ts';
import type { Word } from '../../types/text.ts';
import { consoleOf } from '../databases/consoles.ts';
import { run, wordAt } from '../effects.ts';
import { knownStart, type Option } from '../options.ts';
import type { Call, Outcome } from '../page.ts';

/** Code on the command line; `args` are the words that follow it. */
export function codeRun(lang: Language, code: Word, via: string, args: readonly Word[] = []): Nested {
  return { kind: 'code', lang, code, via, args: [wordAt('-', code), ...args] };
}

export function fileRun(lang: Language, path: Word, via: string, args: readonly Word[] = []): Nested {
  return { kind: 'file', lang, path, via, args };
}

/** The console of a framework, when a script is one: `manage.py`, `artisan`. */
export function consoleRuns(path: Word, via: string, args: readonly Word[]): readonly Nested[] {
  const own = consoleOf(path.text);
  return own === undefined ? [] : [{ kind: 'argv', argv: [wordAt(own, path), ...args], via }];
}

/**
 * The files that a name may stand for: itself, or with one of the endings. Those that are not there run nothing.
 *
 * @param endings `.js`, `/index.js`
 */
export function fileRuns(
  lang: Language,
  path: Word,
  via: string,
  args: readonly Word[],
  endings: readonly string[],
): readonly Nested[] {
  const names = /\.\w+$/.test(path.text ?? '.x')
    ? [path]
    : [path, ...endings.map((ending) => appendTo(path, ending))];
  return names.map((name) => fileRun(lang, name, via, args));
}

/** The word with more text behind it. */
export function appendTo(word: Word, more: string): Word {
  return joinWords([word, wordAt(more, word)], '');
}

/** Words as one, with a text between them. */
export function joinWords(words: readonly Word[], between: string): Word {
  const [first] = words as readonly [Word, ...Word[]];
  const pieces = words.flatMap((word, at) => [
    ...(at > 0 ? [between] : []),
    ...(word.text !== undefined ? [word.text] : (word.pieces ?? [null])),
  ]);
  if (pieces.every((piece) => piece !== null))
    return { text: pieces.join(''), glob: false, span: first.span };
  const remote = words.some((word) => word.remote) ? { remote: true } : {};
  return { text: undefined, pieces, glob: false, span: first.span, ...remote };
}

/** What standard input makes an interpreter run that was given neither code nor a file. */
export function readInput(lang: Language, call: Call): Outcome {
  const { name, invocation } = call;
  const near = nameOf(call);
  const redirected = invocation.redirects.findLast((one) => one.fd === 0 && /^read/.test(one.op));
  if (redirected) return { effects: [], runs: [fileRun(lang, redirected.target, `${name} <`)] };
  if (invocation.stdin === undefined) return { effects: [run(near, { interactive: true })] };
  // What comes through a pipe is known to who reads the pipe.
  if (invocation.stdin === 'pipe') {
    return { effects: [], runs: [fileRun(lang, wordAt('/dev/stdin', near), `${name} from a pipe`)] };
  }
  return { effects: [], runs: [codeRun(lang, invocation.stdin, `${name} <`)] };
}

/** The word that the program was called by. */
export function nameOf(call: Call): Word {
  return call.invocation.argv[0] ?? { text: call.name, glob: false, span: call.invocation.span };
}

/** Value of a variable that the text itself sets for the program. */
export function findSetting(call: Call, name: string): Word | undefined {
  return call.invocation.assignments.findLast((one) => one.name === name)?.value;
}

/** Words of a variable that holds options: `-r ./x --inspect`. Unknown ones are left out. */
export function optionWords(value: Word | undefined): readonly Word[] {
  if (value?.text === undefined) return [];
  return value.text
    .split(/\s+/)
    .filter((text) => text !== '')
    .map((text) => wordAt(text, value));
}

/** True for options that only ask for information. */
export function isQuestion(options: readonly Option[], names: readonly string[]): boolean {
  return options.some((option) => names.includes(option.name));
}

/** True when the word is a file rather than the name of a library. */
export function isPath(word: Word): boolean {
  return /^(?:\.{0,2}\/|~|file:)|\.(?:[cm]?[jt]sx?|py|rb|pl|pm|lua|php)$/.test(knownStart(word));
}
