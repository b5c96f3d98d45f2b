import { describe, expect, it } from 'vitest';
import { guards } from '../../lib/guards/index.ts';
import { digestText } from '../../lib/policy/digest.ts';
import { explainPolicy, loadPolicy, type PolicyInput } from '../../lib/policy/load-policy.ts';
import { DEFAULT_DIGEST, PRESETS } from '../../lib/policy/presets.gen.ts';
import { digestState, startState } from '../../lib/policy/state.ts';
import type { Policy } from '../../lib/types/policy.ts';
import { ENVIRONMENT, type Files, fakeHost, MANAGED, PROJECT, USER } from './fake-host.ts';
import { SAMPLE_GUARDS } from './sample-guards.ts';

const NOW = new Date('2026-06-15T12:00:00Z');

function inputOf(files: Files): PolicyInput {
  return {
    host: fakeHost(files),
    projectRoot: '/work/app',
    now: NOW,
    ...(Object.hasOwn(files, ENVIRONMENT) ? { environmentPath: ENVIRONMENT } : {}),
  };
}

const load = (files: Files): Policy => loadPolicy(inputOf(files), SAMPLE_GUARDS);
const optionsOf = (policy: Policy, id: string) => policy.guards[id]?.options ?? {};
/** `severity file:line message` of every problem. */
const troubles = (policy: Policy) =>
  policy.problems.map(
    ({ severity, file, line, message }) => `${severity} ${file}${line ? `:${line}` : ''} ${message}`,
  );

describe('with no files', () => {
  it('the default preset holds, with its recorded digest', () => {
    const policy = loadPolicy(inputOf({}));
    expect(policy).toMatchObject({ mode: 'enforce', uncertain: 'warn', exceptions: [], problems: [] });
    expect(policy.sources).toEqual([{ layer: 'preset', name: 'codex-guard:level-2' }]);
    expect(Object.keys(policy.guards)).toEqual(guards.map(({ id }) => id));
    expect(policy.tests.length).toBeGreaterThan(0);
    const preset = PRESETS['level-2']?.document();
    if (preset === undefined) throw new Error('no preset');
    const table = Object.fromEntries(guards.map((guard) => [guard.id, guard]));
    expect(policy.digest).toBe(digestState(startState(table, preset), []));
    expect(policy.digest).toBe(DEFAULT_DIGEST);
  });

  it('globs are compiled, with the home of the host', () => {
    const { deny } = optionsOf(loadPolicy(inputOf({})), 'protected-paths');
    if (typeof deny !== 'object' || !('match' in deny)) throw new Error('not compiled');
    expect(deny.match('/home/ada/.ssh/id_ed25519')).toBe('~/.ssh/**');
    expect(deny.match('/home/bob/.ssh/config')).toBeUndefined();
    // What is forbidden is forbidden in any spelling.
    expect(deny.match('.ENV')).toBe('.env');
  });
});

