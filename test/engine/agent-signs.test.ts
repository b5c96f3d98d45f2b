import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { findAgentSign, type ProcessView } from '../../lib/engine/agent-signs.ts';

const scratch = mkdtempSync(join(tmpdir(), 'codex-guard-signs-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const SHELL: ProcessView = {
  pid: 2,
  parent: 1,
  names: ['bash', '/usr/bin/bash'],
  argv: ['-bash'],
  variables: ['HOME'],
};
const view = (over: Partial<ProcessView>) => (pid: number) =>
  ({
    9: { pid: 9, parent: 2, names: ['node'], argv: ['node', '/x/codex-guard.cjs', 'allow'], variables: [] },
    2: { ...SHELL, ...over },
    1: { pid: 1, parent: 0, names: ['systemd'], argv: ['/sbin/init'], variables: [] },
  })[pid];

describe('an ancestor', () => {
  it.each<readonly [string, Partial<ProcessView>]>([
    ['codex', { names: ['codex', '/opt/vendor/codex'] }],
    ['codex', { names: ['x', '/opt/vendor/codex'], argv: ['bash'] }],
    ['codex-linux-san', { names: ['codex-linux-san'], argv: ['codex-linux-sandbox', '--', 'bash'] }],
    [
      'codex.js',
      {
        names: ['node'],
        argv: ['node', '--no-warnings', '/usr/lib/node_modules/@openai/codex/bin/codex.js', 'exec'],
      },
    ],
    ['codex', { names: ['node'], argv: ['/usr/bin/node', '/usr/bin/codex'] }],
    ['pre-tool-use.cjs', { names: ['node'], argv: ['node', '/home/a/.codex/guard/hooks/pre-tool-use.cjs'] }],
    ['CODEX_THREAD_ID', { variables: ['HOME', 'CODEX_THREAD_ID'] }],
  ])('%s is a sign', (name, over) => {
    expect(findAgentSign({}, 9, view(over))).toContain(name);
  });

  it.each<readonly [string, Partial<ProcessView>]>([
    ['a shell', {}],
    ['codex-guard', { names: ['codex-guard'], argv: ['codex-guard'] }],
    [
      'npx with a command about codex',
      { names: ['node'], argv: ['node', '/usr/bin/npx', 'codex-guard', 'allow', 'codex'] },
    ],
    ['an editor of a file of that name', { names: ['vim'], argv: ['vim', '/src/codex'] }],
    ['a session with settings for Codex', { variables: ['CODEX_HOME', 'CODEX_GUARD_HOME'] }],
  ])('%s is none', (_, over) => {
    expect(findAgentSign({ CODEX_HOME: '/x' }, 9, view(over))).toBeUndefined();
  });

  it('that cannot be followed to the end counts against it', () => {
    expect(findAgentSign({}, 9, (pid) => ({ ...SHELL, pid, parent: pid }))).toContain('ancestors');
    expect(findAgentSign({}, 9, (pid) => ({ ...SHELL, pid, parent: pid + 1 }))).toContain('ancestors');
    expect(findAgentSign({}, 9, () => undefined)).toContain('does not tell');
  });
});

it.each([
  'CODEX_THREAD_ID',
  'CODEX_SESSION_ID',
  'CODEX_TOOL_CALL_ID',
  'CODEX_CI',
  'CODEX_SANDBOX',
  'CODEX_SANDBOX_NETWORK_DISABLED',
  'CODEX_MANAGED_BY_NPM',
])('%s in its own environment is a sign', (name) => {
  expect(findAgentSign({ [name]: '1' }, 9, view({}))).toContain(name);
});

describe.skipIf(process.platform !== 'linux')('on this machine', () => {
  const probe = join(scratch, 'probe.ts');
  writeFileSync(
    probe,
    `import { findAgentSign } from ${JSON.stringify(join(import.meta.dirname, '..', '..', 'lib', 'engine', 'agent-signs.ts'))};
console.log(findAgentSign({}) ?? 'none');
`,
  );
  const command = `'${process.execPath}' '${join(import.meta.dirname, '..', '..', 'scripts', 'run-ts.mjs')}' '${probe}'; exit $?`;
  const env = { PATH: process.env.PATH ?? '' };

  it('a program called codex among the ancestors is found, through a shell with an empty environment', () => {
    const codex = join(scratch, 'codex');
    copyFileSync('/bin/sh', codex);
    execFileSync('chmod', ['+x', codex]);
    const { stdout } = spawnSync(codex, ['-c', `env -i sh -c "${command.replaceAll('$', '\\$')}"; exit 0`], {
      encoding: 'utf8',
      env,
    });
    expect(stdout).toContain('codex');
    expect(stdout).toContain('among its ancestors is codex');
  });

  it('what an ancestor was given is found although this process has nothing of it', () => {
    const { stdout } = spawnSync(
      '/bin/sh',
      ['-c', `env -i sh -c "${command.replaceAll('$', '\\$')}"; exit 0`],
      {
        encoding: 'utf8',
        env: { ...env, CODEX_THREAD_ID: 't' },
      },
    );
    expect(stdout).toContain('carries CODEX_THREAD_ID');
  });
});
