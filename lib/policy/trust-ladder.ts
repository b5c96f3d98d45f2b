/** The trust ladder: which sandbox and which approvals go with each shipped preset. Owns that table; the presets' guards are in policies/. */

import type { Policy } from '../types/policy.ts';
import type { ConfiguredSandbox, LayerDrift } from '../types/sandbox.ts';
import { PRESET_PREFIX } from './read-layer.ts';

export interface TrustLevel {
  /** Name of the shipped preset. */
  readonly preset: string;
  /** Whom it is for. */
  readonly about: string;
  /** `sandbox_mode`. */
  readonly sandbox: 'read-only' | 'workspace-write' | 'danger-full-access';
  /** The client's own permission profile of the same reach. */
  readonly base: string;
  /** Values of `approval_policy` that fit; the first is the usual one. */
  readonly approvals: readonly string[];
  /** Why they go together. */
  readonly reason: string;
}

/** From least to most trust; the overlay last. */
export const TRUST_LADDER: readonly TrustLevel[] = [
  {
    preset: 'level-0',
    about: 'a read-only audit',
    sandbox: 'read-only',
    base: ':read-only',
    approvals: ['on-request', 'never'],
    reason: 'Looking needs no leave, and what is asked for beyond it is denied by the guards anyway.',
  },
  {
    preset: 'level-1',
    about: 'small fixes while a person watches',
    sandbox: 'workspace-write',
    base: ':workspace',
    approvals: ['on-request'],
    reason: 'Whoever watches is asked before anything leaves the sandbox; a run that asks nobody is denied.',
  },
  {
    preset: 'level-2',
    about: 'autonomous maintenance with gates',
    sandbox: 'workspace-write',
    base: ':workspace',
    approvals: ['on-request', 'never'],
    reason: 'The sandbox holds what programs do, the guards what they are started for, review the rest.',
  },
  {
    preset: 'level-3',
    about: 'CI without anybody to ask',
    sandbox: 'workspace-write',
    base: ':workspace',
    approvals: ['never'],
    reason: 'A question nobody answers would hang the job: the sandbox says no, and so does every doubt.',
  },
  {
    preset: 'danger-run',
    about: 'runs without approvals and sandbox, on machines made for it',
    sandbox: 'danger-full-access',
    base: ':danger-full-access',
    approvals: ['never'],
    reason: 'The guards are all that is left, so they deny what the sandbox would have stopped.',
  },
];

/** From least to most reach. */
const REACH: readonly string[] = TRUST_LADDER.map(({ sandbox }) => sandbox).filter(
  (sandbox, at, all) => all.indexOf(sandbox) === at,
);

/**
 * The rung that a policy stands on: the overlay where it is laid on, else the lowest of the presets that went in.
 * Undefined for a policy that was built without a shipped preset.
 */
export function findTrustLevel(policy: Pick<Policy, 'sources'>): TrustLevel | undefined {
  const built = new Set(policy.sources.map(({ name }) => name));
  const rungs = TRUST_LADDER.filter(({ preset }) => built.has(PRESET_PREFIX + preset));
  return rungs.find(({ sandbox }) => sandbox === 'danger-full-access') ?? rungs[0];
}

/** Findings where the client's sandbox or approvals do not fit the rung that the policy stands on. */
export function findLevelDrift(
  policy: Pick<Policy, 'sources'>,
  configured: ConfiguredSandbox,
): readonly LayerDrift[] {
  const level = findTrustLevel(policy);
  if (level === undefined) return [];
  const found: LayerDrift[] = [];
  const reach = reachOf(configured);
  if (reach !== undefined && REACH.indexOf(reach) > REACH.indexOf(level.sandbox))
    found.push({
      id: 'sandbox-level',
      severity: 'warning',
      title: `The sandbox is wider than ${level.preset} is made for`,
      detail: `Codex runs with ${reach}; ${level.preset} goes with ${level.sandbox}. ${level.reason}`,
      fix: `set sandbox_mode = "${level.sandbox}" in config.toml, or a profile that extends "${level.base}"`,
    });
  // The client asks on request where nothing is said.
  const approval = configured.approval ?? 'on-request';
  if (approval !== 'granular' && !level.approvals.includes(approval))
    found.push({
      id: 'approval-level',
      severity: 'warning',
      title: `The approval policy does not fit ${level.preset}`,
      detail: `approval_policy is "${approval}"; ${level.preset} goes with "${level.approvals.join('" or "')}". ${level.reason}`,
      fix: `set approval_policy = "${level.approvals[0]}" in config.toml`,
    });
  return found;
}

/** How far the configured sandbox reaches; undefined when the client's default holds, which depends on the project. */
function reachOf({ mode, profileName, profile }: ConfiguredSandbox): string | undefined {
  if (mode !== undefined) return mode;
  const base = profile?.base ?? profileName;
  return TRUST_LADDER.find((level) => level.base === base)?.sandbox;
}
