/** A policy after its layers were merged: what the engine and the guards work with. */

import type { Level } from './verdict.ts';

/** Compiled file patterns of one option. */
export interface GlobSet {
  readonly patterns: readonly string[];
  /** The first pattern that matches a path (`/` as separator, no leading `./`), or undefined. */
  readonly match: (path: string) => string | undefined;
}

/** Values of a guard's options after compilation, by name. */
export type OptionValues = Readonly<Record<string, string | number | boolean | readonly string[] | GlobSet>>;

export interface GuardSetting {
  readonly level: Level | 'off';
  readonly options: OptionValues;
}

export interface Exception {
  readonly guard: string;
  /** Every given key must match the finding's subject; values are globs. */
  readonly match: Readonly<Record<string, string>>;
  readonly reason: string;
  /** ISO date; the exception holds until the end of that day, UTC. */
  readonly until: string;
  /** Layer that it came from. */
  readonly layer: LayerName;
}

export type LayerName = 'preset' | 'user' | 'project' | 'managed' | 'environment';

/** Something in a policy file that is wrong or was refused; never silent. */
export interface PolicyProblem {
  readonly severity: 'error' | 'warning';
  readonly message: string;
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
  readonly hint?: string;
}

export interface PolicyTest {
  readonly command: string;
  readonly expect: 'deny' | 'warn' | 'pass';
  readonly guard?: string;
  readonly file: string;
}

export interface Policy {
  readonly mode: 'observe' | 'warn' | 'enforce';
  /** What an effect that nobody can see means. */
  readonly uncertain: 'deny' | 'warn' | 'pass';
  /** Answer Codex's question whether a step may run with yes, where it only reads; absent = no. */
  readonly autoApprove?: boolean;
  readonly guards: Readonly<Record<string, GuardSetting>>;
  readonly exceptions: readonly Exception[];
  readonly tests: readonly PolicyTest[];
  /** SHA-256 of the merged values, hex. */
  readonly digest: string;
  /** Files and presets that went in, weakest first. */
  readonly sources: readonly { readonly layer: LayerName; readonly name: string }[];
  /** What a managed file speaks of and nobody else may loosen: guard ids, `mode`, `uncertain`. Absent = nothing. */
  readonly locked?: readonly string[];
  readonly problems: readonly PolicyProblem[];
}
