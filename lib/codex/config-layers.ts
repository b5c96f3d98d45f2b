/**
 * Reads every file that the client's configuration comes from, and lays them over each other as it does. Owns the order of the layers
 * and who said what; what a value means is for others to say. Too slow for a hook: nothing that hooks load may import this.
 */

import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { InputError } from '../types/errors.ts';
import { parseToml } from './config-toml.ts';
import { lineOf } from './json-text.ts';
import { readToml } from './toml-text.ts';

export type ConfigTable = Readonly<Record<string, unknown>>;

/** From weakest to strongest; project layers from the root down to the working directory. */
export type ConfigLayerName = 'system' | 'user' | 'profile' | 'project' | 'session' | 'managed';

export interface ConfigLayer {
  readonly name: ConfigLayerName;
  /** The file, or `-c key=value`. */
  readonly source: string;
  /** Without the keys that the client ignores there. */
  readonly values: ConfigTable;
  readonly text: string;
  /** Keys that the client takes from no project. */
  readonly ignored: readonly string[];
  /** False for a project that is not trusted: the client reads nothing of it. */
  readonly isUsed: boolean;
  /** Why it cannot be read; the client does not start then. */
  readonly problem?: string;
}

export interface ConfigSources {
  /** CODEX_HOME, symbolic links resolved. */
  readonly codexHome: string;
  /** Working directory of the session, symbolic links resolved. */
  readonly cwd: string;
  /** Roots under which a person may have trusted the project, beside the directory itself. */
  readonly projectRoots: readonly string[];
  /** `--profile NAME`. */
  readonly profile?: string;
  /** `-c key=value`, in order. */
  readonly overrides?: readonly string[];
  /** Where a company puts its files. */
  readonly managedDir?: string;
}

export interface ConfigOrigin {
  readonly layer: ConfigLayerName;
  readonly source: string;
  readonly line?: number;
}

export interface CodexConfig {
  /** All that are there, weakest first. */
  readonly layers: readonly ConfigLayer[];
  /** What a company demands, whatever the layers say. */
  readonly requirements: ConfigLayer | undefined;
  readonly projectTrust: 'trusted' | 'untrusted' | 'unknown';
  /** `.codex` folders of the project that the client looks into, root first. */
  readonly projectFolders: readonly string[];
}

/** Where a company's files are. */
export const MANAGED_DIR = '/etc/codex';

/** Observed on Codex 0.169.0, which names them in a warning. */
const NOT_FROM_PROJECTS = [
  'openai_base_url',
  'chatgpt_base_url',
  'model_provider',
  'model_providers',
  'notify',
  'profile',
  'profiles',
  'otel',
];

/** Folders above the working directory that are looked at. */
const MAX_DEPTH = 64;

/** Reads all layers. Never throws for what stands in a file: `problem` tells. */
export function readCodexConfig(sources: ConfigSources): CodexConfig {
  const managedDir = sources.managedDir ?? MANAGED_DIR;
  const base = [
    readLayer('system', join(managedDir, 'config.toml')),
    readLayer('user', join(sources.codexHome, 'config.toml')),
    ...(sources.profile === undefined
      ? []
      : [readLayer('profile', join(sources.codexHome, `${sources.profile}.config.toml`))]),
  ].filter((layer) => layer !== undefined);
  const session = (sources.overrides ?? []).map(readOverride);
  const managed = readLayer('managed', join(managedDir, 'managed_config.toml'));
  const above = [...base, ...session, ...(managed === undefined ? [] : [managed])];
  const folders = listProjectFolders(above, sources);
  const [root] = folders;
  const roots = [sources.cwd, ...(root === undefined ? [] : [dirname(root)]), ...sources.projectRoots];
  const projectTrust = findTrust(above, roots);
  const projects = folders.flatMap((folder) => {
    const layer = readLayer('project', join(folder, 'config.toml'));
    return layer === undefined ? [] : [{ ...withoutIgnored(layer), isUsed: projectTrust === 'trusted' }];
  });
  return {
    layers: [...base, ...projects, ...session, ...(managed === undefined ? [] : [managed])],
    requirements: readLayer('managed', join(managedDir, 'requirements.toml')),
    projectTrust,
    projectFolders: folders,
  };
}

/** The value in force at a path of keys, and who said so. Undefined when nobody did. */
export function findValue(
  config: Pick<CodexConfig, 'layers'>,
  ...path: readonly string[]
): { readonly value: unknown; readonly origin: ConfigOrigin } | undefined {
  for (const layer of config.layers.filter(({ isUsed }) => isUsed).reverse()) {
    const value = valueAt(layer.values, path);
    if (value !== undefined) return { value, origin: originOf(layer, path) };
  }
  return undefined;
}

