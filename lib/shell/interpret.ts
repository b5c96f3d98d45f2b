/** The door of the shell room: a command text becomes program starts, told to a sink in order. */

import type { HostView } from '../types/host.ts';
import type { Word } from '../types/text.ts';
import { runScript } from './execute.ts';
import { openMeter } from './limits.ts';
import { endOnLimit, type Frame, type Machine, report, type Sink } from './machine.ts';
import { parseShell } from './parse.ts';
import { newState } from './state.ts';
import { fromWord } from './value.ts';
import { ONE_WORLD } from './worlds.ts';

export type { Reaction, Sink } from './machine.ts';

export interface ShellOptions {
  readonly host: HostView;
  /** Directory the text runs in. */
  readonly cwd: Word;
  /** Variables known beforehand: HOME, USER, TMPDIR. Of several values it has one. */
  readonly environment: ReadonlyMap<string, string | readonly string[]>;
  readonly sink: Sink;
  /** Moment of `performance.now()` after which reading stops, in milliseconds. */
  readonly deadline: number;
}

export interface ShellReading {
  /** `whole`: all was understood; `partial`: some was not, the rest was still followed; `opaque`: nothing was. */
  readonly parse: 'whole' | 'partial' | 'opaque';
  /** What stood in the way, one clause each. */
  readonly problems: readonly string[];
}

/**
 * Follows what a shell text would run.
 *
 * Never throws for what the text holds; limits become `opaque` effects at the sink.
 */
export function readShell(text: string, options: ShellOptions): ShellReading {
  const whole = { start: 0, end: text.length };
  const frame: Frame = { spanOf: (node) => ({ start: node.pos, end: node.end }), via: [], codeDepth: 0 };
  const machine: Machine = {
    host: options.host,
    sink: options.sink,
    meter: openMeter(options.deadline),
    problems: new Set(),
    files: new Map(),
    pipes: 0,
    depth: 0,
    calls: 0,
    possible: 0,
    outcome: undefined,
    reported: undefined,
    worlds: options.sink.worlds ?? ONE_WORLD,
  };
  const parsed = parseShell(text);
  for (const problem of parsed.problems) machine.problems.add(problem);
  if (parsed.script === undefined) {
    report(
      machine,
      frame,
      whole,
      parsed.problems[0] ?? 'it cannot be parsed',
      parsed.tooLarge ? 'limit' : 'syntax',
    );
    return { parse: 'opaque', problems: [...machine.problems] };
  }
  // bash runs line by line: what stands before an error runs, so a broken text is still followed.
  if (parsed.problems.length > 0)
    report(machine, frame, whole, `it is not whole (${parsed.problems[0]})`, 'syntax');
  try {
    runScript(
      parsed.script,
      newState<Frame>(fromWord(options.cwd), options.environment),
      frame,
      { stdin: undefined, piped: false },
      machine,
    );
  } catch (error) {
    endOnLimit(error, machine, frame, whole);
  }
  return { parse: machine.problems.size === 0 ? 'whole' : 'partial', problems: [...machine.problems] };
}
