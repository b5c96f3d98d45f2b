/** What the model is told about branches when a session starts. */

import { isProtected } from '../../kit/branches.ts';
import { listSome, plainGlobs } from '../../kit/brief.ts';
import type { HostFacts } from '../../kit/host-facts.ts';
import type { GlobSet } from '../../types/policy.ts';

const FORCE: Readonly<Record<string, string>> = {
  lease: ' Force-push only with --force-with-lease.',
  never: ' Never force-push.',
};

/** Which branches are protected, and the way to them. */
export function brief(
  options: {
    readonly branches: GlobSet;
    readonly remoteDefaults: boolean;
    readonly force: string;
    readonly local: boolean;
  },
  host: HostFacts,
  most: number,
): string | undefined {
  const { branches: globs, force, local } = options;
  const patterns = plainGlobs(globs);
  if (patterns.includes('**')) return 'Branches: no branch may be changed, here or on a remote.';
  const names = options.remoteDefaults ? (host.git?.defaultBranches ?? []) : [];
  const all = [...new Set([...names, ...patterns])];
  if (all.length === 0) return undefined;
  const current = host.git?.branch;
  const now =
    local && current !== undefined && isProtected(current, { globs, names })
      ? ` ${current} is checked out now: create a branch before you commit.`
      : '';
  return `Branches: ${listSome(all, most + 4)} change only through review: commit to your own branch, push it, open a pull request.${FORCE[force] ?? ''}${now}`;
}
