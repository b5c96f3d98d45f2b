import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { EVENT_RULES } from '../../lib/codex/events.ts';
import { findWiredNode, isOurCommand, UNSET, wiringCommand, wiringEntries } from '../../lib/codex/wiring.ts';
import { windowsScript } from '../../lib/codex/wiring-windows.ts';
import { InputError } from '../../lib/types/errors.ts';
import type { EventName } from '../../lib/types/payload.ts';

const paths = { nodePath: '/usr/bin/node', hooksDir: '/home/user/.codex/guard/hooks' };

describe('wiringEntries', () => {
  const entries = wiringEntries(paths);

  it('has one for every event with a program', () => {
    const programs = Object.entries(EVENT_RULES).filter(([, rule]) => rule.program !== undefined);
    expect(entries.map(({ event }) => event).sort()).toEqual(programs.map(([event]) => event).sort());
    expect(entries).toHaveLength(10);
  });

  it('has whole seconds that the client accepts', () => {
    for (const { event, handler } of entries) {
      expect(Number.isInteger(handler.timeout) && handler.timeout > 0).toBe(true);
      if (event === 'SessionEnd') expect(handler.timeout).toBeLessThanOrEqual(3);
    }
  });

  it('is the same to the byte as in earlier releases', () => {
    const digest = createHash('sha256').update(JSON.stringify(entries)).digest('hex');
    expect(digest).toBe('94564492869792fb38514ff98c4911bfe74a7b08901b1c4054d5868499375a41');
  });
});

describe('shared wiring', () => {
  const entries = wiringEntries('shared');

  it.each([
    ['shared', 'a813cd00d79a18a6f95ed09b46371174795bd33d70a5a283eda16ad3979d8289'],
    ['plugin', '2194b62c7d91f5486f4c602670795206f72657553a36de0f5a7c206c3cb17cb5'],
  ] as const)('%s is the same to the byte as in earlier releases', (where, expected) => {
    const text = JSON.stringify(wiringEntries(where));
    expect(createHash('sha256').update(text).digest('hex')).toBe(expected);
  });

  it('names no folder of this machine', () => {
    const text = JSON.stringify(entries);
    for (const folder of [process.cwd(), process.execPath, homedir()]) expect(text).not.toContain(folder);
  });

  const scratch = mkdtempSync(join(tmpdir(), 'codex-guard-shared-'));
  afterAll(() => rmSync(scratch, { recursive: true, force: true }));
  const home = join(scratch, "it's $HOME");
  const run = (event: EventName, env: Record<string, string>) => {
    const { status, stdout, stderr } = spawnSync('/bin/sh', ['-c', wiringCommand(event, 'shared')], {
      cwd: join(home, 'guard', 'hooks'),
      env: { PATH: process.env.PATH ?? '', ...env },
      encoding: 'utf8',
      input: 'the payload',
    });
    return { status, stdout, stderr };
  };
  mkdirSync(join(home, 'guard', 'hooks'), { recursive: true });
  for (const name of ['pre-tool-use', 'stop'])
    writeFileSync(
      join(home, 'guard', 'hooks', `${name}.cjs`),
      `console.log('ran ' + require('fs').readFileSync(0, 'utf8') + (process.env.NODE_OPTIONS ?? ''))`,
    );

  it.each([
    ['CODEX_GUARD_HOME', { CODEX_GUARD_HOME: join(home, 'guard') }],
    ['CODEX_HOME', { CODEX_HOME: home }],
    ['HOME', { HOME: join(home, '..', 'person') }],
  ])("finds the programs by %s, in everybody's own home", (_, env) => {
    mkdirSync(join(scratch, 'person'), { recursive: true });
    if (!existsSync(join(scratch, 'person', '.codex'))) symlinkSync(home, join(scratch, 'person', '.codex'));
    expect(run('PreToolUse', { ...env, NODE_OPTIONS: '--bad' })).toEqual({
      status: 0,
      stdout: 'ran the payload\n',
      stderr: '',
    });
    expect(run('Stop', env).stdout).toBe('ran the payload');
  });

  it.each([{}, { HOME: '/nowhere' }, { CODEX_HOME: '/nowhere' }, { CODEX_GUARD_HOME: '/nowhere' }])(
    'refuses, and lets a turn end, where there is no guard: %j',
    (env) => {
      const refused = run('PreToolUse', env as Record<string, string>);
      expect(refused).toMatchObject({ status: 2, stdout: '' });
      expect(refused.stderr).toMatch(
        /^\[codex-guard\] this repository is guarded, .*exit code 1.*--scope project$/,
      );
      const ended = run('Stop', env as Record<string, string>);
      expect(ended.status).toBe(0);
      expect(JSON.parse(ended.stdout).systemMessage).toContain('not installed here');
    },
  );

  it('runs the Node that was installed with the programs', () => {
    writeFileSync(join(home, 'guard', 'hooks', 'node'), '#!/bin/sh\necho "own node $1"\n', { mode: 0o755 });
    expect(run('PreToolUse', { CODEX_HOME: home }).stdout).toBe(
      `own node ${join(home, 'guard', 'hooks', 'pre-tool-use.cjs')}\n`,
    );
  });
});

