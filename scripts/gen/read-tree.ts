/** Reads the files of the repository that generation and the repository's own tests look at. */

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Texts of the files below some folders (or of single files), by path from the root with `/`.
 *
 * @param wanted tells by path which files to read; default all
 */
export function readTree(
  root: string,
  starts: readonly string[],
  wanted: (path: string) => boolean = () => true,
): ReadonlyMap<string, string> {
  const tree = new Map<string, string>();
  const waiting = starts.filter((start) => existsSync(join(root, start)));
  for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
    const names = listFolder(join(root, path));
    if (names !== undefined) waiting.push(...names.map((name) => `${path}/${name}`));
    else if (wanted(path)) tree.set(path, readFileSync(join(root, path), 'utf8'));
  }
  return tree;
}

/** Names in a folder, sorted; undefined for a file. */
function listFolder(path: string): readonly string[] | undefined {
  try {
    return readdirSync(path).sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOTDIR') return undefined;
    throw error;
  }
}
