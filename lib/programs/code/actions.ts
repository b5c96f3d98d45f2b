/** What calls do, as short constructors for the dialects' tables; net-actions.ts has those for the network. Names no function of any language. */

import type { FileEffect, FileOp } from '../../types/effect.ts';
import type { Language } from '../../types/invocation.ts';
import type { Word } from '../../types/text.ts';
import { file, opaque, remoteCode } from '../effects.ts';
import type { Action, Site } from './machine.ts';
import { option, pick, type Slot } from './slots.ts';
import * as v from './value.ts';

export * from './net-actions.ts';
export * from './slots.ts';

/** The single paths in a slot; a list holds several. `*` takes all positions. */
function pathsOf(site: Site, slot: Slot | '*'): readonly v.Value[] {
  const given = slot === '*' ? site.args.positional : [pick(site, slot) ?? v.UNKNOWN];
  const all = slot === '*' && site.args.open ? [...given, v.UNKNOWN] : given;
  return all
    .flatMap(v.optionsOf)
    .flatMap((one) => (one.kind === 'list' ? (one.open ? [...one.items, v.UNKNOWN] : one.items) : [one]))
    .flatMap(v.optionsOf)
    .filter((one) => one.kind !== 'scalar' && one.kind !== 'routine');
}

/** A list of paths as its items; anything else as it is, so that loops stay in step. */
function pathLists(value: v.Value): readonly v.Value[] {
  return value.kind === 'list' ? value.items : [value];
}

function touch(site: Site, op: FileOp, path: v.Value, more: Partial<FileEffect> = {}): void {
  site.machine.sink.effect(file(op, site.machine.place(path), more));
}

/** A file effect for each path in a slot. */
export function touches(op: FileOp, slot: Slot | '*', more: Partial<FileEffect> = {}): Action {
  return (site) => {
    for (const path of pathsOf(site, slot)) touch(site, op, path, more);
    return undefined;
  };
}

export const deletes = (slot: Slot | '*' = 0): Action => touches('delete', slot);
export const writes = (slot: Slot | '*' = 0): Action => touches('write', slot, { clobbers: true });
export const appends = (slot: Slot | '*' = 0): Action => touches('append', slot);
export const creates = (slot: Slot | '*' = 0): Action => touches('create', slot);
export const lists = (slot: Slot | '*' = 0): Action => touches('list', slot);

/** Deletes with all below: always, or when an option says so. */
export function deletesTree(slot: Slot | '*' = 0, when?: string): Action {
  return (site) => {
    const recursive = when === undefined || v.isTrue(option(site, when));
    return touches('delete', slot, recursive ? { recursive } : {})(site);
  };
}

/** Reads a file; what it gives is the file's content. */
export function reads(slot: Slot | '*' = 0): Action {
  return (site) => {
    const paths = pathsOf(site, slot);
    for (const path of paths) touch(site, 'read', path);
    const [path] = paths;
    return path && v.ref(`${site.path}()`, { source: { from: 'file', path } });
  };
}

/** Moves or links `from` to `to`. */
export function moves(op: 'move' | 'link', from: Slot, to: Slot): Action {
  return (site) => {
    const target = pick(site, to) ?? v.UNKNOWN;
    for (const origin of pathLists(pick(site, from) ?? v.UNKNOWN)) {
      v.combine([origin, target], ([source, path]) => {
        touch(site, op, path as v.Value, { from: site.machine.place(source as v.Value) });
        return v.NULL;
      });
    }
    return undefined;
  };
}

export function copies(from: Slot | '*', to: Slot, more: Partial<FileEffect> = {}): Action {
  return (site) => {
    reads(from)(site);
    return touches('write', to, { clobbers: true, ...more })(site);
  };
}

/** Changes rights or owner; the mode is a number or text at `mode`. */
export function changesMode(slot: Slot | '*', mode?: Slot): Action {
  return (site) => {
    const given = mode === undefined ? undefined : pick(site, mode);
    const number = v.knownNumber(given);
    const written = number === undefined ? v.knownText(given) : number.toString(8).padStart(3, '0');
    return touches('chmod', slot, written === undefined ? {} : { mode: written })(site);
  };
}

