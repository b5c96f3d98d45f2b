/** Starts simple commands: expands them, finds out whether they are functions, builtins, shells, wrappers or programs, and goes on with what they run. */

import type { Assignment as AssignmentNode, Command } from 'unbash';
import type { Assignment, Invocation, Nested } from '../types/invocation.ts';
import type { Word } from '../types/text.ts';
import { findBuiltin } from './builtins.ts';
import { everyChoice } from './choices.ts';
import { runBody } from './execute.ts';
import { type Expander, expandText, expandWords } from './expand.ts';
import { openExpander } from './expander.ts';
import { MAX_ALTERNATIVES } from './limits.ts';
import {
  type Frame,
  type Io,
  type Machine,
  type Reaction,
  report,
  runCode,
  type ScriptRunner,
  type ShellState,
  type Stdin,
} from './machine.ts';
import { resolveProgramPattern } from './program-names.ts';
import { type Opened, openRedirects, stdinText } from './redirects.ts';
import { runFile, runShell, SHELLS } from './shells.ts';
import { assign, fork, joinInto, optionsOf, type Variable } from './state.ts';
import {
  ANYTHING,
  ANYTHING_REMOTE,
  concat,
  EMPTY,
  fromWord,
  isRemote,
  joinOptions,
  knownText,
  NO_OUTPUT,
  type Options,
  type Text,
  textOf,
  toWord,
  UNKNOWN,
} from './value.ts';
import { joinWords, unwrap, unwrapParallel, unwrapXargs } from './wrappers.ts';

export { openRedirects } from './redirects.ts';

/** `x=…`, `x+=…`, `x[i]=…`, `x=(…)` with its value expanded. */
export interface Setting {
  readonly name: string;
  readonly append: boolean;
  readonly index?: Text;
  readonly value: Text | { readonly items: readonly Text[]; readonly keys?: readonly string[] };
}

/** A simple command with its words expanded. */
export interface Started {
  readonly argv: readonly Word[];
  readonly settings: readonly Setting[];
  /** `NAME=value` words behind `export`, `declare` and their kin. */
  readonly declared: readonly Setting[];
  readonly opened: Opened;
  readonly stdin: Stdin;
  readonly span: { readonly start: number; readonly end: number };
}

/** Everything a start needs besides its words. */
export interface Place {
  readonly state: ShellState;
  readonly frame: Frame;
  readonly io: Io;
  readonly machine: Machine;
  readonly runScript: ScriptRunner;
}

/** Runs a simple command; returns what it may print. */
export function runSimple(
  node: Command,
  state: ShellState,
  frame: Frame,
  io: Io,
  machine: Machine,
  runScript: ScriptRunner,
): Options {
  const memo = new Map<object, Options | string>();
  const { results, complete } = everyChoice(MAX_ALTERNATIVES, (choose) =>
    expandCommand(node, openExpander(state, frame, machine, runScript, choose, memo), io, machine),
  );
  if (!complete) report(machine, frame, frame.spanOf(node), 'a command has too many alternatives', 'dynamic');
  const unique = [
    ...new Map(
      results.map((started) => [
        JSON.stringify([
          started.argv,
          started.settings,
          started.declared,
          started.stdin,
          started.opened.redirects,
        ]),
        started,
      ]),
    ).values(),
  ];
  if (unique.length === 1) return runStarted(unique[0] as Started, { state, frame, io, machine, runScript });
  const ends: ShellState[] = [];
  const outputs = unique.map((started) => {
    const branch = fork(state);
    ends.push(branch);
    return runStarted(started, { state: branch, frame, io, machine, runScript });
  });
  joinInto(state, ends);
  return joinOptions(...outputs);
}

function expandCommand(node: Command, ex: Expander, io: Io, machine: Machine): Started {
  const settings = node.prefix.flatMap((item) =>
    item.type === 'Assignment' ? [expandAssignment(item, ex)] : [],
  );
  const argv: Word[] = node.name === undefined ? [] : expandWords([node.name], ex);
  const declared: Setting[] = [];
  for (const arg of node.args) {
    if (arg.type === 'Word') {
      argv.push(...expandWords([arg], ex));
      continue;
    }
    const setting = expandAssignment(arg, ex);
    declared.push(setting);
    const value = Array.isArray(setting.value)
      ? (setting.value as Text)
      : concat(...(setting.value as { items: readonly Text[] }).items);
    argv.push(toWord(concat(textOf(`${setting.name}=`), value), ex.spanOf(arg)));
  }
  const opened = openRedirects(node.redirects, ex, machine);
  const stdin = opened.stdin ?? io.stdin;
  const chosen: Stdin =
    stdin?.kind === 'text'
      ? { kind: 'text', options: [stdin.options[ex.choose('<', stdin.options.length)] ?? EMPTY] }
      : stdin;
  return { argv, settings, declared, opened, stdin: chosen, span: ex.spanOf(node) };
}

