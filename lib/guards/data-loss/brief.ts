/** What the model is told about destroying things when a session starts. */

import { listSome, plainGlobs } from '../../kit/brief.ts';
import type { HostFacts } from '../../kit/host-facts.ts';
import type { GlobSet } from '../../types/policy.ts';

/** What has to stay, and what need not. */
export function brief(
  options: { readonly expendable: GlobSet; readonly overwrites: boolean },
  _host: HostFacts,
  most: number,
): string {
  const expendable = plainGlobs(options.expendable);
  const files = options.overwrites ? ', what a file holds' : '';
  const free = expendable.length === 0 ? '' : `; expendable are ${listSome(expendable, Math.ceil(most / 2))}`;
  return `Data: nothing is destroyed that cannot be had back: uncommitted work, history, files outside the project${files}, databases and cloud resources${free}.`;
}
