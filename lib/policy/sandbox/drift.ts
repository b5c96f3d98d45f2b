/** Where the client's sandbox and the guards answer differently. Compares what both were told; tries nothing out. */

import type {
  ConfiguredSandbox,
  FileRule,
  LayerDrift,
  RouteRule,
  SandboxProfile,
} from '../../types/sandbox.ts';
import { coverGlobs, coverTexts } from '../covers.ts';

/** Names that a finding spells out; of the rest it says how many they are. */
const MAX_NAMES = 8;
/** What `:workspace` keeps read-only by itself. */
const BUILT_IN: readonly string[] = ['.git', '.codex', '.agents'];
const EXPORT = 'run `codex-guard policy export --codex` and put its profile into config.toml';

type Profile = NonNullable<ConfiguredSandbox['profile']>;

/**
 * Findings about the profile that is in force, the gravest first: `error` where the sandbox is off, `warning` where it allows
 * what the guards deny, `note` where it denies what they allow.
 *
 * @param expected the policy as a profile, from `makeSandboxProfile`
 * @param configured what config.toml says, from `readConfiguredSandbox`
 * @param home absolute; `~/x` and `<home>/x` are the same
 */
export function findDrift(
  expected: SandboxProfile,
  configured: ConfiguredSandbox,
  home: string,
): readonly LayerDrift[] {
  const off = findMissingProfile(configured);
  if (off !== undefined) return [off];
  const profile = configured.profile as Profile;
  const found = [
    ...findBaseDrift(expected, profile),
    ...findFileDrift(expected, profile, home),
    ...findHostDrift(expected, profile, configured.proxy),
  ];
  return [...found.filter(isGrave), ...found.filter((drift) => !isGrave(drift))];
}

function isGrave({ severity }: LayerDrift): boolean {
  return severity !== 'note';
}

/** Nothing to compare: the sandbox is off, or knows no paths and hosts. */
function findMissingProfile({ mode, profileName, profile }: ConfiguredSandbox): LayerDrift | undefined {
  if (mode === 'danger-full-access' || (mode === undefined && profileName === ':danger-full-access'))
    return {
      id: 'sandbox-off',
      severity: 'error',
      title: 'Codex runs commands without a sandbox',
      detail: `config.toml says ${mode === undefined ? `default_permissions = "${profileName}"` : `sandbox_mode = "${mode}"`}: only the guards stand between the agent and this machine`,
      fix: `take it out, then ${EXPORT}`,
    };
  if (mode !== undefined)
    return {
      id: 'profile-ignored',
      severity: 'warning',
      title: 'The sandbox does not know the policy',
      detail: `config.toml says sandbox_mode = "${mode}", so Codex looks at no permission profile: the sandbox keeps no list of files and hosts`,
      fix: `take sandbox_mode out, then ${EXPORT}`,
    };
  if (profile !== undefined) return undefined;
  const isUndefined = profileName !== undefined && !profileName.startsWith(':');
  return {
    id: 'profile-missing',
    severity: 'warning',
    title: 'The sandbox does not know the policy',
    detail: isUndefined
      ? `default_permissions names the profile "${profileName}", which config.toml does not define`
      : 'config.toml defines no permission profile: what the guards deny, programs that they start may still do',
    fix: EXPORT,
  };
}

function findBaseDrift(expected: SandboxProfile, { base }: Profile): readonly LayerDrift[] {
  if (base === expected.base || base === undefined || base === ':read-only') return [];
  return [
    {
      id: 'base-open',
      severity: base === ':danger-full-access' ? 'error' : 'warning',
      title: 'The profile builds on more than the policy allows',
      detail: `it extends "${base}", the policy comes to "${expected.base}"`,
      fix: EXPORT,
    },
  ];
}

