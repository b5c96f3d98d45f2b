/** Python's operators, slices, changes of lists and imports, on values that may be unknown. */

import type { Machine } from '../machine.ts';
import { fillPercent, joinPaths, repeat, sliceOf } from '../text-calls.ts';
import * as v from '../value.ts';
import type { Reading, Values } from './reading.ts';
import type { Tree } from './syntax.ts';

/** `items.append(x)` and `items.extend(xs)` on a name change what the name stands for. */
export function changeList(
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

export function slice(node: Tree, values: Values, of: v.Value): v.Value {
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

export function operate(operator: string, left: v.Value, right: v.Value): v.Value {
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
export function importNames(machine: Machine, statement: string): void {
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
