/** Reads JavaScript: acorn's tree drives the machine; what acorn does not take (TypeScript) is read by its tokens. What the functions do is in javascript-calls.ts. */

import type { AnyNode, Pattern, Program } from 'acorn';
import { opaque } from '../../effects.ts';
import type { Outcome } from '../../page.ts';
import { withHoles } from '../holes.ts';
import { type Machine, type Parameter, readWith, type Surroundings } from '../machine.ts';
import { readTypeScript } from '../script/typescript.ts';
import { walk } from '../tree.ts';
import * as v from '../value.ts';
import { javascriptDialect } from './calls.ts';
import { assignExpression, changeList, isName, leaveStatement, operate } from './operators.ts';
import { parseJavaScript } from './parse.ts';

interface Tree {
  readonly node: AnyNode;
  readonly parent?: Tree;
  readonly children: Tree[];
}

/** What a JavaScript or TypeScript text does. */
export function readJavaScript(code: string, around: Surroundings): Outcome {
  const program = parseJavaScript(code);
  if (!program) return readTypeScript(code, around);
  if (program === 'too deep') {
    const outcome = readTypeScript(code, around);
    const deep = opaque(around.near, 'its code is nested too deep to look at', 'limit');
    return { ...outcome, effects: [...outcome.effects, deep] };
  }
  const tree = treeOf(program);
  return readWith(javascriptDialect(), around, (machine) => readTree(tree, machine));
}

function treeOf(program: Program): Tree {
  const root: Tree = { node: program, children: [] };
  const stack = [root];
  for (let tree = stack.pop(); tree; tree = stack.pop()) {
    for (const value of Object.values(tree.node)) {
      for (const one of Array.isArray(value) ? value : [value]) {
        if (typeof one !== 'object' || one === null || typeof one.type !== 'string') continue;
        const child: Tree = { node: one, parent: tree, children: [] };
        tree.children.push(child);
        stack.push(child);
      }
    }
  }
  return root;
}

export interface Reading {
  readonly machine: Machine;
  readonly values: Map<AnyNode, v.Value>;
}

function readTree(root: Tree, machine: Machine): void {
  const reading: Reading = { machine, values: new Map() };
  walk(root, {
    isOver: machine.isLate,
    before: (tree, index) => before(reading, tree, index),
    after: (tree, index) => after(reading, tree, index),
    leave: (tree) => {
      const value = leave(reading, tree);
      reading.values.set(tree.node, value);
      return value;
    },
  });
}

const BRANCHING = /^(?:If|For|ForIn|ForOf|While|DoWhile|Switch|Try)Statement$/;

function isFunction(node: AnyNode): node is Extract<AnyNode, { body: unknown; params: Pattern[] }> {
  return /^(?:FunctionDeclaration|FunctionExpression|ArrowFunctionExpression)$/.test(node.type);
}

function isBranch(node: AnyNode, child: AnyNode): boolean {
  if (node.type === 'IfStatement') return child !== node.test;
  if (node.type === 'SwitchStatement') return child.type === 'SwitchCase';
  if (node.type === 'TryStatement') return child === node.handler;
  return BRANCHING.test(node.type) && 'body' in node && child === node.body;
}

function before(reading: Reading, tree: Tree, index: number): void {
  const { machine } = reading;
  const { node } = tree;
  const child = tree.children[index]?.node;
  if (!child) return;
  if (index === 0 && BRANCHING.test(node.type)) machine.enterBranches();
  if (isBranch(node, child)) machine.enterBranch();
  if (isFunction(node) && child === node.body) startFunction(reading, tree);
}

function after(reading: Reading, tree: Tree, index: number): void {
  const { machine, values } = reading;
  const { node } = tree;
  const child = tree.children[index]?.node;
  if (!child) return;
  if (isBranch(node, child)) machine.leaveBranch();
  if ((node.type === 'ForOfStatement' || node.type === 'ForInStatement') && child === node.right) {
    const items = values.get(child) ?? v.UNKNOWN;
    const pattern = node.left.type === 'VariableDeclaration' ? node.left.declarations[0]?.id : node.left;
    const isKeys = node.type === 'ForInStatement' && items.kind !== 'dictionary';
    if (pattern) assign(reading, pattern, isKeys ? v.UNKNOWN : machine.elements(items), 'define');
  }
}

