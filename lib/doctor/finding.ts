/** The shapes of a diagnosis: what a check is, what it finds, and what mends it. Data only. */

import type { Situation } from './situation.ts';

/**
 * `error`: the guard does not protect as wired. `warning`: it protects, but less than its policy says. `info`: advice.
 */
export type Severity = 'error' | 'warning' | 'info';

/** A change that is safe to make: it tightens or restores, trusts nothing, and loses nothing. */
export type Mend =
  /** Replaces a file's text; what was there is kept beside it. */
  | { readonly kind: 'write'; readonly path: string; readonly text: string }
  | { readonly kind: 'chmod'; readonly path: string; readonly mode: number }
  /** Copies one of this package's programs. */
  | { readonly kind: 'copy'; readonly from: string; readonly to: string }
  /** Makes the code caches of a folder of programs. */
  | { readonly kind: 'caches'; readonly folder: string };

/** What one run of a check says. */
export interface Draft {
  readonly severity: Severity;
  /** What is wrong here, with names; one or two sentences. */
  readonly detail: string;
  /** A command to paste, or what to do. */
  readonly fix: string;
  /** Present when `--fix` may do it. */
  readonly mends?: readonly Mend[];
}

export interface Finding extends Draft {
  /** The check's. */
  readonly id: string;
  readonly title: string;
}

export type Family =
  | 'hooks'
  | 'files'
  | 'programs'
  | 'machine'
  | 'records'
  | 'policy'
  | 'config'
  | 'production';

export interface Check {
  /** Stable: people name it in their scripts. */
  readonly id: string;
  readonly family: Family;
  /** What is wrong when it finds something, in a few words. */
  readonly title: string;
  /** One line for `doctor --list`: why it matters. */
  readonly about: string;
  readonly run: (situation: Situation) => readonly Draft[];
}

/** A check of the ten that a production installation should pass, with what holds now. */
export interface ProductionCheck extends Check {
  readonly state: (situation: Situation) => string;
  /** Event at which our hook has to run for the check to hold. */
  readonly needs?: string;
}
