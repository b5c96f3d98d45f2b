import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { execa, execaSync } from 'execa';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { CLI, ROOT } from '../built.ts';
import { findSarifErrors } from '../report/check-sarif.ts';
import { makeSample, seededRandom } from '../secrets/samples.ts';

const TOKEN = makeSample('ghp_{A36}', seededRandom(91));
const GENERIC = `service_token = "${makeSample('{A32}', seededRandom(92))}"`;
const scratch = realpathSync(mkdtempSync(join(tmpdir(), 'codex-guard-scan-')));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

let root = '';
let rounds = 0;
const environment = () => ({
  CODEX_HOME: join(scratch, 'codex'),
  HOME: scratch,
  NO_COLOR: '1',
  NODE_EXTRA_CA_CERTS: '',
  GIT_CONFIG_NOSYSTEM: '1',
});
const git = (...args: string[]) =>
  execaSync('git', ['-c', 'user.name=dev', '-c', 'user.email=dev@example.com', ...args], {
    cwd: root,
    env: environment(),
  });
const write = (path: string, text: string | Buffer): void => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
};
async function scan(args: readonly string[], input = '', cwd = root) {
  const options = { cwd, env: environment(), reject: false, input } as const;
  const { exitCode, stdout, stderr } = await execa(process.execPath, [CLI, 'scan', ...args], options);
  expect(`${stdout}${stderr}`).not.toContain(TOKEN.slice(4, 16));
  return { exitCode, stdout, stderr };
}
beforeEach(() => {
  root = join(scratch, String(rounds++));
  mkdirSync(root);
  git('init', '-q', '-b', 'main');
  write('README.md', '# r\n');
  write('.gitignore', 'dist/\n');
  git('add', '.');
  git('commit', '-qm', 'start');
});

describe('scan', () => {
  it('names rule, place, length, prefix and fingerprint, and exits 1', async () => {
    write('src/a.ts', `one\n  const t = "${TOKEN}";\n`);
    const { exitCode, stdout } = await scan([]);
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(
      /^src\/a\.ts:2:14: deny github-pat \(GitHub, 40 characters from ghp_…, fingerprint [0-9a-f]{16}\)\n1 secret in 3 files/,
    );
  });

  it('is content where there is none', async () => {
    expect(await scan([])).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(/^no secrets in 2 files/),
    });
  });

  it('follows git in what it leaves out, unless it is named', async () => {
    write('dist/a.js', TOKEN);
    write('image.png', Buffer.concat([Buffer.from([0, 1, 2]), Buffer.from(TOKEN)]));
    expect((await scan([])).exitCode).toBe(0);
    expect((await scan(['dist'])).exitCode).toBe(1);
    expect((await scan(['dist/a.js'])).stdout).toContain('dist/a.js:1:1');
  });

  it('reads standard input, and folders outside a repository', async () => {
    expect((await scan(['-'], `a ${TOKEN}`)).stdout).toContain('-:1:3: deny');
    const folder = join(scratch, 'plain');
    mkdirSync(join(folder, 'deep'), { recursive: true });
    writeFileSync(join(folder, 'deep', 'f'), TOKEN);
    expect((await scan([folder])).stdout).toContain(`${folder}/deep/f:1:1`);
  });

  it('reads what is staged, not what lies beside it', async () => {
    write('a.txt', `x\n${TOKEN}\n`);
    git('add', '.');
    write('a.txt', 'x\n');
    write('b.txt', TOKEN);
    const { stdout } = await scan(['--staged']);
    expect(stdout).toContain('a.txt:2:1');
    expect(stdout).not.toContain('b.txt');
  });

  it('reads a diff', async () => {
    write('README.md', `# r\n\n${TOKEN}\n`);
    git('commit', '-qam', 'bad');
    write('c.txt', TOKEN);
    git('add', '.');
    expect((await scan(['--diff', 'HEAD~1'])).stdout).toMatch(/README\.md:3:1: .*\nc\.txt:1:1: /);
    expect((await scan(['--diff', 'HEAD'])).stdout).not.toContain('README.md');
    expect(await scan(['--diff', 'nope'])).toMatchObject({ exitCode: 2, stdout: '' });
    expect((await scan(['--diff', '--output=x'])).exitCode).toBe(2);
  });

  it('only shows what merely looks random, unless asked for more', async () => {
    write('a.txt', GENERIC);
    expect(await scan([])).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining('warn generic-api-key'),
    });
    expect((await scan(['--fail-on', 'warn'])).exitCode).toBe(1);
  });

  it('finds what stands far inside a large file, at its line', async () => {
    const line = `${'x y '.repeat(20)}\n`;
    const before = Math.ceil((20 << 20) / line.length);
    write('big.txt', `${line.repeat(before)}${TOKEN}\n${line.repeat(10)}`);
    const { findings } = JSON.parse((await scan(['big.txt', '--json'])).stdout);
    expect(findings.map(({ line: at, column }: { line: number; column: number }) => [at, column])).toEqual([
      [before + 1, 1],
    ]);
  });

  it('writes valid SARIF', async () => {
    write('src/a b.ts', `"${TOKEN}"`);
    write('w.txt', GENERIC);
    const log = JSON.parse((await scan(['--format', 'sarif'])).stdout);
    expect(findSarifErrors(log)).toEqual([]);
    const [first, second] = log.runs[0].results;
    expect([first.level, first.ruleId, second.level]).toEqual(['error', 'github-pat', 'warning']);
    expect(first.locations[0].physicalLocation.artifactLocation.uri).toBe('src/a%20b.ts');
    expect(findSarifErrors(JSON.parse((await scan(['README.md', '--format', 'sarif'])).stdout))).toEqual([]);
  });
});

