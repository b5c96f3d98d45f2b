/** Whether a verified run counts as good, by what the caller asked for. */

import { ISSUES } from './issues.ts';
import type { VerifyReport } from './verify-run.ts';

export const FAIL_ON = ['deny', 'warn', 'gap', 'none'] as const;
export type FailOn = (typeof FAIL_ON)[number];

export interface Demands {
  /** Every call must have the records that the client lets hooks make. */
  readonly requireFired: boolean;
  readonly failOn: readonly FailOn[];
}

/** Why the run fails, as clauses; empty when it is good. Errors fail it whatever is asked for. */
export function judgeReport(report: VerifyReport, { requireFired, failOn }: Demands): readonly string[] {
  const { issues, denied, warned } = report;
  const errors = issues.filter(({ severity }) => severity === 'error');
  const missing = issues.filter(({ kind }) => ISSUES[kind].isMissing === true);
  const gaps = issues.filter(
    ({ severity, kind }) => severity === 'gap' && !(requireFired && ISSUES[kind].isMissing),
  );
  const steps = (count: number, what: string) =>
    `${count} ${count === 1 ? 'step was' : 'steps were'} ${what}`;
  return [
    ...unique(errors.map(({ message }) => message)),
    ...(requireFired ? unique(missing.map(({ message }) => message)) : []),
    ...(failOn.includes('deny') && denied.length > 0 ? [steps(denied.length, 'denied')] : []),
    ...(failOn.includes('warn') && warned.length > 0 ? [steps(warned.length, 'warned about')] : []),
    ...(failOn.includes('gap') ? unique(gaps.map(({ message }) => message)) : []),
  ];
}

function unique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}
