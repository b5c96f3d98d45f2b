/** Runs a syntax tree on abstract state: lists, pipelines, branches, loops, functions. Simple commands are start.ts. */

import {
  type AndOr,
  type ArithmeticExpression,
  type Case,
  type CommandNode,
  type CompoundList,
  type For,
  forEachChild,
  type If,
  type ParsedScript,
  type PipelineNode,
  type Redirected,
  type Select,
  type Statement,
  type SyntaxNode,
  type While,
} from 'unbash';
import { everyChoice } from './choices.ts';
import { expandText, expandWords } from './expand.ts';
import { openExpander } from './expander.ts';
import { MAX_ALTERNATIVES } from './limits.ts';
import { deeper, type Frame, type Io, type Machine, type ShellState } from './machine.ts';
import { openRedirects, runSimple } from './start.ts';
import { assign, become, fork, joinInto } from './state.ts';
import {
  ANYTHING,
  concatOptions,
  fromWord,
  joinOptions,
  NO_OUTPUT,
  type Options,
  onlyText,
  UNKNOWN,
} from './value.ts';

/** Most passes over a `for` list that are followed one by one. */
const MAX_PASSES = 32;

/** Runs a parsed script; returns what it may print. */
export function runScript(
  script: ParsedScript,
  state: ShellState,
  frame: Frame,
  io: Io,
  machine: Machine,
): Options {
  // Escaped backticks are parsed from a decoded copy, whose positions mean nothing in our text.
  const own = script.source === undefined ? frame : { ...frame, spanOf: () => frame.spanOf(script) };
  return runStatements(script.commands, state, own, io, machine);
}

function runStatements(
  statements: readonly Statement[],
  state: ShellState,
  frame: Frame,
  io: Io,
  machine: Machine,
): Options {
  let output: Options = NO_OUTPUT;
  for (const statement of statements) {
    const target = statement.background ? fork(state) : state;
    output = concatOptions(output, runAndOr(statement.command, target, frame, io, machine));
    if (state.cwdIfFailed !== undefined) {
      state.cwd = joinOptions(state.cwd, state.cwdIfFailed);
      state.cwdIfFailed = undefined;
    }
  }
  return output;
}

function runList(list: CompoundList, state: ShellState, frame: Frame, io: Io, machine: Machine): Options {
  return deeper(machine, frame, frame.spanOf(list), ANYTHING, () =>
    runStatements(list.commands, state, frame, io, machine),
  );
}

/** Programs after which a list goes on as if they had succeeded; after others both outcomes are kept apart. */
const EXPECTED_TO_SUCCEED = new Set([
  'cd',
  'pushd',
  'mkdir',
  'export',
  'set',
  'echo',
  'printf',
  'true',
  ':',
  'source',
  '.',
  'git',
  'cp',
  'mv',
  'rm',
  'touch',
  'tar',
  'unzip',
  'npm',
  'pnpm',
  'yarn',
  'python',
  'python3',
  'pip',
  'sleep',
  'ls',
  'pwd',
]);

function runAndOr(
  node: AndOr | PipelineNode,
  state: ShellState,
  frame: Frame,
  io: Io,
  machine: Machine,
): Options {
  if (node.type !== 'AndOr') return runPipeline(node, state, frame, io, machine);
  let output: Options = NO_OUTPUT;
  let sure = true;
  const skipped: ShellState[] = [];
  node.commands.forEach((command, i) => {
    if (i > 0 && node.operators[i - 1] === '||') {
      const branch = fork(state);
      if (state.cwdIfFailed !== undefined) branch.cwd = state.cwdIfFailed;
      branch.cwdIfFailed = undefined;
      output = concatOptions(
        output,
        joinOptions(runPipeline(command, branch, frame, io, machine), NO_OUTPUT),
      );
      if (leaves(command)) state.cwdIfFailed = undefined;
      else joinInto(state, [branch]);
      return;
    }
    if (i > 0 && !sure) skipped.push(fork(state));
    output = concatOptions(output, runPipeline(command, state, frame, io, machine));
    if (!EXPECTED_TO_SUCCEED.has(programName(command) ?? '')) sure = false;
  });
  joinInto(state, skipped);
  return output;
}

/** True for `exit`, `return`, `break`, `continue` and groups that end with them. */
function leaves(node: PipelineNode): boolean {
  if (node.type === 'BraceGroup') {
    const last = node.body.commands.at(-1)?.command;
    return last !== undefined && last.type !== 'AndOr' && leaves(last);
  }
  return ['exit', 'return', 'break', 'continue'].includes(programName(node) ?? '');
}

