/** Builtins that set variables, positional parameters and aliases. */

import type { Word } from '../types/text.ts';
import type { ShellState } from './machine.ts';
import { runCodeWord } from './nested.ts';
import { printfOutput } from './outputs.ts';
import { applySetting } from './settings.ts';
import type { Place, Started } from './start.ts';
import { assign, optionsOf } from './state.ts';
import {
  ANYTHING,
  fromWord,
  knownText,
  NO_OUTPUT,
  type Options,
  onlyText,
  type Text,
  textOf,
  UNKNOWN,
  withoutHoles,
} from './value.ts';

type RunWords = (argv: readonly Word[], started: Started, place: Place) => Options;

/** A builtin: changes the place's state and says what it may print. */
export type Builtin = (argv: readonly Word[], started: Started, place: Place, runWords: RunWords) => Options;

export const printf: Builtin = (argv, _started, { state }) => {
  let args = argv.slice(1);
  let variable: string | undefined;
  if (args[0]?.text === '-v') {
    variable = args[1]?.text;
    args = args.slice(2);
  }
  if (args[0]?.text === '--') args = args.slice(1);
  const output = [printfOutput(args)];
  if (variable === undefined) return output;
  assign(state, variable.replace(/\[.*$/, ''), output);
  return NO_OUTPUT;
};

/** `export`, `declare`, `local`, `readonly`, `typeset`. */
export const declare: Builtin = (argv, started, { state }) => {
  const options = argv
    .slice(1)
    .filter((word) => /^-\w+$/.test(word.text ?? ''))
    .map((word) => word.text as string)
    .join('');
  for (const setting of started.declared) applySetting(state, setting);
  if (options.includes('n')) for (const { name } of started.declared) refer(state, name);
  // Words that hold an assignment only after expansion: `export "$name=value"`.
  for (const word of argv.slice(1)) {
    const match = /^([A-Za-z_]\w*)=([\s\S]*)$/.exec(word.text ?? '');
    if (match !== null && !started.declared.some((setting) => setting.name === match[1]))
      assign(state, match[1] as string, [textOf(match[2] ?? '')]);
  }
  if (argv[0]?.text === 'export' || options.includes('x')) {
    for (const word of argv.slice(1)) {
      const name = /^([A-Za-z_]\w*)(?:=|$)/.exec(word.text ?? withoutHoles(fromWord(word)))?.[1];
      if (name !== undefined) state.exported.add(name);
    }
  }
  if (options.includes('f')) return NO_OUTPUT;
  return options.includes('p') ? ANYTHING : NO_OUTPUT;
};

/** `declare -n name=other`: the name has the other's value; one that is set later only running would tell. */
function refer(state: ShellState, name: string): void {
  const other = onlyText(optionsOf(state.variables.get(name)));
  assign(state, name, other === undefined ? ANYTHING : optionsOf(state.variables.get(other)));
}

export const unset: Builtin = (argv, _started, { state }) => {
  for (const word of argv.slice(1)) {
    if (word.text === undefined) continue;
    assign(state, word.text, NO_OUTPUT);
    state.functions.delete(word.text);
  }
  return NO_OUTPUT;
};

/** `read`: each line of a known input is a possible value. */
export const read: Builtin = (argv, started, { state }) => {
  const names: string[] = [];
  for (let i = 1; i < argv.length; i++) {
    const text = argv[i]?.text ?? '';
    if (/^-[a-zA-Z]*[dinNptua]$/.test(text) && !text.endsWith('a')) i++;
    else if (!text.startsWith('-')) names.push(text);
  }
  const lines = inputLines(started);
  const into = names.length > 0 ? names : ['REPLY'];
  if (argv.some((word) => /^-[a-z]*a/.test(word.text ?? ''))) {
    const items = lines?.[0]?.trim().split(/\s+/).map(textOf) ?? [[UNKNOWN]];
    state.variables.set(into[0] as string, { kind: 'array', items });
    return NO_OUTPUT;
  }
  const shapes = lines === undefined && started.stdin?.kind === 'text' ? started.stdin.options : ANYTHING;
  into.forEach((name, i) => {
    // Of a line that is known in part (`find` prints paths below its roots), the last name takes what is known.
    if (lines === undefined || lines.length > 16)
      assign(state, name, i === 0 && into.length === 1 ? shapes : ANYTHING);
    else
      assign(
        state,
        name,
        lines.map((line) => textOf(readField(line, i, i === into.length - 1))),
      );
  });
  return NO_OUTPUT;
};

function readField(line: string, index: number, last: boolean): string {
  const fields = line.trim().split(/\s+/);
  return last ? fields.slice(index).join(' ') : (fields[index] ?? '');
}

/** Lines of a known standard input; at least one. */
function inputLines(started: Started): string[] | undefined {
  const text =
    started.stdin?.kind === 'text' && started.stdin.options.length === 1
      ? knownText(started.stdin.options[0] as Text)
      : undefined;
  if (text === undefined) return undefined;
  const lines = text.replace(/\n$/, '').split('\n');
  return lines.length === 0 ? [''] : lines;
}

export const mapfile: Builtin = (argv, started, place) => {
  const callback = argv.findIndex((word) => word.text === '-C');
  if (callback > 0 && argv[callback + 1] !== undefined)
    runCodeWord(argv[callback + 1] as Word, 'mapfile -C', started, place);
  const name = argv.at(-1)?.text;
  const items = inputLines(started)?.map(textOf);
  if (argv.length > 1 && name !== undefined && !name.startsWith('-'))
    place.state.variables.set(name, { kind: 'array', items: items ?? [[UNKNOWN]] });
  return NO_OUTPUT;
};

export const alias: Builtin = (argv, _started, { state }) => {
  for (const word of argv.slice(1)) {
    const match = /^([^=]+)=([\s\S]*)$/.exec(word.text ?? '');
    if (match !== null) state.aliases.set(match[1] as string, match[2] ?? '');
  }
  return NO_OUTPUT;
};

export const unalias: Builtin = (argv, _started, { state }) => {
  for (const word of argv.slice(1))
    word.text === '-a' ? state.aliases.clear() : state.aliases.delete(word.text ?? '');
  return NO_OUTPUT;
};

export const set: Builtin = (argv, _started, { state }) => {
  const args = argv.slice(1);
  const first = args.findIndex((word) => word.text === '--' || !/^[-+]/.test(word.text ?? ''));
  if (args.some((word, i) => (first < 0 || i < first) && /^-[a-z]*a/.test(word.text ?? '')))
    state.exportAll = true;
  if (first >= 0 && args[first - 1]?.text !== '-o' && args[first - 1]?.text !== '+o') {
    state.positional = args.slice(args[first]?.text === '--' ? first + 1 : first).map(fromWord);
  }
  return NO_OUTPUT;
};

export const shift: Builtin = (argv, _started, { state }) => {
  state.positional = state.positional?.slice(Number(argv[1]?.text ?? 1) || 1);
  return NO_OUTPUT;
};