function expandAssignment(node: AssignmentNode, ex: Expander): Setting {
  const index = node.index === undefined ? undefined : expandText(node.index, ex);
  if (index !== undefined) ex.evaluateAgain(index);
  const base = { name: node.name, append: node.append === true, ...(index === undefined ? {} : { index }) };
  if (node.value.type !== 'ArrayValue') return { ...base, value: expandText(node.value, ex) };
  const words = expandWords(node.value.elements, ex);
  const keyed = words.map((word) => /^\[([^\]]*)\]=([\s\S]*)$/.exec(word.text ?? ''));
  if (words.length > 0 && keyed.every((match) => match !== null)) {
    return {
      ...base,
      value: {
        items: keyed.map((match) => textOf(match?.[2] ?? '')),
        keys: keyed.map((match) => match?.[1] ?? ''),
      },
    };
  }
  return { ...base, value: { items: words.map(fromWord) } };
}

/** Sets a variable as an assignment says. */
export function applySetting(state: ShellState, setting: Setting): void {
  const before = state.variables.get(setting.name);
  const next = settle(before, setting);
  if (next.kind === 'scalar') assign(state, setting.name, next.options);
  else state.variables.set(setting.name, next);
}

function settle(before: Variable | undefined, setting: Setting): Variable {
  const { value } = setting;
  if (!Array.isArray(value)) {
    const array = value as { readonly items: readonly Text[]; readonly keys?: readonly string[] };
    const items =
      setting.append && before?.kind === 'array' ? [...before.items, ...array.items] : array.items;
    return { kind: 'array', items, ...(array.keys === undefined ? {} : { keys: array.keys }) };
  }
  const text = value as Text;
  if (setting.index !== undefined) {
    const items = before?.kind === 'array' ? [...before.items] : [];
    const keys =
      before?.kind === 'array' && before.keys !== undefined
        ? [...before.keys]
        : items.map((_, i) => String(i));
    const key = knownText(setting.index);
    const at = key === undefined ? -1 : keys.indexOf(key);
    if (at >= 0) items[at] = text;
    else {
      items.push(text);
      keys.push(key ?? '?');
    }
    return { kind: 'array', items, keys };
  }
  if (setting.append && before !== undefined)
    return { kind: 'scalar', options: joinOptions(optionsOf(before).map((old) => concat(old, text))) };
  return { kind: 'scalar', options: [text] };
}

function runStarted(started: Started, place: Place): Options {
  const { state, machine } = place;
  if (started.argv.length === 0) {
    for (const setting of started.settings) applySetting(state, setting);
    if (started.opened.redirects.length > 0) emit([], started, place);
    return started.opened.deliver(NO_OUTPUT, state, machine);
  }
  return started.opened.deliver(runWords(started.argv, started, place), state, machine);
}

/**
 * Starts a program given as words.
 *
 * @param started the command that the words come from: its redirects, input and assignments
 */
export function runWords(argv: readonly Word[], started: Started, place: Place): Options {
  const { state, frame, machine } = place;
  machine.meter.step();
  const first = argv[0];
  if (first === undefined) return NO_OUTPUT;
  if (first.text === undefined) return runUnknown(argv, started, place);
  if (first.glob) {
    const names = resolveProgramPattern(first.text, knownText(state.cwd[0] ?? EMPTY), machine.host);
    if (names.length > 0)
      return joinOptions(
        ...names.map((name) =>
          runWords([{ ...first, text: name, glob: false }, ...argv.slice(1)], started, place),
        ),
      );
  }
  const alias = state.aliases.get(first.text);
  if (alias !== undefined) return runAlias(first.text, alias, argv.slice(1), started, place);
  const func = state.functions.get(first.text);
  if (func !== undefined) return runFunction(first.text, func, argv.slice(1), started, place);
  const builtin = findBuiltin(first.text);
  if (builtin !== undefined) {
    const reaction = emit(argv, started, place);
    const output = builtin(argv, started, place, runWords);
    return reaction.stdout === undefined ? output : [textOf(reaction.stdout)];
  }
  const base = baseName(first.text);
  if (SHELLS.has(base)) {
    emit(argv, started, place);
    return runShell(argv, started, place);
  }
  return runProgram(base, argv, started, place);
}

