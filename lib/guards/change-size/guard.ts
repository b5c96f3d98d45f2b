/** Keeps changes small enough to be reviewed: one patch before it is applied, and the work tree when a turn ends. */

import { defineGuard } from '../../kit/define-guard.ts';
import { countOf, draft } from '../../kit/draft.ts';
import { AT_STOP, BEFORE_TOOL } from '../../kit/events.ts';
import type { HostFacts } from '../../kit/host-facts.ts';
import { firstMatch } from '../../kit/path-rules.ts';
import { lastPart, namesOf } from '../../kit/paths.ts';
import type { Change } from '../../types/change.ts';
import type { FileEffect } from '../../types/effect.ts';
import type { Facts } from '../../types/facts.ts';
import type { GlobSet } from '../../types/policy.ts';
import { brief } from './brief.ts';

/** Lines count added and removed ones, bytes what is added. */
interface Size {
  readonly lines: number;
  readonly files: number;
  readonly bytes: number;
  readonly deletions: number;
}

const UNITS = [
  ['lines', 'line'],
  ['files', 'file'],
  ['bytes', 'byte'],
  ['deletions', 'deleted file'],
] as const;

/** Files that tools write and nobody reviews line by line. */
const GENERATED: readonly string[] = [
  'package-lock.json',
  'npm-shrinkwrap.json',
  'yarn.lock',
  'pnpm-lock.yaml',
  'bun.lock',
  'bun.lockb',
  'deno.lock',
  'Cargo.lock',
  'poetry.lock',
  'uv.lock',
  'pdm.lock',
  'Pipfile.lock',
  'Gemfile.lock',
  'composer.lock',
  'go.sum',
  'flake.lock',
  'pubspec.lock',
  'Podfile.lock',
  '*.snap',
  '**/__snapshots__/**',
  '**/generated/**',
  '*.generated.*',
  '*.gen.*',
  '*.pb.go',
  '*_pb2.py',
  '*.min.js',
  '*.min.css',
  '*.map',
];

export default defineGuard({
  id: 'change-size',
  title: 'Changes stay small enough to be reviewed',
  events: [...BEFORE_TOOL, ...AT_STOP],
  level: 'deny',
  risk: 2,
  needs: ['change'],
  options: {
    lines: {
      type: 'number',
      default: 1000,
      minimum: 1,
      tighter: 'lower',
      about: 'Most lines, added and removed together.',
    },
    files: { type: 'number', default: 50, minimum: 1, tighter: 'lower', about: 'Most files.' },
    bytes: {
      type: 'number',
      default: 262_144,
      minimum: 1,
      tighter: 'lower',
      about: 'Most bytes that are added.',
    },
    deletions: {
      type: 'number',
      default: 20,
      minimum: 0,
      tighter: 'lower',
      about: 'Most files that are deleted.',
    },
    exclude: {
      type: 'globs',
      default: GENERATED,
      direction: 'permission',
      about: 'Files that do not count: lock files, snapshots and what is generated.',
    },
  },
  examples: {
    deny: [
      { patch: patchOf(4, 'src/big.ts'), options: { lines: 3 } },
      { patch: patchOf(2, 'src/a.ts', 'src/b.ts'), options: { lines: 3 } },
      { patch: patchOf(1, 'src/a.ts', 'src/b.ts'), options: { files: 1 } },
      { patch: patchOf(3, 'src/big.ts'), options: { bytes: 10 } },
      { command: 'rm src/a.ts src/b.ts', options: { deletions: 1 } },
      { patch: '*** Begin Patch\n*** Delete File: src/a.ts\n*** End Patch\n', options: { deletions: 0 } },
    ],
    pass: [
      { patch: patchOf(3, 'src/small.ts') },
      { patch: patchOf(3, 'src/small.ts'), options: { lines: 3 } },
      { patch: patchOf(4, 'src/api.generated.ts'), options: { lines: 3 } },
      { patch: patchOf(4, 'src/__snapshots__/a.test.ts.snap'), options: { lines: 3 } },
      { command: 'rm src/a.ts', options: { deletions: 1 } },
      'git diff --stat',
      'npm test',
    ],
  },
  brief,
  check(facts, options, host) {
    const size = measure(facts, options.exclude, host);
    if (size === undefined) return [];
    const over = UNITS.filter(([unit]) => size[unit] > options[unit]);
    if (over.length === 0) return [];
    const figures = over.map(([unit, noun]) => `${countOf(size[unit], noun)} (at most ${options[unit]})`);
    const atEnd = facts.event === 'Stop' || facts.event === 'SubagentStop';
    const more = host.change?.truncated ? 'at least ' : '';
    return [
      atEnd
        ? draft(
            WHOLE,
            `the work tree differs from its last commit by ${more}${figures.join(', ')}`,
            'say which parts belong together, and ask a person whether to go on with all of them at once',
          )
        : draft(
            firstSized(facts) ?? WHOLE,
            `this step changes ${figures.join(', ')}`,
            'split it into smaller steps, one concern each, or ask a person',
          ),
    ];
  },
});

const WHOLE = { span: { start: 0, end: 0 } };

/** What a step or, at the end of a turn, the work tree changes; undefined when there is nothing to measure. */
function measure(facts: Facts, exclude: GlobSet, host: HostFacts): Size | undefined {
  if (facts.event === 'Stop' || facts.event === 'SubagentStop')
    return host.change && measureTree(host.change, exclude);
  return measureStep(
    facts.effects.filter((effect) => effect.kind === 'file'),
    exclude,
    host,
  );
}

function measureTree(change: Change, exclude: GlobSet): Size {
  const files = change.files.filter(({ path }) => firstMatch([lastPart(path), path], exclude) === undefined);
  const sum = (of: (file: (typeof files)[number]) => number) =>
    files.reduce((total, file) => total + of(file), 0);
  return {
    lines: sum((file) => file.added + file.removed),
    files: files.length,
    bytes: sum((file) => file.bytes),
    deletions: sum((file) => (file.deleted ? 1 : 0)),
  };
}

function measureStep(effects: readonly FileEffect[], exclude: GlobSet, host: HostFacts): Size {
  const counted = effects.filter(
    (effect) =>
      (isSized(effect) || effect.op === 'delete') &&
      effect.at?.zone !== 'temporary' &&
      firstMatch(namesOf(effect.path, effect.at, host.paths), exclude) === undefined,
  );
  const sized = counted.filter(isSized);
  const pathsOf = (list: readonly FileEffect[]) =>
    new Set(list.map(({ path, at }) => at?.absolute ?? path.text)).size;
  return {
    lines: sized.reduce(
      (total, { added, removed }) => total + (added?.length ?? 0) + (removed?.length ?? 0),
      0,
    ),
    files: pathsOf(sized),
    bytes: sized.reduce((total, { bytes }) => total + (bytes ?? 0), 0),
    deletions: pathsOf(counted.filter(({ op }) => op === 'delete')),
  };
}

/** True for effects whose content is known: patches and literal text written to a file. */
function isSized(effect: FileEffect): boolean {
  return effect.added !== undefined || effect.removed !== undefined;
}

function firstSized(facts: Facts): FileEffect | undefined {
  return facts.effects.find((effect) => effect.kind === 'file' && isSized(effect)) as FileEffect | undefined;
}

/** A patch that adds files of so many lines each, for the examples. */
function patchOf(lines: number, ...paths: readonly string[]): string {
  const files = paths.map((path) => `*** Add File: ${path}\n${'+const a = 1;\n'.repeat(lines)}`);
  return `*** Begin Patch\n${files.join('')}*** End Patch\n`;
}
