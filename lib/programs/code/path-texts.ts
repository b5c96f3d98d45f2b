/** What is made of paths as texts: joined, cut, expanded and matched. Reads no directory. */

import type { Action } from './machine.ts';
import * as v from './value.ts';

/** Paths put together; an absolute one starts anew. */
export function joinPaths(parts: readonly v.Value[]): v.Value {
  return v.combine(parts, (row) => {
    let made: (string | v.Unknown)[] = [];
    for (const part of row) {
      const pieces = v.piecesOf(part);
      const [first] = pieces;
      if (first === undefined) continue;
      const isAbsolute = typeof first === 'string' ? /^[/~]/.test(first) : first.source?.from === 'home';
      const last = made.at(-1);
      const needsSlash = made.length > 0 && !(typeof last === 'string' && last.endsWith('/'));
      made = isAbsolute ? [...pieces] : [...made, ...(needsSlash ? ['/'] : []), ...pieces];
    }
    return v.textOf(
      made,
      row.some((part) => part.kind === 'text' && part.glob === true),
    );
  });
}

export const joinsPaths: Action = (site) => {
  const parts = site.args.positional.flatMap((one) => (one.kind === 'list' ? one.items : [one]));
  return joinPaths(site.args.open ? [...parts, v.UNKNOWN] : parts);
};

/** `path` without its last part. */
export function parentOf(path: v.Value): v.Value {
  return v.eachOption(path, (one) => {
    const pieces = [...v.piecesOf(one)];
    const last = pieces.pop();
    if (last === undefined) return v.text('.');
    if (typeof last !== 'string') return v.textOf([...pieces, last]);
    const slash = last.replace(/\/+$/, '').lastIndexOf('/');
    if (slash < 0) return pieces.length === 0 ? v.text('.') : v.textOf([...pieces, '/..']);
    return v.textOf([...pieces, last.slice(0, slash) || '/']);
  });
}

/** The last part of `path`. */
export function baseOf(path: v.Value): v.Value {
  return v.eachOption(path, (one) => {
    const last = v.piecesOf(one).at(-1);
    if (typeof last !== 'string') return v.UNKNOWN;
    const slash = last.replace(/\/+$/, '').lastIndexOf('/');
    return slash < 0 && v.piecesOf(one).length > 1 ? v.UNKNOWN : v.text(last.slice(slash + 1));
  });
}

/** `~/x` below the home directory. */
export function expandHome(path: v.Value): v.Value {
  return v.eachOption(path, (one) => {
    const [first, ...rest] = v.piecesOf(one);
    if (typeof first !== 'string' || !/^~(?=\/|$)/.test(first)) return one;
    return v.textOf([...v.HOME.pieces, first.slice(1), ...rest]);
  });
}

/**
 * What a file pattern finds: one text that stands for all of it.
 *
 * @param choosy a bare `*` is asked for to choose among the names later: unknown names in a known directory
 */
export function matchesOf(pattern: v.Value, choosy = false): v.List {
  const found = v.eachOption(pattern, (one) => {
    const pieces = v.piecesOf(one);
    const last = pieces.at(-1);
    if (typeof last !== 'string') return one;
    const bare = /(^|\/)(?:\*\*\/)*\*{1,2}(?:\.\*)?$/.exec(last);
    if (!bare || !choosy) return v.textOf(pieces, true);
    return v.textOf([...pieces.slice(0, -1), last.slice(0, bare.index) + (bare[1] ?? ''), v.UNKNOWN]);
  });
  return v.list(v.optionsOf(found));
}
