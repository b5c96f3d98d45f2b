/** Starts simple commands: expands them, finds out whether they are functions, builtins, shells, wrappers or programs, and goes on with what they run. */

import type { Command } from 'unbash';
import type { Word } from '../types/text.ts';
import { findBuiltin } from './builtins.ts';
import { everyChoice } from './choices.ts';
import { directoryOf, emit } from './emit.ts';
import { type Expander, expandWords } from './expand.ts';
import { openExpander } from './expander.ts';
import { MAX_ALTERNATIVES } from './limits.ts';
import {
  type Frame,
  type Io,
  type Machine,
  report,
  type ScriptRunner,
  type ShellState,
  type Stdin,
} from './machine.ts';
import { baseName, SHELLS } from './names.ts';
import { runAlias, runFunction, runNested, runText } from './nested.ts';
import { outcomeOf } from './outcome.ts';
import { resolveProgramPattern } from './program-names.ts';
import { type Opened, openRedirects } from './redirects.ts';
import { applySetting, expandAssignment, type Setting } from './settings.ts';
import { runShell } from './shells.ts';
import { assign, fork, joinInto } from './state.ts';
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
} from './value.ts';
import { aside, goToAny } from './worlds.ts';
import { unwrap, unwrapParallel, unwrapXargs } from './wrappers.ts';

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
  const unique = results.length === 1 ? results : distinct(results);
  const run = (started: Started, own: ShellState): Options => {
    const outside = started.opened.diverted ? { ...io, piped: false } : io;
    return runStarted(started, { state: own, frame, io: outside, machine, runScript });
  };
  const only = unique.length === 1 ? (unique[0] as Started) : undefined;
  if (only !== undefined) {
    const isOwn = isOwnOutcome(only, state);
    const output = run(only, state);
    // By its words themselves: what a program starts in turn says nothing of how it ends.
    const { reported } = machine;
    const known = reported?.argv === only.argv ? reported.succeeds : outcomeOf(only.argv);
    machine.outcome = isOwn ? known : undefined;
    return output;
  }
  const ends: ShellState[] = [];
  const outputs: Options[] = [];
  const ways = unique.map((started) => {
    const branch = fork(state);
    ends.push(branch);
    return aside(machine, () => {
      outputs.push(run(started, branch));
    });
  });
  joinInto(state, ends);
  goToAny(machine, ways);
  machine.outcome = undefined;
  return joinOptions(...outputs);
}

/** Alternatives of a command, each once. */
function distinct(all: readonly Started[]): readonly Started[] {
  const print = ({ argv, settings, declared, stdin, opened }: Started) =>
    JSON.stringify([argv, settings, declared, stdin, opened.redirects]);
  return [...new Map(all.map((started) => [print(started), started])).values()];
}

/** False where a name may stand for something else, or a redirect can fail by itself. */
function isOwnOutcome({ argv, opened }: Started, state: ShellState): boolean {
  const name = argv[0]?.text ?? '';
  if (opened.redirects.some(({ target }) => target.text !== '/dev/null')) return false;
  return !state.functions.has(name) && !state.aliases.has(name);
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
  const { state, machine } = place;
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
  const { frame } = place;
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
    const prefixed = {
      ...started,
      settings: [
        ...started.settings,
        ...wrapped.assignments.map((a) => ({ name: a.name, append: false, value: fromWord(a.value) })),
      ],
    };
    if (wrapped.argv.length > 0) outputs.push(runWords(wrapped.argv, prefixed, inner));
    for (const code of wrapped.codes) outputs.push(runText(code, base, prefixed, inner));
    if (wrapped.opensShell && started.stdin !== undefined)
      outputs.push(runShell([argv[0] as Word], started, inner));
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
  return reaction.fetches || inputIsRemote(started.stdin) ? ANYTHING_REMOTE : ANYTHING;
}

/** A program that is known only when it runs: what its word may turn into is looked at too. */
function runUnknown(argv: readonly Word[], started: Started, place: Place): Options {
  const first = argv[0] as Word;
  emit(argv, started, place);
  if (first.remote)
    report(
      place.machine,
      place.frame,
      first.span,
      'it runs a program whose name comes from the network',
      'remote',
    );
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

function pipedText(stdin: Stdin): Text | undefined {
  return stdin?.kind === 'text' ? stdin.options[0] : undefined;
}

function inputIsRemote(stdin: Stdin): boolean {
  return stdin?.kind === 'text' && stdin.options.some(isRemote);
}
