/** Joins the hooks that were found with the trust that the client keeps in them. Decides nothing about what that means. */

import { type CodexConfig, isTable, valueAt } from '../codex/config-layers.ts';
import type { FoundHook, HookPlace, HookSource } from '../codex/hook-sources.ts';
import { isOurCommand } from '../codex/wiring.ts';
import type { Client, ClientHook } from './client.ts';

/** `modified`: a person trusted another text in this place. `dropped`: the client does not list it. */
export type Trust = 'managed' | 'trusted' | 'untrusted' | 'modified' | 'disabled' | 'dropped';

/** One of our hooks. */
export interface OwnHook extends FoundHook {
  readonly place: HookPlace;
  readonly file: string;
  readonly trust: Trust;
}

export interface HookTrustReport {
  /** Who said so: the client itself, or our own reckoning from what it keeps. */
  readonly by: 'client' | 'reckoned';
  /** Ours, where the client looks at them at all. */
  readonly own: readonly OwnHook[];
}

/**
 * Trust of our hooks, and the sources with those added that only the client knows of.
 *
 * @param found the sources as read from the disk
 */
export function readHookTrust(
  config: CodexConfig,
  found: readonly HookSource[],
  client: Client,
): { readonly sources: readonly HookSource[]; readonly trust: HookTrustReport } {
  const sources = addForeignSources(found, client.hooks ?? []);
  const states = stateOf(config);
  const listed = client.hooks && new Map(client.hooks.map((hook) => [hook.key, hook]));
  const own = sources
    .filter(({ isUsed }) => isUsed)
    .flatMap(({ place, file, hooks }) =>
      hooks
        .filter(({ isOurs }) => isOurs)
        .map((hook) => ({ ...hook, place, file, trust: trustOf(hook, place, states, listed) })),
    );
  return { sources, trust: { by: listed === undefined ? 'reckoned' : 'client', own } };
}

function trustOf(
  hook: FoundHook,
  place: HookPlace,
  states: ReadonlyMap<string, KeptState>,
  listed: ReadonlyMap<string, ClientHook> | undefined,
): Trust {
  const told = listed?.get(hook.key ?? '');
  if (told !== undefined) return told.isEnabled ? told.trust : 'disabled';
  if (place === 'managed') return 'managed';
  const kept = hook.key === undefined ? undefined : states.get(hook.key);
  if (kept?.isEnabled === false) return 'disabled';
  // The client lists nothing when all hooks are off; what it keeps still tells what a person trusted.
  if (listed !== undefined && listed.size > 0) return 'dropped';
  if (kept?.hash === undefined) return 'untrusted';
  return kept.hash === hook.hash ? 'trusted' : 'modified';
}

interface KeptState {
  readonly hash?: string;
  readonly isEnabled?: boolean;
}

/** Only the user's own layers count: a project can neither trust itself nor disable a hook. */
function stateOf({ layers }: CodexConfig): ReadonlyMap<string, KeptState> {
  const states = new Map<string, KeptState>();
  for (const { name, values } of layers) {
    const state = valueAt(values, ['hooks', 'state']);
    if (name === 'project' || !isTable(state)) continue;
    for (const [key, kept] of Object.entries(state)) {
      const [hash, isEnabled] = [valueAt(kept, ['trusted_hash']), valueAt(kept, ['enabled'])];
      states.set(key, {
        ...states.get(key),
        ...(typeof hash === 'string' ? { hash } : {}),
        ...(typeof isEnabled === 'boolean' ? { isEnabled } : {}),
      });
    }
  }
  return states;
}

const PLACES: Readonly<Record<string, HookPlace>> = {
  user: 'user',
  project: 'project',
  plugin: 'plugin',
  sessionFlags: 'session',
};

/** Sources that this machine's files do not show, such as what a company sends from its cloud. */
function addForeignSources(
  found: readonly HookSource[],
  hooks: readonly ClientHook[],
): readonly HookSource[] {
  const known = new Set(found.map(({ file }) => file));
  const missing = [...new Set(hooks.map(({ file }) => file))].filter((file) => !known.has(file));
  return [
    ...found,
    ...missing.map((file): HookSource => {
      const own = hooks.filter((hook) => hook.file === file);
      return {
        place: PLACES[own[0]?.source ?? ''] ?? 'managed',
        file,
        isUsed: true,
        hooks: own.map(({ event, command, key }) => ({
          event,
          command,
          key,
          type: 'command',
          isAsync: false,
          isOurs: isOurCommand(command),
        })),
      };
    }),
  ];
}
