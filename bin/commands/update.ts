/** `codex-guard update`: brings this version's hook programs into force where an earlier one is wired. The wiring keeps every byte. */

import { findOurHandlers, findWiredNode, HostError, mergeHooks, wiringEntries } from '../../lib/api.ts';
import { logChange } from '../change-log.ts';
import { type CommandSpec, EXIT } from '../command.ts';
import { inFile, readOwnFile, statLink, withLock } from '../files.ts';
import { choosePaths, findPlaces, type Places } from '../places.ts';
import { comparePrograms, placePrograms } from '../programs.ts';
import { describePrograms } from './install.ts';

export const update: CommandSpec = {
  name: 'update',
  usage: '[--scope user|managed] [--dry-run]',
  words: 0,
  about: 'Replace the installed hook programs by those of this version, at once; trust stays.',
  options: {
    scope: { type: 'string', value: 'SCOPE', about: 'which programs: user (default) or managed' },
    'dry-run': { type: 'boolean', about: 'say what would change, change nothing' },
    json: { type: 'boolean', about: 'print JSON' },
  },
  examples: [
    ['update', 'after npm install -g of a new version; running sessions are not disturbed'],
    ['update --dry-run --json', 'the version in force and the one that would be'],
  ],
  run: async (args, terminal) => {
    const places = findPlaces(args.text('scope') ?? 'user', terminal);
    const dryRun = args.flag('dry-run');
    const { nodePath, isCurrent } = readWiring(places);
    if (statLink(places.hooksDir) === undefined)
      throw new HostError(
        'there are no hook programs',
        places.hooksDir,
        'codex-guard install puts them there',
      );
    const programs = dryRun
      ? comparePrograms(places.programsHome)
      : await withLock(places.guardHome, () => {
          const change = placePrograms(places.programsHome, nodePath);
          if (change.changed) logChange(places.guardHome, 'update', { ...change });
          return change;
        });
    if (args.flag('json')) {
      const value = {
        scope: places.scope,
        dryRun,
        hooksDir: places.hooksDir,
        ...programs,
        isWiringCurrent: isCurrent,
      };
      terminal.out(JSON.stringify({ schema: 'codex-guard/update/v1', ...value }, null, 2));
    } else {
      terminal.out(describePrograms(programs, places.hooksDir, dryRun));
      if (!isCurrent)
        terminal.out(
          `${places.hooksJson} is not wired as this version would; codex-guard install --trust mends that`,
        );
    }
    return EXIT.fine;
  },
};

/** The Node that is wired, and whether this version would wire in the same way. */
function readWiring(places: Places): { readonly nodePath: string; readonly isCurrent: boolean } {
  const text = readOwnFile(places.hooksJson);
  return inFile(places.hooksJson, () => {
    const [wired] =
      text === undefined ? [] : findOurHandlers(text).map(({ command }) => findWiredNode(command));
    const paths = choosePaths(places, wired);
    return {
      nodePath: typeof paths === 'string' ? process.execPath : paths.nodePath,
      isCurrent: text !== undefined && !mergeHooks(text, wiringEntries(paths)).changed,
    };
  });
}
