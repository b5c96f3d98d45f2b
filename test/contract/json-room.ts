/** A room to ask the built command line in: a home, a project and a client of its own; and what was answered. */

import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { runOnTerminal } from '../bin/on-terminal.ts';
import { CLI, HOOKS } from '../built.ts';
import { writeStandIn } from './stand-in.ts';

export interface Room {
  readonly home: string;
  readonly codexHome: string;
  readonly guardHome: string;
  readonly project: string;
  /** Path of the stand-in for the client. */
  readonly client: string;
  readonly env: Readonly<Record<string, string>>;
  /** Writes a file below the project, or an absolute one. */
  readonly write: (path: string, text: string | Buffer) => void;
}

export interface Answer {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Given {
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

/** Makes the folders. @param base an existing folder of the test */
export function openRoom(base: string): Room {
  const root = realpathSync(mkdtempSync(join(base, 'room-')));
  const [home, project, client] = [join(root, 'home'), join(root, 'project'), join(root, 'codex')];
  const codexHome = join(home, '.codex');
  mkdirSync(join(project, '.git', 'refs', 'heads'), { recursive: true });
  mkdirSync(join(project, '.git', 'objects'));
  writeFileSync(join(project, '.git', 'HEAD'), 'ref: refs/heads/feature/x\n');
  mkdirSync(codexHome, { recursive: true });
  writeStandIn(client);
  return {
    home,
    codexHome,
    guardHome: join(codexHome, 'guard'),
    project,
    client,
    env: {
      PATH: process.env.PATH ?? '',
      HOME: home,
      NO_COLOR: '1',
      CODEX_BIN: client,
      npm_config_registry: 'http://registry.example/',
    },
    write: (path, text) => {
      const absolute = join(path.startsWith('/') ? '/' : project, path);
      mkdirSync(dirname(absolute), { recursive: true });
      writeFileSync(absolute, text);
    },
  };
}

/** Asks the command line. */
export function ask(room: Room, args: readonly string[], given: Given = {}): Promise<Answer> {
  return start([process.execPath, CLI, ...args], room, given);
}

/** Asks it at a terminal, where somebody types an answer. What it prints on both streams is one text there. */
export function askOnTerminal(room: Room, args: readonly string[], answer: string): Answer {
  const { exitCode, output } = runOnTerminal(answer, [process.execPath, CLI, ...args], {
    cwd: room.project,
    env: room.env,
  });
  return { exitCode, stdout: output.slice(Math.max(0, output.search(/^\{/m))), stderr: '' };
}

/** Lets a hook judge a step, as a session would. */
export function step(room: Room, event: string, fields: object, given: Given = {}): Promise<Answer> {
  const program = event.replace(/(?<=.)([A-Z])/g, '-$1').toLowerCase();
  const payload = { session_id: 's1', turn_id: 't1', cwd: room.project, hook_event_name: event, ...fields };
  return start([process.execPath, join(HOOKS, `${program}.cjs`)], room, {
    ...given,
    input: JSON.stringify(payload),
  });
}

function start([program = '', ...args]: readonly string[], room: Room, given: Given): Promise<Answer> {
  const child = spawn(program, args, {
    cwd: given.cwd ?? room.project,
    env: { ...room.env, ...given.env },
  });
  const texts = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const)
    child[name].setEncoding('utf8').on('data', (text: string) => {
      texts[name] += text;
    });
  // Who reads no input may be gone before it is written.
  child.stdin.on('error', () => undefined).end(given.input ?? '');
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (exitCode) => resolve({ exitCode, ...texts }));
  });
}
