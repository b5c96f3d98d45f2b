/** Finds which files a unified diff writes, creates, deletes and renames. Reads only its headers. */

export interface DiffPath {
  readonly op: 'write' | 'create' | 'delete' | 'move';
  readonly path: string;
  /** Where a renamed file comes from. */
  readonly from?: string;
}

/** The most lines of a patch that are looked at. */
const MAX_LINES = 200_000;

/**
 * Reads the headers of a unified diff, git's or plain.
 *
 * @param strip leading path components to drop (`-p1` drops `a/` and `b/`)
 */
export function readDiffPaths(text: string, strip: number): readonly DiffPath[] {
  const found: DiffPath[] = [];
  let old: string | undefined;
  let renamed: string | undefined;
  for (const line of text.split('\n', MAX_LINES)) {
    if (line.startsWith('--- ')) old = nameIn(line.slice(4));
    else if (line.startsWith('+++ ') && old !== undefined) {
      const entry = entryOf(old, nameIn(line.slice(4)), strip);
      if (entry) found.push(entry);
      old = undefined;
    } else if (/^(rename|copy) from /.test(line)) renamed = unquote(line.replace(/^\w+ from /, ''));
    else if (line.startsWith('rename to ') && renamed !== undefined)
      found.push({ op: 'move', path: unquote(line.slice('rename to '.length)), from: renamed });
    else if (line.startsWith('copy to '))
      found.push({ op: 'create', path: unquote(line.slice('copy to '.length)) });
  }
  return found;
}

function entryOf(old: string, now: string, strip: number): DiffPath | undefined {
  if (now === '/dev/null')
    return old === '/dev/null' ? undefined : { op: 'delete', path: strippedOf(old, strip) };
  return { op: old === '/dev/null' ? 'create' : 'write', path: strippedOf(now, strip) };
}

/** The name in a header line, without a time stamp after a tab. */
function nameIn(rest: string): string {
  return unquote(rest.split('\t', 1)[0]?.trimEnd() ?? '');
}

function unquote(name: string): string {
  const inner = /^"(.*)"$/.exec(name)?.[1];
  if (inner === undefined) return name;
  return inner.replace(/\\([0-7]{3}|.)/g, (_, code: string) => {
    if (code.length === 3) return String.fromCharCode(Number.parseInt(code, 8));
    return code === 'n' ? '\n' : code === 't' ? '\t' : code;
  });
}

function strippedOf(path: string, strip: number): string {
  const parts = path.split('/');
  return parts.slice(Math.min(Number.isFinite(strip) ? strip : 1, parts.length - 1)).join('/');
}
