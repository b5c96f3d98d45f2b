/** Code caches that are missing, damaged, foreign or stale: the answer stays right, or the wiring makes a refusal of the crash. */

import { execFileSync, spawnSync } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { wiringCommand } from '../../lib/codex/wiring.ts';
import { HOOKS } from '../built.ts';

const DENIED = 'git push --force origin main';
const HARMLESS = 'git status';

let folder: string;
let pristine: string;
let hooksDir: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'codex-guard-cache-test-'));
  pristine = join(folder, 'pristine');
  hooksDir = join(folder, 'hooks');
  execFileSync('git', ['init', '--quiet', '--initial-branch=feature', join(folder, 'app')]);
  copyFolder(HOOKS, pristine, (name) => !name.endsWith('.cache'));
  execFileSync(process.execPath, [join(pristine, 'make-cache.cjs')], { stdio: 'ignore' });
});
beforeEach(() => {
  rmSync(hooksDir, { recursive: true, force: true });
  copyFolder(pristine, hooksDir, () => true);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Keeps times: a cache must not become older than its program. */
function copyFolder(from: string, to: string, isWanted: (name: string) => boolean): void {
  mkdirSync(to, { recursive: true });
  for (const name of readdirSync(from).filter(isWanted)) {
    copyFileSync(join(from, name), join(to, name));
    const { atime, mtime } = statSync(join(from, name));
    utimesSync(join(to, name), atime, mtime);
  }
}

function cacheOf(program: string): string {
  const name = readdirSync(hooksDir).find(
    (file) => file.startsWith(`${program}.`) && file.endsWith('.cache'),
  );
  if (name === undefined) throw new Error(`${program} has no cache`);
  return join(hooksDir, name);
}

/** Runs the wiring command of PreToolUse, or the program alone. */
function run(command: string, by: 'wiring' | 'program' = 'wiring') {
  const file = join(hooksDir, 'pre-tool-use.cjs');
  const args =
    by === 'wiring'
      ? ['/bin/sh', '-c', wiringCommand('PreToolUse', { nodePath: process.execPath, hooksDir })]
      : [process.execPath, file];
  const { status, stdout, stderr } = spawnSync(args[0] as string, args.slice(1), {
    input: JSON.stringify({
      session_id: 's',
      cwd: join(folder, 'app'),
      hook_event_name: 'PreToolUse',
      tool_name: 'Bash',
      tool_input: { command },
      tool_use_id: 'c',
    }),
    env: { PATH: process.env.PATH ?? '', HOME: folder, CODEX_HOME: join(folder, 'codex') },
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

function expectRightAnswers(): void {
  expect(run(HARMLESS, 'program')).toEqual({ status: 0, stdout: '', stderr: '' });
  const denial = run(DENIED, 'program');
  expect(denial.status).toBe(2);
  expect(denial.stderr).toMatch(/^\[branch-protection\] /);
}

/** Changes the words of a denial in the main program, not its length; returns what they are now. */
function rewordMain(): string {
  const file = join(hooksDir, 'main.js');
  const text = readFileSync(file, 'utf8');
  const changed = text.replaceAll('. Instead: ', '. INSTEAD: ');
  expect(changed).not.toBe(text);
  writeFileSync(file, changed);
  return '. INSTEAD: ';
}

describe('a hook answers right', () => {
  it('with its caches', () => {
    expect(readdirSync(hooksDir).filter((name) => name.endsWith('.cache')).length).toBeGreaterThan(3);
    expectRightAnswers();
  });

  it('without caches', () => {
    for (const name of readdirSync(hooksDir)) if (name.endsWith('.cache')) rmSync(join(hooksDir, name));
    expectRightAnswers();
  });

  it('with a folder where a cache should be', () => {
    const file = cacheOf('main');
    rmSync(file);
    mkdirSync(file);
    expectRightAnswers();
  });

  it.each([0, 1, 100, 0.5, 0.99])('with caches that end early (%d)', (length) => {
    for (const program of ['main', 'shell', 'git']) {
      const file = cacheOf(program);
      const bytes = readFileSync(file);
      writeFileSync(file, bytes.subarray(0, length < 1 ? Math.floor(bytes.length * length) : length));
    }
    expectRightAnswers();
  });

  it('with a cache of another version of V8 under the right name', () => {
    const file = cacheOf('main');
    const bytes = readFileSync(file);
    // The header: magic number, version, source, flags, each in four bytes.
    bytes.writeUInt32LE(bytes.readUInt32LE(4) ^ 1, 4);
    writeFileSync(file, bytes);
    expectRightAnswers();
  });

  it('with the cache of another program under the right name', () => {
    copyFileSync(cacheOf('shell'), cacheOf('main'));
    expectRightAnswers();
  });
});

describe('a cache is used for what it was made of only', () => {
  it('is used at all: a program that pretends to be older than its cache is not looked at', () => {
    const made = statSync(cacheOf('main')).mtimeMs / 1000;
    const words = rewordMain();
    utimesSync(join(hooksDir, 'main.js'), made - 60, made - 60);
    expect(run(DENIED).stderr).not.toContain(words);
  });

  it('is not used for a program that was changed after it', () => {
    const words = rewordMain();
    expect(run(DENIED)).toMatchObject({ status: 2, stderr: expect.stringContaining(words) });
  });

  it('is not used for a program of another build, whatever its times', () => {
    const cache = cacheOf('main');
    renameSync(cache, cache.replace(/main\.[0-9a-f]{16}/, `main.${'0'.repeat(16)}`));
    const words = rewordMain();
    utimesSync(join(hooksDir, 'main.js'), 1, 1);
    expect(run(DENIED).stderr).toContain(words);
  });

  it('programs of two builds do not run together', () => {
    const file = join(hooksDir, 'shell.js');
    writeFileSync(
      file,
      readFileSync(file, 'utf8').replace(/^(\/\*[0-9a-f]{16} )[0-9a-f]{16}/, `$1${'0'.repeat(16)}`),
    );
    const { status, stderr } = run(HARMLESS);
    expect(status).toBe(2);
    expect(stderr).toContain('[codex-guard] the guard broke');
  });
});

describe('behind the wiring a damaged cache lets nothing through', () => {
  it.each([0.1, 0.3, 0.5, 0.7, 0.9])('a byte flipped at %d of it', (place) => {
    const file = cacheOf('main');
    const bytes = readFileSync(file);
    const at = Math.floor(bytes.length * place);
    bytes.writeUInt8(bytes.readUInt8(at) ^ 0xff, at);
    writeFileSync(file, bytes);
    expect(run(DENIED)).toMatchObject({
      status: 2,
      stdout: '',
      stderr: expect.stringMatching(/\. Instead: /),
    });
    expect([0, 2]).toContain(run(HARMLESS).status);
  });
});
