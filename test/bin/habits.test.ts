/** What a command line owes its users when something is not as it should be: words, exit codes, streams, colours. A table each. */

import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CLI } from '../built.ts';
import { ask, openRoom, type Room } from '../contract/json-room.ts';
import { findShapeErrors } from '../contract/shapes.ts';

const scratch = mkdtempSync('/var/tmp/codex-guard-habits-');
afterAll(() => {
  chmodSync(join(room.home, 'sealed'), 0o700);
  rmSync(scratch, { recursive: true, force: true });
});
let room: Room;
beforeAll(() => {
  room = openRoom(scratch);
  mkdirSync(join(room.project, 'folder'));
  mkdirSync(join(room.home, 'sealed'), { mode: 0o500 });
  symlinkSync('nowhere', join(room.project, 'dangling'));
  room.write('binary', Buffer.from([0, 1, 255, 254]));
  room.write('broken.json', '{ "a": ');
  room.write('broken.toml', 'a = = 1\n');
  room.write('wrong.jsonc', '{\n  "mode": "obsrve"\n}\n');
  room.write('empty', '');
  room.write('locked', 'x');
  chmodSync(join(room.project, 'locked'), 0o000);
  for (const folder of [scratch, join(room.home, '..'), room.home]) chmodSync(folder, 0o755);
});

/** As somebody who may not do everything. */
function askUnprivileged(words: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...words], {
    cwd: room.project,
    env: { ...room.env, ...env },
    encoding: 'utf8',
    ...(process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {}),
  });
  return { exitCode: status, stdout, stderr };
}

const place = (name: string) => join(room.project, name);

describe('a file that cannot be used', () => {
  const MISSING = ['input', 2, 'there is no such file or directory'] as const;
  const FOLDER = ['input', 2, 'this is a directory, not a file'] as const;
  const BINARY = ['input', 2, 'this is not text: there are zero bytes in it'] as const;
  const EMPTY = ['input', 2, 'this file is empty'] as const;
  const TOML = ['input', 2, 'line 1: not valid TOML'] as const;

  it.each<readonly [string, string, string, number, string]>([
    ...[
      'check --payload',
      'check --patch',
      'check --corpus',
      'check ls --policy',
      'explain ls --policy',
    ].flatMap((words) => [
      [words, 'nowhere', ...MISSING] as const,
      [words, 'dangling', ...MISSING] as const,
      [words, 'folder', ...FOLDER] as const,
    ]),
    ...[
      'policy check --file',
      'policy check --policy',
      'policy print --policy',
      'policy drift --config',
    ].flatMap((words) => [[words, 'nowhere', ...MISSING] as const, [words, 'folder', ...FOLDER] as const]),
    ...['scan --config', 'scan --baseline', 'verify-run --rollout'].flatMap((words) => [
      [words, 'nowhere', ...MISSING] as const,
      [words, 'folder', ...FOLDER] as const,
    ]),
    ['check --payload', 'binary', ...BINARY],
    ['check --patch', 'binary', ...BINARY],
    ['policy drift --config', 'binary', ...BINARY],
    ['scan --config', 'binary', ...BINARY],
    ['scan --baseline', 'binary', ...BINARY],
    ['check --payload', 'empty', ...EMPTY],
    ['check --patch', 'empty', ...EMPTY],
    ['check --corpus', 'empty', 'input', 2, 'there is no case in it'],
    ['check --payload', 'broken.json', 'input', 2, 'the payload is not valid JSON'],
    ['policy drift --config', 'broken.toml', ...TOML],
    ['scan --config', 'broken.toml', ...TOML],
    ['check ls --cwd', 'nowhere', ...MISSING],
    ['explain ls --cwd', 'empty', 'input', 2, 'this is a file, not a directory'],
    ['doctor --project', 'nowhere', ...MISSING],
  ])('%s %s', async (words, file, code, exit, message) => {
    const { exitCode, stdout, stderr } = await ask(room, [...words.split(' '), file]);
    expect({ exitCode, stdout }).toEqual({ exitCode: exit, stdout: '' });
    expect(stderr.startsWith(`error[${code}]: ${message}`), stderr).toBe(true);
    expect(stderr).toContain(`\n  at ${place(file)}`);
  });

  it.each([
    ['check ls --policy wrong.jsonc', 'wrong.jsonc:2:11', 'did you mean `observe`?'],
    ['explain ls --policy broken.json', 'broken.json:1:8', undefined],
    ['policy print --policy wrong.jsonc', 'wrong.jsonc:2:11', 'did you mean `observe`?'],
  ])('%s is told with its line', async (words, at, hint) => {
    const { exitCode, stdout, stderr } = await ask(room, words.split(' '));
    expect({ exitCode, stdout }).toEqual({ exitCode: 3, stdout: '' });
    expect(stderr).toMatch(/^error\[policy\]: \S/);
    expect(stderr).toContain(`\n  at ${place(at)}`);
    if (hint !== undefined) expect(stderr).toContain(`\n  hint: ${hint}`);
  });

  it('in its place is told beside the answer', async () => {
    room.write(join(room.guardHome, 'policy.jsonc'), '{ "mode": "obsrve" }');
    const { exitCode, stdout, stderr } = await ask(room, ['check', 'ls', '--json']);
    expect([exitCode, JSON.parse(stdout).verdict]).toEqual([0, 'pass']);
    expect(stderr).toBe('warning: 1 problem in the files of the policy; codex-guard policy check shows it\n');
    rmSync(room.guardHome, { recursive: true });
  });

  it.each(['check --payload locked', 'check ls --policy locked', 'scan --config locked'])(
    '%s, for want of leave',
    (words) => {
      const { exitCode, stderr } = askUnprivileged(words.split(' '));
      expect(exitCode).toBe(2);
      expect(stderr).toBe(
        `error[input]: permission denied\n  at ${place('locked')}\n  hint: look at its mode and owner, and at those of the directories above it\n`,
      );
    },
  );

  it.each(['install', 'policy init --yes', 'install --json'])('%s, in a home that is read-only', (words) => {
    const home = join(room.home, 'sealed');
    const { exitCode, stdout, stderr } = askUnprivileged(words.split(' '), { CODEX_HOME: home });
    expect(exitCode).toBe(4);
    expect(stderr).toMatch(
      new RegExp(`^error\\[host\\]: permission denied\n  at ${home}/guard\\S*\n  hint: `),
    );
    expect(stdout === '' || JSON.parse(stdout).code === 'host').toBe(true);
    expect(readdirSync(home)).toEqual([]);
  });

  it('is no reason to try for ever', async () => {
    const { exitCode, stderr } = await ask(room, ['install'], { env: { CODEX_HOME: '/proc/nowhere' } });
    expect([exitCode, stderr]).toEqual([
      4,
      expect.stringMatching(/^error\[host\]: .*\n {2}at \/proc\/nowhere/),
    ]);
  });
});

