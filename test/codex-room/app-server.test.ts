import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { openAppServer } from '../../lib/codex/app-server.ts';
import { codexVersion, findCodex } from '../../lib/codex/find-codex.ts';
import { HostError } from '../../lib/types/errors.ts';

const scratch = mkdtempSync(join(tmpdir(), 'codex-guard-app-server-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));
let made = 0;

/** A stand-in for the client: `body` sees each message as `m` and answers by `say`. */
function client(body: string, first = ''): string {
  const path = join(scratch, `client-${made++}`);
  const script = `#!${process.execPath}
const say = (o) => process.stdout.write(JSON.stringify(o) + '\\n');
const { spawn } = require('node:child_process');
${first}
require('node:readline').createInterface({ input: process.stdin }).on('line', (line) => {
  const m = JSON.parse(line);
  if (m.method === 'initialize') return say({ id: m.id, result: { codexHome: '/home/x/.codex' } });
  ${body}
});
`;
  writeFileSync(path, script);
  chmodSync(path, 0o755);
  return path;
}

const open = (codexPath: string, more: object = {}) =>
  openAppServer({ codexPath, env: process.env, cwd: scratch, timeoutMs: 5000, ...more });

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    // A zombie that nobody waits for is dead all the same.
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

describe('openAppServer', () => {
  it('asks, is answered out of order, and hears what it is told', async () => {
    const server = await open(
      client(`
        if (m.method === 'a') setTimeout(() => say({ id: m.id, result: m.params }), 50);
        if (m.method === 'b') { process.stdout.write('chatter\\n[1]\\n'); say({ method: 'told', params: 7 }); say({ id: m.id, result: 'b' }); }`),
    );
    expect(server.codexHome).toBe('/home/x/.codex');
    expect(await Promise.all([server.request('a', { x: 'ä'.repeat(70_000) }), server.request('b')])).toEqual([
      { x: 'ä'.repeat(70_000) },
      'b',
    ]);
    expect(server.notifications).toEqual([{ method: 'told', params: 7 }]);
    await server.close();
    await server.close();
    await expect(server.request('a')).rejects.toThrow(/ended/);
  });

  it('waits for what is told later', async () => {
    const server = await open(
      client(
        `if (m.method === 'go') { say({ id: m.id, result: 1 }); setTimeout(() => say({ method: 'done', params: { n: 2 } }), 30); }`,
      ),
    );
    await server.request('go');
    const wants = ({ method }: { method: string }) => method === 'done';
    expect(await server.waitFor(wants)).toEqual({ method: 'done', params: { n: 2 } });
    expect(await server.waitFor(wants)).toEqual({ method: 'done', params: { n: 2 } });
    await server.close();
  });

  it("answers the client's questions, or refuses to", async () => {
    const body = `
      if (m.method === 'go') { globalThis.asked = m.id; say({ id: 'q', method: 'may I', params: 1 }); }
      if (m.id === 'q') say({ id: globalThis.asked, result: m });`;
    for (const [answer, reply] of [
      [() => ({ decision: 'decline' }), { id: 'q', result: { decision: 'decline' } }],
      [() => undefined, { id: 'q', error: { code: -32601, message: 'not answered' } }],
    ] as const) {
      const server = await open(client(body), { answer });
      expect(await server.request('go')).toEqual(reply);
      await server.close();
    }
  });

  it.each([
    ['does not exist', '/nowhere/codex', /does not start/],
    [
      'ends at once',
      client('', 'process.stderr.write("no config\\n"); process.exit(3);'),
      /ended \(exit code 3\): no config/,
    ],
    [
      'says nothing',
      client('', 'process.stdin.pause(); setInterval(() => 0, 1000); return;'),
      /did not answer initialize within 400 ms/,
    ],
    [
      'never stops talking',
      client('', 'const s = "x".repeat(1 << 20); for (let i = 0; i < 80; i++) process.stdout.write(s);'),
      /far too much/,
    ],
  ])('fails when the client %s', async (_, path, message) => {
    const started = open(path, { timeoutMs: message.source.includes('400') ? 400 : 5000 });
    await expect(started).rejects.toThrow(HostError);
    await expect(started).rejects.toThrow(message);
  });

  it('fails when a request is refused, and goes on', async () => {
    const server = await open(
      client(
        `say(m.method === 'x' ? { id: m.id, error: { message: 'bad ' + 'y'.repeat(9000) } } : { id: m.id, result: 1 });`,
      ),
    );
    await expect(server.request('x')).rejects.toThrow(/^codex refuses x: bad y{300,400}$/);
    expect(await server.request('z')).toBe(1);
    await server.close();
  });

  it('ends what the client has started, also when it does not want to end', async () => {
    const server = await open(
      client(
        `if (m.method === 'go') { const c = spawn('sleep', ['60'], { stdio: 'ignore' }); say({ id: m.id, result: [process.pid, c.pid] }); }`,
        `process.on('SIGTERM', () => 0); setInterval(() => 0, 1000);`,
      ),
    );
    const pids = (await server.request('go')) as number[];
    expect(pids.map(isAlive)).toEqual([true, true]);
    await server.close();
    await sleep(50);
    expect(pids.map(isAlive)).toEqual([false, false]);
  });
});

describe('findCodex', () => {
  const program = (folder: string): string => {
    mkdirSync(join(scratch, folder), { recursive: true });
    const path = join(scratch, folder, 'codex');
    writeFileSync(path, '#!/bin/sh\necho "codex-cli 1.2.3"\n', { mode: 0o755 });
    return path;
  };
  const path = (...folders: string[]) => ({ PATH: folders.join(':') });

  it('takes the first program of PATH, and one of a project when there is no other', () => {
    const own = program('own');
    const ofProject = program('p/node_modules/.bin');
    mkdirSync(join(scratch, 'folder', 'codex'), { recursive: true });
    writeFileSync(join(scratch, 'codex'), 'no program');
    const before = ['p/node_modules/.bin', 'p/node_modules/.bin/', 'folder', '', 'gone'];
    expect(findCodex(path('own', ...before.map((name) => join(scratch, name)), join(scratch, 'own')))).toBe(
      own,
    );
    expect(findCodex(path('p/node_modules/.bin', join(scratch, 'p/node_modules/.bin')))).toBe(ofProject);
    expect(findCodex({})).toBeUndefined();
  });

  it('takes CODEX_BIN, and nothing else when that is wrong', () => {
    const given = program('p/node_modules/.bin');
    expect(findCodex({ ...path(join(scratch, 'own')), CODEX_BIN: given })).toBe(given);
    for (const wrong of ['codex', './codex', '/nowhere/codex', scratch])
      expect(() => findCodex({ ...path(join(scratch, 'own')), CODEX_BIN: wrong })).toThrow(HostError);
  });

  it('asks for the version', async () => {
    expect(await codexVersion(program('own'), {})).toBe('1.2.3');
    await expect(codexVersion('/bin/true', {})).rejects.toThrow('/bin/true --version gives none');
    await expect(codexVersion('/nowhere', {})).rejects.toThrow(HostError);
  });
});
