/** Permission profiles in the client's config.toml. Owns their TOML, as 0.169 takes it; what is allowed is not its to say. */

import type { FileRule, RouteRule, SandboxProfile, Unsaid } from '../types/sandbox.ts';
import { tomlComment, tomlString } from './toml-words.ts';

export interface ProfileText {
  /** `[permissions.<name>]`. */
  readonly name: string;
  /** What the profile follows from, for its head. */
  readonly source: string;
}

/**
 * Levels below a directory that patterns reach on Linux, where the client looks for the files when a command starts: a file
 * that is made later is not covered until the next one.
 */
const SCAN_DEPTH = 10;
/** More rules of one option than this are told in a comment by how many they are. */
const MANY = 40;

const HEAD = [
  'Laid out by `codex-guard policy export --codex`; make it anew when the policy changes, do not edit it.',
  'The sandbox knows no programs: what is denied here is denied to git, npm and ssh, too. Where it is stricter than the guards, the client asks for leave to run a command outside of it, and the guards judge that.',
  'Before each command the client looks for the files that the patterns mean. Where one vanishes meanwhile, it does not start the command ("failed to enumerate unreadable glob paths"); run again, it starts.',
];

/** The text of a config.toml that defines the profile and makes it the default. */
export function writePermissionProfile(profile: SandboxProfile, text: ProfileText): string {
  return `${[
    ...comment(`Codex permission profile of ${text.source}.`),
    ...HEAD.flatMap(comment),
    '',
    `default_permissions = ${tomlString(text.name)}`,
    '',
    '[features]',
    ...comment('Without the proxy the client keeps no list of hosts.'),
    'network_proxy = true',
    '',
    ...profileTables(profile, text.name),
  ].join('\n')}\n`;
}

/** The tables of the profile alone, for a file that has more to say. */
export function profileTables(profile: SandboxProfile, name: string): readonly string[] {
  const table = `permissions.${tomlKey(name)}`;
  const isRelative = ({ path }: FileRule) => !/^[/~]/.test(path);
  return [
    `[${table}]`,
    `extends = ${tomlString(profile.base)}`,
    '',
    `[${table}.filesystem]`,
    `glob_scan_max_depth = ${SCAN_DEPTH}`,
    ...printRules(
      profile.files.filter((rule) => !isRelative(rule)),
      ({ path }) => path,
    ),
    '',
    `[${table}.filesystem.":workspace_roots"]`,
    ...printRules(profile.files.filter(isRelative), ({ path }) => path),
    '',
    `[${table}.network]`,
    'enabled = true',
    '',
    `[${table}.network.domains]`,
    ...printRules(profile.hosts, ({ name: host }) => host),
    ...(profile.sockets.length === 0
      ? []
      : ['', `[${table}.network.unix_sockets]`, ...printRules(profile.sockets, ({ name: path }) => path)]),
    ...printUnsaid(profile.unsaid),
  ];
}

/** A bare key where that is possible. */
function tomlKey(name: string): string {
  return /^[\w-]+$/.test(name) ? name : tomlString(name);
}

/** `"x" = "deny"`, with the option that they come from above them. */
function printRules<R extends FileRule | RouteRule>(
  rules: readonly R[],
  nameOf: (rule: R) => string,
): string[] {
  return rules.flatMap((rule, at) => {
    const line = `${tomlString(nameOf(rule))} = ${tomlString(rule.access)}`;
    return rules[at - 1]?.from === rule.from ? [line] : [...comment(headOf(rule.from, rules)), line];
  });
}

function headOf(from: string, rules: readonly { readonly from: string }[]): string {
  const count = rules.filter((rule) => rule.from === from).length;
  return count > MANY
    ? `${from} (patterns know no exceptions here, so the names around them are spelled out)`
    : from;
}

function printUnsaid(unsaid: readonly Unsaid[]): string[] {
  if (unsaid.length === 0) return [];
  const byReason = new Map<string, string[]>();
  for (const { what, why, from } of unsaid) {
    const key = `${from}: ${why}`;
    byReason.set(key, [...(byReason.get(key) ?? []), what]);
  }
  return [
    '',
    ...comment('Left to the guards, because the sandbox has no words for it:'),
    ...[...byReason].flatMap(([reason, whats]) => comment(`- ${reason}: ${whats.join('  ')}`)),
  ];
}

function comment(text: string): readonly string[] {
  return tomlComment(text);
}
