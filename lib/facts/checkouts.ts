/** Which branches a text makes and checks out, on each way through it. Repositories say only how it begins. */

import { isPlainName } from '../programs/git/call.ts';
import type { World, Worlds } from '../shell/worlds.ts';
import type { GitEffect } from '../types/effect.ts';
import type { Repository } from '../types/host.ts';
import type { Word } from '../types/text.ts';

/** A branch that may be current, perhaps known in part only; undefined when the head is detached. */
export type Head = Word | undefined;

/** One repository, at one point of a text. */
export interface Checkout {
  /** What may be current. */
  readonly heads: readonly Head[];
  /** What was current before the last switch; undefined before the first. */
  readonly previous: readonly Head[] | undefined;
  /** Branches that the text has made, and those that it may have made. */
  readonly made: ReadonlyMap<string, 'surely' | 'perhaps'>;
  /** The branch that the last command made, when none of its name was there. */
  readonly newest: string | undefined;
  /** Branches may have come from a remote. */
  readonly fetched: boolean;
}

/** All repositories that the text changes, on one way through it. Never changes itself. */
interface Checkouts extends World {
  readonly of: ReadonlyMap<string, Checkout>;
}

export interface CheckoutKeeper {
  /** Takes an effect into account; says whether git will do it, where that is known. @param key stands for the repository */
  readonly apply: (effect: GitEffect, key: string, repo: Repository | undefined) => boolean | undefined;
  /** How it is now; undefined for a repository that the text has left as it was. */
  readonly at: (key: string) => Checkout | undefined;
  readonly worlds: Worlds;
}

/** Most branches that are kept apart. */
const MAX_HEADS = 32;
const NOWHERE = { start: 0, end: 0 };
const UNKNOWN: Head = { text: undefined, glob: false, span: NOWHERE };

export function openCheckouts(): CheckoutKeeper {
  let now: Checkouts = { of: new Map() };
  const repositories = new Map<string, Repository | undefined>();
  return {
    apply: (effect, key, repo) => {
      repositories.set(key, repo);
      const before = now.of.get(key) ?? begin(repo);
      const { after, succeeds } = change(before, effect, repo);
      if (after !== before) now = { of: new Map(now.of).set(key, after) };
      return succeeds;
    },
    at: (key) => now.of.get(key),
    worlds: {
      now: () => now,
      go: (to) => {
        now = to as Checkouts;
      },
      join: (ways) => joinWays(ways as readonly Checkouts[], repositories),
    },
  };
}

function begin(repo: Repository | undefined): Checkout {
  return { heads: headsOf(repo), previous: undefined, made: new Map(), newest: undefined, fetched: false };
}

/** What a repository has checked out by itself. */
export function headsOf(repo: Repository | undefined): readonly Head[] {
  if (repo === undefined || (repo.branch === undefined && !repo.branchUnknown)) return [undefined];
  return [{ text: repo.branch, glob: false, span: NOWHERE }];
}

function previousOf(repo: Repository | undefined): readonly Head[] {
  const name = repo?.previousBranch?.();
  // A commit is no branch, but a branch may be called like one.
  if (name !== undefined && /^[0-9a-f]{40}$/.test(name)) return [undefined];
  return [{ text: name, glob: false, span: NOWHERE }];
}

function change(
  before: Checkout,
  effect: GitEffect,
  repo: Repository | undefined,
): { readonly after: Checkout; readonly succeeds?: boolean | undefined } {
  if (effect.op === 'switch') {
    const succeeds = outlook(before, effect, repo);
    if (succeeds === false) return { after: before, succeeds };
    const heads = headsAfter(before, effect, repo);
    const mayStay = before.made.get(effect.branch?.text ?? '') === 'perhaps';
    return {
      after: {
        ...before,
        heads: mayStay ? unique([...before.heads, ...heads]) : heads,
        previous: before.heads,
      },
      succeeds,
    };
  }
  const name = effect.branch?.text;
  if (effect.op === 'branch-create' && name !== undefined) {
    if (isThere(before, name, repo)) return { after: { ...before, newest: undefined } };
    return { after: { ...before, newest: name, made: new Map(before.made).set(name, 'surely') } };
  }
  if (/^(?:fetch|pull|clone|remote)$/.test(effect.op)) return { after: { ...before, fetched: true } };
  return { after: before };
}

