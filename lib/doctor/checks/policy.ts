/** Checks of the policy in force: its files, its tests, and whether it enforces. */

import { findDrift } from '../../policy/sandbox/drift.ts';
import { makeSandboxProfile } from '../../policy/sandbox/profile.ts';
import type { Check, Draft } from '../finding.ts';
import { explainWhere } from '../where.ts';
import { configuredSandbox } from './production.ts';

export const POLICY_CHECKS: readonly Check[] = [
  {
    id: 'policy-invalid',
    family: 'policy',
    title: 'A policy file has a mistake',
    about: 'the shipped level-2 holds in its place, and what the file meant does not',
    run: ({ policy: { problems } }) =>
      problems
        .filter(({ severity }) => severity === 'error')
        .map(
          (problem): Draft => ({
            severity: 'error',
            detail: `${explainWhere(problem.file, problem.line)}: ${problem.message}.`,
            fix: problem.hint ?? 'codex-guard policy check',
          }),
        ),
  },
  {
    id: 'policy-warning',
    family: 'policy',
    title: 'A policy file says something that does not count',
    about: 'exceptions that ended, and loosenings that are not this layer’s to make',
    run: ({ policy: { problems } }) =>
      problems
        .filter(({ severity }) => severity === 'warning')
        .map(
          (problem): Draft => ({
            severity: 'warning',
            detail: `${explainWhere(problem.file, problem.line)}: ${problem.message}.`,
            fix: problem.hint ?? 'take it out, or renew it',
          }),
        ),
  },
  {
    id: 'policy-test',
    family: 'policy',
    title: 'A test of the policy fails',
    about: 'the policy does not decide what its writer expected',
    run: ({ failedTests }) =>
      failedTests.map(
        ({ file, command, expect, guard, got }): Draft => ({
          severity: 'error',
          detail: `${file}: '${command}' should ${expect}${guard === undefined ? '' : ` by ${guard}`}, but is ${got}.`,
          fix: `codex-guard explain '${command.replaceAll("'", `'"'"'`)}'`,
        }),
      ),
  },
  {
    id: 'not-enforcing',
    family: 'policy',
    title: 'The policy does not deny anything',
    about: 'in the modes observe and warn denials are only recorded or told',
    run: ({ policy: { mode } }) =>
      mode === 'enforce'
        ? []
        : [
            {
              severity: 'warning',
              detail: `Its mode is ${mode}.`,
              fix: 'set "mode": "enforce" when you have seen enough',
            },
          ],
  },
  {
    id: 'drift',
    family: 'policy',
    title: 'The permission profile and the policy part',
    about: 'what the guards deny the sandbox should deny, too; the policy can be exported as a profile',
    run: (s) => {
      const configured = configuredSandbox(s);
      // Without a profile of one's own there is nothing to compare.
      if (configured.profile === undefined) return [];
      const { policy, registries, codexHome } = s;
      const expected = makeSandboxProfile({ policy, registries, remotes: [], codexHome });
      return findDrift(expected, configured, s.home).map(
        ({ severity, title, detail, fix }): Draft => ({
          severity: severity === 'error' ? 'warning' : severity === 'note' ? 'info' : severity,
          detail: `${title}. ${detail}`,
          fix,
        }),
      );
    },
  },
];
