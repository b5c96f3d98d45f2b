/** Chains of names, members, subscripts and calls of a script language, from left to right. */

import { HOLE, withHoles } from '../holes.ts';
import type { Machine } from '../machine.ts';
import * as v from '../value.ts';
import {
  CLAUSE_WORDS,
  type Group,
  type Item,
  type Manner,
  type Part,
  SILENT_WORDS,
  type ValuePart,
} from './manner.ts';

function valueOfGroup(group: Group, manner: Manner): v.Value {
  const { args } = group;
  if (group.open === '"' || group.open === '#{') return v.join(args.positional);
  if (group.open === '{' && manner.braceLists && args.named.size === 0)
    return v.list(args.positional, args.open === true);
  if (group.open === '[')
    return args.named.size > 0
      ? { kind: 'dictionary', entries: args.named }
      : v.list(args.positional, args.open === true);
  if (args.named.size > 0) return { kind: 'dictionary', entries: args.named };
  if (group.open === '{')
    return args.positional.length === 1 ? (args.positional[0] as v.Value) : v.list(args.positional, true);
  const [only] = args.positional;
  return args.positional.length === 1 && only ? only : v.list(args.positional, args.open === true);
}

/** Chains of names, members, subscripts and calls, from left to right. */
export function readParts(items: readonly Item[], machine: Machine, manner: Manner): Part[] {
  const parts: Part[] = [];
  for (let i = 0; i < items.length; i++) {
    const item = items[i] as Item;
    const before = parts.at(-1);
    if (item.kind === 'sign') {
      // A field of the input: `$1`.
      if (item.text === '$' && i + 1 < items.length) {
        parts.push({ kind: 'value', value: v.UNKNOWN });
        i++;
      } else parts.push({ kind: 'sign', text: item.text });
    } else if (item.kind === 'name' && before?.kind === 'value' && manner.casts?.test(item.text)) {
      i += castLength(items, i);
    } else if (item.kind === 'name' && CLAUSE_WORDS.has(item.text)) {
      if (!SILENT_WORDS.has(item.text)) parts.push({ kind: 'word', text: item.text });
    } else if (item.kind === 'name' && before?.kind === 'value' && manner.operatorWords?.test(item.text)) {
      parts.push({ kind: 'sign', text: item.text });
    } else if (
      item.kind === 'group' &&
      item.open === '{' &&
      before?.kind === 'value' &&
      before.bare &&
      !manner.braceLists
    ) {
      // A block given to a function was read where it stood; `eval { … }` is only that.
      if (before.name === 'eval') parts.pop();
      const called = before.name === 'map' ? functionOf(item, machine) : undefined;
      if (called) parts.push({ kind: 'value', value: called }, { kind: 'sign', text: ',' });
    } else i = readChain(items, i, parts, machine, manner);
  }
  return parts;
}

/** How many items the type in `value as a.b[]` takes. */
function castLength(items: readonly Item[], at: number): number {
  let length = 1;
  for (;;) {
    const next = items[at + length + 1];
    const after = items[at + length + 2];
    if (next?.kind === 'group' && !next.spaced && next.open === '[') length++;
    else if (next?.kind === 'sign' && next.text === '.' && after?.kind === 'name') length += 2;
    else return length;
  }
}

/** `{ chr }` and `{ chr($_) }`: the function that a block applies. */
function functionOf(block: Group, machine: Machine): v.Value | undefined {
  const [name, topic, more] = block.names;
  if (!name || more || (topic && topic.name !== '$_')) return undefined;
  const value = machine.name(name.name);
  return value.kind === 'ref' || value.kind === 'routine' ? value : undefined;
}

/** Calls what a part names. What makes a list longer changes the name that it is given. */
export function callPart(
  part: ValuePart,
  args: v.Args,
  first: string | undefined,
  machine: Machine,
): v.Value {
  if (first !== undefined && /^(?:push|unshift|array_push)$/.test(part.name ?? '')) {
    machine.augment(first, v.list(args.positional.slice(1), args.open === true));
    return v.UNKNOWN;
  }
  const [list, method] = part.target ?? [];
  if (
    first !== undefined &&
    list?.kind === 'list' &&
    /^(?:push|append)$/.test((method && v.knownText(method)) ?? '')
  ) {
    machine.augment(first, v.list(args.positional, args.open === true));
    return v.UNKNOWN;
  }
  return machine.call(part.value, args);
}

