import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { openAppServer } from '../../lib/codex/app-server.ts';
import { listHooks } from '../../lib/codex/hook-list.ts';
import { say, shell } from '../../lib/codex/scripted-model.ts';
import { isOurCommand } from '../../lib/codex/wiring.ts';
import { ROOT } from '../built.ts';
import { CLIENT } from './install-client.ts';
import { closeRooms, openRooms, type Rooms } from './rooms.ts';
import { runCodex } from './run-codex.ts';

const PLUGIN = join(ROOT, 'dist', 'plugin');
/** Nothing may leave this machine: the client would look for more plugins. */
const OFFLINE = { HTTPS_PROXY: 'http://127.0.0.1:9', https_proxy: 'http://127.0.0.1:9' };

function environment({ home, codexHome, tmp }: Rooms): Record<string, string> {
  return { PATH: process.env.PATH ?? '', HOME: home, TMPDIR: tmp, CODEX_HOME: codexHome, ...OFFLINE };
}

function addPlugin(rooms: Rooms): string {
  const plugin = (...args: string[]) =>
    execFileSync(CLIENT, ['-c', 'features.plugins=true', 'plugin', ...args], {
      env: environment(rooms),
      encoding: 'utf8',
      timeout: 60_000,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  plugin('marketplace', 'add', PLUGIN);
  plugin('add', 'codex-guard@codex-guard');
  return plugin('list');
}

describe('the plugin', () => {
  beforeAll(() => {
    execFileSync('npm', ['run', '--silent', 'build:plugin'], {
      cwd: ROOT,
      stdio: 'ignore',
      timeout: 120_000,
    });
  });

  it('is accepted by the client, which lists its hooks', async () => {
    const rooms = openRooms();
    try {
      expect(addPlugin(rooms)).toMatch(/codex-guard@codex-guard +installed, enabled +\d/);
      const server = await openAppServer({
        codexPath: CLIENT,
        env: environment(rooms),
        cwd: rooms.project,
        args: ['-c', 'features.apps=false'],
      });
      const { hooks, complaints } = await listHooks(server, rooms.project).finally(server.close);
      expect(complaints).toEqual([]);
      expect(hooks).toHaveLength(10);
      for (const { key, command, status, isEnabled } of hooks) {
        expect(key).toMatch(/^codex-guard@codex-guard:/);
        expect({ isOurs: isOurCommand(command), status, isEnabled }).toEqual({
          isOurs: true,
          status: 'untrusted',
          isEnabled: true,
        });
      }
    } finally {
      closeRooms(rooms);
    }
  });

  it('stops a push, with its own programs, and nothing else of ours is there', async () => {
    const outcome = await runCodex({
      turns: [[shell('git push origin main')], [shell('touch ran.txt')], [say('done')]],
      prepare: (rooms) => {
        addPlugin(rooms);
        expect(existsSync(join(rooms.codexHome, 'hooks.json'))).toBe(false);
        expect(existsSync(join(rooms.codexHome, 'guard', 'hooks'))).toBe(false);
      },
      args: ['-c', 'features.plugins=true'],
      env: OFFLINE,
    });
    expect(outcome.calls[0]?.output).toContain('[branch-protection]');
    expect(outcome.files).toEqual({ 'ran.txt': '' });
    expect(outcome.audit.map(({ event }) => event)).toContain('SessionStart');
  });
});