describe('the user', () => {
  it('may loosen and tighten the preset', () => {
    const policy = load({
      [USER]:
        '{"mode": "observe", "guards": {"size-limit": ["off", {"lines": 9000}], "host-list": {"allow": ["*"]}}}',
    });
    expect(troubles(policy)).toEqual([]);
    expect(policy.mode).toBe('observe');
    expect(policy.guards['size-limit']).toMatchObject({
      level: 'off',
      options: { lines: 9000, reviewers: 1 },
    });
    expect(optionsOf(policy, 'host-list')).toMatchObject({ allow: ['*'], deny: ['bad.example.com'] });
    expect(policy.sources.map(({ layer }) => layer)).toEqual(['preset', 'user']);
  });

  it('may start from another preset, which takes the place of the default', () => {
    const policy = loadPolicy(inputOf({ [USER]: '{"extends": "codex-guard:level-0"}' }));
    const other = loadPolicy(inputOf({}));
    expect(troubles(policy)).toEqual([]);
    expect(policy.uncertain).toBe('deny');
    expect(policy.sources).toEqual([
      { layer: 'user', name: 'codex-guard:level-0' },
      { layer: 'user', name: USER },
    ]);
    expect(policy.guards['change-size']?.options.lines).toBe(1);
    expect(policy.digest).not.toBe(other.digest);
  });

  it('brings tests of their own in the place of the shipped ones', () => {
    const policy = load({
      [USER]: '{"extends": "codex-guard:level-0", "tests": [{"command": "ls", "expect": "pass"}]}',
    });
    expect(policy.tests).toEqual([{ command: 'ls', expect: 'pass', file: USER }]);
  });

  it('may lay an overlay over the default', () => {
    const policy = loadPolicy(inputOf({ [USER]: '{"extends": ["codex-guard:danger-run"]}' }));
    expect(policy.uncertain).toBe('deny');
    expect(policy.guards['change-size']?.options).toMatchObject({ lines: 800, deletions: 5 });
  });

  it('an overlay only tightens', () => {
    const policy = loadPolicy(
      inputOf({ [USER]: '{"extends": ["codex-guard:level-0", "codex-guard:danger-run"]}' }),
    );
    expect(policy.guards['change-size']?.options.deletions).toBe(0);
  });
});

describe('a project', () => {
  it('may tighten', () => {
    const policy = load({
      [PROJECT]: `{"uncertain": "deny", "guards": {
        "size-limit": ["deny", {"lines": 20, "reviewers": 2, "exclude": ["yarn.lock"], "strict": true}],
        "host-list": {"allow": ["api.example.com"], "deny": ["x.example.com"], "protect": ["**/*.pem"], "remotes": false, "listen": "none"}
      }}`,
    });
    expect(troubles(policy)).toEqual([]);
    expect(policy.uncertain).toBe('deny');
    expect(policy.guards['size-limit']).toMatchObject({
      level: 'deny',
      options: { lines: 20, reviewers: 2, strict: true, exclude: { patterns: ['yarn.lock'] } },
    });
    expect(optionsOf(policy, 'host-list')).toMatchObject({
      allow: ['api.example.com'],
      deny: ['bad.example.com', 'x.example.com'],
      protect: { patterns: ['**/.env', '**/*.pem'] },
      remotes: false,
      listen: 'none',
    });
  });

  it('may not loosen, and is told so', () => {
    const policy = load({
      [USER]:
        '{"guards": {"size-limit": ["deny", {"strict": true}], "host-list": {"listen": "loopback", "remotes": false}}}',
      [PROJECT]: `{"mode": "observe",
        "uncertain": "pass",
        "guards": {
        "size-limit": ["off",
          {"lines": 900,
          "reviewers": 0,
          "exclude": ["**"],
          "strict": false}],
        "host-list": {"allow": ["*"],
          "deny": ["!bad.example.com"],
          "protect": ["!**/.env"],
          "remotes": true,
          "listen": "any"}
      }}`,
    });
    const untouched = load({
      [USER]:
        '{"guards": {"size-limit": ["deny", {"strict": true}], "host-list": {"listen": "loopback", "remotes": false}}}',
    });
    const file = `warning ${PROJECT}`;
    expect(troubles(policy)).toEqual([
      `${file}:1 mode: \`observe\` is looser than \`enforce\` (preset codex-guard:level-2); the stricter stays`,
      `${file}:2 uncertain: \`pass\` is looser than \`warn\` (preset codex-guard:level-2); the stricter stays`,
      `${file}:4 the level of size-limit: \`off\` is looser than \`deny\` (user ${USER}); the stricter stays`,
      `${file}:5 size-limit.lines: 900 is looser than 500 (preset guard); the stricter stays`,
      `${file}:6 size-limit.reviewers: 0 is looser than 1 (preset guard); the stricter stays`,
      `${file}:7 size-limit.exclude: \`**\` is not allowed so far (preset guard); the stricter stays`,
      `${file}:8 size-limit.strict: false is looser than true (user ${USER}); the stricter stays`,
      `${file}:9 host-list.allow: \`*\` is not allowed so far (preset guard); the stricter stays`,
      `${file}:10 host-list.deny: \`!bad.example.com\` would take away what is forbidden (preset guard); the stricter stays`,
      `${file}:11 host-list.protect: \`!**/.env\` would take away what is forbidden (preset guard); the stricter stays`,
      `${file}:12 host-list.remotes: true is looser than false (user ${USER}); the stricter stays`,
      `${file}:13 host-list.listen: any is looser than loopback (user ${USER}); the stricter stays`,
    ]);
    expect(policy.digest).toBe(untouched.digest);
  });

  it('extending a looser preset changes nothing and says so once', () => {
    const policy = loadPolicy(
      inputOf({
        [USER]: '{"extends": "codex-guard:level-0"}',
        [PROJECT]: '{"extends": "codex-guard:level-2"}',
      }),
    );
    expect(policy.guards['change-size']?.options.lines).toBe(1);
    expect(policy.uncertain).toBe('deny');
    const warnings = troubles(policy);
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toMatch(
      /^warning codex-guard:level-2 \d+ of its values are looser than what is in force/,
    );
  });

  it('the environment may only tighten, too, and its file has to be there', () => {
    const policy = load({ [ENVIRONMENT]: '{"mode": "observe", "guards": {"host-list": {"allow": []}}}' });
    expect(policy.mode).toBe('enforce');
    expect(optionsOf(policy, 'host-list').allow).toEqual([]);
    const missing = loadPolicy({ ...inputOf({}), environmentPath: '/none.jsonc' }, SAMPLE_GUARDS);
    expect(troubles(missing)).toEqual(['error /none.jsonc there is no file `/none.jsonc`']);
  });
});