/** One chain from `at` on; returns the index of its last item. */
function readChain(
  items: readonly Item[],
  at: number,
  parts: Part[],
  machine: Machine,
  manner: Manner,
): number {
  let part = startOf(items[at] as Item, machine, manner);
  const own = part.name;
  let i = at;
  for (; i + 1 < items.length; i++) {
    const next = items[i + 1] as Item;
    const after = items[i + 2];
    if (next.kind === 'sign' && manner.members.test(next.text) && after !== undefined) {
      if (after.kind === 'name') {
        // `a.b.c`: `b` is called before `c` is asked for, where brackets may be left out.
        const isCalled = part.bare && part.member && manner.autoCalls;
        const of = isCalled ? machine.call(part.value, v.NO_ARGS) : part.value;
        part = memberOf(of, next.text, after.text, machine);
        i++;
        continue;
      }
      if (after.kind === 'group' && after.open !== '"') continue;
      break;
    }
    if (next.kind !== 'group' || (next.spaced && !(next.open === '(' && part.bare))) break;
    if (next.open === '(') {
      // A text that is called names a function, in PHP.
      const byName =
        machine.dialect.language === 'php' && part.name !== undefined ? v.knownText(part.value) : undefined;
      if (byName !== undefined) part = { kind: 'value', value: v.ref(byName), bare: true };
      if (!part.bare && part.value.kind !== 'ref' && part.value.kind !== 'routine') break;
      const printed = part.name !== undefined && /^printf?$/.test(part.name);
      const first = part.member ? own : next.names[0]?.name;
      part = {
        kind: 'value',
        value: callPart(part, next.args, first, machine),
        ...(printed ? { printed } : {}),
      };
    } else if (next.open === '[' || (next.open === '{' && manner.lexicon.sigils.includes('%'))) {
      const key = next.args.positional[0] ?? v.UNKNOWN;
      const subscript = v.ref(part.value.kind === 'ref' ? `${part.value.path}.[]` : '');
      if (machine.hasAction(subscript) && !isAssignment(items[i + 2], manner)) {
        part = { kind: 'value', value: machine.call(subscript, next.args) };
        continue;
      }
      // A bare word between braces is text.
      const named = next.open === '{' && key.kind === 'ref' && !key.self ? v.text(key.path) : key;
      const value = isAssignment(items[i + 2], manner) ? v.UNKNOWN : machine.index(part.value, named);
      part = { kind: 'value', value, target: [part.value, named] };
    } else break;
  }
  parts.push(part);
  return i;
}

function memberOf(of: v.Value, sign: string, written: string, machine: Machine): ValuePart {
  const key = written.startsWith('$') ? machine.name(written) : v.text(written);
  const isRead = machine.dialect.language === 'javascript' || written.startsWith('$');
  const value = isRead ? machine.index(of, key) : machine.member(of, written);
  return { kind: 'value', value, target: [of, key], bare: value.kind === 'ref', member: sign !== '::' };
}

function isAssignment(item: Item | undefined, manner: Manner): boolean {
  return item?.kind === 'sign' && manner.assigns.test(item.text);
}

export function startOf(item: Item, machine: Machine, manner: Manner): ValuePart {
  if (item.kind === 'group') {
    if (item.open === '`')
      return {
        kind: 'value',
        value: machine.call(v.ref('`'), { positional: [v.join(item.args.positional)], named: new Map() }),
      };
    return { kind: 'value', value: valueOfGroup(item, manner), names: item.names };
  }
  if (item.kind === 'text') return { kind: 'value', value: withHoles(item.text) };
  if (item.kind === 'number') {
    const number = /^0[0-7]+$/.test(item.text) ? Number.parseInt(item.text, 8) : Number(item.text);
    return { kind: 'value', value: item.text === '' || Number.isNaN(number) ? v.UNKNOWN : v.scalar(number) };
  }
  if (item.text === HOLE) return { kind: 'value', value: v.UNKNOWN, name: HOLE };
  if (/^(?:true|TRUE|True)$/.test(item.text)) return { kind: 'value', value: v.scalar(true) };
  if (/^(?:false|FALSE|nil|null|undef|None|NULL)$/.test(item.text)) return { kind: 'value', value: v.NULL };
  const value = machine.name(item.text);
  const isVariable = /^[$@]/.test(item.text);
  return {
    kind: 'value',
    value,
    name: item.text,
    bare: !isVariable && (value.kind === 'ref' || value.kind === 'routine'),
  };
}
