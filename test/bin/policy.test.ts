import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { CLI, ROOT } from '../built.ts';
import { makeProject } from '../pipeline.ts';

const scratch = mkdtempSync(join(tmpdir(), 'codex-guard-policy-cli-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));
let home = '';
let count = 0;
beforeEach(() => {
  home = join(scratch, String(count++));
  mkdirSync(home);
});

interface Test {
  readonly command: string;
  readonly passed: boolean;
}

function policy(...given: readonly (string | { readonly cwd: string })[]) {
  const args = given.filter((each) => typeof each === 'string');
  const { cwd } = given.find((each) => typeof each !== 'string') ?? { cwd: makeProject() };
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, 'policy', ...args], {
    cwd,
    env: {
      PATH: process.env.PATH ?? '',
      HOME: home,
      CODEX_HOME: home,
      NO_COLOR: '1',
      npm_config_registry: 'http://registry.example/',
    },
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

describe('policy init', () => {
  const path = () => join(home, 'guard', 'policy.jsonc');

  it('without a terminal shows what it would write, and writes it with --yes', () => {
    const shown = policy('init');
    expect(shown).toMatchObject({ status: 0, stderr: expect.stringContaining('nothing was written') });
    expect(existsSync(path())).toBe(false);
    expect(policy('init', '--yes', '--level', 'level-1').status).toBe(0);
    expect(readFileSync(path(), 'utf8')).toBe(
      shown.stdout
        .replace('level-2', 'level-1')
        .replace(
          /(?<=\n) {2}\/\/ For .*/,
          '  // For small fixes while a person watches. Goes with sandbox_mode workspace-write and approval_policy on-request.',
        ),
    );
    expect(policy('check').status).toBe(0);
  });

  it('leaves a file that is there, and shows the difference', () => {
    mkdirSync(join(home, 'guard'));
    writeFileSync(path(), '{}\n');
    const { status, stdout, stderr } = policy('init', '--yes');
    expect([status, readFileSync(path(), 'utf8')]).toEqual([1, '{}\n']);
    expect(stdout).toContain('+  "extends": ["codex-guard:level-2"]');
    expect(stderr).toContain('stays as it is');
  });

  it.each([
    [['--level', 'level-9'], /there is no level 'level-9'/],
    [['--scope', 'managed'], /there is no scope 'managed'/],
  ])('does not know %j', (args, message) => {
    expect(policy('init', '--yes', ...args)).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(message),
    });
  });
});

it('prints the schema that is shipped', () => {
  const shipped = readFileSync(join(ROOT, 'policies', 'policy.schema.json'), 'utf8');
  expect(policy('schema').stdout).toBe(shipped);
  expect(policy('schema', '--json').stdout).toBe(shipped);
});

describe('policy export', () => {
  it('replaces its own files and no others', () => {
    const out = join(home, 'out');
    expect(policy('export', '--codex', '--format', 'all', '--out', out).status).toBe(0);
    expect(policy('export', '--codex', '--out', out).status).toBe(0);
    writeFileSync(join(out, 'guard.rules'), 'prefix_rule(pattern=["x"])\n');
    const { status, stderr } = policy('export', '--codex', '--format', 'rules', '--out', out);
    expect([status, stderr]).toEqual([4, expect.stringContaining('was not made by an export')]);
  });

  it('is the same twice, and JSON on demand', () => {
    const { stdout } = policy('export', '--codex');
    expect(policy('export', '--codex').stdout).toBe(stdout);
    const { schema, files } = JSON.parse(policy('export', '--format', 'all', '--json').stdout);
    expect(schema).toBe('codex-guard/policy-export/v1');
    expect(Object.keys(files)).toEqual(['guard.config.toml', 'guard.rules', 'requirements.toml']);
    expect(files['guard.config.toml']).toContain('"registry.example" = "allow"');
  });

  it.each([
    [['--format', 'all'], /name a folder/],
    [['--format', 'yaml'], /there is no format 'yaml'/],
    [['--name', 'a b'], /cannot be the name of a profile/],
  ])('refuses %j', (args, message) => {
    expect(policy('export', ...args)).toMatchObject({ status: 2, stderr: expect.stringMatching(message) });
  });
});

it('tells a configuration that is no TOML from one that is not there', () => {
  writeFileSync(join(home, 'x.toml'), 'a = = 1\n');
  expect(policy('drift', '--config', join(home, 'x.toml')).stderr).toMatch(
    /line 1: not valid TOML.*\n {2}at .*x\.toml/,
  );
  expect(policy('drift', '--config', join(home, 'y.toml')).stderr).toContain('there is no such file');
  expect(JSON.parse(policy('drift', '--json').stdout).findings[0].id).toBe('profile-missing');
});

it('runs the tests of a preset in no project at all, and those of the project in it', () => {
  const loud = { 'package.json': '{ "name": "x", "scripts": { "prepare": "rm -rf ~", "bye": "rm -rf ~" } }' };
  const tests = [{ command: 'npm run bye', expect: 'deny' }];
  const run = (files: Record<string, string>): readonly Test[] =>
    JSON.parse(policy('check', '--json', { cwd: makeProject('main', files) }).stdout).tests;
  expect(run(loud)).toContainEqual(expect.objectContaining({ command: 'npm ci', passed: true }));
  expect(run({ ...loud, '.codex/guard.jsonc': JSON.stringify({ tests }) })).toEqual([
    expect.objectContaining({ command: 'npm run bye', passed: true, got: 'deny' }),
  ]);
});
