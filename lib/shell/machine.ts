/** What every part of a shell reading shares: the host, the sink, the frames. Owns reporting and the entry into texts inside texts. */

import type { Word as TreeWord } from 'unbash';
import type { OpaqueEffect } from '../types/effect.ts';
import { LimitError } from '../types/errors.ts';
import type { HostView } from '../types/host.ts';
import type { Invocation, Language, Nested, Place } from '../types/invocation.ts';
import type { Span, Word } from '../types/text.ts';
import { MAX_CODE_DEPTH, MAX_DEPTH, type Meter } from './limits.ts';
import { parseShell } from './parse.ts';
import { fork, isSame, type State } from './state.ts';
import { ANYTHING, isRemote, knownText, type Options, type Text } from './value.ts';
import type { World, Worlds } from './worlds.ts';

/** What a program start does, as far as the shell has to go on with it. */
export interface Reaction {
  /** Shell text, script files and words that it runs in turn; other languages are the caller's. */
  readonly runs: readonly Nested[];
  /** What it prints, when that is known. */
  readonly stdout?: string;
  /** Shapes of the lines it prints (`find`), when not the lines themselves. */
  readonly prints?: readonly Word[];
  /** Whether it ends with 0, when that is known. */
  readonly succeeds?: boolean;
  /** What it prints or writes comes from the network. */
  readonly fetches?: boolean;
  /** Files whose content it sets to something unknown. */
  readonly wrote?: readonly Word[];
}

/** Where a reading goes. Called in the order in which things would happen. */
export interface Sink {
  readonly start: (invocation: Invocation) => Reaction;
  /** Code in another language than the shell's; `context` says where and how it runs. */
  readonly code: (lang: Language, code: string, near: Word, context: CodeContext) => Reaction;
  readonly opaque: (effect: OpaqueEffect) => void;
  /** A redirect put text that is known into a file, given by its absolute path; `appends` = behind what it held. */
  readonly wrote?: (path: string, text: string, appends: boolean) => void;
  /** For a sink that keeps what programs change: lets it know which of them are alternatives. */
  readonly worlds?: Worlds;
}

/** Where code in another language runs. */
export interface CodeContext {
  readonly cwd: Word;
  readonly via: readonly string[];
  readonly place?: Place;
  /** True when it only may run. */
  readonly uncertain?: boolean;
  /** Path of the file that holds it; absent for a text of a command. */
  readonly file?: string;
  /** What stands for itself, and its arguments; absent when nobody knows them. */
  readonly args?: readonly Word[];
}

/** The text that positions belong to, and how it was reached. */
export interface Frame {
  readonly spanOf: (node: { readonly pos: number; readonly end: number }) => Span;
  readonly via: readonly string[];
  readonly place?: Place;
  readonly codeDepth: number;
  /** The texts that it stands in, each with what was so when it was reached. */
  readonly entries?: readonly Entry[];
}

/** What a text inside a text starts from. */
interface Entry {
  readonly text: string;
  readonly state: ShellState;
  readonly stdin: Stdin;
  readonly world: World;
  readonly files: ReadonlyMap<string, Options>;
}

/** Standard input of a command. */
export type Stdin =
  | { readonly kind: 'text'; readonly options: Options }
  | { readonly kind: 'file'; readonly path: Word }
  | undefined;

export interface Io {
  readonly stdin: Stdin;
  readonly piped: boolean;
}

export type ShellState = State<Frame>;

/** One reading. */
export interface Machine {
  readonly host: HostView;
  readonly sink: Sink;
  readonly meter: Meter;
  readonly problems: Set<string>;
  /** Files that the text itself wrote, by absolute path, and `<(…)` pipes. */
  readonly files: Map<string, Options>;
  /** Names for `<(…)`, in order. */
  pipes: number;
  depth: number;
  /** Depth of function calls, to end recursion. */
  calls: number;
  /** Depth of steps that only may run. */
  possible: number;
  /** Whether the last command succeeded, where that is known. */
  outcome: boolean | undefined;
  /** The words of the last program that knew whether it would succeed, and whether. */
  reported: { readonly argv: readonly Word[]; readonly succeeds: boolean } | undefined;
  readonly worlds: Worlds;
}

/** Runs `body` one level deeper; says so and gives `otherwise` when that is too deep. */
export function deeper<T>(machine: Machine, frame: Frame, near: Span, otherwise: T, body: () => T): T {
  if (machine.depth >= MAX_DEPTH) {
    report(machine, frame, near, 'it is nested too deeply', 'limit');
    return otherwise;
  }
  machine.depth++;
  try {
    return body();
  } finally {
    machine.depth--;
  }
}

