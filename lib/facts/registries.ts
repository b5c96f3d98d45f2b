/** Which hosts the default registries of package managers are, as the person configured them. Reads the person's files, never the project's. */

import type { HostView } from '../types/host.ts';

export interface RegistryInput {
  readonly host: Pick<HostView, 'home' | 'readFile' | 'readDirectory'>;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Runs a program of the person outside of any project and returns what it prints; undefined when it cannot. */
  readonly ask: (program: string, args: readonly string[]) => string | undefined;
}

const MAX_BYTES = 1 << 20;
const MAX_SOURCES = 64;

/** Hosts that a plain install talks to where nothing else is configured. npm and the system's own managers are asked instead. */
const DEFAULTS: Readonly<Record<string, readonly string[]>> = {
  pypi: ['pypi.org', 'files.pythonhosted.org'],
  conda: ['repo.anaconda.com', 'conda.anaconda.org'],
  cargo: ['index.crates.io', 'static.crates.io', 'crates.io'],
  go: ['proxy.golang.org', 'sum.golang.org'],
  gem: ['rubygems.org', 'index.rubygems.org'],
  composer: ['repo.packagist.org', 'packagist.org'],
  maven: ['repo.maven.apache.org', 'repo1.maven.org'],
  docker: ['registry-1.docker.io', 'auth.docker.io', 'production.cloudflare.docker.com'],
  nuget: ['api.nuget.org'],
  hex: ['repo.hex.pm', 'hex.pm'],
  pub: ['pub.dev'],
};

/** Hosts by the name that follows `registry:` in a policy. A registry that cannot be found out is left out. */
export function readRegistries(input: RegistryInput): ReadonlyMap<string, readonly string[]> {
  const { env } = input;
  const configured: Readonly<Record<string, readonly string[]>> = {
    npm: hostsIn(env.npm_config_registry ?? env.NPM_CONFIG_REGISTRY ?? askNpm(input)),
    pypi: hostsIn(env.PIP_INDEX_URL ?? readPip(input)),
    go: hostsIn(env.GOPROXY),
    apt: readApt(input),
  };
  const names = new Set([...Object.keys(configured), ...Object.keys(DEFAULTS)]);
  return new Map(
    [...names].flatMap((name) => {
      const own = configured[name] ?? [];
      const hosts = own.length > 0 ? own : (DEFAULTS[name] ?? []);
      return hosts.length > 0 ? [[name, hosts] as const] : [];
    }),
  );
}

/** Host names of the URLs in a text, in order, each once. */
export function hostsIn(text: string | undefined): readonly string[] {
  const found = (text ?? '').matchAll(
    /\bhttps?:\/\/(?:[^\s/@"']{1,256}@)?([a-z0-9.-]{1,253}|\[[0-9a-f:]{2,45}\])/gi,
  );
  return [...new Set([...found].map(([, host = '']) => host.toLowerCase().replace(/\.$/, '')))];
}

/** npm knows its own default; started at home, it sees no project's .npmrc. */
function askNpm({ host, ask }: RegistryInput): string | undefined {
  const line = /^\s*registry\s*=(.*)$/m.exec(host.readFile(`${host.home}/.npmrc`, MAX_BYTES) ?? '');
  return line?.[1] ?? ask('npm', ['config', 'get', 'registry']);
}

function readPip({ host }: RegistryInput): string | undefined {
  const files = ['.config/pip/pip.conf', '.pip/pip.conf', 'Library/Application Support/pip/pip.conf'];
  const texts = files.map((file) => host.readFile(`${host.home}/${file}`, MAX_BYTES) ?? '');
  const lines = texts.flatMap((text) => text.match(/^\s*(?:extra-)?index-url\s*=.*$/gm) ?? []);
  return lines.length === 0 ? undefined : lines.join('\n');
}

function readApt({ host }: RegistryInput): readonly string[] {
  const folder = '/etc/apt/sources.list.d';
  const names = (host.readDirectory(folder) ?? []).filter((name) => /\.(?:list|sources)$/.test(name));
  const files = ['/etc/apt/sources.list', ...names.slice(0, MAX_SOURCES).map((name) => `${folder}/${name}`)];
  const lines = files.flatMap(
    (file) => (host.readFile(file, MAX_BYTES) ?? '').match(/^(?:deb|URIs:)[^\n]*$/gm) ?? [],
  );
  return hostsIn(lines.join('\n'));
}
