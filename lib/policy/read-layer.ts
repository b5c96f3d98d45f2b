/** Reads one layer of a policy: its file and everything that `extends` names. Owns where files are, not what wins. */

import { dirname, isAbsolute, join, relative, sep } from 'node:path';
import type { HostView } from '../types/host.ts';
import type { LayerName, PolicyProblem } from '../types/policy.ts';
import { checkDocument } from './check-document.ts';
import { digestText } from './digest.ts';
import type { GuardTable, PolicyDocument } from './document.ts';
import { findPackageFile, isPackageName } from './find-package.ts';
import { findNearest, quote } from './phrases.ts';
import { PRESETS } from './presets.gen.ts';
import { readJsonc } from './read-jsonc.ts';

export type PolicyHost = Pick<HostView, 'home' | 'codexHome' | 'readFile' | 'pathKind'>;

/** One layer, with what it extends in front of what it says itself. */
export interface Layer {
  readonly name: LayerName;
  readonly documents: readonly PolicyDocument[];
  readonly problems: readonly PolicyProblem[];
  /** False when a file has a mistake: then the layer may tighten, but no longer loosen. */
  readonly isWhole: boolean;
  /** Digests of the files that came out of packages, by `<package>/<path>`. */
  readonly packages: Readonly<Record<string, string>>;
}

/** In front of the name of a shipped preset. */
export const PRESET_PREFIX = 'codex-guard:';
/** Beside a policy file: digests that the files of its packages must have. */
export const LOCK_FILE = 'guard.lock.json';

/** How a person takes a changed package over. */
const ACCEPT =
  'see `codex-guard policy lock --check`; if the change is wanted, `codex-guard policy lock` accepts it';

/** Largest policy file, in bytes. */
const MAX_BYTES = 1024 * 1024;
const MAX_DEPTH = 8;
const MAX_DOCUMENTS = 16;

interface Reading {
  readonly host: PolicyHost;
  readonly guards: GuardTable;
  readonly layer: LayerName;
  readonly lock: Readonly<Record<string, unknown>> | undefined;
  readonly documents: PolicyDocument[];
  readonly problems: PolicyProblem[];
  readonly packages: { [file: string]: string };
  readonly done: Set<string>;
}

interface Target {
  readonly path: string;
  /** The package that the file belongs to. */
  readonly pack?: { readonly name: string; readonly root: string };
}

/** Where a mistake is reported. */
type Place = Pick<PolicyProblem, 'file' | 'line' | 'column'>;

/**
 * Reads the file of a layer and what it extends.
 *
 * @param isRequired whether a missing file is a mistake
 * @returns undefined when there is no such file and none is required
 */
export function readLayer(
  host: PolicyHost,
  guards: GuardTable,
  layer: LayerName,
  path: string,
  isRequired = false,
): Layer | undefined {
  if (!isRequired && !isThere(host, path)) return undefined;
  const problems: PolicyProblem[] = [];
  const lock = readLock(host, join(dirname(path), LOCK_FILE), problems);
  const reading: Reading = {
    host,
    guards,
    layer,
    lock,
    documents: [],
    problems,
    packages: {},
    done: new Set(),
  };
  addFile(reading, { path }, [], { file: path });
  const isWhole = problems.every((problem) => problem.severity !== 'error');
  return { name: layer, documents: reading.documents, problems, isWhole, packages: reading.packages };
}

function isThere(host: PolicyHost, path: string): boolean {
  return host.pathKind(path) !== undefined;
}

function addFile(reading: Reading, target: Target, chain: readonly string[], blame: Place): void {
  const { path } = target;
  if (reading.done.has(path)) {
    if (chain.includes(path)) fail(reading, blame, `${quote(path)} extends itself`);
    return;
  }
  reading.done.add(path);
  const isTooMuch = chain.length >= MAX_DEPTH || reading.done.size > MAX_DOCUMENTS;
  const text = isTooMuch ? undefined : reading.host.readFile(path, MAX_BYTES);
  if (text !== undefined) addText(reading, target, text, chain, blame);
  else if (isTooMuch) fail(reading, blame, 'extends leads to too many files');
  else fail(reading, blame, explainUnreadable(reading.host, path));
}

