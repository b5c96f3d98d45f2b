/** Whatever the layers say: nobody below loosens what somebody above demands. Random policies; a failure prints its seed. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileGlobs } from '../../lib/kit/globs.ts';
import { matchesHost, normalizeHost } from '../../lib/kit/hosts.ts';
import { AUTO_APPROVE, LEVELS, MODES, type OptionValue, UNCERTAIN } from '../../lib/policy/document.ts';
import { explainPolicy } from '../../lib/policy/load-policy.ts';
import { ENVIRONMENT, fakeHost, MANAGED, PROJECT, USER } from './fake-host.ts';
import { SAMPLE_GUARDS } from './sample-guards.ts';

const HOSTS = ['a.example.com', 'example.com', 'x.a.example.com', 'b.example', 'localhost', '10.0.0.1'].map(
  normalizeHost,
);
const PATHS = ['a.lock', 'src/a.ts', 'src/b/a.ts', '.env', 'src/.env', '.env.example', 'src/b/x.lock'];
const HOST_ENTRIES = [
  '*',
  '**.example.com',
  '*.example.com',
  'a.example.com',
  '**.a.example.com',
  'b.example',
  'localhost',
  '10.*.*.*',
];
const PATH_ENTRIES = [
  '**',
  '**/*.lock',
  'src/**',
  'src/b/**',
  'src/a.ts',
  '**/.env',
  '**/.env*',
  '*.lock',
  'a.lock',
];

type Statement = Readonly<Record<string, OptionValue>>;
interface Said {
  readonly mode?: (typeof MODES)[number];
  readonly uncertain?: (typeof UNCERTAIN)[number];
  readonly autoApprove?: boolean;
  readonly guards?: Readonly<Record<string, readonly [(typeof LEVELS)[number], Statement]>>;
}
interface Stack {
  readonly managed?: Said | undefined;
  readonly user?: Said | undefined;
  readonly project?: Said | undefined;
  readonly environment?: Said | undefined;
}

/** Random documents; with `exclusions`, lists may take entries away and refer to what they inherit. */
function documents(exclusions: boolean): fc.Arbitrary<Said> {
  const list = (entries: readonly string[]) => {
    const entry = fc.constantFrom(...entries);
    const more = exclusions
      ? fc.oneof(
          entry,
          entry.map((each) => `!${each}`),
          fc.constant('...'),
        )
      : entry;
    return fc.uniqueArray(more, { maxLength: 4 });
  };
  const level = fc.constantFrom(...LEVELS);
  const partly = { requiredKeys: [] };
  return fc.record(
    {
      mode: fc.constantFrom(...MODES),
      uncertain: fc.constantFrom(...UNCERTAIN),
      autoApprove: fc.boolean(),
      guards: fc.record(
        {
          'size-limit': fc.tuple(
            level,
            fc.record(
              {
                lines: fc.integer({ min: 1, max: 1000 }),
                reviewers: fc.integer({ min: 0, max: 5 }),
                exclude: list(PATH_ENTRIES),
                strict: fc.boolean(),
              },
              partly,
            ),
          ),
          'host-list': fc.tuple(
            level,
            fc.record(
              {
                allow: list(HOST_ENTRIES),
                deny: list(HOST_ENTRIES),
                protect: list(PATH_ENTRIES),
                remotes: fc.boolean(),
                listen: fc.constantFrom('any', 'loopback', 'none'),
              },
              partly,
            ),
          ),
        },
        partly,
      ),
    },
    partly,
  );
}

function stacks(exclusions: boolean): fc.Arbitrary<Stack> {
  const one = fc.option(documents(exclusions), { nil: undefined });
  return fc.record({ managed: one, user: one, project: one, environment: one });
}

