/** Policy files on a real disk: pipes, loops, giants and hostile contents cost neither time nor protection. */

import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { afterAll, describe, expect, it } from 'vitest';
import { openHost } from '../../lib/facts/host.ts';
import { loadPolicy, projectPolicyPath } from '../../lib/policy/load-policy.ts';
import type { Policy } from '../../lib/types/policy.ts';

const base = realpathSync(mkdtempSync(join(tmpdir(), 'codex-guard-policy-')));
afterAll(() => rmSync(base, { recursive: true, force: true }));
let count = 0;

/** Loads with a project whose policy file `make` puts there. */
function loadWith(make: (path: string) => void): { readonly policy: Policy; readonly milliseconds: number } {
  const projectRoot = join(base, `project-${count++}`);
  const path = projectPolicyPath(projectRoot);
  mkdirSync(dirname(path), { recursive: true });
  make(path);
  const env = { HOME: join(base, 'home') };
  const host = openHost({ sessionCwd: projectRoot, callCwd: projectRoot, env });
  const start = performance.now();
  const policy = loadPolicy({ host, projectRoot, managedPath: join(base, 'none.jsonc'), now: new Date() });
  return { policy, milliseconds: performance.now() - start };
}

const write = (text: string) => (path: string) => writeFileSync(path, text);
const list = (entry: (at: number) => string) => Array.from({ length: 200 }, (_, at) => entry(at));

describe('a policy file that', () => {
  it.each<readonly [string, (path: string) => void, string]>([
    ['is a pipe', (path) => void execFileSync('mkfifo', [path]), 'is no regular file'],
    ['is a folder', (path) => mkdirSync(path), 'is no regular file'],
    ['is a device', (path) => symlinkSync('/dev/zero', path), 'is no regular file'],
    ['is huge', write(`{}${' '.repeat(64 * 1024 * 1024)}`), 'cannot be read, or is larger than 1 MiB'],
    ['is no text', write('\0\0\0'), 'cannot be read, or is larger than 1 MiB'],
  ])('%s is a mistake', (_, make, message) => {
    const { policy, milliseconds } = loadWith(make);
    expect(policy.problems).toHaveLength(1);
    expect(policy.problems[0]).toMatchObject({ severity: 'error' });
    expect(policy.problems[0]?.message).toContain(message);
    expect(policy.mode).toBe('enforce');
    expect(milliseconds).toBeLessThan(1000);
  });

  it('is a link to itself counts as none, like one that was deleted', () => {
    const { policy } = loadWith((path) => symlinkSync(path, path));
    expect(policy.problems.filter(({ severity }) => severity === 'error').length).toBeLessThanOrEqual(1);
    expect(policy.mode).toBe('enforce');
  });

  it.each([
    ['nests for ever', '['.repeat(1_000_000)],
    ['is one long line of mistakes', '}'.repeat(1_000_000)],
    ['has a member a byte', `{${'"":0,'.repeat(200_000)}}`],
    [
      'has long lists of patterns that have to be compared',
      JSON.stringify({
        extends: list((at) => `./${at}`).slice(0, 16),
        guards: {
          'change-size': { exclude: list((at) => `**/${'*a'.repeat(20)}/**/${at}`) },
          'data-loss': { disposable: list((at) => `{a,b}${'{a,*a}'.repeat(5)}/${at}`) },
          'network-allowlist': {
            allow: list((at) => `x${at}.example.com`),
            sockets: list((at) => `/tmp/${at}/**`),
          },
          'protected-paths': {
            deny: list((at) => `**/a*/${at}`),
            writable: list((at) => `/tmp/${'*a*/'.repeat(10)}${at}`),
          },
        },
      }),
    ],
  ])('%s costs little time', (_, text) => {
    const { policy, milliseconds } = loadWith(write(text));
    expect(policy.problems.length).toBeGreaterThan(0);
    expect(policy.guards['branch-protection']?.level).toBe('deny');
    expect(milliseconds).toBeLessThan(2000);
  });
});
