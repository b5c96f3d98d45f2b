/** The shape of a program page: one program family's command line turned into effects. Owns no program. */

import type { Effect } from '../types/effect.ts';
import type { HostView } from '../types/host.ts';
import type { Invocation, Nested } from '../types/invocation.ts';
import type { Word } from '../types/text.ts';

/** One program start, as a page gets it. */
export interface Call {
  /** Base name, lower case, without `.exe`: `git`. */
  readonly name: string;
  /** Arguments, the program itself left out. */
  readonly args: readonly Word[];
  readonly invocation: Invocation;
  readonly host: HostView;
}

/** What a program start does. Paths stay as written: the facts room resolves them against the invocation's directory. */
export interface Outcome {
  readonly effects: readonly Effect[];
  /** What it runs in turn. */
  readonly runs?: readonly Nested[];
  /** What it prints, when that is known before it runs (`base64 -d` of a literal). */
  readonly stdout?: string;
  /** Shapes of the lines it prints (`find`: paths below its roots), when not the lines themselves. */
  readonly prints?: readonly Word[];
  /** Whether it ends with 0, when that is known before it runs. */
  readonly succeeds?: boolean;
}

/** Executed by test/programs/examples.test.ts: the command's effects must contain every listed partial effect. */
export interface PageExample {
  readonly command: string;
  /**
   * Partial effects that must be among the command's effects (all that run, nested ones too). Words are compared by their text.
   * An empty list demands that the command has no effect but `run`, `file` read/list and `env` read.
   */
  readonly effects: readonly Readonly<Record<string, unknown>>[];
}

export interface Page {
  /** Base names that lead here. */
  readonly names: readonly string[];
  /** One line: the family. */
  readonly about: string;
  readonly read: (call: Call) => Outcome;
  readonly examples: readonly PageExample[];
}

/** Declares a page; returns it as it is. */
export function definePage(page: Page): Page {
  return page;
}

/** The outcome of a program that touches nothing we judge. */
export const NOTHING: Outcome = { effects: [] };
