/** Wiring that is wrong: hooks, their files, and the trust in them. */

import { appendFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { edit, editHooks, handlerOf } from './installation.ts';
import { config, FOREIGN, hooks, nothing, preToolUse, project, type Row, required, text } from './spoil.ts';

export const HOOK_ROWS: readonly Row[] = [
  ['one event is not wired', 'not-wired', 'error', true, hooks((c) => void delete c.hooks.PreToolUse)],
  ['hooks.json is gone', 'not-wired', 'error', true, ({ hooksJson }) => rmSync(hooksJson)],
  ['nothing is trusted', 'not-trusted', 'error', false, ({ configToml }) => writeFileSync(configToml, '')],
  [
    'another command was trusted',
    'trust-outdated',
    'error',
    false,
    ({ configToml }) =>
      edit(configToml, (t) => t.replace(/(pre_tool_use:0:0"\]\ntrusted_hash = "sha256:)..../, '$10000')),
  ],
  [
    'a foreign hook moved ours to another place',
    'not-trusted',
    'error',
    false,
    hooks((c) => void c.hooks.PreToolUse?.unshift({ hooks: [FOREIGN] })),
  ],
  [
    'a hook is switched off',
    'hook-disabled',
    'error',
    true,
    ({ configToml }) => edit(configToml, (t) => t.replace(/(:pre_tool_use:0:0"\]\n)/, '$1enabled = false\n')),
  ],
  [
    'hooks are off in the user’s configuration',
    'hooks-off',
    'error',
    true,
    config('[features] # mine\nhooks = false # for now'),
  ],
  [
    'hooks are off under their former name',
    'hooks-off',
    'error',
    true,
    config('features.codex_hooks = false'),
  ],
  ['hooks are off in the project', 'hooks-off', 'error', false, project('[features]\nhooks = false')],
  [
    'hooks are off in a profile',
    'hooks-off',
    'error',
    false,
    ({ codexHome }) => writeFileSync(join(codexHome, 'ci.config.toml'), 'features.hooks = false\n'),
    () => ({ profile: 'ci' }),
  ],
  [
    'hooks are off by an option',
    'hooks-off',
    'error',
    false,
    nothing,
    () => ({ overrides: ['features.hooks=false'] }),
  ],
  ['only managed hooks may run', 'managed-only', 'error', false, required('allow_managed_hooks_only = true')],
  [
    'the command was weakened',
    'wiring-altered',
    'error',
    true,
    preToolUse((h) => Object.assign(h, { command: String(h.command).replace('exit 2', 'exit 0') })),
  ],
  [
    'another folder is wired',
    'wired-elsewhere',
    'warning',
    true,
    preToolUse((h) =>
      Object.assign(h, { command: String(h.command).replace('/guard/hooks/', '/other/hooks/') }),
    ),
  ],
  [
    'what is wired elsewhere is not there',
    'program-gone',
    'error',
    true,
    preToolUse((h) =>
      Object.assign(h, { command: String(h.command).replace('/guard/hooks/', '/other/hooks/') }),
    ),
  ],
  [
    'an event is wired twice',
    'wired-twice',
    'warning',
    true,
    hooks((c) => void c.hooks.Stop?.push(...structuredClone(c.hooks.Stop))),
  ],
  [
    'config.toml wires it, too',
    'wired-twice',
    'warning',
    false,
    ({ hooksJson, configToml }) =>
      editHooks(hooksJson, (c) =>
        appendFileSync(
          configToml,
          `[[hooks.Stop]]\n[[hooks.Stop.hooks]]\ntype = "command"\ncommand = ${JSON.stringify(handlerOf(c, 'Stop').command)}\n`,
        ),
      ),
  ],
  [
    'a timeout is in milliseconds',
    'timeout-milliseconds',
    'warning',
    true,
    preToolUse((h) => Object.assign(h, { timeout: 30_000 })),
  ],
  [
    'a foreign timeout is in milliseconds',
    'timeout-milliseconds',
    'warning',
    false,
    hooks((c) => void c.hooks.PreToolUse?.push({ hooks: [{ ...FOREIGN, timeout: 5000 }] })),
  ],
  [
    'a timeout is too short',
    'timeout-short',
    'error',
    true,
    preToolUse((h) => Object.assign(h, { timeout: 2 })),
  ],
  [
    'a hook is asynchronous',
    'hook-async',
    'error',
    true,
    preToolUse((h) => Object.assign(h, { async: true })),
  ],
  [
    'a matcher names the shell tool wrongly',
    'matcher-misses',
    'error',
    true,
    hooks((c) => void Object.assign(c.hooks.PreToolUse?.[0] ?? {}, { matcher: 'shell' })),
  ],
  [
    'a matcher leaves out MCP tools',
    'matcher-misses',
    'error',
    true,
    hooks((c) => void Object.assign(c.hooks.PostToolUse?.[0] ?? {}, { matcher: 'Bash|apply_patch' })),
  ],
  [
    'a matcher leaves out patches',
    'matcher-misses',
    'error',
    true,
    hooks((c) => void Object.assign(c.hooks.PreToolUse?.[0] ?? {}, { matcher: '^(Bash|mcp__.*)$' })),
  ],
  [
    'a matcher looks ahead',
    'matcher-invalid',
    'error',
    true,
    hooks((c) => void Object.assign(c.hooks.PreToolUse?.[0] ?? {}, { matcher: '^(?!mcp).*' })),
  ],
  [
    'a matcher is no pattern',
    'matcher-invalid',
    'error',
    true,
    hooks((c) => void Object.assign(c.hooks.PreToolUse?.[0] ?? {}, { matcher: '(Bash' })),
  ],
  [
    'a foreign matcher matches nothing',
    'matcher-never',
    'warning',
    false,
    hooks((c) => void c.hooks.PreToolUse?.push({ matcher: 'exec_command', hooks: [FOREIGN] })),
  ],
  ['a byte order mark', 'hooks-json-bom', 'error', true, text((t) => `\uFEFF${t}`)],
  ['comments', 'hooks-json-comment', 'error', true, text((t) => `// mine\n${t}`)],
  [
    'an unknown key',
    'hooks-json-extra-key',
    'error',
    true,
    text((t) => t.replace('{', '{ "$schema": "x", "version": 1,')),
  ],
  [
    'an event beside "hooks"',
    'hooks-json-extra-key',
    'error',
    false,
    text((t) => t.replace('{', '{ "Stop": [],')),
  ],
  [
    'an unknown type',
    'hooks-json-type',
    'error',
    false,
    hooks((c) => void c.hooks.Stop?.push({ hooks: [{ type: 'notify' }] })),
  ],
  [
    'our timeout is a fraction',
    'hooks-json-timeout',
    'error',
    true,
    preToolUse((h) => Object.assign(h, { timeout: 2.5 })),
  ],
  [
    'a foreign timeout is a text',
    'hooks-json-timeout',
    'error',
    false,
    hooks((c) => void c.hooks.Stop?.push({ hooks: [{ ...FOREIGN, timeout: '30s' }] })),
  ],
  ['broken JSON', 'hooks-json-shape', 'error', false, text((t) => t.slice(0, -3))],
  [
    'hooks.json is a folder',
    'hooks-json-unreadable',
    'error',
    false,
    ({ hooksJson }) => {
      rmSync(hooksJson);
      mkdirSync(hooksJson);
    },
  ],
  [
    'hooks in two files',
    'two-files',
    'info',
    false,
    config('[[hooks.Stop]]\n[[hooks.Stop.hooks]]\ntype = "command"\ncommand = "echo hello"'),
  ],
];
