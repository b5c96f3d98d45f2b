/** The client's requirements.toml: what an administrator fixes for every user of a machine. Owns its TOML, as 0.169 takes it. */

import type { SandboxProfile } from '../types/sandbox.ts';
import { type ProfileText, profileTables } from './permission-profile.ts';
import { tomlComment, tomlList, tomlString } from './toml-words.ts';
import type { HookEntry } from './wiring.ts';

export interface RequirementsInput {
  readonly profile: SandboxProfile;
  readonly text: ProfileText;
  /** Values of `approval_policy` that users may choose. */
  readonly approvals: readonly string[];
  /** Managed hooks: they need no trust, and nobody can switch them off. */
  readonly entries: readonly HookEntry[];
}

const HEAD = [
  'Laid out by `codex-guard policy export --codex` for /etc/codex/requirements.toml; make it anew when the policy changes.',
  'It fixes the sandbox and the hooks for every user of this machine. The hook programs it names have to be readable for all and writable for root alone.',
];

/** The text of a requirements.toml with one allowed profile beside `:read-only`, pinned features and managed hooks. */
export function writeRequirements({ profile, text, approvals, entries }: RequirementsInput): string {
  const allowed = [...new Set([text.name, ':read-only'])].map((name) => `${tomlString(name)} = true`);
  return `${[
    ...[`Codex requirements of ${text.source}.`, ...HEAD].flatMap((line) => tomlComment(line)),
    '',
    `default_permissions = ${tomlString(text.name)}`,
    `allowed_approval_policies = ${tomlList(approvals)}`,
    '# allow_managed_hooks_only = true   # would drop the hooks of users, projects and plugins, too',
    '',
    '# The only permission profiles that a session may run with.',
    '[allowed_permission_profiles]',
    ...allowed,
    '',
    '[features]',
    '# Pinned, so that neither a project nor a flag switches the hooks off.',
    'hooks = true',
    '# Without the proxy the client keeps no list of hosts.',
    'network_proxy = true',
    '',
    ...profileTables(profile, text.name),
    '',
    '# Managed hooks.',
    ...entries.flatMap(printHook),
  ].join('\n')}\n`;
}

function printHook({ event, handler }: HookEntry): readonly string[] {
  return [
    `[[hooks.${event}]]`,
    `[[hooks.${event}.hooks]]`,
    `type = ${tomlString(handler.type)}`,
    `command = ${tomlString(handler.command)}`,
    `timeout = ${handler.timeout}`,
    `statusMessage = ${tomlString(handler.statusMessage)}`,
    '',
  ];
}
