/** Why a proof failed, as far as the wiring tells: the likely causes, each with its cure. Touches no disk but to see whether a program is there. */

import { existsSync } from 'node:fs';
import type { AuditRecord } from '../../audit/record.ts';
import type { SceneResult } from './judge-scene.ts';
import type { Mirror } from './mirror.ts';
import type { ClientRun } from './run-client.ts';
import type { WiredHook } from './wired-hooks.ts';

export interface Cause {
  readonly id: string;
  /** One sentence without a full stop. */
  readonly what: string;
  readonly fix: string;
}

export interface Evidence {
  readonly scenes: readonly SceneResult[];
  readonly mirror: Mirror;
  readonly run: ClientRun;
  readonly records: readonly AuditRecord[];
  readonly requests: number;
}

const INSTALL = 'codex-guard install';
const TRUST = 'codex-guard install --trust, or start codex, type /hooks and trust them';
/** Tools that the hooks must see. */
const TOOLS = ['Bash', 'apply_patch'];

/** Likely causes, the nearest first. Empty when every scene was stopped. */
export function findCauses(evidence: Evidence): readonly Cause[] {
  const bad = evidence.scenes.filter(({ state }) => state !== 'stopped' && state !== 'off');
  if (bad.length === 0) return [];
  const found = [
    ...evidence.mirror.problems.map((what) => cause('dropped', what, 'codex-guard doctor says what to mend')),
    ...evidence.mirror.switchedOff.map((file) =>
      cause(
        'switched-off',
        `${file} sets features.hooks = false, which switches off all hooks`,
        `take that line out of ${file}`,
      ),
    ),
    ...wiringCauses(evidence, new Set(bad.map(({ event }) => event))),
    ...programCauses(evidence),
    ...policyCauses(evidence),
  ];
  return found.length > 0 ? found : clientCauses(evidence);
}

function cause(id: string, what: string, fix: string): Cause {
  return { id, what, fix };
}

function wiringCauses({ mirror: { hooks } }: Evidence, events: ReadonlySet<string>): readonly Cause[] {
  if (hooks.length === 0) return [cause('not-wired', 'no hook of codex-guard is wired', INSTALL)];
  const missing = [...events].filter((event) => !hooks.some((hook) => hook.event === event));
  const wanted = hooks.filter(({ event }) => events.has(event));
  const byTrust = (trust: WiredHook['trust']) => wanted.filter((hook) => hook.trust === trust);
  const list = (some: readonly WiredHook[]) => [...new Set(some.map(({ event }) => event))].join(', ');
  const missed = wanted.filter(
    ({ matcher }) => matcher !== undefined && !TOOLS.every((tool) => matches(matcher, tool)),
  );
  return [
    ...given(missing, () => cause('event-not-wired', `no hook is wired for ${missing.join(', ')}`, INSTALL)),
    ...given(byTrust('untrusted'), (some) =>
      cause(
        'untrusted',
        `nobody trusts the hooks for ${list(some)}, so Codex skips them without a word`,
        TRUST,
      ),
    ),
    ...given(byTrust('unlike'), (some) =>
      cause(
        'trust-outdated',
        `the hooks for ${list(some)} changed since somebody trusted them, so Codex skips them`,
        TRUST,
      ),
    ),
    ...given(byTrust('disabled'), (some) =>
      cause(
        'disabled',
        `the hooks for ${list(some)} are disabled`,
        'start codex, type /hooks and enable them',
      ),
    ),
    ...missed.map(({ event, matcher }) =>
      cause(
        'matcher',
        `the matcher '${matcher}' for ${event} misses ${TOOLS.filter((tool) => !matches(matcher ?? '', tool)).join(' and ')}`,
        `${INSTALL}, which wires without a matcher`,
      ),
    ),
  ];
}

/** As the client matches: plain words are a list of exact names, everything else is a regular expression. */
function matches(matcher: string, tool: string): boolean {
  if (matcher === '' || matcher === '*') return true;
  if (/^[\w|]+$/.test(matcher)) return matcher.split('|').includes(tool);
  try {
    return new RegExp(matcher).test(tool);
  } catch {
    return false;
  }
}

/** Hooks that ran without leaving a record, and hooks that could not run. */
function programCauses({ scenes, mirror: { hooks }, run, records }: Evidence): readonly Cause[] {
  const isBroken =
    scenes.some(({ state }) => state === 'broken') || run.hooks.includes('UserPromptSubmit Blocked');
  if (isBroken && !records.some(({ verdict }) => verdict === 'deny')) {
    const gone = [...new Set(hooks.flatMap(({ command }) => programsOf(command)))].filter(
      (path) => !existsSync(path),
    );
    const what =
      gone.length === 0
        ? 'the hook programs fail: the wiring refuses every step, but no guard answers'
        : `the wiring refuses every step, because ${gone.join(' and ')} ${gone.length === 1 ? 'is' : 'are'} gone`;
    return [cause('broken', what, INSTALL)];
  }
  const ran = run.hooks.filter((report) => report.startsWith('PreToolUse')).length;
  if (ran > 0 && !records.some(({ event }) => event === 'PreToolUse'))
    return [
      cause(
        'no-answer',
        'hooks ran, but they left no record: what runs is not the program of codex-guard',
        `${INSTALL}, which puts the programs back; look who changed them`,
      ),
    ];
  return [];
}

/** Node and the program of a wiring command; empty for paths that need more quoting than usual. */
function programsOf(command: string): readonly string[] {
  const words = / codex-guard '([^'\\]+)' '([^'\\]+)' /.exec(command);
  return words === null ? [] : [words[1] as string, words[2] as string];
}

function policyCauses({ scenes, mirror: { policy } }: Evidence): readonly Cause[] {
  const passed = scenes.filter(({ detail }) => detail?.includes('the policy let it pass'));
  if (passed.length === 0) return [];
  return policy.mode === 'enforce'
    ? [
        cause(
          'policy',
          `the policy lets ${passed.map(({ id }) => id).join(', ')} pass`,
          'codex-guard policy print --origin',
        ),
      ]
    : [
        cause(
          'policy-mode',
          `the policy's mode is ${policy.mode}: it records and stops nothing`,
          'set "mode": "enforce" in the policy',
        ),
      ];
}

/** A session or a prompt that was refused as a whole. */
export function isRefusal({ event, verdict }: AuditRecord): boolean {
  return verdict === 'deny' && (event === 'SessionStart' || event === 'UserPromptSubmit');
}

function clientCauses({ run, requests, records }: Evidence): readonly Cause[] {
  const [finding] = records.find(isRefusal)?.findings ?? [];
  if (finding !== undefined)
    return [cause('refused', `no session starts: [${finding.guard}] ${finding.message}`, finding.remedy)];
  const last = run.said.trim().split('\n').slice(-3).join(' | ').slice(0, 400);
  if (run.timedOut)
    return [cause('timeout', `the client did not end in time: ${last}`, 'run it again; then codex doctor')];
  if (requests === 0)
    return [
      cause(
        'client',
        `the client never asked its model (exit code ${run.exitCode}): ${last}`,
        'codex doctor',
      ),
    ];
  return [cause('unknown', 'the wiring looks right, and yet nothing was stopped', 'codex-guard doctor')];
}

function given<T>(some: readonly T[], make: (some: readonly T[]) => Cause): readonly Cause[] {
  return some.length === 0 ? [] : [make(some)];
}