describe('standard input', () => {
  it.each([
    ['check --payload -', '', 2, 'error[input]: standard input is empty\n  hint: pipe a payload into it\n'],
    ['check --patch -', ' \n', 2, 'error[input]: standard input is empty\n  hint: pipe a patch into it\n'],
    ['check --corpus -', '', 2, 'error[input]: there is no case in it\n  at standard input\n'],
    ['scan -', '', 0, ''],
    ['check --payload -', '{', 2, 'error[input]: the payload is not valid JSON\n  at standard input\n'],
    ['check --payload -', 'a'.repeat(65 << 20), 4, 'error[limit]: standard input is longer than 64 MiB\n'],
    [
      'check --corpus -',
      'a'.repeat(66 << 20),
      4,
      'error[limit]: standard input has a line that is longer than 64 MiB\n',
    ],
  ])('%s', async (words, input, exit, message) => {
    const { exitCode, stderr } = await ask(room, words.split(' '), { input });
    expect({ exitCode, stderr }).toEqual({ exitCode: exit, stderr: message });
  });
});

describe('a word that nobody knows', () => {
  it.each([
    ['chek ls', "there is no command 'chek'", "did you mean 'check'?"],
    ['frobnicate', "there is no command 'frobnicate'", 'codex-guard help lists them'],
    ['help polcy', "there is no command 'polcy'", "did you mean 'policy'?"],
    ['policy', 'policy takes init, check, print, schema, export, drift, lock', 'codex-guard help policy'],
    ['policy exprot', "there is no policy action 'exprot'", "did you mean 'export'?"],
    ['check ls --jsn', 'check has no option --jsn', "did you mean '--json'?"],
    ['status -x', 'status has no option -x', 'codex-guard help status'],
    ['policy print --file x', 'policy print has no option --file', 'codex-guard help policy print'],
    ['check --payload', '--payload needs a value', 'as in --payload=FILE; codex-guard help check'],
    ['check ls --json=1', '--json takes no value', 'codex-guard help check'],
    ['install now', "install takes no words, but 'now' was given", 'codex-guard help install'],
    ['log a b', "log takes no further word, but 'b' was given", 'codex-guard help log'],
    ['install --scope usr', "there is no scope 'usr'", "did you mean 'user'?"],
    ['uninstall --scope x', "there is no scope 'x'", 'it is one of user, project, managed'],
    ['guards secrts', "there is no guard 'secrts'", "did you mean 'secrets'?"],
    ['schema chekc', "there is no schema 'chekc'", "did you mean 'check'?"],
    ['scan --format josn', "there is no format 'josn'", "did you mean 'json'?"],
    ['scan --fail-on error', "there is no level 'error'", 'it is one of deny, warn'],
    [
      'verify-run --format markdown',
      "there is no format 'markdown'",
      'it is one of text, json, github, sarif',
    ],
    ['verify-run --fail-on denny', "there is no kind of failure 'denny'", "did you mean 'deny'?"],
    ['policy export --format rule', "there is no format 'rule'", "did you mean 'rules'?"],
    ['policy init --level level-9', "there is no level 'level-9'", "did you mean 'level-0'?"],
    [
      'policy check --file wrong.jsonc --scope team',
      "there is no scope 'team'",
      'it is one of user, project, managed',
    ],
    ['policy lock --layer team', "there is no layer 'team'", 'it is one of project, user, managed'],
    ['log --limit many', '--limit takes a whole number above 0', undefined],
    ['install --scope project --pin', '--pin pins for the whole machine', 'add --scope managed'],
  ])('%s', async (words, message, hint) => {
    const args = words.split(' ');
    const { exitCode, stdout, stderr } = await ask(room, args);
    const text = `error[usage]: ${message}\n${hint === undefined ? '' : `  hint: ${hint}\n`}`;
    expect({ exitCode, stdout, stderr }).toEqual({ exitCode: 2, stdout: '', stderr: text });
    if (args.includes('--payload')) return;
    // The same for programs: only JSON on standard output, and the talk stays where it is.
    const told = await ask(room, [...args, '--json']);
    const value = JSON.parse(told.stdout);
    expect(findShapeErrors(value)).toEqual([]);
    expect(value).toMatchObject({ code: 'usage', message, exitCode: 2 });
    expect(told).toMatchObject({ exitCode: 2, stderr: text });
  });
});

