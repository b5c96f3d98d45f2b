/** Checks of the files that hold hooks: does the client take them at all? */

import type { HooksFaultKind } from '../../codex/hooks-json-faults.ts';
import type { Check, Draft } from '../finding.ts';
import type { Situation } from '../situation.ts';

type Source = Situation['sources'][number];

const EVERY_HOOK = 'one such slip and Codex drops the whole file, with no more than a warning';

export const FILE_CHECKS: readonly Check[] = [
  faultCheck('hooks-json-bom', 'A hooks.json starts with a byte order mark', 'bom'),
  faultCheck('hooks-json-comment', 'A hooks.json holds comments', 'comment'),
  faultCheck('hooks-json-extra-key', 'A hooks.json has an unknown key', 'extra-key'),
  faultCheck('hooks-json-type', 'A hook has an unknown type', 'handler-type'),
  faultCheck('hooks-json-timeout', 'A timeout is not a whole number', 'timeout'),
  faultCheck('hooks-json-shape', 'A hooks.json is not what Codex reads', 'shape'),
  {
    id: 'hooks-json-unreadable',
    family: 'files',
    title: 'A hooks.json cannot be read',
    about: 'Codex goes on without the hooks of a file that it cannot read',
    run: ({ sources }) =>
      sources.flatMap(({ place, file, problem }): readonly Draft[] =>
        problem === undefined
          ? []
          : [
              {
                severity: place === 'user' || place === 'managed' ? 'error' : 'warning',
                detail: `${file}: ${problem}.`,
                fix: `see to it that ${file} is a file that you may read`,
              },
            ],
      ),
  },
  {
    id: 'two-files',
    family: 'files',
    title: 'Hooks stand in two files of one layer',
    about: 'Codex runs both, and warns at every start; one file is easier to keep an eye on',
    run: ({ sources }) => {
      const folders = sources
        .filter(({ place, isUsed, hooks }) => isUsed && hooks.length > 0 && place !== 'plugin')
        .map(({ file }) => file.slice(0, file.lastIndexOf('/')));
      const twice = [...new Set(folders.filter((folder, at) => folders.indexOf(folder) !== at))];
      return twice.map((folder) => ({
        severity: 'info',
        detail: `${folder} has hooks in hooks.json and in a TOML file.`,
        fix: 'keep them in hooks.json',
      }));
    },
  },
  {
    id: 'project-untrusted',
    family: 'files',
    title: 'Hooks of a project that is not trusted',
    about: 'Codex reads nothing of a project before it is trusted, not even with trusted hooks',
    run: ({ sources }) =>
      sources
        .filter(({ isUsed, hooks }) => !isUsed && hooks.some(({ isOurs }) => isOurs))
        .map(({ file }) => ({
          severity: 'warning',
          detail: `${file} wires the guard, and Codex does not look at it.`,
          fix: 'codex --trust, or start codex there and trust the project',
        })),
  },
];

function faultCheck(id: string, title: string, kind: HooksFaultKind): Check {
  return {
    id,
    family: 'files',
    title,
    about: EVERY_HOOK,
    run: ({ sources }) =>
      sources.flatMap((source): readonly Draft[] => {
        const faults = (source.diagnosis?.faults ?? []).filter((fault) => fault.kind === kind);
        return faults.length === 0
          ? []
          : [
              sayFault(
                source,
                faults.map(({ message }) => message),
              ),
            ];
      }),
  };
}

/** The user's own file may be mended; a project's is shared, and for its people to change. */
function sayFault({ place, file, diagnosis }: Source, messages: readonly string[]): Draft {
  const isOwn = place === 'user';
  const more = messages.length > 3 ? `; and ${messages.length - 3} more` : '';
  const mended = diagnosis?.mended;
  return {
    severity: isOwn || place === 'managed' ? 'error' : 'warning',
    detail: `${file}: ${messages.slice(0, 3).join('; ')}${more}. Codex drops all hooks of this file.`,
    fix: isOwn && mended !== undefined ? 'codex-guard doctor --fix' : `correct ${file}`,
    ...(isOwn && mended !== undefined ? { mends: [{ kind: 'write', path: file, text: mended }] } : {}),
  };
}
