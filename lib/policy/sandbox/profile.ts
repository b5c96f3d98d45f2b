/** The policy in force as a permission profile of the client's sandbox. Decides nothing: what the guards deny, and what its words can carry. */

import type { Policy } from '../../types/policy.ts';
import type { FileRule, RouteRule, SandboxProfile, Unsaid } from '../../types/sandbox.ts';
import { denyFiles, type FileRules, permitFiles } from './file-rules.ts';
import { type Registries, type RouteRules, routeHosts, routeSockets } from './route-rules.ts';

export interface ProfileInput {
  readonly policy: Policy;
  /** Hosts of the default registries of this machine. */
  readonly registries: Registries;
  /** Hosts of the remotes of the repository it is made for. */
  readonly remotes: readonly string[];
  /** Codex's directory, absolute, where it is not `~/.codex`. */
  readonly codexHome?: string;
}

/** Makes the profile. Rules come in the order of the policy, each path and host once, what is forbidden first. */
export function makeSandboxProfile({ policy, registries, remotes, codexHome }: ProfileInput): SandboxProfile {
  const files = translateFiles(policy);
  const moved = files.rules.flatMap((rule) =>
    codexHome !== undefined && rule.path.startsWith('~/.codex/')
      ? [rule, { ...rule, path: codexHome + rule.path.slice('~/.codex'.length) }]
      : [rule],
  );
  const { hosts, sockets } = translateRoutes(policy, registries, remotes);
  return {
    base: isReadOnly(policy) ? ':read-only' : ':workspace',
    files: uniqueBy(moved, ({ path }) => path),
    hosts: uniqueBy(hosts.rules, ({ name }) => name),
    sockets: sockets.rules,
    unsaid: [...files.unsaid, ...hosts.unsaid, ...sockets.unsaid],
  };
}

function translateFiles(policy: Policy): FileRules {
  const id = 'protected-paths';
  const paths = readStopping(policy, id);
  if (paths === undefined) return { rules: [], unsaid: [notEnforced(policy, id)] };
  const writable = paths.list('writable');
  const denied = denyFiles(paths.list('deny'), [...paths.list('readable'), ...writable], `${id}.deny`);
  if (isReadOnly(policy)) return denied;
  const areas = readStopping(policy, 'sensitive-areas');
  const outside = { what: 'outside: false', why: 'the client keeps writes inside the workspace', from: id };
  return join([
    denied,
    permitFiles(paths.list('readOnly'), 'read', `${id}.readOnly`),
    areas === undefined
      ? { rules: [], unsaid: [notEnforced(policy, 'sensitive-areas')] }
      : permitFiles(areas.list('paths'), 'read', 'sensitive-areas.paths'),
    // The workspace can be written anyway.
    permitFiles(
      writable.filter((each) => /^[/~]/.test(each)),
      'write',
      `${id}.writable`,
    ),
    { rules: [], unsaid: paths.flag('outside') ? [] : [outside] },
  ]);
}

function translateRoutes(
  policy: Policy,
  registries: Registries,
  remotes: readonly string[],
): { readonly hosts: RouteRules; readonly sockets: RouteRules } {
  const id = 'network-allowlist';
  const lists = readStopping(policy, id);
  if (lists === undefined)
    return {
      hosts: { rules: [{ name: '*', access: 'allow', from: id }], unsaid: [notEnforced(policy, id)] },
      sockets: { rules: [], unsaid: [] },
    };
  const own = lists.flag('ownRemotes') ? remotes : [];
  return {
    hosts: join([
      routeHosts(lists.list('deny'), 'deny', `${id}.deny`, registries),
      routeHosts(lists.list('allow'), 'allow', `${id}.allow`, registries),
      routeHosts(own, 'allow', `${id}.ownRemotes`, registries),
    ]),
    sockets: routeSockets(lists.list('sockets'), `${id}.sockets`),
  };
}

/** The options of a guard that stops what it finds; undefined for one that only warns. */
function readStopping(policy: Policy, id: string) {
  const setting = policy.guards[id];
  if (policy.mode !== 'enforce' || setting?.level !== 'deny') return undefined;
  const list = (name: string): readonly string[] => {
    const value = setting.options[name];
    if (typeof value !== 'object') return [];
    return 'patterns' in value ? value.patterns : value;
  };
  return { list, flag: (name: string) => setting.options[name] === true };
}

/** A policy that makes every file read-only. */
function isReadOnly(policy: Policy): boolean {
  return readStopping(policy, 'protected-paths')?.list('readOnly').includes('**') ?? false;
}

function notEnforced(policy: Policy, id: string): Unsaid {
  const why =
    policy.mode === 'enforce'
      ? `its level is ${policy.guards[id]?.level ?? 'off'}, and a sandbox can only stop`
      : `the mode is ${policy.mode}, and a sandbox can only stop`;
  return { what: id, why, from: id };
}

function join<R extends FileRule | RouteRule>(
  parts: readonly { readonly rules: readonly R[]; readonly unsaid: readonly Unsaid[] }[],
): { readonly rules: readonly R[]; readonly unsaid: readonly Unsaid[] } {
  return { rules: parts.flatMap(({ rules }) => rules), unsaid: parts.flatMap(({ unsaid }) => unsaid) };
}

/** The first of those with the same key stays. */
function uniqueBy<T>(list: readonly T[], key: (each: T) => string): readonly T[] {
  const seen = new Set<string>();
  return list.filter((each) => !seen.has(key(each)) && seen.add(key(each)));
}
