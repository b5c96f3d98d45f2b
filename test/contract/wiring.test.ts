import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EVENT_RULES } from '../../lib/codex/events.ts';
import { wiringCommand } from '../../lib/codex/wiring.ts';
import type { EventName } from '../../lib/types/payload.ts';
import { isHonoured, readAsClient } from './honoured.ts';

/** Shells that a user may have, as the client starts them. Those that are not on this machine are left out. */
const SHELLS = [
  ['/bin/sh'],
  ['/bin/dash'],
  ['/bin/bash'],
  ['/bin/zsh'],
  ['/bin/mksh'],
  ['/bin/busybox', 'ash'],
  ['/usr/bin/fish'],
].filter(([program]) => existsSync(program as string));

/** Stands in for Node: what is wrong with a program shows the same, and starts faster. */
const QUICK = '/bin/sh';
/** Nothing in it is harmless to a shell. */
const ODD_FOLDER = `it's "$HOME" \`id\` \\ \\\\ & ; * !! %s {a,b} ~ ' \\`;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'codex-guard-wiring-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Run {
  readonly nodePath?: string;
  /** Text of the hook program; absent = the file is missing. */
  readonly program?: string;
  readonly folderName?: string;
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs the command of an event as the client does: `<shell> -c <command>`. */
function run(shell: readonly string[], event: EventName, { nodePath = QUICK, program, ...more }: Run) {
  const hooksDir = join(folder, more.folderName ?? 'hooks');
  mkdirSync(hooksDir, { recursive: true });
  const file = join(hooksDir, `${EVENT_RULES[event].program}.cjs`);
  rmSync(file, { force: true });
  if (program !== undefined) writeFileSync(file, program);
  const [path, ...args] = shell as [string, ...string[]];
  const { status, stdout, stderr } = spawnSync(
    path,
    [...args, '-c', wiringCommand(event, { nodePath, hooksDir })],
    {
      input: more.input ?? '{}',
      env: { PATH: process.env.PATH ?? '', HOME: folder, ...more.env },
      encoding: 'utf8',
    },
  );
  return { exitCode: status as 0 | 2, stdout, stderr };
}

const CLOSED = ['PreToolUse', 'PermissionRequest', 'UserPromptSubmit', 'PostToolUse'] as const;
const OPEN = ['SessionStart', 'SessionEnd', 'PreCompact', 'SubagentStart', 'SubagentStop', 'Stop'] as const;

/** Ways to give no answer, and the exit code that the wiring names. */
const BROKEN: readonly (readonly [string, Run, number])[] = [
  ['exit 1', { program: 'echo "a stack trace" >&2; exit 1' }, 1],
  ['exit 1 after half an answer', { program: 'printf "{\\"systemMess"; exit 1' }, 1],
  ['exit 3', { program: 'exit 3' }, 3],
  ['exit 126, not executable', { nodePath: '/etc' }, 126],
  ['exit 127, no Node', { nodePath: '/nowhere/node', env: { PATH: '/nowhere' } }, 127],
  ['a kill', { program: 'kill -9 $$' }, 137],
  ['a segmentation fault', { program: 'kill -SEGV $$' }, 139],
  ['a program that used up its processor time', { program: 'kill -XCPU $$' }, 152],
  ['a termination', { program: 'kill -TERM $$' }, 143],
  ['a missing program', { nodePath: process.execPath }, 1],
  ['a program with a syntax error', { nodePath: process.execPath, program: 'const' }, 1],
];

