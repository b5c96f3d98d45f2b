/** Random policy files and the layers they make, over the real guards. Knows what may be written, not what it means. */

import fc from 'fast-check';
import { openHost } from '../../lib/facts/host.ts';
import { guards } from '../../lib/guards/index.ts';
import type { AnyGuard, OptionSpec } from '../../lib/kit/define-guard.ts';
import { LEVELS, MODES, UNCERTAIN } from '../../lib/policy/document.ts';
import { loadPolicy } from '../../lib/policy/load-policy.ts';
import type { Policy } from '../../lib/types/policy.ts';
import { ENV, makeProject } from '../pipeline.ts';

export type Layer = 'managed' | 'user' | 'project' | 'environment';

/** A policy file: what it says, what the files say that it extends, and how it is damaged. */
export interface RandomFile {
  readonly document: Readonly<Record<string, unknown>>;
  /** `./more.jsonc` and the package `acme`. */
  readonly more: object;
  readonly pack: object;
  readonly damage: 'none' | 'cut' | 'unknown key' | 'unknown guard' | 'tampered package';
}
export type Stack = Readonly<Partial<Record<Layer, RandomFile | undefined>>>;

const HOSTS = ['*', '**.github.com', 'github.com', 'evil.example', '**.example', 'registry:npm', 'localhost'];
const PATHS = [
  '**',
  '**/.env',
  'src/**',
  'src/index.ts',
  'dist/**',
  '**/*.json',
  '~/.ssh/**',
  '/tmp/**',
  '~/**',
  'main',
  'feature/*',
  'release/*',
];
const PRESETS = ['level-0', 'level-1', 'level-2', 'level-3', 'danger-run'].map(
  (name) => `codex-guard:${name}`,
);
const SUBJECTS: Readonly<Record<string, readonly string[]>> = {
  path: ['**', 'src/**', '.env', '~/**'],
  host: ['*', '**', 'evil.example'],
  branch: ['*', 'main', 'feature/*'],
  command: ['*', 'sudo*', 'git*', 'codex-guard *'],
  rule: ['*'],
};

function optionValue(spec: OptionSpec): fc.Arbitrary<unknown> {
  switch (spec.type) {
    case 'number':
      return fc.integer({ min: Math.ceil(spec.minimum), max: 1000 });
    case 'boolean':
      return fc.boolean();
    case 'choice':
      return fc.constantFrom(...spec.choices);
    default: {
      const entry = fc.constantFrom(...(spec.type === 'globs' ? PATHS : [...HOSTS, 'main', 'release/*']));
      return fc.uniqueArray(
        fc.oneof(
          { weight: 4, arbitrary: entry },
          entry.map((each) => `!${each}`),
          fc.constant('...'),
        ),
        { maxLength: 3 },
      );
    }
  }
}

function statementOf(guard: AnyGuard): fc.Arbitrary<unknown> {
  const level = fc.constantFrom(...LEVELS);
  const options = fc.record(
    Object.fromEntries(Object.entries(guard.options).map(([name, spec]) => [name, optionValue(spec)])),
    { requiredKeys: [] },
  );
  return fc.oneof(level, fc.tuple(level, options));
}

const guardStatements: fc.Arbitrary<Readonly<Record<string, unknown>>> = fc
  .uniqueArray(fc.constantFrom(...guards), { maxLength: 6, selector: ({ id }) => id })
  .chain((chosen) => fc.record(Object.fromEntries(chosen.map((guard) => [guard.id, statementOf(guard)]))));

const exception = fc
  .tuple(fc.constantFrom(...guards.map(({ id }) => id)), fc.constantFrom(...Object.keys(SUBJECTS)))
  .chain(([guard, subject]) =>
    fc.record({
      guard: fc.constant(guard),
      match: fc.constantFrom(...(SUBJECTS[subject] ?? [])).map((glob) => ({ [subject]: glob })),
      reason: fc.constant('random'),
      until: fc.constantFrom('2020-01-01', '2999-01-01'),
    }),
  );

