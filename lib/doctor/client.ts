/** Asks the client that is installed which hooks it sees, and whether it trusts them. Without a client there is simply no answer. */

import { openAppServer } from '../codex/app-server.ts';
import { isTable, valueAt } from '../codex/config-layers.ts';
import { codexVersion, findCodex } from '../codex/find-codex.ts';
import type { SituationOptions } from './situation.ts';

export interface Client {
  /** Absent when there is none. */
  readonly path?: string;
  readonly version?: string;
  /** What it says of the hooks; absent when it could not be asked. */
  readonly hooks?: readonly ClientHook[];
  readonly warnings: readonly string[];
  /** Why it could not be asked. */
  readonly problem?: string;
}

export interface ClientHook {
  readonly key: string;
  /** As in hooks.json: `PreToolUse`. */
  readonly event: string;
  readonly trust: 'managed' | 'untrusted' | 'trusted' | 'modified';
  readonly isEnabled: boolean;
  readonly command: string;
  readonly file: string;
  readonly source: string;
}

/** Given as `codexPath`, asks no client at all. */
const NO_CLIENT = 'none';

const TIMEOUT_MS = 20_000;
/** Keeps the client from looking for things on the network while it is asked. */
const QUIET = ['analytics.enabled=false', 'features.apps=false', 'check_for_update_on_startup=false'];

/** Asks the client. Never throws: what went wrong is part of the answer. */
export async function readClient(options: SituationOptions, cwd: string): Promise<Client> {
  if (options.codexPath === NO_CLIENT) return { warnings: [] };
  let path: string | undefined;
  try {
    path = options.codexPath ?? findCodex(options.env);
    if (path === undefined) return { warnings: [] };
    const version = await codexVersion(path, options.env);
    return { path, version, ...(await askHooks(path, options, cwd)) };
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    return { ...(path === undefined ? {} : { path }), warnings: [], problem };
  }
}

async function askHooks(path: string, { env, overrides = [] }: SituationOptions, cwd: string) {
  const args = [...QUIET, ...overrides].flatMap((override) => ['-c', override]);
  const server = await openAppServer({ codexPath: path, env, cwd, args, timeoutMs: TIMEOUT_MS });
  try {
    const answer = await server.request('hooks/list', { cwds: [cwd] });
    const entry: unknown = asList(valueAt(answer, ['data']))[0];
    const told = server.notifications
      .filter(({ method }) => method === 'configWarning')
      .map(({ params }) => String(valueAt(params, ['details']) ?? valueAt(params, ['summary'])));
    return {
      hooks: asList(valueAt(entry, ['hooks'])).flatMap(readHook),
      warnings: [...asList(valueAt(entry, ['warnings'])).map(String), ...told],
    };
  } finally {
    await server.close();
  }
}

function readHook(hook: unknown): readonly ClientHook[] {
  if (!isTable(hook)) return [];
  const name = String(hook.eventName);
  return [
    {
      key: String(hook.key),
      event: name.charAt(0).toUpperCase() + name.slice(1),
      trust: hook.trustStatus as ClientHook['trust'],
      isEnabled: hook.enabled === true,
      command: String(hook.command ?? ''),
      file: String(hook.sourcePath),
      source: String(hook.source),
    },
  ];
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
