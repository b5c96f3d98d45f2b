/** Works out what the names, members and calls of a program text stand for, and lets a dialect's table act on the calls. Knows no syntax. */

import { joinWord, opaque } from '../effects.ts';
import type { Outcome } from '../page.ts';
import type { Action, Dialect, Machine, Surroundings } from './machine-shape.ts';
import { createNames } from './scope.ts';
import { createSink } from './sink.ts';
import * as v from './value.ts';

export type { Action, Dialect, Machine, Parameter, Site, Surroundings } from './machine-shape.ts';

/** What one reading of a text learned for the next one. */
interface Knowledge {
  readonly bindings: Map<number, v.Value[][]>;
  readonly results: Map<number, v.Value>;
  readonly methods: Map<string, number>;
  readonly attributes: Map<string, v.Value>;
  globals: ReadonlyMap<string, v.Value>;
  /** Names that were looked up before the text told what they are. */
  readonly misses: Set<string>;
  /** Some function was called. */
  called: boolean;
}

/** Most arguments of one parameter that are told apart. */
const MAX_BINDINGS = 64;
/** Readings of one text: calls through two functions are followed. */
const MAX_READINGS = 3;
/** Time that all readings of one text may take. */
const MAX_MILLISECONDS = 500;
/** Operations between two looks at the clock. */
const CLOCK_STEPS = 256;
/** Options that all calls of one reading may go through; the rest are taken as unknown. */
const MAX_STEPS = 100_000;

/**
 * Reads a text as often as it takes to know what its functions are called with.
 *
 * @param readOnce walks the text once and drives the machine
 */
export function readWith(
  dialect: Dialect,
  around: Surroundings,
  readOnce: (machine: Machine) => void,
): Outcome {
  const end = performance.now() + MAX_MILLISECONDS;
  let known = learnNothing();
  let outcome: Outcome | undefined;
  for (let reading = 1; ; reading++) {
    const learned = learnNothing();
    const machine = createMachine(dialect, around, known, learned, end);
    readOnce(machine);
    if (machine.isLate()) {
      // An earlier reading saw all of it, if with less knowledge.
      if (outcome) return outcome;
      machine.sink.effect(opaque(around.near, 'its code takes too long to look at', 'limit'));
      return machine.sink.outcome();
    }
    outcome = machine.sink.outcome();
    learned.globals = machine.globals();
    const isDone = !learned.called && ![...learned.misses].some((name) => learned.globals.has(name));
    if (isDone || reading === MAX_READINGS) return outcome;
    known = learned;
  }
}

function learnNothing(): Knowledge {
  return {
    bindings: new Map(),
    results: new Map(),
    methods: new Map(),
    attributes: new Map(),
    globals: new Map(),
    misses: new Set(),
    called: false,
  };
}