function runProgram(base: string, argv: readonly Word[], started: Started, place: Place): Options {
  const { frame, machine } = place;
  const reaction = emit(argv, started, place);
  const args = argv.slice(1);
  const outputs: Options[] = [];
  const via = (name: string): Place => ({
    ...place,
    state: fork(place.state),
    frame: { ...frame, via: [...frame.via, name] },
  });
  if (base === 'xargs')
    for (const words of unwrapXargs(args, pipedText(started.stdin), argv[0] as Word))
      outputs.push(runWords(words, { ...started, settings: [], stdin: undefined }, via('xargs')));
  if (base === 'parallel')
    for (const code of unwrapParallel(args, pipedText(started.stdin), argv[0] as Word))
      outputs.push(runText(code, 'parallel', started, place));
  const wrapped = unwrap(base, args);
  if (wrapped !== undefined) {
    const inner = via(base);
    for (const setting of wrapped.assignments) assign(inner.state, setting.name, [fromWord(setting.value)]);
    if (wrapped.cwd !== undefined) inner.state.cwd = [directoryOf(wrapped.cwd, place.state)];
    const there =
      wrapped.place === undefined ? inner : { ...inner, frame: { ...inner.frame, place: wrapped.place } };
    const prefixed = {
      ...started,
      settings: [
        ...started.settings,
        ...wrapped.assignments.map((a) => ({ name: a.name, append: false, value: fromWord(a.value) })),
      ],
    };
    if (wrapped.argv.length > 0) outputs.push(runWords(wrapped.argv, prefixed, there));
    for (const code of wrapped.codes) outputs.push(runText(code, base, prefixed, there));
    if (wrapped.opensShell && started.stdin !== undefined)
      outputs.push(runShell([argv[0] as Word], started, there));
  }
  for (const nested of reaction.runs) outputs.push(runNested(nested, started, place));
  if (reaction.stdout !== undefined) return [textOf(reaction.stdout)];
  if (reaction.prints !== undefined)
    return [
      concat(
        ...reaction.prints
          .slice(0, 8)
          .map((word, i) => (i === 0 ? fromWord(word) : concat(['\n'], fromWord(word)))),
      ),
    ];
  if (outputs.length > 0 && !reaction.fetches) return joinOptions(...outputs);
  void machine;
  return reaction.fetches || inputIsRemote(started.stdin) ? ANYTHING_REMOTE : ANYTHING;
}

/** A program that is known only when it runs: what its word may turn into is looked at too. */
function runUnknown(argv: readonly Word[], started: Started, place: Place): Options {
  const first = argv[0] as Word;
  emit(argv, started, place);
  const rest = (first.pieces ?? [null]).filter((piece) => piece !== null).join('');
  // An unset variable is empty: `$SUDO rm x` runs rm, `r${x}m` too.
  if (rest === '') runWords(argv.slice(1), started, { ...place, state: fork(place.state) });
  else if (/^[\w./-]+$/.test(rest) && !rest.endsWith('/'))
    runWords([{ text: rest, glob: false, span: first.span }, ...argv.slice(1)], started, {
      ...place,
      state: fork(place.state),
    });
  return ANYTHING;
}

/** Shell text that a program runs in a shell of its own. */
function runText(code: Text, via: string, started: Started, place: Place): Options {
  return runCode(
    code,
    started.span,
    via,
    withSettings(started, place),
    place.frame,
    { stdin: started.stdin, piped: place.io.piped },
    place.machine,
    place.runScript,
  );
}

/** A forked state in which the command's own assignments hold. */
export function withSettings(started: Started, place: Place): ShellState {
  const state = fork(place.state);
  for (const setting of started.settings) applySetting(state, setting);
  return state;
}

function runNested(nested: Nested, started: Started, place: Place): Options {
  const state = withSettings(started, place);
  if (nested.cwd !== undefined) state.cwd = [directoryOf(nested.cwd, place.state)];
  if (nested.place !== undefined) {
    state.cwd = ANYTHING;
    state.variables.set('HOME', { kind: 'scalar', options: ANYTHING });
  }
  for (const setting of nested.assignments ?? []) assign(state, setting.name, [fromWord(setting.value)]);
  const stdin: Stdin =
    nested.stdin === undefined
      ? started.stdin
      : nested.stdin === 'pipe'
        ? { kind: 'text', options: ANYTHING }
        : { kind: 'text', options: [fromWord(nested.stdin)] };
  const frame: Frame = nested.place === undefined ? place.frame : { ...place.frame, place: nested.place };
  const there: Place = { ...place, state, frame, io: { stdin, piped: place.io.piped } };
  const own: Started = { ...started, settings: [], stdin };
  if (nested.kind === 'argv')
    return runWords(nested.argv, own, { ...there, frame: { ...frame, via: [...frame.via, nested.via] } });
  if (nested.lang !== 'sh') return ANYTHING;
  state.positional = (nested.args ?? []).map(fromWord);
  if (nested.kind === 'file') return runFile(nested.path, nested.via, own, there);
  return runCode(
    fromWord(nested.code),
    nested.code.span,
    nested.via,
    state,
    frame,
    there.io,
    place.machine,
    place.runScript,
  );
}

