/** What readers and call tables see of the machine: shapes only. */

import type { EnvEffect } from '../../types/effect.ts';
import type { Language } from '../../types/invocation.ts';
import type { Word } from '../../types/text.ts';
import type { Names } from './scope.ts';
import type { Sink } from './sink.ts';
import type * as v from './value.ts';

/** One call of something that the dialect's table knows. */
export interface Site {
  /** Canonical name of what is called: `os.remove`. */
  readonly path: string;
  readonly self: v.Value | undefined;
  /** What is called; the result of a call has its arguments. */
  readonly callee?: v.Ref;
  readonly args: v.Args;
  readonly machine: Machine;
}

/** What a call does; the value it gives, or undefined for something unknown. */
export type Action = (site: Site) => v.Value | undefined;

/** What a language's names mean. */
export interface Dialect {
  readonly language: Language;
  /** By canonical name; a method of an unknown object is `?.name`. */
  readonly calls: ReadonlyMap<string, Action>;
  /** Names that stand for a value of their own: `os.environ`, `__file__`. */
  readonly constants: ReadonlyMap<string, (machine: Machine, self?: v.Value) => v.Value>;
  /** One spelling for all ways to name a thing. */
  readonly canonical: (path: string) => string;
}

/** What the text is given to run with. */
export interface Surroundings {
  readonly near: Word;
  /** Path of the file that holds the text; absent when it stood in a command. */
  readonly file?: string;
  /** `$0 $1 …`. */
  readonly args?: readonly Word[];
}

export interface Machine extends Surroundings, Names {
  readonly dialect: Dialect;
  readonly sink: Sink;
  /** True when reading has taken too long and has to stop. */
  readonly isLate: () => boolean;
  readonly name: (name: string) => v.Value;
  readonly member: (of: v.Value, name: string) => v.Value;
  readonly index: (of: v.Value, key: v.Value) => v.Value;
  readonly setMember: (of: v.Value, name: string, value: v.Value) => void;
  readonly setIndex: (of: v.Value, key: v.Value, value: v.Value) => void;
  readonly call: (callee: v.Value, args: v.Args) => v.Value;
  /** `name += value`: in a loop over known items, all of them one after the other. */
  readonly augment: (name: string, value: v.Value) => void;
  readonly elements: (of: v.Value) => v.Value;
  /** Starts a function; its parameters get what calls of it gave. A method is called by its name on any object. */
  readonly startRoutine: (id: number, method: string | undefined, parameters: readonly Parameter[]) => void;
  readonly endRoutine: () => v.Value;
  /** What calls of a function gave its parameters. */
  readonly bound: (id: number, parameters: readonly Parameter[]) => readonly (readonly [string, v.Value])[];
  /** The same by position. */
  readonly given: (id: number) => readonly v.Value[];
  readonly returns: (value: v.Value) => void;
  /** All names of a module become names here. */
  readonly importAll: (module: string) => void;
  readonly hasAction: (value: v.Value) => boolean;
  /** The value as a path where the text stands. */
  readonly place: (path: v.Value) => Word;
  readonly changeDirectory: (to: v.Value) => void;
  readonly directory: () => Word | undefined;
  readonly env: (op: EnvEffect['op'], name: string | undefined, more?: Partial<EnvEffect>) => void;
}

export interface Parameter {
  readonly name: string;
  /** What it is when no call gives it. */
  readonly fallback?: v.Value;
}
