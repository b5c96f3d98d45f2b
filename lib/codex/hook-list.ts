/** The hooks as the client itself sees them, and the trust in them as it keeps it. Both are asked of its app-server, never worked out. */

import { HostError } from '../types/errors.ts';
import type { AppServer } from './app-server.ts';
import type { TrustEntry } from './config-toml.ts';

/** One command hook of `hooks/list`. */
export interface ListedHook extends TrustEntry {
  /** As in `preToolUse`. */
  readonly event: string;
  readonly command: string;
  /** File that it stands in. */
  readonly path: string;
  readonly status: 'managed' | 'trusted' | 'untrusted' | 'modified';
  /** False when somebody switched it off; then trust does not help. */
  readonly isEnabled: boolean;
}

export interface HookList {
  readonly hooks: readonly ListedHook[];
  /** What the client has to say about the files, in its own words. */
  readonly complaints: readonly string[];
}

/**
 * What runs in a directory.
 *
 * @throws HostError when the client does not answer, or answers in another way than 0.169 does
 */
export async function listHooks(server: AppServer, cwd: string): Promise<HookList> {
  const answer = (await server.request('hooks/list', { cwds: [cwd] })) as {
    readonly data?: readonly {
      readonly hooks: readonly Readonly<Record<string, unknown>>[];
      readonly warnings: readonly string[];
      readonly errors: readonly { readonly path: string; readonly message: string }[];
    }[];
  };
  const [entry] = answer.data ?? [];
  if (entry === undefined) throw new HostError('codex does not list its hooks as expected');
  return {
    hooks: entry.hooks
      .filter(({ handlerType }) => handlerType === 'command')
      .map((hook) => ({
        key: textOf(hook.key),
        hash: textOf(hook.currentHash),
        event: textOf(hook.eventName),
        command: textOf(hook.command),
        path: textOf(hook.sourcePath),
        status: textOf(hook.trustStatus) as ListedHook['status'],
        isEnabled: hook.enabled === true,
      })),
    complaints: [...entry.warnings, ...entry.errors.map(({ path, message }) => `${path}: ${message}`)],
  };
}

/** Has the client write trust into the user's config.toml. Throws HostError when it refuses. */
export async function writeTrust(server: AppServer, entries: readonly TrustEntry[]): Promise<void> {
  await server.request('config/batchWrite', {
    edits: entries.map(({ key, hash }) => ({
      keyPath: `hooks.state.${JSON.stringify(key)}.trusted_hash`,
      value: hash,
      mergeStrategy: 'replace',
    })),
  });
}

function textOf(value: unknown): string {
  if (typeof value !== 'string') throw new HostError('codex does not list its hooks as expected');
  return value;
}
