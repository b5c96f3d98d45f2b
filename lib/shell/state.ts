/** What a shell knows while it runs: variables, functions, directory. Owns copying and joining of it; runs nothing. */

import type { Function as FunctionNode } from 'unbash';
import {
  ANYTHING,
  EMPTY,
  joinOptions,
  knownText,
  type Options,
  type Text,
  textOf,
  UNKNOWN,
} from './value.ts';

export type Variable =
  | { readonly kind: 'scalar'; readonly options: Options }
  /** Elements in order; `keys` when it is associative or sparse. */
  | { readonly kind: 'array'; readonly items: readonly Text[]; readonly keys?: readonly string[] };

/** A function body with the text frame that its positions belong to. */
export interface FunctionValue<Frame> {
  readonly body: FunctionNode['body'];
  readonly frame: Frame;
}

/** A shell's state; every fork is a subshell. Mutable on purpose: it is what running changes. */
export interface State<Frame = unknown> {
  readonly variables: Map<string, Variable>;
  readonly exported: Set<string>;
  readonly functions: Map<string, FunctionValue<Frame>>;
  readonly aliases: Map<string, string>;
  cwd: Options;
  /** Directory before the last `cd`. */
  oldCwd: Options;
  /** Directory in which the text goes on when a `cd` before it failed. */
  cwdIfFailed: Options | undefined;
  readonly stack: Options[];
  /** `$1 …`; undefined when they come from outside. */
  positional: readonly Text[] | undefined;
  exportAll: boolean;
  /** Loop variables whose value is a file pattern that stands for its matches. */
  readonly patterns: Set<string>;
}

/** A fresh shell. @param environment variables known beforehand; of several values it has one */
export function newState<Frame>(
  cwd: Text,
  environment: ReadonlyMap<string, string | readonly string[]>,
): State<Frame> {
  const variables = new Map<string, Variable>();
  for (const [name, value] of environment)
    variables.set(name, { kind: 'scalar', options: [value].flat().map(textOf) });
  variables.set('IFS', { kind: 'scalar', options: [[' \t\n']] });
  return {
    variables,
    exported: new Set(),
    functions: new Map(),
    aliases: new Map(),
    cwd: [cwd],
    oldCwd: ANYTHING,
    cwdIfFailed: undefined,
    stack: [],
    positional: undefined,
    exportAll: false,
    patterns: new Set(),
  };
}

/** A copy that can change by itself. */
export function fork<F>(state: State<F>): State<F> {
  return {
    ...state,
    variables: new Map(state.variables),
    exported: new Set(state.exported),
    functions: new Map(state.functions),
    aliases: new Map(state.aliases),
    stack: [...state.stack],
    patterns: new Set(state.patterns),
  };
}

/** True when nothing that runs in one could go another way than in the other. */
export function isSame<F>(a: State<F>, b: State<F>): boolean {
  if (a.functions.size !== b.functions.size) return false;
  for (const [name, body] of a.functions) if (b.functions.get(name) !== body) return false;
  return print(a) === print(b);
}

function print<F>(state: State<F>): string {
  const { variables, exported, aliases, patterns, functions: _, ...rest } = state;
  return JSON.stringify([[...variables], [...exported], [...aliases], [...patterns], rest]);
}

/** Makes `state` what it may be after either it or one of the branches was taken. */
export function joinInto<F>(state: State<F>, branches: readonly State<F>[]): void {
  for (const branch of branches) {
    for (const name of new Set([...state.variables.keys(), ...branch.variables.keys()])) {
      const here = state.variables.get(name);
      const there = branch.variables.get(name);
      if (here !== there) state.variables.set(name, joinVariables(here, there));
    }
    for (const name of branch.exported) state.exported.add(name);
    for (const name of branch.patterns) state.patterns.add(name);
    for (const [name, body] of branch.functions) state.functions.set(name, body);
    for (const [name, text] of branch.aliases) state.aliases.set(name, text);
    if (branch.cwd !== state.cwd) state.cwd = joinOptions(state.cwd, branch.cwd);
  }
}

/** Replaces all of `state` by another. */
export function become<F>(state: State<F>, other: State<F>): void {
  for (const key of ['variables', 'functions', 'aliases'] as const) {
    const target = state[key] as Map<string, unknown>;
    const source = other[key] as ReadonlyMap<string, unknown>;
    if (target === source) continue;
    target.clear();
    for (const [name, value] of source) target.set(name, value);
  }
  for (const name of other.exported) state.exported.add(name);
  state.cwd = other.cwd;
  state.oldCwd = other.oldCwd;
  state.cwdIfFailed = other.cwdIfFailed;
  state.positional = other.positional;
  state.exportAll = other.exportAll;
}

/** A variable that may be either; absent means unset, which may also come from the environment. */
function joinVariables(a: Variable | undefined, b: Variable | undefined): Variable {
  if (a?.kind === 'array' || b?.kind === 'array') {
    const array = a?.kind === 'array' ? a : (b as Variable & { kind: 'array' });
    const other = array === a ? b : a;
    if (other === undefined || JSON.stringify(other) === JSON.stringify(array)) return array;
    return {
      kind: 'scalar',
      options: joinOptions(array.items.length > 0 ? array.items : [EMPTY], optionsOf(other)),
    };
  }
  return { kind: 'scalar', options: joinOptions(a?.options ?? [[UNKNOWN]], b?.options ?? [[UNKNOWN]]) };
}

/** What `$name` may be. */
export function optionsOf(variable: Variable | undefined): Options {
  if (variable === undefined) return ANYTHING;
  if (variable.kind === 'scalar') return variable.options;
  return [variable.items[0] ?? EMPTY];
}

/** Sets a plain variable. */
export function assign<F>(state: State<F>, name: string, options: Options): void {
  state.patterns.delete(name);
  state.variables.set(name, { kind: 'scalar', options });
  if (state.exportAll) state.exported.add(name);
}

/** Index of an array element by its subscript, counting from the end when negative; undefined when not there. */
export function findElement(array: Variable & { kind: 'array' }, subscript: Text): Text | undefined {
  const key = knownText(subscript);
  if (key === undefined) return undefined;
  if (array.keys !== undefined) return array.items[array.keys.indexOf(key)];
  const index = Number(key.trim() === '' ? Number.NaN : key);
  return Number.isInteger(index) ? array.items.at(index) : undefined;
}