describe.each(SHELLS.map((shell) => [shell.join(' '), shell] as const))('under %s', (_, shell) => {
  it.each(CLOSED)('a denial passes at %s', (event) => {
    const reply = run(shell, event, { program: 'printf "[g] no. Instead: ask" >&2; exit 2' });
    expect(reply).toEqual({ exitCode: 2, stdout: '', stderr: '[g] no. Instead: ask' });
  });

  it('a denial of two lines and odd characters passes', () => {
    const reply = run(shell, 'PreToolUse', { program: `printf '%s\\n' '-n \\t $x "q" é' 'two' >&2; exit 2` });
    expect(reply.stderr).toBe('-n \\t $x "q" é\ntwo');
  });

  it.each(CLOSED)('context passes at %s', (event) => {
    const reply = run(shell, event, { program: `printf '{"a":"\\\\\\\\ x"}'; echo log >&2` });
    expect(reply).toEqual({ exitCode: 0, stdout: '{"a":"\\\\ x"}', stderr: '' });
  });

  it.each([...CLOSED, ...OPEN])('silence passes at %s', (event) => {
    expect(run(shell, event, { program: 'exit 0' })).toEqual({ exitCode: 0, stdout: '', stderr: '' });
  });

  it.each(OPEN)('an answer passes at %s', (event) => {
    const reply = run(shell, event, { program: `printf '{"a":"\\\\\\\\ %%s"}'` });
    expect(reply).toEqual({ exitCode: 0, stdout: '{"a":"\\\\ %s"}', stderr: '' });
  });

  it.each(['Stop', 'SubagentStop'] as const)('a round more passes at %s', (event) => {
    const reply = run(shell, event, { program: 'echo noise; echo "run the tests" >&2; exit 2' });
    expect(reply).toEqual({ exitCode: 2, stdout: '', stderr: 'run the tests\n' });
  });

  it('exit 2 without a reason gets one', () => {
    for (const blank of ['', 'printf " \\n\\t " >&2;']) {
      const reply = run(shell, 'PreToolUse', { program: `${blank} exit 2` });
      expect(readAsClient('PreToolUse', reply)).toBe('refused');
      expect(reply.stderr).toMatch(/^\[codex-guard\] .*\(exit code 2\).*\. Instead: /);
    }
  });

  it.each(BROKEN)('%s refuses where a tool runs', (_, broken, code) => {
    const reply = run(shell, 'PreToolUse', broken);
    expect(reply).toEqual({
      exitCode: 2,
      stdout: expect.any(String),
      stderr: `[codex-guard] the guard broke down (exit code ${code}), so this step is refused. Instead: ask the user to run codex-guard install again`,
    });
  });

  it.each(BROKEN)('%s lets a turn end', (_, broken, code) => {
    const reply = run(shell, 'Stop', broken);
    expect(isHonoured('Stop', { ...reply, stderr: '' })).toBe(true);
    expect(JSON.parse(reply.stdout)).toEqual({
      systemMessage: `[codex-guard] the guard broke down (exit code ${code}). Run codex-guard install again.`,
    });
  });

  it('paths with every odd character work', () => {
    const folderName = ODD_FOLDER;
    for (const event of ['PreToolUse', 'Stop'] as const) {
      const reply = run(shell, event, { folderName, program: 'printf no >&2; exit 2' });
      expect(reply).toEqual({ exitCode: 2, stdout: '', stderr: 'no' });
    }
  });

  it('a program may not run for ever where a tool waits for it, but may run tests at the end of a turn', () => {
    expect(run(shell, 'PreToolUse', { program: 'ulimit -t' }).stdout.trim()).toBe('15');
    expect(run(shell, 'Stop', { program: 'ulimit -t' }).stdout.trim()).toBe('unlimited');
  });

  it('the payload arrives whole', () => {
    const input = `{"x":"${'é\\n '.repeat(100_000)}"}`;
    const reply = run(shell, 'PreToolUse', { program: 'cat', input });
    expect(reply.stdout).toBe(input);
  });
});

describe('with Node itself', () => {
  it.each(['PreToolUse', 'Stop'] as const)('nothing in the environment reaches its start at %s', (event) => {
    const reply = run(['/bin/sh'], event, {
      nodePath: process.execPath,
      program: `process.stdout.write(JSON.stringify(Object.keys(process.env).filter((n) => /NODE_|OPENSSL/.test(n))))`,
      env: {
        NODE_OPTIONS: '--require=/nowhere.cjs',
        NODE_EXTRA_CA_CERTS: '/nowhere.pem',
        NODE_PATH: '/nowhere',
        NODE_V8_COVERAGE: join(folder, 'coverage'),
        NODE_CHANNEL_FD: '9',
        OPENSSL_CONF: '/nowhere.cnf',
      },
    });
    expect(reply).toEqual({ exitCode: 0, stdout: '[]', stderr: '' });
  });

  it('the one from PATH runs when the recorded one is gone', () => {
    const bin = join(process.execPath, '..');
    const reply = run(['/bin/sh'], 'PreToolUse', {
      nodePath: '/nowhere/node',
      program: 'process.stderr.write("no"); process.exitCode = 2',
      env: { PATH: `${bin}:/usr/bin:/bin` },
    });
    expect(reply).toEqual({ exitCode: 2, stdout: '', stderr: 'no' });
  });

  it('an uncaught error refuses and keeps its stack to itself', () => {
    const reply = run(['/bin/sh'], 'PostToolUse', {
      nodePath: process.execPath,
      program: 'throw new Error("the payload said so")',
    });
    expect(readAsClient('PostToolUse', reply)).toBe('refused');
    expect(reply.stderr).not.toContain('payload');
  });
});
