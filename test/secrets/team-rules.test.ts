import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { execa, execaSync } from 'execa';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { readFingerprintKey } from '../../lib/engine/fingerprint-key.ts';
import { runStep } from '../../lib/engine/run-step.ts';
import { parsePatch } from '../../lib/patch/parse-patch.ts';
import type { EventName, Payload } from '../../lib/types/payload.ts';
import type { Finding } from '../../lib/types/verdict.ts';
import { ENV, shippedPolicy } from '../pipeline.ts';
import { makeSample, seededRandom } from './samples.ts';

const TOKEN = makeSample('ghp_{A36}', seededRandom(81));
const OWN = makeSample('acme-{d12}', seededRandom(82));
const OWN_RULE = `[[rules]]\nid = "acme"\nregex = '''acme-\\d{12}'''\nkeywords = ["acme-"]\n`;
const ALLOW_ALL = `[allowlist]\nregexes = ['''.*''']\n`;
const ALLOW_FIXTURES = `[[allowlists]]\npaths = ['''^fixtures/''']\n`;

const base = realpathSync(mkdtempSync(join(tmpdir(), 'codex-guard-team-')));
afterAll(() => rmSync(base, { recursive: true, force: true }));
let root = '';
let rounds = 0;
const git = (...args: string[]): void =>
  void execaSync('git', ['-c', 'user.name=dev', '-c', 'user.email=dev@example.com', ...args], {
    cwd: root,
    env: { HOME: base, GIT_CONFIG_NOSYSTEM: '1' },
  });
const write = (path: string, text: string): void => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
};
const commit = (path: string, text: string): void => {
  write(path, text);
  git('add', '-f', path);
  git('commit', '-qm', path);
};
beforeEach(() => {
  root = join(base, String(rounds++));
  mkdirSync(root);
  git('init', '-q', '-b', 'main');
  commit('README.md', '# r\n');
});

function judge(more: Partial<Payload>, event: EventName = 'PreToolUse', policy = shippedPolicy(root)) {
  const payload: Payload = { event, eventText: event, sessionId: 't', cwd: root, unknown: {}, ...more };
  const env = { ...ENV, CODEX_GUARD_HOME: join(base, 'guard') };
  const now = new Date();
  return runStep({ payload, event, env, sessionCwd: root, now, budgetMs: 20_000, counts: false, policy })
    .verdict;
}
const rulesIn = (more: Partial<Payload>, event?: EventName): (string | undefined)[] =>
  judge(more, event)
    .findings.filter(({ guard }) => guard === 'secrets')
    .map(({ subject }) => subject?.rule);
const patch = (path: string, line: string): Partial<Payload> => {
  const text = `*** Begin Patch\n*** Add File: ${path}\n+${line}\n*** End Patch\n`;
  return { call: { kind: 'patch', text, patch: parsePatch(text) } };
};
const shell = (command: string): Partial<Payload> => ({ call: { kind: 'shell', command } });

describe('.gitleaks.toml', () => {
  it('adds rules once it is there, agreed on or not', () => {
    expect(rulesIn(shell(`tool ${OWN}`))).toEqual([]);
    write('.gitleaks.toml', OWN_RULE);
    expect(rulesIn(shell(`tool ${OWN}`))).toEqual(['acme']);
    expect(rulesIn({ response: `id ${OWN}` }, 'PostToolUse')).toEqual(['acme']);
  });

  it('keeps its rules when the agent deletes it', () => {
    commit('.gitleaks.toml', OWN_RULE);
    rmSync(join(root, '.gitleaks.toml'));
    expect(rulesIn(shell(`tool ${OWN}`))).toEqual(['acme']);
  });

  it('lets through what it allows, when it is committed', () => {
    commit('.gitleaks.toml', ALLOW_FIXTURES);
    expect(rulesIn(patch('fixtures/a.txt', TOKEN))).toEqual([]);
    expect(rulesIn(patch('src/a.txt', TOKEN))).toEqual(['github-pat']);
  });

  it('lets nothing through that the agent wrote into it', () => {
    write('.gitleaks.toml', ALLOW_ALL);
    expect(rulesIn(shell(`tool ${TOKEN}`))).toEqual(['github-pat']);
    commit('.gitleaks.toml', OWN_RULE);
    write('.gitleaks.toml', ALLOW_ALL);
    expect(rulesIn(shell(`tool ${TOKEN} ${OWN}`))).toEqual(['github-pat', 'acme']);
  });

  it('not even when it is committed on the agent’s own branch', () => {
    git('remote', 'add', 'origin', 'https://github.com/o/r.git');
    git('update-ref', 'refs/remotes/origin/main', 'HEAD');
    git('symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/main');
    git('checkout', '-qb', 'feature/x');
    commit('.gitleaks.toml', ALLOW_ALL);
    expect(rulesIn(shell(`tool ${TOKEN}`))).toEqual(['github-pat']);
    git('update-ref', 'refs/remotes/origin/main', 'HEAD');
    expect(rulesIn(shell(`tool ${TOKEN}`))).toEqual([]);
  });

  it('follows extend.path at the same commit', () => {
    commit('base.toml', ALLOW_FIXTURES);
    commit('.gitleaks.toml', '[extend]\npath = "base.toml"\nuseDefault = true\n');
    write('base.toml', ALLOW_ALL);
    expect(rulesIn(patch('fixtures/a.txt', TOKEN))).toEqual([]);
    expect(rulesIn(patch('src/a.txt', TOKEN))).toEqual(['github-pat']);
  });

  it('that cannot be read changes nothing', () => {
    commit('.gitleaks.toml', 'rules = [[[');
    expect(rulesIn(shell(`tool ${TOKEN}`))).toEqual(['github-pat']);
  });
});

