/** What a session is told at its start follows the policy in force, whatever that is, and stays short. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { writeSessionContext } from '../../lib/engine/session-context.ts';
import { guards } from '../../lib/guards/index.ts';
import type { HostFacts } from '../../lib/kit/host-facts.ts';
import { loadPolicy } from '../../lib/policy/load-policy.ts';
import type { Policy } from '../../lib/types/policy.ts';
import { type Files, fakeHost, USER } from '../policy/fake-host.ts';

const scratch = mkdtempSync(join(tmpdir(), 'codex-guard-context-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const hostOn = (branch: string, defaults: readonly string[] = []): HostFacts => ({
  paths: { home: '/home/ada', codexHome: '/home/ada/.codex', guardHome: '/home/ada/.codex/guard' },
  git: { branch, defaultBranches: defaults, remotes: new Map() },
});

function policyOf(text: object): Policy {
  const files: Files = { [USER]: JSON.stringify(text) };
  const policy = loadPolicy({ host: fakeHost(files), now: new Date('2026-01-01') });
  expect(policy.problems).toEqual([]);
  return policy;
}

const tell = (text: object, host = hostOn('feature/x')): string => writeSessionContext(policyOf(text), host);
const many = (count: number, of: (at: number) => string) => Array.from({ length: count }, (_, at) => of(at));

describe('a session is told', () => {
  it.each<readonly [string, object, readonly string[], readonly string[]]>([
    [
      'the shipped rules',
      {},
      [
        'main, master, trunk, production, prod and release/*',
        '800 lines, 30 files',
        '**.github.com',
        '.env',
        'read-only are .git/',
        'These rules only warn:\n- Only people change migrations/',
        'read first, plan before changing anything, keep changes contained, verify afterwards, report risks',
      ],
      ['Exceptions', 'Never force-push', 'MCP', 'cannot be judged'],
    ],
    [
      'what a team added, first',
      {
        guards: {
          'branch-protection': { branches: ['develop'] },
          'sensitive-areas': { paths: ['legal/**'] },
          'protected-paths': { deny: ['private/**'] },
        },
      },
      ['Branches: develop, main', 'Only people change legal/, ', 'unreadable are private/, .env'],
      [],
    ],
    ['smaller limits', { guards: { 'change-size': { lines: 7, files: 1 } } }, ['7 lines, 1 file,'], ['800']],
    [
      'other hosts',
      {
        guards: {
          'network-allowlist': { allow: ['docs.example'], deny: ['bad.example'], ownRemotes: false },
        },
      },
      ['Network: contact only docs.example, never bad.example.'],
      ['github.com', 'registries', 'remotes'],
    ],
    [
      'that no host is allowed',
      { guards: { 'network-allowlist': { allow: [], ownRemotes: false } } },
      ['Network: no host may be contacted.'],
      [],
    ],
    ['nothing of a guard that is off', { guards: { 'branch-protection': 'off' } }, ['Size:'], ['Branches']],
    ['nothing of a guard that only notes', { guards: { 'change-size': 'note' } }, ['Branches'], ['Size:']],
    [
      'that all is only a warning',
      { mode: 'warn' },
      ['warns about what breaks these rules:\n- Branches'],
      ['refused'],
    ],
    [
      'which exceptions hold, without their reasons',
      {
        exceptions: [
          { guard: 'data-loss', match: { path: 'scratch/**' }, reason: 'ticket 7', until: '2026-12-31' },
        ],
      },
      ['Exceptions: data-loss for scratch/** until 2026-12-31.'],
      ['ticket'],
    ],
    [
      'the strictest preset',
      { extends: 'codex-guard:level-0' },
      [
        'no branch may be changed',
        'add none',
        'only */get_*',
        'all others are read-only',
        'cannot be judged',
      ],
      ['These rules only warn'],
    ],
    [
      'the rules of CI',
      { extends: 'codex-guard:level-3' },
      ['Never force-push', '500 lines', '127.0.0.1'],
      [],
    ],
  ])('%s', (_, policy, says, not) => {
    const text = tell(policy);
    for (const each of says) expect(text).toContain(each);
    for (const each of not) expect(text).not.toContain(each);
  });

  it('nothing where nothing is stopped', () => {
    expect(tell({ mode: 'observe' })).toBe('');
  });

  it('the default branch of its remote, and that a protected branch is checked out', () => {
    expect(tell({}, hostOn('feature/x', ['develop']))).toContain('Branches: develop, main');
    expect(tell({}, hostOn('feature/x'))).not.toContain('checked out');
    expect(tell({}, hostOn('main'))).toContain('main is checked out now: create a branch before you commit');
    expect(tell({ guards: { 'branch-protection': { local: false } } }, hostOn('main'))).not.toContain(
      'checked',
    );
  });
});

describe('what a session is told stays short', () => {
  it.each<readonly [string, object]>([
    ['level-0', { extends: 'codex-guard:level-0' }],
    ['level-1', { extends: 'codex-guard:level-1' }],
    ['level-2', {}],
    ['level-3 for a dangerous run', { extends: ['codex-guard:level-3', 'codex-guard:danger-run'] }],
    [
      'long lists of long names',
      {
        guards: {
          'branch-protection': { branches: many(60, (at) => `team-${at}/${'x'.repeat(60)}`) },
          'sensitive-areas': { paths: many(60, (at) => `${'deep/'.repeat(20)}${at}/**`) },
          'protected-paths': { deny: many(60, (at) => `${'very-'.repeat(20)}secret-${at}`) },
          'network-allowlist': { allow: many(60, (at) => `${'sub.'.repeat(20)}host-${at}.example`) },
        },
        exceptions: many(60, (at) => at.toString()).map((at) => ({
          guard: 'data-loss',
          match: { path: `${'scratch/'.repeat(10)}${at}` },
          reason: 'r',
          until: '2026-12-31',
        })),
      },
    ],
  ])('%s', (_, policy) => {
    const lines = tell(policy).split('\n');
    expect(lines.join('\n').length).toBeLessThanOrEqual(1_800);
    expect(lines.length).toBeLessThanOrEqual(16);
    expect(lines.every((line) => line.length > 0 && line.length <= 400)).toBe(true);
    expect(lines[0]).toContain('codex-guard');
    expect(lines.at(-1)).toContain('report risks');
  });

  it('even when there are too many rules for it', () => {
    const registry = guards.map((guard) => ({ ...guard, brief: () => 'x'.repeat(390) }));
    const text = writeSessionContext(policyOf({}), hostOn('feature/x'), registry);
    expect(text.length).toBeLessThanOrEqual(1_800);
    expect(text).toMatch(/\n\(and \d+ more lines; they hold as well\)\n.*report risks\.$/);
  });

  it('on one line each, whatever a policy holds', () => {
    const text = tell({ guards: { 'branch-protection': { branches: ['a\u202eb'] } } });
    expect(text).toContain('Branches: a?b, main');
  });
});