describe('a managed policy', () => {
  const managed = '{"guards": {"size-limit": ["warn", {"lines": 100}]}}';

  it('may loosen the preset', () => {
    const policy = load({ [MANAGED]: '{"mode": "observe", "guards": {"host-list": "off"}}' });
    expect(policy.mode).toBe('observe');
    expect(policy.guards['host-list']?.level).toBe('off');
  });

  it('cannot be loosened in anything that it speaks of, nor in mode and uncertain', () => {
    const policy = load({
      [MANAGED]: managed,
      [USER]:
        '{"mode": "observe", "uncertain": "pass", "guards": {"size-limit": ["off", {"lines": 200, "exclude": ["**"]}], "host-list": "off"}}',
    });
    expect(policy).toMatchObject({ mode: 'enforce', uncertain: 'warn' });
    expect(policy.guards['size-limit']).toMatchObject({
      level: 'warn',
      options: { lines: 100, exclude: { patterns: ['**/*.lock'] } },
    });
    expect(policy.problems).toHaveLength(5);
    expect(troubles(policy)[3]).toBe(
      `warning ${USER}:1 size-limit.lines: 200 is looser than 100 (managed ${MANAGED}); the stricter stays`,
    );
    // What it does not speak of is the user's.
    expect(policy.guards['host-list']?.level).toBe('off');
  });

  it('can be tightened', () => {
    const policy = load({
      [MANAGED]: managed,
      [USER]: '{"guards": {"size-limit": ["deny", {"lines": 50}]}}',
    });
    expect(troubles(policy)).toEqual([]);
    expect(policy.guards['size-limit']).toMatchObject({ level: 'deny', options: { lines: 50 } });
    expect(policy.sources.map(({ layer }) => layer)).toEqual(['preset', 'user', 'managed']);
  });

  it('that builds on a preset rules all of it', () => {
    const policy = loadPolicy(
      inputOf({
        [MANAGED]: '{"extends": "codex-guard:level-3"}',
        [USER]: '{"extends": "codex-guard:level-2", "guards": {"change-size": {"lines": 400}}}',
      }),
    );
    expect(policy.uncertain).toBe('deny');
    expect(policy.guards['change-size']?.options).toMatchObject({ lines: 400, files: 20 });
  });

  it('without a preset keeps what the user builds on for the rest', () => {
    const policy = loadPolicy(
      inputOf({
        [MANAGED]: '{"guards": {"change-size": {"lines": 2000}}}',
        [USER]: '{"extends": "codex-guard:level-0"}',
      }),
    );
    // What it speaks of, the user's preset can only tighten; the other guards start from it.
    expect(policy.guards['change-size']?.options).toMatchObject({ lines: 1, deletions: 0 });
    expect(policy.guards['branch-protection']?.options.force).toBe('never');
    expect(policy.guards['network-allowlist']?.options.ownRemotes).toBe(false);
  });
});

