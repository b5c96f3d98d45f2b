/** The hook programs as they lie on the disk, against those of this package. Judges nothing. */

import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Programs {
  /** Where `install` puts them. */
  readonly folder: string;
  /** Where this package has them. */
  readonly bundles: string;
  readonly isInstalled: boolean;
  readonly files: readonly ProgramFile[];
  /** Caches that fit a program that is there, for any Node. */
  readonly caches: number;
}

export interface ProgramFile {
  readonly name: string;
  /** `same` as this package's; `altered` by hand; of `another` version, whole by its own stamp; `missing`; `extra`. */
  readonly state: 'same' | 'altered' | 'another' | 'missing' | 'extra';
}

/** A shared program begins with the hash of the rest, and one that all programs of a build have. */
const STAMP = /^\/\*([0-9a-f]{16}) ([0-9a-f]{16})\*\//;

/** Compares a folder of programs with this package's. */
export function readPrograms(folder: string, bundles: string): Programs {
  const there = listNames(folder);
  const wanted = listNames(bundles).filter(isProgramName);
  const installed = there.filter(isProgramName);
  const [ownBuild, theirBuild] = [bundles, folder].map((place) => buildOf(read(join(place, 'main.js'))));
  const isAnother = theirBuild !== undefined && theirBuild !== ownBuild;
  const files = wanted.map((name): ProgramFile => {
    const text = read(join(folder, name));
    if (text === undefined) return { name, state: isAnother ? 'another' : 'missing' };
    if (text === read(join(bundles, name))) return { name, state: 'same' };
    return { name, state: isAnother && isWhole(name, text, theirBuild) ? 'another' : 'altered' };
  });
  const extra = isAnother ? [] : installed.filter((name) => !wanted.includes(name));
  return {
    folder,
    bundles,
    isInstalled: installed.length > 0,
    files: [...files, ...extra.map((name): ProgramFile => ({ name, state: 'extra' }))],
    caches: there.filter((name) => isCacheOf(name, folder)).length,
  };
}

function isProgramName(name: string): boolean {
  return /\.c?js$/.test(name);
}

/** True for a program of another version that was not changed since it was built, as far as its stamp can tell. */
function isWhole(name: string, text: string, build: string): boolean {
  // An event's own program has no stamp. Every version's loads the others, which a replaced one does not.
  if (name.endsWith('.cjs')) return /readFileSync/.test(text) && text.length > 500;
  const [head, hash, itsBuild] = STAMP.exec(text) ?? [];
  return head !== undefined && itsBuild === build && hash === digest(text.slice(head.length));
}

function buildOf(text: string | undefined): string | undefined {
  return text === undefined ? undefined : STAMP.exec(text)?.[2];
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

/** Caches are named after their program and its stamp. */
function isCacheOf(name: string, folder: string): boolean {
  const [, program, stamp] = /^([\w-]+)\.([0-9a-f]{16})\..*\.cache$/.exec(name) ?? [];
  if (program === undefined) return false;
  return STAMP.exec(read(join(folder, `${program}.js`)) ?? '')?.[1] === stamp;
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

function listNames(folder: string): readonly string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}