const simple = fc.record(
  {
    mode: fc.constantFrom(...MODES),
    uncertain: fc.constantFrom(...UNCERTAIN),
    guards: guardStatements,
    exceptions: fc.array(exception, { maxLength: 3 }),
  },
  { requiredKeys: [] },
);

const file: fc.Arbitrary<RandomFile> = fc.record({
  document: fc
    .tuple(
      simple,
      fc.option(
        fc.uniqueArray(fc.constantFrom(...PRESETS, './more.jsonc', 'acme'), { minLength: 1, maxLength: 2 }),
        { nil: undefined, freq: 2 },
      ),
    )
    .map(([said, bases]) => ({ ...said, ...(bases === undefined ? {} : { extends: bases }) })),
  more: simple,
  pack: simple,
  damage: fc.oneof(
    { weight: 6, arbitrary: fc.constant('none' as const) },
    fc.constantFrom(
      'cut' as const,
      'unknown key' as const,
      'unknown guard' as const,
      'tampered package' as const,
    ),
  ),
});

const layer = fc.option(file, { nil: undefined, freq: 3 });
const optional = { managed: layer, user: layer, project: layer, environment: layer };
/** Stacks of layers, each of which may be missing. */
export const stacks: fc.Arbitrary<Stack> = fc.record(optional);
/** Stacks below a company's file. */
export const ruledStacks: fc.Arbitrary<Stack> = fc.record({ ...optional, managed: file });
/** Stacks below a company's file that says something of guards only: it starts from no preset and excepts nothing. */
export const modestStacks: fc.Arbitrary<Stack> = fc.record({
  ...optional,
  managed: file.map((each) => ({
    ...each,
    document: { guards: each.document.guards ?? {} },
    damage: 'none' as const,
  })),
});

const cwd = makeProject();
const real = openHost({ sessionCwd: cwd, callCwd: cwd, env: ENV });
const FOLDERS: Readonly<Record<Layer, string>> = {
  managed: '/etc/codex',
  user: `${real.codexHome}/guard`,
  project: `${cwd}/.codex`,
  environment: '/run/codex-guard',
};
const NAMES: Readonly<Record<Layer, string>> = {
  managed: 'guard.jsonc',
  user: 'policy.jsonc',
  project: 'guard.jsonc',
  environment: 'guard.jsonc',
};

/** The policy that a stack makes. @param names the layers that count; the others are missing */
export function merge(stack: Stack, names: readonly Layer[]): Policy {
  const files = new Map(names.flatMap((name) => (stack[name] ? filesOf(name, stack[name]) : [])));
  return loadPolicy({
    host: {
      home: real.home,
      codexHome: real.codexHome,
      pathKind: (path) => (files.has(path) ? 'file' : undefined),
      readFile: (path) => files.get(path),
    },
    projectRoot: cwd,
    now: new Date('2026-06-15'),
    ...(names.includes('environment') && stack.environment
      ? { environmentPath: `${FOLDERS.environment}/${NAMES.environment}` }
      : {}),
  });
}

function filesOf(name: Layer, { document, more, pack, damage }: RandomFile): (readonly [string, string])[] {
  const folder = FOLDERS[name];
  return [
    [`${folder}/${NAMES[name]}`, spoil(document, damage)],
    [`${folder}/more.jsonc`, JSON.stringify(more)],
    [`${folder}/node_modules/acme/package.json`, '{"codexGuard": "guard.jsonc"}'],
    [`${folder}/node_modules/acme/guard.jsonc`, JSON.stringify(pack)],
    ...(damage === 'tampered package'
      ? ([[`${folder}/guard.lock.json`, '{"files": {"acme/guard.jsonc": "sha256:00"}}']] as const)
      : []),
  ];
}

function spoil(document: Readonly<Record<string, unknown>>, damage: RandomFile['damage']): string {
  switch (damage) {
    case 'cut':
      return JSON.stringify(document).slice(0, -1);
    case 'unknown key':
      return JSON.stringify({ ...document, moed: 'observe' });
    case 'unknown guard':
      return JSON.stringify({
        ...document,
        guards: { ...(document.guards as object), 'branch-protectoin': 'off' },
      });
    default:
      return JSON.stringify(document);
  }
}
