/** Reads Python: the syntax tree drives the machine. What the functions do is in python-calls.ts. */

import { parser } from '@lezer/python';
import { opaque } from '../../effects.ts';
import type { Outcome } from '../../page.ts';
import { show } from '../actions.ts';
import { HOLE, withHoles } from '../holes.ts';
import { type Machine, type Parameter, readWith, type Surroundings } from '../machine.ts';
import { fillPercent, joinPaths, repeat, sliceOf } from '../text-calls.ts';
import { walk } from '../tree.ts';
import * as v from '../value.ts';
import { pythonDialect } from './calls.ts';
import { quotingOf, unescapePython } from './text.ts';

interface Tree {
  /** Kind of node, in the parser's words. */
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly parent?: Tree;
  readonly children: Tree[];
}

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

/** Parses as much as there is time for. */
function parseWithin(code: string): { parsed: Parsed; isWhole: boolean } {
  const parse = parser.startParse(code);
  const end = performance.now() + MAX_PARSE_MILLISECONDS;
  for (let step = 1; ; step++) {
    const parsed = parse.advance();
    if (parsed) return { parsed, isWhole: parse.stoppedAt === null };
    const isLate = step % 64 === 0 && parse.stoppedAt === null && performance.now() > end;
    if (isLate) parse.stopAt(parse.parsedPos);
  }
}

/** Broken text can take the parser long. */
const MAX_PARSE_MILLISECONDS = 500;
/** Names whose calls must not be missed. */
const SENSITIVE =
  /\b(?:system|popen|subprocess|exec|eval|rmtree|spawn\w*|__import__|importlib|getattr|ctypes|pty)\b/;

type Parsed = ReturnType<typeof parser.parse>;

