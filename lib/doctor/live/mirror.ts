/**
 * Mirrors what decides about a person's hooks into scratch folders: their wiring, trust, features, policy, and the project's own.
 * Reads the originals and never writes there. What else their configuration starts (MCP servers, notifiers) is left behind.
 */

import { copyFileSync, lstatSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import type { TomlTable } from 'smol-toml';
import { checkHooksJson } from '../../codex/hooks-json-shape.ts';
import { readJson } from '../../codex/json-text.ts';
import { readRegularFile } from '../../facts/disk.ts';
import { openHost } from '../../facts/host.ts';
import { loadPolicy, userPolicyPath } from '../../policy/load-policy.ts';
import type { HostView } from '../../types/host.ts';
import type { Policy } from '../../types/policy.ts';
import { type LiveRooms, writeRoomFile } from './rooms.ts';
import {
  asTable,
  hooksOfToml,
  listWiredHooks,
  printToml,
  readHooksJson,
  readToml,
  silenceForeign,
  type TrustState,
  type WiredHook,
} from './wired-hooks.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** What the proof found on its way, for the explanation of what it shows. */
export interface Mirror {
  /** Our hooks in every layer, strongest last. */
  readonly hooks: readonly WiredHook[];
  /** Foreign hooks that do nothing in the proof. */
  readonly silenced: number;
  /** Files that switch all hooks off. */
  readonly switchedOff: readonly string[];
  /** Why the client takes a file not as it is written. */
  readonly problems: readonly string[];
  readonly policy: Policy;
  /** Where the client starts: the scratch project, or the same folder in it that the person is in. */
  readonly cwd: string;
}

export interface MirrorInput {
  readonly env: Environment;
  /** Directory whose project counts. */
  readonly directory: string;
  readonly rooms: LiveRooms;
}

const MAX_CONFIG = 4 << 20;
const MAX_POLICY_FILE = 1 << 20;
const MAX_POLICY_ENTRIES = 5_000;
/** Keys of a configuration that decide about hooks, or about the tools that the model gets. */
const KEPT = ['model', 'features'];
const MANAGED_FILES = ['hooks.json', 'config.toml', 'managed_config.toml', 'requirements.toml'];
const MANAGED = '/etc/codex';

/** @throws InputError when a configuration cannot be read as what it is: the client would not start with it either */
export function mirrorSetup({ env, directory, rooms }: MirrorInput): Mirror {
  const host = openHost({ sessionCwd: directory, callCwd: directory, env });
  const root = host.repository(directory)?.root ?? host.realPath(directory);
  const notes: Notes = { hooks: [], silenced: 0, switchedOff: [], problems: [] };

  const config = readConfig(join(host.codexHome, 'config.toml'));
  const state = asTable(asTable(config.hooks).state) as TrustState;
  const isTrusted = isTrustedProject(config, [host.realPath(directory), root, directory]);
  const user = mirrorLayer(notes, { from: host.codexHome, to: rooms.codexHome, config, state });
  const folders = isTrusted ? foldersBetween(root, host.realPath(directory)) : [];
  for (const folder of folders) {
    const from = join(folder, '.codex');
    const to = join(rooms.project, relative(root, folder), '.codex');
    const layer = mirrorLayer(notes, { from, to, config: readConfig(join(from, 'config.toml')), state });
    writeRoomFile(join(to, 'config.toml'), printToml(layer));
  }
  listManaged(notes);
  const moved = moveTrust(state, [
    [host.codexHome, rooms.codexHome],
    [root, rooms.project],
  ]);
  writeRoomFile(
    join(rooms.codexHome, 'config.toml'),
    printToml({
      ...user,
      check_for_update_on_startup: false,
      analytics: { enabled: false },
      hooks: { ...asTable(user.hooks), state: moved },
      ...(isTrusted ? { projects: { [rooms.project]: { trust_level: 'trusted' } } } : {}),
    }),
  );
  const policy = mirrorPolicy(rooms, host, root, env);
  const cwd = isTrusted ? join(rooms.project, relative(root, host.realPath(directory))) : rooms.project;
  mkdirSync(cwd, { recursive: true });
  return { ...notes, policy, cwd };
}

interface Notes {
  readonly hooks: WiredHook[];
  silenced: number;
  readonly switchedOff: string[];
  readonly problems: string[];
}

interface LayerFolders {
  readonly from: string;
  readonly to: string;
  readonly config: TomlTable;
  readonly state: TrustState;
}

function readConfig(path: string): TomlTable {
  const text = readRegularFile(path, MAX_CONFIG);
  return text === undefined ? {} : readToml(text, path);
}

/** Mirrors the hooks.json of a folder; returns what of its config.toml counts here. */
function mirrorLayer(notes: Notes, { from, to, config, state }: LayerFolders): TomlTable {
  const configPath = join(from, 'config.toml');
  const features = asTable(config.features);
  if (features.hooks === false || features.codex_hooks === false) notes.switchedOff.push(configPath);
  const table = hooksOfToml(config, configPath);
  notes.hooks.push(...listWiredHooks(table, state));
  const { events, silenced } = silenceForeign(table.events);
  notes.silenced += silenced;
  const hooksPath = join(from, 'hooks.json');
  const text = readRegularFile(hooksPath, MAX_CONFIG);
  if (text !== undefined)
    writeRoomFile(join(to, 'hooks.json'), mirrorHooksJson(notes, text, hooksPath, state));
  return { ...pick(config, KEPT), hooks: events as TomlTable };
}

/** A file that the client would drop goes over as it is, so that the client shows what that means. */
function mirrorHooksJson(notes: Notes, text: string, path: string, state: TrustState): string {
  try {
    checkHooksJson(readJson(text));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    notes.problems.push(`the client drops all of ${path}: ${why}`);
    return text;
  }
  const table = readHooksJson(text, path);
  notes.hooks.push(...listWiredHooks(table, state));
  const { events, silenced } = silenceForeign(table.events);
  notes.silenced += silenced;
  return JSON.stringify({ hooks: events });
}

/** Managed files are read by the client itself, wherever it runs; here they only explain what it shows. */
function listManaged(notes: Notes): void {
  for (const name of MANAGED_FILES) {
    const path = join(MANAGED, name);
    const text = readRegularFile(path, MAX_CONFIG);
    if (text === undefined) continue;
    try {
      const table = name.endsWith('.json')
        ? readHooksJson(text, path)
        : hooksOfToml(readToml(text, path), path);
      notes.hooks.push(...listWiredHooks(table, 'managed'));
    } catch (error) {
      notes.problems.push(error instanceof Error ? error.message : String(error));
    }
  }
}

/**
 * What a person trusts, under the names of the scratch files. That is faithful: the client trusts a hook only where the kept hash is
 * that of the hook's own text, and that goes over as it is.
 */
function moveTrust(state: TrustState, moves: readonly (readonly [from: string, to: string])[]): TomlTable {
  const moved = Object.entries(state).map(([key, kept]) => {
    const move = moves.find(([from]) => key.startsWith(`${from}/`));
    return [move === undefined ? key : move[1] + key.slice(move[0].length), kept];
  });
  return Object.fromEntries(moved) as TomlTable;
}

function isTrustedProject(config: TomlTable, folders: readonly string[]): boolean {
  const projects = asTable(config.projects);
  return folders.some((folder) => asTable(projects[folder]).trust_level === 'trusted');
}

/** From the root of a project down to a folder in it. */
function foldersBetween(root: string, folder: string): readonly string[] {
  const parts = relative(root, folder)
    .split('/')
    .filter((part) => part !== '' && part !== '..');
  return [root, ...parts.map((_, n) => join(root, ...parts.slice(0, n + 1)))];
}

/** The policy of the person and the project, so that the hooks of the proof judge by it. */
function mirrorPolicy(rooms: LiveRooms, host: HostView, root: string, env: Environment): Policy {
  const now = new Date();
  const environment = env.CODEX_GUARD_POLICY ? { environmentPath: resolve(env.CODEX_GUARD_POLICY) } : {};
  const real = loadPolicy({ host, now, projectRoot: root, ...environment });
  const budget = { entries: MAX_POLICY_ENTRIES };
  copyPolicies(join(root, '.codex'), join(rooms.project, '.codex'), budget);
  copyPolicies(join(host.codexHome, 'guard'), join(rooms.codexHome, 'guard'), budget);
  copyPolicies(join(host.codexHome, 'node_modules'), join(rooms.codexHome, 'node_modules'), budget);
  const scratch = openHost({
    sessionCwd: rooms.project,
    callCwd: rooms.project,
    env: { HOME: rooms.home, CODEX_HOME: rooms.codexHome },
  });
  const copied = loadPolicy({ host: scratch, now, projectRoot: rooms.project, ...environment });
  const user = userPolicyPath(host);
  // A policy that takes parts from elsewhere is read from where it is.
  if (copied.digest !== real.digest && host.pathKind(user) === 'file')
    writeRoomFile(userPolicyPath(scratch), JSON.stringify({ extends: [user] }));
  return real;
}

/** Copies JSON files, and folders of them; the guard's own records, counters and programs are not among them. */
function copyPolicies(from: string, to: string, budget: { entries: number }): void {
  let names: readonly string[];
  try {
    names = lstatSync(from).isDirectory() ? readdirSync(from) : [];
  } catch {
    return; // there is none
  }
  for (const name of names) {
    if (--budget.entries < 0) return;
    const path = join(from, name);
    const found = statSync(path, { throwIfNoEntry: false });
    if (found?.isDirectory() && !['audit', 'state', 'hooks'].includes(name))
      copyPolicies(path, join(to, name), budget);
    else if (
      found?.isFile() &&
      /\.jsonc?$/.test(name) &&
      name !== 'hooks.json' &&
      found.size <= MAX_POLICY_FILE
    ) {
      mkdirSync(dirname(join(to, name)), { recursive: true });
      copyFileSync(path, join(to, name));
    }
  }
}

function pick(table: TomlTable, keys: readonly string[]): TomlTable {
  return Object.fromEntries(Object.entries(table).filter(([key]) => keys.includes(key)));
}
