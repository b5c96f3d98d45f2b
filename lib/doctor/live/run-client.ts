/** Runs `codex exec` in the scratch folders with a scripted model behind it. Owns the process and its end; judges nothing. */

import { spawn } from 'node:child_process';
import { HostError } from '../../types/errors.ts';
import type { LiveRooms } from './rooms.ts';

export interface ClientInput {
  readonly codexPath: string;
  readonly rooms: LiveRooms;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Base URL of the scripted model. */
  readonly baseUrl: string;
  readonly prompt: string;
  /** `reviewed`: with a reviewer for what leaves the sandbox, where running without approvals is forbidden. */
  readonly approvals: 'never' | 'reviewed';
  readonly model?: string;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

export interface ClientRun {
  readonly exitCode: number | null;
  readonly timedOut: boolean;
  /** The end of what the client said. */
  readonly said: string;
  /** Hooks that ended, as the client tells people: `PreToolUse Blocked`. */
  readonly hooks: readonly string[];
}

const PROVIDER = 'codex_guard_live';
export const MCP_SERVER = 'codex_guard_live';
const KEY = 'CODEX_GUARD_LIVE_KEY';
const MAX_SAID = 1 << 20;
/** What of the person's environment may matter to the wiring, and nothing that opens a door. */
const PASSED = ['PATH', 'USER', 'LOGNAME', 'SHELL', 'LANG', 'LC_ALL', 'TZ', 'CODEX_GUARD_POLICY'];
/** Nobody listens there: whatever the client looks for on the network, it finds out at once that it is not to be had. */
const NOWHERE = 'http://127.0.0.1:9';

/** A server with one tool, which leaves a trace when it is called. */
const MCP_PROGRAM = `const{createInterface}=require('readline'),{writeFileSync}=require('fs');
const tools=[{name:'note',description:'Keeps a note.',inputSchema:{type:'object',properties:{text:{type:'string'}}},annotations:{readOnlyHint:true,destructiveHint:false,openWorldHint:false}}];
createInterface({input:process.stdin}).on('line',l=>{const{id,method,params={}}=JSON.parse(l);if(id===undefined)return;let result={};
if(method==='initialize')result={protocolVersion:params.protocolVersion,capabilities:{tools:{}},serverInfo:{name:'live',version:'1'}};
if(method==='tools/list')result={tools};
if(method==='tools/call'){writeFileSync(process.argv[1],'called');result={content:[{type:'text',text:'noted'}]};}
process.stdout.write(JSON.stringify({jsonrpc:'2.0',id,result})+'\\n');});`;

/** Runs the client to its end, to the deadline, or until `signal`. @throws HostError when it cannot be started */
export function runLiveClient(input: ClientInput): Promise<ClientRun> {
  const { rooms, cwd, signal } = input;
  const child = spawn(input.codexPath, argumentsOf(input), {
    cwd,
    env: environmentOf(input),
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: true,
  });
  const end = (): void => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    } catch {
      // The group is gone already.
    }
  };
  let said = '';
  let timedOut = false;
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-MAX_SAID);
  });
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      timedOut = true;
      end();
    }, input.timeoutMs);
    signal.addEventListener('abort', end, { once: true });
    if (signal.aborted) end();
    child.once('error', ({ message }) => {
      clearTimeout(timer);
      reject(new HostError(`${input.codexPath} does not start: ${message}`));
    });
    // What it left behind may hold its standard error open.
    child.once('exit', () => setTimeout(end, 300).unref());
    child.once('close', (exitCode) => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      end();
      const hooks = [...said.matchAll(/^hook: (\w+ (?:Completed|Failed|Blocked|Stopped))$/gm)];
      resolve({
        exitCode,
        timedOut,
        said: said.replaceAll(rooms.base, '<scratch>'),
        hooks: hooks.map(([, report]) => report as string),
      });
    });
  });
}

function argumentsOf({ rooms, baseUrl, prompt, approvals, model }: ClientInput): readonly string[] {
  const settings: Readonly<Record<string, unknown>> = {
    model_provider: PROVIDER,
    [`model_providers.${PROVIDER}.name`]: 'codex-guard doctor --live',
    [`model_providers.${PROVIDER}.base_url`]: baseUrl,
    [`model_providers.${PROVIDER}.wire_api`]: 'responses',
    [`model_providers.${PROVIDER}.env_key`]: KEY,
    [`model_providers.${PROVIDER}.request_max_retries`]: 0,
    [`model_providers.${PROVIDER}.stream_max_retries`]: 0,
    [`mcp_servers.${MCP_SERVER}.command`]: process.execPath,
    [`mcp_servers.${MCP_SERVER}.args`]: ['-e', MCP_PROGRAM, rooms.mcpTrace],
    // Both look for things on the network.
    'features.plugins': false,
    'features.apps': false,
    ...(model === undefined ? {} : { model }),
  };
  return [
    'exec',
    ...(approvals === 'never' ? ['--dangerously-bypass-approvals-and-sandbox'] : ['--approve-for-me']),
    // JSON is TOML as far as strings, numbers, booleans and lists of them go.
    ...Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${JSON.stringify(value)}`]),
    prompt,
  ];
}

function environmentOf({ env, rooms }: ClientInput): Record<string, string> {
  const passed = PASSED.flatMap((name) => {
    const value = env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return {
    ...Object.fromEntries(passed),
    HOME: rooms.home,
    TMPDIR: rooms.tmp,
    CODEX_HOME: rooms.codexHome,
    CODEX_GUARD_HOME: rooms.guardHome,
    [KEY]: 'none',
    HTTP_PROXY: NOWHERE,
    HTTPS_PROXY: NOWHERE,
    ALL_PROXY: NOWHERE,
    NO_PROXY: '127.0.0.1,localhost',
  };
}
