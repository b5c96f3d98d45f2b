/** Turns a policy's hosts and sockets into rules of the client's network proxy. Owns what its patterns can say; looks nothing up. */

import type { RouteRule, Unsaid } from '../../types/sandbox.ts';

export interface RouteRules {
  readonly rules: readonly RouteRule[];
  readonly unsaid: readonly Unsaid[];
}

/** Hosts of the default registries of package managers, by the name after `registry:`. */
export type Registries = ReadonlyMap<string, readonly string[]>;

/** Rules for entries of `allow` or `deny`. */
export function routeHosts(
  entries: readonly string[],
  access: RouteRule['access'],
  from: string,
  registries: Registries,
): RouteRules {
  const rules: RouteRule[] = [];
  const unsaid: Unsaid[] = [];
  const skip = (what: string, why: string) => unsaid.push({ what, why, from });
  for (const entry of entries) {
    const registry = /^registry:(.+)$/.exec(entry)?.[1];
    if (registry !== undefined) {
      const hosts = registries.get(registry) ?? [];
      if (hosts.length === 0) skip(entry, 'its host is not known on this machine');
      rules.push(...hosts.map((name) => ({ name, access, from: `${from} ${entry}` })));
      continue;
    }
    const port = findPort(entry);
    const name = port === undefined ? entry : entry.slice(0, -port.length);
    // A port cannot be said. Left out, an allowance would grow; and a denial would too, which is the safe side.
    if (port !== undefined && access === 'allow')
      skip(entry, 'the client knows no ports: the host would be open whole, so it is left closed');
    else if (!/^(?:\*|\*\*?\.[^*]+|[^*]+)$/.test(name))
      skip(entry, 'the client takes `*` only as the first part of a name');
    else rules.push({ name, access, from });
  }
  return { rules: unique(rules), unsaid };
}

/** Rules for Unix sockets: the client takes paths, and a directory for all that lies in it. */
export function routeSockets(patterns: readonly string[], from: string): RouteRules {
  const rules: RouteRule[] = [];
  const unsaid: Unsaid[] = [];
  for (const pattern of patterns) {
    const name = pattern.replace(/\/(?:\*\*)?$/, '');
    if (/[*?[{\\!]/.test(name) || !/^[/~]/.test(name))
      unsaid.push({ what: pattern, why: 'the client takes whole paths of sockets', from });
    else rules.push({ name, access: 'allow', from });
  }
  return { rules: unique(rules), unsaid };
}

/** `:443` at the end of an entry that is no bare IPv6 address. */
function findPort(entry: string): string | undefined {
  const isBareIPv6 = !entry.startsWith('[') && (entry.match(/:/g)?.length ?? 0) > 1;
  return isBareIPv6 ? undefined : /:(?:\d+|\*)$/.exec(entry)?.[0];
}

/** The first rule for a name stays: what is forbidden is said first. */
function unique(rules: readonly RouteRule[]): readonly RouteRule[] {
  return rules.filter((rule, at) => rules.findIndex(({ name }) => name === rule.name) === at);
}
