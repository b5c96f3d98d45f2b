/** The exported requirements.toml as the real client takes it from /etc/codex. Needs a mount namespace; says so where there is none. */

import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openAppServer } from '../../lib/codex/app-server.ts';
import { CLI } from '../built.ts';
import { canBeManaged, managedWords } from '../managed.ts';
import { CLIENT } from './install-client.ts';
import { closeRooms, commitProject, openRooms, writeFiles } from './rooms.ts';

const rooms = openRooms();
/** Outside of /tmp, as homes are: see policy-export.test.ts. */
const home = mkdtempSync('/var/tmp/codex-guard-home-');
const env = {
  PATH: process.env.PATH ?? '',
  HOME: home,
  TMPDIR: rooms.tmp,
  CODEX_HOME: join(home, '.codex'),
  LANG: 'C.UTF-8',
};
mkdirSync(env.CODEX_HOME);
afterAll(() => {
  rmSync(home, { recursive: true, force: true });
  closeRooms(rooms);
});

const isPossible = canBeManaged();
if (!isPossible) console.warn('no mount namespace here: requirements.toml is not tried on the real client');

describe.runIf(isPossible)('requirements of a team', () => {
  writeFiles(rooms.project, { 'a.txt': 'plain', '.env': 'A=1' });
  commitProject(rooms);
  const options = {
    cwd: rooms.project,
    env: { ...env, npm_config_registry: 'http://registry.example/' },
    encoding: 'utf8' as const,
  };
  const words = isPossible
    ? managedWords(rooms.tmp, {
        'requirements.toml': execFileSync(
          process.execPath,
          [
            CLI,
            'policy',
            'export',
            '--codex',
            '--format',
            'requirements',
            '--name',
            'team',
            '--hooks',
            '/opt/guard/hooks',
          ],
          options,
        ),
      })
    : [];
  const managed = (...command: readonly string[]) =>
    spawnSync(words[0] ?? '', [...words.slice(1), ...command], options);

  it('fix profile, approvals, features and hooks', async () => {
    const wrapper = join(rooms.tmp, 'codex.sh');
    const quoted = [...words, CLIENT].map((word) => `'${word.replaceAll("'", `'"'"'`)}'`).join(' ');
    writeFileSync(wrapper, `#!/bin/sh\nexec ${quoted} "$@"\n`);
    chmodSync(wrapper, 0o755);
    const server = await openAppServer({ codexPath: wrapper, env, cwd: rooms.project });
    try {
      const { requirements } = (await server.request('configRequirements/read', {})) as {
        requirements: object;
      };
      expect(requirements).toMatchObject({
        allowedPermissionProfiles: { team: true, ':read-only': true },
        defaultPermissions: 'team',
        allowedApprovalPolicies: ['on-request', 'never'],
        featureRequirements: { hooks: true, network_proxy: true },
        hooks: {
          PreToolUse: [
            { hooks: [{ command: expect.stringContaining('/opt/guard/hooks/pre-tool-use.cjs') }] },
          ],
        },
      });
      const listed = JSON.stringify(await server.request('hooks/list', { cwds: [rooms.project] }));
      expect(listed.match(/"trustStatus":"managed"/g)?.length).toBe(10);
    } finally {
      await server.close();
    }
  });

  it('hold without any configuration of the user, and against one that wants everything', () => {
    const read = (file: string, profile: string) => {
      const { status, stdout, stderr } = managed(
        CLIENT,
        ...['sandbox', '-P', profile, '--include-managed-config', '--', 'cat', file],
      );
      return { status, stdout, stderr };
    };
    expect(read('a.txt', 'team')).toMatchObject({ status: 0, stdout: 'plain' });
    const denied = { status: 1, stdout: '', stderr: expect.stringContaining('.env: Permission denied') };
    expect(read('.env', 'team')).toMatchObject(denied);
    expect(read('.env', ':danger-full-access')).toMatchObject(denied);
  });
});
