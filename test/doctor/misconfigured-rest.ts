/** What else may be wrong: programs, records, policy and the configuration of the client. */

import { appendFileSync, chmodSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { edit } from './installation.ts';
import { config, nothing, policy, preToolUse, program, project, type Row } from './spoil.ts';

export const OTHER_ROWS: readonly Row[] = [
  ['a program is missing', 'program-missing', 'error', true, program('main.js', rmSync)],
  [
    'a program just exits',
    'program-altered',
    'error',
    true,
    program('pre-tool-use.cjs', (path) => writeFileSync(path, 'process.exit(0)\n')),
  ],
  [
    'a line was put into a program',
    'program-altered',
    'error',
    true,
    program('main.js', (path) => appendFileSync(path, '\n//x')),
  ],
  [
    'a program of somebody else',
    'program-extra',
    'warning',
    false,
    program('more.js', (path) => writeFileSync(path, '1')),
  ],
  [
    'others may write a program',
    'program-writable',
    'error',
    true,
    program('stop.cjs', (path) => chmodSync(path, 0o666)),
  ],
  [
    'others may write the folder',
    'program-writable',
    'error',
    true,
    ({ hooksDir }) => chmodSync(hooksDir, 0o777),
  ],
  [
    'the group may write the guard’s home',
    'guard-home-writable',
    'error',
    true,
    ({ guardHome }) => chmodSync(guardHome, 0o770),
  ],
  [
    'the sandbox may write the programs',
    'programs-in-reach',
    'error',
    false,
    ({ configToml, codexHome }) =>
      edit(configToml, (t) => `sandbox_workspace_write.writable_roots = ["${codexHome}"]\n${t}`),
  ],
  [
    'Node is gone',
    'node-missing',
    'error',
    true,
    preToolUse((h) =>
      Object.assign(h, { command: String(h.command).replace(process.execPath, '/nowhere/node') }),
    ),
    () => ({ env: { PATH: '/nowhere' } }),
  ],
  ['no code cache', 'code-cache', 'info', true, ({ hooksDir }) => edit(join(hooksDir, 'x'), () => '')],
  ['a disk without git', 'git-missing', 'warning', false, nothing, () => ({ env: { PATH: '/nowhere' } })],
  [
    'Node is slowed down',
    'node-options',
    'info',
    false,
    nothing,
    () => ({ env: { NODE_OPTIONS: '--trace-warnings' } }),
  ],
  [
    'CODEX_HOME is a link',
    'codex-home-link',
    'info',
    false,
    ({ home, codexHome }) => symlinkSync(codexHome, join(home, 'link')),
    ({ home }) => ({ env: { CODEX_HOME: join(home, 'link') } }),
  ],
  [
    'another home',
    'another-codex-home',
    'warning',
    false,
    ({ home, codexHome }) => {
      renameSync(codexHome, join(home, 'moved'));
      edit(join(codexHome, 'config.toml'), () => '');
    },
    ({ home }) => ({ env: { CODEX_HOME: join(home, 'moved') } }),
  ],
  [
    'records cannot be written',
    'records-unwritable',
    'warning',
    false,
    ({ guardHome }) => {
      rmSync(join(guardHome, 'audit'), { recursive: true, force: true });
      writeFileSync(join(guardHome, 'audit'), '');
    },
  ],
  ['a policy with a mistake', 'policy-invalid', 'error', false, policy({ guards: { secretz: 'deny' } })],
  [
    'an exception that ended',
    'policy-warning',
    'warning',
    false,
    policy({ exceptions: [{ guard: 'data-loss', match: { path: 'x' }, reason: 'r', until: '2020-01-31' }] }),
  ],
  [
    'a test of the policy fails',
    'policy-test',
    'error',
    false,
    policy({ tests: [{ command: 'git status', expect: 'deny' }] }),
  ],
  ['the policy only watches', 'not-enforcing', 'warning', false, policy({ mode: 'observe' })],
  ['a configuration that is no TOML', 'config-unreadable', 'error', false, config('model =')],
  ['a profile as it was', 'config-refused', 'error', false, config('profile = "ci"')],
  [
    'profiles without a choice',
    'config-refused',
    'error',
    false,
    config('permissions.dev.extends = ":workspace"'),
  ],
  [
    'an approval policy that is gone',
    'config-refused',
    'error',
    false,
    config('approval_policy = "untrusted"'),
  ],
  ['a former name', 'config-deprecated', 'warning', false, config('features.codex_hooks = true')],
  [
    'both permission systems',
    'permissions-mixed',
    'warning',
    false,
    config('sandbox_mode = "read-only"\ndefault_permissions = ":workspace"'),
  ],
  ['keys that no project may set', 'config-ignored', 'info', false, project('[otel]\nexporter = "none"')],
  ['no sandbox', 'sandbox', 'warning', false, config('sandbox_mode = "danger-full-access"')],
  [
    'no sandbox, by a nested project folder',
    'sandbox',
    'warning',
    false,
    ({ project: folder }) =>
      edit(join(folder, 'a', '.codex', 'config.toml'), () => 'default_permissions = ":danger-full-access"\n'),
    ({ project: folder }) => ({ cwd: join(folder, 'a') }),
  ],
  [
    'no sandbox, and with it the network',
    'network',
    'warning',
    false,
    config('sandbox_mode = "danger-full-access"'),
  ],
  ['the whole network', 'network', 'warning', false, config('sandbox_workspace_write.network_access = true')],
  [
    'hosts without a proxy',
    'network',
    'warning',
    false,
    config(
      'default_permissions = "dev"\npermissions.dev.extends = ":workspace"\npermissions.dev.network.enabled = true\npermissions.dev.network.domains."a.example" = "allow"',
    ),
  ],
  [
    'nobody is asked where a person should watch',
    'approvals',
    'warning',
    false,
    (places) => {
      policy({ extends: ['codex-guard:level-1'] })(places);
      config('approval_policy = "never"')(places);
    },
  ],
  [
    'branches are not guarded',
    'branch-guard',
    'warning',
    false,
    policy({ guards: { 'branch-protection': 'off' } }),
  ],
  ['secrets are only noted', 'secrets-guard', 'warning', false, policy({ guards: { secrets: 'note' } })],
  ['changes of any size', 'size-gate', 'warning', false, policy({ guards: { 'change-size': 'warn' } })],
  [
    'the profile lets commands read what guards deny',
    'drift',
    'warning',
    false,
    config('default_permissions = "dev"\npermissions.dev.extends = ":workspace"'),
  ],
];