/** Functions begin with their body: parameters get their values. */
function startFunction(reading: Reading, tree: Tree): void {
  const { machine, values } = reading;
  const { node } = tree;
  if (!isFunction(node)) return;
  const holder = tree.parent?.node;
  const key =
    holder && (holder.type === 'MethodDefinition' || holder.type === 'Property') ? holder.key : undefined;
  const parameters = node.params.map((pattern, at): Parameter => {
    const fallback = pattern.type === 'AssignmentPattern' ? values.get(pattern.right) : undefined;
    const target = pattern.type === 'AssignmentPattern' ? pattern.left : pattern;
    const name = target.type === 'Identifier' ? target.name : `#${at}`;
    return fallback ? { name, fallback } : { name };
  });
  machine.startRoutine(node.start, key?.type === 'Identifier' ? key.name : undefined, parameters);
  for (const [at, pattern] of node.params.entries()) {
    const target = pattern.type === 'AssignmentPattern' ? pattern.left : pattern;
    if (target.type !== 'Identifier') assign(reading, target, machine.name(`#${at}`), 'define');
  }
}

/** `{ a, b: [c] } = value`. */
export function assign(reading: Reading, target: Pattern, value: v.Value, how: 'define' | 'assign'): void {
  const { machine, values } = reading;
  const queue: { target: Pattern; value: v.Value }[] = [{ target, value }];
  for (let next = queue.shift(); next; next = queue.shift()) {
    const { target: to, value: from } = next;
    if (to.type === 'Identifier') machine[how](to.name, from);
    else if (to.type === 'AssignmentPattern')
      queue.push({
        target: to.left,
        value: from.kind === 'unknown' && !from.source ? (values.get(to.right) ?? from) : from,
      });
    else if (to.type === 'RestElement') queue.push({ target: to.argument, value: from });
    else if (to.type === 'ArrayPattern') {
      for (const [at, element] of to.elements.entries()) {
        if (element)
          queue.push({
            target: element,
            value: element.type === 'RestElement' ? from : machine.index(from, v.scalar(at)),
          });
      }
    } else if (to.type === 'ObjectPattern') {
      for (const property of to.properties) {
        if (property.type === 'RestElement') queue.push({ target: property.argument, value: from });
        else queue.push({ target: property.value, value: machine.index(from, keyOf(reading, property)) });
      }
    } else if (to.type === 'MemberExpression') {
      machine.setIndex(
        values.get(to.object) ?? v.UNKNOWN,
        keyOf(reading, { computed: to.computed, key: to.property }),
        from,
      );
    }
  }
}

/** The key of `{ key: … }` or `object.key`. */
function keyOf({ values }: Reading, from: { computed: boolean; key: AnyNode }): v.Value {
  const { key } = from;
  if (!from.computed && (key.type === 'Identifier' || key.type === 'PrivateIdentifier'))
    return v.text(key.name);
  const value = values.get(key) ?? v.UNKNOWN;
  const number = v.knownNumber(value);
  return number === undefined || from.computed ? value : v.text(String(number));
}

function isTarget(tree: Tree): boolean {
  const { node, parent } = tree;
  if (parent?.node.type === 'AssignmentExpression') return parent.node.left === node;
  return parent?.node.type === 'UnaryExpression' && parent.node.operator === 'delete';
}

export function argumentsOf({ values }: Reading, nodes: readonly AnyNode[]): v.Args {
  const positional: v.Value[] = [];
  let open = false;
  for (const node of nodes) {
    const value = values.get(node) ?? v.UNKNOWN;
    if (node.type !== 'SpreadElement') positional.push(value);
    else {
      const characters = v.knownText(value);
      const items =
        characters === undefined ? value : v.list([...characters.slice(0, v.MAX_ITEMS)].map(v.text));
      if (items.kind === 'list') positional.push(...items.items);
      if (items.kind !== 'list' || items.open) open = true;
    }
  }
  return { positional, named: new Map(), open };
}