describe('a file with a mistake', () => {
  const broken = '{"mode": "observe", "guards": {"size-limit": ["off", {"lines": 9, "lnies": 3}]}}';

  it('of the user loosens nothing; what it tightens holds', () => {
    const policy = load({ [USER]: broken });
    expect(policy).toMatchObject({ mode: 'enforce', uncertain: 'warn' });
    expect(policy.guards['size-limit']).toMatchObject({ level: 'warn', options: { lines: 9 } });
    expect(policy.problems.filter(({ severity }) => severity === 'error')).toEqual([
      {
        severity: 'error',
        message: 'size-limit has no `lnies`',
        file: USER,
        line: 1,
        column: 67,
        hint: 'did you mean `lines`?',
      },
    ]);
  });

  it('of a project brings the default back where the user had loosened it', () => {
    const loose =
      '{"extends": "codex-guard:level-2", "mode": "observe", "guards": {"change-size": ["off", {"lines": 9999}]}}';
    const policy = loadPolicy(inputOf({ [USER]: loose, [PROJECT]: '{"guards": ' }));
    expect(policy.mode).toBe('enforce');
    expect(policy.guards['change-size']).toMatchObject({ level: 'deny', options: { lines: 800 } });
    expect(troubles(policy)[0]).toBe(`error ${PROJECT}:1 a value is missing`);
  });

  it('of the company locks everything', () => {
    const policy = load({
      [MANAGED]: broken,
      [USER]: '{"guards": {"host-list": "off", "size-limit": "off"}}',
    });
    expect(policy.guards['host-list']?.level).toBe('deny');
    expect(policy.guards['size-limit']?.level).toBe('warn');
  });

  it.each([
    ['is no regular file', {}, 'is no regular file'],
    ['is larger than 1 MiB', `{} //${'x'.repeat(1024 * 1024)}`, 'cannot be read, or is larger than 1 MiB'],
  ])('that %s is a mistake and no absence', (_, content, message) => {
    for (const path of [USER, PROJECT, MANAGED]) {
      const policy = load({ [path]: content });
      expect(troubles(policy)).toEqual([`error ${path} \`${path}\` ${message}`]);
      expect(policy.mode).toBe('enforce');
    }
  });
});

describe('exceptions', () => {
  const exception = (until = '2026-06-15') =>
    `{"exceptions": [{"guard": "host-list", "match": {"host": "*.x.example"}, "reason": "trial", "until": "${until}"}]}`;

  it('of the user and the company hold to the end of their last day', () => {
    for (const [path, layer] of [
      [USER, 'user'],
      [MANAGED, 'managed'],
    ] as const) {
      const policy = load({ [path]: exception() });
      expect(troubles(policy)).toEqual([]);
      expect(policy.exceptions).toEqual([
        { guard: 'host-list', match: { host: '*.x.example' }, reason: 'trial', until: '2026-06-15', layer },
      ]);
      expect(policy.digest).not.toBe(load({}).digest);
    }
  });

  it('that ended are left out and reported', () => {
    const policy = load({ [USER]: exception('2026-06-14') });
    expect(policy.exceptions).toEqual([]);
    expect(troubles(policy)).toEqual([`warning ${USER}:1 this exception to host-list ended on 2026-06-14`]);
  });

  it('of a project or the environment are refused', () => {
    for (const path of [PROJECT, ENVIRONMENT]) {
      const policy = load({ [path]: exception() });
      expect(policy.exceptions).toEqual([]);
      expect(troubles(policy)).toEqual([
        `warning ${path}:1 an exception to host-list is refused here: only the user or the company may make it`,
      ]);
    }
  });

  it('of the user are refused where the company rules', () => {
    const policy = load({ [USER]: exception(), [MANAGED]: '{"guards": {"host-list": "deny"}}' });
    expect(policy.exceptions).toEqual([]);
    expect(troubles(policy)[0]).toContain('only the managed policy may make it');
  });

  it('wait while their file has a mistake', () => {
    const policy = load({ [USER]: exception().replace('{', '{"moed": 1, ') });
    expect(policy.exceptions).toEqual([]);
    expect(troubles(policy).at(-1)).toContain('waits until the mistakes of its file are mended');
  });
});

