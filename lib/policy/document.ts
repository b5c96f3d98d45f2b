/** What one policy file says, checked but not yet merged. Holds no behaviour. */

import type { AnyGuard } from '../kit/define-guard.ts';
import type { Exception, Policy, PolicyTest } from '../types/policy.ts';
import type { Level } from '../types/verdict.ts';

/** The guards that a policy can speak of, by id. */
export type GuardTable = Readonly<Record<string, Pick<AnyGuard, 'title' | 'level' | 'options'>>>;

export type OptionValue = string | number | boolean | readonly string[];

/** A value and where it stands in its file; line and column start at 1. */
export interface Stated<T> {
  readonly value: T;
  readonly line: number;
  readonly column: number;
}

export interface GuardStatement {
  readonly level?: Stated<Level | 'off'>;
  readonly options: Readonly<Record<string, Stated<OptionValue>>>;
}

export interface PolicyDocument {
  /** Path of the file, or `codex-guard:level-2`. */
  readonly name: string;
  /** Set on shipped presets: a `base` is a whole policy, an `overlay` is laid over one. */
  readonly preset?: 'base' | 'overlay';
  readonly mode?: Stated<Policy['mode']>;
  readonly uncertain?: Stated<Policy['uncertain']>;
  readonly autoApprove?: Stated<boolean>;
  readonly extends: readonly Stated<string>[];
  readonly guards: Readonly<Record<string, GuardStatement>>;
  readonly exceptions: readonly Stated<Omit<Exception, 'layer'>>[];
  readonly tests: readonly PolicyTest[];
}

/** From loosest to strictest. */
export const LEVELS: readonly (Level | 'off')[] = ['off', 'note', 'warn', 'deny'];
/** From loosest to strictest. */
export const MODES: readonly Policy['mode'][] = ['observe', 'warn', 'enforce'];
/** From loosest to strictest. */
export const UNCERTAIN: readonly Policy['uncertain'][] = ['pass', 'warn', 'deny'];
/** From loosest to strictest. */
export const AUTO_APPROVE: readonly boolean[] = [true, false];

/** In a list: everything that the layers before this one say. */
export const INHERITED = '...';
