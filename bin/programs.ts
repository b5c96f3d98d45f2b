/**
 * Puts the hook programs of this package where the wiring expects them. Every set has a folder of its own, and the wired path is a
 * link to the one in force: it is replaced in one step, so that a session that runs meanwhile sees one set or the other, whole.
 */

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { HostError } from '../lib/api.ts';
import { makeFolder, removeOwn, statLink } from './files.ts';

declare const __VERSION__: string;

/** Hook programs of this package, beside the command line's own bundle. */
const BUNDLES = join(__dirname, '..', 'hooks');
/** Folder of the sets, below the home of the programs. */
const SETS = 'programs';

/** What is, or would be, in force. */
export interface ProgramChange {
  /** Version in force before; undefined when there was none, or none that says. */
  readonly before: string | undefined;
  readonly after: string;
  /** The set in force is not that of this package, to the byte. */
  readonly changed: boolean;
}

/** Compares the set in force with that of this package. */
export function comparePrograms(home: string): ProgramChange {
  const link = join(home, 'hooks');
  const set = statLink(link)?.isSymbolicLink() ? basename(readlinkSync(link)) : undefined;
  const before = set === undefined ? undefined : /^(.+)-[0-9a-f]{12}$/.exec(set)?.[1];
  return { before, after: __VERSION__, changed: set !== nameSet() || !isWhole(link) };
}

/**
 * Brings the set of this package into force, if it is not, and makes code caches for the Node that is wired.
 *
 * @throws HostError when the new programs do not answer; then nothing has changed
 */
export function placePrograms(home: string, nodePath: string): ProgramChange {
  const change = comparePrograms(home);
  const link = join(home, 'hooks');
  if (!change.changed) {
    replaceLink(join(link, 'node'), nodePath);
    makeCaches(link, nodePath);
    return change;
  }
  const sets = join(home, SETS);
  const former = statLink(link)?.isSymbolicLink() ? basename(readlinkSync(link)) : undefined;
  const fresh = fillFolder(sets, nodePath);
  const set = join(sets, nameSet());
  // One that is there and not in force was left by an earlier version, or somebody has changed it.
  const spoilt = existsSync(set) ? `${set}.${process.pid}.old` : undefined;
  if (spoilt !== undefined) renameSync(set, spoilt);
  renameSync(fresh, set);
  if (statLink(link)?.isDirectory()) renameSync(link, join(sets, `former.${process.pid}.old`));
  replaceLink(link, join(SETS, nameSet()));
  // A hook that has just started may still be reading the set before.
  removeOthers(sets, [nameSet(), former]);
  return change;
}

/** Takes the programs away, with everything that was made for them. */
export function removePrograms(home: string): boolean {
  const was = statLink(join(home, 'hooks')) !== undefined;
  for (const name of ['hooks', SETS]) removeOwn(join(home, name));
  return was;
}

/** A folder with the programs, tried out. */
function fillFolder(sets: string, nodePath: string): string {
  makeFolder(sets, 0o755);
  const folder = join(sets, `.${process.pid}.new`);
  removeOwn(folder);
  makeFolder(folder, 0o755);
  try {
    for (const name of listPrograms()) {
      copyFileSync(join(BUNDLES, name), join(folder, name));
      chmodSync(join(folder, name), 0o644);
    }
    symlinkSync(nodePath, join(folder, 'node'));
    tryOut(folder, nodePath);
    makeCaches(folder, nodePath);
    return folder;
  } catch (error) {
    removeOwn(folder);
    throw error;
  }
}

/** The programs that refuse must do so here, and those that pass must start: a set that cannot would refuse every step. */
function tryOut(folder: string, nodePath: string): void {
  const scratch = mkdtempSync(join(tmpdir(), 'codex-guard-try-'));
  const run = (name: string, input: string) =>
    spawnSync(nodePath, [join(folder, name)], {
      input,
      encoding: 'utf8',
      cwd: scratch,
      timeout: 30_000,
      env: { PATH: process.env.PATH, HOME: scratch, CODEX_HOME: scratch },
    });
  try {
    const refused = run('pre-tool-use.cjs', 'no payload');
    const step = { session_id: 's', cwd: scratch, hook_event_name: 'PreToolUse', tool_name: 'Bash' };
    const judged = run(
      'pre-tool-use.cjs',
      JSON.stringify({ ...step, tool_input: { command: 'git status' } }),
    );
    const answers = refused.status === 2 && refused.stderr.trim() !== '' && judged.status !== null;
    if (answers && (judged.status === 0 || (judged.status === 2 && !/the guard broke/.test(judged.stderr))))
      return;
    const why = [refused.error?.message, refused.stderr, judged.stderr].find((text) => text?.trim());
    throw new HostError(
      `the new hook programs do not answer under ${nodePath}, so nothing was changed: ${(why ?? 'no output').trim().slice(0, 300)}`,
    );
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** `<version>-<12 digits of what is in it>`. */
function nameSet(): string {
  const hash = createHash('sha256');
  for (const name of listPrograms()) hash.update(`${name}\0`).update(readFileSync(join(BUNDLES, name)));
  return `${__VERSION__}-${hash.digest('hex').slice(0, 12)}`;
}

function listPrograms(): readonly string[] {
  const names = existsSync(BUNDLES) ? readdirSync(BUNDLES).filter(isProgram) : [];
  if (names.length === 0) throw new HostError(`no hook programs in ${BUNDLES}; run npm run build first`);
  return names.sort();
}

/** Code caches are no programs: they belong to the folder and the Node that they were made in. */
function isProgram(name: string): boolean {
  return /\.c?js$/.test(name);
}

function isWhole(folder: string): boolean {
  return listPrograms().every((name) => {
    const path = join(folder, name);
    return statLink(path)?.isFile() && readFileSync(path).equals(readFileSync(join(BUNDLES, name)));
  });
}

function replaceLink(path: string, target: string): void {
  const temporary = `${path}.${process.pid}.tmp`;
  removeOwn(temporary);
  symlinkSync(target, temporary);
  renameSync(temporary, path);
}

function removeOthers(sets: string, kept: readonly (string | undefined)[]): void {
  for (const name of readdirSync(sets)) if (!kept.includes(name)) removeOwn(join(sets, name));
}

/** Lets the hooks start faster. Without caches they only take longer, so a failure stops nothing. */
function makeCaches(hooksDir: string, nodePath: string): void {
  spawnSync(nodePath, [join(hooksDir, 'make-cache.cjs')], { stdio: 'ignore', timeout: 60_000 });
}
