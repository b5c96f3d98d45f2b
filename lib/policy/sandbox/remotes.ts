/** What a repository's remotes mean for the sandbox: their names, hosts and default branches. Reads git's files through the host. */

import { findRemoteHost, normalizeHost } from '../../kit/hosts.ts';
import type { Repository } from '../../types/host.ts';

export interface Remotes {
  readonly names: readonly string[];
  readonly hosts: readonly string[];
  readonly defaultBranches: readonly string[];
}

/** The remotes of a repository; empty lists without one. */
export function readRemotes(repository: Repository | undefined): Remotes {
  const urls = [...(repository?.configUnder('remote.') ?? [])].flatMap(([key, url]) => {
    const name = /^remote\.(.+)\.url$/.exec(key)?.[1];
    return name === undefined ? [] : [{ name, url }];
  });
  const hosts = urls.flatMap(({ url }) => findRemoteHost(url) ?? []);
  const branches = urls.flatMap(({ name }) => repository?.defaultBranch(name) ?? []);
  return {
    names: urls.map(({ name }) => name),
    hosts: [...new Set(hosts.map((host) => normalizeHost(host).name))],
    defaultBranches: [...new Set(branches)],
  };
}
