/**
 * The keys and hashes under which Codex remembers that a person trusts a hook. Computes them; writes nothing, and whether a person
 * does trust a hook is not for this file to say.
 */

import { createHash } from 'node:crypto';
import type { EventName } from '../types/payload.ts';
import { EVENT_RULES, findEvent } from './events.ts';
import { checkHooksJson } from './hooks-json-shape.ts';
import { readJson } from './json-text.ts';
import { isOurCommand } from './wiring.ts';

/** What `[hooks.state."<key>"] trusted_hash = "<hash>"` in the user's config.toml needs. */
export interface HookTrust {
  readonly event: EventName;
  readonly key: string;
  /** `sha256:` and 64 hex digits. */
  readonly hash: string;
  readonly isOurs: boolean;
}

interface CommandHandler {
  readonly type: string;
  readonly command: string;
  readonly timeout?: number | null;
  readonly async?: boolean;
  readonly statusMessage?: string | null;
  readonly additionalContextLimit?: number | null;
}
interface Group {
  readonly matcher?: string | null;
  readonly hooks?: readonly CommandHandler[];
}

/** Events whose matcher the client ignores, and leaves out of the hash. */
const MATCHERLESS: readonly EventName[] = [
  'UserPromptSubmit',
  'Stop',
  'Interrupt',
  'PreModelRequest',
  'PostModelRequest',
];
/** Events with a default timeout of 1 second and at most 3; elsewhere the default is 600. */
const SHORT: readonly EventName[] = ['SessionEnd', 'Interrupt'];

/**
 * Trust of every command hook of a file, in the file's order.
 *
 * @param text a hooks.json
 * @param path its absolute path as Codex sees it: CODEX_HOME with its symbolic links resolved
 * @throws InputError when the client would drop the file
 */
export function listHookTrust(text: string, path: string): readonly HookTrust[] {
  const json = readJson(text);
  checkHooksJson(json);
  const { hooks = {} } = JSON.parse(text) as { hooks?: Readonly<Record<string, readonly Group[]>> };
  return Object.entries(hooks).flatMap(([name, groups]) => {
    const event = findEvent(name);
    if (event === undefined) return [];
    return groups.flatMap((group, g) =>
      (group.hooks ?? []).flatMap((handler, h): HookTrust[] =>
        handler.type === 'command'
          ? [
              {
                event,
                key: `${path}:${snakeCase(event)}:${g}:${h}`,
                hash: hashHook(event, group, handler),
                isOurs: isOurCommand(handler.command),
              },
            ]
          : [],
      ),
    );
  });
}

/** SHA-256 of the hook as compact JSON with sorted keys and the client's defaults filled in. Observed on Codex 0.169.0. */
function hashHook(event: EventName, { matcher }: Group, handler: CommandHandler): string {
  const isShort = SHORT.includes(event);
  const seconds = Math.max(1, handler.timeout ?? (isShort ? 1 : 600));
  const limit = EVENT_RULES[event].takesContext ? handler.additionalContextLimit : undefined;
  // Keys in alphabetical order, at both levels.
  const hook = {
    ...(limit == null ? {} : { additionalContextLimit: limit }),
    async: handler.async ?? false,
    command: handler.command,
    ...(handler.statusMessage == null ? {} : { statusMessage: handler.statusMessage }),
    timeout: isShort ? Math.min(seconds, 3) : seconds,
    type: 'command',
  };
  const hashed = {
    event_name: snakeCase(event),
    hooks: [hook],
    ...(matcher == null || MATCHERLESS.includes(event) ? {} : { matcher }),
  };
  return `sha256:${createHash('sha256').update(JSON.stringify(hashed)).digest('hex')}`;
}

function snakeCase(event: EventName): string {
  return event.replace(/[A-Z]/g, (letter, at: number) => (at > 0 ? '_' : '') + letter.toLowerCase());
}
