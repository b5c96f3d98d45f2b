/** What the text itself has changed so far: branches switched to, configuration set, remotes added. Laid over the real repositories. */

import type { GitEffect } from '../types/effect.ts';
import type { HostView, Repository } from '../types/host.ts';
import type { Word } from '../types/text.ts';

/** A branch that may be current, perhaps known in part only; undefined when the head is detached. */
type Head = Word | undefined;

interface Changes {
  /** What may be checked out after the switches so far, most likely last; undefined before the first. */
  heads?: readonly Head[];
  /** What was before the last switch. */
  previous?: readonly Head[];
  /** Whether the last switch was sure to do something. */
  lastSwitch?: 'done' | 'failed' | 'unsure';
  /** Branches may have come from a remote. */
  fetched?: boolean;
  /** Undefined = unset by the text. */
  readonly config: Map<string, string | undefined>;
  readonly branches: Set<string>;
  /** The branch that was made last, when none of its name was there. */
  made?: string;
}

/** How far what a program does depends on the program before it: `a || b`. */
export type Condition = 'always' | 'unless-switched' | 'perhaps';

export interface Overlay {
  /** The host as it will be at this point of the text. */
  readonly host: HostView;
  /** Takes a git effect into account for what comes after it. */
  readonly apply: (effect: GitEffect, directory: string | undefined, condition: Condition) => void;
  /** Takes a file into account that the text itself writes, so that what is read from it later is that. */
  readonly write: (path: string, text: string, appends: boolean) => void;
  /** Branches that may be current in a directory's repository at this point, undefined among them for a detached head; a word without text when not known. */
  readonly currentBranches: (directory: string | undefined, near: Word) => readonly Head[];
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
  const repository = (directory: string): Repository | undefined => {
    const real = host.repository(directory);
    if (real === undefined || changes.size === 0) return real;
    const key = keyOf(directory, real);
    if (!changes.has(key)) return real;
    const known = wrapped.get(key) ?? layOver(real, changesOf(key));
    wrapped.set(key, known);
    return known;
  };
  return {
    host: { ...host, repository, readFile },
    write: (path, text, appends) => {
      if (files.size >= MAX_FILES || text.length > MAX_TEXT) return;
      files.set(path, appends ? `${readFile(path, MAX_TEXT) ?? ''}${text}` : text);
    },
    apply: (effect, directory, condition) => {
      const real = directory === undefined ? undefined : host.repository(directory);
      if (effect.expects === 'new-tree' && directory !== undefined) trees.add(directory);
      const own = changesOf(directory === undefined ? '' : keyOf(directory, real));
      if (effect.op === 'switch') go(own, effect, real, condition);
      if (effect.op === 'branch-create' && effect.branch?.text !== undefined) {
        const name = effect.branch.text;
        if (own.branches.has(name) || real?.branches().includes(name)) delete own.made;
        else own.made = name;
        own.branches.add(name);
      }
      if (/^(?:fetch|pull|clone|remote)$/.test(effect.op)) own.fetched = true;
      if ((effect.op === 'config' || effect.op === 'remote') && effect.key !== undefined) {
        const key =
          effect.op === 'remote' && !effect.key.includes('.') ? `remote.${effect.key}.url` : effect.key;
        own.config.set(key, effect.value?.text);
      }
    },
    currentBranches: (directory, near) => {
      if (directory === undefined) return [{ text: undefined, glob: false, span: near.span }];
      const repo = host.repository(directory);
      const own = changes.get(keyOf(directory, repo));
      return (own?.heads ?? headsOf(repo)).map((head) => head && { ...head, span: near.span });
    },
  };
}

/** As many files, of so many characters, as anybody writes in one command. */
const MAX_FILES = 64;
const MAX_TEXT = 1 << 18;
const NOWHERE = { start: 0, end: 0 };

function headsOf(repo: Repository | undefined): readonly Head[] {
  if (repo === undefined || (repo.branch === undefined && !repo.branchUnknown)) return [undefined];
  return [{ text: repo.branch, glob: false, span: NOWHERE }];
}

/** Goes to another branch, as far as git would. */
function go(own: Changes, effect: GitEffect, real: Repository | undefined, condition: Condition): void {
  if (condition === 'unless-switched' && own.lastSwitch === 'done') return;
  const before = own.heads ?? headsOf(real);
  if (isSureToFail(own, effect, real)) {
    own.lastSwitch = 'failed';
    return;
  }
  const isSure = condition === 'always' || (condition === 'unless-switched' && own.lastSwitch === 'failed');
  const after = headsAfter(own, effect, real);
  own.heads = isSure ? after : unique([...before, ...after]);
  own.previous = before;
  own.lastSwitch = isSure && effect.expects !== undefined && real?.knowsName ? 'done' : 'unsure';
}

function headsAfter(own: Changes, effect: GitEffect, real: Repository | undefined): readonly Head[] {
  const { branch, uncertain } = effect;
  if (uncertain || branch === undefined) return [{ text: undefined, glob: false, span: NOWHERE }];
  if (branch.text === '') return [undefined];
  if (branch.text !== '@{-1}') return [{ ...branch, ...shortName(branch.text) }];
  if (own.previous) return own.previous;
  const name = real?.previousBranch?.();
  // A commit is no branch, but a branch may be called like one.
  if (name !== undefined && /^[0-9a-f]{40}$/.test(name)) return [undefined];
  return [{ text: name, glob: false, span: NOWHERE }];
}

function shortName(text: string | undefined): Pick<Word, 'text'> {
  return { text: text?.replace(/^refs\/heads\//, '') };
}

function unique(heads: readonly Head[]): readonly Head[] {
  return [...new Map(heads.map((head) => [JSON.stringify(head?.text ?? head?.pieces), head])).values()];
}

/** True when git refuses: no such branch, or one too many. */
function isSureToFail(own: Changes, effect: GitEffect, real: Repository | undefined): boolean {
  const name = effect.branch?.text;
  if (real?.knowsName === undefined || effect.uncertain || name === undefined || name === '@{-1}')
    return false;
  if (effect.expects === 'no-branch') return own.made !== name && real.branches().includes(name);
  if (effect.expects !== 'branch' || own.fetched) return false;
  return !/^[A-Z_]*HEAD$|^[0-9a-f]{4,}$|^$/.test(name) && !own.branches.has(name) && !real.knowsName(name);
}

function layOver(real: Repository, own: Changes): Repository {
  return {
    ...real,
    get branch() {
      if (own.heads === undefined) return real.branch;
      return own.heads.length === 1 ? own.heads[0]?.text : undefined;
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
