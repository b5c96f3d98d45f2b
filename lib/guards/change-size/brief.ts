/** What the model is told about the size of changes when a session starts. */

import { listSome, plainGlobs } from '../../kit/brief.ts';
import { countOf } from '../../kit/draft.ts';
import type { HostFacts } from '../../kit/host-facts.ts';
import type { GlobSet } from '../../types/policy.ts';

/** The limits in force, and what does not count. */
export function brief(
  options: {
    readonly lines: number;
    readonly files: number;
    readonly bytes: number;
    readonly deletions: number;
    readonly exclude: GlobSet;
  },
  _host: HostFacts,
  most: number,
): string {
  const { lines, files, bytes, deletions } = options;
  const exclude = plainGlobs(options.exclude);
  const named = Math.floor(most / 3);
  const uncounted = exclude.length === 0 || named === 0 ? '' : ` Not counted: ${listSome(exclude, named)}.`;
  return `Size: at most ${countOf(lines, 'line')}, ${countOf(files, 'file')}, ${Math.floor(bytes / 1024)} KB and ${countOf(deletions, 'deletion')} in one step, and uncommitted when a turn ends.${uncounted}`;
}
