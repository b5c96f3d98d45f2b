/** What the model is told about the tools of MCP servers when a session starts. */

import { listSome, plainGlobs } from '../../kit/brief.ts';
import type { HostFacts } from '../../kit/host-facts.ts';
import type { GlobSet } from '../../types/policy.ts';

/** Which tools may be called, where not all may. */
export function brief(
  options: { readonly allow: GlobSet; readonly deny: GlobSet },
  _host: HostFacts,
  most: number,
): string | undefined {
  const allowed = plainGlobs(options.allow);
  // What is denied beside that are things that few sessions think of.
  if (allowed.includes('**')) return undefined;
  return allowed.length === 0
    ? 'MCP tools: none may be called.'
    : `MCP tools: only ${listSome(allowed, most)} may be called.`;
}
