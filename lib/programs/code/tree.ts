/** A syntax tree as the readers walk it, without recursion. Knows no language. */

import type { Value } from './value.ts';

export interface Branching<T> {
  /** In the order in which they are evaluated. */
  readonly children: readonly T[];
}

export interface Visitor<T> {
  /** Asked at every node: stops the walk. */
  readonly isOver: () => boolean;
  /** Before a child is visited. */
  readonly before?: (node: T, index: number) => void;
  /** After a child was visited; `values` are those of the children so far. */
  readonly after?: (node: T, index: number, values: readonly Value[]) => void;
  /** When all children were visited: the node's own value. */
  readonly leave: (node: T, values: readonly Value[]) => Value;
}

/** Visits every node once, children first. Depth is bounded by memory only. */
export function walk<T extends Branching<T>>(root: T, visitor: Visitor<T>): void {
  const stack: { node: T; values: Value[] }[] = [{ node: root, values: [] }];
  for (;;) {
    const top = stack.at(-1);
    if (!top || visitor.isOver()) return;
    const index = top.values.length;
    const child = top.node.children[index];
    if (child) {
      visitor.before?.(top.node, index);
      stack.push({ node: child, values: [] });
      continue;
    }
    const value = visitor.leave(top.node, top.values);
    stack.pop();
    const parent = stack.at(-1);
    if (!parent) return;
    parent.values.push(value);
    visitor.after?.(parent.node, parent.values.length - 1, parent.values);
  }
}
