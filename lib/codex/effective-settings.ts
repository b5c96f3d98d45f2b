/**
 * What the client makes of its configuration: sandbox, network, approvals, features, as they hold in the end. Observed on Codex 0.169.0;
 * a test asks the client itself. Judges nothing.
 */

import {
  type CodexConfig,
  type ConfigOrigin,
  type ConfigTable,
  findValue,
  isTable,
  mergeLayers,
  originOf,
  valueAt,
} from './config-layers.ts';

/** A value in force; without an origin it is the client's default. */
export interface Setting<T> {
  readonly value: T;
  readonly origin?: ConfigOrigin;
}

export interface EffectiveSandbox {
  /** How far commands reach; `unknown` for a profile that is not defined or starts from nothing. */
  readonly reach: SandboxMode | 'unknown';
  /** Permission profile, where one holds instead of `sandbox_mode`. */
  readonly profile?: string;
  /** Commands have a network. */
  readonly network: boolean;
  /** Hosts that a profile allows; empty when it names none. */
  readonly hosts: readonly string[];
  /** Folders beside the project that commands may write. */
  readonly writableRoots: readonly string[];
  /** What was set and lost against the setting that holds. */
  readonly loser?: { readonly key: string; readonly origin: ConfigOrigin };
}

export type SandboxMode = 'read-only' | 'workspace-write' | 'danger-full-access';

const MODES: readonly SandboxMode[] = ['read-only', 'workspace-write', 'danger-full-access'];
/** Longest chain of `extends` that is followed. */
const MAX_EXTENDS = 8;

/**
 * The sandbox. Of `sandbox_mode` and `default_permissions` the one in the strongest layer holds, and the profile when both are in
 * that layer; the other system is then not looked at. Requirements have the last word.
 */
export function effectiveSandbox(config: CodexConfig): Setting<EffectiveSandbox> {
  const used = config.layers.filter(({ isUsed }) => isUsed).reverse();
  const says = (key: string) => used.find(({ values }) => typeof values[key] === 'string');
  const [mode, profile] = [says('sandbox_mode'), says('default_permissions')];
  const profileWins =
    profile !== undefined && (mode === undefined || used.indexOf(profile) <= used.indexOf(mode));
  const [winner, loser] = profileWins ? [profile, mode] : [mode, profile];
  const keys = profileWins
    ? ['default_permissions', 'sandbox_mode']
    : ['sandbox_mode', 'default_permissions'];
  const all = mergeLayers(config.layers);
  const lost =
    winner && loser
      ? { loser: { key: keys[1] as string, origin: originOf(loser, [keys[1] as string]) } }
      : {};
  const origin = winner === undefined ? {} : { origin: originOf(winner, [keys[0] as string]) };
  const chosen = profileWins
    ? profileSandbox(all, profile.values.default_permissions as string)
    : modeSandbox(all, modeOf(mode?.values.sandbox_mode));
  return limitSandbox(config, { value: { ...chosen, ...lost }, ...origin });
}

/** `approval_policy`: `on-request`, `never`, or `granular` for a table. */
export function effectiveApproval(config: CodexConfig): Setting<string> {
  const said = findValue(config, 'approval_policy');
  // `on-failure` is read as `on-request` since it was given up.
  const text = isTable(said?.value) ? 'granular' : said?.value === 'on-failure' ? 'on-request' : said?.value;
  const setting = {
    value: typeof text === 'string' ? text : 'on-request',
    ...(said === undefined ? {} : { origin: said.origin }),
  };
  const allowed = listAt(config, 'allowed_approval_policies');
  const first = allowed?.find((one) => typeof one === 'string');
  return allowed === undefined || first === undefined || allowed.includes(setting.value)
    ? setting
    : required(config, 'allowed_approval_policies', first as string);
}