/** True for a branch that surely exists, undefined for one that the text may have made. */
function isThere({ made }: Checkout, name: string, repo: Repository | undefined): boolean | undefined {
  if (made.get(name) === 'surely' || repo?.branches().includes(name)) return true;
  return made.has(name) ? undefined : false;
}

/** Whether git will switch: it refuses when there is no such branch, or already one. Undefined where only git knows. */
function outlook(before: Checkout, effect: GitEffect, repo: Repository | undefined): boolean | undefined {
  const name = effect.branch?.text;
  if (repo?.knowsName === undefined || effect.uncertain || name === undefined || name === '@{-1}')
    return undefined;
  const exists = isThere(before, name, repo);
  if (effect.expects === 'no-branch')
    return before.newest === name || (exists === undefined ? exists : !exists);
  if (effect.expects !== 'branch') return undefined;
  const known = isKnown(before, name, repo);
  return known === false && !isPlainName(name) ? undefined : known;
}

/** True for a name that git could go to, undefined when it may be one by then. */
export function isKnown(
  { made, fetched }: Checkout,
  name: string,
  repo: Pick<Repository, 'knowsName'>,
): boolean | undefined {
  if (made.get(name) === 'surely' || repo.knowsName?.(name)) return true;
  return fetched || made.has(name) ? undefined : false;
}

function headsAfter(
  { heads, previous }: Checkout,
  { branch, uncertain }: GitEffect,
  repo: Repository | undefined,
): readonly Head[] {
  if (uncertain) return unique([...heads, UNKNOWN]);
  if (branch === undefined) return [UNKNOWN];
  if (branch.text === '') return [undefined];
  if (branch.text === '@{-1}') return previous ?? previousOf(repo);
  return [{ ...branch, text: branch.text?.replace(/^refs\/heads\//, '') }];
}

/** Each once; more than anybody has in mind come to one that may be any. */
function unique(heads: readonly Head[]): readonly Head[] {
  const each = [...new Map(heads.map((head) => [JSON.stringify(head?.text ?? head?.pieces), head])).values()];
  return each.length > MAX_HEADS ? [...each.slice(0, MAX_HEADS), UNKNOWN] : each;
}

/** How it may be when one of several ways was taken. */
function joinWays(
  ways: readonly Checkouts[],
  repositories: ReadonlyMap<string, Repository | undefined>,
): Checkouts {
  const keys = new Set(ways.flatMap(({ of }) => [...of.keys()]));
  return {
    of: new Map(
      [...keys].map((key) => {
        const repo = repositories.get(key);
        return [
          key,
          joinCheckouts(
            ways.map(({ of }) => of.get(key) ?? begin(repo)),
            repo,
          ),
        ];
      }),
    ),
  };
}

function joinCheckouts(all: readonly Checkout[], repo: Repository | undefined): Checkout {
  const names = new Set(all.flatMap(({ made }) => [...made.keys()]));
  const isSure = (name: string) => all.every(({ made }) => made.get(name) === 'surely');
  return {
    heads: unique(all.flatMap(({ heads }) => heads)),
    previous: all.some(({ previous }) => previous !== undefined)
      ? unique(all.flatMap(({ previous }) => previous ?? previousOf(repo)))
      : undefined,
    made: new Map([...names].map((name) => [name, isSure(name) ? 'surely' : 'perhaps'])),
    newest: undefined,
    fetched: all.some(({ fetched }) => fetched),
  };
}
