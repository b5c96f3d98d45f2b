/** What the model is told about dependencies when a session starts. */

import { listSome, plainGlobs } from '../../kit/brief.ts';
import type { HostFacts } from '../../kit/host-facts.ts';
import type { GlobSet } from '../../types/policy.ts';

/** Which packages may be added, and from where. */
export function brief(
  options: {
    readonly packages: GlobSet;
    readonly sources: string;
    readonly global: boolean;
    readonly scripts: boolean;
    readonly publish: boolean;
    readonly lockfiles: boolean;
  },
  _host: HostFacts,
  most: number,
): string | undefined {
  const allowed = plainGlobs(options.packages);
  const rules = [
    ...(allowed.length === 0 ? ['add none'] : []),
    ...(allowed.length > 0 && !allowed.includes('**') ? [`add only ${listSome(allowed, most)}`] : []),
    ...(options.sources === 'any' ? [] : ['only from the configured registry']),
    ...(options.scripts ? [] : ['without their install scripts']),
    ...(options.global ? [] : ['none outside the project']),
    ...(options.publish ? [] : ['publish none']),
    ...(options.lockfiles ? ['leave lock files to the package manager'] : []),
  ];
  return rules.length === 0 ? undefined : `Packages: ${rules.join(', ')}.`;
}
