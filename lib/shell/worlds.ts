/** Keeps apart the ways a text may have gone: what is skipped changes nothing. What a way holds is the sink's; here are only the joints. */

import type { Machine } from './machine.ts';

/** What programs outside of the shell have changed on one way through the text, such as the branch that is checked out. Never changes. */
export type World = object;

/** Lets the shell go back to an earlier point and take another way. */
export interface Worlds {
  readonly now: () => World;
  readonly go: (to: World) => void;
  /** What is so in one of several, at least one. */
  readonly join: (worlds: readonly World[]) => World;
}

/** For a sink that keeps nothing. */
export const ONE_WORLD: Worlds = {
  now: () => ONE_WORLD,
  go: () => {},
  join: () => ONE_WORLD,
};

/** Goes where one of several ways leads; stays when there is none. */
export function goToAny({ worlds }: Machine, ways: Iterable<World>): void {
  const [first, ...others] = new Set(ways);
  if (first !== undefined) worlds.go(others.length === 0 ? first : worlds.join([first, ...others]));
}

/** Follows what may run or not. */
export function perhaps<T>(machine: Machine, body: () => T): T {
  const before = machine.worlds.now();
  const result = body();
  goToAny(machine, [before, machine.worlds.now()]);
  return result;
}

/** Follows one of several ways and comes back; returns where it ends. */
export function aside({ worlds }: Machine, body: () => void): World {
  const before = worlds.now();
  body();
  const end = worlds.now();
  worlds.go(before);
  return end;
}

/** One part of an and-or list. */
export interface Part {
  readonly operator: '&&' | '||' | undefined;
  /** True when the shell goes no further behind it: `exit`. */
  readonly leaves: boolean;
  /** True when `&&` behind it is taken for granted. */
  readonly isExpected: boolean;
}

/** Follows an and-or list: runs its parts one after the other, each in the worlds in which it would run. */
export function openChain(machine: Machine): {
  run: (part: Part, body: () => void) => void;
  end: () => void;
} {
  const { worlds } = machine;
  /** Worlds in which the list has failed so far, and in which a part was left out but the text goes on. */
  let failed = new Set<World>();
  const skipped = new Set<World>();
  let outcome: boolean | undefined;
  let isSure = true;
  const noteFailure = (before: World, after: World): void => {
    if (machine.outcome !== true) failed.add(before).add(after);
  };
  const runAnd = (part: Part, body: () => void) => {
    const before = worlds.now();
    if (!isSure) skipped.add(before);
    body();
    if (part.operator !== undefined && outcome === false) {
      worlds.go(before);
      return;
    }
    noteFailure(before, worlds.now());
    outcome = part.operator === undefined || outcome ? machine.outcome : machine.outcome && undefined;
    if (!part.isExpected && machine.outcome !== true) isSure = false;
  };
  const runOr = (part: Part, body: () => void) => {
    const succeeded = worlds.now();
    const isReached = outcome !== true && failed.size > 0;
    if (isReached) goToAny(machine, failed);
    const before = worlds.now();
    body();
    const after = worlds.now();
    if (!isReached) {
      worlds.go(succeeded);
      return;
    }
    const goesOn = !part.leaves || before !== after;
    goToAny(machine, [...(outcome === false ? [] : [succeeded]), ...(goesOn ? [after] : [])]);
    failed = new Set();
    noteFailure(before, after);
    outcome = outcome === false ? machine.outcome : machine.outcome || undefined;
  };
  return {
    run: (part, body) => (part.operator === '||' ? runOr : runAnd)(part, body),
    end: () => {
      goToAny(machine, [worlds.now(), ...skipped]);
      machine.outcome = outcome;
    },
  };
}
