/** Runs all checks over a situation and puts what they found into one report. Owns the list of checks and their order. */

import { EVENT_RULES } from '../codex/events.ts';
import { findTrustLevel } from '../policy/trust-ladder.ts';
import { CONFIG_CHECKS } from './checks/config.ts';
import { FILE_CHECKS } from './checks/files.ts';
import { HANDLER_CHECKS } from './checks/handlers.ts';
import { HOOK_CHECKS, hooksSwitch } from './checks/hooks.ts';
import { MACHINE_CHECKS } from './checks/machine.ts';
import { POLICY_CHECKS } from './checks/policy.ts';
import { PRODUCTION_CHECKS } from './checks/production.ts';
import { PROGRAM_CHECKS } from './checks/programs.ts';
import type { Check, Finding, Severity } from './finding.ts';
import type { Trust } from './hook-trust.ts';
import { WIRED_EVENTS } from './own-hooks.ts';
import type { Situation } from './situation.ts';

/** Every check, by family. */
export const CHECKS: readonly Check[] = [
  ...HOOK_CHECKS,
  ...HANDLER_CHECKS,
  ...FILE_CHECKS,
  ...PROGRAM_CHECKS,
  ...MACHINE_CHECKS,
  ...POLICY_CHECKS,
  ...CONFIG_CHECKS,
  ...PRODUCTION_CHECKS,
];

export interface EventState {
  readonly event: string;
  /** Files that wire our hook at this event. */
  readonly wired: readonly string[];
  /** The best that our hooks at this event have; absent when none is wired. */
  readonly trust?: Trust;
  /** Latest record, in milliseconds since 1970; of the last 30 days. */
  readonly lastFired?: number;
}

export interface ProductionState {
  readonly id: string;
  readonly about: string;
  readonly state: string;
  readonly status: 'ok' | Severity;
}

export interface Report {
  /** No error. */
  readonly ok: boolean;
  readonly version: string;
  readonly codex: { readonly path?: string; readonly version?: string };
  readonly codexHome: string;
  readonly guardHome: string;
  readonly trustFrom: 'client' | 'reckoned';
  /** The file that switches all hooks off. */
  readonly switchedOff?: string;
  readonly events: readonly EventState[];
  readonly production: readonly ProductionState[];
  readonly policy: PolicyState;
  readonly findings: readonly Finding[];
  readonly checks: number;
}

export interface PolicyState {
  /** The shipped preset that it builds on. */
  readonly level?: string;
  readonly mode: string;
  readonly digest: string;
  readonly layers: readonly string[];
  readonly problems: number;
}

const RANK: readonly Severity[] = ['error', 'warning', 'info'];

/** Runs the checks. Findings come gravest first, otherwise in the order of the checks. */
export function examine(s: Situation): Report {
  const findings = CHECKS.flatMap(({ id, title, run }) =>
    run(s).map((draft): Finding => ({ id, title, ...draft })),
  ).sort((a, b) => RANK.indexOf(a.severity) - RANK.indexOf(b.severity));
  const switchedOff = hooksSwitch(s);
  return {
    ok: findings.every(({ severity }) => severity !== 'error'),
    version: s.options.version,
    codex: {
      ...(s.client.path === undefined ? {} : { path: s.client.path }),
      ...(s.client.version === undefined ? {} : { version: s.client.version }),
    },
    codexHome: s.codexHome,
    guardHome: s.guardHome,
    trustFrom: s.trust.by,
    ...(switchedOff === undefined ? {} : { switchedOff }),
    events: WIRED_EVENTS.map((event) => readEvent(s, event)),
    production: PRODUCTION_CHECKS.map((check) => {
      const worst = findings.find(({ id }) => id === check.id)?.severity ?? 'ok';
      const isOpen = check.needs !== undefined && !isCovered(s, check.needs);
      return { id: check.id, about: check.about, state: check.state(s), status: isOpen ? 'error' : worst };
    }),
    policy: readPolicyState(s),
    findings,
    checks: CHECKS.length,
  };
}

const TRUST_ORDER: readonly Trust[] = ['managed', 'trusted', 'modified', 'untrusted', 'disabled', 'dropped'];

function readEvent(s: Situation, event: string): EventState {
  const hooks = s.trust.own.filter((hook) => hook.event === event);
  const trust = TRUST_ORDER.find((one) => hooks.some((hook) => hook.trust === one));
  const lastFired = s.audit.lastFired.get(event);
  return {
    event,
    wired: [...new Set(hooks.map(({ file }) => file))],
    ...(trust === undefined ? {} : { trust }),
    ...(lastFired === undefined ? {} : { lastFired }),
  };
}

function isCovered(s: Situation, event: string): boolean {
  const { trust } = readEvent(s, event);
  return hooksSwitch(s) === undefined && (trust === 'trusted' || trust === 'managed');
}

/** True when a step that could do harm is judged: the events that refuse are wired, trusted and on. */
export function isProtected(s: Situation): boolean {
  return WIRED_EVENTS.every((event) => !EVENT_RULES[event].failsClosed || isCovered(s, event));
}

function readPolicyState({ policy }: Situation): PolicyState {
  const level = findTrustLevel(policy)?.preset;
  return {
    ...(level === undefined ? {} : { level }),
    mode: policy.mode,
    digest: policy.digest,
    layers: policy.sources.map(({ layer, name }) => `${layer}: ${name}`),
    problems: policy.problems.length,
  };
}