/** Opens a file as a mode text (`r`, `w+`, `ab`) says. */
export function opens(slot: Slot = 0, mode: Slot = [1, 'mode']): Action {
  return (site) => {
    const given = pick(site, mode);
    const modes = v.optionsOf(given ?? v.text('r')).map(v.knownText);
    // An unknown mode may be any: what it could destroy counts.
    const isRead = modes.some((m) => m !== undefined && /^[^wax]*r|^[^wax+]*$/.test(m));
    for (const path of pathsOf(site, slot)) {
      for (const m of modes) {
        if (m === undefined || /w/.test(m))
          touch(site, 'write', path, m === undefined ? { uncertain: true } : { clobbers: true });
        else if (/a/.test(m)) touch(site, 'append', path);
        else if (/[x+]/.test(m)) touch(site, 'write', path);
      }
      if (isRead) touch(site, 'read', path);
    }
    const [path] = pathsOf(site, slot);
    return v.ref('open()', isRead && path ? { source: { from: 'file', path } } : {});
  };
}

/** Runs a text as `lang`; `sh` for the system's shell. */
export function runCode(site: Site, code: v.Value, lang: Language, more: { place?: 'remote' } = {}): void {
  const { near, sink } = site.machine;
  const cwd = directoryOf(site);
  for (const one of v.optionsOf(code)) {
    if (one.kind === 'list') {
      runArgv(site, one);
      continue;
    }
    if (one.kind === 'routine' || one.kind === 'scalar' || v.knownText(one)?.trim() === '') continue;
    const source = v.sourceOf(one);
    const word = v.wordOf(one, near, lang === 'sh' ? '$HOME' : '~');
    const isKnownPart = word.text !== undefined || word.pieces?.some((piece) => piece !== null);
    // The text of a request is its address, not what it fetched.
    if (source?.from === 'net' && (one.kind === 'ref' || !isKnownPart)) {
      sink.effect(remoteCode(near));
    } else if (source?.from === 'file' && !isKnownPart) {
      sink.run({ kind: 'file', lang, path: site.machine.place(source.path), via: site.path });
    } else if (lang !== 'sh' && !isKnownPart) {
      sink.effect(opaque(near, 'it runs code that is known only when it runs'));
    } else sink.run({ kind: 'code', lang, code: word, via: site.path, ...(cwd ? { cwd } : {}), ...more });
  }
}

/** Starts a program with its words, no shell in between. */
export function runArgv(site: Site, words: v.Value): void {
  const { near, sink } = site.machine;
  const cwd = directoryOf(site);
  const input = option(site, 'input');
  v.combine([...(words.kind === 'list' ? words.items : [words])], (row) => {
    const argv: Word[] = row.map((word) => v.wordOf(word, near));
    if (words.kind === 'list' && words.open)
      argv.push({ text: undefined, pieces: [null], glob: false, span: near.span });
    if (argv.length === 0) return v.NULL;
    const [program] = argv;
    const assignments = assignmentsOf(option(site, 'env'), near);
    if (program?.text === undefined && argv.length === 1) {
      const code = program as Word;
      sink.run({ kind: 'code', lang: 'sh', code, via: site.path });
    } else
      sink.run({
        kind: 'argv',
        argv,
        via: site.path,
        ...(cwd ? { cwd } : {}),
        ...(input ? { stdin: v.wordOf(input, near) } : {}),
        ...(assignments.length > 0 ? { assignments } : {}),
      });
    return v.NULL;
  });
}

function assignmentsOf(env: v.Value | undefined, near: Word): { name: string; value: Word }[] {
  if (env?.kind !== 'dictionary') return [];
  return [...env.entries]
    .filter(([name]) => name !== '')
    .map(([name, value]) => ({ name, value: v.wordOf(value, near) }));
}

function directoryOf(site: Site): Word | undefined {
  const given = option(site, 'cwd') ?? option(site, 'chdir');
  return given ? site.machine.place(given) : site.machine.directory();
}

export function shells(slot: Slot = 0): Action {
  return (site) => {
    runCode(site, pick(site, slot) ?? v.UNKNOWN, 'sh');
    return undefined;
  };
}

