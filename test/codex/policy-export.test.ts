/** One policy, two layers: what the export writes is kept by the real client, as the guards keep it. */

import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CLI } from '../built.ts';
import { CLIENT } from './install-client.ts';
import { closeRooms, commitProject, openRooms, writeFiles } from './rooms.ts';

const rooms = openRooms();
/** Outside of /tmp, as homes are: the sandbox lets programs write there, and then cannot keep them from making what is missing. */
const home = mkdtempSync('/var/tmp/codex-guard-home-');
const codexHome = join(home, '.codex');
const env = {
  PATH: process.env.PATH ?? '',
  HOME: home,
  TMPDIR: rooms.tmp,
  CODEX_HOME: codexHome,
  LANG: 'C.UTF-8',
  NO_COLOR: '1',
  npm_config_registry: 'http://registry.example/',
};
const OUTSIDE = join(home, 'written');
let server: ChildProcess | undefined;
let port = 0;
const SERVER = `const server = require('node:http').createServer((q, r) => r.end('reached ' + q.headers.host));
server.listen(0, '127.0.0.1', () => console.log(server.address().port));`;

beforeAll(async () => {
  writeFiles(rooms.project, {
    'a.txt': 'plain',
    '.env': 'A=1',
    '.gitignore': '.env\n',
    'app/.env.local': 'B=2',
    'app/.env.example': 'B=',
    'app/deep/er/server.pem': 'key',
    'certs/ca.pem': 'public',
    'docs/x.md': 'text',
  });
  writeFiles(home, { '.aws/credentials': 'secret', '.ssh/id_ed25519': 'secret', 'notes.txt': 'mine' });
  writeFiles(codexHome, {
    'guard/policy.jsonc': JSON.stringify({
      guards: {
        'protected-paths': ['deny', { readOnly: ['docs/**'] }],
        'network-allowlist': ['deny', { allow: ['127.0.0.1', '**.docs.example'], deny: ['localhost'] }],
      },
    }),
  });
  commitProject(rooms);
  guard('policy', 'export', '--codex', '--format', 'all', '--out', codexHome);
  writeFileSync(join(codexHome, 'config.toml'), readFileSync(join(codexHome, 'guard.config.toml')));
  // A process of its own: this one waits for the client.
  server = spawn(process.execPath, ['-e', SERVER], { stdio: ['ignore', 'pipe', 'ignore'] });
  port = await new Promise<number>((resolve) =>
    server?.stdout?.once('data', (data) => resolve(Number(data))),
  );
});
afterAll(() => {
  server?.kill();
  rmSync(home, { recursive: true, force: true });
  closeRooms(rooms);
});