/** A feature's switch, by its name and the names it had before. A pin of the company wins. */
export function effectiveFeature(
  config: CodexConfig,
  names: readonly string[],
  otherwise: boolean,
): Setting<boolean> {
  const [name = ''] = names;
  const pinned = valueAt(config.requirements?.values, ['features', name]);
  if (typeof pinned === 'boolean') return required(config, 'features', pinned, name);
  // The current name wins over a former one only inside one layer.
  for (const layer of config.layers.filter(({ isUsed }) => isUsed).reverse())
    for (const alias of names) {
      const value = valueAt(layer.values, ['features', alias]);
      if (typeof value === 'boolean') return { value, origin: originOf(layer, ['features', alias]) };
    }
  return { value: otherwise };
}

/** `allow_login_shell`. */
export function effectiveLoginShell(config: CodexConfig): Setting<boolean> {
  if (config.requirements?.values.allow_login_shell === false)
    return required(config, 'allow_login_shell', false);
  const said = findValue(config, 'allow_login_shell');
  return typeof said?.value === 'boolean' ? { value: said.value, origin: said.origin } : { value: true };
}

function modeOf(value: unknown): SandboxMode {
  return MODES.find((mode) => mode === value) ?? 'workspace-write';
}

function modeSandbox(all: ConfigTable, mode: SandboxMode): EffectiveSandbox {
  const roots = valueAt(all, ['sandbox_workspace_write', 'writable_roots']);
  return {
    reach: mode,
    network:
      mode === 'danger-full-access' ||
      (mode === 'workspace-write' && valueAt(all, ['sandbox_workspace_write', 'network_access']) === true),
    hosts: [],
    writableRoots: Array.isArray(roots) ? roots.filter((root) => typeof root === 'string') : [],
  };
}

function profileSandbox(all: ConfigTable, name: string): EffectiveSandbox {
  const chain: ConfigTable[] = [];
  let base: unknown = name;
  while (typeof base === 'string' && !base.startsWith(':') && chain.length < MAX_EXTENDS) {
    const profile = valueAt(all, ['permissions', base]);
    if (!isTable(profile)) break;
    chain.push(profile);
    base = profile.extends;
  }
  const reach = MODES.find((mode) => base === `:${mode === 'workspace-write' ? 'workspace' : mode}`);
  const said = chain.map((profile) => valueAt(profile, ['network', 'enabled']));
  const allowed = chain.flatMap((profile) => {
    const domains = valueAt(profile, ['network', 'domains']);
    return isTable(domains) ? Object.keys(domains).filter((host) => domains[host] === 'allow') : [];
  });
  return {
    reach: reach ?? 'unknown',
    profile: name,
    network: reach === 'danger-full-access' || said.find((enabled) => typeof enabled === 'boolean') === true,
    hosts: [...new Set(allowed)],
    writableRoots: [],
  };
}

function limitSandbox(config: CodexConfig, setting: Setting<EffectiveSandbox>): Setting<EffectiveSandbox> {
  const profiles = valueAt(config.requirements?.values, ['allowed_permission_profiles']);
  const fallback = valueAt(config.requirements?.values, ['default_permissions']);
  const { reach, profile } = setting.value;
  if (isTable(profiles) && typeof fallback === 'string' && profiles[profile ?? ''] !== true)
    return required(config, 'default_permissions', profileSandbox(merged(config), fallback));
  const modes = listAt(config, 'allowed_sandbox_modes');
  if (modes === undefined || profile !== undefined || modes.includes(reach)) return setting;
  // What is not allowed becomes read-only, which always is.
  return required(config, 'allowed_sandbox_modes', modeSandbox({}, 'read-only'));
}

/** Profiles may be defined in the requirements, too. */
function merged(config: CodexConfig): ConfigTable {
  return mergeLayers([...config.layers, ...(config.requirements ? [config.requirements] : [])]);
}

function listAt({ requirements }: CodexConfig, key: string): readonly unknown[] | undefined {
  const list = requirements?.values[key];
  return Array.isArray(list) ? list : undefined;
}

function required<T>({ requirements }: CodexConfig, key: string, value: T, ...rest: string[]): Setting<T> {
  return {
    value,
    ...(requirements === undefined ? {} : { origin: originOf(requirements, [key, ...rest]) }),
  };
}
