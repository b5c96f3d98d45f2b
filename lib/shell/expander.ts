/** Ties word expansion to the machine: runs the substitutions that words hold. */

import type { ParsedScript } from 'unbash';
import type { Choose } from './choices.ts';
import type { Expander } from './expand.ts';
import {
  deeper,
  type Frame,
  type Machine,
  parseWord,
  runCode,
  type ScriptRunner,
  type ShellState,
} from './machine.ts';
import { runArithmetic } from './second-evaluation.ts';
import { fork } from './state.ts';
import { ANYTHING, knownText, type Options, withoutHoles } from './value.ts';

/**
 * An expander for one command. Each substitution runs once, however many alternatives the command has.
 *
 * @param memo results by syntax node, shared by the alternatives
 */
export function openExpander(
  state: ShellState,
  frame: Frame,
  machine: Machine,
  runScript: ScriptRunner,
  choose: Choose,
  memo: Map<object, Options | string> = new Map(),
): Expander {
  const quiet = { stdin: undefined, piped: true } as const;
  const run = (script: ParsedScript | undefined, part: object): Options => {
    const earlier = memo.get(part);
    if (earlier !== undefined) return earlier as Options;
    const result =
      script === undefined
        ? ANYTHING
        : deeper(machine, frame, frame.spanOf(script), ANYTHING, () =>
            runScript(script, fork(state), frame, quiet, machine),
          );
    memo.set(part, result);
    return result;
  };
  return {
    state,
    choose,
    home: machine.host.home,
    substitute: run,
    openProcess: (part) => {
      const earlier = memo.get(part);
      if (earlier !== undefined) return earlier as string;
      const path = `/dev/fd/${63 + machine.pipes++}`;
      memo.set(part, path);
      const output =
        part.script === undefined ? ANYTHING : runScript(part.script, fork(state), frame, quiet, machine);
      machine.files.set(path, part.operator === '<' ? output : ANYTHING);
      return path;
    },
    arithmetic: (expression) => {
      if (expression === undefined || memo.has(expression)) return;
      memo.set(expression, '');
      runArithmetic(expression, state, frame, machine);
    },
    evaluateAgain: (text) => {
      const code = withoutHoles(text);
      if (!code.includes('$(') && !code.includes('`')) return;
      if (knownText(text) === undefined && !/\$\(|`/.test(code)) return;
      runCode(
        [`: "${code.replaceAll('"', '')}"`],
        frame.spanOf({ pos: 0, end: 0 }),
        'second evaluation',
        fork(state),
        frame,
        quiet,
        machine,
        runScript,
      );
    },
    parseWord,
    spanOf: frame.spanOf,
  };
}