function createMachine(
  dialect: Dialect,
  around: Surroundings,
  known: Knowledge,
  learned: Knowledge,
  end: number,
): Machine {
  const names = createNames();
  const sink = createSink(around.near);
  const results: { id: number; values: v.Value[] }[] = [];
  const stars: string[] = [];
  let directory: v.Value | undefined;
  let loops = 0;
  let late = false;
  let ticks = 0;
  let steps = 0;

  /** What a name written in full stands for. */
  const named = (path: string, self?: v.Value): v.Value =>
    learned.attributes.get(path) ??
    known.attributes.get(path) ??
    dialect.constants.get(dialect.canonical(path))?.(machine, self) ??
    v.ref(path, self ? { self } : {});

  const findAction = (path: string): Action | undefined => {
    const canonical = dialect.canonical(path);
    return (
      dialect.calls.get(canonical) ??
      dialect.calls.get(`?.${canonical.slice(canonical.lastIndexOf('.') + 1)}`)
    );
  };

  const bind = (id: number, args: v.Args): void => {
    const slots = learned.bindings.get(id) ?? [];
    learned.bindings.set(id, slots);
    if (args.positional.length === 0 && args.named.size === 0) return;
    learned.called = true;
    for (const [at, value] of args.positional.entries()) {
      slots[at] ??= [];
      const slot = slots[at];
      if (slot.length < MAX_BINDINGS) slot.push(value);
    }
    for (const [name, value] of args.named) learned.attributes.set(`${id}(${name}`, value);
  };

  const callOne = (callee: v.Value, args: v.Args): v.Value => {
    if (callee.kind === 'routine') {
      bind(callee.id, args);
      return learned.results.get(callee.id) ?? known.results.get(callee.id) ?? unknownOf(args);
    }
    if (callee.kind !== 'ref') return v.unknownFrom(v.sourceOf(callee) ?? sourceOfArgs(args));
    const canonical = dialect.canonical(callee.path);
    const action = findAction(callee.path);
    const result = action?.({ path: canonical, self: callee.self, callee, args, machine });
    if (result) return result;
    const called = v.ref(`${canonical}()`, { args, ...(callee.self ? { self: callee.self } : {}) });
    if (action) return called;
    const method = callee.path.slice(callee.path.lastIndexOf('.') + 1);
    const id = learned.methods.get(method) ?? known.methods.get(method);
    if (id !== undefined && callee.path !== method) bind(id, args);
    passOn(args);
    return called;
  };

  /** A function handed to something unknown is called with what follows it: `submit(os.remove, path)`. */
  const passOn = (args: v.Args): void => {
    const handed: (readonly [v.Value, readonly v.Value[]])[] = args.positional.map((value, at) => [
      value,
      args.positional.slice(at + 1),
    ]);
    const target = args.named.get('target') ?? args.named.get('func');
    if (target) {
      const given = args.named.get('args');
      handed.push([target, given?.kind === 'list' ? given.items : []]);
    }
    for (const [value, rest] of handed) {
      const isRoutine = value.kind === 'routine' && rest.length > 0;
      if (isRoutine || machine.hasAction(value)) {
        machine.call(value, { positional: rest, named: new Map(), open: rest.length === 0 });
      }
    }
  };

  const machine: Machine = {
    ...around,
    ...names,
    dialect,
    sink,
    isLate: () => {
      if (!late && ++ticks % CLOCK_STEPS === 0) late = performance.now() > end;
      return late;
    },
    name: (name) => {
      const value = names.find(name);
      if (value) return value;
      const star = stars.find((module) => dialect.calls.has(dialect.canonical(`${module}.${name}`)));
      if (star !== undefined) return named(`${star}.${name}`);
      learned.misses.add(name);
      return known.globals.get(name) ?? named(name);
    },
    member: (of, name) =>
      v.eachOption(of, (one) => {
        if (one.kind === 'dictionary')
          return one.entries.get(name) ?? v.ref(`dictionary.${name}`, { self: one });
        if (one.kind === 'ref') return named(`${one.path}.${name}`, one);
        return v.ref(`${one.kind === 'unknown' ? '?' : one.kind}.${name}`, { self: one });
      }),
    index: (of, key) => v.combine([of, key], ([one, at]) => indexOne(machine, one as v.Value, at as v.Value)),
    setMember: (of, name, value) => {
      if (of.kind !== 'ref') return;
      if (of.source?.from === 'env') machine.env('set', name, { value: v.wordOf(value, around.near) });
      else setAttribute(learned, `${of.path}.${name}`, value);
    },
    setIndex: (of, key, value) => {
      const name = v.knownText(key);
      if (of.kind === 'ref' && of.source?.from === 'env' && name === undefined) machine.env('set', undefined);
      else if (name !== undefined) machine.setMember(of, name, value);
    },
    call: (callee, args) => {
      steps +=
        v.optionsOf(callee).length + args.positional.reduce((sum, a) => sum + v.optionsOf(a).length, 0);
      const within = steps < MAX_STEPS ? args : { ...args, positional: args.positional.map(() => v.UNKNOWN) };
      return v.eachOption(callee, (one) => callOne(one, within));
    },
    augment: (name, value) => {
      const old = names.find(name) ?? v.UNKNOWN;
      const parts = value.kind === 'either' && value.loop !== undefined ? value.options : [value];
      const isList = old.kind === 'list' || parts.every((part) => part.kind === 'list');
      if (!isList) return names.assign(name, v.join([old, ...parts]));
      const before = old.kind === 'list' ? old.items : old.kind === 'unknown' ? [] : [old];
      const items = parts.flatMap((part) => (part.kind === 'list' ? part.items : []));
      const isOpen = old.kind === 'unknown' || !parts.every((part) => part.kind === 'list' && !part.open);
      names.assign(name, v.list([...before, ...items], isOpen || (old.kind === 'list' && old.open === true)));
    },
    elements: (of) => v.elementsOf(of, ++loops),
    startRoutine: (id, method, parameters) => {
      names.enterRoutine();
      results.push({ id, values: [] });
      if (method !== undefined) learned.methods.set(method, id);
      for (const [name, value] of machine.bound(id, parameters)) names.define(name, value);
    },
    bound: (id, parameters) =>
      parameters.map(({ name, fallback }, at) => {
        const byName = known.attributes.get(`${id}(${name}`);
        const given = [...(known.bindings.get(id)?.[at] ?? []), ...(byName ? [byName] : [])];
        return [name, given.length > 0 ? onlyOrEither(given) : (fallback ?? v.UNKNOWN)];
      }),
    given: (id) => (known.bindings.get(id) ?? []).map(onlyOrEither),
    endRoutine: () => {
      names.leaveRoutine();
      const done = results.pop();
      if (!done) return v.UNKNOWN;
      if (done.values.length > 0) learned.results.set(done.id, onlyOrEither(done.values));
      return { kind: 'routine', id: done.id };
    },
    returns: (value) => void results.at(-1)?.values.push(value),
    importAll: (module) => void stars.push(module),
    hasAction: (value) =>
      v.optionsOf(value).some((one) => one.kind === 'ref' && dialect.calls.has(dialect.canonical(one.path))),
    place: (path) => {
      const word = v.wordOf(path, around.near);
      return directory ? joinWord(v.wordOf(directory, around.near), word) : word;
    },
    changeDirectory: (to) => {
      directory =
        directory && !/^[/~]/.test(v.knownText(to) ?? '') ? v.join([directory, v.text('/'), to]) : to;
    },
    directory: () => (directory ? v.wordOf(directory, around.near) : undefined),
    env: (op, name, more = {}) =>
      sink.effect({
        kind: 'env',
        op,
        ...(name === undefined ? {} : { name }),
        ...more,
        span: around.near.span,
      }),
  };
  return machine;
}

