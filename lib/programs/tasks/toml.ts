/** Reads TOML into trees. A file of its own, so that a hook loads the parser only where there is something to parse. */

import { parse } from 'smol-toml';
import { type Reading, treeOfValue } from './tree.ts';

/** Reads a whole file. One with a mistake is nothing to whoever reads it, and is not whole. Never throws. */
export function readToml(text: string): Reading {
  try {
    return { tree: treeOfValue(parse(text)), whole: true };
  } catch {
    return { tree: '', whole: false };
  }
}
