/** Checks of what the hooks start: the programs, Node, and who may change them. */

import { execFileSync } from 'node:child_process';
import { lstatSync, realpathSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { effectiveSandbox } from '../../codex/effective-settings.ts';
import type { Check, Draft, Mend } from '../finding.ts';
import type { ProgramFile } from '../programs.ts';
import { isProgram, type Situation } from '../situation.ts';
import { mergeMends, readWiring } from '../wiring-text.ts';

const INSTALL = 'codex-guard install';
/** Bits that let others write. */
const OTHERS_WRITE = 0o022;
const LEAST_NODE = 20;
const NODE_TIMEOUT_MS = 10_000;

export const PROGRAM_CHECKS: readonly Check[] = [
  stateCheck(
    'program-missing',
    'A hook program is missing',
    'missing',
    'error',
    'the wiring refuses every step then',
  ),
  stateCheck(
    'program-altered',
    'A hook program was changed',
    'altered',
    'error',
    'Codex trusts the command, not the program behind it: a program that just exits lets all pass',
  ),
  stateCheck(
    'program-outdated',
    'The hook programs are of another version',
    'another',
    'warning',
    'they judge by the rules of that version, and cannot be compared with this one',
  ),
  stateCheck(
    'program-extra',
    'A program lies among the hooks',
    'extra',
    'warning',
    'nothing else belongs into that folder',
  ),
  {
    id: 'program-gone',
    family: 'programs',
    title: 'The wiring names a program that is not there',
    about: 'the wiring refuses every step then',
    run: (s) => {
      const gone = wirings(s).flatMap(({ program }) =>
        program === undefined || program.startsWith(`${s.programs.folder}/`) || exists(program)
          ? []
          : [program],
      );
      return gone.length === 0
        ? []
        : [{ severity: 'error', detail: `${[...new Set(gone)].join(', ')}: no such file.`, fix: INSTALL }];
    },
  },
  {
    id: 'program-writable',
    family: 'programs',
    title: 'Others may change the hook programs',
    about: 'whoever can write a hook program decides what it lets pass',
    run: (s) => {
      const paths = [s.programs.folder, ...s.programs.files.map(({ name }) => join(s.programs.folder, name))];
      return writableByOthers(paths, 'error');
    },
  },
  {
    id: 'guard-home-writable',
    family: 'programs',
    title: 'Others may write into the guard’s home',
    about: 'policy, records and programs live there',
    run: (s) => writableByOthers([s.guardHome, s.codexHome, join(s.guardHome, 'policy.jsonc')], 'error'),
  },
  {
    id: 'programs-in-reach',
    family: 'programs',
    title: 'The sandbox may write the hook programs',
    about: 'a program that the agent runs could replace them; no guard sees what programs do inside',
    run: (s) => {
      const { reach, writableRoots } = effectiveSandbox(s.config).value;
      if (reach === 'read-only') return [];
      const temporary = [s.options.env.TMPDIR ?? '/tmp', '/tmp'];
      const root = [...s.projectRoots, ...writableRoots, ...temporary].find(lies(s.programs.folder));
      return root === undefined || !s.programs.isInstalled
        ? []
        : [
            {
              // A Codex home that lies there itself is a trial, or a machine of one day.
              severity: temporary.includes(root) && lies(s.codexHome)(root) ? 'info' : 'error',
              detail: `${s.programs.folder} lies in ${root}, which the sandbox may write.`,
              fix: 'set CODEX_GUARD_HOME to a folder outside of it, then codex-guard install',
            },
          ];
    },
  },
  {
    id: 'node-missing',
    family: 'programs',
    title: 'Node is not where the wiring says',
    about: 'the wiring then takes node from the PATH; without that it refuses every step',
    run: (s) =>
      wiredNodes(s)
        .filter((node) => !isProgram(node))
        .map((node): Draft => {
          const other = nodeOnPath(s);
          return {
            severity: other === undefined ? 'error' : 'warning',
            detail: `${node} is gone; ${other === undefined ? 'there is no node on the PATH either, so every step is refused' : `${other} runs instead`}.`,
            fix: `${INSTALL}, then trust the hooks again`,
            // A new Node changes the command, and costs its trust: only where nothing runs without it.
            ...(other === undefined ? mergeMends(s) : {}),
          };
        }),
  },
  {
    id: 'node-old',
    family: 'programs',
    title: 'Node is too old',
    about: `the hook programs are built for Node ${LEAST_NODE} and newer`,
    run: (s) =>
      wiredNodes(s)
        .filter(isProgram)
        .flatMap((node): readonly Draft[] => {
          const version = readNodeVersion(node);
          const isOld = version === undefined || Number(version.split('.')[0]) < LEAST_NODE;
          return isOld
            ? [
                {
                  severity: 'error',
                  detail: `${node} ${version === undefined ? 'does not say its version' : `is ${version}`}.`,
                  fix: `run codex-guard install with Node ${LEAST_NODE} or newer`,
                },
              ]
            : [];
        }),
  },
  {
    id: 'code-cache',
    family: 'programs',
    title: 'The programs start without their code caches',
    about: 'each step then takes some ten milliseconds longer',
    run: ({ programs }) =>
      programs.isInstalled && programs.caches === 0 && programs.files.every(({ state }) => state === 'same')
        ? [
            {
              severity: 'info',
              detail: `There is no code cache in ${programs.folder}.`,
              fix: 'codex-guard doctor --fix',
              mends: [{ kind: 'caches', folder: programs.folder }],
            },
          ]
        : [],
  },
  {
    id: 'node-ca-certs',
    family: 'programs',
    title: 'NODE_EXTRA_CA_CERTS slows Node down',
    about: 'on Node 20 it makes every start three times as slow; our wiring unsets it, other hooks do not',
    run: ({ options: { env } }) =>
      env.NODE_EXTRA_CA_CERTS && process.versions.node.startsWith('20.')
        ? [
            {
              severity: 'info',
              detail: 'It is set here. The guard’s hooks are spared; other programs in Node are not.',
              fix: 'use a newer Node, or set it only where it is needed',
            },
          ]
        : [],
  },
  {
    id: 'node-options',
    family: 'programs',
    title: 'NODE_OPTIONS is set',
    about: 'it changes every Node program; our wiring unsets it',
    run: ({ options: { env } }) =>
      env.NODE_OPTIONS
        ? [
            {
              severity: 'info',
              detail: 'The guard’s hooks are spared.',
              fix: 'set it only where it is needed',
            },
          ]
        : [],
  },
];

function stateCheck(
  id: string,
  title: string,
  state: ProgramFile['state'],
  severity: Draft['severity'],
  about: string,
): Check {
  return {
    id,
    family: 'programs',
    title,
    about,
    run: ({ programs }) => {
      const names = programs.files.filter((file) => file.state === state).map(({ name }) => name);
      if (names.length === 0 || !programs.isInstalled) return [];
      const list = names.length > 4 ? `${names.length} programs` : names.join(', ');
      const mends = [
        ...names.map(
          (name): Mend => ({
            kind: 'copy',
            from: join(programs.bundles, name),
            to: join(programs.folder, name),
          }),
        ),
        { kind: 'caches', folder: programs.folder } as const,
      ];
      return [
        {
          severity,
          detail: `${list} in ${programs.folder}.`,
          fix: state === 'extra' ? `look at it, then take it out of ${programs.folder}` : INSTALL,
          ...(state === 'missing' || state === 'altered' ? { mends } : {}),
        },
      ];
    },
  };
}

/** One finding for all paths that others may write; group and others lose that right when it is mended. */
/** Asks of a folder whether a path lies in it. */
function lies(path: string): (folder: string) => boolean {
  return (folder) => `${path}/`.startsWith(`${folder.replace(/\/+$/, '')}/`);
}

function writableByOthers(paths: readonly string[], severity: Draft['severity']): readonly Draft[] {
  const found = paths.flatMap((path) => {
    // A link has no mode of its own: what it leads to decides.
    const mode = statSync(path, { throwIfNoEntry: false })?.mode ?? 0;
    return (mode & OTHERS_WRITE) === 0 ? [] : [{ path: realpathSync(path), mode: mode & 0o777 }];
  });
  const [first] = found;
  if (first === undefined) return [];
  const more = found.length > 1 ? ` and ${found.length - 1} more` : '';
  return [
    {
      severity,
      detail: `${first.path} has mode ${first.mode.toString(8)}${more}.`,
      fix: `chmod go-w ${found.length === 1 ? first.path : `-R ${first.path}`}`,
      mends: found.map(({ path, mode }) => ({ kind: 'chmod', path, mode: mode & ~OTHERS_WRITE })),
    },
  ];
}

function wirings(s: Situation) {
  return s.trust.own.flatMap(({ event, command }) => readWiring(event, command) ?? []);
}

function wiredNodes(s: Situation): readonly string[] {
  return [...new Set(wirings(s).flatMap(({ node }) => (node === undefined ? [] : [node])))];
}

function nodeOnPath({ options: { env } }: Situation): string | undefined {
  return (env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder || '.', 'node'))
    .find(isProgram);
}

function exists(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}

/** `20.11.1`. It is the program that the hooks start anyway. */
function readNodeVersion(node: string): string | undefined {
  try {
    const said = execFileSync(node, ['--version'], { timeout: NODE_TIMEOUT_MS, encoding: 'utf8', env: {} });
    return /^v(\d+\.\d+\.\d+)/.exec(said)?.[1];
  } catch {
    return undefined;
  }
}
