/** Paths as text: joining and folding without asking the disk. Symbolic links are the facts room's business. */

import { knownText, type Text } from './value.ts';

/** Folds `.`, `..` and `//` of an absolute path. */
export function foldPath(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}

/** Absolute form of a path, or undefined when the directory is not known. */
export function absolutePath(path: string, cwd: Text): string | undefined {
  if (path.startsWith('/')) return foldPath(path);
  const base = knownText(cwd);
  return base?.startsWith('/') ? foldPath(`${base}/${path}`) : undefined;
}
