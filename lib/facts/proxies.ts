/** Proxies that a text puts in the environment of programs whose pages speak of no host: package managers, git. */

import { proxiesOf } from '../programs/network/traffic.ts';
import type { Outcome } from '../programs/page.ts';
import type { Effect, GitOp } from '../types/effect.ts';
import type { Invocation } from '../types/invocation.ts';

const CONTACTS: ReadonlySet<GitOp> = new Set(['push', 'fetch', 'pull', 'clone', 'submodule']);

/** Contact with the proxies that what leaves or arrives would pass through. */
export function proxyEffects(outcome: Outcome, invocation: Invocation): readonly Effect[] {
  const proxies = proxiesOf(invocation);
  if (proxies.length === 0) return proxies;
  const isCovered = outcome.effects.some((effect) => effect.kind === 'net' && effect.registry === undefined);
  const talks = outcome.effects.some(
    (effect) =>
      (effect.kind === 'package' && effect.op !== 'remove') ||
      (effect.kind === 'git' && CONTACTS.has(effect.op)) ||
      (effect.kind === 'net' && effect.registry !== undefined),
  );
  return talks && !isCovered ? proxies : [];
}
