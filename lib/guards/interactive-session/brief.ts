/** What the model is told about programs that wait for input when a session starts. */

import { listSome } from '../../kit/brief.ts';
import type { HostFacts } from '../../kit/host-facts.ts';

/** How to do without a session, and which programs may open one. */
export function brief(
  options: { readonly allow: readonly string[] },
  _host: HostFacts,
  most: number,
): string {
  const allowed = options.allow.length === 0 ? '' : ` Allowed: ${listSome(options.allow, most)}.`;
  return `Sessions: open nothing that waits for input (shell, REPL, ssh); give it commands as arguments or in a script.${allowed}`;
}
