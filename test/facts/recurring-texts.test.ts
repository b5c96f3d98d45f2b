/** Scripts that start themselves again: read once where nothing changes, followed where something does. */

import { describe, expect, it } from 'vitest';
import { judgeCommand, makeProject, shippedPolicy } from '../pipeline.ts';

const RM_HOME = 'rm -rf ~/work';
const FILES: Readonly<Record<string, string>> = {
  'package.json': JSON.stringify({
    name: 'root',
    private: true,
    workspaces: ['packages/*'],
    scripts: {
      build: 'turbo run build',
      check: 'pnpm -r run check',
      all: 'npm run all',
      lint: 'turbo run lint check',
      worse: `turbo run worse; ${RM_HOME}`,
      below: 'turbo run below',
      counts: `if [ "$N" = 2 ]; then ${RM_HOME}; else N=\${N:+2}; N=\${N:-1} npm run counts; fi`,
      writes: `sh ./step.sh; echo '${RM_HOME}' > step.sh; npm run writes`,
      switches: 'git push origin HEAD; git checkout main; npm run switches',
    },
  }),
  'packages/core/package.json': JSON.stringify({
    name: 'core',
    scripts: { build: 'tsc -p .', check: 'tsc --noEmit', lint: 'eslint .', below: RM_HOME },
  }),
  'step.sh': 'echo one\n',
};

describe('texts that are reached again', () => {
  const cwd = makeProject('feature/x', FILES);
  const judge = (command: string) => {
    const { verdict } = judgeCommand(command, cwd, shippedPolicy(cwd));
    const ids = verdict.findings.filter(({ level }) => level !== 'note').map(({ guard }) => guard);
    return { outcome: verdict.outcome, guards: [...new Set(ids)] };
  };

  it.each([
    'npx turbo run build',
    'pnpm build',
    'pnpm build lint',
    'pnpm run check && pnpm run lint',
    'npm run all',
    "docker run --rm node:20 sh -c 'pnpm build'",
    'bash -c "npm run build && npm run lint"',
  ])('%s passes', (command) => expect(judge(command)).toEqual({ outcome: 'pass', guards: [] }));

  it.each([
    ['npm run worse', 'data-loss'],
    ['npm run below', 'data-loss'],
    ['npm run counts', 'data-loss'],
    ['npm run writes', 'data-loss'],
    ['npm run switches', 'branch-protection'],
  ])('%s is denied by %s', (command, guard) => {
    const { outcome, guards } = judge(command);
    expect(outcome).toBe('deny');
    expect(guards).toContain(guard);
  });
});
