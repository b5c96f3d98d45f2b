import { spawn } from 'node:child_process';
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readCodexConfig } from '../../lib/codex/config-layers.ts';
import { effectiveSandbox } from '../../lib/codex/effective-settings.ts';
import {
  edit,
  editHooks,
  environmentOf,
  examineAt,
  type Installation,
  makeInstallation,
} from '../doctor/installation.ts';
import { CLIENT } from './install-client.ts';

let places: Installation;
beforeAll(() => {
  places = makeInstallation();
});
beforeEach(() => places.reset());
afterAll(() => places.remove());

/** Nothing answers there: the client prints its settings before it asks. */
const DEAF = `model_provider = "deaf"
check_for_update_on_startup = false
analytics.enabled = false
model_providers.deaf = { name = "deaf", base_url = "http://127.0.0.1:9/v1", wire_api = "responses", request_max_retries = 0, stream_max_retries = 0 }
`;

/** What the client says that its sandbox is, as `codex exec` prints it at its start; it is ended then. */
function askSandbox(args: readonly string[]): Promise<string> {
  const child = spawn(CLIENT, ['exec', ...args, 'hi'], {
    cwd: places.project,
    env: { ...environmentOf(places.home), CODEX_HOME: places.codexHome, NO_PROXY: '127.0.0.1' },
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: true,
  });
  return new Promise((resolve) => {
    let said = '';
    const end = (): void => {
      clearTimeout(timer);
      try {
        if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
      } catch {
        // It ended by itself.
      }
      resolve(/^sandbox: (.*)$/m.exec(said)?.[1] ?? said);
    };
    const timer = setTimeout(end, 30_000);
    child.once('close', end);
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      if (/^sandbox: .*\n/m.test(said)) end();
    });
  });
}

describe('the sandbox that holds', () => {
  it.each<readonly [user: string, project: string, overrides: readonly string[]]>([
    ['', '', []],
    ['default_permissions = ":read-only"', '', []],
    ['sandbox_mode = "workspace-write"\ndefault_permissions = ":read-only"', '', []],
    ['sandbox_mode = "read-only"\ndefault_permissions = ":workspace"', '', []],
    ['default_permissions = ":read-only"', 'sandbox_mode = "workspace-write"', []],
    ['sandbox_mode = "workspace-write"', 'default_permissions = ":read-only"', []],
    ['sandbox_mode = "workspace-write"', '', ['default_permissions=":read-only"']],
    ['default_permissions = ":read-only"', '', ['sandbox_mode=workspace-write']],
    ['sandbox_mode = "danger-full-access"', '', []],
    ['default_permissions = ":danger-full-access"', '', []],
    ['sandbox_workspace_write.network_access = true', '', []],
    ['sandbox_workspace_write.network_access = true\ndefault_permissions = ":workspace"', '', []],
    ['sandbox_mode = "read-only"', 'sandbox_workspace_write.network_access = true', []],
    [
      'default_permissions = "x"\npermissions.x = { extends = ":workspace", network = { enabled = true } }',
      '',
      [],
    ],
  ])('is the client’s own: %j, project %j, %j', async (user, project, overrides) => {
    edit(places.configToml, (text) => `${user}\n${DEAF}${text}`);
    edit(join(places.project, '.codex', 'config.toml'), () => `${project}\n`);
    const config = readCodexConfig({
      codexHome: places.codexHome,
      cwd: places.project,
      projectRoots: [],
      overrides,
    });
    const { reach, network } = effectiveSandbox(config).value;
    const said = await askSandbox(overrides.flatMap((override) => ['-c', override]));
    expect(said.split(' ')[0]).toBe(reach);
    if (reach !== 'danger-full-access') expect(said.includes('network access enabled')).toBe(network);
  });
});

describe('doctor with the client', () => {
  const ask = () => examineAt(places, { codexPath: CLIENT, managedDir: '/etc/codex' });
  const idsOf = async () =>
    (await ask()).findings.filter(({ severity }) => severity === 'error').map(({ id }) => id);

  it('hears from it that all hooks are trusted', async () => {
    const report = await ask();
    expect(report.codex.version).toMatch(/^0\./);
    expect(report.trustFrom).toBe('client');
    expect(report.events.map(({ trust }) => trust)).toEqual(report.events.map(() => 'trusted'));
    expect(report.findings.filter(({ severity }) => severity !== 'info')).toEqual([]);
  });

  it('hears that they are not', async () => {
    writeFileSync(places.configToml, '');
    expect(await idsOf()).toEqual(['not-trusted']);
  });

  it('hears that a command is not the one that was trusted', async () => {
    editHooks(places.hooksJson, (content) => {
      const handler = content.hooks.PreToolUse?.[0]?.hooks[0];
      if (handler) handler.timeout = 60;
    });
    expect(await idsOf()).toEqual(['trust-outdated']);
  });

  it('hears that one is switched off', async () => {
    edit(places.configToml, (text) => text.replace(/(:stop:0:0"\]\n)/, '$1enabled = false\n'));
    expect(await idsOf()).toEqual(['hook-disabled']);
  });

  it('sees what a trusted project does to all hooks', async () => {
    mkdirSync(join(places.project, '.codex'));
    appendFileSync(join(places.project, '.codex', 'config.toml'), 'features.hooks = false\n');
    expect(await idsOf()).toEqual(['hooks-off']);
  });
});
