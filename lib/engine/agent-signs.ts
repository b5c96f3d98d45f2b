/** Tells whether a coding agent, or a hook of one, started this process: its ancestors and its environment say so. Judges no command. */

import { execFileSync } from 'node:child_process';
import { readFileSync, readlinkSync } from 'node:fs';

/** One process, as far as it can be seen. */
export interface ProcessView {
  readonly pid: number;
  /** 0 or undefined at the top. */
  readonly parent: number | undefined;
  /** Short name, path of the program, and command line, whichever are known. */
  readonly names: readonly string[];
  readonly argv: readonly string[];
  /** Names of its environment variables. */
  readonly variables: readonly string[];
}

/** What Codex gives to the commands that it runs (seen with 0.169), and nothing that a person sets. */
const VARIABLES = /^CODEX_(?:THREAD_ID|SESSION_ID|TOOL_CALL_ID|CI|SANDBOX\w*|MANAGED_\w+)$/;
/** `codex`, `codex-linux-sandbox`, `codex-x86_64-unknown-linux-musl`, `codex.js`; not this program. */
const AGENT = /^codex(?!-guard)(?:[.-][\w.-]*)?$/;
/** Programs that run a script named in their first arguments. */
const RUNTIME = /^(?:node|nodejs|bun|deno)(?:\.exe)?$/;
const HOOK =
  /[/\\]hooks[/\\](?:session-(?:start|end)|user-prompt-submit|p(?:re|ost)-tool-use|permission-request|pre-compact|subagent-(?:start|stop)|stop)\.cjs$/;
/** More generations than any shell in a terminal has. */
const MAX_GENERATIONS = 64;

/**
 * Why this process seems to be started by an agent, as a clause; undefined when nothing says so.
 *
 * @param view reads a process; replaced in tests
 */
export function findAgentSign(
  env: Readonly<Record<string, string | undefined>>,
  pid: number = process.pid,
  view: (pid: number) => ProcessView | undefined = readProcess,
): string | undefined {
  const own = Object.keys(env).find((name) => env[name] !== undefined && VARIABLES.test(name));
  if (own !== undefined) return `${own} is set, which Codex does for the commands it runs`;
  let next: number | undefined = pid;
  const seen = new Set<number>();
  for (let generation = 0; next !== undefined && next > 0; generation++) {
    if (generation >= MAX_GENERATIONS || seen.has(next)) return 'its ancestors cannot be followed to the end';
    seen.add(next);
    const found = view(next);
    // The first one is this process itself, which is always there.
    if (found === undefined) return generation === 0 ? 'this system does not tell who started it' : undefined;
    const sign = signOf(found);
    if (sign !== undefined) return sign;
    next = found.parent;
  }
  return undefined;
}

function signOf({ pid, names, argv, variables }: ProcessView): string | undefined {
  // Of a runtime's words only the script counts: what follows may be a command that merely names an agent.
  const script = RUNTIME.test(lastPart(argv[0] ?? ''))
    ? argv.slice(1).find((word) => !word.startsWith('-'))
    : undefined;
  if (script !== undefined && HOOK.test(script))
    return `process ${pid} among its ancestors is a hook (${lastPart(script)})`;
  const program = [...names, argv[0] ?? '', script ?? ''].map(lastPart).find((name) => AGENT.test(name));
  if (program !== undefined) return `process ${pid} among its ancestors is ${program}`;
  const variable = variables.find((name) => VARIABLES.test(name));
  return variable === undefined ? undefined : `process ${pid} among its ancestors carries ${variable}`;
}

function lastPart(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}

/** A process as the system shows it: /proc on Linux, `ps` elsewhere. Undefined when there is none, or it is not to be seen. */
function readProcess(pid: number): ProcessView | undefined {
  return process.platform === 'linux' ? readFromProc(pid) : readFromPs(pid);
}

function readFromProc(pid: number): ProcessView | undefined {
  const stat = attempt(() => readFileSync(`/proc/${pid}/stat`, 'latin1'));
  if (stat === undefined) return undefined;
  // The name stands in brackets and may hold any character, brackets too.
  const end = stat.lastIndexOf(')');
  const parent = Number(stat.slice(end + 2).split(' ')[1]);
  const list = (file: string): readonly string[] =>
    (attempt(() => readFileSync(`/proc/${pid}/${file}`, 'latin1')) ?? '').split('\0').filter(Boolean);
  return {
    pid,
    parent: Number.isInteger(parent) ? parent : undefined,
    names: [
      stat.slice(stat.indexOf('(') + 1, end),
      (attempt(() => readlinkSync(`/proc/${pid}/exe`)) ?? '').replace(/ \(deleted\)$/, ''),
    ],
    argv: list('cmdline'),
    variables: list('environ').map((entry) => entry.split('=', 1)[0] as string),
  };
}

function readFromPs(pid: number): ProcessView | undefined {
  const ask = (field: string): string | undefined =>
    attempt(() =>
      execFileSync('/bin/ps', ['-ww', '-o', `${field}=`, '-p', String(pid)], {
        encoding: 'utf8',
        timeout: 5000,
        stdio: ['ignore', 'pipe', 'ignore'],
      }),
    )?.trim();
  const parent = Number(ask('ppid') || Number.NaN);
  if (!Number.isInteger(parent)) return undefined;
  return {
    pid,
    parent,
    names: [ask('comm') ?? ''],
    argv: (ask('command') ?? '').split(/\s+/),
    variables: [],
  };
}

function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
