/** How a script language puts its tokens together, and the pieces that a statement is made of. */

import type { Machine } from '../machine.ts';
import type { Args, Value } from '../value.ts';
import type { Lexicon, Token } from './lexicon.ts';

/** How a script language puts its tokens together. */
export interface Manner {
  readonly lexicon: Lexicon;
  /** A line's end ends a statement. */
  readonly lines: boolean;
  /** Signs that take a member: `.`, `->`, `::`. */
  readonly members: RegExp;
  /** Signs that put texts together; `' '` is none at all. */
  readonly joins: RegExp;
  /** Signs that assign. */
  readonly assigns: RegExp;
  /** A name without brackets is called when an operand follows. */
  readonly bareCalls: boolean;
  /** A member that is not called is called without arguments. */
  readonly autoCalls: boolean;
  /** `name = value` between brackets names an argument. */
  readonly namedArguments?: boolean;
  /** Blocks end with the word `end`. */
  readonly endWords?: boolean;
  /** `{…}` is a list. */
  readonly braceLists?: boolean;
  /** Words between operands: `x`, `eq`. */
  readonly operatorWords?: RegExp;
  /** Words in front of a type that a value is taken for: `as`. */
  readonly casts?: RegExp;
  /** Functions that take the current item when they are given nothing: `unlink;`. */
  readonly topical?: RegExp;
  /** Looks at a statement first; a value when that was all there is to it. */
  readonly statement?: (machine: Machine, parts: readonly Part[]) => Value | undefined;
}

/** A value or what stands between values. */
export type Part = ValuePart | { readonly kind: 'sign' | 'word'; readonly text: string };

export interface ValuePart {
  readonly kind: 'value';
  readonly value: Value;
  /** A plain name that can be assigned to. */
  readonly name?: string;
  /** Object and key that can be assigned to. */
  readonly target?: readonly [Value, Value];
  /** Names inside brackets: `(a, b) = …`. */
  readonly names?: readonly Naming[];
  /** Named but not called yet. */
  readonly bare?: boolean;
  readonly member?: boolean;
  /** It was written as `print(…)`. */
  readonly printed?: boolean;
}

/** A name, and what it is called here: `{ a: b }`. */
export interface Naming {
  readonly name: string;
  readonly alias: string;
}

export interface Group {
  readonly kind: 'group';
  readonly open: string;
  readonly args: Args;
  readonly names: readonly Naming[];
  readonly spaced: boolean;
  readonly from: number;
}

export type Item = Token | Group;

const BETWEEN =
  'and or not xor if unless elsif elseif elif else while until for foreach do then end return in of as rescue ensure begin case when switch try catch finally function sub def fun fn class module package use import from yield throw raise die repeat type interface echo';
/** Words that change nothing about what follows. */
const SILENT =
  'local my our let const var new await async static public private protected global declare readonly not export default';

/** Words that stand between clauses and are no names. */
export const CLAUSE_WORDS: ReadonlySet<string> = new Set(`${BETWEEN} ${SILENT}`.split(' '));
export const SILENT_WORDS: ReadonlySet<string> = new Set(SILENT.split(' '));
export const LOOP_WORD = /^(?:for|foreach)$/;