function findFileDrift(expected: SandboxProfile, profile: Profile, home: string): readonly LayerDrift[] {
  const should = byAccess(expected.files, home);
  const has = byAccess(profile.files, home);
  const isClosed = (path: string) => !has.write.includes(path);
  const isWorkspace = profile.base === ':workspace';
  const kept = [...has.deny, ...has.read, ...BUILT_IN].filter(isClosed);
  const opened = has.write.filter(
    (path) => path.startsWith('/') || (expected.base === ':read-only' && path[0] !== ':'),
  );
  return [
    drift(
      'path-open',
      'warning',
      'Programs may read files that the guards deny',
      missing(should.deny, has.deny),
    ),
    drift(
      'path-writable',
      'warning',
      'Programs may change files that the guards keep read-only',
      isWorkspace ? missing(should.read, kept) : should.read.filter((path) => !isClosed(path)),
    ),
    drift(
      'write-open',
      'warning',
      'Programs may write where the guards deny it',
      missing(opened, should.write),
    ),
    drift(
      'path-closed',
      'note',
      'The sandbox denies files that the guards allow',
      missing(has.deny, should.deny),
    ),
    drift(
      'write-closed',
      'note',
      'The sandbox denies writes that the guards allow',
      missing(should.write, has.write),
    ),
  ].flat();
}

interface Paths {
  readonly deny: readonly string[];
  readonly read: readonly string[];
  readonly write: readonly string[];
}

function byAccess(rules: readonly FileRule[], home: string): Paths {
  const pick = (access: FileRule['access']) =>
    rules.flatMap((rule) => (rule.access === access ? [normalize(rule.path, home)] : []));
  return { deny: pick('deny'), read: pick('read'), write: pick('write') };
}

/** One spelling: home written out, no `/**` at the end, a leading two stars for a bare pattern as it is. */
function normalize(path: string, home: string): string {
  const whole = path === '~' || path.startsWith('~/') ? home + path.slice(1) : path;
  return whole.replace(/\/(?:\*\*)?$/, '');
}

/** Those of `wanted` that no path of `given` covers. A pattern of the workspace says nothing about what lies outside it. */
function missing(wanted: readonly string[], given: readonly string[]): readonly string[] {
  const isAbsolute = (path: string) => path.startsWith('/');
  const coverIn = (paths: readonly string[]) => coverGlobs(paths.flatMap((path) => [path, `${path}/**`]));
  const outside = coverIn(given.filter(isAbsolute));
  const inside = coverIn(given.filter((path) => !isAbsolute(path)));
  return wanted.filter((path) => !(isAbsolute(path) ? outside : inside)(path));
}

function findHostDrift(expected: SandboxProfile, profile: Profile, proxy: boolean): readonly LayerDrift[] {
  const shouldAllow = names(expected.hosts, 'allow');
  if (!profile.network)
    return drift('host-closed', 'note', 'The sandbox has no network, the guards allow hosts', shouldAllow);
  if (!proxy)
    return [
      {
        id: 'proxy-off',
        severity: 'warning',
        title: 'The sandbox keeps no list of hosts',
        detail:
          'its profile switches the network on, and without `network_proxy = true` below [features] every host is open',
        fix: EXPORT,
      },
    ];
  const allowed = names(profile.hosts, 'allow');
  return [
    drift('host-open', 'warning', 'The sandbox lets programs reach hosts that the guards deny', [
      ...allowed.filter((host) => !coverTexts(shouldAllow)(host)),
      ...names(expected.hosts, 'deny').filter(
        (host) => !coverTexts(names(profile.hosts, 'deny'))(host) && coverTexts(allowed)(host),
      ),
    ]),
    drift('host-closed', 'note', 'The sandbox denies hosts that the guards allow', [
      ...shouldAllow.filter((host) => !coverTexts(allowed)(host)),
      ...names(profile.hosts, 'deny').filter((host) => !coverTexts(names(expected.hosts, 'deny'))(host)),
    ]),
    drift(
      'socket-open',
      'warning',
      'The sandbox lets programs use sockets that the guards deny',
      missing(names(profile.sockets, 'allow'), names(expected.sockets, 'allow')),
    ),
  ].flat();
}

function names(rules: readonly RouteRule[], access: RouteRule['access']): readonly string[] {
  return rules.flatMap((rule) => (rule.access === access ? [rule.name] : []));
}

function drift(
  id: string,
  severity: LayerDrift['severity'],
  title: string,
  found: readonly string[],
): readonly LayerDrift[] {
  if (found.length === 0) return [];
  const rest = found.length - MAX_NAMES;
  const detail = `${found.slice(0, MAX_NAMES).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
  return [{ id, severity, title, detail, fix: EXPORT }];
}
