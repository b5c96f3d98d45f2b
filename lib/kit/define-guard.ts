/** The shape of a guard. Owns the types that make a guard's options, host facts and examples check each other. */

import type { Facts } from '../types/facts.ts';
import type { EventName } from '../types/payload.ts';
import type { GlobSet } from '../types/policy.ts';
import type { FindingDraft, Level } from '../types/verdict.ts';
import type { HostFacts, HostNeed, RunMode } from './host-facts.ts';

/**
 * How two layers of a policy combine when the lower one may only tighten.
 * `permission`: a list of what is allowed, so layers intersect. `prohibition`: a list of what is forbidden, so they add up.
 */
export type Direction = 'permission' | 'prohibition';

interface OptionBase {
  /** One sentence for the docs table and the JSON Schema. */
  readonly about: string;
}
export type OptionSpec =
  | (OptionBase & {
      readonly type: 'strings';
      readonly default: readonly string[];
      readonly direction: Direction;
    })
  /** File patterns, compiled to a GlobSet. */
  | (OptionBase & {
      readonly type: 'globs';
      readonly default: readonly string[];
      readonly direction: Direction;
    })
  /** A number where `tighter` says which way is stricter. */
  | (OptionBase & {
      readonly type: 'number';
      readonly default: number;
      readonly minimum: number;
      readonly tighter: 'lower' | 'higher';
    })
  | (OptionBase & {
      readonly type: 'boolean';
      readonly default: boolean /** The value that is stricter. */;
      readonly tighter: boolean;
    })
  /** One of a fixed list, ordered from loosest to strictest. */
  | (OptionBase & { readonly type: 'choice'; readonly default: string; readonly choices: readonly string[] });

type ValueOf<O extends OptionSpec> = O['type'] extends 'strings'
  ? readonly string[]
  : O['type'] extends 'globs'
    ? GlobSet
    : O['type'] extends 'number'
      ? number
      : O['type'] extends 'boolean'
        ? boolean
        : string;

export type OptionsOf<S extends Readonly<Record<string, OptionSpec>>> = {
  readonly [K in keyof S]: ValueOf<S[K]>;
};

/**
 * One executed example. A bare string is a shell command at PreToolUse, run on branch `feature/x` of a repository
 * that has the files of the shared example project. An object sets more.
 */
export type Example =
  | string
  | {
      readonly command?: string;
      readonly patch?: string;
      /** MCP call: `{ server, tool, args }`. */
      readonly mcp?: { readonly server: string; readonly tool: string; readonly args: unknown };
      readonly event?: EventName;
      /** Tool output, prompt or message for the other events. */
      readonly text?: string;
      /** Branch that is checked out; default `feature/x`. */
      readonly branch?: string;
      /** Files of the work tree, path → text, beside the shared ones. */
      readonly files?: Readonly<Record<string, string>>;
      /** How the session runs; default: a person is asked, on the machine `laptop`, at 12. */
      readonly mode?: Partial<RunMode>;
      /** Options over the guard's defaults. */
      readonly options?: Readonly<Record<string, unknown>>;
    };

export interface Guard<
  S extends Readonly<Record<string, OptionSpec>> = Readonly<Record<string, OptionSpec>>,
> {
  /** Folder name = policy key = docs anchor. Never renamed, only aliased. */
  readonly id: string;
  readonly title: string;
  readonly events: readonly EventName[];
  /** Level where a policy does not say otherwise. */
  readonly level: Level;
  readonly risk: 1 | 2 | 3 | 4 | 5;
  /** Host facts that the engine fetches before `check` runs. */
  readonly needs: readonly HostNeed[];
  readonly options: S;
  readonly examples: { readonly deny: readonly Example[]; readonly pass: readonly Example[] };
  /** Pure: no clock, no disk, no network. */
  readonly check: (facts: Facts, options: OptionsOf<S>, host: HostFacts) => readonly FindingDraft[];
  /**
   * What the model is told of these options when a session starts: one line, without a line break; undefined = nothing.
   * Lives in a `brief.ts` of its own: hooks that judge a step do not load it.
   *
   * @param most entries of a list that may be named
   */
  readonly brief?: (options: OptionsOf<S>, host: HostFacts, most: number) => string | undefined;
}

/** Any guard, where its own option types no longer matter (registry, engine, generator). */
export type AnyGuard = Omit<Guard, 'check' | 'brief'> & {
  readonly check: (facts: Facts, options: never, host: HostFacts) => readonly FindingDraft[];
  readonly brief?: (options: never, host: HostFacts, most: number) => string | undefined;
};

/** Declares a guard; returns it as it is, with its option types tied to `check`. */
export function defineGuard<const S extends Readonly<Record<string, OptionSpec>>>(guard: Guard<S>): Guard<S> {
  return guard;
}
