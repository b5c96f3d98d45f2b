/** Runs a computation once for every combination of the choices it asks for. Knows nothing of shells. */

/**
 * Asks which of `count` alternatives to take. The same key gets the same answer within one run, so that `$x $x` never mixes
 * two values of x.
 */
export type Choose = (key: string, count: number) => number;

/**
 * All results of `run` over the combinations of its choices, in order, at most `limit` runs.
 *
 * @returns the results, and whether combinations were left out
 */
export function everyChoice<T>(
  limit: number,
  run: (choose: Choose) => T,
): { results: T[]; complete: boolean } {
  const results: T[] = [];
  let path: { index: number; count: number }[] = [];
  for (let runs = 0; runs < limit; runs++) {
    const answers = new Map<string, number>();
    let asked = 0;
    results.push(
      run((key, count) => {
        if (count <= 1) return 0;
        const earlier = answers.get(key);
        if (earlier !== undefined) return Math.min(earlier, count - 1);
        const step = path[asked] ?? { index: 0, count };
        path[asked++] = step;
        answers.set(key, step.index);
        return step.index;
      }),
    );
    path = path.slice(0, asked);
    let last = path.at(-1);
    while (last !== undefined && last.index + 1 >= last.count) {
      path.pop();
      last = path.at(-1);
    }
    if (last === undefined) return { results, complete: true };
    last.index++;
  }
  return { results, complete: false };
}
