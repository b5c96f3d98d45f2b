/** Who may switch `autoApprove` on: the user and the company, never a project, and nobody beside `danger-run`. */

import { describe, expect, it } from 'vitest';
import { loadPolicy } from '../../lib/policy/load-policy.ts';
import { ENVIRONMENT, type Files, fakeHost, MANAGED, PROJECT, USER } from './fake-host.ts';

const ON = '{"autoApprove": true}';
const OFF = '{"autoApprove": false}';

const load = (files: Files) =>
  loadPolicy({
    host: fakeHost(files),
    projectRoot: '/work/app',
    now: new Date('2026-01-01'),
    ...(ENVIRONMENT in files ? { environmentPath: ENVIRONMENT } : {}),
  });

describe('autoApprove', () => {
  it.each<readonly [string, Files, boolean, number]>([
    ['is off where nobody says anything', {}, false, 0],
    ['is switched on by the user', { [USER]: ON }, true, 0],
    ['is switched on by the company', { [MANAGED]: ON }, true, 0],
    ['is switched off by the user over the company', { [MANAGED]: ON, [USER]: OFF }, false, 0],
    ['is switched off by the project', { [USER]: ON, [PROJECT]: OFF }, false, 0],
    ['is switched off by the environment', { [USER]: ON, [ENVIRONMENT]: OFF }, false, 0],
    ['is not switched on by a project', { [PROJECT]: ON }, false, 1],
    ['is not switched on by the environment', { [ENVIRONMENT]: ON }, false, 1],
    ['is not switched on over a managed no', { [MANAGED]: OFF, [USER]: ON }, false, 1],
    ['is not switched on over a managed policy that is silent', { [MANAGED]: '{}', [USER]: ON }, false, 1],
    [
      'is off with danger-run, whatever the same file says',
      { [USER]: '{"extends": "codex-guard:danger-run", "autoApprove": true}' },
      false,
      1,
    ],
    [
      'is off with danger-run laid over it by a project',
      { [USER]: ON, [PROJECT]: '{"extends": "codex-guard:danger-run"}' },
      false,
      0,
    ],
    ['is off in a file with a mistake', { [USER]: '{"autoApprove": true, "mod": 1}' }, false, 2],
    ['takes nothing but true and false', { [USER]: '{"autoApprove": "yes"}' }, false, 1],
  ])('%s', (_, files, value, problems) => {
    const policy = load(files);
    expect(policy.problems).toHaveLength(problems);
    expect(policy.autoApprove).toBe(value);
  });

  it('is part of the digest', () => {
    expect(load({ [USER]: ON }).digest).not.toBe(load({ [USER]: OFF }).digest);
  });
});
