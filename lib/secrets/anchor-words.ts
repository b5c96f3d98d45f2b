/** The words that the rules look for, as data: the build works them out, so that a hook can do without the index of a short text. */

import { addAllAnchors } from './all-anchors.ts';

/** All words in lower case, each once, one a line. */
export const ANCHOR_WORDS: string = listWords();

function listWords(): string {
  const words = new Set<string>();
  addAllAnchors((word) => words.add(word.toLowerCase()));
  return [...words].join('\n');
}
