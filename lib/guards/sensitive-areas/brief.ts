/** What the model is told about parts that only people change when a session starts. */

import { listSome, plainGlobs } from '../../kit/brief.ts';
import type { HostFacts } from '../../kit/host-facts.ts';
import type { GlobSet } from '../../types/policy.ts';

/** Which files are left to people. */
export function brief(
  options: { readonly paths: GlobSet },
  _host: HostFacts,
  most: number,
): string | undefined {
  const paths = plainGlobs(options.paths);
  return paths.length === 0
    ? undefined
    : `Only people change ${listSome(paths, most)}: describe the change instead.`;
}
