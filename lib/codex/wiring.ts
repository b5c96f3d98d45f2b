/** The commands that go into hooks.json. Owns their text, which must never change without need: the client's trust hangs on it. */

import { InputError } from '../types/errors.ts';
import type { EventName } from '../types/payload.ts';
import { EVENT_RULES } from './events.ts';
import { windowsCommand } from './wiring-windows.ts';

/** Where the programs are on this machine. */
export interface WiringPaths {
  /** Absolute path of the Node.js that was there at installation; when it is gone, `node` from PATH runs instead. */
  readonly nodePath: string;
  /** Absolute path of the folder with the hook programs. */
  readonly hooksDir: string;
}

/**
 * For files that stand on many machines, whose commands name no folder of any. `shared`: in a repository; the programs are where each
 * person's own `codex-guard install` has put them. `plugin`: in a plugin, which has the programs with it.
 */
export type Portable = 'shared' | 'plugin';

/** A handler as hooks.json has it. */
export interface HookHandler {
  readonly type: 'command';
  readonly command: string;
  /** What Windows runs instead. The client's trust does not hang on it elsewhere. */
  readonly commandWindows?: string;
  /** Whole seconds. */
  readonly timeout: number;
  readonly statusMessage: string;
}

/** One event's place in hooks.json. None has a matcher: the client would then leave tools out without a word. */
export interface HookEntry {
  readonly event: EventName;
  readonly handler: HookHandler;
}

/** Stands in every command; tells ours from foreign ones. */
const MARKER = 'codex-guard';

/**
 * Variables that would put other code into Node, or slow it down threefold. `NODE_OPTIONS` is common: debuggers set it for
 * every program below them.
 */
export const UNSET = [
  'NODE_OPTIONS',
  'NODE_PATH',
  'NODE_EXTRA_CA_CERTS',
  'NODE_V8_COVERAGE',
  'NODE_COMPILE_CACHE',
  'NODE_CHANNEL_FD',
  'NODE_DEBUG',
  'NODE_REDIRECT_WARNINGS',
  'OPENSSL_CONF',
];

const FIND_NODE = `unset ${UNSET.join(' ')}; n=$1; [ -x "$n" ] || n=node;`;

/**
 * Seconds of processor time, not of the clock. A program that loops for ever would be stopped by the client's own timeout, and
 * then the tool would run; the system's limit stops it earlier, with an exit code that refuses. The programs' deadline is shorter
 * still and leaves room for Node's threads.
 */
const CPU_SECONDS = 15;

/**
 * `$1` is Node, `$2` the program, `$3` what to say when it gives no answer, with `%s` for the exit code. Holds no single quote or backslash.
 * Exit codes 0 and 2 pass, 2 only with a reason; everything else (no Node, a crash, a kill) becomes a refusal.
 */
const CLOSED_SCRIPT = `${FIND_NODE} ulimit -t ${CPU_SECONDS} 2>/dev/null; exec 3>&1; { e=$("$n" "$2" 2>&1 >&3 3>&-); c=$?; } 2>/dev/null; case $c in 0) exit 0;; 2) case $e in *[![:space:]]*) printf "%s" "$e" >&2; exit 2;; esac;; esac; printf "$3" "$c" >&2; exit 2`;

/** The same where a failure lets go: its output is held back until it is known to be whole. */
const OPEN_SCRIPT = `${FIND_NODE} o=$("$n" "$2"); c=$?; case $c in 0) printf "%s" "$o"; exit 0;; 2) exit 2;; esac; printf "$3" "$c"; exit 0`;

const CLOSED_MESSAGE =
  '[codex-guard] the guard broke down (exit code %s), so this step is refused. Instead: ask the user to run codex-guard install again';
const OPEN_MESSAGE = JSON.stringify({
  systemMessage: '[codex-guard] the guard broke down (exit code %s). Run codex-guard install again.',
});
/** What portable commands have before the script of all, and what they say. */
interface PortableForm {
  /** Turns `$2`, the program's place below some folder, into its path. */
  readonly find: string;
  readonly closed: string;
  readonly open: string;
}

/** A project's own folders must not come in: what an agent may write there could take the guard's place. */
const PORTABLE: Readonly<Record<Portable, PortableForm>> = {
  shared: {
    find: 'd="${CODEX_GUARD_HOME:-${CODEX_HOME:-$HOME/.codex}/guard}"; set -- "$d/hooks/node" "$d$2" "$3"; ',
    closed:
      '[codex-guard] this repository is guarded, and its guard is not installed here or broke down (exit code %s), so this step is refused. Instead: ask the user to run npx codex-guard install --scope project',
    open: '[codex-guard] this repository is guarded, and its guard is not installed here or broke down (exit code %s). Run npx codex-guard install --scope project.',
  },
  plugin: {
    find: 'set -- "" "$PLUGIN_ROOT$2" "$3"; ',
    closed:
      '[codex-guard] the guard broke down (exit code %s), so this step is refused. Instead: ask the user to install Node 20 or newer, or the codex-guard plugin again',
    open: '[codex-guard] the guard broke down (exit code %s). Install Node 20 or newer, or the codex-guard plugin again.',
  },
};

