/** Fetches the host facts that the guards of an event need, and nothing else. */

import { hostname } from 'node:os';
import { readChange } from '../facts/change.ts';
import { guards } from '../guards/index.ts';
import type { AnyGuard } from '../kit/define-guard.ts';
import { AT_START, AT_STOP } from '../kit/events.ts';
import type { HostFacts, HostNeed, RunMode } from '../kit/host-facts.ts';
import type { Facts } from '../types/facts.ts';
import type { HostView } from '../types/host.ts';
import type { Payload } from '../types/payload.ts';
import type { Policy } from '../types/policy.ts';
import { readSecretFacts } from './secret-facts.ts';

export interface HostFactsInput {
  readonly facts: Facts;
  readonly payload: Payload;
  readonly policy: Policy;
  readonly host: HostView;
  /** Moment of `performance.now()` after which fetching stops. */
  readonly deadline: number;
  readonly session: NonNullable<HostFacts['session']>;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly now: Date;
  /** Stands in for what the machine says. */
  readonly mode?: Partial<RunMode>;
  readonly registry?: readonly AnyGuard[];
}

/** What the guards that run on this event asked for. */
export function readHostFacts(input: HostFactsInput): HostFacts {
  const { facts, payload, policy, host } = input;
  const needs = new Set<HostNeed>();
  for (const guard of input.registry ?? guards) {
    const level = policy.guards[guard.id]?.level;
    if (level === undefined || level === 'off' || !guard.events.includes(facts.event)) continue;
    for (const need of guard.needs) needs.add(need);
  }
  return {
    paths: { home: host.home, codexHome: host.codexHome, guardHome: host.guardHome },
    // When a session starts the model is told of branches and remotes.
    ...(needs.has('git') || AT_START.includes(facts.event) ? { git: readGit(payload.cwd, host) } : {}),
    ...(needs.has('secrets') ? readSecretFacts(input) : {}),
    // Measuring the work tree starts git: only where a turn ends.
    ...(needs.has('change') && AT_STOP.includes(facts.event) ? readWorkTree(payload.cwd, input) : {}),
    ...(needs.has('session') ? { session: input.session } : {}),
    ...(needs.has('mode') ? { mode: readMode(payload, input) } : {}),
  };
}

/** The machine's name is asked for only by a session that asks nobody. */
function readMode(payload: Payload, { now, mode = {} }: HostFactsInput): RunMode {
  return {
    permission: payload.permissionMode,
    get machine() {
      return mode.machine ?? hostname();
    },
    hour: mode.hour ?? now.getHours(),
  };
}

function readGit(cwd: string, host: HostView): NonNullable<HostFacts['git']> {
  const repository = host.repository(cwd);
  const remotes = new Map<string, string>();
  for (const [key, url] of repository?.configUnder('remote.') ?? []) {
    const name = /^remote\.(.+)\.url$/.exec(key)?.[1];
    if (name !== undefined) remotes.set(name, url);
  }
  const defaults = [...new Set([...remotes.keys(), 'origin'])].flatMap(
    (remote) => repository?.defaultBranch(remote) ?? [],
  );
  return { defaultBranches: [...new Set(defaults)], branch: repository?.branch, remotes };
}

function readWorkTree(cwd: string, { host, env }: HostFactsInput): Pick<HostFacts, 'change'> {
  const repository = host.repository(cwd);
  return repository === undefined ? {} : { change: readChange(repository, { env }) };
}
