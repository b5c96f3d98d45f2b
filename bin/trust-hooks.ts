/** Brings the client to trust our hooks, after a person agreed to just what is trusted, and takes that back. The client writes; what else it changed in its file is put back. */

import { createHash } from 'node:crypto';
import { chmodSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  addTrust,
  findTrust,
  HostError,
  isOurCommand,
  type ListedHook,
  listHooks,
  openAppServer,
  parseToml,
  removeTrust,
  type TrustEntry,
  writeTrust,
} from '../lib/api.ts';
import type { Terminal } from './command.ts';
import { readOwnFile, removeOwn, statLink, writeAtomic } from './files.ts';
import type { Places } from './places.ts';

/** How the client's configuration was before we had it changed, for each hooks.json. */
interface TrustRecords {
  readonly schema: 'codex-guard/trust/v1';
  readonly files: Readonly<Record<string, TrustRecord>>;
}
interface TrustRecord {
  /** SHA-256 of the file as we left it. */
  readonly after: string;
  /** The file before; null = there was none. */
  readonly before: string | null;
}

/** Neither is needed to list hooks, and both look for things on the network. */
const QUIET = ['-c', 'features.plugins=false', '-c', 'features.apps=false'];

export interface TrustOutcome {
  readonly hooks: readonly ListedHook[];
  /** They were trusted before. */
  readonly wasTrusted: boolean;
  /** The person said no. */
  readonly isRefused: boolean;
}

/**
 * Shows what would be trusted, asks, has the client write it and reads it back.
 *
 * @param codexPath the client
 * @param agree shows the hooks and resolves to whether they shall be trusted
 * @throws HostError when the client does not see our hooks, or does not trust them afterwards
 */
export async function trustHooks(
  codexPath: string,
  places: Places,
  terminal: Terminal,
  agree: (hooks: readonly ListedHook[]) => Promise<boolean>,
): Promise<TrustOutcome> {
  const server = await openAppServer({ codexPath, env: terminal.env, cwd: places.cwd, args: QUIET });
  const list = async (): Promise<readonly ListedHook[]> => {
    const { hooks, complaints } = await listHooks(server, places.cwd);
    const ours = hooks.filter(({ path, command }) => path === places.hooksJson && isOurCommand(command));
    if (ours.length > 0) return ours;
    const said = complaints.length === 0 ? '' : `; it says: ${complaints.join('; ')}`;
    throw new HostError(
      places.scope === 'project'
        ? `codex does not read ${places.hooksJson}, because it does not trust this project${said}. Start codex there once, agree to trust the project, then run this again`
        : `codex does not see the hooks in ${places.hooksJson}${said}`,
    );
  };
  try {
    const hooks = await list();
    if (hooks.every(isTrusted)) return { hooks, wasTrusted: true, isRefused: false };
    if (!(await agree(hooks))) return { hooks, wasTrusted: false, isRefused: true };
    if (places.configToml !== undefined) {
      const wanted = hooks.filter(({ status }) => status !== 'managed');
      const { configToml } = places;
      const before = readOwnFile(configToml);
      const mode = statLink(configToml)?.mode;
      await writeTrust(server, wanted);
      if (mode !== undefined) chmodSync(configToml, mode & 0o7777);
      await restoreOthers(configToml, before, wanted, async () =>
        (await list()).every(({ status }) => status === 'trusted'),
      );
      keepRecord(places, before);
    }
    return { hooks: checkTrusted(await list(), places), wasTrusted: false, isRefused: false };
  } finally {
    await server.close();
  }
}

/** Refuses a configuration that the client could not write into, before anything is changed. */
export function checkConfig({ configToml }: Places): void {
  if (configToml === undefined) return;
  const text = readOwnFile(configToml);
  try {
    if (text !== undefined) parseToml(text);
  } catch (error) {
    throw new HostError(`${configToml}: ${(error as Error).message}; codex itself ignores such a file`);
  }
}

/** Takes our entries out of the user's configuration. @returns how many were in it, and how many are still */
export function removeTrustEntries(
  places: Places,
  entries: readonly TrustEntry[],
  isDryRun: boolean,
): { readonly found: number; readonly left: number } {
  const { configToml } = places;
  if (configToml === undefined || !existsSync(configToml)) return { found: 0, left: 0 };
  const text = readFileSync(configToml, 'utf8');
  const found = countTrust(text, entries);
  const { [places.hooksJson]: record, ...others } = readRecords(places);
  const isAsLeft = record?.after === digest(text);
  const cleaned = isAsLeft ? record.before : removeTrust(text, entries);
  const left = cleaned === null ? 0 : countTrust(cleaned, entries);
  if (isDryRun) return { found, left };
  if (cleaned !== text) {
    readOwnFile(configToml); // refuses links
    if (cleaned === null) removeOwn(configToml);
    else writeAtomic(configToml, cleaned, 0o600);
  }
  writeRecords(places, others);
  return { found, left };
}

/** The client writes its file anew and may touch line breaks and the like: everything that is not ours goes back to what it was. */
async function restoreOthers(
  path: string,
  before: string | undefined,
  entries: readonly TrustEntry[],
  holds: () => Promise<boolean>,
): Promise<void> {
  const written = readFileSync(path, 'utf8');
  if (before === undefined || removeTrust(written, entries) === before) return;
  const wanted = addTrust(before, entries);
  if (wanted === undefined || wanted === written) return;
  writeAtomic(path, wanted, 0o600);
  if (!(await holds())) writeAtomic(path, written, 0o600);
}

function checkTrusted(hooks: readonly ListedHook[], { configToml }: Places): readonly ListedHook[] {
  const off = hooks.filter(({ isEnabled }) => !isEnabled);
  if (off.length > 0)
    throw new HostError(
      `${off.map(({ event }) => event).join(', ')}: switched off in ${configToml}; type /hooks in codex to switch them on`,
    );
  const bad = hooks.find((hook) => !isTrusted(hook));
  if (bad)
    throw new HostError(`codex was told to trust the hooks, but says that ${bad.key} is ${bad.status}`);
  return hooks;
}

function isTrusted({ status, isEnabled }: ListedHook): boolean {
  return (status === 'trusted' || status === 'managed') && isEnabled;
}

/** What was before the first of several changes stays known, as long as nobody else has changed the file in between. */
function keepRecord(places: Places, before: string | undefined): void {
  const records = readRecords(places);
  const known = records[places.hooksJson];
  const isAsLeft = before !== undefined && known?.after === digest(before);
  const record: TrustRecord = {
    after: digest(readFileSync(places.configToml as string, 'utf8')),
    before: isAsLeft ? known.before : (before ?? null),
  };
  writeRecords(places, { ...records, [places.hooksJson]: record });
}

function readRecords(places: Places): TrustRecords['files'] {
  try {
    const records = JSON.parse(readOwnFile(recordPath(places)) ?? '') as TrustRecords;
    return records.schema === 'codex-guard/trust/v1' ? records.files : {};
  } catch {
    return {};
  }
}

function writeRecords(places: Places, files: TrustRecords['files']): void {
  const path = recordPath(places);
  const records: TrustRecords = { schema: 'codex-guard/trust/v1', files };
  if (Object.keys(files).length === 0) removeOwn(path);
  else writeAtomic(path, `${JSON.stringify(records)}\n`, 0o600);
}

function recordPath({ guardHome }: Places): string {
  return join(guardHome, 'trust.json');
}

function countTrust(text: string, entries: readonly TrustEntry[]): number {
  try {
    return findTrust(text, entries).length;
  } catch {
    return 0; // the client cannot read it either
  }
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