function addText(
  reading: Reading,
  target: Target,
  text: string,
  chain: readonly string[],
  blame: Place,
): void {
  const { path, pack } = target;
  if (pack !== undefined) checkLock(reading, pack, path, text, blame);
  const { node, problems } = readJsonc(text, path);
  reading.problems.push(...problems);
  if (node === undefined) return;
  const { document, problems: mistakes } = checkDocument(node, path, reading.guards);
  reading.problems.push(...mistakes);
  for (const { value, line, column } of document.extends) {
    const place: Place = { file: path, line, column };
    if (value.startsWith(PRESET_PREFIX)) addPreset(reading, value, place);
    else {
      const next = findTarget(reading, value, target);
      if (typeof next === 'string') fail(reading, place, next);
      else addFile(reading, next, [...chain, path], place);
    }
  }
  reading.documents.push(document);
}

/** The file that an entry of `extends` means, or what is wrong with the entry. */
function findTarget(reading: Reading, name: string, from: Target): Target | string {
  const folder = dirname(from.path);
  const pack = from.pack === undefined ? {} : { pack: from.pack };
  if (isAbsolute(name)) return { path: name, ...pack };
  if (/^\.{1,2}\//.test(name)) return { path: join(folder, name), ...pack };
  if (!isPackageName(name))
    return `extends takes presets, packages and paths that start with \`./\`, not ${quote(name)}`;
  // What lies outside the user's own Codex folder the agent may have written: it must not loosen the user's policy.
  const ceiling = reading.layer === 'user' ? reading.host.codexHome : undefined;
  const found = findPackageFile(reading.host, name, folder, ceiling);
  if (found === undefined) return `package ${quote(name)} is not installed`;
  if (typeof found === 'string') return `package ${quote(name)} ${found}`;
  return { path: found.path, pack: { name, root: found.root } };
}

function addPreset(reading: Reading, name: string, blame: Place): void {
  const short = name.slice(PRESET_PREFIX.length);
  const preset = Object.hasOwn(PRESETS, short) ? PRESETS[short] : undefined;
  if (preset === undefined) {
    const nearest = findNearest(short, Object.keys(PRESETS));
    const hint = nearest === undefined ? undefined : `did you mean \`${PRESET_PREFIX}${nearest}\`?`;
    fail(reading, blame, `there is no preset ${quote(short)}`, hint);
  } else if (!reading.done.has(name)) {
    reading.done.add(name);
    reading.documents.push(preset.document());
  }
}

function explainUnreadable(host: PolicyHost, path: string): string {
  const kind = host.pathKind(path);
  if (kind === undefined) return `there is no file ${quote(path)}`;
  if (kind !== 'file') return `${quote(path)} is no regular file`;
  return `${quote(path)} cannot be read, or is larger than 1 MiB`;
}

/** The lock's `files`, or undefined when there is no lock. A lock that cannot be read allows no package. */
function readLock(
  host: PolicyHost,
  path: string,
  problems: PolicyProblem[],
): Readonly<Record<string, unknown>> | undefined {
  if (!isThere(host, path)) return undefined;
  try {
    const lock = JSON.parse(host.readFile(path, MAX_BYTES) ?? '') as { files?: unknown } | null;
    if (typeof lock?.files === 'object' && lock.files !== null) return lock.files as Record<string, unknown>;
  } catch {
    // Reported below, like every other lock without digests.
  }
  problems.push({ severity: 'error', message: 'this lock holds no `files` with digests', file: path });
  return {};
}

function checkLock(
  reading: Reading,
  pack: { readonly name: string; readonly root: string },
  path: string,
  text: string,
  blame: Place,
): void {
  const file = `${pack.name}/${relative(pack.root, path).split(sep).join('/')}`;
  const digest = `sha256:${digestText(text)}`;
  reading.packages[file] = digest;
  if (reading.lock === undefined) return;
  const locked = Object.hasOwn(reading.lock, file) ? reading.lock[file] : undefined;
  if (locked === undefined) fail(reading, blame, `${quote(file)} is not in ${LOCK_FILE}`, ACCEPT);
  else if (locked !== digest) fail(reading, blame, `${quote(file)} is not what ${LOCK_FILE} says`, ACCEPT);
}

function fail(reading: Reading, place: Place, message: string, hint?: string): void {
  reading.problems.push({ severity: 'error', message, ...place, ...(hint === undefined ? {} : { hint }) });
}
