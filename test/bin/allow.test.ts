import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { CLI, DIST } from '../built.ts';
import { makeProject } from '../pipeline.ts';
import { hasTerminals, runOnTerminal } from './on-terminal.ts';

const scratch = mkdtempSync(join(tmpdir(), 'codex-guard-allow-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));
const PUSH = 'git push origin main';
let home = '';
let count = 0;
beforeEach(() => {
  home = join(scratch, String(count++));
  mkdirSync(home);
});

/** Nothing of what starts the tests: it may be an agent. */
const env = (more: Readonly<Record<string, string>> = {}) => ({
  PATH: process.env.PATH ?? '',
  HOME: home,
  CODEX_HOME: home,
  NO_COLOR: '1',
  ...more,
});

function cli(args: readonly string[], more: Readonly<Record<string, string>> = {}) {
  const ran = spawnSync(process.execPath, [CLI, ...args], {
    cwd: makeProject(),
    env: env(more),
    encoding: 'utf8',
    input: 'branch-protection\n',
  });
  return { exitCode: ran.status, stdout: ran.stdout.trimEnd(), stderr: ran.stderr.trimEnd() };
}

function person(answer: string, args: readonly string[], more: Readonly<Record<string, string>> = {}) {
  return runOnTerminal(answer, [process.execPath, CLI, ...args], { cwd: makeProject(), env: env(more) });
}

/** What the hook answers to a command. */
function hook(command: string) {
  const payload = {
    session_id: 's',
    turn_id: 't',
    cwd: makeProject(),
    hook_event_name: 'PreToolUse',
    tool_name: 'Bash',
    tool_input: { command },
    tool_use_id: 'c',
  };
  const ran = spawnSync(process.execPath, [join(DIST, 'hooks', 'pre-tool-use.cjs')], {
    cwd: makeProject(),
    env: env(),
    encoding: 'utf8',
    input: JSON.stringify(payload),
  });
  return { exitCode: ran.status, stderr: ran.stderr };
}

const grantsOn = (): string[] => {
  try {
    return readdirSync(join(home, 'guard', 'grants'));
  } catch {
    return [];
  }
};

describe('allow without a person', () => {
  it('is refused when standard input is no terminal, whatever is piped in', () => {
    const { exitCode, stdout, stderr } = cli(['allow', PUSH, '--reason', 'x']);
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    expect(stderr).toMatch(/^error\[refused\]: nobody can be asked: .*terminal\n {2}hint: run it by hand/);
    expect(grantsOn()).toEqual([]);
  });

  it.each(['CODEX_THREAD_ID', 'CODEX_SANDBOX_NETWORK_DISABLED'])('is refused beside %s', (name) => {
    const { exitCode, stderr } = cli(['allow', PUSH, '--reason', 'x'], { [name]: '1' });
    expect(exitCode).toBe(1);
    expect(stderr).toContain(`error[refused]: an agent seems to ask for this: ${name} is set`);
  });

  it('knows no option that skips the question', () => {
    for (const option of ['--yes', '--force', '-y'])
      expect(cli(['allow', PUSH, '--reason', 'x', option]).exitCode).toBe(2);
  });
});

describe.skipIf(!hasTerminals)('allow at a terminal', { timeout: 60_000 }, () => {
  it('lets the next such step through, once, and the log says by whose word', () => {
    expect(hook(PUSH).exitCode).toBe(2);
    const { exitCode, output } = person('branch-protection', ['allow', PUSH, '--reason', 'hotfix,  agreed']);
    expect(output).toContain(`exactly this step of an agent:\n\n    ${PUSH}\n\n  [branch-protection] `);
    expect(exitCode).toBe(0);
    expect(cli(['allow', '--list']).stdout).toMatch(/^[0-9a-f]{8} {2}once, until .*: hotfix, agreed\n/);
    expect(hook('git push --force origin main').exitCode).toBe(2);
    expect(hook(PUSH)).toEqual({ exitCode: 0, stderr: '' });
    expect(hook(PUSH).exitCode).toBe(2);
    expect(cli(['log']).stdout).toMatch(
      / {4}lifted \[branch-protection\] .*; granted by \S+ \([0-9a-f]{8}\): hotfix, agreed\n/,
    );
    const lifted = JSON.parse(cli(['log', '--json']).stdout).records.flatMap(
      (record: { lifted?: object[] }) => record.lifted ?? [],
    );
    expect(lifted).toEqual([expect.objectContaining({ by: 'grant', reason: 'hotfix, agreed' })]);
  });

  it('takes the id that the denial names and the log shows', () => {
    const id = /codex-guard allow (\S+)\)$/.exec(hook(PUSH).stderr)?.[1] ?? '';
    expect(cli(['log', '--blocked']).stdout).toContain(id);
    expect(
      person('branch-protection', [
        'allow',
        id,
        '--reason',
        'r',
        '--until',
        new Date().toISOString().slice(0, 10),
      ]).exitCode,
    ).toBe(0);
    expect([hook(PUSH).exitCode, hook(PUSH).exitCode]).toEqual([0, 0]);
    const [{ id: grant }] = JSON.parse(cli(['allow', '--list', '--json']).stdout).grants;
    expect(cli(['allow', '--revoke', grant]).stdout).toBe(`${grant} is taken back`);
    expect(hook(PUSH).exitCode).toBe(2);
    expect(cli(['allow', '--revoke', grant]).exitCode).toBe(2);
    expect(readFileSync(join(home, 'guard', 'changes.jsonl'), 'utf8')).toContain('"msg":"allow --revoke"');
  });

  it('does nothing on another answer', () => {
    for (const answer of ['', 'y', 'yes']) {
      const { exitCode, output } = person(answer, ['allow', PUSH, '--reason', 'r']);
      expect([exitCode, output.includes('nothing was allowed')]).toEqual([1, true]);
    }
    expect(grantsOn()).toEqual([]);
  });

  it('shows what would hide itself', () => {
    const { output } = person('', ['allow', `${PUSH} # \u001b[2K\u202e\r`, '--reason', 'r']);
    expect(output).toContain('# \\u{1b}[2K\\u{202e}\\u{d}');
  });

  it.each<readonly [readonly string[], RegExp]>([
    [['allow', PUSH], /a grant needs a reason/],
    [['allow', PUSH, '--reason', ' '], /a grant needs a reason/],
    [['allow', PUSH, '--reason', 'r', '--until', '2999-01-01'], /more than 90 days ahead/],
    [['allow', PUSH, '--reason', 'r', '--until', '2020-01-01'], /is over/],
    [['allow', PUSH, '--reason', 'r', '--once', '--until', '2999-01-01'], /exclude each other/],
    [['allow', PUSH, '--reason', 'r', '--guard', 'branch-protektion'], /did you mean 'branch-protection'/],
    [
      ['allow', PUSH, '--reason', 'r', '--guard', 'secrets'],
      /secrets does not deny this\s+hint: it is denied by branch-protection/,
    ],
    [['allow', 'git status', '--reason', 'r'], /nothing denies this/],
    [
      ['allow', 'rm ~/.codex/hooks.json', '--reason', 'r'],
      /cannot be allowed: self-protection keeps the guard itself in force/,
    ],
    [['allow', '--reason', 'r'], /takes one command, or the id/],
  ])('%j is an error', (args, message) => {
    const { exitCode, output } = person('branch-protection', args);
    expect(exitCode).toBe(2);
    expect(output).toMatch(message);
    expect(grantsOn()).toEqual([]);
  });

  it('is refused when an agent is among the ancestors, and nothing else gives it away', () => {
    const codex = join(home, 'codex');
    writeFileSync(codex, readFileSync('/bin/sh'));
    chmodSync(codex, 0o755);
    const line = `'${process.execPath}' '${CLI}' allow '${PUSH}' --reason r; exit $?`;
    const { exitCode, output } = runOnTerminal('branch-protection', [codex, '-c', line], {
      cwd: makeProject(),
      env: env(),
    });
    expect(exitCode).toBe(1);
    expect(output).toMatch(/an agent seems to ask for this: process \d+ among its ancestors is codex/);
  });
});

it('a grant that others could have written is told when a session begins', () => {
  mkdirSync(join(home, 'guard', 'grants'), { recursive: true, mode: 0o700 });
  writeFileSync(join(home, 'guard', 'grants', '0a1b2c3d.json'), '{}');
  chmodSync(join(home, 'guard', 'grants', '0a1b2c3d.json'), 0o666);
  const { stdout } = spawnSync(process.execPath, [join(DIST, 'hooks', 'session-start.cjs')], {
    cwd: makeProject(),
    env: env(),
    encoding: 'utf8',
    input: JSON.stringify({
      session_id: 's',
      cwd: makeProject(),
      hook_event_name: 'SessionStart',
      source: 'startup',
    }),
  });
  expect(JSON.parse(stdout).systemMessage).toContain('0a1b2c3d.json can be written by others: it is ignored');
  const { exitCode, stderr } = cli(['allow', '--list']);
  expect([exitCode, stderr]).toEqual([1, expect.stringContaining('can be written by others')]);
});
