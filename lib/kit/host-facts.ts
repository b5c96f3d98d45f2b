/** Host facts that a guard can ask for by name in `needs`. Holds types only; the engine fetches them. */

import type { Change } from '../types/change.ts';
import type { TextFact } from '../types/facts.ts';
import type { Span } from '../types/text.ts';

export type { ChangeFile } from '../types/change.ts';

export type HostNeed = 'git' | 'secrets' | 'change' | 'session';

/** A secret that was found, without the secret. */
export interface SecretHit {
  readonly rule: string;
  readonly provider: string;
  /** `deny` = a provider's own format; `warn` = a generic `key = high entropy`. */
  readonly tier: 'deny' | 'warn';
  readonly where: TextFact['where'];
  readonly path?: string;
  /** Line and column, from 1, in the text it was found in. */
  readonly line: number;
  readonly column: number;
  readonly length: number;
  /** Public prefix only: `ghp_`. */
  readonly prefix: string;
  readonly span: Span;
  readonly fingerprint?: string;
}

export interface HostFacts {
  /** Directory names that the guards have to know by sight. */
  readonly paths: { readonly home: string; readonly codexHome: string; readonly guardHome: string };
  /** Default branches that the remotes of the current repository declare (refs/remotes/<remote>/HEAD). */
  readonly git?: {
    readonly defaultBranches: readonly string[];
    readonly branch: string | undefined;
    readonly remotes: ReadonlyMap<string, string>;
  };
  readonly secrets?: readonly SecretHit[];
  /** True when the texts were too large to be scanned whole in time. */
  readonly secretsIncomplete?: boolean;
  /** Working tree against HEAD, untracked files included; Stop events only. */
  readonly change?: Change;
  readonly session?: { readonly toolCalls: number; readonly denials: number; readonly stopRounds: number };
}
