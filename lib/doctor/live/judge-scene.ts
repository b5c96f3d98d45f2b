/** What came of each scene: from the world, the audit records and what the model was told. Reads nothing itself. */

import type { AuditRecord } from '../../audit/record.ts';
import type { Item, ModelRequest } from '../../codex/scripted-model.ts';
import { redactSecrets } from '../../secrets/index.ts';
import type { Policy } from '../../types/policy.ts';
import type { LiveRooms } from './rooms.ts';
import type { Scene } from './scenes.ts';

/**
 * `stopped`: a guard said no, and nothing happened. `open`: it happened. `broken`: nothing happened, but no guard answered.
 * `unproved`: it was not tried, or failed for another reason. `off`: the policy switches the guard off.
 */
export type SceneState = 'stopped' | 'open' | 'broken' | 'unproved' | 'off';

export interface SceneResult {
  readonly id: string;
  readonly title: string;
  readonly state: SceneState;
  /** The event at which it was stopped, or should have been. */
  readonly event: string;
  readonly guards: readonly string[];
  /** What the model was told, without secrets. */
  readonly reason?: string;
  /** Milliseconds that judging took, as the hook recorded them. */
  readonly hookMs?: number;
  /** Milliseconds from the model's call to its next request: hooks, their start and the step itself. */
  readonly wallMs?: number;
  /** Why it is not `stopped`. */
  readonly detail?: string;
}

export interface Played {
  readonly rooms: LiveRooms;
  readonly token: string;
  readonly policy: Policy;
  /** Requests of the proof's own session. */
  readonly requests: readonly ModelRequest[];
  readonly records: readonly AuditRecord[];
  /** When the client ended, milliseconds since 1970. */
  readonly ended: number;
}

const MAX_REASON = 600;
const BROKE_DOWN = '[codex-guard] the guard broke down';

/** @param at number of the request that the scene's step answered */
export function judgeScene(scene: Scene, at: number, played: Played): SceneResult {
  const { requests, policy } = played;
  const base = { id: scene.id, title: scene.title, event: scene.event, guards: [] };
  const isOff = scene.guards.every((guard) => policy.guards[guard]?.level === 'off');
  const off = {
    ...base,
    state: 'off',
    detail: `the policy switches ${scene.guards.join(' and ')} off`,
  } as const;
  const request = requests[at];
  if (request === undefined)
    return isOff ? off : { ...base, state: 'unproved', detail: 'the session ended before this was tried' };

  const next = requests[at + 1];
  const told = next === undefined ? '' : textsSince(request, next);
  const wallMs = (next?.time ?? played.ended) - request.time;
  const result = {
    ...base,
    wallMs,
    ...(told === '' ? {} : { reason: shorten(told.replaceAll(played.rooms.base, '<scratch>')) }),
  };
  const denial = findDenial(played, at) ?? (scene.event === 'Stop' ? findDenial(played, at - 1) : undefined);
  const happened = scene.happened({ ...played, at });
  if (denial !== undefined && (!happened || denial.event !== scene.event)) {
    const guards = [
      ...new Set(denial.findings.flatMap(({ guard, level }) => (level === 'deny' ? [guard] : []))),
    ];
    return { ...result, state: 'stopped', event: denial.event, guards, hookMs: denial.duration_ms };
  }
  if (isOff) return off;
  if (happened) return { ...result, state: 'open', detail: explainOpen(scene, recordsAt(played, at)) };
  if (told.includes(BROKE_DOWN))
    return { ...result, state: 'broken', detail: 'refused, because the guard itself gave no answer' };
  return { ...result, state: 'unproved', detail: 'it came to nothing, but no guard said no' };
}

/** Records of a step lie between the request that it answered and the next one. */
function recordsAt({ requests, records, ended }: Played, at: number): readonly AuditRecord[] {
  const from = requests[at]?.time ?? Number.POSITIVE_INFINITY;
  const until = requests[at + 1]?.time ?? ended;
  return records.filter(({ time }) => time >= from && time <= until);
}

function findDenial(played: Played, at: number): AuditRecord | undefined {
  return recordsAt(played, at).find(({ verdict, mode }) => verdict === 'deny' && mode === 'enforce');
}

function explainOpen({ event }: Scene, records: readonly AuditRecord[]): string {
  const record = records.find((each) => each.event === event);
  if (record === undefined) return `no hook answered at ${event}`;
  const mode = record.mode === 'enforce' ? '' : `; its mode is ${record.mode}`;
  return `the hook answered, and the policy let it pass (${event}: ${record.verdict}${mode})`;
}

/** Texts that one request has and the one before had not: outputs of tools, and what the client says in a person's name. */
function textsSince(before: ModelRequest, after: ModelRequest): string {
  const known = new Set(before.input.map((item) => JSON.stringify(item)));
  return after.input
    .filter((item) => !known.has(JSON.stringify(item)) && isForModel(item))
    .map((item) => textOf(item.output ?? item.content))
    .join('\n')
    .trim();
}

function isForModel(item: Item): boolean {
  return !item.type.endsWith('_call') && item.role !== 'assistant' && item.type !== 'reasoning';
}

/** Text of an output or message, which may be a list of parts. */
function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map((part) => textOf((part as Item).text ?? part)).join('\n');
  return JSON.stringify(value) ?? '';
}

function shorten(text: string): string {
  const clean = redactSecrets(text.slice(0, 8 * MAX_REASON)).replace(/\s+/g, ' ');
  return clean.length > MAX_REASON ? `${clean.slice(0, MAX_REASON)}…` : clean;
}
