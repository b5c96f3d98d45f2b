/** Statements of a script language: lists, calls without brackets, assignments, operators. */

import { HOLE } from '../holes.ts';
import type { Machine } from '../machine.ts';
import { fillPercent, joinPaths, repeat } from '../text-calls.ts';
import * as v from '../value.ts';
import { callPart, readParts } from './chains.ts';
import { CLAUSE_WORDS, type Item, LOOP_WORD, type Manner, type Part, type ValuePart } from './manner.ts';

const EITHER = /^(?:\|\||\/\/|\?\?|\?:|:)$/;
/** Values of a clause that are kept for what stands before it. */
const MAX_RESULTS = 20;
/** Loops after one statement: `unlink $_ for @a` has one. */
const MAX_LOOPS = 8;

/** Reads one statement; gives what a list of it would hold. */
export function readStatement(statement: readonly Item[], machine: Machine, manner: Manner): v.Args {
  let items = statement;
  // `unlink $_ for @list`: what comes last happens first.
  for (let loops = 0; loops < MAX_LOOPS && manner.lexicon.quoteWords; loops++) {
    const loop = items.findLastIndex((item) => item.kind === 'name' && LOOP_WORD.test(item.text));
    if (loop <= 0) break;
    const list = readList(readParts(items.slice(loop + 1), machine, manner), machine, manner);
    machine.define('$_', machine.elements(listOf(list)));
    items = items.slice(0, loop);
  }
  const parts = readParts(items, machine, manner);
  const [only] = parts;
  if (parts.length === 1 && only?.kind === 'value' && only.name === HOLE) {
    machine.call(v.ref('eval'), { positional: [v.UNKNOWN], named: new Map() });
  }
  const own = manner.statement?.(machine, parts);
  if (own) return { positional: [own], named: new Map() };
  const naming = parts.findIndex((part) => part.kind === 'word' && /^(?:in|of|as)$/.test(part.text));
  const imported = parts[0]?.kind === 'word' && parts[0].text === 'import';
  if (imported) importNames(parts, items, machine);
  else if (naming > 0) nameElements(parts, naming, machine, manner);
  return readList(parts, machine, manner);
}

/** `for name in items`, `$items as $name`. */
function nameElements(parts: readonly Part[], at: number, machine: Machine, manner: Manner): void {
  const word = parts[at];
  const isAs = word?.kind === 'word' && word.text === 'as';
  const names = (isAs ? parts.slice(at + 1) : parts.slice(0, at)).flatMap((part) =>
    part.kind === 'value' && part.name !== undefined ? [part.name] : [],
  );
  const stop = parts.findIndex((part, index) => index > at && part.kind === 'word');
  const source = isAs ? parts.slice(0, at) : parts.slice(at + 1, stop < 0 ? undefined : stop);
  const items = listOf(readList(source, machine, manner));
  const name = names.at(-1);
  if (name !== undefined) machine.define(name, machine.elements(items));
}

/** `import { a as b } from 'module'`, `import * as name from 'module'`. */
function importNames(parts: readonly Part[], items: readonly Item[], machine: Machine): void {
  const last = parts.at(-1);
  const module = last?.kind === 'value' ? v.knownText(last.value) : undefined;
  if (module === undefined) return;
  for (const item of items) {
    if (item.kind === 'group' && item.open === '{') {
      for (const { name, alias } of item.names) machine.define(alias, machine.member(v.ref(module), name));
    } else if (item.kind === 'name' && !CLAUSE_WORDS.has(item.text)) machine.define(item.text, v.ref(module));
  }
}

export function listOf(args: v.Args): v.Value {
  const [only] = args.positional;
  return args.positional.length === 1 && only?.kind === 'list'
    ? only
    : v.list(args.positional, args.open === true);
}

