/** Runs a syntax tree on abstract state: lists, pipelines, branches, loops, functions. Simple commands are start.ts. */

import type {
  AndOr,
  CommandNode,
  CompoundList,
  ParsedScript,
  PipelineNode,
  Redirected,
  Statement,
  TestCommand,
} from 'unbash';
import { expandText } from './expand.ts';
import { openExpander } from './expander.ts';
import { runCase, runFor, runIf, runLoop } from './flow.ts';
import { deeper, type Frame, type Io, type Machine, type ShellState } from './machine.ts';
import { not, outcomeOfTest } from './outcome.ts';
import { openRedirects } from './redirects.ts';
import { runArithmetic, touchWords } from './second-evaluation.ts';
import { runSimple } from './start.ts';
import { fork, joinInto } from './state.ts';
import { ANYTHING, concatOptions, joinOptions, knownText, NO_OUTPUT, type Options } from './value.ts';
import { openChain, perhaps } from './worlds.ts';

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
    const run = () => runAndOr(statement.command, target, frame, io, machine);
    // What runs in the background may be done by then, or not yet.
    output = concatOptions(output, statement.background ? perhaps(machine, run) : run());
    if (state.cwdIfFailed !== undefined) {
      state.cwd = joinOptions(state.cwd, state.cwdIfFailed);
      state.cwdIfFailed = undefined;
    }
  }
  return output;
}

/** Runs a compound list one level deeper. */
export function runList(
  list: CompoundList,
  state: ShellState,
  frame: Frame,
  io: Io,
  machine: Machine,
): Options {
  return deeper(machine, frame, frame.spanOf(list), ANYTHING, () =>
    runStatements(list.commands, state, frame, io, machine),
  );
}

/** Programs that nobody starts in order to see them fail. */
const STEADY: ReadonlySet<string> = new Set(
  'cd pushd mkdir export set echo printf git sleep pwd touch'.split(' '),
);

/** Programs after which a list goes on as if they had succeeded; after others both outcomes are kept apart. */
const EXPECTED_TO_SUCCEED: ReadonlySet<string> = new Set([
  ...STEADY,
  ...['true', ':', 'source', '.', 'cp', 'mv', 'rm', 'tar', 'unzip', 'ls'],
  ...['npm', 'pnpm', 'yarn', 'python', 'python3', 'pip'],
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
  const chain = openChain(machine);
  node.commands.forEach((command, i) => {
    const operator = i === 0 ? undefined : node.operators[i - 1];
    const name = programName(command) ?? '';
    const part = { operator, leaves: leaves(command), isExpected: STEADY.has(name) };
    chain.run(part, () => {
      if (operator === '||') {
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
      if (!EXPECTED_TO_SUCCEED.has(name)) sure = false;
    });
  });
  chain.end();
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
  if (node.commands.length === 1) {
    const output = runCommand(node.commands[0] as CommandNode, state, frame, io, machine);
    if (node.prefixes.some(({ type }) => type === 'Negation')) machine.outcome = not(machine.outcome);
    return output;
  }
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
  machine.outcome = undefined;
  return output;
}

function runCommand(node: CommandNode, state: ShellState, frame: Frame, io: Io, machine: Machine): Options {
  machine.meter.step();
  machine.outcome = undefined;
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
        machine,
      );
    case 'ArithmeticFor': {
      for (const part of [node.initialize, node.test, node.update])
        runArithmetic(part, state, frame, machine);
      return runLoop(() => runList(node.body, state, frame, io, machine), state, machine);
    }
    case 'Case':
      return runCase(node, state, frame, io, machine);
    case 'TestCommand':
      runTest(node, state, frame, machine);
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

function runTest(node: TestCommand, state: ShellState, frame: Frame, machine: Machine): void {
  const { ex, isOnly } = touchWords(node, state, frame, machine, true);
  const outcome = outcomeOfTest(node.expression, (word) => knownText(expandText(word, ex)));
  machine.outcome = isOnly() ? outcome : undefined;
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
    { stdin: opened.stdin ?? io.stdin, piped: io.piped && !opened.diverted },
    machine,
  );
  return opened.deliver(output, state, machine);
}
