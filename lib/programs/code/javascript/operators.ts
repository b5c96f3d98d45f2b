/** JavaScript's operators, assignments and statements, on values that may be unknown. */

import type { AnyNode, Pattern } from 'acorn';
import { show } from '../actions.ts';
import { HOLE } from '../holes.ts';
import type { Machine } from '../machine.ts';
import * as v from '../value.ts';
import { argumentsOf, assign, type Reading } from './reader.ts';

/** An identifier that only names something: a property, a parameter, a label. */
export function isName(parent: AnyNode, node: AnyNode): boolean {
  if (parent.type === 'MemberExpression') return parent.property === node && !parent.computed;
  if (parent.type === 'Property') return parent.key === node && !parent.computed && parent.value !== node;
  return (
    /^(?:MethodDefinition|PropertyDefinition|VariableDeclarator|Import.*Specifier|LabeledStatement|BreakStatement|ContinueStatement)$/.test(
      parent.type,
    ) &&
    !('init' in parent && parent.init === node) &&
    !('value' in parent && parent.value === node)
  );
}

/** What stands alone is printed by `node -p` and at a prompt; a stretch that only the shell knows may be any code. */
export function leaveStatement(machine: Machine, expression: AnyNode, value: v.Value): v.Value {
  if (expression.type === 'Identifier' && expression.name === HOLE) {
    machine.call(v.ref('eval'), { positional: [v.UNKNOWN], named: new Map() });
  } else if (!/^(?:Call|New|Await|Assignment)Expression$/.test(expression.type)) show(machine, value);
  return v.UNKNOWN;
}

export function assignExpression(reading: Reading, operator: string, left: Pattern, value: v.Value): v.Value {
  const { machine } = reading;
  if (operator === '=') assign(reading, left, value, 'assign');
  else if (left.type === 'Identifier' && operator === '+=') machine.augment(left.name, value);
  else if (left.type === 'Identifier') machine.assign(left.name, v.either([machine.name(left.name), value]));
  return value;
}

const COUNTING: Readonly<Record<string, (a: number, b: number) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '^': (a, b) => a ^ b,
  '|': (a, b) => a | b,
};

export function operate(operator: string, left: v.Value, right: v.Value): v.Value {
  if (!(operator in COUNTING)) return v.UNKNOWN;
  return v.combine([left, right], ([a, b]) => {
    if (!a || !b) return v.UNKNOWN;
    const [x, y] = [v.knownNumber(a), v.knownNumber(b)];
    if (x !== undefined && y !== undefined) return v.scalar(COUNTING[operator]?.(x, y) ?? 0);
    return operator === '+' ? v.join([a, b]) : v.UNKNOWN;
  });
}

/** `items.push(x)` on a name changes what the name stands for. */
export function changeList(reading: Reading, node: AnyNode): v.Value | undefined {
  if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') return undefined;
  const { object } = node.callee;
  const callee = reading.values.get(node.callee);
  if (object.type !== 'Identifier' || callee?.kind !== 'ref' || callee.path !== 'list.push') return undefined;
  const { positional } = argumentsOf(reading, node.arguments);
  const [item] = positional;
  if (positional.length !== 1 || !item) reading.machine.augment(object.name, v.list(positional));
  else
    reading.machine.augment(
      object.name,
      v.eachOption(item, (one) => v.list([one])),
    );
  return v.UNKNOWN;
}
