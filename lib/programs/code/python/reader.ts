/** Reads Python: the syntax tree drives the machine. What the functions do is in python-calls.ts. */

import { opaque } from '../../effects.ts';
import type { Outcome } from '../../page.ts';
import { type Machine, readWith, type Surroundings } from '../machine.ts';
import { walk } from '../tree.ts';
import * as v from '../value.ts';
import { pythonDialect } from './calls.ts';
import { LEAVE } from './expressions.ts';
import { assign, isMethod, type Reading, type Values } from './reading.ts';
import { hasSkipped, parseWithin, SENSITIVE, type Tree, treeOf } from './syntax.ts';

/** What a Python text does. */
export function readPython(code: string, around: Surroundings): Outcome {
  const { parsed, isWhole } = parseWithin(code);
  const tree = treeOf(parsed);
  const outcome = readWith(pythonDialect(), around, (machine) => readTree(code, tree, machine));
  // Python itself would not run it; but where only this parser is wrong, something may have been missed.
  const isDoubtful = isWhole && SENSITIVE.test(code) && hasSkipped(code, parsed);
  if (isWhole && !isDoubtful) return outcome;
  const missed = isWhole
    ? opaque(around.near, 'its code cannot be parsed', 'syntax')
    : opaque(around.near, 'its code takes too long to parse', 'limit');
  return { ...outcome, effects: [...outcome.effects, missed] };
}

function readTree(code: string, root: Tree, machine: Machine): void {
  const reading: Reading = {
    machine,
    textOf: (node) => code.slice(node.from, node.to),
    targets: new Map(),
    parameters: new Map(),
    arguments: new Map(),
  };
  walk(root, {
    isOver: machine.isLate,
    before: (node, index) => before(reading, node, index),
    after: (node, index, values) => after(reading, node, index, values),
    leave: (node, values) => LEAVE[node.name]?.(reading, node, values) ?? unknownOf(values),
  });
}

function unknownOf(values: Values): v.Value {
  return values.length === 1 ? (values[0] as v.Value) : v.UNKNOWN;
}

const BRANCHING = new Set(['IfStatement', 'ForStatement', 'WhileStatement', 'MatchBody', 'TryStatement']);

/** Branches and functions begin before their body does. */
function before({ machine, textOf, parameters }: Reading, node: Tree, index: number): void {
  if (index === 0 && BRANCHING.has(node.name)) machine.enterBranches();
  const child = node.children[index] as Tree;
  if (node.name === 'FunctionDefinition' && child.name === 'Body') {
    const name = node.children.find((one) => one.name === 'VariableName');
    machine.startRoutine(
      node.from,
      name && isMethod(node) ? textOf(name) : undefined,
      parameters.get(node) ?? [],
    );
  } else if (
    node.name === 'LambdaExpression' &&
    index === node.children.findIndex((one) => one.name === ':') + 1
  ) {
    machine.startRoutine(node.from, undefined, parameters.get(node) ?? []);
  } else if (isBranch(node, child, index)) {
    if (node.children[index - 2]?.name === 'as')
      machine.define(textOf(node.children[index - 1] as Tree), v.UNKNOWN);
    machine.enterBranch();
  }
}

function isBranch(node: Tree, child: Tree, index: number): boolean {
  if (node.name === 'MatchBody') return child.name === 'MatchClause';
  if (child.name !== 'Body' || !BRANCHING.has(node.name)) return false;
  // What is tried is what usually runs.
  return node.name !== 'TryStatement' || !/^(?:try|finally)$/.test(node.children[index - 1]?.name ?? '');
}

/** Loop variables get their values as soon as the loop's items are known. */
function after(reading: Reading, node: Tree, index: number, values: Values): void {
  const { machine } = reading;
  const child = node.children[index] as Tree;
  const value = values[index] ?? v.UNKNOWN;
  const previous = node.children[index - 1]?.name;
  if (isBranch(node, child, index)) machine.leaveBranch();
  if (previous === 'in' && /^For|Comprehension|^ArgList$/.test(node.name)) {
    const start = node.children.slice(0, index).findLastIndex((one) => one.name === 'for');
    const names = node.children.slice(start + 1, index - 1);
    assign(reading, names, machine.elements(value));
  }
  if (previous === 'as' && node.name === 'WithStatement') {
    assign(reading, [child], values[index - 2] ?? v.UNKNOWN);
  }
}
