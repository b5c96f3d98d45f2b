/** Host facts that a guard can ask for by name in `needs`. Holds types only; the engine fetches them. */

import type { Change } from '../types/change.ts';
import type { SecretHit } from '../types/secret.ts';

export type { ChangeFile } from '../types/change.ts';
export type { SecretHit } from '../types/secret.ts';

export type HostNeed = 'git' | 'secrets' | 'change' | 'session' | 'mode';

/** How and where the session runs. */
export interface RunMode {
  /** `permission_mode` as Codex sent it; `bypassPermissions` = nobody is asked. */
  readonly permission: string | undefined;
  /** Name of the machine. */
  readonly machine: string;
  /** Hour of the day on that machine, 0 to 23. */
  readonly hour: number;
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
  /** Takes the secrets that were found, and others, out of a text that quotes the step. */
  readonly redact?: (text: string) => string;
  /** What of a commit or push could not be looked at, each as a clause. */
  readonly secretsUnseen?: readonly string[];
  /** Working tree against HEAD, untracked files included; Stop events only. */
  readonly change?: Change;
  readonly mode?: RunMode;
  readonly session?: { readonly toolCalls: number; readonly denials: number; readonly stopRounds: number };
}
