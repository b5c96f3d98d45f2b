/** Reads `.gitleaksignore`: fingerprints of findings that people have looked at. */

/** What a fingerprint is compared with; `line` is from 1. */
export interface IgnorableHit {
  readonly path?: string;
  readonly rule: string;
  readonly line: number;
}

/**
 * Reads the file.
 * @returns whether a hit is listed as `file:rule:line`, or, when its commit is known, as `commit:file:rule:line`
 */
export function readGitleaksIgnore(text: string): (hit: IgnorableHit, commit?: string) => boolean {
  const listed = new Set(
    text
      .split('\n')
      .map((line) => line.trim().replace(/\\/g, '/'))
      .filter((line) => line !== '' && !line.startsWith('#')),
  );
  return (hit, commit) => {
    const place = `${(hit.path ?? '').replace(/\\/g, '/').replace(/^\.\//, '')}:${hit.rule}:${hit.line}`;
    return listed.has(place) || (commit !== undefined && listed.has(`${commit}:${place}`));
  };
}