describe('on Windows', () => {
  const commands = wiringEntries('shared').map(
    ({ event, handler }) => [event, handler.commandWindows as string] as const,
  );

  it.each(commands)('%s is one line that no shell there takes apart', (_, command) => {
    expect(command).toMatch(/^powershell\.exe -NoProfile -NonInteractive -EncodedCommand [A-Za-z0-9+/]+=*$/);
    expect(command.length).toBeLessThan(8000);
  });

  it('runs the program, and turns every other exit into a refusal with a reason', () => {
    const [, command] = commands.find(([event]) => event === 'PreToolUse') as (typeof commands)[0];
    const script = Buffer.from(command.split(' ').at(-1) as string, 'base64').toString('utf16le');
    expect(script).toContain(`$s.Arguments = '"' + $h + '\\hooks\\pre-tool-use.cjs' + '"'`);
    expect(script).toContain('if ($c -is [int] -and ($c -eq 0 -or $c -eq 2)) { exit $c }');
    expect(script.endsWith('[Console]::Error.Write($m); exit 2')).toBe(true);
    for (const name of UNSET) expect(script).toContain(`'${name}'`);
    // Anything that fails before the program has ended leaves $c as it was, which is no number.
    expect(script).toMatch(/^\$c = 'none'\ntry \{[\s\S]*\} catch \{ \}\nif /);
  });

  it('lets go where a failure must, and keeps quotes in what it says', () => {
    const script = windowsScript({
      where: 'plugin',
      program: 'stop',
      failsClosed: false,
      message: "it's %s",
      unset: [],
    });
    expect(script).toContain("$m = 'it''s %s'.Replace('%s', [string]$c)");
    expect(script.endsWith('[Console]::Out.Write($m); exit 0')).toBe(true);
  });
});

describe('findWiredNode', () => {
  it.each(['/usr/bin/node', '/it\'s/no\\de\'s "x"/node'])('finds %s', (nodePath) => {
    expect(findWiredNode(wiringCommand('Stop', { ...paths, nodePath }))).toBe(nodePath);
  });

  it.each([wiringCommand('Stop', 'shared'), 'node x', ''])('finds none in %j', (command) => {
    expect(findWiredNode(command)).toBeUndefined();
  });
});

describe('wiringCommand', () => {
  it.each(['PostCompact', 'Interrupt', 'PreModelRequest'] as const)(
    'refuses %s, which has no program',
    (event) => {
      expect(() => wiringCommand(event, paths)).toThrow(InputError);
    },
  );

  it.each([
    [{ ...paths, nodePath: 'node' }],
    [{ ...paths, hooksDir: 'hooks' }],
    [{ ...paths, hooksDir: '/a\nb' }],
    [{ ...paths, nodePath: '/a\u0000b' }],
  ])('refuses %j', (bad) => {
    expect(() => wiringCommand('Stop', bad)).toThrow(InputError);
  });
});

describe('isOurCommand', () => {
  it.each(
    wiringEntries({ ...paths, hooksDir: "/it's a home/hooks" }).map(({ event, handler }) => [
      event,
      handler.command,
    ]),
  )('knows %s', (_: EventName, command: string) => {
    expect(isOurCommand(command)).toBe(true);
  });

  it.each([
    'node /home/user/.codex/guard/hooks/pre-tool-use.cjs',
    'codex-guard',
    "exec /bin/sh -c 'x' other '/a/hooks/stop.cjs' ''",
    "echo 'exec /bin/sh -c' codex-guard '/a/hooks/stop.cjs' ''",
  ])('does not take %j for ours', (command) => {
    expect(isOurCommand(command)).toBe(false);
  });
});
