/** Scripts of package.json files: finds the folder that a script runner means and reads what a script would run. */

import type { HostView } from '../../types/host.ts';
import type { Nested } from '../../types/invocation.ts';
import type { Word } from '../../types/text.ts';
import { wordAt } from '../effects.ts';
import { appendWords } from '../verbs.ts';

/** Folders above that are looked into, bytes of a manifest, workspaces that are visited. */
const MAX_LEVELS = 40;
const MAX_BYTES = 1 << 20;
const MAX_WORKSPACES = 64;

export interface Manifest {
  /** Absolute, without a slash at its end. */
  readonly folder: string;
  readonly name: string;
  readonly scripts: ReadonlyMap<string, string>;
  /** What wireit runs for a script that only says `wireit`, by the script's name. */
  readonly wireit: ReadonlyMap<string, readonly string[]>;
  /** Folders of workspaces, as patterns. */
  readonly workspaces: readonly string[];
}

/** The manifest of exactly this folder. */
export function readManifest(host: HostView, folder: string): Manifest | undefined {
  const text = host.readFile(`${folder}/package.json`, MAX_BYTES);
  if (text === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    if (!isRecord(value)) return undefined;
    const workspaces = isRecord(value.workspaces) ? value.workspaces.packages : value.workspaces;
    const scripts = isRecord(value.scripts) ? Object.entries(value.scripts) : [];
    return {
      folder,
      name: typeof value.name === 'string' ? value.name : '',
      scripts: new Map(scripts.filter((entry): entry is [string, string] => typeof entry[1] === 'string')),
      wireit: readWireit(value.wireit),
      workspaces: Array.isArray(workspaces)
        ? workspaces.filter((item): item is string => typeof item === 'string')
        : [],
    };
  } catch {
    return undefined;
  }
}

/** A script's own command, behind those of the scripts that it depends on. */
function readWireit(settings: unknown): Manifest['wireit'] {
  const all = new Map(isRecord(settings) ? Object.entries(settings) : []);
  const follow = (name: string, seen: Set<string>): readonly string[] => {
    const one = all.get(name);
    if (seen.has(name) || !isRecord(one)) return [];
    seen.add(name);
    const needs = Array.isArray(one.dependencies) ? one.dependencies : [];
    return [
      ...needs.flatMap((need) => follow(String(isRecord(need) ? need.script : need), seen)),
      ...(typeof one.command === 'string' ? [one.command] : []),
    ];
  };
  return new Map([...all.keys()].slice(0, MAX_WORKSPACES).map((name) => [name, follow(name, new Set())]));
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The manifest of a folder or of the nearest one above. */
export function findManifest(host: HostView, folder: string): Manifest | undefined {
  let at = folder.replace(/\/+$/, '');
  for (let level = 0; level < MAX_LEVELS; level++) {
    const found = readManifest(host, at);
    if (found) return found;
    const slash = at.lastIndexOf('/');
    if (slash < 0 || at === '') return undefined;
    at = at.slice(0, slash);
  }
  return undefined;
}

/** All workspaces below a manifest, as far as their patterns are plain. */
function workspacesOf(host: HostView, root: Manifest): readonly Manifest[] {
  const patterns = [...root.workspaces, ...pnpmPatterns(host, root.folder)].slice(0, MAX_WORKSPACES);
  const folders = patterns.flatMap((pattern) => {
    const plain = pattern.replace(/^\.\//, '').replace(/\/+$/, '');
    const star = /^([^*!]*)\/\*{1,2}$/.exec(plain);
    if (!star) return /[*!]/.test(plain) ? [] : [plain];
    return (host.readDirectory(`${root.folder}/${star[1]}`) ?? []).map((name) => `${star[1]}/${name}`);
  });
  return folders
    .slice(0, MAX_WORKSPACES)
    .flatMap((folder) => readManifest(host, `${root.folder}/${folder}`) ?? []);
}

function pnpmPatterns(host: HostView, folder: string): readonly string[] {
  const text = host.readFile(`${folder}/pnpm-workspace.yaml`, MAX_BYTES) ?? '';
  return [...text.matchAll(/^[ \t]*-[ \t]*['"]?([^'"\n#]+)['"]?[ \t]*$/gm)].map((match) =>
    (match[1] as string).trim(),
  );
}

/** Nearest manifest above that has workspaces, or the nearest one at all. */
function workspaceRoot(host: HostView, from: Manifest): Manifest {
  let at: Manifest | undefined = from;
  for (let level = 0; level < 8 && at; level++) {
    if (at.workspaces.length > 0 || pnpmPatterns(host, at.folder).length > 0) return at;
    at = findManifest(host, at.folder.slice(0, at.folder.lastIndexOf('/')));
  }
  return from;
}

/**
 * The manifests whose scripts a runner means.
 *
 * @param folder absolute directory it runs in
 * @param chosen workspaces by name or folder; `'all'` for every one
 */
export function chooseManifests(
  host: HostView,
  folder: string,
  chosen: readonly string[] | 'all',
): readonly Manifest[] {
  const nearest = findManifest(host, folder);
  if (!nearest || (chosen !== 'all' && chosen.length === 0)) return nearest ? [nearest] : [];
  const root = workspaceRoot(host, nearest);
  const all = workspacesOf(host, root);
  if (chosen === 'all') return [root, ...all];
  return chosen.flatMap((name) => {
    const bare = name.replace(/^\.\//, '').replace(/\/+$/, '');
    const matches = bareMatcher(bare);
    const found = [root, ...all].filter(
      (one) => matches(one.name) || one.folder === `${root.folder}/${bare}` || one.folder === name,
    );
    return found.length > 0 ? found : (readManifest(host, `${root.folder}/${bare}`) ?? []);
  });
}

/** Names with `*` in them stand for many, `...name...` for a name with its relatives. */
function bareMatcher(pattern: string): (name: string) => boolean {
  const plain = pattern.replace(/^\.{3}\^?|\^?\.{3}$/g, '');
  if (!plain.includes('*')) return (name) => name === plain;
  const parts = plain.split('*').filter((part) => part !== '');
  return (name) => parts.every((part) => name.includes(part));
}

/** A script with what runs before and after it, as shell texts; empty when the manifest has no such script. */
export function scriptRuns(
  manifest: Manifest,
  script: string,
  near: Word,
  via: string,
  args: readonly Word[] = [],
  shell?: Word,
): readonly Nested[] {
  if (!manifest.scripts.has(script)) return [];
  return [`pre${script}`, script, `post${script}`].flatMap((name): readonly Nested[] => {
    const own = manifest.scripts.get(name);
    if (own === undefined) return [];
    const text = own.trim() === 'wireit' ? (manifest.wireit.get(name) ?? []).join('\n') : own;
    const cwd = wordAt(manifest.folder, near);
    const code = name === script ? appendWords(wordAt(text, near), args) : wordAt(text, near);
    if (shell) return [{ kind: 'argv', argv: [shell, wordAt('-c', near), code], cwd, via }];
    return [{ kind: 'code', lang: 'sh', code, cwd, via }];
  });
}

/** True when the program is installed in the project, so that running it fetches nothing. */
export function isInstalled(host: HostView, folder: string, program: string): boolean {
  let at = folder.replace(/\/+$/, '');
  for (let level = 0; level < MAX_LEVELS; level++) {
    if (host.pathKind(`${at}/node_modules/.bin/${program}`) !== undefined) return true;
    const slash = at.lastIndexOf('/');
    if (slash < 0) return false;
    at = at.slice(0, slash);
  }
  return false;
}
