import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readClientOptions } from '../../bin/look.ts';
import { CLI } from '../built.ts';
import {
  edit,
  editHooks,
  environmentOf,
  handlerOf,
  type Installation,
  makeInstallation,
} from '../doctor/installation.ts';

let places: Installation;
beforeAll(() => {
  places = makeInstallation();
});
beforeEach(() => places.reset());
afterAll(() => places.remove());

/** Runs the built command line as a person would, without a client. */
function cli(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...args], {
    cwd: places.project,
    env: { ...environmentOf(places.home), PATH: '/usr/bin:/bin' },
    encoding: 'utf8',
  });
  return { exitCode: status, stdout, stderr };
}

const idsOf = (stdout: string): readonly string[] =>
  JSON.parse(stdout).findings.map(({ id }: { id: string }) => id);

describe('doctor', () => {
  it('is content with what install and a person’s trust leave', () => {
    const { exitCode, stdout } = cli('doctor', '--strict', '--codex', 'none');
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/ {2}PreToolUse +yes +yes +never\n/);
    expect(stdout).toContain('Ten production checks');
    expect(stdout).toMatch(/\d+ checks: 0 errors, 0 warnings, \d+ pieces of advice\n$/);
  });

  it('says what is wrong, plans, mends, and is content', () => {
    editHooks(places.hooksJson, (content) => {
      handlerOf(content, 'PreToolUse').timeout = 30_000;
      delete content.hooks.Stop;
    });
    writeFileSync(join(places.hooksDir, 'pre-tool-use.cjs'), 'process.exit(0)\n');
    edit(places.hooksJson, (text) => `\uFEFF${text}`);
    const first = cli('doctor', '--codex', 'none');
    expect(first.exitCode).toBe(1);
    expect(first.stdout).toContain('error [hooks-json-bom] A hooks.json starts with a byte order mark');
    expect(first.stdout).toContain('error [program-altered]');
    expect(first.stdout).toContain('    fix: codex-guard doctor --fix');
    expect(first.stdout).toContain('NOT PROTECTED');

    const broken = readFileSync(places.hooksJson);
    const plan = cli('doctor', '--fix', '--dry-run', '--codex', 'none');
    expect(plan.stdout).toContain(`Would mend\n  hooks-json-bom: change ${places.hooksJson}`);
    expect(readFileSync(places.hooksJson)).toEqual(broken);

    const { stdout } = cli('doctor', '--fix', '--json', '--codex', 'none');
    const report = JSON.parse(stdout);
    expect(report.schema).toBe('codex-guard/doctor/v1');
    expect(report.fixed.map(({ id }: { id: string }) => id)).toEqual([
      'hooks-json-bom',
      'program-altered',
      'not-wired',
    ]);
    expect(idsOf(stdout)).not.toContain('timeout-milliseconds');
    expect(readdirSync(places.codexHome).some((name) => name.endsWith('.bak'))).toBe(true);
    // The text is the one that was trusted: nothing is left to do.
    expect(cli('doctor', '--strict', '--codex', 'none').exitCode).toBe(0);
  });

  it('looks at the configuration as codex would be started', () => {
    const off = cli('doctor', '--json', '--codex', 'none', '--', '--disable', 'hooks');
    expect(off.exitCode).toBe(1);
    expect(idsOf(off.stdout)).toContain('hooks-off');
    const open = cli('doctor', '--codex', 'none', '--', '-c', 'sandbox_mode="danger-full-access"');
    expect(open.exitCode).toBe(0);
    expect(open.stdout).toContain(
      'sandbox            danger-full-access (-c sandbox_mode="danger-full-access")',
    );
    expect(cli('doctor', '--strict', '--codex', 'none', '--', '-s', 'danger-full-access').exitCode).toBe(1);
  });

  it('lists its checks', () => {
    const { stdout } = cli('doctor', '--list');
    expect(stdout).toMatch(/^hooks\n {2}not-wired +an event without our hook runs unguarded\n/);
    expect(JSON.parse(cli('doctor', '--list', '--json').stdout).checks.length).toBeGreaterThan(60);
  });

  it.each([
    [['doctor', '--dry-run'], /--dry-run goes with --fix/],
    [['doctor', '--', '--yolo', '1'], /--yolo is no option of codex that is looked at here/],
    [['doctor', '--', '-c'], /-c needs a value/],
    [['doctor', '--fxi'], /did you mean '--fix'/],
  ])('refuses %j', (args, message) => {
    const { exitCode, stderr } = cli(...args);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(message);
  });

  it('reads the options of the client in every spelling', () => {
    expect(
      readClientOptions(['-c', 'a=1', '--config=b=2', '-p', 'x', '--enable', 'f', '-a', 'never']),
    ).toEqual({
      profile: 'x',
      overrides: ['a=1', 'b=2', 'features.f=true', 'approval_policy="never"'],
    });
  });
});

describe('status', () => {
  it('shows in ten lines that all is on', () => {
    const { exitCode, stdout } = cli('status', '--codex', 'none');
    expect(exitCode).toBe(0);
    expect(stdout.split('\n').filter((line) => line !== '').length).toBeLessThanOrEqual(10);
    expect(stdout).toMatch(/^on\nwired {7}10 of 10 events\ntrusted {5}10 of 10\nlast fired {2}never\n/);
    expect(stdout).toMatch(/\npolicy {6}level-2, enforce, [0-9a-f]{12}\n/);
  });

  it('shows that it is not, and exits 0 all the same', () => {
    writeFileSync(places.configToml, 'features.hooks = false\n');
    const { exitCode, stdout } = cli('status', '--codex', 'none');
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^OFF\n/);
    expect(stdout).toContain(`but all hooks are switched off by ${places.configToml}`);
    expect(stdout).toMatch(/\ndoctor {6}2 errors: codex-guard doctor\n$/);
    expect(JSON.parse(cli('status', '--json', '--codex', 'none').stdout)).toMatchObject({
      schema: 'codex-guard/status/v1',
      protected: false,
      denialsToday: 0,
    });
  });
});
