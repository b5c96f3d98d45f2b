/** Plays one scripted session with the real client, in folders of its own, and tells what came of it. */

import { execFileSync, spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Item,
  type Route,
  type ScriptedModel,
  startModel,
  type Turn,
} from '../../lib/codex/scripted-model.ts';
import { listHookTrust } from '../../lib/codex/trust.ts';
import { CLI } from '../built.ts';
import { CLIENT } from './install-client.ts';
import {
  closeRooms,
  commitProject,
  type Files,
  openRooms,
  type Rooms,
  readFiles,
  writeFiles,
} from './rooms.ts';

const MCP_SERVER = join(import.meta.dirname, 'mcp-echo.mjs');

const SANDBOX_FLAGS: Readonly<Record<string, readonly string[]>> = {
  none: ['--dangerously-bypass-approvals-and-sandbox'],
  reviewed: ['--approve-for-me'],
};

export interface Session {
  /** What the model answers to each request in turn. */
  readonly turns: readonly Turn[] | ((rooms: Rooms) => readonly Turn[]);
  readonly routes?: readonly Route[];
  /**
   * `gpt-5.5` (default) has the classic tools, `gpt-6.1-sol` runs JavaScript that calls them, and any unknown name has the classic
   * ones with MCP and sub-agents but without patches.
   */
  readonly model?: string;
  readonly prompt?: string;
  /** `reviewed`: workspace-write where the model may ask for more, the only way to a PermissionRequest in a plain run. */
  readonly sandbox?: 'none' | 'read-only' | 'workspace-write' | 'reviewed';
  /** Files of the project; committed before the session. */
  readonly files?: Files;
  /** Files of CODEX_HOME: `guard/policy.jsonc` and the like. */
  readonly homeFiles?: Files;
  /** Text or content of CODEX_HOME/hooks.json. */
  readonly hooksJson?: string | object | ((rooms: Rooms) => string | object);
  /** Runs our own `install` from dist/, after `hooksJson` was written. */
  readonly install?: boolean;
  /** How the client comes to trust the hooks: a flag, hashes in config.toml, or not at all. */
  readonly trust?: 'bypass' | 'state' | 'none';
  /** More config.toml: tables. */
  readonly config?: string;
  /** Offers the MCP server `echo` with the tools `echo`, `reverse` and `fail`. */
  readonly mcp?: boolean;
  readonly env?: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
  /** Last changes before the client starts. */
  readonly prepare?: (rooms: Rooms) => void;
  /** Looks at what is left before the folders go. */
  readonly inspect?: (rooms: Rooms) => void | Promise<void>;
  readonly timeoutMs?: number;
  /** The program that starts; the client as npm installs it unless told. */
  readonly client?: string;
}

export interface Outcome {
  readonly exitCode: number | null;
  readonly timedOut: boolean;
  readonly stderr: string;
  /** Tool calls of the model with what it was told came of them. */
  readonly calls: readonly {
    readonly name: string;
    readonly input: string;
    readonly output: string | undefined;
  }[];
  /** Texts that were new to the model in each request. */
  readonly modelSaw: readonly (readonly string[])[];
  /** How the client took each hook's answer, in its own words. */
  readonly hooks: readonly { readonly event: string; readonly status: HookStatus }[];
  /** What the agent said to the person. */
  readonly replies: readonly string[];
  /** Project files afterwards. */
  readonly files: Files;
  /** CODEX_HOME files afterwards, sessions left out. */
  readonly homeFiles: Files;
  /** Our audit records, in order. */
  readonly audit: readonly Readonly<Record<string, unknown>>[];
}

export type HookStatus = 'Completed' | 'Failed' | 'Blocked' | 'Stopped';

/** Runs a session to its end, or to `timeoutMs` (60 s). Nothing of it outlives this call. */
export async function runCodex(session: Session): Promise<Outcome> {
  const rooms = openRooms();
  const turns = typeof session.turns === 'function' ? session.turns(rooms) : session.turns;
  const model = await startModel(turns, session.routes);
  try {
    prepareRooms(rooms, session, model);
    const run = await runClient(rooms, session);
    await session.inspect?.(rooms);
    return { ...run, hooks: readHookReports(run.stderr), ...readConversation(model), ...readRooms(rooms) };
  } finally {
    await model.close();
    closeRooms(rooms);
  }
}

function prepareRooms(rooms: Rooms, session: Session, model: ScriptedModel): void {
  writeFiles(rooms.project, session.files ?? {});
  commitProject(rooms);
  writeFiles(rooms.codexHome, session.homeFiles ?? {});
  const hooksPath = join(rooms.codexHome, 'hooks.json');
  const hooks = typeof session.hooksJson === 'function' ? session.hooksJson(rooms) : session.hooksJson;
  if (hooks !== undefined)
    writeFileSync(hooksPath, typeof hooks === 'string' ? hooks : JSON.stringify(hooks, null, 2));
  if (session.install)
    execFileSync(process.execPath, [CLI, 'install'], {
      cwd: rooms.project,
      env: environmentOf(rooms, session),
    });
  writeFileSync(join(rooms.codexHome, 'config.toml'), writeConfig(rooms, session, model, hooksPath));
  session.prepare?.(rooms);
}

