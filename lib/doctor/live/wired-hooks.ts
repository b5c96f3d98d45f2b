/** Our hooks in one of the client's files, and whether a person trusts them; foreign ones made silent. Text in, text out: touches no disk. */

import { parse, stringify, type TomlTable, type TomlValue } from 'smol-toml';
import { EVENT_RULES } from '../../codex/events.ts';
import { listHookTrust } from '../../codex/trust.ts';
import { isOurCommand } from '../../codex/wiring.ts';
import { InputError } from '../../types/errors.ts';

/** One of our hooks as a file has it. */
export interface WiredHook {
  readonly event: string;
  readonly file: string;
  readonly command: string;
  readonly matcher?: string;
  /** `unlike`: a person trusted another text in this place. */
  readonly trust: 'trusted' | 'untrusted' | 'unlike' | 'disabled' | 'managed';
}

/** What the client keeps about a hook, by `<file>:<event>:<group>:<handler>`. */
export type TrustState = Readonly<
  Record<string, { readonly trusted_hash?: string; readonly enabled?: boolean } | undefined>
>;

interface Handler {
  readonly type?: unknown;
  readonly command?: unknown;
}
interface Group {
  readonly matcher?: unknown;
  readonly hooks?: readonly Handler[];
}
type Events = Readonly<Record<string, unknown>>;

/** The hooks that a file wires, by event. */
export interface HookTable {
  readonly file: string;
  readonly events: Events;
}

/** Reads a hooks.json. @throws InputError when it is no JSON object */
export function readHooksJson(text: string, file: string): HookTable {
  try {
    const { hooks = {} } = JSON.parse(text) as { hooks?: Events };
    return { file, events: hooks };
  } catch {
    throw new InputError(`${file} is no JSON object`);
  }
}

/** Reads a config.toml or requirements.toml. @throws InputError when it is no TOML */
export function readToml(text: string, file: string): TomlTable {
  try {
    return parse(text);
  } catch (error) {
    throw new InputError(`${file}: ${error instanceof Error ? error.message.split('\n')[0] : 'no TOML'}`);
  }
}

export function printToml(table: Readonly<Record<string, unknown>>): string {
  return stringify(table);
}

/** The hooks of a configuration file; what else stands in its `hooks` table is left out. */
export function hooksOfToml(table: TomlTable, file: string): HookTable {
  const events = Object.entries(asTable(table.hooks)).filter(([, groups]) => Array.isArray(groups));
  return { file, events: Object.fromEntries(events) };
}

/** A table, or an empty one for whatever is none. */
export function asTable(value: TomlValue | undefined): TomlTable {
  const isTable = typeof value === 'object' && !Array.isArray(value) && !(value instanceof Date);
  return isTable ? (value as TomlTable) : {};
}

/**
 * Our hooks of a file. Empty when the client would drop the file; that is for the client to show.
 *
 * @param state what the client keeps, or `managed` for a file that needs no trust
 */
export function listWiredHooks(
  { file, events }: HookTable,
  state: TrustState | 'managed',
): readonly WiredHook[] {
  let trusts: ReturnType<typeof listHookTrust>;
  try {
    trusts = listHookTrust(JSON.stringify({ hooks: events }), file);
  } catch {
    return [];
  }
  return trusts.flatMap(({ event, key, hash, isOurs }): WiredHook[] => {
    if (!isOurs) return [];
    const [group, handler] = key.split(':').slice(-2).map(Number) as [number, number];
    const found = (events[event] as readonly Group[])[group];
    return [
      {
        event,
        file,
        command: String(found?.hooks?.[handler]?.command),
        ...(typeof found?.matcher === 'string' ? { matcher: found.matcher } : {}),
        trust: state === 'managed' ? 'managed' : judgeTrust(state[key], hash),
      },
    ];
  });
}

function judgeTrust(kept: TrustState[string], hash: string): WiredHook['trust'] {
  if (kept?.enabled === false) return 'disabled';
  if (kept?.trusted_hash === undefined) return 'untrusted';
  return kept.trusted_hash === hash ? 'trusted' : 'unlike';
}

const PROGRAMS = Object.values(EVENT_RULES).flatMap(({ program }) => program ?? []);
const OUR_PROGRAM = new RegExp(`/hooks/(?:${PROGRAMS.join('|')})\\.cjs\\b`);

/** Ours by our own wiring, or wired by hand to our programs. */
function mayBeOurs(command: string): boolean {
  return isOurCommand(command) || OUR_PROGRAM.test(command);
}

/**
 * The same events with every foreign command replaced by one that does nothing: the proof is not theirs, and they may write or
 * send. Every hook keeps its place, because trust hangs on it.
 */
export function silenceForeign(events: Events): { readonly events: Events; readonly silenced: number } {
  let silenced = 0;
  const quiet = Object.entries(events).map(([event, groups]) => [
    event,
    !Array.isArray(groups)
      ? groups
      : groups.map((group: Group) =>
          !Array.isArray(group?.hooks)
            ? group
            : {
                ...group,
                hooks: group.hooks.map((handler: Handler) => {
                  if (typeof handler?.command !== 'string' || mayBeOurs(handler.command)) return handler;
                  silenced += 1;
                  return { ...handler, command: 'exit 0' };
                }),
              },
        ),
  ]);
  return { events: Object.fromEntries(quiet), silenced };
}
