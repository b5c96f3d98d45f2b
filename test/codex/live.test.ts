import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { listHookTrust } from '../../lib/codex/trust.ts';
import { type LiveReport, proveLive } from '../../lib/doctor/live/prove-live.ts';
import { CLI } from '../built.ts';
import { findShapeErrors } from '../contract/shapes.ts';
import { findBinary } from './find-binary.ts';
import { CLIENT } from './install-client.ts';
import { closeRooms, commitProject, openRooms, type Rooms, readFiles, writeFiles } from './rooms.ts';

/** A person's own folders, installed and trusted; what a case changes, it changes here. */
let person: Rooms;
beforeEach(() => {
  person = openRooms();
  commitProject(person);
  execFileSync(process.execPath, [CLI, 'install'], { cwd: person.project, env: environment() });
});
afterEach(() => closeRooms(person));

function environment(): Record<string, string> {
  return {
    PATH: process.env.PATH ?? '',
    HOME: person.home,
    CODEX_HOME: person.codexHome,
    TMPDIR: person.tmp,
  };
}

/** Trusts what hooks.json says now, as a person who types /hooks. */
function trustHooks(): void {
  const path = join(person.codexHome, 'hooks.json');
  const states = listHookTrust(readFileSync(path, 'utf8'), path).map(
    ({ key, hash }) => `[hooks.state.${JSON.stringify(key)}]\ntrusted_hash = "${hash}"\n`,
  );
  appendFileSync(join(person.codexHome, 'config.toml'), states.join(''));
}

function configure(text: string): void {
  appendFileSync(join(person.codexHome, 'config.toml'), `${text}\n`);
}

function changeHooks(change: (text: string) => string): void {
  const path = join(person.codexHome, 'hooks.json');
  const before = readFileSync(path, 'utf8');
  const after = change(before);
  expect(after).not.toBe(before);
  writeFileSync(path, after);
}

/** Every report has the shape that is published for `doctor --live --json`. */
async function prove(more: { readonly model?: string } = {}): Promise<LiveReport> {
  const report = await proveLive({
    codexPath: CLIENT,
    env: environment(),
    directory: person.project,
    ...more,
  });
  expect(findShapeErrors({ schema: 'codex-guard/doctor-live/v1', ...report })).toEqual([]);
  return report;
}

function states({ scenes }: LiveReport): Readonly<Record<string, string>> {
  return Object.fromEntries(scenes.map(({ id, state }) => [id, state]));
}

function causes(report: LiveReport): readonly string[] {
  return report.causes.map(({ id }) => id);
}

function digestFolder(folder: string): string {
  return createHash('sha256')
    .update(JSON.stringify(readFiles(folder)))
    .digest('hex');
}

function scratchFolders(): readonly string[] {
  return readdirSync(tmpdir()).filter((name) => name.startsWith('codex-guard-live-'));
}

const ALL = ['push', 'token', 'patch', 'mcp', 'stop'] as const;
const all = (state: string) => Object.fromEntries(ALL.map((id) => [id, state]));

describe('the proof is green', () => {
  it.each([
    ['the client’s own model', undefined, 'code'],
    ['a model with the classic tools', 'gpt-5.5', 'classic'],
    ['a model that the client does not know', 'some-model', 'classic'],
  ])('with %s, and leaves no trace', async (_, model, tools) => {
    trustHooks();
    const before = digestFolder(person.base);
    const report = await prove(model === undefined ? {} : { model });
    expect(report).toMatchObject({
      ok: true,
      tools,
      causes: [],
      scenes: ALL.map((id) => ({ id, state: 'stopped' })),
    });
    expect(report.scenes.map(({ guards }) => guards[0])).toEqual([
      'branch-protection',
      'secrets',
      'protected-paths',
      'secrets',
      'change-size',
    ]);
    for (const { reason, hookMs, wallMs } of report.scenes) {
      expect(reason).toContain('Instead: ');
      expect(hookMs).toBeLessThanOrEqual(wallMs ?? 0);
    }
    expect(JSON.stringify(report)).not.toMatch(/gh[p]_[A-Za-z0-9]{36}/);
    expect(digestFolder(person.base)).toBe(before);
    expect(scratchFolders()).toEqual([]);
  });

  it('by the policy of the person and of the trusted project', async () => {
    trustHooks();
    writeFiles(person.codexHome, {
      'guard/policy.jsonc': '{ "extends": ["./more.jsonc"], "guards": { "mcp-tools": "off" } }',
      'guard/more.jsonc': '{ "guards": { "branch-protection": "off" } }',
    });
    writeFiles(person.project, {
      '.codex/guard.jsonc': '{ "guards": { "change-size": ["deny", { "lines": 30 }] } }',
    });
    const report = await prove();
    expect(report.ok).toBe(true);
    expect(states(report)).toEqual({ ...all('stopped'), push: 'off' });
    expect(report.scenes.at(-1)?.reason).toContain('at most 30');
  });

  it('with a reviewer where running without approvals is forbidden', async () => {
    trustHooks();
    writeFiles(person.codexHome, { 'guard/policy.jsonc': '{ "guards": { "danger-mode": "deny" } }' });
    expect(states(await prove())).toEqual(all('stopped'));
  });
});

