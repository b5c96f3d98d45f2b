/** What the model is told about the network when a session starts. */

import { joinLast, listSome } from '../../kit/brief.ts';
import type { HostFacts } from '../../kit/host-facts.ts';
import { namedHosts } from './rules.ts';

/** Which hosts and registries may be contacted. */
export function brief(
  options: {
    readonly allow: readonly string[];
    readonly deny: readonly string[];
    readonly ownRemotes: boolean;
    readonly listen: string;
  },
  _host: HostFacts,
  most: number,
): string {
  const { allow, deny } = options;
  const hosts = namedHosts(allow);
  const registries = allow.flatMap((entry) => /^registry:(.+)$/.exec(entry)?.[1] ?? []);
  const reachable = [
    ...(hosts.length + registries.length < allow.length ? ['this machine'] : []),
    ...(hosts.includes('*') ? ['every public host'] : hosts.length > 0 ? [listSome(hosts, most)] : []),
    ...(options.ownRemotes ? ["the hosts of this repository's remotes"] : []),
    ...(registries.length > 0 ? [`the default registries of ${listSome(registries, most)}`] : []),
  ];
  const only = reachable.length === 0 ? 'no host may be contacted' : `contact only ${joinLast(reachable)}`;
  const never = deny.length === 0 ? '' : `, never ${listSome(deny, most)}`;
  const listen = options.listen === 'loopback' ? ' Let servers listen on 127.0.0.1.' : '';
  return `Network: ${only}${never}.${listen}`;
}
