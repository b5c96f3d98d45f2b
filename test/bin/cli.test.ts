import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { makeProject } from '../pipeline.ts';
import { home, runCli } from './fresh-home.ts';

const cli = (...args: readonly string[]) => runCli(args, makeProject());

describe('check', () => {
  it('denies with exit 1 and says what to do instead', async () => {
    const { exitCode, stdout } = await cli('check', 'git push origin main');
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/^deny\n {2}deny \[branch-protection\] .+\n {7}Instead: .+/);
  });

  it('passes with exit 0', async () => {
    expect(await cli('check', 'git status')).toEqual({ exitCode: 0, stdout: 'pass', stderr: '' });
  });

  it('judges patches and payloads', async () => {
    const patch = join(home, 'p.patch');
    writeFileSync(patch, '*** Begin Patch\n*** Add File: .codex/config.toml\n+x\n*** End Patch\n');
    expect((await cli('check', '--patch', patch, '--json')).stdout).toContain('"verdict": "deny"');
    const payload = join(home, 'p.json');
    writeFileSync(
      payload,
      JSON.stringify({
        session_id: 's',
        cwd: makeProject(),
        hook_event_name: 'PreToolUse',
        tool_name: 'Bash',
        tool_input: { command: 'ls' },
      }),
    );
    expect((await cli('check', '--payload', payload)).stdout).toBe('pass');
  });

  it('judges a corpus, a line a case, and counts what is not as expected', async () => {
    const corpus = join(home, 'c.jsonl');
    const cases = [
      { id: 'a', command: 'git push origin main', expected: 'block' },
      { id: 'b', command: 'git status', expected: 'allow' },
      { id: 'c', command: 'git status', expected: 'block' },
    ];
    writeFileSync(corpus, cases.map((item) => JSON.stringify(item)).join('\n'));
    const { exitCode, stdout, stderr } = await cli('check', '--corpus', corpus);
    const lines = stdout.split('\n').map((line) => JSON.parse(line));
    expect(lines.map((line) => [line.id, line.verdict, line.correct])).toEqual([
      ['a', 'deny', true],
      ['b', 'pass', true],
      ['c', 'pass', false],
    ]);
    expect(lines[0].guards).toEqual(['branch-protection']);
    expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: '3 cases, 1 not as expected' });
  });

  it.each([
    [['check'], /check takes one command/],
    [['check', '--paylod', 'x'], /did you mean '--payload'/],
    [['chek', 'ls'], /did you mean 'check'/],
    [['check', '--payload', '/nowhere.json'], /no such file or directory\n {2}at \/nowhere\.json/],
    [['policy'], /policy takes init, check, print/],
    [['policy', 'chekc'], /did you mean 'check'/],
    [['policy', 'print', '--file', 'x'], /policy print has no option --file/],
    [['guards', 'branch-protektion'], /did you mean 'branch-protection'/],
  ])('%j is an error with a hint', async (args, message) => {
    const { exitCode, stderr } = await cli(...args);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/^error\[[a-z]+\]: /);
    expect(stderr).toMatch(message);
  });
});

