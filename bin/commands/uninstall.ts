/** `codex-guard uninstall`: takes out what install put in: hooks, trust, pins and programs. Audit and policy stay. */

import { dirname } from 'node:path';
import { createTwoFilesPatch } from 'diff';
import { listHookTrust, removeHooks, unpinHooks } from '../../lib/api.ts';
import { logChange } from '../change-log.ts';
import { type CommandSpec, EXIT, type Terminal } from '../command.ts';
import {
  backUp,
  inFile,
  readOwnFile,
  removeIfEmpty,
  removeOwn,
  statLink,
  withLock,
  writeAtomic,
} from '../files.ts';
import { findPlaces, type Places } from '../places.ts';
import { removePrograms } from '../programs.ts';
import { removeTrustEntries } from '../trust-hooks.ts';

interface Outcome {
  readonly files: readonly {
    readonly path: string;
    readonly before: string;
    readonly after: string | undefined;
  }[];
  readonly trust: { readonly found: number; readonly left: number };
  readonly programs: boolean;
}

export const uninstall: CommandSpec = {
  name: 'uninstall',
  usage: '[--scope user|project|managed] [--dry-run]',
  words: 0,
  about: 'Take the hooks and the trust in them out again; policy and audit trail stay.',
  options: {
    scope: { type: 'string', value: 'SCOPE', about: 'where from: user (default), project or managed' },
    'dry-run': { type: 'boolean', about: 'show what would change, change nothing' },
    json: { type: 'boolean', about: 'print JSON' },
  },
  examples: [['uninstall --dry-run', 'show the change to hooks.json as a diff']],
  run: async (args, terminal) => {
    const places = findPlaces(args.text('scope') ?? 'user', terminal);
    const dryRun = args.flag('dry-run');
    const outcome = dryRun
      ? takeOut(places, true)
      : await withLock(places.guardHome, () => takeOut(places, false));
    if (args.flag('json'))
      terminal.out(
        JSON.stringify(
          {
            schema: 'codex-guard/uninstall/v1',
            scope: places.scope,
            dryRun,
            hooksJson: places.hooksJson,
            hooksDir: places.hooksDir,
            changed: outcome.files.map(({ path }) => path),
            trust: outcome.trust,
            programs: outcome.programs,
          },
          null,
          2,
        ),
      );
    else describe(outcome, places, dryRun, terminal);
    if (places.scope === 'managed' && !dryRun) removeIfEmpty(places.programsHome);
    return EXIT.fine;
  },
};

/** Wiring first: a hooks.json that names a missing program would refuse every step. */
function takeOut(places: Places, isDryRun: boolean): Outcome {
  const { hooksJson, requirementsToml, scope } = places;
  const wired = readOwnFile(hooksJson);
  const files = [
    planFile(hooksJson, wired, (text) => removeHooks(text).text),
    ...(requirementsToml === undefined
      ? []
      : [planFile(requirementsToml, readOwnFile(requirementsToml), (text) => unpinHooks(text) || undefined)]),
  ].filter((file) => file !== undefined);
  const entries =
    wired === undefined
      ? []
      : inFile(hooksJson, () => listHookTrust(wired, hooksJson)).filter(({ isOurs }) => isOurs);
  if (!isDryRun)
    for (const { path, after } of files) {
      // What held nothing but our hooks needs no copy.
      if (after === undefined) removeOwn(path);
      else {
        backUp(path, new Date());
        writeAtomic(path, after, places.mode);
      }
      if (scope !== 'user') removeIfEmpty(dirname(path));
    }
  const trust = removeTrustEntries(places, entries, isDryRun);
  // The programs in a person's guard home serve every project.
  const programs =
    scope !== 'project' &&
    (isDryRun ? statLink(places.hooksDir) !== undefined : removePrograms(places.programsHome));
  if (!isDryRun && (files.length > 0 || programs || trust.found > 0))
    logChange(places.guardHome, 'uninstall', {
      scope,
      changed: files.map(({ path }) => path),
      trust,
      programs,
    });
  return { files, trust, programs };
}

function planFile(
  path: string,
  before: string | undefined,
  change: (text: string) => string | undefined,
): Outcome['files'][0] | undefined {
  if (before === undefined) return undefined;
  const after = inFile(path, () => change(before));
  return after === before ? undefined : { path, before, after };
}

function describe(
  { files, trust, programs }: Outcome,
  places: Places,
  dryRun: boolean,
  terminal: Terminal,
): void {
  const would = (done: string, plan: string): string => (dryRun ? `would ${plan}` : done);
  if (files.length === 0) terminal.out(`no hooks of codex-guard in ${places.hooksJson}`);
  for (const { path, after } of files)
    terminal.out(
      after === undefined
        ? `${would('removed', 'remove')} ${path}`
        : `${would('took', 'take')} what was ours out of ${path}`,
    );
  if (trust.found > 0)
    terminal.out(
      `${would('took', 'take')} ${trust.found - trust.left} trusted hashes out of ${places.configToml}`,
    );
  if (trust.left > 0)
    terminal.err(
      `${trust.left} trusted hashes stay in ${places.configToml}, where they are not written as tables`,
    );
  if (programs) terminal.out(`${would('removed', 'remove')} ${places.hooksDir}`);
  else if (places.scope === 'project' && files.length > 0)
    terminal.out(
      `the programs in ${places.hooksDir} stay, as other projects may use them; 'uninstall' removes them`,
    );
  if (dryRun)
    for (const { path, before, after } of files)
      terminal.out(createTwoFilesPatch(path, path, before, after ?? ''));
}
