/** What the model is told about protected files when a session starts. */

import { listSome, plainGlobs } from '../../kit/brief.ts';
import type { HostFacts } from '../../kit/host-facts.ts';
import type { GlobSet } from '../../types/policy.ts';

/** What may not be read, what may not be written, and how far writing goes. */
export function brief(
  options: { readonly deny: GlobSet; readonly readOnly: GlobSet; readonly outside: boolean },
  _host: HostFacts,
  most: number,
): string | undefined {
  const deny = plainGlobs(options.deny);
  const readOnly = plainGlobs(options.readOnly);
  const rules = [
    ...(deny.length === 0 ? [] : [`unreadable are ${listSome(deny, most)}`]),
    ...(readOnly.includes('**')
      ? ['all others are read-only']
      : readOnly.length === 0
        ? []
        : [`read-only are ${listSome(readOnly, most)}`]),
    ...(options.outside && !readOnly.includes('**')
      ? ['write only in the project and temporary directories']
      : []),
  ];
  return rules.length === 0 ? undefined : `Files: ${rules.join('; ')}.`;
}
