/** Reads what a config.toml says of the sandbox. Takes parsed data, which may be anything; reads no file and judges nothing. */

import type { ConfiguredSandbox, FileRule, RouteRule } from '../types/sandbox.ts';

type Table = Readonly<Record<string, unknown>>;

/** Longest chain of `extends` that is followed. */
const MAX_EXTENDS = 8;

/**
 * The sandbox of a configuration. What has another shape than the client takes counts as not said.
 *
 * @param config config.toml as a TOML reader gives it
 */
export function readConfiguredSandbox(config: unknown): ConfiguredSandbox {
  const top = asTable(config);
  const mode = asText(top.sandbox_mode);
  const approval = typeof top.approval_policy === 'object' ? 'granular' : asText(top.approval_policy);
  const profileName = asText(top.default_permissions);
  const profile = profileName === undefined ? undefined : readProfile(asTable(top.permissions), profileName);
  const proxy = asTable(top.features).network_proxy;
  return {
    ...(mode === undefined ? {} : { mode }),
    ...(approval === undefined ? {} : { approval }),
    ...(profileName === undefined ? {} : { profileName }),
    ...(profile === undefined ? {} : { profile }),
    proxy: proxy === true || (typeof proxy === 'object' && asTable(proxy).enabled === true),
  };
}

function readProfile(profiles: Table, name: string): ConfiguredSandbox['profile'] {
  // The profile's own rules come first: they win over what it extends.
  const chain: Table[] = [];
  let base: string | undefined = name;
  while (base !== undefined && !base.startsWith(':') && chain.length < MAX_EXTENDS) {
    if (!Object.hasOwn(profiles, base)) break;
    const profile = asTable(profiles[base]);
    chain.push(profile);
    base = asText(profile.extends);
  }
  if (chain.length === 0) return undefined;
  const networks = chain.map((profile) => asTable(profile.network));
  return {
    ...(base?.startsWith(':') ? { base } : {}),
    network: networks.find(({ enabled }) => typeof enabled === 'boolean')?.enabled === true,
    files: firstOf(
      chain.flatMap((profile) => readFiles(asTable(profile.filesystem))),
      ({ path }) => path,
    ),
    hosts: firstOf(
      networks.flatMap(({ domains }) => readRoutes(asTable(domains))),
      ({ name: host }) => host,
    ),
    sockets: networks.flatMap(({ unix_sockets: sockets }) => readRoutes(asTable(sockets))),
  };
}

function readFiles(filesystem: Table): readonly FileRule[] {
  return Object.entries(filesystem).flatMap(([path, value]): readonly FileRule[] => {
    if (typeof value === 'object' && value !== null) {
      const isWorkspace = path === ':workspace_roots';
      // Below another root a rule is a path inside it; `.` is that root.
      return readFiles(asTable(value)).map((rule) =>
        isWorkspace
          ? rule
          : { ...rule, path: rule.path === '.' ? path : `${path.replace(/\/$/, '')}/${rule.path}` },
      );
    }
    const access = asAccess(value);
    return access === undefined ? [] : [{ path, access, from: 'config.toml' }];
  });
}

/** `none` is what `deny` was called before. */
function asAccess(value: unknown): FileRule['access'] | undefined {
  if (value === 'none') return 'deny';
  return value === 'deny' || value === 'read' || value === 'write' ? value : undefined;
}

function readRoutes(table: Table): readonly RouteRule[] {
  return Object.entries(table).flatMap(([name, access]): readonly RouteRule[] =>
    access === 'allow' || access === 'deny' ? [{ name, access, from: 'config.toml' }] : [],
  );
}

function firstOf<T>(list: readonly T[], key: (each: T) => string): readonly T[] {
  const seen = new Set<string>();
  return list.filter((each) => !seen.has(key(each)) && seen.add(key(each)));
}

function asTable(value: unknown): Table {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Table) : {};
}

function asText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
