/** Branches and loops on abstract state. */

import type { Case, CompoundList, For, If, Select } from 'unbash';
import { everyChoice } from './choices.ts';
import { runList, runScript } from './execute.ts';
import { expandText, expandWords } from './expand.ts';
import { openExpander } from './expander.ts';
import { MAX_ALTERNATIVES } from './limits.ts';
import type { Frame, Io, Machine, ShellState } from './machine.ts';
import { assign, become, fork, joinInto } from './state.ts';
import { ANYTHING, concatOptions, fromWord, joinOptions, NO_OUTPUT, type Options, UNKNOWN } from './value.ts';
import { aside, goToAny, perhaps, type World } from './worlds.ts';

/** Most passes over a `for` list that are followed one by one. */
const MAX_PASSES = 32;

/** Both branches may be taken, so both are followed and their ends joined. */
export function runIf(node: If, state: ShellState, frame: Frame, io: Io, machine: Machine): Options {
  let output = runList(node.clause, state, frame, io, machine);
  const ends: ShellState[] = [];
  const outputs: Options[] = [];
  const ways: World[] = [];
  /** False behind a condition that holds. */
  let isReached = true;
  const branch = (list: CompoundList | undefined, outcome: boolean | undefined): void => {
    const taken = fork(state);
    const end = aside(machine, () => {
      outputs.push(list === undefined ? NO_OUTPUT : runList(list, taken, frame, io, machine));
    });
    ends.push(taken);
    if (isReached && outcome !== false) ways.push(end);
    if (outcome === true) isReached = false;
  };
  branch(node.then, machine.outcome);
  for (const elif of node.elif) {
    output = concatOptions(output, runList(elif.clause, state, frame, io, machine));
    branch(elif.then, machine.outcome);
  }
  branch(node.else, undefined);
  become(state, ends[0] as ShellState);
  joinInto(state, ends.slice(1));
  goToAny(machine, ways);
  machine.outcome = undefined;
  return concatOptions(output, joinOptions(...outputs));
}

/** Every branch may be taken. */
export function runCase(node: Case, state: ShellState, frame: Frame, io: Io, machine: Machine): Options {
  const ex = openExpander(state, frame, machine, runScript, () => 0);
  expandText(node.word, ex);
  const outputs: Options[] = [NO_OUTPUT];
  const ends: ShellState[] = [];
  const ways: World[] = [machine.worlds.now()];
  for (const item of node.items) {
    for (const pattern of item.pattern) expandText(pattern, ex);
    const taken = fork(state);
    const end = aside(machine, () => {
      outputs.push(runList(item.body, taken, frame, io, machine));
    });
    ends.push(taken);
    ways.push(end);
  }
  joinInto(state, ends);
  goToAny(machine, ways);
  machine.outcome = undefined;
  return joinOptions(...outputs);
}

/** Follows a list pass by pass while it is short, else once with an unknown variable. */
export function runFor(
  node: For | Select,
  state: ShellState,
  frame: Frame,
  io: Io,
  machine: Machine,
): Options {
  const name = node.name.value;
  const list = node.wordlist;
  const words =
    list === undefined
      ? (state.positional ?? [[UNKNOWN]]).map((text) => ({ text, glob: false }))
      : everyChoice(MAX_ALTERNATIVES, (choose) =>
          expandWords(list, openExpander(state, frame, machine, runScript, choose)),
        )
          .results.flat()
          .map((word) => ({ text: fromWord(word), glob: word.glob }));
  const unique = [...new Map(words.map((word) => [JSON.stringify(word), word])).values()];
  if (unique.length === 0) return NO_OUTPUT;
  if (unique.length > MAX_PASSES) {
    assign(state, name, ANYTHING);
    return runLoop(() => runList(node.body, state, frame, io, machine), state, machine);
  }
  let output: Options = NO_OUTPUT;
  for (const word of unique) {
    assign(state, name, [word.text]);
    if (word.glob) state.patterns.add(name);
    output = concatOptions(output, runList(node.body, state, frame, io, machine));
  }
  return output;
}

/** Runs a loop's body until what it changes is taken into account: once, and again when its variables changed. */
export function runLoop(body: () => Options, state: ShellState, machine: Machine): Options {
  const before = fork(state);
  const first = perhaps(machine, body);
  machine.outcome = undefined;
  const changed = [...state.variables].some(([name, value]) => before.variables.get(name) !== value);
  joinInto(state, [before]);
  if (!changed) return joinOptions(NO_OUTPUT, first);
  const middle = fork(state);
  const second = perhaps(machine, body);
  machine.outcome = undefined;
  joinInto(state, [middle]);
  return joinOptions(NO_OUTPUT, first, second, concatOptions(first, second));
}