/** Reports something that cannot be seen through. */
export function report(
  machine: Machine,
  frame: Frame,
  span: Span,
  why: string,
  cause: OpaqueEffect['cause'],
): void {
  // What only may run needs no judgement as a whole; a limit ends the reading of everything.
  if (machine.possible > 0 && cause !== 'limit') return;
  machine.sink.opaque({
    kind: 'opaque',
    why,
    cause,
    span,
    via: frame.via,
    ...(frame.place === undefined ? {} : { place: frame.place }),
  });
}

/** Name that stands for a hole in code whose other parts are known; nothing ever sets it. */
const HOLE_NAME = '__codex_guard_hole';

/** The code with its holes as references to a variable that nobody knows. */
export function withHoles(text: Text, sign = `\${${HOLE_NAME}}`): string {
  return text.map((piece) => (typeof piece === 'string' ? piece : sign)).join('');
}

export type ScriptRunner = (
  script: NonNullable<ReturnType<typeof parseShell>['script']>,
  state: ShellState,
  frame: Frame,
  io: Io,
  machine: Machine,
) => Options;

/**
 * Runs a text inside a text (`bash -c`, `eval`, a script).
 *
 * @param near where the text stands in the outer one; all spans inside map to it
 * @returns what it may print
 */
export function runCode(
  code: Text,
  near: Span,
  via: string,
  state: ShellState,
  frame: Frame,
  io: Io,
  machine: Machine,
  runScript: ScriptRunner,
  place?: Place,
): Options {
  machine.meter.step();
  if (isRemote(code)) {
    report(machine, frame, near, `${via} runs text from the network`, 'remote');
    return ANYTHING;
  }
  const known = knownText(code);
  if (known === undefined && code.every((piece) => typeof piece !== 'string' || piece.trim() === '')) {
    report(machine, frame, near, `${via} runs text that is known only when it runs`, 'dynamic');
    return ANYTHING;
  }
  const entry: Entry = {
    text: known ?? withHoles(code),
    state: fork(state),
    stdin: io.stdin,
    world: machine.worlds.now(),
    files: new Map(machine.files),
  };
  // `build` that starts `turbo run build`, which starts every `build`: from the same start it does the same again.
  if (frame.entries?.some((earlier) => isSameEntry(earlier, entry))) return ANYTHING;
  if (frame.codeDepth >= MAX_CODE_DEPTH) {
    report(machine, frame, near, 'texts inside texts are nested too deeply', 'limit');
    return ANYTHING;
  }
  const parsed = parseShell(entry.text);
  if (machine.possible === 0) for (const problem of parsed.problems) machine.problems.add(problem);
  if (parsed.problems.length > 0) {
    report(
      machine,
      frame,
      near,
      `the text of ${via} is not whole (${parsed.problems[0]})`,
      parsed.tooLarge ? 'limit' : 'syntax',
    );
  }
  if (parsed.script === undefined) return ANYTHING;
  const inner: Frame = {
    spanOf: () => near,
    via: [...frame.via, via],
    codeDepth: frame.codeDepth + 1,
    entries: [...(frame.entries ?? []), entry],
    ...placeOf(place ?? frame.place),
  };
  const script = parsed.script;
  return deeper(machine, inner, near, ANYTHING, () => runScript(script, state, inner, io, machine));
}

/** True when a text is reached again and nothing has changed that it could go by. */
function isSameEntry(a: Entry, b: Entry): boolean {
  return (
    a.text === b.text &&
    a.world === b.world &&
    a.files.size === b.files.size &&
    [...a.files].every(([path, options]) => b.files.get(path) === options) &&
    JSON.stringify(a.stdin) === JSON.stringify(b.stdin) &&
    isSame(a.state, b.state)
  );
}

function placeOf(place: Place | undefined): { place?: Place } {
  return place === undefined ? {} : { place };
}

/** Parses one raw word, for brace expansion. */
export function parseWord(raw: string): TreeWord | undefined {
  const command = parseShell(`: ${raw}`).script?.commands[0]?.command;
  const word = command?.type === 'Command' ? command.suffix[0] : undefined;
  return word?.type === 'Word' ? word : undefined;
}

/** Ends a reading that took too much, as an effect instead of an error. */
export function endOnLimit(error: unknown, machine: Machine, frame: Frame, span: Span): void {
  if (!(error instanceof LimitError) && !(error instanceof RangeError)) throw error;
  const why = error instanceof LimitError ? error.message : 'it is nested too deeply';
  machine.problems.add(why);
  report(machine, frame, span, why, 'limit');
}
