/** What each kind of node of a Python tree is worth once its parts are known. */

import { show } from '../actions.ts';
import { HOLE, withHoles } from '../holes.ts';
import * as v from '../value.ts';
import { changeList, importNames, operate, slice } from './operators.ts';
import {
  argsOf,
  assign,
  comprehended,
  hasComma,
  isMethod,
  isTarget,
  listOf,
  parametersOf,
  type Reading,
  type Values,
} from './reading.ts';
import type { Tree } from './syntax.ts';
import { quotingOf, unescapePython } from './text.ts';

type Leave = (reading: Reading, node: Tree, values: Values) => v.Value;

const comprehension: Leave = (_, node, values) => comprehended(node, values);
const sequence: Leave = (_, node, values) => listOf(node, values, 1, node.children.length - 1);
const branched: Leave = ({ machine }, node) => {
  machine.leaveBranches(node.name === 'IfStatement' && node.children.some((one) => one.name === 'else'));
  return v.UNKNOWN;
};

export const LEAVE: Readonly<Record<string, Leave>> = {
  VariableName: ({ machine, textOf }, node) => {
    const name = textOf(node);
    return /^(?:ImportStatement|ParamList|ScopeStatement)$/.test(node.parent?.name ?? '')
      ? v.UNKNOWN
      : machine.name(name);
  },
  String: ({ textOf }, node) => {
    const literal = textOf(node);
    const quoting = quotingOf(literal);
    if (!quoting) return v.UNKNOWN;
    const content = literal.slice(quoting.start, literal.length - quoting.end);
    return withHoles(unescapePython(content, quoting.raw));
  },
  FormatString: ({ textOf }, node, values) => {
    const literal = textOf(node);
    const quoting = quotingOf(literal);
    if (!quoting) return v.UNKNOWN;
    const parts: v.Value[] = [];
    let from = quoting.start;
    const addKnown = (to: number): void => {
      const content = literal.slice(from, to).replaceAll('{{', '{').replaceAll('}}', '}');
      parts.push(withHoles(unescapePython(content, quoting.raw)));
    };
    for (const [at, child] of node.children.entries()) {
      if (child.name !== 'FormatReplacement') continue;
      addKnown(child.from - node.from);
      parts.push(values[at] ?? v.UNKNOWN);
      from = child.to - node.from;
    }
    addKnown(literal.length - quoting.end);
    return v.join(parts);
  },
  FormatReplacement: (_, _node, values) => values[1] ?? v.UNKNOWN,
  ContinuedString: (_, _node, values) => v.join(values),
  Number: ({ textOf }, node) => {
    const number = Number(textOf(node).replaceAll('_', '').toLowerCase());
    return Number.isNaN(number) ? v.UNKNOWN : v.scalar(number);
  },
  Boolean: ({ textOf }, node) => v.scalar(textOf(node) === 'True'),
  None: () => v.NULL,
  ArrayExpression: sequence,
  SetExpression: sequence,
  TupleExpression: sequence,
  ParenthesizedExpression: (_, _node, values) => values[1] ?? v.UNKNOWN,
  ArrayComprehensionExpression: comprehension,
  ComprehensionExpression: comprehension,
  SetComprehensionExpression: comprehension,
  DictionaryExpression: (_, node, values) => {
    const entries = new Map<string, v.Value>();
    for (const [at, child] of node.children.entries()) {
      if (child.name === ':') {
        const key = v.knownText(values[at - 1]);
        if (key !== undefined) entries.set(key, values[at + 1] ?? v.UNKNOWN);
      }
      const spread = node.children[at - 1]?.name === '**' ? values[at] : undefined;
      for (const [key, value] of spread ? v.spreadOf(spread) : []) entries.set(key, value);
    }
    return { kind: 'dictionary', entries };
  },
  MemberExpression: (reading, node, values) => {
    const { machine, textOf } = reading;
    const of = values[0] ?? v.UNKNOWN;
    const second = node.children[1]?.name;
    if (second === '.') {
      const property = node.children[2];
      const name = property?.name === 'PropertyName' ? textOf(property) : '?';
      if (isTarget(node)) {
        reading.targets.set(node, [of, v.text(name)]);
        return v.UNKNOWN;
      }
      return machine.member(of, name);
    }
    const colon = node.children.findIndex((one) => one.name === ':');
    if (colon >= 0) return slice(node, values, of);
    const key = hasComma(node, 2, node.children.length - 1) ? v.UNKNOWN : (values[2] ?? v.UNKNOWN);
    if (isTarget(node)) {
      reading.targets.set(node, [of, key]);
      return v.UNKNOWN;
    }
    return machine.index(of, key);
  },
  ParamList: (reading, node, values) => {
    if (node.parent) reading.parameters.set(node.parent, parametersOf(reading, node, values));
    return v.UNKNOWN;
  },
  ArgList: (reading, node, values) => {
    reading.arguments.set(node, argsOf(reading, node, values));
    return v.UNKNOWN;
  },
  CallExpression: (reading, node, values) => {
    const list = node.children.find((one) => one.name === 'ArgList');
    const args = (list && reading.arguments.get(list)) ?? v.NO_ARGS;
    const changed = changeList(reading, node.children[0], values[0], args);
    return changed ?? reading.machine.call(values[0] ?? v.UNKNOWN, args);
  },
  BinaryExpression: ({ textOf }, node, values) => {
    const [left = v.UNKNOWN, , right = v.UNKNOWN] = values;
    return operate(node.children[1] ? textOf(node.children[1]) : '', left, right);
  },
  UnaryExpression: ({ textOf }, node, values) => {
    const number = v.knownNumber(values[1]);
    return number !== undefined && textOf(node).startsWith('-') ? v.scalar(-number) : v.UNKNOWN;
  },
  ConditionalExpression: (_, _node, values) => v.either([values[0] ?? v.UNKNOWN, values[4] ?? v.UNKNOWN]),
  NamedExpression: ({ machine, textOf }, node, values) => {
    const [name] = node.children;
    const value = values[2] ?? v.UNKNOWN;
    if (name) machine.define(textOf(name), value);
    return value;
  },
  AwaitExpression: (_, _node, values) => values[1] ?? v.UNKNOWN,
  LambdaExpression: ({ machine }, _node, values) => {
    machine.returns(values.at(-1) ?? v.UNKNOWN);
    return machine.endRoutine();
  },
  FunctionDefinition: ({ machine, textOf }, node) => {
    const routine = machine.endRoutine();
    const name = node.children.find((one) => one.name === 'VariableName');
    if (name && !isMethod(node)) machine.define(textOf(name), routine);
    return v.UNKNOWN;
  },
  ReturnStatement: ({ machine }, node, values) => {
    const end = node.children.length;
    machine.returns(hasComma(node, 1, end) ? listOf(node, values, 1, end) : (values[1] ?? v.NULL));
    return v.UNKNOWN;
  },
  AssignStatement: (reading, node, values) => {
    const operators = node.children.flatMap((one, at) => (one.name === 'AssignOp' ? [at] : []));
    const last = operators.at(-1);
    if (last === undefined) return v.UNKNOWN;
    const end = node.children.length;
    const value = hasComma(node, last + 1, end)
      ? listOf(node, values, last + 1, end)
      : (values[last + 1] ?? v.UNKNOWN);
    let start = 0;
    for (const operator of operators) {
      assign(reading, node.children.slice(start, operator), value);
      start = operator + 1;
    }
    return v.UNKNOWN;
  },
  UpdateStatement: ({ machine, textOf }, node, values) => {
    const [target, operator] = node.children;
    if (target?.name !== 'VariableName') return v.UNKNOWN;
    if (operator && textOf(operator) === '+=') machine.augment(textOf(target), values[2] ?? v.UNKNOWN);
    else machine.define(textOf(target), v.UNKNOWN);
    return v.UNKNOWN;
  },
  ExpressionStatement: ({ machine, textOf }, node, values) => {
    const [expression] = node.children;
    const value = values[0];
    // A prompt prints what is left standing, and a stretch that only the shell knows may be any code.
    if (expression && /^(?:VariableName|MemberExpression)$/.test(expression.name) && value) {
      if (textOf(expression).includes(HOLE))
        machine.call(v.ref('exec'), { positional: [v.UNKNOWN], named: new Map() });
      else show(machine, value);
    }
    return v.UNKNOWN;
  },
  ImportStatement: ({ machine, textOf }, node) => {
    importNames(machine, textOf(node));
    return v.UNKNOWN;
  },
  IfStatement: branched,
  ForStatement: branched,
  WhileStatement: branched,
  TryStatement: branched,
  MatchBody: branched,
};
