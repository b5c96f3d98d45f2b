/**
 * Every hook that the client would find, from all the places it looks in: hooks.json and config.toml of the user, a profile, the project,
 * the company and plugins. Whether a person trusts a hook is not for this file to say. Too slow for a hook.
 */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type CodexConfig,
  type ConfigLayer,
  isTable,
  MANAGED_DIR,
  mergeLayers,
  valueAt,
} from './config-layers.ts';
import { diagnoseHooksJson, type HooksDiagnosis } from './hooks-json-faults.ts';
import { listHookTrust } from './trust.ts';
import { isOurCommand } from './wiring.ts';

export type HookPlace = 'user' | 'profile' | 'project' | 'session' | 'plugin' | 'managed';

/** A file that may hold hooks. */
export interface HookSource {
  readonly place: HookPlace;
  readonly file: string;
  /** The text of a hooks.json. */
  readonly text?: string;
  /** Why the client drops this hooks.json. */
  readonly diagnosis?: HooksDiagnosis;
  /** It is there and cannot be read. */
  readonly problem?: string;
  /** False for a project that is not trusted. */
  readonly isUsed: boolean;
  readonly hooks: readonly FoundHook[];
}

export interface FoundHook {
  readonly event: string;
  readonly matcher?: string;
  readonly type: string;
  /** Empty for other types than `command`. */
  readonly command: string;
  /** As written; seconds. */
  readonly timeout?: number;
  readonly isAsync: boolean;
  readonly isOurs: boolean;
  /** Under which the client keeps its trust, and the hash it would have. Absent where that cannot be worked out. */
  readonly key?: string;
  readonly hash?: string;
}

/** Layers that the client keeps hooks of under another name than the file's. */
const SESSION_FILE = '/<session-flags>/config.toml';

/**
 * Reads all sources that exist. Never throws for what stands in a file.
 *
 * @param codexHome symbolic links resolved
 */
export function readHookSources(
  config: CodexConfig,
  codexHome: string,
  managedDir = MANAGED_DIR,
): readonly HookSource[] {
  const isTrusted = config.projectTrust === 'trusted';
  const sources = [
    readHooksJson('managed', join(managedDir, 'hooks.json'), true),
    ...(config.requirements ? [fromLayer(config.requirements)] : []),
    readHooksJson('user', join(codexHome, 'hooks.json'), true),
    ...config.layers.map(fromLayer),
    ...config.projectFolders.map((folder) => readHooksJson('project', join(folder, 'hooks.json'), isTrusted)),
    ...listPlugins(config, codexHome).map((file) => readHooksJson('plugin', file, true)),
  ];
  return sources.filter((source) => source !== undefined);
}

function readHooksJson(place: HookPlace, file: string, isUsed: boolean): HookSource | undefined {
  try {
    const text = readFileSync(file, 'utf8');
    const diagnosis = diagnoseHooksJson(text);
    const isDropped = diagnosis.faults.length > 0;
    const hooks = isDropped ? [] : listHooks(JSON.parse(text), file, place);
    return { place, file, text, diagnosis, isUsed, hooks };
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    return { place, file, isUsed, hooks: [], problem: message };
  }
}

const PLACE: Readonly<Record<ConfigLayer['name'], HookPlace>> = {
  system: 'managed',
  managed: 'managed',
  user: 'user',
  profile: 'profile',
  project: 'project',
  session: 'session',
};

function fromLayer(layer: ConfigLayer): HookSource | undefined {
  if (!isTable(layer.values.hooks)) return undefined;
  const place = PLACE[layer.name];
  const file = layer.name === 'session' ? SESSION_FILE : layer.source;
  const hooks = listHooks({ hooks: layer.values.hooks }, file, place);
  return hooks.length === 0 ? undefined : { place, file, isUsed: layer.isUsed, hooks };
}

/** Hooks of a file that the client takes. Events and groups of another shape are skipped. */
function listHooks(content: unknown, file: string, place: HookPlace): readonly FoundHook[] {
  const events = valueAt(content, ['hooks']);
  if (!isTable(events)) return [];
  const trust = place === 'plugin' ? new Map() : trustOf(events, file);
  return Object.entries(events).flatMap(([event, groups]) =>
    asList(groups).flatMap((group, g) =>
      asList(valueAt(group, ['hooks'])).flatMap((handler, h): readonly FoundHook[] => {
        const type = valueAt(handler, ['type']);
        if (typeof type !== 'string') return [];
        const [matcher, command, timeout] = [
          valueAt(group, ['matcher']),
          valueAt(handler, ['command']),
          valueAt(handler, ['timeout']),
        ];
        const text = typeof command === 'string' ? command : '';
        return [
          {
            event,
            type,
            command: text,
            isAsync: valueAt(handler, ['async']) === true,
            isOurs: isOurCommand(text),
            ...(typeof matcher === 'string' ? { matcher } : {}),
            ...(typeof timeout === 'number' ? { timeout } : {}),
            ...trust.get(`${event}:${g}:${h}`),
          },
        ];
      }),
    ),
  );
}

/** Keys and hashes by event and place; none when the hooks are not what the client takes. */
function trustOf(events: unknown, file: string): ReadonlyMap<string, { key: string; hash: string }> {
  try {
    const list = listHookTrust(JSON.stringify({ hooks: withoutState(events) }), file);
    return new Map(
      list.map(({ event, key, hash }) => [`${event}:${key.split(':').slice(-2).join(':')}`, { key, hash }]),
    );
  } catch {
    return new Map();
  }
}

/** Beside the events, `[hooks]` of a config.toml holds the client's own state and settings. */
function withoutState(events: unknown): unknown {
  return isTable(events)
    ? Object.fromEntries(Object.entries(events).filter(([, groups]) => Array.isArray(groups)))
    : {};
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** hooks.json of the plugins that are switched on. */
function listPlugins(config: CodexConfig, codexHome: string): readonly string[] {
  const plugins = valueAt(mergeLayers(config.layers), ['plugins']);
  if (!isTable(plugins)) return [];
  return Object.entries(plugins).flatMap(([id, settings]) => {
    const [, name, market] = /^([\w.-]+)@([\w.-]+)$/.exec(id) ?? [];
    if (name === undefined || market === undefined || valueAt(settings, ['enabled']) !== true) return [];
    const folder = join(codexHome, 'plugins', 'cache', market, name);
    return readNames(folder).map((version) => join(folder, version, 'hooks', 'hooks.json'));
  });
}

function readNames(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
