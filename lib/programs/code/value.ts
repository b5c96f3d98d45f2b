/** What is known of the values in a program text before it runs. Owns their shapes and how they combine, knows no language. */

import type { Word } from '../../types/text.ts';

/** Where an unknown value comes from, as far as that matters. */
export type Source =
  | { readonly from: 'home' }
  /** Without a name: the whole environment. */
  | { readonly from: 'env'; readonly name?: string }
  | { readonly from: 'file'; readonly path: Value }
  | { readonly from: 'net' };

export interface Unknown {
  readonly kind: 'unknown';
  readonly source?: Source;
}

export interface Text {
  readonly kind: 'text';
  /** Known and unknown stretches, never two known ones side by side. */
  readonly pieces: readonly (string | Unknown)[];
  /** A file pattern that stands for whatever it matches. */
  readonly glob?: boolean;
}

/** Number, boolean, or null for None, nil and undefined. */
export interface Scalar {
  readonly kind: 'scalar';
  readonly value: number | boolean | null;
}

export interface List {
  readonly kind: 'list';
  readonly items: readonly Value[];
  /** There may be more items than are known. */
  readonly open?: boolean;
}

export interface Dictionary {
  readonly kind: 'dictionary';
  /** Under `''` stands what has all keys that are not known here. */
  readonly entries: ReadonlyMap<string, Value>;
}

/** Something with a name: a module, a function, or what calling one gives (`open()`). */
export interface Ref {
  readonly kind: 'ref';
  readonly path: string;
  /** What it was taken from. */
  readonly self?: Value;
  /** What it was called with, when it is the result of a call. */
  readonly args?: Args;
  /** What it stands for where text is wanted: the path of a `Path`, the URL of a `URL`. */
  readonly text?: Value;
  readonly source?: Source;
}

/** A function of the text itself. */
export interface Routine {
  readonly kind: 'routine';
  readonly id: number;
}

/** One of several; with a loop, one after the other, in step with all values of the same loop. */
export interface Either {
  readonly kind: 'either';
  readonly options: readonly Value[];
  readonly loop?: number;
}

export type Value = Unknown | Text | Scalar | List | Dictionary | Ref | Routine | Either;

/** What a call gets. */
export interface Args {
  readonly positional: readonly Value[];
  readonly named: ReadonlyMap<string, Value>;
  /** More arguments than are known: `*args`. */
  readonly open?: boolean;
}

/** Options of one value, and rows of a combination, that are kept apart; what goes beyond is unknown. */
const MAX_OPTIONS = 32;
const MAX_LOOP = 1024;
/** UTF-16 units of a text that is followed. */
const MAX_TEXT = 200_000;
/** Stretches of a text that are told apart. */
const MAX_PIECES = 64;
export const MAX_ITEMS = 4096;

export const UNKNOWN: Unknown = { kind: 'unknown' };
export const NULL: Scalar = { kind: 'scalar', value: null };
export const HOME: Text = { kind: 'text', pieces: [{ kind: 'unknown', source: { from: 'home' } }] };
export const NO_ARGS: Args = { positional: [], named: new Map() };

export function text(known: string): Text {
  return { kind: 'text', pieces: known === '' ? [] : [known] };
}

export function scalar(value: number | boolean | null): Scalar {
  return { kind: 'scalar', value };
}

export function list(items: readonly Value[], open = false): List {
  if (items.length > MAX_ITEMS) return { kind: 'list', items: items.slice(0, MAX_ITEMS), open: true };
  return open ? { kind: 'list', items, open } : { kind: 'list', items };
}

export function ref(path: string, more: Partial<Ref> = {}): Ref {
  // A name that long names nothing we know: keep chains of calls linear.
  return { kind: 'ref', path: path.length > 300 ? '?' : path, ...more };
}

export function unknownFrom(source: Source | undefined): Unknown {
  return source ? { kind: 'unknown', source } : UNKNOWN;
}

/** The values that one may be, one level deep. */
export function optionsOf(value: Value): readonly Value[] {
  return value.kind === 'either' ? value.options : [value];
}