/** The value of a node whose children were visited. */
function leave(reading: Reading, tree: Tree): v.Value {
  const { machine, values } = reading;
  const { node } = tree;
  const of = (one: AnyNode | null | undefined): v.Value => (one ? values.get(one) : undefined) ?? v.UNKNOWN;
  if (BRANCHING.test(node.type)) {
    machine.leaveBranches(
      node.type === 'IfStatement' && node.alternate !== null && node.alternate !== undefined,
    );
    return v.UNKNOWN;
  }
  switch (node.type) {
    case 'Identifier':
      if (tree.parent && isName(tree.parent.node, node)) return v.UNKNOWN;
      return node.name === 'undefined' ? v.NULL : machine.name(node.name);
    case 'Literal':
      if (typeof node.value === 'string') return withHoles(node.value);
      return typeof node.value === 'number' ||
        typeof node.value === 'boolean' ||
        (node.value === null && !node.regex)
        ? v.scalar(node.value)
        : v.UNKNOWN;
    case 'TemplateLiteral':
      return v.join(
        node.quasis.flatMap((quasi, at) => [
          withHoles(quasi.value.cooked ?? quasi.value.raw),
          ...(node.expressions[at] ? [of(node.expressions[at])] : []),
        ]),
      );
    case 'TaggedTemplateExpression':
      return machine.call(of(node.tag), { positional: [of(node.quasi)], named: new Map() });
    case 'ThisExpression':
      return v.ref('this');
    case 'MetaProperty':
      return v.ref('import.meta');
    case 'MemberExpression':
      return isTarget(tree)
        ? v.UNKNOWN
        : machine.index(of(node.object), keyOf(reading, { computed: node.computed, key: node.property }));
    case 'CallExpression':
    case 'NewExpression':
      return changeList(reading, node) ?? machine.call(of(node.callee), argumentsOf(reading, node.arguments));
    case 'ImportExpression':
      return machine.call(v.ref('import'), { positional: [of(node.source)], named: new Map() });
    case 'ArrayExpression': {
      const { positional, open } = argumentsOf(
        reading,
        node.elements.filter((one) => one !== null),
      );
      return v.list(positional, open);
    }
    case 'ObjectExpression': {
      const entries = new Map<string, v.Value>();
      for (const one of node.properties) {
        const spread = one.type === 'SpreadElement' ? of(one) : undefined;
        for (const [key, value] of spread ? v.spreadOf(spread) : []) entries.set(key, value);
        if (one.type === 'Property') entries.set(v.knownText(keyOf(reading, one)) ?? '', of(one.value));
      }
      return { kind: 'dictionary', entries };
    }
    case 'SpreadElement':
    case 'AwaitExpression':
    case 'YieldExpression':
      return of(node.argument);
    case 'ChainExpression':
    case 'ParenthesizedExpression':
      return of(node.expression);
    case 'SequenceExpression':
      return of(node.expressions.at(-1));
    case 'ConditionalExpression':
      return v.either([of(node.consequent), of(node.alternate)]);
    case 'LogicalExpression':
      return node.operator === '&&' ? of(node.right) : v.either([of(node.left), of(node.right)]);
    case 'BinaryExpression':
      return operate(node.operator, of(node.left), of(node.right));
    case 'UnaryExpression': {
      const number = v.knownNumber(of(node.argument));
      return node.operator === '-' && number !== undefined ? v.scalar(-number) : v.UNKNOWN;
    }
    case 'UpdateExpression':
      if (node.argument.type === 'Identifier') machine.assign(node.argument.name, v.UNKNOWN);
      return v.UNKNOWN;
    case 'AssignmentExpression':
      return assignExpression(reading, node.operator, node.left, of(node.right));
    case 'VariableDeclarator':
      if (node.init) assign(reading, node.id, of(node.init), 'define');
      return v.UNKNOWN;
    case 'ArrowFunctionExpression':
      if (node.expression) machine.returns(of(node.body));
      return machine.endRoutine();
    case 'FunctionExpression':
      return machine.endRoutine();
    case 'FunctionDeclaration':
      machine.define(node.id?.name ?? '', machine.endRoutine());
      return v.UNKNOWN;
    case 'ReturnStatement':
      machine.returns(node.argument ? of(node.argument) : v.NULL);
      return v.UNKNOWN;
    case 'PropertyDefinition':
      machine.setIndex(v.ref('this'), keyOf(reading, node), of(node.value));
      return v.UNKNOWN;
    case 'ExpressionStatement':
      return leaveStatement(machine, node.expression, of(node.expression));
    case 'ImportDeclaration': {
      const loaded = machine.call(v.ref('import'), { positional: [of(node.source)], named: new Map() });
      const module = loaded.kind === 'ref' ? loaded : v.UNKNOWN;
      for (const one of node.specifiers) {
        const imported = one.type === 'ImportSpecifier' ? one.imported : undefined;
        const name = imported?.type === 'Identifier' ? imported.name : String(imported?.value ?? '');
        machine.define(
          one.local.name,
          imported && name !== 'default' ? machine.member(module, name) : module,
        );
      }
      return v.UNKNOWN;
    }
    default:
      return v.UNKNOWN;
  }
}
