/** What a command runs in turn: texts, files, functions, aliases, code in other languages. */

import type { Nested } from '../types/invocation.ts';
import type { Word } from '../types/text.ts';
import { directoryOf, noteWritten } from './emit.ts';
import { runBody } from './execute.ts';
import { MAX_CODE_DEPTH } from './limits.ts';
import {
  type CodeContext,
  type Frame,
  report,
  runCode,
  type ShellState,
  type Stdin,
  withHoles,
} from './machine.ts';
import { applySetting } from './settings.ts';
import { readScript, runFile } from './shells.ts';
import { type Place, runWords, type Started } from './start.ts';
import { assign, fork } from './state.ts';
import { ANYTHING, fromWord, isRemote, type Options, type Text, toWord, UNKNOWN } from './value.ts';
import { perhaps } from './worlds.ts';

/** Shell text that a program runs in a shell of its own. */
export function runText(code: Text, via: string, started: Started, place: Place): Options {
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

/** A forked state in which the command's own assignments hold, and are handed on as its environment is. */
export function withSettings(started: Started, place: Place): ShellState {
  const state = fork(place.state);
  for (const setting of started.settings) {
    applySetting(state, setting);
    state.exported.add(setting.name);
  }
  return state;
}

/** Runs a step of a program that was started; one that only may run changes nothing but what it is said to do. */
export function runNested(nested: Nested, started: Started, place: Place): Options {
  if (nested.uncertain !== true) return runSure(nested, started, place);
  const { machine } = place;
  machine.possible++;
  try {
    perhaps(machine, () => runSure(nested, started, place));
    return ANYTHING;
  } finally {
    machine.possible--;
  }
}

function runSure(nested: Nested, started: Started, place: Place): Options {
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
  if (nested.lang !== 'sh') return runOther(nested, own, there);
  if (nested.kind === 'file') {
    state.positional = (nested.args ?? []).map(fromWord);
    return runFile(nested.path, nested.via, own, there);
  }
  const [name, ...args] = (nested.args ?? []).map(fromWord);
  if (name !== undefined) assign(state, '0', [name]);
  state.positional = args;
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

/** Code in another language: read by the sink, which says what it runs in turn. */
function runOther(
  nested: Nested & { readonly kind: 'code' | 'file' },
  started: Started,
  place: Place,
): Options {
  const { frame, machine, state } = place;
  machine.meter.step();
  const near = nested.kind === 'code' ? nested.code : nested.path;
  const codes = nested.kind === 'code' ? [fromWord(nested.code)] : readScript(nested.path, started, place);
  if (codes === undefined) return ANYTHING;
  const via = [...frame.via, nested.via];
  const inner: Place = { ...place, frame: { ...frame, via, codeDepth: frame.codeDepth + 1 } };
  if (
    codes === 'unknown' ||
    frame.codeDepth >= MAX_CODE_DEPTH ||
    codes.some((code) => code.every((piece) => typeof piece !== 'string' && code.length > 0))
  ) {
    const remote = codes !== 'unknown' && codes.some(isRemote);
    report(
      machine,
      frame,
      near.span,
      `${nested.via} runs code ${remote ? 'from the network' : 'that is not known before it runs'}`,
      remote ? 'remote' : 'dynamic',
    );
    return ANYTHING;
  }
  for (const code of codes) {
    if (isRemote(code))
      report(machine, frame, near.span, `${nested.via} runs code from the network`, 'remote');
    const context = {
      cwd: toWord(state.cwd[0] ?? [UNKNOWN], near.span),
      via,
      ...(frame.place === undefined ? {} : { place: frame.place }),
      ...(machine.possible > 0 ? { uncertain: true } : {}),
      ...surroundingsOf(nested),
    };
    const reaction = machine.sink.code(nested.lang, withHoles(code, 'CODEX_GUARD_HOLE'), near, context);
    // What it makes up itself stands in the text and was read; only what it fetches is new.
    if (reaction.fetches) noteWritten(reaction, machine);
    for (const run of reaction.runs) runNested(run, started, inner);
  }
  return ANYTHING;
}

/** The file and the arguments that code has, as its language counts them. */
function surroundingsOf(
  nested: Nested & { readonly kind: 'code' | 'file' },
): Pick<CodeContext, 'file' | 'args'> {
  if (nested.kind === 'code') return nested.args ? { args: nested.args } : {};
  const { path, args } = nested;
  return {
    ...(path.text === undefined ? {} : { file: path.text }),
    ...(args ? { args: [path, ...args] } : {}),
  };
}

export function runAlias(
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

export function runFunction(
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

/** Runs a word as shell text: `trap`, `mapfile -C`. */
export function runCodeWord(word: Word, via: string, started: Started, place: Place): void {
  runCode(
    fromWord(word),
    word.span,
    via,
    withSettings(started, place),
    place.frame,
    { stdin: undefined, piped: place.io.piped },
    place.machine,
    place.runScript,
  );
}