function writeConfig(rooms: Rooms, session: Session, model: ScriptedModel, hooksPath: string): string {
  const trust =
    session.trust === 'state' && existsSync(hooksPath)
      ? listHookTrust(readFileSync(hooksPath, 'utf8'), hooksPath).map(
          ({ key, hash }) => `[hooks.state.${JSON.stringify(key)}]\ntrusted_hash = "${hash}"`,
        )
      : [];
  const mcp = session.mcp
    ? [
        `[mcp_servers.echo]\ncommand = ${JSON.stringify(process.execPath)}\nargs = [${JSON.stringify(MCP_SERVER)}]`,
      ]
    : [];
  return [
    `model = "${session.model ?? 'gpt-5.5'}"\nmodel_provider = "scripted"\ncheck_for_update_on_startup = false`,
    `[model_providers.scripted]\nname = "scripted"\nbase_url = "${model.baseUrl}"\nwire_api = "responses"`,
    'env_key = "SCRIPTED_KEY"\nrequest_max_retries = 0\nstream_max_retries = 0',
    '[analytics]\nenabled = false',
    // Both would look for things on the network.
    '[features]\nplugins = false\napps = false',
    `[projects.${JSON.stringify(rooms.project)}]\ntrust_level = "trusted"`,
    ...mcp,
    ...trust,
    session.config ?? '',
  ].join('\n');
}

function environmentOf(rooms: Rooms, session: Session): Record<string, string> {
  return {
    PATH: ownPath(),
    HOME: rooms.home,
    TMPDIR: rooms.tmp,
    CODEX_HOME: rooms.codexHome,
    SCRIPTED_KEY: 'none',
    LANG: 'C.UTF-8',
    NO_PROXY: '127.0.0.1',
    ...session.env,
  };
}

/** PATH as the user's shell has it: `npm run` puts folders of packages in front, here perhaps below the system's temporary folder. */
function ownPath(): string {
  const folders = (process.env.PATH ?? '').split(':');
  return folders.filter((folder) => !/\/node_modules\/|\/node-gyp-bin$/.test(folder)).join(':');
}

interface ClientRun {
  readonly exitCode: number | null;
  readonly timedOut: boolean;
  readonly stderr: string;
}

/** Starts the client as leader of a process group, which is killed whole at the end. */
function runClient(rooms: Rooms, session: Session): Promise<ClientRun> {
  const sandbox = session.sandbox ?? 'none';
  const args = [
    'exec',
    ...((session.trust ?? 'bypass') === 'bypass' ? ['--dangerously-bypass-hook-trust'] : []),
    ...(SANDBOX_FLAGS[sandbox] ?? ['--sandbox', sandbox]),
    ...(session.args ?? []),
    session.prompt ?? 'do the task',
  ];
  const child = spawn(session.client ?? CLIENT, args, {
    cwd: rooms.project,
    env: environmentOf(rooms, session),
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: true,
  });
  const killGroup = () => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    } catch {
      // The group is gone already.
    }
  };
  let stderr = '';
  let timedOut = false;
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      timedOut = true;
      killGroup();
    }, session.timeoutMs ?? 60_000);
    child.once('error', reject);
    child.once('exit', () => setTimeout(killGroup, 500).unref());
    child.once('close', (exitCode) => {
      clearTimeout(timer);
      killGroup();
      resolve({ exitCode, timedOut, stderr });
    });
  });
}

function readHookReports(stderr: string): Outcome['hooks'] {
  const reports = stderr.matchAll(/^hook: (\w+) (Completed|Failed|Blocked|Stopped)$/gm);
  return [...reports].map(([, event, status]) => ({ event: event as string, status: status as HookStatus }));
}

function readConversation(model: ScriptedModel): Pick<Outcome, 'calls' | 'modelSaw' | 'replies'> {
  const known = new Set<string>();
  const fresh = model.requests.map(({ input }) =>
    input.filter((item) => {
      const key = JSON.stringify(item);
      return known.has(key) ? false : known.add(key);
    }),
  );
  const outputs = new Map(
    fresh
      .flat()
      .flatMap((item) => (item.type.endsWith('_output') ? [[item.call_id, textOf(item.output)]] : [])),
  );
  const said = model.answers.flat();
  const calls = said.filter(({ type }) => type.endsWith('_call'));
  return {
    calls: calls.map((item) => ({
      name: String(item.name),
      input: String(item.arguments ?? item.input),
      output: outputs.get(item.call_id),
    })),
    modelSaw: fresh.map((items) =>
      items.filter(isForModel).map((item) => textOf(item.output ?? item.content)),
    ),
    replies: said.filter(({ type }) => type === 'message').map(({ content }) => textOf(content)),
  };
}

/** Everything but what the model itself had said. */
function isForModel(item: Item): boolean {
  return !item.type.endsWith('_call') && item.role !== 'assistant';
}

/** Text of an output or message, which may be a list of parts. */
function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map((part) => textOf((part as Item).text ?? part)).join('\n');
  return JSON.stringify(value) ?? '';
}

function readRooms(rooms: Rooms): Pick<Outcome, 'files' | 'homeFiles' | 'audit'> {
  const all = Object.entries(readFiles(rooms.codexHome));
  const days = all.filter(([name]) => /^guard\/audit\/[\d-]+\.jsonl$/.test(name)).sort();
  return {
    files: readFiles(rooms.project),
    homeFiles: Object.fromEntries(
      all.filter(([name]) => !name.startsWith('sessions/') && !/\.sqlite/.test(name)),
    ),
    audit: days.flatMap(([, text]) => readLines(text)),
  };
}

/** Lines of JSON; others are skipped. */
function readLines(text: string): readonly Readonly<Record<string, unknown>>[] {
  return text.split('\n').flatMap((line) => (line.startsWith('{') ? [JSON.parse(line)] : []));
}