function programName(node: PipelineNode): string | undefined {
  return node.type === 'Command' ? (node.name?.value ?? ':') : undefined;
}

function runPipeline(node: PipelineNode, state: ShellState, frame: Frame, io: Io, machine: Machine): Options {
  if (node.type !== 'Pipeline') return runCommand(node, state, frame, io, machine);
  if (node.commands.length === 1)
    return runCommand(node.commands[0] as CommandNode, state, frame, io, machine);
  let stdin = io.stdin;
  let output: Options = NO_OUTPUT;
  node.commands.forEach((command, i) => {
    const last = i === node.commands.length - 1;
    // Each part is a subshell; with `lastpipe` or in zsh the last one is not, so what it sets is kept as a possibility.
    const part = fork(state);
    output = runCommand(command, part, frame, { stdin, piped: last ? io.piped : true }, machine);
    if (last) joinInto(state, [part]);
    stdin = { kind: 'text', options: output };
  });
  return output;
}

function runCommand(node: CommandNode, state: ShellState, frame: Frame, io: Io, machine: Machine): Options {
  machine.meter.step();
  switch (node.type) {
    case 'Command':
      return runSimple(node, state, frame, io, machine, runScript);
    case 'Redirected':
      return runRedirected(node, state, frame, io, machine);
    case 'BraceGroup':
      return runList(node.body, state, frame, io, machine);
    case 'Subshell':
      return runList(node.body, fork(state), frame, io, machine);
    case 'If':
      return runIf(node, state, frame, io, machine);
    case 'For':
    case 'Select':
      return runFor(node, state, frame, io, machine);
    case 'While':
      return runLoop(
        () =>
          concatOptions(
            runList(node.clause, state, frame, io, machine),
            runList(node.body, state, frame, io, machine),
          ),
        state,
      );
    case 'ArithmeticFor': {
      for (const part of [node.initialize, node.test, node.update])
        runArithmetic(part, state, frame, machine);
      return runLoop(() => runList(node.body, state, frame, io, machine), state);
    }
    case 'Case':
      return runCase(node, state, frame, io, machine);
    case 'TestCommand':
      touchWords(node, state, frame, machine, true);
      return NO_OUTPUT;
    case 'ArithmeticCommand':
      runArithmetic(node.expression, state, frame, machine);
      return NO_OUTPUT;
    case 'Function':
      state.functions.set(node.name.value, { body: node.body, frame });
      return NO_OUTPUT;
    case 'Coproc':
      if (node.body.type === 'CompoundList') return runList(node.body, fork(state), frame, io, machine);
      return runCommand(node.body, fork(state), frame, io, machine);
  }
}

/** Runs a function's body. */
export function runBody(
  body: CommandNode | CompoundList,
  state: ShellState,
  frame: Frame,
  io: Io,
  machine: Machine,
): Options {
  if (body.type === 'CompoundList') return runList(body, state, frame, io, machine);
  return deeper(machine, frame, frame.spanOf(body), ANYTHING, () =>
    runCommand(body, state, frame, io, machine),
  );
}

function runRedirected(node: Redirected, state: ShellState, frame: Frame, io: Io, machine: Machine): Options {
  const ex = openExpander(state, frame, machine, runScript, () => 0);
  const opened = openRedirects(node.redirects, ex, machine);
  opened.announce(state, frame, machine);
  const output = runCommand(
    node.command,
    state,
    frame,
    { stdin: opened.stdin ?? io.stdin, piped: io.piped },
    machine,
  );
  return opened.deliver(output, state, machine);
}

function runIf(node: If, state: ShellState, frame: Frame, io: Io, machine: Machine): Options {
  let output = runList(node.clause, state, frame, io, machine);
  const ends: ShellState[] = [];
  const outputs: Options[] = [];
  const branch = (list: CompoundList): void => {
    const taken = fork(state);
    outputs.push(runList(list, taken, frame, io, machine));
    ends.push(taken);
  };
  branch(node.then);
  for (const elif of node.elif) {
    output = concatOptions(output, runList(elif.clause, state, frame, io, machine));
    branch(elif.then);
  }
  if (node.else !== undefined) branch(node.else);
  else {
    ends.push(fork(state));
    outputs.push(NO_OUTPUT);
  }
  become(state, ends[0] as ShellState);
  joinInto(state, ends.slice(1));
  return concatOptions(output, joinOptions(...outputs));
}

