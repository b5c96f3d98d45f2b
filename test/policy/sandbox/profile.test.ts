import { describe, expect, it } from 'vitest';
import { compileGlobs } from '../../../lib/kit/globs.ts';
import { loadPolicy } from '../../../lib/policy/load-policy.ts';
import { makeSandboxProfile } from '../../../lib/policy/sandbox/profile.ts';
import type { Policy } from '../../../lib/types/policy.ts';
import { fakeHost, USER } from '../fake-host.ts';

const REGISTRIES = new Map([['npm', ['registry.example']]]);

function policyOf(text: string): Policy {
  const host = fakeHost({ [USER]: text });
  const policy = loadPolicy({ host, now: new Date('2026-01-01') });
  expect(policy.problems).toEqual([]);
  return policy;
}

function profileOf(text: string, remotes: readonly string[] = []) {
  return makeSandboxProfile({ policy: policyOf(text), registries: REGISTRIES, remotes });
}

/** Rules of one option as `path access`. */
function rules(text: string, from: string): readonly string[] {
  return profileOf(text)
    .files.filter((rule) => rule.from === from)
    .map(({ path, access }) => `${path} ${access}`);
}

const paths = (options: object) => JSON.stringify({ guards: { 'protected-paths': ['deny', options] } });
const hosts = (options: object) => JSON.stringify({ guards: { 'network-allowlist': ['deny', options] } });

describe('files', () => {
  it.each<readonly [string, readonly string[]]>([
    ['keys.txt', ['~/keys.txt deny', '**/keys.txt deny']],
    ['*.key', ['**/*.key deny']],
    ['ops/secret', ['ops/secret deny']],
    ['ops/**', ['ops deny']],
    ['ops/', ['ops deny']],
    ['~/.vault/**', ['~/.vault deny']],
    ['/srv/{a,b}/x', ['/srv/a/x deny', '/srv/b/x deny']],
    ['**/ops/*.yml', ['**/ops/*.yml deny']],
  ])('%s is denied as %s', (pattern, expected) => {
    expect(rules(paths({ deny: [pattern] }), 'protected-paths.deny')).toEqual(
      expect.arrayContaining([...expected]),
    );
  });

  it.each(['/proc/*/maps', '/tmp/cc_*', '~/.*rc', '/run/user/*/x', 'a\\*b'])(
    '%s is left to the guards',
    (pattern) => {
      const { files, unsaid } = profileOf(paths({ deny: [pattern] }));
      expect(unsaid).toContainEqual(expect.objectContaining({ what: pattern, from: 'protected-paths.deny' }));
      expect(files.filter(({ path }) => path.includes(pattern))).toEqual([]);
    },
  );

  it('denies environment files as the guards do, and leaves templates open', () => {
    const denied = profileOf('{}').files.filter(({ access }) => access === 'deny');
    const set = compileGlobs(denied.map(({ path }) => path));
    const judge = (names: readonly string[]) => names.map((name) => set.match(`sub/${name}`) !== undefined);
    expect(
      judge(['.env', '.env.local', '.env.test.local', '.env.exampl', 'server.pem', 'id_rsa']),
    ).not.toContain(false);
    expect(judge(['.env.example', '.env.test', '.env.d.ts', 'ca.pem', 'a.env.ts', '.envrc'])).not.toContain(
      true,
    );
  });

  it('makes trees read-only, and says what it cannot', () => {
    const text = JSON.stringify({
      guards: {
        'sensitive-areas': 'deny',
        'protected-paths': ['deny', { readOnly: ['docs/**', 'LICENSE'] }],
      },
    });
    expect(rules(text, 'protected-paths.readOnly')).toEqual([
      '.git read',
      '.codex read',
      '.agents read',
      'docs read',
    ]);
    expect(rules(text, 'sensitive-areas.paths')).toContain('infra read');
    const left = profileOf(text).unsaid.map(({ what }) => what);
    expect(left).toEqual(expect.arrayContaining(['LICENSE', '**/migrations/**', '**/.git/hooks/**']));
  });

  it('comes to a read-only profile for level-0, and to nothing for a policy that only watches', () => {
    const audit = profileOf('{ "extends": ["codex-guard:level-0"] }');
    expect(audit.base).toBe(':read-only');
    expect(audit.files.filter(({ access }) => access !== 'deny')).toEqual([]);
    const watching = profileOf('{ "mode": "observe" }');
    expect(watching.files).toEqual([]);
    expect(watching.hosts).toEqual([{ name: '*', access: 'allow', from: 'network-allowlist' }]);
    expect(watching.unsaid.map(({ why }) => why)).toContain(
      'the mode is observe, and a sandbox can only stop',
    );
  });

  it('keeps credentials of Codex closed wherever its directory is', () => {
    const input = { policy: policyOf('{}'), registries: REGISTRIES, remotes: [], codexHome: '/srv/codex' };
    const named = makeSandboxProfile(input).files.map(({ path }) => path);
    expect(named).toEqual(expect.arrayContaining(['~/.codex/auth.json', '/srv/codex/auth.json']));
  });
});

describe('hosts', () => {
  it('says denials first, registries by their hosts, and remotes as far as the policy lets', () => {
    const text = hosts({
      allow: ['a.example', '*.b.example', 'registry:npm', 'registry:x'],
      deny: ['a.example'],
    });
    const profile = profileOf(text, ['git.example']);
    expect(profile.hosts.map(({ name, access }) => `${name} ${access}`)).toEqual([
      'a.example deny',
      '*.b.example allow',
      'registry.example allow',
      'git.example allow',
    ]);
    expect(profile.unsaid).toContainEqual(expect.objectContaining({ what: 'registry:x' }));
    expect(
      profileOf(hosts({ ownRemotes: false }), ['git.example']).hosts.map(({ name }) => name),
    ).not.toContain('git.example');
  });

  it('never opens a host wider than the policy: no ports, no wildcards within', () => {
    const profile = profileOf(
      hosts({ allow: ['a.example:443', '10.0.*.*', '[::1]'], sockets: ['/run/x.sock', '/tmp/*.sock'] }),
    );
    expect(profile.hosts.map(({ name }) => name)).toEqual(['[::1]']);
    expect(profile.sockets.map(({ name }) => name)).toEqual(['/run/x.sock']);
    expect(profile.unsaid.map(({ what }) => what)).toEqual(
      expect.arrayContaining(['a.example:443', '10.0.*.*', '/tmp/*.sock']),
    );
  });
});
