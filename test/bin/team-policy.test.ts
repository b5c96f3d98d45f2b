/** The path of a platform team, as a new user goes it: a policy as a package, a managed file above it, a project below it. */

import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { CLI, ROOT } from '../built.ts';
import { canBeManaged, managedWords } from '../managed.ts';

const scratch = realpathSync(mkdtempSync(join(tmpdir(), 'codex-guard-team-')));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const codexHome = join(scratch, '.codex');
const project = join(scratch, 'project');
const env = {
  PATH: process.env.PATH ?? '',
  HOME: scratch,
  CODEX_HOME: codexHome,
  NO_COLOR: '1',
  npm_config_cache: join(scratch, 'npm'),
};
mkdirSync(join(codexHome, 'guard'), { recursive: true });
mkdirSync(project);
execFileSync('git', ['init', '-q', '-b', 'feature/x'], { cwd: project });

/** Packs the example and installs the package, without a network. */
function installPackage(): void {
  const npm = (...args: readonly string[]) => execFileSync('npm', args, { cwd: scratch, env, stdio: 'pipe' });
  npm('pack', '--silent', '--pack-destination', scratch, join(ROOT, 'examples', 'team-policy'));
  const archive = readdirSync(scratch).find((name) => name.endsWith('.tgz')) ?? '';
  npm('install', '--offline', '--no-audit', '--no-fund', '--prefix', codexHome, join(scratch, archive));
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
const writeUser = (text: string) => write(join(codexHome, 'guard', 'policy.jsonc'), text);
const writeProject = (text: string) => write(join(project, '.codex', 'guard.jsonc'), text);

function run(command: readonly string[]) {
  const [program = '', ...args] = command;
  const { status, stdout, stderr } = spawnSync(program, args, { cwd: project, env, encoding: 'utf8' });
  return { status, stdout: stdout.trimEnd(), stderr };
}
const guard = (...args: readonly string[]) => run([process.execPath, CLI, ...args]);

describe('a policy as a package', () => {
  installPackage();
  const user = `{
  "extends": ["@acme/codex-policy"],
  "exceptions": [
    { "guard": "data-loss", "match": { "path": "scratch/**" }, "reason": "generated", "until": "2020-01-31" }
  ]
}
`;

  it('is in force once it is extended, and its tests hold', () => {
    writeUser('{ "extends": ["@acme/codex-policy"] }\n');
    writeProject('{}\n');
    const { status, stdout } = guard('policy', 'check');
    expect([status, stdout]).toEqual([0, expect.stringMatching(/ 0 errors, 0 warnings, 5 of 5 tests pass$/)]);
    expect(guard('policy', 'print', '--origin').stdout).toMatch(
      /guards\.change-size\.lines +400 +# user .*\/node_modules\/@acme\/codex-policy\/guard\.jsonc:8$/m,
    );
    expect(guard('check', 'curl https://docs.acme.example/api').status).toBe(0);
    expect(guard('check', 'git push origin release/1.2').status).toBe(1);
  });

  it('is not loosened by a project, and the attempt is told with its place', () => {
    writeUser('{ "extends": ["@acme/codex-policy"] }\n');
    writeProject('{\n  "mode": "observe",\n  "guards": { "change-size": ["off", { "lines": 9000 }] }\n}\n');
    const { status, stdout } = guard('policy', 'check');
    expect(status).toBe(0);
    expect(stdout).toContain('guard.jsonc:2:11: mode: `observe` is looser than `enforce`');
    expect(stdout).toContain('  2 |   "mode": "observe",\n    |           ^');
    expect(stdout).toContain('change-size.lines: 9000 is looser than 400');
    expect(stdout).toMatch(/ 0 errors, 3 warnings, /);
    expect(guard('check', 'git push origin main').status).toBe(1);
  });

  it('has exceptions that end: one is ignored afterwards, and told', () => {
    writeUser(user);
    writeProject('{}\n');
    const { status, stdout } = guard('policy', 'check');
    expect(status).toBe(0);
    expect(stdout).toMatch(/warning .*policy\.jsonc:4:5: this exception to data-loss ended on 2020-01-31/);
    expect(guard('policy', 'print').stdout).not.toContain('exception ');
  });

  it.each([
    [
      'a misspelt guard',
      '{\n  "guards": { "branch-protectoin": "off" }\n}\n',
      /policy\.jsonc:2:15: there is no guard .*\n {2}2 \| .*\n +\| +\^\n {2}hint: did you mean `branch-protection`\?/,
    ],
    [
      'a missing comma',
      '{\n  "mode": "observe"\n  "guards": {}\n}\n',
      /policy\.jsonc:3:3: a comma is missing/,
    ],
    [
      'a package that is gone',
      '{ "extends": ["@acme/other-policy"] }\n',
      /policy\.jsonc:1:15: package `@acme\/other-policy` is not installed/,
    ],
  ])('%s disarms nothing: level-2 is in force, and the line is told', (_, text, message) => {
    writeUser(text);
    writeProject('{}\n');
    const { status, stdout } = guard('policy', 'check');
    expect(status).toBe(3);
    expect(stdout).toMatch(message);
    expect(stdout).toContain('level-2 holds at least');
    expect(guard('check', 'git push origin main').status).toBe(1);
    expect(guard('policy', 'print', '--origin').stdout).toMatch(
      /^guards\.branch-protection +"deny" +# preset codex-guard:level-2$/m,
    );
  });

  it('can be tried before it is installed', () => {
    writeUser('{}\n');
    const file = join(scratch, 'new.jsonc');
    write(
      file,
      '{ "guards": { "privilege": "warn" }, "tests": [{ "command": "sudo id", "expect": "warn" }] }',
    );
    expect(guard('policy', 'check', '--file', file).stdout).toMatch(/ 1 of 1 test pass/);
    const below = guard('policy', 'check', '--file', file, '--scope', 'project');
    expect([below.status, below.stdout]).toEqual([
      1,
      expect.stringContaining('the level of privilege: `warn` is looser than `deny`'),
    ]);
    expect(guard('policy', 'check', '--file', '/nowhere.jsonc').status).toBe(2);
  });
});

const isPossible = canBeManaged();
if (!isPossible) console.warn('no mount namespace here: /etc/codex/guard.jsonc is tried in test/policy only');

describe.runIf(isPossible)('a managed policy', () => {
  const managed = (text: string) => {
    const words = managedWords(scratch, { 'guard.jsonc': text });
    return (...args: readonly string[]) => run([...words, process.execPath, CLI, ...args]);
  };
  const company =
    '{ "guards": { "network-allowlist": ["deny", { "allow": ["**.acme.example"] }], "privilege": "deny" } }\n';

  it('is loosened by nobody, and who tried is told', () => {
    writeUser('{ "extends": ["@acme/codex-policy"], "mode": "observe", "guards": { "privilege": "off" } }\n');
    writeProject('{ "guards": { "network-allowlist": { "allow": ["evil.example"] } } }\n');
    const there = managed(company);
    expect(there('check', 'sudo id').status).toBe(1);
    expect(there('check', 'curl https://evil.example/').status).toBe(1);
    expect(there('check', 'git push origin release/1').status).toBe(1);
    const { stdout } = there('policy', 'check');
    expect(stdout).toContain(
      'the level of privilege: `off` is looser than `deny` (managed /etc/codex/guard.jsonc); the stricter stays',
    );
    expect(stdout).toContain('mode: `observe` is looser than `enforce`');
    expect(there('policy', 'print', '--origin').stdout).toMatch(
      /^guards\.privilege +"deny" +# managed \/etc\/codex\/guard\.jsonc:1$/m,
    );
  });

  it('that is broken locks everything, and fails the check', () => {
    writeUser('{ "mode": "observe" }\n');
    writeProject('{}\n');
    const there = managed('{ "guards": { "privilege": "dney" } }\n');
    const { status, stdout } = there('policy', 'check');
    expect([status, stdout]).toEqual([3, expect.stringContaining('/etc/codex/guard.jsonc:1:28')]);
    expect(there('check', 'sudo id').status).toBe(1);
  });
});