/** Every value in force, by key. */
function merge({ managed, user, project, environment }: Stack): ReadonlyMap<string, OptionValue> {
  const said = { [MANAGED]: managed, [USER]: user, [PROJECT]: project, [ENVIRONMENT]: environment };
  const files = Object.fromEntries(
    Object.entries(said).flatMap(([path, each]) =>
      each === undefined ? [] : [[path, JSON.stringify(each)]],
    ),
  );
  const { policy, origins } = explainPolicy(
    {
      host: fakeHost(files),
      projectRoot: '/work/app',
      now: new Date(0),
      ...(environment === undefined ? {} : { environmentPath: ENVIRONMENT }),
    },
    SAMPLE_GUARDS,
  );
  expect(policy.problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  return new Map(origins.map(({ key, value }) => [key, value]));
}

/** What a document says, by the same keys. */
function* statementsOf(said: Said): Generator<readonly [string, OptionValue]> {
  if (said.mode !== undefined) yield ['mode', said.mode];
  if (said.uncertain !== undefined) yield ['uncertain', said.uncertain];
  if (said.autoApprove !== undefined) yield ['autoApprove', said.autoApprove];
  for (const [id, [level, options]] of Object.entries(said.guards ?? {})) {
    yield [`guards.${id}`, level];
    for (const [name, value] of Object.entries(options)) yield [`guards.${id}.${name}`, value];
  }
}

/** Which hosts or paths of the sample a list means. Written without the room's own comparisons. */
function meant(name: string, value: OptionValue): ReadonlySet<string> {
  const entries = value as readonly string[];
  if (name === 'allow' || name === 'deny')
    return new Set(
      HOSTS.filter((host) => entries.some((entry) => matchesHost(entry, host, undefined))).map(
        (host) => host.name,
      ),
    );
  const set = compileGlobs(entries);
  return new Set(PATHS.filter((path) => set.match(path) !== undefined));
}

/** True when `value` stops everything that `demand` stops. */
function isAsStrict(key: string, value: OptionValue, demand: OptionValue): boolean {
  const name = key.split('.')[2] ?? key;
  const row: readonly unknown[] =
    name === 'mode'
      ? MODES
      : name === 'uncertain'
        ? UNCERTAIN
        : name === 'autoApprove'
          ? AUTO_APPROVE
          : name === 'listen'
            ? ['any', 'loopback', 'none']
            : LEVELS;
  switch (name) {
    case 'lines':
      return (value as number) <= (demand as number);
    case 'reviewers':
      return (value as number) >= (demand as number);
    case 'strict':
      return value === true || demand === false;
    case 'remotes':
      return value === false || demand === true;
    case 'allow':
    case 'exclude':
      return [...meant(name, value)].every((each) => meant(name, demand).has(each));
    case 'deny':
    case 'protect':
      return [...meant(name, demand)].every((each) => meant(name, value).has(each));
    default:
      return row.indexOf(value) >= row.indexOf(demand);
  }
}

function expectAsStrict(
  merged: ReadonlyMap<string, OptionValue>,
  demands: Iterable<readonly [string, OptionValue]>,
): void {
  for (const [key, demand] of demands) {
    const value = merged.get(key);
    if (value === undefined || !isAsStrict(key, value, demand))
      throw new Error(`${key}: ${JSON.stringify(value)} is looser than ${JSON.stringify(demand)}`);
  }
}

const RUNS = { numRuns: 300 };

describe('random layers', { timeout: 30_000 }, () => {
  it('leave in force at least what every one of them says', () => {
    fc.assert(
      fc.property(stacks(false), (stack) => {
        const merged = merge(stack);
        for (const said of Object.values(stack) as (Said | undefined)[])
          if (said !== undefined) expectAsStrict(merged, statementsOf(said));
      }),
      RUNS,
    );
  });

  it('of a project and the environment loosen nothing', () => {
    fc.assert(
      fc.property(stacks(true), ({ managed, user, project, environment }) => {
        const without = merge({ managed, user });
        expectAsStrict(merge({ managed, user, project }), without);
        expectAsStrict(merge({ managed, user, project, environment }), without);
      }),
      RUNS,
    );
  });

  it('of a user loosen nothing that a managed policy speaks of', () => {
    fc.assert(
      fc.property(stacks(true), documents(true), (stack, managed) => {
        const ruled = [
          'mode',
          'uncertain',
          'autoApprove',
          ...Object.keys(managed.guards ?? {}).map((id) => `guards.${id}`),
        ];
        const demands = [...merge({ managed })].filter(([key]) =>
          ruled.some((start) => key === start || key.startsWith(`${start}.`)),
        );
        expectAsStrict(merge({ ...stack, managed }), demands);
      }),
      RUNS,
    );
  });

  it('are compared by a test that can fail', () => {
    const merged = merge({ user: { guards: { 'host-list': ['warn', { allow: ['*'] }] } } });
    expect(() => expectAsStrict(merged, [['guards.host-list', 'deny']])).toThrow('looser');
    expect(() => expectAsStrict(merged, [['guards.host-list.allow', ['a.example.com']]])).toThrow('looser');
    expect(() => expectAsStrict(merged, [['guards.host-list.deny', ['b.example']]])).toThrow('looser');
  });
});
