/** Wording of policy problems: quoting what a file says and guessing what it meant. Knows no policy. */

/** Text from a policy file between backquotes: on one line, at most 60 characters. */
export function quote(text: string): string {
  const line = text.replace(/[\0-\x1f\x7f-\x9f`\u2028\u2029]/g, ' ');
  return `\`${line.length > 60 ? `${line.slice(0, 59)}…` : line}\``;
}

/** `a`, `b` and `c`. */
export function join(words: readonly string[], last = 'and'): string {
  return words.length < 2 ? words.join() : `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1)}`;
}

/** Words longer than this are not guessed at. */
const MAX_WORD = 40;

/** The known word nearest to `word` by typing errors (at most two, and fewer than half its letters), or undefined. */
export function findNearest(word: string, known: readonly string[]): string | undefined {
  if (word.length > MAX_WORD) return undefined;
  let best: string | undefined;
  let least = Math.min(2, Math.floor((word.length - 1) / 2)) + 1;
  for (const each of known) {
    const distance = countEdits(word.toLowerCase(), each.toLowerCase());
    if (distance < least) {
      least = distance;
      best = each;
    }
  }
  return best;
}

/** Letters to insert, drop, replace or swap with a neighbour to turn `a` into `b`. */
function countEdits(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min(
        (last[j] as number) + 1,
        (row[j - 1] as number) + 1,
        (last[j - 1] as number) + (same ? 0 : 1),
      );
      if (a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, (beforeLast[j - 2] ?? Number.POSITIVE_INFINITY) + 1);
      row.push(cost);
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length] as number;
}