/** Where a layer says something. */
export function originOf(layer: ConfigLayer, path: readonly string[]): ConfigOrigin {
  const line = findLine(layer.text, path);
  return { layer: layer.name, source: layer.source, ...(line === undefined ? {} : { line }) };
}

/** Line of an entry, or of the header of a table; undefined inside an inline table. */
function findLine(text: string, path: readonly string[]): number | undefined {
  const isIt = (words: readonly string[]) => JSON.stringify(words) === JSON.stringify(path);
  for (const table of readToml(text)?.tables ?? []) {
    const entry = table.entries.find((one) => isIt([...table.path, ...one.path]));
    if (entry !== undefined) return lineOf(text, entry.value.start);
    if (isIt(table.path)) return lineOf(text, table.start);
  }
  return undefined;
}

/** All layers in one table: tables are merged, other values replaced. */
export function mergeLayers(layers: readonly ConfigLayer[]): ConfigTable {
  return layers
    .filter(({ isUsed }) => isUsed)
    .reduce<ConfigTable>((all, { values }) => merge(all, values), {});
}

/** The value at a path of keys. */
export function valueAt(table: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (isTable(value) && Object.hasOwn(value, key) ? value[key] : undefined),
    table,
  );
}

export function isTable(value: unknown): value is ConfigTable {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
}

function merge(below: ConfigTable, above: ConfigTable): ConfigTable {
  const all: Record<string, unknown> = { ...below };
  for (const [key, value] of Object.entries(above)) {
    const old = Object.hasOwn(all, key) ? all[key] : undefined;
    all[key] = isTable(value) && isTable(old) ? merge(old, value) : value;
  }
  return all;
}

function readLayer(name: ConfigLayerName, source: string): ConfigLayer | undefined {
  let text = '';
  try {
    text = readFileSync(source, 'utf8');
    return { name, source, values: parseToml(text), text, ignored: [], isUsed: true };
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    return { name, source, values: {}, text, ignored: [], isUsed: true, problem: message };
  }
}

/** `a.b=value`: the value is TOML or, where it is none, a text as it stands. */
function readOverride(override: string): ConfigLayer {
  const source = `-c ${override}`;
  const common = { name: 'session', source, text: '', ignored: [], isUsed: true } as const;
  const equals = override.indexOf('=');
  const key = override.slice(0, equals).trim();
  if (equals < 1 || key === '') return { ...common, values: {}, problem: 'it is not key=value' };
  const path = key.split('.');
  return { ...common, values: tableOf(path, readOverrideValue(override.slice(equals + 1).trim())) };
}

function readOverrideValue(text: string): unknown {
  try {
    return parseToml(`v = ${text}`).v;
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return text.replace(/^["']|["']$/g, '');
  }
}

function tableOf(path: readonly string[], value: unknown): ConfigTable {
  return path.reduceRight<unknown>((inner, key) => ({ [key]: inner }), value) as ConfigTable;
}

function withoutIgnored(layer: ConfigLayer): ConfigLayer {
  const ignored = NOT_FROM_PROJECTS.filter((key) => Object.hasOwn(layer.values, key));
  const values = Object.fromEntries(Object.entries(layer.values).filter(([key]) => !ignored.includes(key)));
  return { ...layer, values, ignored };
}

/** A project cannot trust itself, so only the layers around it are asked. */
function findTrust(layers: readonly ConfigLayer[], roots: readonly string[]): CodexConfig['projectTrust'] {
  const projects = valueAt(mergeLayers(layers), ['projects']);
  for (const folder of roots) {
    const level = valueAt(projects, [folder, 'trust_level']);
    if (level === 'trusted' || level === 'untrusted') return level;
  }
  return 'unknown';
}

/** `.codex` of the project's root and of every folder from there down to the working directory. */
function listProjectFolders(layers: readonly ConfigLayer[], { cwd, codexHome }: ConfigSources): string[] {
  const said = valueAt(mergeLayers(layers), ['project_root_markers']);
  const markers = Array.isArray(said) ? said.filter((marker) => typeof marker === 'string') : ['.git'];
  const folders: string[] = [];
  let root: number | undefined;
  for (let folder = cwd; folders.length < MAX_DEPTH; folder = dirname(folder)) {
    folders.push(folder);
    if (markers.some((marker) => existsSync(join(folder, marker)))) {
      root = folders.length;
      break;
    }
    if (dirname(folder) === folder) break;
  }
  return folders
    .slice(0, root ?? 1)
    .reverse()
    .map((folder) => join(folder, '.codex'))
    .filter((folder) => folder !== codexHome);
}
