/** Checks of the policy in force: its files, its tests, and whether it enforces. */

import { explainWhere } from '../where.ts';
import type { Check, Draft } from '../finding.ts';

export const POLICY_CHECKS: readonly Check[] = [
  {
    id: 'policy-invalid',
    family: 'policy',
    title: 'A policy file has a mistake',
    about: 'the shipped level-2 holds in its place, and what the file meant does not',
    run: ({ policy: { problems } }) =>
      problems
        .filter(({ severity }) => severity === 'error')
        .map((problem): Draft => ({
          severity: 'error',
          detail: `${explainWhere(problem.file, problem.line)}: ${problem.message}.`,
          fix: problem.hint ?? 'codex-guard policy check',
        })),
  },
  {
    id: 'policy-warning',
    family: 'policy',
    title: 'A policy file says something that does not count',
    about: 'exceptions that ended, and loosenings that are not this layer’s to make',
    run: ({ policy: { problems } }) =>
      problems
        .filter(({ severity }) => severity === 'warning')
        .map((problem): Draft => ({
          severity: 'warning',
          detail: `${explainWhere(problem.file, problem.line)}: ${problem.message}.`,
          fix: problem.hint ?? 'take it out, or renew it',
        })),
  },
  {
    id: 'policy-test',
    family: 'policy',
    title: 'A test of the policy fails',
    about: 'the policy does not decide what its writer expected',
    run: ({ failedTests }) =>
      failedTests.map(({ file, command, expect, guard, got }): Draft => ({
        severity: 'error',
        detail: `${file}: '${command}' should ${expect}${guard === undefined ? '' : ` by ${guard}`}, but is ${got}.`,
        fix: `codex-guard explain '${command.replaceAll("'", `'"'"'`)}'`,
      })),
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
];
