/** Names and their values while a program text is read from top to bottom. Knows branches and functions, no language. */

import { either, type Value } from './value.ts';

interface Branches {
  /** Values before the first branch, of the names that some branch changed. */
  readonly before: Map<string, Value | undefined>;
  readonly outcomes: Map<string, Value>[];
  /** Names that the branch in progress changed. */
  changed: Set<string> | undefined;
}

interface Scope {
  readonly values: Map<string, Value>;
  readonly branches: Branches[];
}

/** Names in force at one point of a text. */
export interface Names {
  readonly find: (name: string) => Value | undefined;
  /** A new value for a name of the innermost function. */
  readonly define: (name: string, value: Value) => void;
  /** A new value for the name where it was declared; a function's outer names may also keep the old one. */
  readonly assign: (name: string, value: Value) => void;
  readonly enterRoutine: () => void;
  readonly leaveRoutine: () => void;
  /** Around all branches of one `if`, loop or `try`. */
  readonly enterBranches: () => void;
  /** `complete`: one of the branches always runs. */
  readonly leaveBranches: (complete: boolean) => void;
  readonly enterBranch: () => void;
  readonly leaveBranch: () => void;
  /** Names of the whole text. */
  readonly globals: () => ReadonlyMap<string, Value>;
}

/** Starts without any name. */
export function createNames(): Names {
  const scopes: [Scope, ...Scope[]] = [{ values: new Map(), branches: [] }];
  const top = (): Scope => scopes.at(-1) as Scope;

  const put = (scope: Scope, name: string, value: Value): void => {
    // The innermost branch gives the old value back when it is left; outer ones then see the merged value as their own change.
    const group = scope.branches.findLast((one) => one.changed !== undefined);
    if (group && !group.before.has(name)) group.before.set(name, scope.values.get(name));
    group?.changed?.add(name);
    scope.values.set(name, value);
  };

  const leaveBranch = (): void => {
    const { values, branches } = top();
    const group = branches.at(-1);
    if (!group?.changed) return;
    const outcome = new Map<string, Value>();
    for (const name of group.changed) {
      const value = values.get(name);
      if (value) outcome.set(name, value);
      const before = group.before.get(name);
      if (before) values.set(name, before);
      else values.delete(name);
    }
    group.outcomes.push(outcome);
    group.changed = undefined;
  };

  return {
    find: (name) => scopes.findLast((scope) => scope.values.has(name))?.values.get(name),
    define: (name, value) => put(top(), name, value),
    assign: (name, value) => {
      const scope = scopes.findLast((one) => one.values.has(name)) ?? top();
      const old = scope.values.get(name);
      put(scope, name, scope !== top() && old ? either([old, value]) : value);
    },
    enterRoutine: () => void scopes.push({ values: new Map(), branches: [] }),
    leaveRoutine: () => {
      if (scopes.length > 1) scopes.pop();
    },
    enterBranches: () => void top().branches.push({ before: new Map(), outcomes: [], changed: undefined }),
    enterBranch: () => {
      leaveBranch();
      const group = top().branches.at(-1);
      if (group) group.changed = new Set();
    },
    leaveBranch,
    leaveBranches: (complete) => {
      leaveBranch();
      const group = top().branches.pop();
      if (!group) return;
      for (const [name, before] of group.before) {
        const ends = group.outcomes.map((outcome) => outcome.get(name) ?? before);
        const values = (complete ? ends : [before, ...ends]).filter((value) => value !== undefined);
        if (values.length > 0) put(top(), name, either(values));
      }
    },
    globals: () => scopes[0].values,
  };
}
