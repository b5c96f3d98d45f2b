/** What the text itself has changed so far: branches switched to, configuration set, remotes added. Laid over the real repositories. */

import type { GitEffect } from '../types/effect.ts';
import type { HostView, Repository } from '../types/host.ts';
import type { Word } from '../types/text.ts';

interface Changes {
  /** Current branch after a switch; `null` when it is not known any more. */
  branch?: string | null | undefined;
  /** Undefined = unset by the text. */
  readonly config: Map<string, string | undefined>;
  readonly branches: Set<string>;
}

export interface Overlay {
  /** The host as it will be at this point of the text. */
  readonly host: HostView;
  /** Takes a git effect into account for what comes after it. */
  readonly apply: (effect: GitEffect, directory: string | undefined) => void;
  /** Current branch of a directory's repository at this point: undefined when detached, a word without text when not known. */
  readonly currentBranch: (directory: string | undefined, near: Word) => Word | undefined;
}

/** @param host the machine as it is */
export function openOverlay(host: HostView): Overlay {
  const changes = new Map<string, Changes>();
  const wrapped = new Map<string, Repository>();
  const changesOf = (key: string): Changes => {
    const found = changes.get(key) ?? { config: new Map(), branches: new Set() };
    changes.set(key, found);
    return found;
  };
  const repository = (directory: string): Repository | undefined => {
    const real = host.repository(directory);
    if (real === undefined || changes.size === 0) return real;
    const key = real.gitDir;
    if (!changes.has(key)) return real;
    const known = wrapped.get(key) ?? layOver(real, changesOf(key));
    wrapped.set(key, known);
    return known;
  };
  return {
    host: { ...host, repository },
    apply: (effect, directory) => {
      const real = directory === undefined ? undefined : host.repository(directory);
      const own = changesOf(real?.gitDir ?? directory ?? '');
      if (effect.op === 'switch' && effect.uncertain) own.branch = null;
      else if (effect.op === 'switch')
        own.branch =
          effect.branch === undefined ? null : (effect.branch.text?.replace(/^refs\/heads\//, '') ?? null);
      if (effect.op === 'branch-create' && effect.branch?.text !== undefined)
        own.branches.add(effect.branch.text);
      if ((effect.op === 'config' || effect.op === 'remote') && effect.key !== undefined) {
        const key =
          effect.op === 'remote' && !effect.key.includes('.') ? `remote.${effect.key}.url` : effect.key;
        own.config.set(key, effect.value?.text);
      }
    },
    currentBranch: (directory, near) => {
      if (directory === undefined) return { text: undefined, glob: false, span: near.span };
      const repo = host.repository(directory);
      const own = changes.get(repo?.gitDir ?? directory);
      if (own !== undefined && 'branch' in own)
        return { text: own.branch ?? undefined, glob: false, span: near.span };
      if (repo === undefined || (repo.branch === undefined && !repo.branchUnknown)) return undefined;
      return { text: repo.branch, glob: false, span: near.span };
    },
  };
}

function layOver(real: Repository, own: Changes): Repository {
  return {
    ...real,
    get branch() {
      return 'branch' in own ? (own.branch ?? undefined) : real.branch;
    },
    config: (key) => (own.config.has(key) ? own.config.get(key) : real.config(key)),
    configAll: (key) => {
      const set = own.config.get(key);
      if (own.config.has(key) && set === undefined) return [];
      return [...(real.configAll?.(key) ?? []), ...(set === undefined ? [] : [set])];
    },
    configUnder: (prefix) => {
      const all = new Map(real.configUnder(prefix));
      for (const [key, value] of own.config) {
        if (!key.startsWith(prefix)) continue;
        if (value === undefined) all.delete(key);
        else all.set(key, value);
      }
      return all;
    },
    branches: () => [...real.branches(), ...own.branches],
  };
}