function runAlias(
  name: string,
  text: string,
  args: readonly Word[],
  started: Started,
  place: Place,
): Options {
  const { state, frame, machine } = place;
  if (machine.calls > 8) return ANYTHING;
  machine.calls++;
  try {
    const inner = fork(state);
    inner.aliases.delete(name);
    inner.positional = args.map(fromWord);
    const output = runCode(
      [`${text} "$@"`],
      started.span,
      `alias ${name}`,
      inner,
      frame,
      { stdin: started.stdin, piped: place.io.piped },
      machine,
      place.runScript,
    );
    state.cwd = inner.cwd;
    return output;
  } finally {
    machine.calls--;
  }
}

function runFunction(
  name: string,
  func: { readonly body: Parameters<typeof runBody>[0]; readonly frame: Frame },
  args: readonly Word[],
  started: Started,
  place: Place,
): Options {
  const { state, frame, machine } = place;
  // A function that calls itself adds nothing after a few rounds.
  if (machine.calls > 8) return ANYTHING;
  machine.calls++;
  const positional = state.positional;
  for (const setting of started.settings) applySetting(state, setting);
  state.positional = args.map(fromWord);
  try {
    const own: Frame = {
      ...func.frame,
      via: [...frame.via, `function ${name}`],
      ...(frame.place === undefined ? {} : { place: frame.place }),
    };
    return runBody(func.body, state, own, { stdin: started.stdin, piped: place.io.piped }, machine);
  } finally {
    state.positional = positional;
    machine.calls--;
  }
}

/** Tells the sink about a program start. */
export function emit(argv: readonly Word[], started: Started, place: Place): Reaction {
  const { state, frame, io, machine } = place;
  const text = started.stdin?.kind === 'text' ? stdinText(started.stdin) : undefined;
  const stdin =
    text !== undefined
      ? toWord([text], started.span)
      : started.stdin?.kind === 'text'
        ? ('pipe' as const)
        : undefined;
  const base: Omit<Invocation, 'cwd'> = {
    argv,
    assignments: environmentOf(started, state),
    redirects: started.opened.redirects,
    via: frame.via,
    span: started.span,
    ...(stdin === undefined ? {} : { stdin }),
    ...(io.piped ? { piped: true } : {}),
    ...(frame.place === undefined ? {} : { place: frame.place }),
  };
  const reactions = state.cwd
    .slice(0, 4)
    .map((cwd) => machine.sink.start({ ...base, cwd: toWord(cwd, started.span) }));
  const reaction = reactions[0] ?? { runs: [] };
  for (const word of reaction.wrote ?? []) {
    const path = word.text?.startsWith('/') ? word.text : undefined;
    if (path !== undefined) machine.files.set(path, reaction.fetches ? ANYTHING_REMOTE : ANYTHING);
  }
  return reaction;
}

function environmentOf(started: Started, state: ShellState): Assignment[] {
  const exported = [...state.exported].map((name) => ({
    name,
    value: toWord(optionsOf(state.variables.get(name))[0] ?? [UNKNOWN], started.span),
  }));
  const own = started.settings.flatMap((s) =>
    Array.isArray(s.value) ? [{ name: s.name, value: toWord(s.value as Text, started.span) }] : [],
  );
  return [...exported, ...own];
}

/** The directory that a word names, seen from the current one. */
export function directoryOf(word: Word, state: ShellState): Text {
  const text = fromWord(word);
  const start = typeof text[0] === 'string' ? text[0] : '';
  return start.startsWith('/') ? text : concat(state.cwd[0] ?? [UNKNOWN], ['/'], text);
}

function pipedText(stdin: Stdin): Text | undefined {
  return stdin?.kind === 'text' ? stdin.options[0] : undefined;
}

function inputIsRemote(stdin: Stdin): boolean {
  return stdin?.kind === 'text' && stdin.options.some(isRemote);
}

/** Last component of a program's path, lower case, without `.exe`. */
export function baseName(program: string): string {
  return program
    .slice(program.lastIndexOf('/') + 1)
    .toLowerCase()
    .replace(/\.exe$/, '');
}

export { joinWords };