function guard(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...args], {
    cwd: rooms.project,
    env,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

/** Runs a command in the client's sandbox under the exported profile; true when it ends well. A sandbox that cannot be built denies nothing. */
function sandbox(command: string): { readonly ok: boolean; readonly stdout: string } {
  const { status, stdout, stderr } = spawnSync(
    CLIENT,
    ['sandbox', '-P', 'guard', '--', 'bash', '-c', command],
    {
      cwd: rooms.project,
      env,
      encoding: 'utf8',
      timeout: 30_000,
    },
  );
  if (/error building bubblewrap/.test(stderr)) throw new Error(`${command}: ${stderr}`);
  return { ok: status === 0, stdout };
}

describe('the profile under the real sandbox', () => {
  it.each([
    ['cat a.txt', true],
    ['cat app/.env.example certs/ca.pem docs/x.md', true],
    ['cat "$HOME/notes.txt"', true],
    ['echo x > new.txt && mkdir -p src && echo y > src/b.ts', true],
    ['cat .env', false],
    ['cat app/.env.local', false],
    ['cat app/deep/er/server.pem', false],
    ['cat "$HOME/.aws/credentials"', false],
    ['cat "$HOME/.ssh/id_ed25519"', false],
    ['python3 -c "print(open(\'.env\').read())"', false],
    ['echo x > .git/hooks/pre-commit', false],
    ['mkdir -p .codex && echo x > .codex/hooks.json', false],
    ['echo x > docs/y.md', false],
    [`echo x > ${OUTSIDE}`, false],
  ])('%s: %s', (command, ok) => {
    expect(sandbox(command).ok).toBe(ok);
  });

  it('left nothing behind of what it denied', () => {
    const made = ['.git/hooks/pre-commit', '.codex/hooks.json', 'docs/y.md'].filter((file) =>
      existsSync(join(rooms.project, file)),
    );
    expect([...made, existsSync(OUTSIDE)]).toEqual([false]);
  });

  it('answers as the guards do', () => {
    for (const command of [
      'cat a.txt',
      'cat app/.env.example',
      'cat .env',
      'cat app/.env.local',
      'cat app/deep/er/server.pem',
      'echo x > .git/hooks/pre-commit',
      'echo x > docs/y.md',
      'echo x > new.txt',
    ])
      expect([command, guard('check', command).status === 0]).toEqual([command, sandbox(command).ok]);
  });

  it('lets the proxy reach the hosts of the policy and no others', () => {
    const get = (host: string) => sandbox(`curl -sS -m 5 http://${host}/`).stdout;
    expect(get(`127.0.0.1:${port}`)).toBe(`reached 127.0.0.1:${port}`);
    expect(get(`localhost:${port}`)).toContain('"status":"blocked"');
    expect(get('evil.example')).toContain('"reason":"not_allowed"');
    expect(sandbox(`curl -sS -m 5 --noproxy '*' http://127.0.0.1:${port}/`).ok).toBe(false);
  });
});

describe('drift', () => {
  it('is none after the export, and is told after a change', () => {
    expect(guard('policy', 'drift')).toMatchObject({ status: 0 });
    const config = join(rooms.tmp, 'config.toml');
    const text = readFileSync(join(codexHome, 'config.toml'), 'utf8');
    writeFileSync(
      config,
      text
        .replace('"~/.aws/credentials" = "deny"\n', '')
        .replace('[permissions.guard.network.domains]', '$&\n"evil.example" = "allow"'),
    );
    const { status, stdout } = guard('policy', 'drift', '--config', config);
    expect(status).toBe(1);
    expect(stdout).toMatch(/\[path-open\] .+\n.*\/\.aws\/credentials/);
    expect(stdout).toMatch(/\[host-open\] .+\n.*evil\.example/);
  });
});

describe('the execution rules', () => {
  const decide = (command: string): string => {
    const words = [
      'execpolicy',
      'check',
      '--rules',
      join(codexHome, 'guard.rules'),
      '--',
      ...command.split(' '),
    ];
    const answer = JSON.parse(
      execFileSync(CLIENT, words, {
        env,
        cwd: rooms.project,
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      }),
    );
    return answer.decision ?? 'none';
  };

  it.each([
    'git push origin main',
    'git push origin HEAD:main',
    'git push origin +main',
    'git push -u origin main',
    'git push --force origin master',
    'git push origin :main',
    'git push origin --delete main',
    'git push --delete origin main',
    'git branch -D main',
    'git reset --hard',
    'git reset --hard HEAD~3',
    'git clean -fdx',
    'git stash clear',
    'git commit --no-verify -m x',
    'sudo ls',
    'doas ls',
    'su root',
    'rm -rf /',
    'rm -rf ~',
    'terraform destroy -auto-approve',
    'dropdb app',
    'kubectl delete namespace prod',
    'codex --yolo',
    'codex-guard uninstall',
    'crontab -e',
  ])('forbid what the guards deny: %s', (command) => {
    expect([decide(command), guard('check', command).status]).toEqual(['forbidden', 1]);
  });

  it.each([
    'git push origin feature/x',
    'git push -u origin feature/x',
    'git push',
    'git commit -m x',
    'git status',
    'git reset HEAD a.txt',
    'git clean -n',
    'git stash',
    'git branch -d feature/y',
    'rm -rf node_modules',
    'terraform plan',
    'kubectl get pods',
    'ls -la',
    'codex --version',
    'crontab -l',
  ])('say nothing of what the guards let pass: %s', (command) => {
    expect([decide(command), guard('check', command).status]).toEqual(['none', 0]);
  });
});

it('a profile for a read-only policy lets nothing be written', () => {
  const audit = join(home, 'audit');
  mkdirSync(join(audit, 'guard'), { recursive: true });
  writeFileSync(join(audit, 'guard', 'policy.jsonc'), '{ "extends": ["codex-guard:level-0"] }');
  const own = { ...env, CODEX_HOME: audit };
  const text = execFileSync(process.execPath, [CLI, 'policy', 'export', '--codex'], {
    cwd: rooms.project,
    env: own,
    encoding: 'utf8',
  });
  writeFileSync(join(audit, 'config.toml'), text);
  const run = (command: string) =>
    spawnSync(CLIENT, ['sandbox', '-P', 'guard', '--', 'bash', '-c', command], {
      cwd: rooms.project,
      env: own,
    });
  expect([run('cat a.txt').status, run('echo x > z.txt').status, run('cat .env').status]).toEqual([0, 1, 1]);
});