/** One text is a shell's, several are a program and its words. */
export const runsProgram: Action = (site) => {
  const { positional, open } = site.args;
  const words = positional
    .flatMap((one) => (one.kind === 'list' ? one.items : [one]))
    .filter((one) => one.kind !== 'dictionary');
  const isOpen = open === true || positional.some((one) => one.kind === 'list' && one.open === true);
  if (words.length === 1 && !isOpen) runCode(site, words[0] as v.Value, 'sh');
  else if (words.length === 0) runCode(site, v.UNKNOWN, 'sh');
  else runArgv(site, v.list(words, isOpen));
  return undefined;
};

/** Program first, then a list of its words. */
export function startsProgram(program: Slot, words: Slot): Action {
  return (site) => {
    const first = pick(site, program) ?? v.UNKNOWN;
    const given = pick(site, words);
    const rest = given?.kind === 'list' ? given : v.list([], given !== undefined && given.kind === 'unknown');
    const shell = option(site, 'shell');
    if (v.isTrue(shell) || v.knownText(shell)) {
      runCode(site, v.join([first, ...rest.items.flatMap((item) => [v.text(' '), item])]), 'sh');
    } else runArgv(site, v.list([first, ...rest.items], rest.open));
    return undefined;
  };
}

/** Runs text as code of the same language. */
export function evaluates(slot: Slot = 0): Action {
  return (site) => {
    runCode(site, pick(site, slot) ?? v.UNKNOWN, site.machine.dialect.language);
    return undefined;
  };
}

/** Runs a file of the same language. */
export function runsFile(slot: Slot = 0): Action {
  return (site) => {
    for (const path of pathsOf(site, slot)) {
      const { dialect, sink } = site.machine;
      sink.run({ kind: 'file', lang: dialect.language, path: site.machine.place(path), via: site.path });
    }
    return undefined;
  };
}

/** Something that cannot be judged. */
export function hides(why: string): Action {
  return (site) => {
    site.machine.sink.effect(opaque(site.machine.near, why));
    return undefined;
  };
}

/** Prints its arguments: environment in them is shown. */
export const shows: Action = (site) => {
  for (const value of [
    ...site.args.positional,
    ...(site.path.startsWith('?') && site.self ? [site.self] : []),
  ])
    show(site.machine, value);
  return undefined;
};

/** The value comes out where people or the agent see it. */
export function show(machine: Site['machine'], value: v.Value): void {
  const source = v.sourceOf(value);
  if (source?.from === 'env')
    machine.env(source.name === undefined ? 'dump' : 'read', source.name, { shown: true });
}

/** Makes text of what may be the whole environment. */
export const serialises: Action = (site) => {
  const [value] = site.args.positional;
  const source = value && v.sourceOf(value);
  if (source?.from === 'env' && source.name === undefined) site.machine.env('dump', undefined);
  return undefined;
};

export function readsEnv(slot: Slot = 0): Action {
  return (site) => {
    const given = pick(site, slot);
    if (given === undefined) return v.unknownFrom({ from: 'env' });
    return v.eachOption(given, (one) => {
      const name = v.knownText(one);
      if (name === 'HOME') return v.HOME;
      site.machine.env('read', name);
      return v.unknownFrom(name === undefined ? { from: 'env' } : { from: 'env', name });
    });
  };
}

/** A call that gives a value and does nothing. */
export function gives(make: (site: Site) => v.Value): Action {
  return make;
}

/** Several things at once; the last result that is known counts. */
export function all(...actions: readonly Action[]): Action {
  return (site) => actions.map((action) => action(site)).findLast((value) => value !== undefined);
}

/** Names of one action, several in a text separated by blanks. */
export type CallTable = readonly (readonly [Action, string])[];

/** Turns a table into what a dialect looks calls up in; later rows win. */
export function callsOf(...tables: readonly CallTable[]): ReadonlyMap<string, Action> {
  const calls = new Map<string, Action>();
  for (const [action, names] of tables.flat()) {
    for (const name of names.split(/\s+/)) if (name !== '') calls.set(name, action);
  }
  return calls;
}