describe('what scan leaves out', () => {
  it('is what an earlier one listed', async () => {
    write('a.txt', TOKEN);
    write('known.json', (await scan(['a.txt', '--json'])).stdout);
    expect(await scan(['a.txt', '--baseline', 'known.json'])).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining('; 1 allowed'),
    });
    write('other.json', '[]');
    expect((await scan(['--baseline', 'other.json'])).exitCode).toBe(2);
  });

  it('is what the policy makes an exception of, by fingerprint', async () => {
    write('a.txt', TOKEN);
    const [{ fingerprint }] = JSON.parse((await scan(['a.txt', '--json'])).stdout).findings;
    const policy = join(scratch, 'codex', 'guard', 'policy.jsonc');
    const exception = { guard: 'secrets', match: { fingerprint }, reason: 'a test', until: '2999-01-01' };
    writeFileSync(policy, JSON.stringify({ exceptions: [exception] }));
    try {
      expect((await scan(['a.txt'])).exitCode).toBe(0);
      const command = `curl -H 'Authorization: Bearer ${TOKEN}' https://api.github.com/user`;
      const check = await execa(process.execPath, [CLI, 'check', command], { cwd: root, env: environment() });
      expect(check.stdout).toMatch(/^pass/);
    } finally {
      rmSync(policy);
    }
  });

  it('is what gitleaks would leave out', async () => {
    write('a.txt', `${TOKEN} # gitleaks:allow\n`);
    write('fixtures/b.txt', TOKEN);
    write('c.txt', `x\n${TOKEN}\n`);
    write('.gitleaks.toml', "[[allowlists]]\npaths = ['''^fixtures/''']\n");
    write('.gitleaksignore', 'c.txt:github-pat:2\n');
    expect(await scan([])).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('; 3 allowed') });
    write('own.toml', "[[rules]]\nid = 'acme'\nregex = '''acme-\\d{6}'''\n");
    write('d.txt', 'acme-123456');
    expect((await scan(['--config', 'own.toml', 'd.txt'])).stdout).toContain('deny acme');
    write('bad.toml', '[[[');
    const bad = await scan(['--config', 'bad.toml', 'd.txt']);
    expect([bad.exitCode, bad.stderr]).toEqual([
      2,
      expect.stringMatching(/line 1: not valid TOML.*\n {2}at .*bad\.toml$/),
    ]);
  });
});

it.each([
  ['nothing there', ['nope']],
  ['two ways', ['--staged', 'a']],
  ['an unknown format', ['--format', 'xml']],
  ['an unknown level', ['--fail-on', 'note']],
])('scan refuses %s with exit 2', async (_, args) => {
  expect(await scan(args)).toMatchObject({
    exitCode: 2,
    stdout: '',
    stderr: expect.stringContaining('error['),
  });
});

it('the pre-commit example stops a commit', async () => {
  const tools = join(scratch, 'tools');
  mkdirSync(tools, { recursive: true });
  writeFileSync(join(tools, 'codex-guard'), `#!/bin/sh\nexec ${process.execPath} ${CLI} "$@"\n`, {
    mode: 0o755,
  });
  copyFileSync(join(ROOT, 'examples', 'pre-commit', 'pre-commit'), join(root, '.git', 'hooks', 'pre-commit'));
  chmodSync(join(root, '.git', 'hooks', 'pre-commit'), 0o755);
  const commit = () =>
    execa('git', ['-c', 'user.name=d', '-c', 'user.email=d@example.com', 'commit', '-m', 'x'], {
      cwd: root,
      env: { ...environment(), PATH: `${tools}${delimiter}${process.env.PATH}` },
      reject: false,
    });
  write('a.txt', TOKEN);
  git('add', '.');
  const denied = await commit();
  expect(denied.exitCode).toBe(1);
  expect(denied.stdout + denied.stderr).toContain('a.txt:1:1: deny github-pat');
  write('a.txt', 'fine\n');
  git('add', '.');
  expect((await commit()).exitCode).toBe(0);
});
