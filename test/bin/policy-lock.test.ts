import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { CLI } from '../built.ts';

const scratch = mkdtempSync(join(tmpdir(), 'codex-guard-lock-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));
let project = '';
let home = '';
let count = 0;

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
const lockPath = () => join(project, '.codex', 'guard.lock.json');
const packagePath = (file: string) => join(project, 'node_modules', '@acme', 'codex-policy', file);
const STRICT =
  '{ "extends": ["./more.jsonc"], "guards": { "network-allowlist": ["deny", { "allow": [] }] } }\n';

beforeEach(() => {
  project = join(scratch, `p${count}`);
  home = join(scratch, `h${count++}`);
  mkdirSync(home);
  mkdirSync(join(project, '.git'), { recursive: true });
  write(join(project, '.git', 'HEAD'), 'ref: refs/heads/feature/x\n');
  write(join(project, '.codex', 'guard.jsonc'), '{ "extends": ["@acme/codex-policy"] }\n');
  write(packagePath('package.json'), '{ "name": "@acme/codex-policy", "codexGuard": "guard.jsonc" }');
  write(packagePath('guard.jsonc'), STRICT);
  write(packagePath('more.jsonc'), '{ "guards": { "change-size": ["deny", { "lines": 50 }] } }\n');
});

function cli(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const ran = spawnSync(process.execPath, [CLI, ...args], {
    cwd: project,
    env: { PATH: process.env.PATH ?? '', HOME: home, CODEX_HOME: home, NO_COLOR: '1', ...env },
    encoding: 'utf8',
  });
  return { exitCode: ran.status, stdout: ran.stdout.trimEnd(), stderr: ran.stderr.trimEnd() };
}

describe('policy lock', () => {
  it('pins every file of the packages; --check says whether it holds', () => {
    expect(cli(['policy', 'lock', '--check'])).toMatchObject({ exitCode: 1 });
    expect(existsSync(lockPath())).toBe(false);
    const { exitCode, stdout } = cli(['policy', 'lock']);
    expect(exitCode).toBe(0);
    expect(stdout).toContain(`wrote ${lockPath()}: 2 files of packages pinned`);
    expect(Object.keys(JSON.parse(readFileSync(lockPath(), 'utf8')).files)).toEqual([
      '@acme/codex-policy/guard.jsonc',
      '@acme/codex-policy/more.jsonc',
    ]);
    expect(cli(['policy', 'lock', '--check'])).toEqual({
      exitCode: 0,
      stdout: `${lockPath()} holds: 2 files of packages as it says`,
      stderr: '',
    });
    expect(cli(['policy', 'check']).exitCode).toBe(0);
    const before = readFileSync(lockPath(), 'utf8');
    expect(cli(['policy', 'lock']).stdout).toContain('holds');
    expect(readFileSync(lockPath(), 'utf8')).toBe(before);
  });

  it('shows what a tampered package changed, keeps level-2 meanwhile, and accepts it when asked', () => {
    cli(['policy', 'lock']);
    const loose = '{ "mode": "observe", "guards": { "branch-protection": "off" } }\n';
    write(packagePath('guard.jsonc'), loose);
    const check = cli(['policy', 'check']);
    expect(check.exitCode).toBe(3);
    expect(check.stdout).toMatch(
      /guard\.jsonc:1:\d+: `@acme\/codex-policy\/guard\.jsonc` is not what guard\.lock\.json says/,
    );
    expect(check.stdout).toContain('hint: see `codex-guard policy lock --check`');
    expect(cli(['check', 'git push origin main']).exitCode).toBe(1);
    const seen = cli(['policy', 'lock', '--check']);
    expect(seen.exitCode).toBe(1);
    expect(seen.stdout).toMatch(
      /^changed {2}@acme\/codex-policy\/guard\.jsonc {2}sha256:[0-9a-f]{64}\n {9}was sha256:[0-9a-f]{64}\ngone {5}@acme\/codex-policy\/more\.jsonc/,
    );
    expect(cli(['policy', 'lock']).exitCode).toBe(0);
    // A project may only tighten, whatever it pins.
    expect(cli(['policy', 'check']).exitCode).toBe(0);
    expect(cli(['check', 'git push origin main']).exitCode).toBe(1);
  });

  it('keeps a tampered package from loosening a user’s policy', () => {
    const user = (file: string) => join(home, 'guard', file);
    write(user('policy.jsonc'), '{ "extends": ["acme"] }\n');
    write(user('node_modules/acme/guard.jsonc'), '{ "guards": { "privilege": "deny" } }\n');
    write(user('node_modules/acme/package.json'), '{}');
    expect(cli(['policy', 'lock', '--layer', 'user']).exitCode).toBe(0);
    write(user('node_modules/acme/guard.jsonc'), '{ "guards": { "branch-protection": "off" } }\n');
    expect(cli(['check', 'git push origin main']).exitCode).toBe(1);
    rmSync(user('guard.lock.json'));
    expect(cli(['check', 'git push origin main']).exitCode).toBe(0);
  });

  it.each(['{', '{}', 'null'])('mends a lock that is %s', (text) => {
    write(lockPath(), text);
    expect(cli(['policy', 'check']).exitCode).toBe(3);
    expect(cli(['policy', 'lock', '--check']).exitCode).toBe(1);
    expect(cli(['policy', 'lock']).exitCode).toBe(0);
    expect(cli(['policy', 'check']).exitCode).toBe(0);
  });

  it('pins nothing of a policy that is wrong', () => {
    rmSync(packagePath('more.jsonc'));
    const { exitCode, stderr } = cli(['policy', 'lock']);
    expect(exitCode).toBe(3);
    expect(stderr).toContain('there is no file');
    expect(existsSync(lockPath())).toBe(false);
  });

  it('has nothing to do without packages or a policy, and no ear for agents', () => {
    expect(cli(['policy', 'lock'], { CODEX_THREAD_ID: 't' })).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining('error[refused]: an agent seems to ask for this'),
    });
    write(join(project, '.codex', 'guard.jsonc'), '{}');
    expect(cli(['policy', 'lock'])).toMatchObject({
      exitCode: 0,
      stdout: 'nothing to pin: the policy extends no package',
    });
    rmSync(join(project, '.codex', 'guard.jsonc'));
    expect(cli(['policy', 'lock'])).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('there is no policy file'),
    });
    expect(cli(['policy', 'lock', '--layer', 'team']).exitCode).toBe(2);
  });
});
