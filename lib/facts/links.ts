/** Follows symbolic links component by component, as the kernel does. Asks for each link through a function; knows no project. */

import type { readLink } from './disk.ts';

/** Characters of the longest path that the kernel takes. */
const MAX_PATH = 4096;
/** As many as Linux follows before it gives up. */
const MAX_LINKS = 40;

/** Names that mean something else in every process: following them here would tell about the hook, not about the agent's command. */
const OWN_TO_A_PROCESS = /^\/(proc\/(self|thread-self)|dev\/(fd|stdin|stdout|stderr))(\/|$)/;

/** `/proc/<any>/root` is the root directory, unless someone went through chroot first. */
export const KERNEL_ROOT = /^\/proc\/(self|thread-self|\d+)(\/task\/\d+)?\/root$/;

export interface Followed {
  /** Absolute, folded, links resolved as far as something exists. */
  readonly real: string;
  /** The part of `real` that exists; `/` at least. */
  readonly existing: string;
}

/**
 * Resolves an absolute path. A `..` behind a link leaves the link's target, not the directory that holds the link.
 * Behind the first missing name there is nothing to follow, and `..` folds as text. So it does in a path that is too
 * long to be opened.
 */
export function followLinks(path: string, look: typeof readLink): Followed {
  if (path.length > MAX_PATH) return { real: foldPath(path.split('/')), existing: '/' };
  const pending = path.split('/').reverse();
  let current = '';
  let missing = 0;
  let links = 0;
  for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
    if (name === '' || name === '.') continue;
    if (name === '..') {
      current = current.slice(0, Math.max(0, current.lastIndexOf('/')));
      if (missing > 0) missing -= 1;
      continue;
    }
    const next = `${current}/${name}`;
    if (KERNEL_ROOT.test(next)) {
      current = '';
      continue;
    }
    if (missing > 0 || OWN_TO_A_PROCESS.test(next)) {
      current = next;
      if (missing > 0) missing += 1;
      continue;
    }
    const found = look(next);
    if (typeof found === 'object' && links < MAX_LINKS) {
      links += 1;
      if (found.target.startsWith('/')) current = '';
      pending.push(...found.target.split('/').reverse());
    } else {
      current = next;
      if (found === 'missing') missing = 1;
    }
  }
  return { real: current === '' ? '/' : current, existing: withoutLast(current, missing) };
}

/** The absolute path of some names, with `.`, `..` and empty ones folded as text. */
export function foldPath(names: readonly string[]): string {
  const folded: string[] = [];
  for (const name of names) {
    if (name === '..') folded.pop();
    else if (name !== '' && name !== '.') folded.push(name);
  }
  return `/${folded.join('/')}`;
}

function withoutLast(path: string, count: number): string {
  let rest = path;
  for (let left = count; left > 0; left -= 1) rest = rest.slice(0, rest.lastIndexOf('/'));
  return rest === '' ? '/' : rest;
}
