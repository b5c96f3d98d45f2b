/** Which hosts a policy allows. Knows no effect but the connection it is asked about. */

import { type Host, matchesHost } from '../../kit/hosts.ts';
import type { NetEffect } from '../../types/effect.ts';
import type { GlobSet } from '../../types/policy.ts';

/** Hosts of everyday work: this machine, GitHub, and the registries of language package managers. */
export const ALLOWED_HOSTS: readonly string[] = [
  'localhost',
  '**.localhost',
  '127.0.0.1',
  '[::1]',
  '0.0.0.0',
  '**.github.com',
  '**.githubusercontent.com',
  'registry:npm',
  'registry:pypi',
  'registry:conda',
  'registry:cargo',
  'registry:go',
  'registry:gem',
  'registry:composer',
  'registry:maven',
  'registry:docker',
  'registry:nuget',
  'registry:hex',
  'registry:pub',
];

/** The options of the guard, with what the host adds to them. */
export interface Rules {
  readonly allow: readonly string[];
  readonly deny: readonly string[];
  readonly sockets: GlobSet;
  /** `any` or `loopback`. */
  readonly listen: string;
  /** Hosts of the repository's own remotes. */
  readonly remotes: ReadonlySet<string>;
}

/** What of a connection decides besides its host. */
export type Route = Pick<NetEffect, 'port' | 'place'>;

/** True when a policy lets a host be contacted. */
export function isAllowed(host: Host, route: Route, rules: Rules): boolean {
  if (rules.deny.some((entry) => matchesHost(entry, host, route.port))) return false;
  // Inside a container, names without a dot and its own addresses are those of its neighbours and itself.
  const isInside = host.class === 'loopback' || (!host.isAddress && !host.name.includes('.'));
  if (route.place === 'container' && isInside && host.class !== 'metadata') return true;
  if (rules.remotes.has(host.name)) return true;
  return rules.allow.some((entry) => matchesHost(entry, host, route.port));
}

/** Of what a policy allows, the hosts that are worth naming: neither this machine nor a registry. */
export function namedHosts(allow: readonly string[]): readonly string[] {
  return allow.filter((entry) => !/^(?:registry:|localhost|\*\*\.localhost|127\.|0\.0|\[::)/.test(entry));
}

/** What to do instead, naming some of the hosts that are allowed. */
export function remedyOf(rules: Rules): string {
  const hosts = namedHosts(rules.allow);
  const some = hosts.length === 0 ? '' : ` (${hosts.slice(0, 4).join(', ')}${hosts.length > 4 ? ' …' : ''})`;
  return `work with what is here or on an allowed host${some}, or ask a person to fetch it`;
}