interface WiredEvent {
  readonly timeout: number;
  readonly statusMessage: string;
}

/** Seconds leave room above the programs' own deadlines; the checks at the end of a turn may run a test suite. */
const WIRED: Readonly<Partial<Record<EventName, WiredEvent>>> = {
  SessionStart: { timeout: 30, statusMessage: 'codex-guard: reading the policy' },
  SessionEnd: { timeout: 3, statusMessage: 'codex-guard: closing the record' },
  UserPromptSubmit: { timeout: 30, statusMessage: 'codex-guard: checking the prompt' },
  PreToolUse: { timeout: 30, statusMessage: 'codex-guard: checking the step' },
  PermissionRequest: { timeout: 30, statusMessage: 'codex-guard: checking the request' },
  PostToolUse: { timeout: 30, statusMessage: 'codex-guard: checking the result' },
  PreCompact: { timeout: 30, statusMessage: 'codex-guard: noting the compaction' },
  SubagentStart: { timeout: 30, statusMessage: 'codex-guard: noting the sub-agent' },
  SubagentStop: { timeout: 600, statusMessage: 'codex-guard: checking the sub-agent' },
  Stop: { timeout: 600, statusMessage: 'codex-guard: checking the work' },
};

/**
 * The command for an event, for whatever shell the user has: all of it but three quoted words runs in `/bin/sh`, which takes the
 * place of that shell.
 *
 * @throws InputError when the event is not wired, or a path is relative or holds control characters
 */
export function wiringCommand(event: EventName, where: WiringPaths | Portable): string {
  const { program, failsClosed } = ruleOfWired(event);
  const script = failsClosed ? CLOSED_SCRIPT : OPEN_SCRIPT;
  if (typeof where === 'string')
    return joinCommand(PORTABLE[where].find + script, [
      '',
      `/hooks/${program}.cjs`,
      portableMessage(where, failsClosed),
    ]);
  const words = [where.nodePath, `${where.hooksDir}/${program}.cjs`];
  for (const path of words) checkPath(path);
  return joinCommand(script, [...words, failsClosed ? CLOSED_MESSAGE : OPEN_MESSAGE]);
}

/** Every entry that belongs into hooks.json, in the order of a session. */
export function wiringEntries(where: WiringPaths | Portable): readonly HookEntry[] {
  return (Object.entries(WIRED) as [EventName, WiredEvent][]).map(([event, { timeout, statusMessage }]) => ({
    event,
    handler: {
      type: 'command',
      command: wiringCommand(event, where),
      ...(typeof where === 'string' ? { commandWindows: windowsCommandOf(event, where) } : {}),
      timeout,
      statusMessage,
    },
  }));
}

function windowsCommandOf(event: EventName, where: Portable): string {
  const { program, failsClosed } = ruleOfWired(event);
  const message = portableMessage(where, failsClosed);
  return windowsCommand({ where, program, failsClosed, message, unset: UNSET });
}

function portableMessage(where: Portable, failsClosed: boolean): string {
  const { closed, open } = PORTABLE[where];
  return failsClosed ? closed : JSON.stringify({ systemMessage: open });
}

function ruleOfWired(event: EventName): { readonly program: string; readonly failsClosed: boolean } {
  const { program, failsClosed } = EVENT_RULES[event];
  if (program === undefined) throw new InputError(`no program answers to ${event}`);
  return { program, failsClosed };
}

function joinCommand(script: string, words: readonly string[]): string {
  return ['exec /bin/sh -c', quoteWord(script), MARKER, ...words.map(quoteWord)].join(' ');
}

/** True for a command that this or an earlier version wrote, for whatever folder. */
export function isOurCommand(command: string): boolean {
  return command.startsWith('exec /bin/sh -c ') && /' codex-guard '.*\/hooks\/[a-z-]+\.cjs' '/s.test(command);
}

/**
 * Single quotes take everything as it is but themselves and, in fish, backslashes; those two stand in double quotes. Written here
 * and not left to a package: an upgrade must not change a byte.
 */
function quoteWord(word: string): string {
  return `'${word.replace(/['\\]/g, (special) => (special === "'" ? `'"'"'` : `'"\\\\"'`))}'`;
}

/** The Node that a command of ours names; undefined for shared and for foreign ones. */
export function findWiredNode(command: string): string | undefined {
  if (!isOurCommand(command)) return undefined;
  const start = command.lastIndexOf(`' ${MARKER} '`) + MARKER.length + 3;
  const written = command.slice(start, command.indexOf("' '", start) + 1);
  const path = written.slice(1, -1).replace(/'"('|\\\\)"'/g, (_, special: string) => special.charAt(0));
  return path === '' ? undefined : path;
}

function checkPath(path: string): void {
  if (!path.startsWith('/')) throw new InputError(`not an absolute path: ${path}`);
  if (/[\u0000-\u001f\u007f]/.test(path)) throw new InputError('a path holds control characters');
}
