import { parse } from 'smol-toml';
import { describe, expect, it } from 'vitest';
import { readConfiguredSandbox } from '../../../lib/codex/configured-sandbox.ts';
import { writePermissionProfile } from '../../../lib/codex/permission-profile.ts';
import { loadPolicy } from '../../../lib/policy/load-policy.ts';
import { findDrift } from '../../../lib/policy/sandbox/drift.ts';
import { makeSandboxProfile } from '../../../lib/policy/sandbox/profile.ts';
import { fakeHost } from '../fake-host.ts';

const HOME = '/home/ada';
const policy = loadPolicy({ host: fakeHost({}), now: new Date('2026-01-01') });
const expected = makeSandboxProfile({
  policy,
  registries: new Map([['npm', ['registry.example']]]),
  remotes: ['git.example'],
});
const exported = writePermissionProfile(expected, { name: 'guard', source: 'a test' });

/** Findings about a config.toml, as `id: detail`. */
function driftOf(config: string): readonly string[] {
  return findDrift(expected, readConfiguredSandbox(parse(config)), HOME).map(
    ({ id, detail }) => `${id}: ${detail}`,
  );
}

it('finds nothing in what the export wrote', () => {
  expect(driftOf(exported)).toEqual([]);
});

describe('a configuration without the policy', () => {
  it.each([
    ['nothing at all', '', /^profile-missing: config.toml defines no/],
    ['no sandbox', 'sandbox_mode = "danger-full-access"', /^sandbox-off/],
    ['the profile without a sandbox', 'default_permissions = ":danger-full-access"', /^sandbox-off/],
    ['the older settings', `sandbox_mode = "workspace-write"\n${exported}`, /^profile-ignored/],
    ['a profile that is not there', 'default_permissions = "guard"', /^profile-missing: .*"guard", which/],
    ['a built-in profile', 'default_permissions = ":workspace"', /^profile-missing/],
  ])('%s is one finding', (_, config, finding) => {
    expect(driftOf(config)).toEqual([expect.stringMatching(finding)]);
  });
});

describe('a profile that says something else', () => {
  const change = (from: string | RegExp, to: string) => {
    const changed = exported.replace(from, to);
    expect(changed).not.toBe(exported);
    return driftOf(changed);
  };

  it.each<readonly [string, string | RegExp, string, readonly string[]]>([
    [
      'opens a credential file',
      '"~/.aws/credentials" = "deny"\n',
      '',
      ['path-open: /home/ada/.aws/credentials'],
    ],
    ['opens a directory', '"~/.ssh" = "deny"', '"~/.ssh" = "read"', ['path-open: /home/ada/.ssh']],
    ['spells the same otherwise', '"~/.ssh" = "deny"', '"/home/ada/.ssh/**" = "deny"', []],
    ['says none for deny', '"~/.ssh" = "deny"', '"~/.ssh" = "none"', []],
    ['lets .git be written', '".git" = "read"', '".git" = "write"', ['path-writable: .git']],
    ['leaves .git to the client', '".git" = "read"\n', '', []],
    ['writes outside', '"~/.npm" = "write"', '"~/.npm" = "write"\n"/srv" = "write"', ['write-open: /srv']],
    [
      'denies more',
      '"~/.ssh" = "deny"',
      '"~/.ssh" = "deny"\n"~/notes" = "deny"',
      ['path-closed: /home/ada/notes'],
    ],
    ['writes less', '"~/.npm" = "write"\n', '', ['write-closed: /home/ada/.npm']],
    [
      'reaches another host',
      '"git.example" = "allow"',
      '"git.example" = "allow"\n"evil.example" = "allow"',
      ['host-open: evil.example'],
    ],
    [
      'reaches every host',
      '"git.example" = "allow"',
      '"git.example" = "allow"\n"*" = "allow"',
      ['host-open: *'],
    ],
    ['reaches one host less', '"git.example" = "allow"\n', '', ['host-closed: git.example']],
    [
      'denies a host',
      '"git.example" = "allow"',
      '"git.example" = "deny"',
      ['host-closed: git.example, git.example'],
    ],
    [
      'has no proxy',
      'network_proxy = true',
      'network_proxy = false',
      [
        'proxy-off: its profile switches the network on, and without `network_proxy = true` below [features] every host is open',
      ],
    ],
    [
      'builds on everything',
      'extends = ":workspace"',
      'extends = ":danger-full-access"',
      ['base-open: it extends ":danger-full-access", the policy comes to ":workspace"'],
    ],
    [
      'opens a socket',
      '"/run/postgresql" = "allow"',
      '"/run/postgresql" = "allow"\n"/run/docker.sock" = "allow"',
      ['socket-open: /run/docker.sock'],
    ],
  ])('and %s', (_, from, to, findings) => {
    expect(change(from, to)).toEqual(findings);
  });

  it('is followed through what it extends', () => {
    const child = exported.replace('default_permissions = "guard"', 'default_permissions = "mine"');
    expect(driftOf(`${child}\n[permissions.mine]\nextends = "guard"\n`)).toEqual([]);
    const open = `${child}\n[permissions.mine]\nextends = "guard"\n[permissions.mine.filesystem]\n"~/.ssh" = "read"\n`;
    expect(driftOf(open)).toEqual(['path-open: /home/ada/.ssh']);
  });

  it('names a few of many', () => {
    const [finding] = driftOf('default_permissions = "p"\n[permissions.p]\nextends = ":workspace"\n');
    expect(finding).toMatch(/^path-open: (?:[^,]+, ){7}[^,]+ and \d+ more$/);
  });
});

it.each([
  null,
  3,
  [],
  'x',
  { permissions: 3, default_permissions: [] },
  { default_permissions: 'a', permissions: { a: { extends: 'a', filesystem: [], network: 1 } } },
])('reads %j without harm', (config) => {
  expect(() => findDrift(expected, readConfiguredSandbox(config), HOME)).not.toThrow();
});