describe('extends', () => {
  const folder = '/home/ada/.codex/guard';

  it('reads paths, packages and presets, each below the file that names it', () => {
    const policy = load({
      [USER]: '{"extends": ["./a.jsonc", "@acme/codex-policy"], "guards": {"size-limit": {"strict": true}}}',
      [`${folder}/a.jsonc`]: '{"guards": {"size-limit": {"lines": 10, "reviewers": 5}}}',
      [`${folder}/node_modules/@acme/codex-policy/package.json`]: '{"codexGuard": "./policies/main.jsonc"}',
      [`${folder}/node_modules/@acme/codex-policy/policies/main.jsonc`]:
        '{"extends": "../more.jsonc", "guards": {"size-limit": {"lines": 30}}}',
      [`${folder}/node_modules/@acme/codex-policy/more.jsonc`]:
        '{"guards": {"size-limit": {"lines": 20, "strict": false}}}',
    });
    expect(troubles(policy)).toEqual([]);
    expect(optionsOf(policy, 'size-limit')).toMatchObject({ lines: 30, reviewers: 5, strict: true });
    expect(policy.sources.map(({ name }) => name.replace(`${folder}/`, ''))).toEqual([
      'codex-guard:level-2',
      'a.jsonc',
      'node_modules/@acme/codex-policy/more.jsonc',
      'node_modules/@acme/codex-policy/policies/main.jsonc',
      'policy.jsonc',
    ]);
  });

  it.each([
    ['"codex-guard:level2"', 'there is no preset `level2`', 'did you mean `codex-guard:level-2`?'],
    ['"./none.jsonc"', `there is no file \`${folder}/none.jsonc\``, undefined],
    ['"./policy.jsonc"', `\`${USER}\` extends itself`, undefined],
    ['"./loop.jsonc"', `\`${USER}\` extends itself`, undefined],
    ['"acme"', 'package `acme` is not installed', undefined],
    ['"bad"', 'package `bad` has a package.json that is no JSON', undefined],
    ['"out"', 'package `out` has a `codexGuard` in package.json that is no path inside it', undefined],
    ['"empty"', 'package `empty` has no `codexGuard` in package.json and no guard.jsonc', undefined],
    ['"../../etc/x/../../y z"', 'there is no file `/home/ada/y z`', undefined],
    ['"a b"', 'extends takes presets, packages and paths that start with `./`, not `a b`', undefined],
    ['"planted"', 'package `planted` is not installed', undefined],
  ])('%s: %s', (entry, message, hint) => {
    const policy = load({
      [USER]: `{"mode": "observe",\n "extends": [${entry}]}`,
      [`${folder}/loop.jsonc`]: '{"extends": "./policy.jsonc"}',
      [`${folder}/node_modules/bad/package.json`]: '{',
      [`${folder}/node_modules/out/package.json`]: '{"codexGuard": "../../../other.jsonc"}',
      [`${folder}/node_modules/empty/package.json`]: '{}',
      // Outside the user's Codex folder, where the agent may write.
      '/home/ada/node_modules/planted/package.json': '{"codexGuard": "guard.jsonc"}',
      '/home/ada/node_modules/planted/guard.jsonc': '{"mode": "observe"}',
    });
    const [error] = policy.problems.filter(({ severity }) => severity === 'error');
    expect(error).toMatchObject({ message, ...(hint === undefined ? {} : { hint }) });
    expect(policy.mode).toBe('enforce');
  });

  it('finds packages above a project', () => {
    const policy = load({
      [PROJECT]: '{"extends": "acme"}',
      '/work/node_modules/acme/package.json': '{"name": "acme"}',
      '/work/node_modules/acme/guard.jsonc': '{"guards": {"size-limit": "deny"}}',
    });
    expect(troubles(policy)).toEqual([]);
    expect(policy.guards['size-limit']?.level).toBe('deny');
  });

  it('is bounded in depth and number', () => {
    const chain = Object.fromEntries(
      Array.from({ length: 30 }, (_, at) => [`${folder}/${at}.jsonc`, `{"extends": "./${at + 1}.jsonc"}`]),
    );
    const deep = load({ ...chain, [USER]: '{"extends": "./0.jsonc"}' });
    expect(troubles(deep)).toEqual([`error ${folder}/6.jsonc:1 extends leads to too many files`]);
    const names = Array.from({ length: 16 }, (_, at) => `./${at}.jsonc`);
    const wide = load({
      ...Object.fromEntries(names.map((name) => [`${folder}/${name.slice(2)}`, '{}'])),
      [USER]: JSON.stringify({ extends: names }),
    });
    expect(troubles(wide)).toEqual([`error ${USER}:1 extends leads to too many files`]);
  });

  describe('with guard.lock.json', () => {
    const text = '{"guards": {"size-limit": "deny"}}';
    const files: Files = {
      [USER]: '{"extends": "acme"}',
      [`${folder}/node_modules/acme/package.json`]: '{"codexGuard": "guard.jsonc"}',
      [`${folder}/node_modules/acme/guard.jsonc`]: text,
    };
    const withLock = (lock: string) => load({ ...files, [`${folder}/guard.lock.json`]: lock });

    it('takes what it was locked to', () => {
      const policy = withLock(
        JSON.stringify({ files: { 'acme/guard.jsonc': `sha256:${digestText(text)}` } }),
      );
      expect(troubles(policy)).toEqual([]);
      expect(policy.guards['size-limit']?.level).toBe('deny');
    });

    it.each([
      ['{"files": {"acme/guard.jsonc": "sha256:00"}}', '`acme/guard.jsonc` is not what guard.lock.json says'],
      ['{"files": {}}', '`acme/guard.jsonc` is not in guard.lock.json'],
      ['{}', 'this lock holds no `files` with digests'],
      ['{', 'this lock holds no `files` with digests'],
    ])('%s: %s', (lock, message) => {
      const policy = withLock(lock);
      expect(policy.problems.map((problem) => problem.message)).toContain(message);
      expect(policy.problems[0]?.severity).toBe('error');
    });
  });
});

describe('explainPolicy', () => {
  it('says which file set each value', () => {
    const { policy, origins } = explainPolicy(
      inputOf({
        [USER]: '{\n"guards": {"size-limit": {"lines": 100}}}',
        [PROJECT]:
          '{"uncertain": "deny", "guards": {"size-limit": {"lines": 300}, "host-list": {"deny": ["x"]}}}',
      }),
      SAMPLE_GUARDS,
    );
    expect(policy.uncertain).toBe('deny');
    const named = Object.fromEntries(origins.map(({ key, ...rest }) => [key, rest]));
    expect(named).toMatchObject({
      mode: { value: 'enforce', layer: 'preset', source: 'codex-guard:level-2' },
      uncertain: { value: 'deny', layer: 'project', source: PROJECT, line: 1 },
      'guards.size-limit': { value: 'warn', layer: 'preset', source: 'guard' },
      'guards.size-limit.lines': { value: 100, layer: 'user', source: USER, line: 2 },
      'guards.host-list.deny': { value: ['bad.example.com', 'x'], layer: 'project', source: PROJECT },
    });
    expect(origins).toHaveLength(14);
  });
});