function runCase(node: Case, state: ShellState, frame: Frame, io: Io, machine: Machine): Options {
  const ex = openExpander(state, frame, machine, runScript, () => 0);
  expandText(node.word, ex);
  const outputs: Options[] = [NO_OUTPUT];
  const ends: ShellState[] = [];
  for (const item of node.items) {
    for (const pattern of item.pattern) expandText(pattern, ex);
    const taken = fork(state);
    outputs.push(runList(item.body, taken, frame, io, machine));
    ends.push(taken);
  }
  joinInto(state, ends);
  return joinOptions(...outputs);
}

function runFor(node: For | Select, state: ShellState, frame: Frame, io: Io, machine: Machine): Options {
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
    return runLoop(() => runList(node.body, state, frame, io, machine), state);
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
function runLoop(body: () => Options, state: ShellState): Options {
  const before = fork(state);
  const first = body();
  const changed = [...state.variables].some(([name, value]) => before.variables.get(name) !== value);
  joinInto(state, [before]);
  if (!changed) return joinOptions(NO_OUTPUT, first);
  const middle = fork(state);
  const second = body();
  joinInto(state, [middle]);
  return joinOptions(NO_OUTPUT, first, second, concatOptions(first, second));
}

const ASSIGNING =
  /(?:^|[^\w$])([A-Za-z_]\w*)\s*(?:[-+*/%&|^]|<<|>>)?=(?!=)|([A-Za-z_]\w*)\s*(?:\+\+|--)|(?:\+\+|--)\s*([A-Za-z_]\w*)/g;

/** Runs substitutions inside an arithmetic expression; variables it sets become unknown. */
export function runArithmetic(
  expression: ArithmeticExpression | undefined,
  state: ShellState,
  frame: Frame,
  machine: Machine,
): void {
  if (expression === undefined) return;
  touchWords(expression, state, frame, machine, true);
}

/** Variables that an arithmetic text sets become unknown. */
export function forgetAssigned(text: string, state: ShellState): void {
  for (const match of text.matchAll(ASSIGNING))
    assign(state, (match[1] ?? match[2] ?? match[3]) as string, ANYTHING);
}

/**
 * Runs every substitution below a node without running commands of its own: `[[ … ]]` and arithmetic.
 *
 * @param again bash evaluates the words there a second time, so that text in variables can hold substitutions too
 */
function touchWords(
  root: SyntaxNode,
  state: ShellState,
  frame: Frame,
  machine: Machine,
  again: boolean,
): void {
  const ex = openExpander(state, frame, machine, runScript, () => 0);
  const stack: SyntaxNode[] = [root];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    machine.meter.step();
    if (node.type === 'CommandExpansion' || node.type === 'ArithmeticCommandExpansion') {
      ex.substitute(node.script, node);
      continue;
    }
    if (node.type === 'ProcessSubstitution') {
      ex.openProcess(node);
      continue;
    }
    if (node.type === 'ArithmeticWord') {
      forgetAssigned(node.value, state);
      if (again) ex.evaluateAgain(namedValue(node.value, state));
    }
    if (
      node.type === 'ArithmeticBinary' &&
      /^(?:[-+*/%&|^]|<<|>>)?=$/.test(node.operator) &&
      node.left.type === 'ArithmeticWord'
    )
      assign(state, node.left.value, ANYTHING);
    if (
      node.type === 'ArithmeticUnary' &&
      (node.operator === '++' || node.operator === '--') &&
      node.operand.type === 'ArithmeticWord'
    )
      assign(state, node.operand.value, ANYTHING);
    if (node.type === 'TestUnary' && node.operator === '-v' && again)
      ex.evaluateAgain(expandText(node.operand, ex));
    if (node.type === 'TestBinary' && /^-(?:eq|ne|lt|le|gt|ge)$/.test(node.operator)) {
      ex.evaluateAgain(expandText(node.left, ex));
      ex.evaluateAgain(expandText(node.right, ex));
    }
    forEachChild(node, (child) => {
      stack.push(child);
    });
  }
}

/** Arithmetic reads a variable's value as an expression of its own. */
function namedValue(name: string, state: ShellState): readonly string[] {
  const variable = state.variables.get(name.trim());
  const text = variable?.kind === 'scalar' ? onlyText(variable.options) : undefined;
  return text === undefined ? [name] : [text];
}
