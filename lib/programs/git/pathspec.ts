/** Reads pathspecs: which paths of the work tree a command means. Knows no command. */

import type { Word } from '../../types/text.ts';
import { findAbsolute, type GitCall, pathFromRoot, treePathAt } from './call.ts';

export interface Pathspecs {
  /** As seen from the invocation's directory. */
  readonly paths: readonly Word[];
  /** True when one of them stands for everything in its directory. */
  readonly isWhole: boolean;
}

const EVERYTHING = new Set(['', '.', './', '*', '**', '**/*', './*']);

/** Reads the paths of a command. Words that only leave paths out are skipped. */
export function readPathspecs(git: GitCall, words: readonly Word[]): Pathspecs {
  const paths: Word[] = [];
  let isWhole = false;
  let hasOnlyExclusions = words.length > 0;
  for (const word of words) {
    const magic = /^:(?:\(([^)]*)\)|([/!^]+):?|:)?/.exec(word.text ?? '');
    const names = magic?.[1]?.split(',') ?? [];
    const signs = magic?.[2] ?? '';
    if (/[!^]/.test(signs) || names.includes('exclude')) continue;
    hasOnlyExclusions = false;
    const path =
      magic && word.text !== undefined ? { ...word, text: word.text.slice(magic[0].length) } : word;
    const isTop = signs.includes('/') || names.includes('top');
    const isEverything = path.text !== undefined && EVERYTHING.has(path.text);
    isWhole ||= isEverything || isRoot(git, path);
    const here = path.text === '' ? { ...path, text: '.' } : path;
    const found = isTop ? pathFromRoot(git, here) : treePathAt(git, here);
    paths.push(/[*?[]/.test(found.text ?? '') ? { ...found, glob: true } : found);
  }
  return { paths, isWhole: isWhole || hasOnlyExclusions };
}

function isRoot(git: GitCall, path: Word): boolean {
  const root = git.repository?.root;
  const absolute = findAbsolute(git, path);
  return root !== undefined && absolute === root;
}

/** True when a bare operand is a path and no revision: it exists here, or is written as only paths are. */
export function looksLikePath(git: GitCall, word: Word): boolean {
  const { text } = word;
  if (text === undefined) return false;
  if (/^\.[^.]/.test(text) || /^\.\.\//.test(text) || text === '.' || text.startsWith('/')) return true;
  if (git.repository?.branches().includes(text)) return false;
  const path = findAbsolute(git, word);
  return path !== undefined && git.call.host.pathKind(path) !== undefined;
}
