/** Finds the line of a TOML text that a key stands on, for messages. Judges nothing; a text that it cannot follow gives no line. */

/** More lines than a configuration has. */
const MAX_LINES = 20_000;

/**
 * Line of the entry, or of the header of the table, that a path of keys names; from 1.
 *
 * @returns undefined when it stands in an inline table or is not there
 */
export function findTomlLine(text: string, path: readonly string[]): number | undefined {
  let table: readonly string[] = [];
  let header: number | undefined;
  for (const [index, line] of text.split('\n', MAX_LINES).entries()) {
    const opened = /^\s*\[\[?([^[\]]+)\]/.exec(line)?.[1];
    if (opened !== undefined) {
      table = readKeys(opened);
      if (isSame(table, path)) header ??= index + 1;
      continue;
    }
    const key = /^([^=#]+)=/.exec(line)?.[1];
    if (key !== undefined && isSame([...table, ...readKeys(key)], path)) return index + 1;
  }
  return header;
}

function readKeys(text: string): string[] {
  const words = text.match(/"[^"]*"|'[^']*'|[\w-]+/g) ?? [];
  return words.map((word) => word.replace(/^["']|["']$/g, ''));
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((word, index) => word === b[index]);
}
