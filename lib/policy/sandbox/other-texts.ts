/** Patterns for every text but a few: what has no `!` has to spell the others out. Knows no files. */

/**
 * Patterns (`*`, `?`, `[!ab]`) that together match every text that is not empty and none of `texts`, and none of these.
 * With `ci` and `ts`: `[!ct]*`, `c[!i]*`, `c`, `ci?*`, `t[!s]*`, `t`, `ts?*`.
 *
 * @param texts not empty, without wildcards
 */
export function spellOutOthers(texts: readonly string[]): readonly string[] {
  const starts = new Set(
    texts.flatMap((text) => Array.from({ length: text.length + 1 }, (_, at) => text.slice(0, at))),
  );
  return [...starts].sort().flatMap((start) => {
    const next = new Set(
      texts
        .filter((text) => text.length > start.length && text.startsWith(start))
        .map((text) => text[start.length]),
    );
    const longer = next.size === 0 ? `${start}?*` : `${start}[!${printClass(next)}]*`;
    return start === '' || texts.includes(start) ? [longer] : [longer, start];
  });
}

/** A hyphen means a range unless it comes last. */
function printClass(letters: ReadonlySet<string | undefined>): string {
  return [...letters]
    .sort((a, b) => Number(a === '-') - Number(b === '-') || ((a ?? '') < (b ?? '') ? -1 : 1))
    .join('');
}
