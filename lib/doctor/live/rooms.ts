/** The folders of one proof: a home, a client's home, a repository and its remote, all scratch. Owns that nothing of them is left. */

import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { HostError } from '../../types/errors.ts';

export interface LiveRooms {
  readonly base: string;
  readonly home: string;
  readonly codexHome: string;
  /** Where the hooks of this proof keep their records and counters. */
  readonly guardHome: string;
  readonly tmp: string;
  /** Git repository on a branch of its own, with one commit. */
  readonly project: string;
  /** Bare repository behind the remote `origin`; empty. */
  readonly remote: string;
  /** Written by the scratch MCP server when its tool is called. */
  readonly mcpTrace: string;
}

const GIT_MS = 10_000;

/** Makes the folders. @throws HostError when there is no git */
export function openLiveRooms(): LiveRooms {
  const base = realpathSync(mkdtempSync(join(tmpdir(), 'codex-guard-live-')));
  const rooms: LiveRooms = {
    base,
    home: join(base, 'home'),
    codexHome: join(base, 'home', '.codex'),
    guardHome: join(base, 'guard'),
    tmp: join(base, 'tmp'),
    project: join(base, 'project'),
    remote: join(base, 'remote.git'),
    mcpTrace: join(base, 'mcp-was-called'),
  };
  for (const folder of [rooms.codexHome, rooms.guardHome, rooms.tmp, rooms.project])
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  try {
    makeRepository(rooms);
  } catch (error) {
    closeLiveRooms(rooms);
    throw error;
  }
  return rooms;
}

/** Ends what still runs out of these folders, and removes them. Never throws; may be called twice. */
export function closeLiveRooms({ base }: LiveRooms): void {
  for (const pid of findProcesses(base)) endProcess(pid);
  try {
    rmSync(base, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
  } catch {
    // A folder that cannot be removed holds nothing of the user's, and the system clears it away.
  }
}

/** Writes a file and the folders above it. */
export function writeRoomFile(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  writeFileSync(path, text, { mode: 0o600 });
}

function makeRepository({ project, remote, home }: LiveRooms): void {
  const git = (...args: readonly string[]): void => {
    try {
      execFileSync('git', ['-c', 'user.name=codex-guard', '-c', 'user.email=live@example.invalid', ...args], {
        cwd: project,
        env: { PATH: process.env.PATH ?? '', HOME: home, GIT_CONFIG_NOSYSTEM: '1' },
        stdio: ['ignore', 'ignore', 'pipe'],
        timeout: GIT_MS,
      });
    } catch (error) {
      const { code, stderr } = error as { code?: string; stderr?: Buffer };
      throw new HostError(
        code === 'ENOENT'
          ? 'git is not on the PATH; the proof pushes to a scratch repository'
          : `git ${args[0]} failed: ${String(stderr ?? error).trim()}`,
      );
    }
  };
  git('init', '-q', '--bare', '-b', 'main', remote);
  git('init', '-q', '-b', 'main');
  writeFileSync(join(project, 'README.md'), 'A scratch project of codex-guard.\n');
  git('add', '-A');
  git('commit', '-q', '-m', 'start');
  git('remote', 'add', 'origin', remote);
  git('checkout', '-q', '-b', 'live-check');
}

/** Processes that were started with a folder of this proof in their environment. Linux only: elsewhere the group is all there is. */
function findProcesses(base: string): readonly number[] {
  if (!existsSync('/proc/self/environ')) return [];
  return readdirSync('/proc').flatMap((name) => {
    const pid = Number(name);
    if (!Number.isInteger(pid) || pid === process.pid) return [];
    try {
      return readFileSync(`/proc/${name}/environ`, 'utf8').includes(`=${base}/`) ? [pid] : [];
    } catch {
      return []; // gone, or somebody else's
    }
  });
}

function endProcess(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}
