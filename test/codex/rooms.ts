/** The folders that one run of the client gets for itself, and what is in them before and after. */

import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';

export type Files = Readonly<Record<string, string>>;

export interface Rooms {
  readonly base: string;
  /** Git repository on branch `feature/x` with everything committed. */
  readonly project: string;
  readonly codexHome: string;
  readonly home: string;
  readonly tmp: string;
}

/** Makes the folders under the system's temporary one. */
export function openRooms(): Rooms {
  const base = realpathSync(mkdtempSync(join(tmpdir(), 'codex-guard-client-')));
  const home = join(base, 'home');
  const rooms = {
    base,
    project: join(base, 'project'),
    home,
    codexHome: join(home, '.codex'),
    tmp: join(base, 'tmp'),
  };
  for (const folder of [rooms.project, rooms.codexHome, rooms.tmp]) mkdirSync(folder, { recursive: true });
  return rooms;
}

export function closeRooms({ base }: Rooms): void {
  rmSync(base, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
}

export function writeFiles(folder: string, files: Files): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}

/** Text of every file below a folder by its relative path; `.git` is left out. */
export function readFiles(folder: string): Files {
  const files: Record<string, string> = {};
  const pending = [folder];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    for (const entry of readdirSync(next, { withFileTypes: true })) {
      const path = join(next, entry.name);
      if (entry.isDirectory() && entry.name !== '.git') pending.push(path);
      else if (entry.isFile()) files[relative(folder, path)] = readFileSync(path, 'utf8');
    }
  }
  return files;
}

export function commitProject({ project }: Rooms): void {
  const git = (...args: readonly string[]) =>
    execFileSync('git', ['-c', 'user.name=T', '-c', 'user.email=t@example.com', ...args], {
      cwd: project,
      stdio: 'ignore',
    });
  git('init', '-q', '-b', 'main');
  git('add', '-A');
  git('commit', '-q', '--allow-empty', '-m', 'start');
  git('checkout', '-q', '-b', 'feature/x');
}