describe('the proof is red when', () => {
  it('nobody trusts the hooks', async () => {
    const report = await prove();
    expect(report.ok).toBe(false);
    expect(states(report)).toEqual(all('open'));
    expect(causes(report)).toEqual(['untrusted']);
  });

  it('the hooks changed since', async () => {
    trustHooks();
    changeHooks((text) => text.replaceAll('"timeout": 30', '"timeout": 31'));
    const report = await prove();
    expect(states(report)).toMatchObject({ push: 'open', token: 'open' });
    expect(causes(report)).toEqual(['trust-outdated']);
  });

  it('a trusted project switches hooks off', async () => {
    trustHooks();
    configure(`[projects.${JSON.stringify(person.project)}]\ntrust_level = "trusted"`);
    writeFiles(person.project, { '.codex/config.toml': '[features]\nhooks = false\n' });
    const report = await prove();
    expect(states(report)).toEqual(all('open'));
    expect(report.causes).toMatchObject([
      { id: 'switched-off', what: expect.stringContaining(person.project) },
    ]);
  });

  it('a matcher misses', async () => {
    changeHooks((text) => text.replace(/("PreToolUse": \[\s*\{)/, '$1 "matcher": "shell",'));
    trustHooks();
    const report = await prove();
    expect(states(report)).toEqual({
      push: 'open',
      token: 'stopped',
      patch: 'open',
      mcp: 'open',
      stop: 'stopped',
    });
    expect(report.causes).toMatchObject([
      { id: 'matcher', what: expect.stringContaining("'shell' for PreToolUse") },
    ]);
  });

  it('a hook program was replaced by one that says nothing', async () => {
    trustHooks();
    const programs = join(person.codexHome, 'guard', 'hooks');
    for (const name of readdirSync(programs).filter((each) => each.endsWith('.cjs')))
      writeFileSync(join(programs, name), 'process.exit(0)');
    const report = await prove();
    expect(states(report)).toEqual(all('open'));
    expect(causes(report)).toEqual(['no-answer']);
  });

  it('node is gone: nothing happens, but the guard does not answer', async () => {
    changeHooks((text) => text.replaceAll(process.execPath, '/nowhere/node'));
    trustHooks();
    const report = await proveLive({
      codexPath: findBinary(),
      env: { ...environment(), PATH: pathWithoutNode() },
      directory: person.project,
    });
    expect(report.ok).toBe(false);
    expect(new Set(Object.values(states(report)))).not.toContain('open');
    expect(report.causes).toMatchObject([{ id: 'broken', what: expect.stringContaining('/nowhere/node') }]);
  });

  it('the policy only observes', async () => {
    trustHooks();
    writeFiles(person.codexHome, { 'guard/policy.jsonc': '{ "mode": "observe" }' });
    const report = await prove();
    expect(states(report)).toEqual(all('open'));
    expect(causes(report)).toEqual(['policy-mode']);
  });

  it('the client drops the file', async () => {
    changeHooks((text) => text.replace('{', '{ "version": 1,'));
    const report = await prove();
    expect(states(report)).toEqual(all('open'));
    expect(causes(report)).toContain('dropped');
  });

  it('nothing is wired', async () => {
    rmSync(join(person.codexHome, 'hooks.json'));
    expect(causes(await prove())).toEqual(['not-wired']);
  });
});

it('runs no hooks, servers and notifiers of others', async () => {
  const trace = join(person.tmp, 'trace');
  changeHooks((text) => {
    const file = JSON.parse(text);
    file.hooks.PreToolUse.push({ hooks: [{ type: 'command', command: `touch ${trace}` }] });
    return JSON.stringify(file);
  });
  const words = JSON.stringify(['touch', trace]);
  configure(`notify = ${words}\n[mcp_servers.mine]\ncommand = "touch"\nargs = ["${trace}"]`);
  trustHooks();
  expect(await prove()).toMatchObject({ ok: true, silenced: 1 });
  expect(existsSync(trace)).toBe(false);
});

it('cleans up when it is interrupted', async () => {
  trustHooks();
  // A client that never ends, and starts something that does not either.
  const client = join(person.tmp, 'codex');
  writeFileSync(client, '#!/bin/sh\nsetsid sleep 300 &\necho $! > "$0.pid"\nsleep 300\n', { mode: 0o755 });
  const child = spawn(process.execPath, [CLI, 'doctor', '--live', '--codex', client], {
    cwd: person.project,
    env: environment(),
    stdio: 'ignore',
  });
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  for (let tries = 0; tries < 100 && !existsSync(`${client}.pid`); tries++)
    await new Promise((resolve) => setTimeout(resolve, 50));
  const pid = Number(readFileSync(`${client}.pid`, 'utf8'));
  child.kill('SIGINT');
  expect(await ended).toBe(130);
  expect(readdirSync(person.tmp).filter((name) => name.startsWith('codex-guard-live-'))).toEqual([]);
  for (let tries = 0; tries < 40 && existsSync(`/proc/${pid}`); tries++)
    await new Promise((resolve) => setTimeout(resolve, 50));
  expect(existsSync(`/proc/${pid}`)).toBe(false);
});

/** The programs that a session needs, without node. */
function pathWithoutNode(): string {
  const bin = join(person.base, 'bin');
  mkdirSync(bin);
  for (const name of ['sh', 'bash', 'git', 'cat', 'seq', 'env', 'grep', 'sed', 'printf'])
    execFileSync('/bin/sh', ['-c', `p=$(command -v ${name}) && case $p in /*) ln -s "$p" ${bin}/;; esac`]);
  return bin;
}
