/** `codex-guard install`: copies the hook programs to a stable place and wires them into the user's hooks.json. */

import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createTwoFilesPatch } from 'diff';
import { HostError, mergeHooks, openHost, UsageError, wiringEntries } from '../../lib/api.ts';
import { logChange } from '../change-log.ts';
import { type CommandSpec, EXIT, type Terminal } from '../command.ts';
import { backUp, readOwnFile, removeOwn, writeAtomic } from '../files.ts';

/** Hook programs of this package, beside the command line's own bundle. */
const BUNDLES = join(__dirname, '..', 'hooks');

export const install: CommandSpec = {
  name: 'install',
  usage: '[--dry-run]',
  about: 'Wire the hooks into Codex for this user ($CODEX_HOME/hooks.json); foreign hooks stay as they are.',
  options: {
    scope: { type: 'string', value: 'user', about: 'where to install; this version knows user' },
    'dry-run': { type: 'boolean', about: 'show what would change, change nothing' },
    json: { type: 'boolean', about: 'print JSON' },
  },
  examples: [
    ['install --dry-run', 'show the change to hooks.json as a diff'],
    ['install', 'copy the programs, wire them, say what is left to do'],
  ],
  run: (args, terminal) => {
    if ((args.text('scope') ?? 'user') !== 'user')
      throw new UsageError(
        `there is no scope '${args.text('scope')}'`,
        'this version installs for the user only',
      );
    const places = placesOf(terminal);
    const before = readOwnFile(places.hooksJson);
    const { text, changed } = mergeHooks(
      before,
      wiringEntries({ nodePath: process.execPath, hooksDir: places.hooksDir }),
    );
    const programs = listPrograms();
    const dryRun = args.flag('dry-run');
    const stale = programs.filter((name) => !isSame(join(BUNDLES, name), join(places.hooksDir, name)));
    let backup: string | undefined;
    if (!dryRun) {
      // Programs first: a hooks.json that names a missing program would refuse every step.
      for (const name of stale)
        writeAtomic(join(places.hooksDir, name), readFileSync(join(BUNDLES, name)), 0o644);
      removeFormer(places.hooksDir, programs);
      makeCaches(places.hooksDir);
      if (changed && text !== undefined) {
        backup = before === undefined ? undefined : backUp(places.hooksJson, new Date());
        writeAtomic(places.hooksJson, text, 0o600);
      }
      if (changed || stale.length > 0)
        logChange(places.guardHome, 'install', {
          hooksJson: places.hooksJson,
          changed,
          programs: stale,
          backup,
        });
    }
    if (args.flag('json')) {
      terminal.out(
        JSON.stringify(
          {
            schema: 'codex-guard/install/v1',
            dryRun,
            hooksJson: places.hooksJson,
            hooksDir: places.hooksDir,
            changed,
            programs: stale,
            ...(backup === undefined ? {} : { backup }),
          },
          null,
          2,
        ),
      );
      return EXIT.fine;
    }
    const verb = dryRun ? 'would copy' : 'copied';
    terminal.out(
      stale.length === 0
        ? `hook programs in ${places.hooksDir} are up to date`
        : `${verb} ${stale.length} hook programs to ${places.hooksDir}`,
    );
    terminal.out(
      changed
        ? `${dryRun ? 'would change' : 'changed'} ${places.hooksJson}${backup === undefined ? '' : ` (backup: ${backup})`}`
        : `${places.hooksJson} is wired already`,
    );
    if (dryRun && changed)
      terminal.out(createTwoFilesPatch(places.hooksJson, places.hooksJson, before ?? '', text ?? ''));
    if (!dryRun)
      terminal.out(
        `\nOne step is left: start codex, type /hooks, and trust the codex-guard hooks.\nUntil then Codex skips them without a word. 'codex-guard log' shows the first decision once they run.`,
      );
    return EXIT.fine;
  },
};

/** Where the user's files are. */
export function placesOf(terminal: Terminal): {
  readonly hooksJson: string;
  readonly hooksDir: string;
  readonly guardHome: string;
} {
  const host = openHost({ sessionCwd: terminal.cwd, callCwd: terminal.cwd, env: terminal.env });
  return {
    hooksJson: join(host.codexHome, 'hooks.json'),
    hooksDir: join(host.guardHome, 'hooks'),
    guardHome: host.guardHome,
  };
}

function listPrograms(): string[] {
  const names = existsSync(BUNDLES) ? readdirSync(BUNDLES).filter(isProgram) : [];
  if (names.length === 0) throw new HostError(`no hook programs in ${BUNDLES}; run npm run build first`);
  // The events' own programs last: whatever starts meanwhile finds what it loads.
  return names.sort((a, b) => Number(a.endsWith('.cjs')) - Number(b.endsWith('.cjs')));
}

/** Code caches are no programs: they belong to the folder and the Node that they were made in. */
function isProgram(name: string): boolean {
  return /\.c?js$/.test(name);
}

/** Takes away what an earlier version copied and this one does not have. */
function removeFormer(hooksDir: string, programs: readonly string[]): void {
  for (const name of readdirSync(hooksDir))
    if (isProgram(name) && !programs.includes(name)) removeOwn(join(hooksDir, name));
}

/** Lets the hooks start faster under the Node that is wired. Without caches they only take longer, so a failure stops nothing. */
function makeCaches(hooksDir: string): void {
  spawnSync(process.execPath, [join(hooksDir, 'make-cache.cjs')], { stdio: 'ignore', timeout: 60_000 });
}

function isSame(a: string, b: string): boolean {
  return existsSync(b) && readFileSync(a).equals(readFileSync(b));
}
