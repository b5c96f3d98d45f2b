/** Installing, trusting, updating and taking back, with the client itself as the one that trusts. */

import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openAppServer } from '../../lib/codex/app-server.ts';
import { CONFIGS } from '../bin/install-variants.ts';
import { DIST } from '../built.ts';
import { canBeManaged, managedWords } from '../managed.ts';
import { CLIENT } from './install-client.ts';
import { closeRooms, commitProject, openRooms, type Rooms } from './rooms.ts';

let person: Rooms;
beforeEach(() => {
  person = openRooms();
  commitProject(person);
});
afterEach(() => closeRooms(person));

function environment(): Record<string, string> {
  return {
    PATH: process.env.PATH ?? '',
    HOME: person.home,
    CODEX_HOME: person.codexHome,
    CODEX_BIN: CLIENT,
    TMPDIR: person.tmp,
    NO_COLOR: '1',
  };
}

/** Runs the command line of a built package, as `before` has it run. */
function cli(args: readonly string[], before: readonly string[] = [], dist = DIST) {
  const [program = '', ...words] = [
    ...before,
    process.execPath,
    join(dist, 'bin', 'codex-guard.cjs'),
    ...args,
  ];
  const { status, stdout, stderr } = spawnSync(program, words, {
    cwd: person.project,
    env: environment(),
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

/** What the client says of every hook it sees: `trusted` ten times. */
async function askTrust(): Promise<readonly string[]> {
  const server = await openAppServer({
    codexPath: CLIENT,
    env: environment(),
    cwd: person.project,
    args: ['-c', 'features.plugins=false', '-c', 'features.apps=false'],
    timeoutMs: 20_000,
  });
  try {
    const answer = (await server.request('hooks/list', { cwds: [person.project] })) as {
      readonly data: readonly { readonly hooks: readonly { readonly trustStatus: string }[] }[];
    };
    return answer.data.flatMap(({ hooks }) => hooks.map(({ trustStatus }) => trustStatus));
  } finally {
    await server.close();
  }
}

const configToml = (): string => join(person.codexHome, 'config.toml');
const hooksJson = (): string => join(person.codexHome, 'hooks.json');
const ALL_TRUSTED = new Array(10).fill('trusted');

describe('install --trust', () => {
  it.each(CONFIGS)('and uninstall leave a config.toml with %s as it was', async (_, text) => {
    if (text !== undefined) writeFileSync(configToml(), text);
    writeFileSync(hooksJson(), '{ "hooks": {} }\n');
    const installed = cli(['install', '--trust', '--yes']);
    expect(installed, installed.stderr).toMatchObject({ status: 0 });
    expect((await askTrust()).filter((status) => status === 'trusted').length).toBeGreaterThanOrEqual(10);
    const again = cli(['install', '--trust', '--yes']);
    expect(again, again.stderr).toMatchObject({ status: 0 });
    expect(cli(['uninstall']).status).toBe(0);
    expect(existsSync(configToml()) ? readFileSync(configToml(), 'utf8') : undefined).toBe(text);
    expect(readFileSync(hooksJson(), 'utf8')).toBe('{ "hooks": {} }\n');
  });

  it('trusts nothing without --yes where nobody can be asked', () => {
    const { status, stderr } = cli(['install', '--trust']);
    expect([status, stderr]).toEqual([2, expect.stringContaining('--yes')]);
    expect(existsSync(hooksJson())).toBe(false);
  });
});

it('update swaps the programs at once, and neither the wiring nor its trust', async () => {
  expect(cli(['install', '--trust', '--yes']).status).toBe(0);
  const before = [readFileSync(hooksJson(), 'utf8'), readFileSync(configToml(), 'utf8')];
  const hooksDir = join(person.codexHome, 'guard', 'hooks');
  const programs = readlinkSync(hooksDir);
  const newer = join(person.base, 'newer');
  cpSync(DIST, newer, { recursive: true });
  const main = join(newer, 'hooks', 'main.js');
  writeFileSync(main, `${readFileSync(main, 'utf8')}\n// newer\n`);
  const updated = cli(['update'], [], newer);
  expect(updated, updated.stderr).toMatchObject({ status: 0 });
  expect(readlinkSync(hooksDir)).not.toBe(programs);
  expect(readFileSync(join(hooksDir, 'main.js'), 'utf8')).toContain('// newer');
  expect([readFileSync(hooksJson(), 'utf8'), readFileSync(configToml(), 'utf8')]).toEqual(before);
  expect(await askTrust()).toEqual(ALL_TRUSTED);
});

const isPossible = canBeManaged();
if (!isPossible) console.warn('no mount namespace here: managed wiring is not tried on the real client');

describe.runIf(isPossible)('install --scope managed', () => {
  const machine = (): string => join(person.base, 'machine');
  const managed = (name: string): string | undefined => {
    const path = join(machine(), 'etc', 'codex', name);
    return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
  };

  it.each<readonly [string, Readonly<Record<string, string>>]>([
    ['nothing', {}],
    ['hooks of the company', { 'hooks.json': '{\n\t"hooks": {\n\t\t"Stop": []\n\t}\n}' }],
    ['requirements', { 'requirements.toml': '# ours\nallowed_approval_policies = ["on-request"] # why\n' }],
    ['features', { 'requirements.toml': '[features]\r\napps = false\r\n', 'hooks.json': '{}' }],
  ])('and uninstall leave an /etc/codex with %s as it was', (_, files) => {
    const words = managedWords(person.base, files);
    const before = ['hooks.json', 'requirements.toml'].map(managed);
    const installed = cli(['install', '--scope', 'managed', '--pin'], words);
    expect(installed, installed.stderr).toMatchObject({ status: 0 });
    expect(managed('hooks.json')).toContain('/usr/local/lib/codex-guard/hooks/pre-tool-use.cjs');
    expect(managed('requirements.toml')).toContain('hooks = true');
    expect(existsSync(join(machine(), 'usr/local/lib/codex-guard/hooks/main.js'))).toBe(true);
    const undone = cli(['uninstall', '--scope', 'managed'], words);
    expect(undone, undone.stderr).toMatchObject({ status: 0 });
    expect(['hooks.json', 'requirements.toml'].map(managed)).toEqual(before);
    for (const path of ['/etc/codex/hooks.json', '/usr/local/lib/codex-guard'])
      expect(existsSync(path)).toBe(false);
  });
});