/** One of `values`; doubles of known texts are dropped unless a loop needs them in step. */
export function either(values: readonly Value[], loop?: number): Value {
  if (loop !== undefined) {
    if (values.length === 1) return values[0] as Value;
    return values.length > MAX_LOOP ? UNKNOWN : { kind: 'either', options: values, loop };
  }
  const seen = new Set<unknown>();
  const options: Value[] = [];
  for (const option of values.flatMap(optionsOf)) {
    const key = keyOf(option);
    if (seen.has(key)) continue;
    seen.add(key);
    options.push(option);
    if (options.length >= MAX_OPTIONS) {
      options.push(UNKNOWN);
      break;
    }
  }
  if (options.length === 0) return UNKNOWN;
  return options.length === 1 ? (options[0] as Value) : { kind: 'either', options };
}

/** What tells an option from the others. */
function keyOf(option: Value): unknown {
  if (option.kind === 'scalar') return option.value;
  if (option.kind === 'routine') return option.id;
  if (option.kind === 'unknown') return option.source ?? UNKNOWN;
  if (option.kind === 'ref' && !option.args && !option.text) return `\0${option.path}`;
  return knownText(option) ?? option;
}

/** Applies `change` to each option. */
export function eachOption(value: Value, change: (one: Value) => Value): Value {
  return value.kind === 'either' ? either(value.options.map(change), value.loop) : change(value);
}

/** Applies `make` to every combination of the values' options; values of one loop stay in step. */
export function combine(values: readonly Value[], make: (row: readonly Value[]) => Value): Value {
  if (!values.some((value) => value.kind === 'either')) return make(values);
  let rows: Value[][] = [[...values]];
  const loops = new Set<number | undefined>();
  for (const [slot, value] of values.entries()) {
    if (value.kind !== 'either' || rows[0]?.[slot] !== value) continue;
    if (rows.length * value.options.length > Math.max(MAX_OPTIONS, value.options.length)) {
      for (const row of rows) row[slot] = UNKNOWN;
      continue;
    }
    loops.add(value.loop);
    rows = rows.flatMap((row) =>
      value.options.map((option, index) =>
        row.map((cell, at) => {
          if (at < slot || cell.kind !== 'either') return cell;
          if (at === slot || cell === value) return option;
          const inStep = value.loop !== undefined && cell.loop === value.loop;
          return inStep ? (cell.options[index] ?? UNKNOWN) : cell;
        }),
      ),
    );
  }
  return either(rows.map(make), loops.size === 1 ? [...loops][0] : undefined);
}

/** The text, when all of it is known. */
export function knownText(value: Value | undefined): string | undefined {
  if (value === undefined) return undefined;
  if (value.kind === 'ref' && value.text) return knownText(value.text);
  if (value.kind !== 'text') return undefined;
  if (value.pieces.length === 0) return '';
  const [only] = value.pieces;
  return value.pieces.length === 1 && typeof only === 'string' ? only : undefined;
}

export function knownNumber(value: Value | undefined): number | undefined {
  return value?.kind === 'scalar' && typeof value.value === 'number' ? value.value : undefined;
}

/** The entries that a value brings when it is spread into a dictionary. */
export function spreadOf(value: Value): readonly (readonly [string, Value])[] {
  if (value.kind === 'dictionary') return [...value.entries];
  return value.kind === 'ref' || sourceOf(value) ? [['', value]] : [];
}

/** True only when the value is known to count as true. */
export function isTrue(value: Value | undefined): boolean {
  if (value === undefined) return false;
  if (value.kind === 'scalar') return Boolean(value.value);
  if (value.kind === 'text') return value.pieces.length > 0;
  return value.kind === 'either' ? value.options.some(isTrue) : value.kind !== 'unknown';
}

