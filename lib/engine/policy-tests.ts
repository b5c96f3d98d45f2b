/** Runs the tests that policies bring along. Nothing is counted or recorded. */

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Policy, PolicyTest } from '../types/policy.ts';
import { judgeTrial, shellPayload } from './trial.ts';

export interface TestResult extends PolicyTest {
  readonly passed: boolean;
  readonly got: 'deny' | 'warn' | 'pass';
  /** The guards that had something to say. */
  readonly guards: readonly string[];
}

interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Directory of the project at hand. */
  readonly cwd: string;
  readonly now: Date;
}

/**
 * Judges the command of every test. Those of the project's own file run where they stand. All others must hold in any project: they run
 * in an empty repository, on a branch `feature` beside `main`, so that neither this project's scripts nor its branch change what they say.
 */
export function runPolicyTests(policy: Policy, { env, cwd, now }: Surroundings): readonly TestResult[] {
  if (policy.tests.length === 0) return [];
  const own = new Set(
    policy.sources.flatMap(({ layer, name }) =>
      layer === 'project' || layer === 'environment' ? [name] : [],
    ),
  );
  const scratch = mkdtempSync(join(tmpdir(), 'codex-guard-tests-'));
  try {
    writeRepository(scratch);
    return policy.tests.map((test) =>
      judgeTest(test, policy, { env, cwd: own.has(test.file) ? cwd : scratch, now }),
    );
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function judgeTest(test: PolicyTest, policy: Policy, { env, cwd, now }: Surroundings): TestResult {
  const { verdict } = judgeTrial(shellPayload(test.command, cwd), { env, now, policy });
  const guards = verdict.findings.map(({ guard }) => guard);
  const passed = verdict.outcome === test.expect && (test.guard === undefined || guards.includes(test.guard));
  return { ...test, passed, got: verdict.outcome, guards };
}

/** As much of a repository as is looked at: no commit, a remote, and its default branch. */
function writeRepository(folder: string): void {
  for (const path of ['objects', 'refs/heads', 'refs/remotes/origin'])
    mkdirSync(join(folder, '.git', path), { recursive: true });
  const write = (path: string, text: string) => writeFileSync(join(folder, '.git', path), `${text}\n`);
  write('HEAD', 'ref: refs/heads/feature');
  write('refs/remotes/origin/HEAD', 'ref: refs/remotes/origin/main');
  write(
    'config',
    '[core]\n\trepositoryformatversion = 0\n[remote "origin"]\n\turl = https://git.example/app.git',
  );
}