/** A list with calls without brackets, from right to left: such a call takes all that follows it. */
function readList(parts: readonly Part[], machine: Machine, manner: Manner): v.Args {
  let done: v.Value[] = [];
  let named = new Map<string, v.Value>();
  let element: Part[] = [];
  let value: v.Value | undefined;
  let typed = false;
  let clauses: v.Value[] = [];

  const flush = (): void => {
    if (element.length === 0) return;
    const [only] = element;
    const isAlone = element.length === 1 && value === undefined && only?.kind === 'value' && only.bare;
    if (isAlone && manner.topical?.test(only.name ?? ''))
      element = [{ kind: 'value', value: machine.call(only.value, v.NO_ARGS) }];
    const result = readElement(element.reverse(), machine, manner, named);
    element = [];
    if (value === undefined) {
      if (result) done.push(result);
    } else if (result) {
      const key = v.knownText(result) ?? (result.kind === 'ref' ? result.path : '');
      named.set(key, value);
      if (typed) machine.define(key, value);
      value = undefined;
      typed = false;
    }
  };
  const takeAll = (): v.Args => {
    flush();
    const args = { positional: done.reverse(), named };
    done = [];
    named = new Map();
    return args;
  };

  for (let i = parts.length - 1; i >= 0; i--) {
    const part = parts[i] as Part;
    const next = element.at(-1);
    if (part.kind === 'sign' && part.text === ',') flush();
    else if (part.kind === 'sign' && part.text === '=>') {
      // `name: Type = value`, where types are written.
      typed = element.some((one) => one.kind === 'sign' && manner.assigns.test(one.text));
      const given = element.length > 0 ? readElement(element.reverse(), machine, manner, named) : undefined;
      element = [];
      value = given ?? v.UNKNOWN;
    } else if (part.kind === 'word') {
      const { positional } = takeAll();
      // `echo …`, and `do 'file'` where that runs it.
      const word = v.ref(part.text);
      const isCall = /^(?:echo|do)$/.test(part.text) && positional.length > 0 && machine.hasAction(word);
      if (isCall) machine.call(word, { positional, named: new Map() });
      if (part.text === 'return' || part.text === 'do') done = positional.slice(0, MAX_RESULTS).reverse();
      else clauses = [...positional.slice(0, MAX_RESULTS), ...clauses].slice(0, MAX_RESULTS);
    } else if (part.kind === 'value' && part.bare === true && manner.bareCalls && next?.kind === 'value') {
      const value = callPart(part, takeAll(), next.name, machine);
      element.push({ kind: 'value', value });
    } else element.push(part);
  }
  const args = takeAll();
  // `$a or $b`: each may be what it gives.
  if (args.positional.length === 0 && clauses.length > 0)
    return { positional: [v.either(clauses)], named: args.named };
  return args;
}

/** One element of a list: operands and the signs between them. */
function readElement(
  parts: readonly Part[],
  machine: Machine,
  manner: Manner,
  named: Map<string, v.Value>,
): v.Value | undefined {
  let value: v.Value | undefined;
  let end = parts.length;
  for (let at = parts.length - 1; at >= 0; at--) {
    const sign = parts[at] as Part;
    if (sign.kind !== 'sign' || !manner.assigns.test(sign.text)) continue;
    value ??= operate(parts.slice(at + 1, end), machine, manner) ?? v.UNKNOWN;
    end = at;
    const target = parts[at - 1];
    if (target?.kind !== 'value') continue;
    if (manner.namedArguments && target.name !== undefined && sign.text === '=')
      named.set(target.name, value);
    value = assign(target, sign.text, value, machine);
  }
  return value ?? operate(parts, machine, manner);
}

function assign(target: ValuePart, how: string, value: v.Value, machine: Machine): v.Value {
  const { name, names, target: place } = target;
  if (name !== undefined) {
    if (/^(?:\.=|\+=|<<)$/.test(how)) {
      machine.augment(name, how === '<<' && machine.name(name).kind === 'list' ? v.list([value]) : value);
      return machine.name(name);
    }
    machine.define(name, /^\|\|=|\?\?=|\/\/=$/.test(how) ? v.either([machine.name(name), value]) : value);
  } else if (place) machine.setIndex(place[0], place[1], value);
  else if (names) {
    for (const [at, { name: key, alias }] of names.entries()) {
      const item = value.kind === 'list' ? machine.index(value, v.scalar(at)) : machine.member(value, key);
      machine.define(alias, item);
    }
  }
  return value;
}

/** Operands put together, from left to right. */
function operate(parts: readonly Part[], machine: Machine, manner: Manner): v.Value | undefined {
  let made: v.Value | undefined;
  let sign = '';
  for (const part of parts) {
    if (part.kind !== 'value') {
      sign = sign === '' || !manner.joins.test(sign) ? part.text : sign;
      if (sign === '?') made = undefined;
      continue;
    }
    const auto = part.bare && part.member && manner.autoCalls;
    const value = auto ? machine.call(part.value, v.NO_ARGS) : part.value;
    made = made === undefined ? value : combineTwo(made, sign, value, manner);
    sign = '';
  }
  return made;
}

function combineTwo(left: v.Value, sign: string, right: v.Value, manner: Manner): v.Value {
  // An object that stands for a path: `Pathname('a') / 'b'`.
  if (left.kind === 'ref' && left.text && /^[+/]$/.test(sign))
    return { ...left, text: joinPaths([left.text, right]) };
  if (sign === 'x' || (sign === '*' && left.kind === 'text')) return repeat(left, right);
  if (sign === '%' && left.kind === 'text') return fillPercent(left, right);
  if (EITHER.test(sign)) return v.either([left, right]);
  if (sign === '<<' && left.kind === 'list') return v.list([...left.items, right], left.open === true);
  if (sign === '+' && left.kind === 'list' && right.kind === 'list')
    return v.list([...left.items, ...right.items], left.open === true || right.open === true);
  if (manner.joins.test(sign === '' ? ' ' : sign)) {
    const [a, b] = [v.knownNumber(left), v.knownNumber(right)];
    return sign === '+' && a !== undefined && b !== undefined ? v.scalar(a + b) : v.join([left, right]);
  }
  return v.unknownFrom(v.sourceOf(left) ?? v.sourceOf(right));
}