/** The value as stretches of text. */
export function piecesOf(value: Value): readonly (string | Unknown)[] {
  if (value.kind === 'text') return value.pieces;
  if (value.kind === 'scalar') return value.value === null ? [] : [String(value.value)];
  if (value.kind === 'ref' && value.text) return value.text.kind === 'ref' ? [UNKNOWN] : piecesOf(value.text);
  return [unknownFrom(sourceOf(value))];
}

/** Text out of stretches; neighbours are merged. */
export function textOf(pieces: readonly (string | Unknown)[], glob = false): Text {
  const merged: (string | Unknown)[] = [];
  let length = 0;
  for (const piece of pieces) {
    const last = merged.at(-1);
    if (piece === '') continue;
    if (typeof piece === 'string') {
      length += piece.length;
      if (length > MAX_TEXT) return { kind: 'text', pieces: [UNKNOWN] };
      if (typeof last === 'string') merged[merged.length - 1] = last + piece;
      else merged.push(piece);
    } else if (last === undefined || typeof last === 'string' || piece.source) merged.push(piece);
  }
  if (merged.length > MAX_PIECES) return { kind: 'text', pieces: [UNKNOWN] };
  return glob ? { kind: 'text', pieces: merged, glob } : { kind: 'text', pieces: merged };
}

/** Texts put together. */
export function join(parts: readonly Value[]): Value {
  return combine(parts, (row) =>
    textOf(
      row.flatMap(piecesOf),
      row.some((part) => part.kind === 'text' && part.glob === true),
    ),
  );
}

/** What a loop over the value sees, one after the other. */
export function elementsOf(value: Value, loop: number): Value {
  if (value.kind === 'either')
    return either(value.options.flatMap((one) => optionsOf(elementsOf(one, loop))));
  if (value.kind === 'list') {
    const items = value.open ? [...value.items, UNKNOWN] : value.items;
    return items.length === 0 ? UNKNOWN : either(items, loop);
  }
  if (value.kind === 'text') {
    const known = knownText(value);
    if (known !== undefined) return either([...known.slice(0, MAX_ITEMS)].map(text), loop);
    // Looping over an unknown text's characters or lines.
    return unknownFrom(sourceOf(value));
  }
  if (value.kind === 'dictionary') return either([...value.entries.keys()].map(text), loop);
  // The environment itself gives its names only.
  if (value.kind === 'ref' && value.source?.from === 'env') return UNKNOWN;
  return unknownFrom(sourceOf(value));
}

/** Where the value, or something it was made of, comes from. Looks a bounded way only. */
export function sourceOf(value: Value): Source | undefined {
  const queue: Value[] = [value];
  for (let looked = 0; looked < 60 && queue.length > 0; looked++) {
    const one = queue.shift() as Value;
    if (one.kind === 'unknown' || one.kind === 'ref') {
      if (one.source && one.source.from !== 'home') return one.source;
    }
    if (one.kind === 'ref') {
      if (one.self) queue.push(one.self);
      if (one.text) queue.push(one.text);
      if (one.args)
        queue.push(...one.args.positional.slice(0, 20), ...[...one.args.named.values()].slice(0, 20));
    }
    if (one.kind === 'text') {
      for (const piece of one.pieces.slice(0, 60)) {
        if (typeof piece !== 'string' && piece.source && piece.source.from !== 'home') return piece.source;
      }
    }
    if (one.kind === 'list') queue.push(...one.items.slice(0, 20));
    if (one.kind === 'dictionary') queue.push(...[...one.entries.values()].slice(0, 20));
    if (one.kind === 'either') queue.push(...one.options.slice(0, 20));
  }
  return undefined;
}

/** The value as a word at another's place. `home` is what stands for the home directory. */
export function wordOf(value: Value, near: Word, home = '~'): Word {
  const pieces = piecesOf(value).map((piece) =>
    typeof piece === 'string' ? piece : piece.source?.from === 'home' ? home : null,
  );
  const glob = value.kind === 'text' && value.glob === true;
  if (pieces.every((piece) => piece !== null)) return { text: pieces.join(''), glob, span: near.span };
  return { text: undefined, pieces: pieces.length > 0 ? pieces : [null], glob, span: near.span };
}
