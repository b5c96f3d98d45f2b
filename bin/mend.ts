/** `doctor --fix`: mends what is safe, looks again, and goes on until nothing is left that it may mend. */

import { type DoctorFinding, examine, type Mend, type Report, type Situation } from '../lib/api.ts';
import { applyMend, describeMend, type Mended } from './apply-mends.ts';

export interface Fixed {
  readonly id: string;
  readonly done: readonly Mended[];
  /** Why it went no further. */
  readonly problem?: string;
}

/** One mend may uncover the next: a file that is read again shows its hooks. */
const MAX_ROUNDS = 12;

/**
 * Mends, finding by finding: each from a fresh look, because two may want to change the same file.
 *
 * @param lookAgain gathers the situation anew
 */
export async function mendAll(
  report: Report,
  lookAgain: () => Promise<Situation>,
): Promise<{ readonly report: Report; readonly fixed: readonly Fixed[] }> {
  const fixed: Fixed[] = [];
  const tried = new Set<string>();
  let now = report;
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const next = now.findings.find((finding) => mendsOf(finding).length > 0 && !tried.has(keyOf(finding)));
    if (next === undefined) break;
    tried.add(keyOf(next));
    fixed.push(mendOne(next));
    now = examine(await lookAgain());
  }
  return { report: now, fixed };
}

/** What stands behind a link, or is not ours to write, stays: the finding is still there to say so. */
function mendOne(finding: DoctorFinding): Fixed {
  const done: Mended[] = [];
  try {
    for (const mend of mendsOf(finding)) done.push(applyMend(mend, new Date()));
    return { id: finding.id, done };
  } catch (error) {
    return { id: finding.id, done, problem: error instanceof Error ? error.message : String(error) };
  }
}

/** What `--fix` would do, a line each. */
export function planMends(report: Report): readonly string[] {
  return report.findings.flatMap((finding) =>
    mendsOf(finding).map((mend) => `${finding.id}: ${describeMend(mend)}`),
  );
}

function mendsOf({ mends = [] }: DoctorFinding): readonly Mend[] {
  return mends;
}

function keyOf({ id, detail }: DoctorFinding): string {
  return `${id} ${detail}`;
}
