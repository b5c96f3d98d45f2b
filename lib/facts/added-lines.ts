/** Reads what `git diff -U0` and `git log -p -U0` print: the lines that are added, with their places. Starts nothing. */

import type { TextFact } from '../types/facts.ts';

/** What a diff adds. */
export interface AddedLines {
  /** One text a hunk. */
  readonly texts: readonly TextFact[];
  /** Files in which git saw no text. */
  readonly binary: readonly string[];
  /** Commits that the output tells of. */
  readonly commits: number;
}

const COMMIT = '\0';
const HUNK = /^@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/;
/** A merge: as many minus parts as parents. */
const MERGE_HUNK = /^(@{3,}) (?:-\d+(?:,\d+)? )+\+(\d+)/;

/**
 * Reads a diff with prefixes `a/` and `b/`. Of a merge only lines count that are in none of its parents.
 *
 * @param where what the texts are part of
 */
export function readAddedLines(output: string, where: TextFact['where']): AddedLines {
  const texts: TextFact[] = [];
  const binary: string[] = [];
  let commits = 0;
  let commit: string | undefined;
  let path = '';
  let hunk: { line: number; removed: number; added: number; lines: string[]; columns: number } | undefined;
  const close = (): void => {
    if (hunk !== undefined && hunk.lines.length > 0)
      texts.push({
        where,
        text: hunk.lines.join('\n'),
        path,
        line: hunk.line,
        ...(commit === undefined ? {} : { commit }),
      });
    hunk = undefined;
  };
  for (const line of linesOf(output)) {
    if (hunk?.columns === 1 && (hunk.added > 0 || hunk.removed > 0)) {
      if (line.startsWith('+')) {
        hunk.lines.push(line.slice(1));
        hunk.added -= 1;
      } else if (line.startsWith('-')) hunk.removed -= 1;
      continue;
    }
    if (hunk !== undefined && hunk.columns > 1 && /^[ +-]/.test(line)) {
      if (/^\++$/.test(line.slice(0, hunk.columns))) hunk.lines.push(line.slice(hunk.columns));
      continue;
    }
    close();
    if (line.startsWith(COMMIT)) {
      commit = line.slice(1);
      commits += 1;
    } else if (line.startsWith('+++ ')) path = readPath(line.slice(4));
    else if (line.startsWith('Binary files ')) binary.push(...binaryPath(line));
    else hunk = openHunk(line);
  }
  close();
  return { texts, binary, commits };
}

function openHunk(line: string) {
  const plain = HUNK.exec(line);
  if (plain !== null) {
    const [, removed = '1', start, added = '1'] = plain;
    return {
      line: Number(start),
      removed: Number(removed),
      added: Number(added),
      lines: [],
      columns: 1,
    };
  }
  const merge = MERGE_HUNK.exec(line);
  if (merge === null) return undefined;
  return { line: Number(merge[2]), removed: 0, added: 0, lines: [], columns: (merge[1]?.length ?? 3) - 1 };
}

/** `b/path`, quoted as in C where it holds odd characters. */
function readPath(written: string): string {
  const name = written.startsWith('"') ? unquote(written) : written.replace(/\t$/, '');
  return name.replace(/^b\//, '');
}

function binaryPath(line: string): readonly string[] {
  const name = / and (b\/.+|"b\/.+") differ$/.exec(line)?.[1];
  return name === undefined ? [] : [readPath(name)];
}

function unquote(written: string): string {
  const bytes = written
    .slice(1, -1)
    .replace(/\\([0-3][0-7]{2})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)))
    .replace(/\\([abfnrtv"\\])/g, (_, letter: string) =>
      letter === 'n' ? '\n' : letter === 't' ? '\t' : letter,
    );
  return bytes;
}

function* linesOf(text: string): Generator<string> {
  for (let start = 0; start < text.length; ) {
    const end = text.indexOf('\n', start);
    yield text.slice(start, end < 0 ? text.length : end);
    if (end < 0) return;
    start = end + 1;
  }
}