describe('outside of what is usual', () => {
  it.each(['check ls', 'policy print', 'guards', 'log', 'scan', 'status --codex none', 'allow --list'])(
    '%s works without HOME, and in no repository',
    async (words) => {
      const { HOME: _, ...env } = room.env;
      const bare = { ...room, env: { ...env, CODEX_HOME: room.codexHome } };
      const { exitCode, stderr } = await ask(bare, words.split(' '), { cwd: join(room.home, '..') });
      expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    },
  );

  it('takes a relative CODEX_HOME from where it is', async () => {
    const { stdout } = await ask(room, ['install', '--dry-run', '--json'], { env: { CODEX_HOME: 'rel' } });
    expect(JSON.parse(stdout).hooksJson).toBe(join(room.project, 'rel', 'hooks.json'));
  });

  it('wants a repository where it takes one', async () => {
    const cwd = join(room.home, '..');
    const { exitCode, stderr } = await ask(room, ['install', '--scope', 'project'], { cwd });
    expect([exitCode, stderr]).toEqual([
      2,
      expect.stringMatching(/^error\[usage\]: .* is in no git repository\n {2}hint: /),
    ]);
    expect((await ask(room, ['scan', '--staged'], { cwd })).exitCode).toBe(2);
  });

  it.each(['guards', 'policy print --origin', 'doctor --codex none', 'schema explain', 'help'])(
    '%s is silent when nobody reads on',
    (words) => {
      // Both streams into the pipe that ends: the exit code of the program, not of head, is shown.
      const script = `{ "$@" 2>&1; echo $? >&3; } 3>&2 | head -1`;
      const { stdout, stderr } = spawnSync(
        'sh',
        ['-c', script, 'sh', process.execPath, CLI, ...words.split(' ')],
        { cwd: room.project, env: room.env, encoding: 'utf8' },
      );
      expect(stdout.split('\n')).toHaveLength(2);
      expect(stderr).toBe(words.startsWith('doctor') ? '1\n' : '0\n');
    },
  );

  it('says that the disk is full', () => {
    const { status, stderr } = spawnSync(
      'sh',
      ['-c', `"$@" > /dev/full`, 'sh', process.execPath, CLI, 'guards'],
      {
        env: room.env,
        encoding: 'utf8',
      },
    );
    expect([status, stderr]).toEqual([4, 'error[host]: the disk is full\n']);
  });
});

describe('colours', () => {
  it.each([
    [{}, false],
    [{ FORCE_COLOR: '1' }, true],
    [{ FORCE_COLOR: '0' }, false],
    [{ FORCE_COLOR: '1', NO_COLOR: '1' }, false],
    [{ FORCE_COLOR: '1', NO_COLOR: '' }, true],
  ])('in a pipe with %j: %s', async (env, isWanted) => {
    const { NO_COLOR: _, ...plain } = room.env;
    const { stdout } = await ask({ ...room, env: plain }, ['check', 'git push origin main'], { env });
    expect(stdout.includes('\u001b[31m')).toBe(isWanted);
  });

  it('are never in JSON', async () => {
    const { NO_COLOR: _, ...plain } = room.env;
    const { stdout } = await ask({ ...room, env: plain }, ['check', 'sudo id', '--json'], {
      env: { FORCE_COLOR: '1' },
    });
    expect(stdout).not.toContain('\u001b');
  });
});