describe('help, guards, policy, explain', () => {
  it('lists commands and shows one', async () => {
    expect((await cli('help')).stdout).toContain('check');
    expect((await cli('check', '--help')).stdout).toContain('Usage: codex-guard check');
    expect((await cli('--version')).stdout).toMatch(/^\d+\.\d+\.\d+$/);
  });

  it('shows guards and where the policy comes from', async () => {
    expect((await cli('guards')).stdout).toMatch(/branch-protection\s+deny/);
    expect((await cli('guards', 'data-loss')).stdout).toContain('Denies:');
    expect((await cli('policy', 'print', '--origin')).stdout).toMatch(/mode\s+"enforce"\s+# preset/);
    expect((await cli('policy', 'check')).exitCode).toBe(0);
  });

  it('says file, line and column of a policy that is wrong, and keeps the shipped one', async () => {
    mkdirSync(join(home, 'guard'));
    writeFileSync(join(home, 'guard', 'policy.jsonc'), '{\n  "guards": { "branch-protectoin": "off" }\n}\n');
    const { exitCode, stdout } = await cli('policy', 'check');
    expect(exitCode).toBe(3);
    expect(stdout).toMatch(/policy\.jsonc:2:\d+/);
    expect(stdout).toContain('branch-protection');
    expect((await cli('check', 'git push origin main')).exitCode).toBe(1);
  });

  it('traces a command', async () => {
    const { stdout } = await cli('explain', 'X=main; bash -c "git push origin $X"');
    expect(stdout).toContain('(via bash -c)');
    expect(stdout).toContain('git push');
    const data = JSON.parse((await cli('explain', 'git push origin main', '--json')).stdout);
    expect(data.schema).toBe('codex-guard/explain/v1');
    expect(data.verdict.outcome).toBe('deny');
  });
});

describe('install and uninstall', () => {
  const hooksJson = (): string => join(home, 'hooks.json');
  const FOREIGN =
    '{\n    "hooks": {\n        "Stop": [{ "hooks": [{ "type": "command", "command": "echo bye" }] }]\n    }\n}\n';

  it('wires all events, keeps foreign hooks, and leaves every byte as it was afterwards', async () => {
    writeFileSync(hooksJson(), FOREIGN, { mode: 0o640 });
    expect((await cli('install')).exitCode).toBe(0);
    const wired = JSON.parse(readFileSync(hooksJson(), 'utf8'));
    expect(Object.keys(wired.hooks)).toHaveLength(10);
    expect(wired.hooks.Stop[0].hooks[0].command).toBe('echo bye');
    expect(statSync(hooksJson()).mode & 0o777).toBe(0o640);
    expect(existsSync(join(home, 'guard', 'hooks', 'pre-tool-use.cjs'))).toBe(true);
    expect(readdirSync(home).filter((name) => name.endsWith('.bak'))).toHaveLength(1);

    const once = readFileSync(hooksJson());
    expect((await cli('install')).stdout).toContain('is as it should be');
    expect(readFileSync(hooksJson())).toEqual(once);

    expect((await cli('uninstall')).exitCode).toBe(0);
    expect(readFileSync(hooksJson(), 'utf8')).toBe(FOREIGN);
    expect(existsSync(join(home, 'guard', 'hooks'))).toBe(false);
    const log = readFileSync(join(home, 'guard', 'changes.jsonl'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).msg);
    expect(log).toEqual(['install', 'uninstall']);
  });

  it('changes nothing on a dry run and shows the change', async () => {
    writeFileSync(hooksJson(), FOREIGN);
    const { exitCode, stdout } = await cli('install', '--dry-run');
    expect(exitCode).toBe(0);
    expect(stdout).toContain('+++');
    expect(stdout).toContain('PreToolUse');
    expect(readdirSync(home)).toEqual(['hooks.json']);
    expect(readFileSync(hooksJson(), 'utf8')).toBe(FOREIGN);
  });

  it.each([
    ['broken JSON', '{ "hooks": '],
    ['a comment', '{ // mine\n "hooks": {} }'],
    ['an unknown key', '{ "version": 1, "hooks": {} }'],
  ])('refuses %s and writes nothing', async (_, text) => {
    writeFileSync(hooksJson(), text);
    const { exitCode, stderr } = await cli('install');
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/^error\[input\]: /);
    expect(readdirSync(home)).toEqual(['hooks.json']);
    expect(readFileSync(hooksJson(), 'utf8')).toBe(text);
  });

  it('refuses a symbolic link', async () => {
    writeFileSync(join(home, 'real.json'), '{ "hooks": {} }');
    symlinkSync(join(home, 'real.json'), hooksJson());
    const { exitCode, stderr } = await cli('install');
    expect(exitCode).toBe(4);
    expect(stderr).toContain('symbolic link');
    expect(readFileSync(join(home, 'real.json'), 'utf8')).toBe('{ "hooks": {} }');
  });

  it('answers through the installed wiring, and log shows it', async () => {
    await cli('install');
    const wired = JSON.parse(readFileSync(hooksJson(), 'utf8'));
    const payload = {
      session_id: 's',
      turn_id: 't',
      cwd: makeProject(),
      hook_event_name: 'PreToolUse',
      tool_name: 'Bash',
      tool_input: { command: 'git push origin main' },
      tool_use_id: 'call_1',
    };
    const hook = await execa('sh', ['-c', wired.hooks.PreToolUse[0].hooks[0].command], {
      input: JSON.stringify(payload),
      env: { CODEX_HOME: home, HOME: home },
      cwd: makeProject(),
      reject: false,
    });
    expect(hook.exitCode).toBe(2);
    expect(hook.stderr).toMatch(/^\[branch-protection\] /);
    expect((await cli('log', '--blocked')).stdout).toContain('[branch-protection]');
    const { records } = JSON.parse((await cli('log', 'call_1')).stdout);
    expect(records[0]).toMatchObject({ verdict: 'deny', tool: 'Bash', session: 's', branch: 'feature/x' });
  });
});