function onlyOrEither(values: readonly v.Value[]): v.Value {
  return values.length === 1 ? (values[0] as v.Value) : v.either(values);
}

function setAttribute(learned: Knowledge, path: string, value: v.Value): void {
  const old = learned.attributes.get(path);
  learned.attributes.set(path, old ? v.either([old, value]) : value);
}

function sourceOfArgs(args: v.Args): v.Source | undefined {
  return v.sourceOf(v.ref('?', { args }));
}

function unknownOf(args: v.Args): v.Value {
  return v.unknownFrom(sourceOfArgs(args));
}

/** `one[at]`, where neither has alternatives. */
function indexOne(machine: Machine, one: v.Value, at: v.Value): v.Value {
  const key = v.knownText(at);
  const number =
    v.knownNumber(at) ?? (key !== undefined && /^-?\d{1,9}$/.test(key) ? Number(key) : undefined);
  const unknown = v.unknownFrom(v.sourceOf(one));
  if (one.kind === 'dictionary') {
    const rest = one.entries.get('');
    const other = rest?.kind === 'ref' ? machine.index(rest, at) : unknown;
    if (key !== undefined) return one.entries.get(key) ?? other;
    return one.entries.size > 0 && one.entries.size <= MAX_BINDINGS
      ? v.either([...one.entries.values()])
      : unknown;
  }
  if (one.kind === 'ref' && one.source?.from === 'env' && one.source.name === undefined) {
    if (key === undefined) return unknown;
    if (key === 'HOME') return v.HOME;
    const method = v.ref(`${one.path}.${key}`, { self: one });
    if (machine.hasAction(method)) return method;
    machine.env('read', key);
    return v.unknownFrom({ from: 'env', name: key });
  }
  // `os['system']` is `os.system`; with an unknown key it may be anything the module has.
  if (one.kind === 'ref') return machine.member(one, key ?? '?');
  if (key !== undefined && number === undefined) return machine.member(one, key);
  if (one.kind === 'list' && number !== undefined) return one.items.at(number) ?? unknown;
  if (one.kind === 'list' && one.items.length > 0) {
    return v.either(one.open ? [...one.items, v.UNKNOWN] : one.items);
  }
  const known = v.knownText(one);
  return known !== undefined && number !== undefined ? v.text(known.at(number) ?? '') : unknown;
}
