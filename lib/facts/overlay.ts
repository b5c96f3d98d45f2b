/** What the text itself has changed so far: branches switched to, configuration set, remotes added. Laid over the real repositories. */

import type { Worlds } from '../shell/worlds.ts';
import type { GitEffect } from '../types/effect.ts';
import type { HostView, Repository } from '../types/host.ts';
import type { Word } from '../types/text.ts';
import { type Checkout, type Head, headsOf, isKnown, openCheckouts } from './checkouts.ts';

/** Keys of git's configuration that the text sets; undefined = unset by the text. */
type Settings = Map<string, string | undefined>;

export interface Overlay {
  /** The host as it will be at this point of the text. */
  readonly host: HostView;
  /** Takes a git effect into account for what comes after it; says whether git will do it, where that is known. */
  readonly apply: (effect: GitEffect, directory: string | undefined) => boolean | undefined;
  /** The branches that are current belong to a way through the text. */
  readonly worlds: Worlds;
  /** Takes a file into account that the text itself writes, so that what is read from it later is that. */
  readonly write: (path: string, text: string, appends: boolean) => void;
  /** Branches that may be current in a directory's repository at this point, undefined among them for a detached head; a word without text when not known. */
  readonly currentBranches: (directory: string | undefined, near: Word) => readonly Head[];
}

/** @param host the machine as it is */
export function openOverlay(host: HostView): Overlay {
  const checkouts = openCheckouts();
  const settings = new Map<string, Settings>();
  const wrapped = new Map<string, Repository>();
  const files = new Map<string, string>();
  const readFile: HostView['readFile'] = (path, maxBytes) => {
    const text = files.size === 0 ? undefined : files.get(path);
    return text === undefined ? host.readFile(path, maxBytes) : text.length <= maxBytes ? text : undefined;
  };
  /** Work trees that the text makes: they may lie in another one. */
  const trees = new Set<string>();
  const keyOf = (directory: string, real: Repository | undefined): string => {
    for (let at = directory; trees.size > 0 && at !== ''; at = at.slice(0, at.lastIndexOf('/')))
      if (trees.has(at)) return at;
    return real?.gitDir ?? directory;
  };
  const settingsOf = (key: string): Settings => {
    const found = settings.get(key) ?? new Map();
    settings.set(key, found);
    return found;
  };
  const repository = (directory: string): Repository | undefined => {
    const real = host.repository(directory);
    if (real === undefined || settings.size === 0) return real;
    const key = keyOf(directory, real);
    const set = settings.get(key);
    if (set === undefined) return real;
    const known = wrapped.get(key) ?? layOver(real, set, () => checkouts.at(key));
    wrapped.set(key, known);
    return known;
  };
  return {
    host: { ...host, repository, readFile },
    worlds: checkouts.worlds,
    write: (path, text, appends) => {
      if (files.size >= MAX_FILES || text.length > MAX_TEXT) return;
      files.set(path, appends ? `${readFile(path, MAX_TEXT) ?? ''}${text}` : text);
    },
    apply: (effect, directory) => {
      const real = directory === undefined ? undefined : host.repository(directory);
      if (effect.expects === 'new-tree' && directory !== undefined) trees.add(directory);
      const key = directory === undefined ? '' : keyOf(directory, real);
      const set = settingsOf(key);
      if ((effect.op === 'config' || effect.op === 'remote') && effect.key !== undefined) {
        const name =
          effect.op === 'remote' && !effect.key.includes('.') ? `remote.${effect.key}.url` : effect.key;
        set.set(name, effect.value?.text);
      }
      return checkouts.apply(effect, key, real);
    },
    currentBranches: (directory, near) => {
      if (directory === undefined) return [{ text: undefined, glob: false, span: near.span }];
      const real = host.repository(directory);
      const heads = checkouts.at(keyOf(directory, real))?.heads ?? headsOf(real);
      return heads.map((head) => head && { ...head, span: near.span });
    },
  };
}

/** As many files, of so many characters, as anybody writes in one command. */
const MAX_FILES = 64;
const MAX_TEXT = 1 << 18;

function layOver(real: Repository, set: Settings, checkout: () => Checkout | undefined): Repository {
  const knows = (name: string) => {
    const now = checkout();
    return now === undefined ? real.knowsName?.(name) : isKnown(now, name, real);
  };
  return {
    ...real,
    get branch() {
      const heads = checkout()?.heads;
      if (heads === undefined) return real.branch;
      return heads.length === 1 ? heads[0]?.text : undefined;
    },
    config: (key) => (set.has(key) ? set.get(key) : real.config(key)),
    configAll: (key) => {
      const value = set.get(key);
      if (set.has(key) && value === undefined) return [];
      return [...(real.configAll?.(key) ?? []), ...(value === undefined ? [] : [value])];
    },
    configUnder: (prefix) => {
      const all = new Map(real.configUnder(prefix));
      for (const [key, value] of set) {
        if (!key.startsWith(prefix)) continue;
        if (value === undefined) all.delete(key);
        else all.set(key, value);
      }
      return all;
    },
    branches: () => [...real.branches(), ...(checkout()?.made.keys() ?? [])],
    ...(real.knowsName === undefined ? {} : { knowsName: knows }),
  };
}