/** Python 2's `exec "…"`. */
const OLD_EXEC = /\bexec[ \t]+[rbu]{0,2}["']/;

/** True when words were skipped; a place where only something is missing hides nothing. */
function hasSkipped(code: string, parsed: Parsed): boolean {
  let found = OLD_EXEC.test(code);
  parsed.iterate({
    enter: (node) => {
      found ||= node.type.isError && /\w/.test(code.slice(node.from, Math.min(node.to, node.from + 500)));
      return !found;
    },
  });
  return found;
}

function treeOf(parsed: Parsed): Tree {
  const cursor = parsed.cursor();
  const root: Tree = { name: cursor.name, from: cursor.from, to: cursor.to, children: [] };
  let at = root;
  for (;;) {
    if (cursor.firstChild()) {
      const child: Tree = { name: cursor.name, from: cursor.from, to: cursor.to, parent: at, children: [] };
      at.children.push(child);
      at = child;
      continue;
    }
    while (!cursor.nextSibling()) {
      if (!cursor.parent() || !at.parent) return root;
      at = at.parent;
      orderComprehension(at);
    }
    const parent = at.parent;
    if (!parent) return root;
    const next: Tree = { name: cursor.name, from: cursor.from, to: cursor.to, parent, children: [] };
    parent.children.push(next);
    at = next;
  }
}

/** `[element for name in items]`: the names are known before the element is. */
function orderComprehension(node: Tree): void {
  if (!/Comprehension|^ArgList$/.test(node.name)) return;
  const start = node.children.findIndex((child) => child.name === 'for' || child.name === 'async');
  if (start > 0) node.children.push(...node.children.splice(0, start));
}

type Values = readonly v.Value[];
interface Reading {
  readonly machine: Machine;
  readonly textOf: (node: Tree) => string;
  /** Object and key of what is assigned to. */
  readonly targets: Map<Tree, readonly [v.Value, v.Value]>;
  /** Of functions whose body comes next. */
  readonly parameters: Map<Tree, readonly Parameter[]>;
  /** Arguments wait here for the call that they belong to. */
  readonly arguments: Map<Tree, v.Args>;
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

function isMethod(node: Tree): boolean {
  const holder = node.parent?.name === 'DecoratedStatement' ? node.parent.parent : node.parent;
  return holder?.parent?.name === 'ClassDefinition';
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

/** Parameters and what they are when a call does not give them. */
function parametersOf({ textOf }: Reading, node: Tree, values: Values): readonly Parameter[] {
  const found: Parameter[] = [];
  for (const [at, one] of node.children.entries()) {
    if (one.name !== 'VariableName' || node.children[at - 1]?.name === 'AssignOp') continue;
    const equals = node.children.findIndex((sign, index) => index > at && /^(?:AssignOp|,)$/.test(sign.name));
    const fallback = node.children[equals]?.name === 'AssignOp' ? values[equals + 1] : undefined;
    found.push(fallback ? { name: textOf(one), fallback } : { name: textOf(one) });
  }
  // A method's own object is not given by its callers.
  return found[0]?.name === 'self' || found[0]?.name === 'cls' ? found.slice(1) : found;
}

/** `a, (b, c) = value`. */
function assign(reading: Reading, nodes: readonly Tree[], value: v.Value): void {
  const { machine, textOf, targets } = reading;
  const queue: { nodes: readonly Tree[]; value: v.Value }[] = [{ nodes, value }];
  for (let next = queue.shift(); next; next = queue.shift()) {
    const parts = next.nodes.filter((one) => !/^(?:[,*()[\]]|TypeDef)$/.test(one.name));
    const isList = next.nodes.some((one) => one.name === ',');
    const [only] = parts;
    if (!only) continue;
    if (isList || parts.length > 1) {
      const { value: whole } = next;
      for (const [at, part] of parts.entries()) {
        const item = v.eachOption(whole, (one) =>
          one.kind === 'list' ? (one.items[at] ?? v.UNKNOWN) : v.unknownFrom(v.sourceOf(one)),
        );
        queue.push({ nodes: [part], value: item });
      }
    } else if (only.name === 'VariableName') machine.define(textOf(only), next.value);
    else if (/^(?:Tuple|Array|Parenthesized)Expression$/.test(only.name))
      queue.push({ nodes: only.children, value: next.value });
    else if (only.name === 'MemberExpression') {
      const target = targets.get(only);
      if (target) machine.setIndex(target[0], target[1], next.value);
    }
  }
}

function isTarget(node: Tree): boolean {
  const { parent } = node;
  if (!parent || !/^(?:Assign|Update|Delete)Statement$/.test(parent.name)) return false;
  const operator = parent.children.findLastIndex((one) => /^(?:AssignOp|UpdateOp)$/.test(one.name));
  return parent.name === 'DeleteStatement' || parent.children.indexOf(node) < operator;
}

/** Values between separators; `start` and `end` are node positions. */
function listOf(node: Tree, values: Values, from: number, to: number): v.Value {
  const items: v.Value[] = [];
  let open = false;
  for (let at = from; at < to; at++) {
    const name = node.children[at]?.name ?? '';
    if (name === ',' || name === '*' || name === '**') continue;
    const value = values[at] ?? v.UNKNOWN;
    if (node.children[at - 1]?.name !== '*') items.push(value);
    else if (value.kind === 'list') items.push(...value.items);
    else open = true;
    if (value.kind === 'list' && value.open && node.children[at - 1]?.name === '*') open = true;
  }
  return v.list(items, open);
}

function hasComma(node: Tree, from: number, to: number): boolean {
  return node.children.slice(from, to).some((one) => one.name === ',');
}

/** The items of a comprehension: as many as its loops gave, when those were known. */
function comprehended(node: Tree, values: Values): v.Value {
  const last = node.children.findLastIndex((one) => !/^[()[\]{}]$/.test(one.name));
  const element = values[last] ?? v.UNKNOWN;
  if (element.kind === 'either' && element.loop !== undefined)
    return v.list(
      element.options,
      node.children.some((one) => one.name === 'if'),
    );
  return v.list(v.optionsOf(element), true);
}

/** Arguments of a call. */
function argsOf({ textOf }: Reading, node: Tree | undefined, values: Values): v.Args {
  if (!node) return v.NO_ARGS;
  const positional: v.Value[] = [];
  const named = new Map<string, v.Value>();
  let open = false;
  if (node.children.some((one) => one.name === 'for'))
    return { positional: [comprehended(node, values)], named };
  for (const [at, child] of node.children.entries()) {
    if (/^(?:[(),*]|\*\*|AssignOp|⚠)$/.test(child.name)) continue;
    const previous = node.children[at - 1]?.name;
    const value = values[at] ?? v.UNKNOWN;
    if (node.children[at + 1]?.name === 'AssignOp') continue;
    if (previous === 'AssignOp') named.set(textOf(node.children[at - 2] as Tree), value);
    else if (previous === '**') {
      if (value.kind === 'dictionary') for (const [name, entry] of value.entries) named.set(name, entry);
      else open = true;
    } else if (previous === '*') {
      if (value.kind === 'list') positional.push(...value.items);
      if (value.kind !== 'list' || value.open) open = true;
    } else positional.push(value);
  }
  return { positional, named, open };
}

type Leave = (reading: Reading, node: Tree, values: Values) => v.Value;

const comprehension: Leave = (_, node, values) => comprehended(node, values);
const sequence: Leave = (_, node, values) => listOf(node, values, 1, node.children.length - 1);
const branched: Leave = ({ machine }, node) => {
  machine.leaveBranches(node.name === 'IfStatement' && node.children.some((one) => one.name === 'else'));
  return v.UNKNOWN;
};

const LEAVE: Readonly<Record<string, Leave>> = {
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
    let rest: v.Source | undefined;
    for (const [at, child] of node.children.entries()) {
      if (child.name === ':') {
        const key = v.knownText(values[at - 1]);
        if (key !== undefined) entries.set(key, values[at + 1] ?? v.UNKNOWN);
      }
      const spread = node.children[at - 1]?.name === '**' ? values[at] : undefined;
      if (spread?.kind === 'dictionary') for (const [key, value] of spread.entries) entries.set(key, value);
      else if (spread) rest ??= v.sourceOf(spread);
    }
    if (rest) entries.set('', v.unknownFrom(rest));
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

/** `items.append(x)` and `items.extend(xs)` on a name change what the name stands for. */
function changeList(
  { machine, textOf }: Reading,
  callee: Tree | undefined,
  value: v.Value | undefined,
  args: v.Args,
): v.Value | undefined {
  const [object] = callee?.children ?? [];
  if (value?.kind !== 'ref' || object?.name !== 'VariableName') return undefined;
  const [item] = args.positional;
  if (value.path === 'list.append' && item) {
    machine.augment(
      textOf(object),
      v.eachOption(item, (one) => v.list([one])),
    );
    return v.NULL;
  }
  if (value.path === 'list.extend' && item) {
    machine.augment(textOf(object), item);
    return v.NULL;
  }
  return undefined;
}

function slice(node: Tree, values: Values, of: v.Value): v.Value {
  const bounds: (v.Value | undefined)[] = [undefined];
  for (const [at, child] of node.children.entries()) {
    if (at < 2 || child.name === ']') continue;
    if (child.name === ':') bounds.push(undefined);
    else bounds[bounds.length - 1] = values[at];
  }
  const [from, to, step] = bounds;
  const isKnown = bounds.every((bound) => bound === undefined || v.knownNumber(bound) !== undefined);
  return isKnown
    ? sliceOf(of, v.knownNumber(from), v.knownNumber(to), v.knownNumber(step) ?? 1)
    : v.unknownFrom(v.sourceOf(of));
}

const COUNTING: Readonly<Record<string, (a: number, b: number) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '^': (a, b) => a ^ b,
  '|': (a, b) => a | b,
};

function operate(operator: string, left: v.Value, right: v.Value): v.Value {
  if (operator === 'or') return v.either([left, right]);
  if (operator === 'and') return right;
  if (/^(?:in|not|is|[<>=!]=?|==)/.test(operator)) return v.UNKNOWN;
  return v.combine([left, right], ([a, b]) => {
    if (!a || !b) return v.UNKNOWN;
    const count = COUNTING[operator];
    const [x, y] = [v.knownNumber(a), v.knownNumber(b)];
    if (count && x !== undefined && y !== undefined) return v.scalar(count(x, y));
    if (operator === '%' && a.kind === 'text') return fillPercent(a, b);
    if (operator === '*') return x !== undefined ? repeat(b, a) : repeat(a, b);
    if (operator === '/' && a.kind === 'ref' && a.text) return { ...a, text: joinPaths([a.text, b]) };
    if (operator === '/' && b.kind === 'ref' && b.text) return { ...b, text: joinPaths([a, b.text]) };
    if (operator === '|' && a.kind === 'ref' && b.kind === 'ref') return v.ref(`${a.path}|${b.path}`);
    if (operator !== '+') return v.unknownFrom(v.sourceOf(a) ?? v.sourceOf(b));
    if (a.kind === 'list' || b.kind === 'list') {
      const [head, tail] = [a, b].map((one) => (one.kind === 'list' ? one : v.list([], true))) as [
        v.List,
        v.List,
      ];
      return v.list([...head.items, ...tail.items], head.open === true || tail.open === true);
    }
    return v.join([a, b]);
  });
}

/** `import a.b as c` and `from a import b as c`. */
function importNames(machine: Machine, statement: string): void {
  const text = statement.replace(/#[^\n]*/g, '').replace(/[()\\\n]/g, ' ');
  const from = /^\s*from\s+([\w.]+)\s+import\s+([^;]*)$/.exec(text);
  const names = (from?.[2] ?? text.replace(/^\s*import\s+/, '')).split(',');
  const module = from?.[1];
  for (const written of names) {
    const [name = '', as, alias] = written.trim().split(/\s+/);
    if (name === '') continue;
    if (module !== undefined && name === '*') machine.importAll(module);
    else if (module !== undefined)
      machine.define(as === 'as' && alias ? alias : name, machine.member(v.ref(module), name));
    else if (as === 'as' && alias) machine.define(alias, v.ref(name));
    else {
      const [top = name] = name.split('.');
      machine.define(top, v.ref(top));
    }
  }
}