describe('.gitleaksignore', () => {
  it('lets through the places that it lists, when it is committed', () => {
    write('a.txt', `x\n${TOKEN}\n`);
    git('add', 'a.txt');
    write('.gitleaksignore', 'a.txt:github-pat:2\n');
    expect(rulesIn(shell('git commit -m x'))).toEqual(['github-pat']);
    git('reset', '-q');
    commit('.gitleaksignore', 'a.txt:github-pat:2\n');
    git('add', 'a.txt');
    expect(rulesIn(shell('git commit -m x'))).toEqual([]);
  });
});

describe('gitleaks:allow', () => {
  const line = `const t = "${TOKEN}"; // gitleaks:allow`;
  it('does not excuse the agent’s own write', () => {
    expect(rulesIn(patch('src/a.ts', line))).toEqual(['github-pat']);
    expect(rulesIn(shell(`echo '${line}' > a.ts`))).toEqual(['github-pat']);
    write('b.ts', line);
    git('add', 'b.ts');
    expect(rulesIn(shell('git commit -m x'))).toEqual(['github-pat']);
    expect(rulesIn({ response: `${TOKEN} # gitleaks:allow` }, 'PostToolUse')).toEqual(['github-pat']);
  });

  it('counts for a line that was agreed on', () => {
    commit('src/a.ts', `${line}\n`);
    expect(rulesIn({ response: `1: ${line}`.slice(3) }, 'PostToolUse')).toEqual([]);
    expect(rulesIn(patch('src/moved.ts', line))).toEqual([]);
    expect(rulesIn({ response: `${TOKEN} # gitleaks:allow` }, 'PostToolUse')).toEqual(['github-pat']);
  });
});

describe('fingerprints', () => {
  it('name a secret without telling it, and hold in exceptions', () => {
    const [finding] = judge(shell(`tool ${TOKEN}`)).findings.filter(({ guard }) => guard === 'secrets');
    const name = (finding as Finding).subject?.fingerprint ?? '';
    expect(name).toMatch(/^[0-9a-f]{16}$/);
    expect(finding?.message).toContain(name);
    expect(rulesIn(patch('a.txt', TOKEN))).toEqual(['github-pat']);
    const exception = {
      guard: 'secrets',
      match: { fingerprint: name },
      reason: 'a test account',
      until: '2999-01-01',
      layer: 'user',
    } as const;
    const policy = { ...shippedPolicy(root), exceptions: [exception] };
    expect(judge(patch('a.txt', TOKEN), 'PreToolUse', policy).outcome).toBe('pass');
    const other = makeSample('ghp_{A36}', seededRandom(83));
    expect(judge(patch('a.txt', other), 'PreToolUse', policy).outcome).toBe('deny');
  });

  it('come from a key that is private, made once and whole', async () => {
    const home = join(base, 'race', 'guard');
    const script = `import { readFingerprintKey } from ${JSON.stringify(join(import.meta.dirname, '../../lib/engine/fingerprint-key.ts'))};\nconsole.log(readFingerprintKey(${JSON.stringify(home)}).toString('hex'));`;
    const file = join(base, 'key.ts');
    writeFileSync(file, script);
    const runs = Array.from({ length: 6 }, () => runInProcess(file));
    const keys = new Set(await Promise.all(runs));
    expect(keys.size).toBe(1);
    expect([...keys][0]).toMatch(/^[0-9a-f]{64}$/);
    expect(statSync(join(home, 'fingerprint.key')).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(home, 'fingerprint.key'))).toHaveLength(32);
  });

  it('are left out where no key can be kept', () => {
    writeFileSync(join(base, 'file'), '');
    expect(readFingerprintKey(join(base, 'file', 'guard'))).toBeUndefined();
  });
});

/** A process of its own. */
async function runInProcess(file: string): Promise<string> {
  const { stdout } = await execa(process.execPath, ['scripts/run-ts.mjs', file]);
  return stdout;
}
