import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { openHost } from '../../lib/facts/host.ts';
import { loadPolicy } from '../../lib/policy/load-policy.ts';
import { judgeCommand, makeProject } from '../pipeline.ts';

const home = mkdtempSync(join(tmpdir(), 'codex-guard-team-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

it('the example of a team policy loads as a package and keeps its own tests', () => {
  cpSync(
    join(import.meta.dirname, '..', '..', 'examples', 'team-policy'),
    join(home, 'node_modules', '@acme', 'codex-policy'),
    { recursive: true },
  );
  mkdirSync(join(home, 'guard'));
  writeFileSync(join(home, 'guard', 'policy.jsonc'), '{ "extends": ["@acme/codex-policy"] }\n');
  const cwd = makeProject();
  const host = openHost({ sessionCwd: cwd, callCwd: cwd, env: { HOME: home, CODEX_HOME: home } });
  const policy = loadPolicy({ host, projectRoot: cwd, now: new Date('2026-01-01') });
  expect(policy.problems).toEqual([]);
  expect(policy.tests.length).toBeGreaterThanOrEqual(5);
  for (const { command, expect: outcome } of policy.tests)
    expect([command, judgeCommand(command, cwd, policy).verdict.outcome]).toEqual([command, outcome]);
});
