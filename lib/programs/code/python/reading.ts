/** The state of one reading of Python, and what targets, lists and arguments of its tree mean. */

import type { Machine, Parameter } from '../machine.ts';
import * as v from '../value.ts';
import type { Tree } from './syntax.ts';

export type Values = readonly v.Value[];
export interface Reading {
  readonly machine: Machine;
  readonly textOf: (node: Tree) => string;
  /** Object and key of what is assigned to. */
  readonly targets: Map<Tree, readonly [v.Value, v.Value]>;
  /** Of functions whose body comes next. */
  readonly parameters: Map<Tree, readonly Parameter[]>;
  /** Arguments wait here for the call that they belong to. */
  readonly arguments: Map<Tree, v.Args>;
}

/** Parameters and what they are when a call does not give them. */
export function parametersOf({ textOf }: Reading, node: Tree, values: Values): readonly Parameter[] {
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
export function assign(reading: Reading, nodes: readonly Tree[], value: v.Value): void {
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

export function isTarget(node: Tree): boolean {
  const { parent } = node;
  if (!parent || !/^(?:Assign|Update|Delete)Statement$/.test(parent.name)) return false;
  const operator = parent.children.findLastIndex((one) => /^(?:AssignOp|UpdateOp)$/.test(one.name));
  return parent.name === 'DeleteStatement' || parent.children.indexOf(node) < operator;
}

/** Values between separators; `start` and `end` are node positions. */
export function listOf(node: Tree, values: Values, from: number, to: number): v.Value {
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

export function hasComma(node: Tree, from: number, to: number): boolean {
  return node.children.slice(from, to).some((one) => one.name === ',');
}

/** The items of a comprehension: as many as its loops gave, when those were known. */
export function comprehended(node: Tree, values: Values): v.Value {
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
export function argsOf({ textOf }: Reading, node: Tree | undefined, values: Values): v.Args {
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

export function isMethod(node: Tree): boolean {
  const holder = node.parent?.name === 'DecoratedStatement' ? node.parent.parent : node.parent;
  return holder?.parent?.name === 'ClassDefinition';
}
