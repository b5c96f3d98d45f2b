/**
 * Loads the programs that the hooks share (`main.js` and the parts it is split into), from V8's code cache where there is a
 * good one. Owns which cache is good; caches are made by `make-cache.ts`, never by a hook.
 */

import { readFileSync, statSync } from 'node:fs';
import { Script } from 'node:vm';

/** What a program exports. */
export type Program = Readonly<Record<string, unknown>>;

interface Loaded {
  readonly script: Script;
  /** Where the program's cache belongs. */
  readonly cachePath: string;
  readonly module: { readonly exports: Program };
}

type Body = (
  load: (name: string) => Program,
  require: NodeJS.Require,
  module: Loaded['module'],
  exports: Program,
) => void;

/** Every program starts with a comment: 16 digits of its own hash, a space, 16 digits that all programs of a build have. */
const STAMP = [2, 18] as const;
const BUILD = [19, 35] as const;

const loaded = new Map<string, Loaded>();
let build: string | undefined;
let binary: string | undefined;

/** The exports of a program beside this one, which runs at its first loading. Throws when it is not there. */
export function load(name: string): Program {
  const known = loaded.get(name);
  if (known !== undefined) return known.module.exports;
  const path = `${__dirname}/${name}.js`;
  const source = readFileSync(path, 'utf8');
  // An upgrade that is half done: the programs call each other by numbers that each build gives out anew.
  build ??= source.slice(...BUILD);
  if (source.slice(...BUILD) !== build) throw new Error(`${name} belongs to another build`);
  const cachePath = `${__dirname}/${name}.${source.slice(...STAMP)}.${describeBinary()}.cache`;
  const cachedData = readCache(cachePath, path);
  const script = new Script(source, { filename: path, ...(cachedData === undefined ? {} : { cachedData }) });
  const module = { exports: {} };
  loaded.set(name, { script, cachePath, module });
  (script.runInThisContext() as Body)(load, require, module, module.exports);
  return module.exports;
}

/** What was loaded so far. */
export function listLoaded(): readonly Loaded[] {
  return [...loaded.values()];
}

/**
 * V8 compares little more than its own version and the program's length, and would run whatever the cache says. So the name binds
 * a cache to the program's text and to this very Node, and a program that was changed by hand after its cache was made is newer.
 */
function readCache(cachePath: string, path: string): Buffer | undefined {
  const cache = statSync(cachePath, { throwIfNoEntry: false });
  if (cache === undefined || cache.mtimeMs < statSync(path).mtimeMs) return undefined;
  try {
    return readFileSync(cachePath);
  } catch {
    return undefined; // without a cache it only takes longer
  }
}

/** Distributions build the same version of Node in different ways, so the version alone does not tell them apart. */
export function describeBinary(): string {
  if (binary === undefined) {
    const { size, mtimeMs } = statSync(process.execPath);
    binary = `${process.version}-${process.arch}-${size.toString(36)}-${Math.floor(mtimeMs / 1000).toString(36)}`;
  }
  return binary;
}
