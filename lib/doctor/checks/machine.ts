/** Checks of the machine and of what the guard keeps: tools, disk, homes, records. */

import { existsSync, lstatSync } from 'node:fs';
import { join } from 'node:path';
import type { Check } from '../finding.ts';

/** Bytes: a day of busy work takes about a tenth of it. */
const LEAST_FREE = 50 * 1024 * 1024;
/** The client that all of this was tried on. */
const TESTED_CLIENT = '0.169';

export const MACHINE_CHECKS: readonly Check[] = [
  {
    id: 'shell-missing',
    family: 'machine',
    title: '/bin/sh is missing',
    about: 'the wiring runs in it; without it every hook fails, and Codex lets the step happen',
    run: ({ machine }) =>
      machine.hasShell
        ? []
        : [{ severity: 'error', detail: 'There is no program /bin/sh.', fix: 'install a POSIX shell' }],
  },
  {
    id: 'git-missing',
    family: 'machine',
    title: 'git is missing',
    about: 'the size of a change is measured with it',
    run: ({ machine }) =>
      machine.hasGit
        ? []
        : [{ severity: 'warning', detail: 'There is no git on the PATH.', fix: 'install git' }],
  },
  {
    id: 'disk-low',
    family: 'machine',
    title: 'The disk is almost full',
    about: 'records that cannot be written are lost; verdicts go on',
    run: ({ machine: { freeBytes }, guardHome }) =>
      freeBytes === undefined || freeBytes >= LEAST_FREE
        ? []
        : [
            {
              severity: 'warning',
              detail: `${Math.floor(freeBytes / 1024 / 1024)} MiB are free at ${guardHome}.`,
              fix: 'make room, or set CODEX_GUARD_HOME to another disk',
            },
          ],
  },
  {
    id: 'codex-missing',
    family: 'machine',
    title: 'No client could be asked',
    about: 'trust is then reckoned from what Codex keeps in config.toml',
    run: ({ client: { path, problem } }) => {
      if (path !== undefined && problem === undefined) return [];
      return [
        {
          severity: 'info',
          detail: problem === undefined ? 'There is no codex on the PATH.' : `${problem}.`,
          fix: 'put codex on the PATH, or name it in CODEX_BIN',
        },
      ];
    },
  },
  {
    id: 'codex-version',
    family: 'machine',
    title: 'Another version of Codex',
    about: `how the client treats hooks was tried on ${TESTED_CLIENT}`,
    run: ({ client: { version } }) =>
      version === undefined || version.startsWith(`${TESTED_CLIENT}.`)
        ? []
        : [
            {
              severity: 'info',
              detail: `This is ${version}; how it treats hooks was tried on ${TESTED_CLIENT}.`,
              fix: 'codex-guard doctor --live',
            },
          ],
  },
  {
    id: 'codex-home-link',
    family: 'machine',
    title: 'CODEX_HOME is a symbolic link',
    about: 'Codex keeps trust under the real path: pointed elsewhere, the hooks are untrusted',
    run: ({ codexHomeAsGiven, codexHome }) =>
      lstatSync(codexHomeAsGiven, { throwIfNoEntry: false })?.isSymbolicLink()
        ? [
            {
              severity: 'info',
              detail: `${codexHomeAsGiven} leads to ${codexHome}.`,
              fix: 'after moving it: codex-guard install --trust',
            },
          ]
        : [],
  },
  {
    id: 'another-codex-home',
    family: 'machine',
    title: 'There is another Codex home without the guard',
    about: 'Codex started without CODEX_HOME uses ~/.codex',
    run: ({ codexHome, home }) => {
      const usual = join(home, '.codex');
      return codexHome !== usual &&
        existsSync(join(usual, 'config.toml')) &&
        !existsSync(join(usual, 'guard', 'hooks'))
        ? [
            {
              severity: 'warning',
              detail: `CODEX_HOME is ${codexHome}; a codex started without it uses ${usual}, which is not guarded.`,
              fix: `CODEX_HOME=${usual} codex-guard install --trust`,
            },
          ]
        : [];
    },
  },
  {
    id: 'records-unwritable',
    family: 'records',
    title: 'Records cannot be written',
    about: 'the guard judges without them, but nothing shows what it decided',
    run: ({ audit: { problem } }) =>
      problem === undefined
        ? []
        : [{ severity: 'warning', detail: `${problem}.`, fix: 'give it back to yourself: chmod u+rwx' }],
  },
  {
    id: 'records-changed',
    family: 'records',
    title: 'Records were changed',
    about: 'what was sealed at the end of a session is not what stands there',
    run: ({ audit: { sealed } }) => {
      const broken = sealed.filter(({ problems }) => problems.length > 0);
      return broken.length === 0
        ? []
        : [
            {
              severity: 'error',
              detail: broken.map(({ day, problems }) => `${day}: ${problems.join('; ')}`).join('. '),
              fix: 'codex-guard log --verify shows where; find out who did it',
            },
          ];
    },
  },
];
