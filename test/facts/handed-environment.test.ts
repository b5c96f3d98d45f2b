/** What stands before a command holds for the programs that it runs in turn, too. */

import { describe, expect, it } from 'vitest';
import { judgeCommand, makeProject, shippedPolicy } from '../pipeline.ts';

const URL = 'DATABASE_URL=postgres://localhost';

describe('environment that is handed on', () => {
  const cwd = makeProject('feature/x', {
    'package.json': '{ "name": "x", "scripts": { "reset": "prisma migrate reset --force" } }',
  });

  it.each<[string, string]>([
    [`${URL}/app_test pnpm prisma migrate reset --force`, 'pass'],
    [`${URL}/app_test npm run reset`, 'pass'],
    [`export ${URL}/app_test; npm run reset`, 'pass'],
    [`${URL}/app pnpm prisma migrate reset --force`, 'deny data-loss'],
    [`${URL}/app_test true; npm run reset`, 'deny data-loss'],
    ['npm run reset', 'deny data-loss'],
    ['HUSKY=0 pnpm exec git commit -m "fix: x"', 'deny self-protection'],
  ])('%s: %s', (command, expected) => {
    const { verdict } = judgeCommand(command, cwd, shippedPolicy(cwd));
    const ids = verdict.findings.filter(({ level }) => level !== 'note').map(({ guard }) => guard);
    expect([verdict.outcome, ...new Set(ids)].join(' ')).toBe(expected);
  });
});
