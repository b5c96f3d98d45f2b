/** Collects what is left of one session: its rollouts, those of its sub-agents, and its audit records. Judges nothing. */

import { streamAudit } from '../../audit/read.ts';
import type { AuditRecord } from '../../audit/record.ts';
import { type SealedDay, verifyAudit } from '../../audit/seal.ts';
import { type Rollout, readRollout, readRolloutHead } from '../../codex/rollout.ts';
import { listRollouts, readFirstLine, rolloutTime } from '../../codex/rollout-files.ts';
import { InputError } from '../../types/errors.ts';

export interface RunQuery {
  readonly codexHome: string;
  readonly guardHome: string;
  /** A session's id; the one that was written to last when neither this nor `file` is given. */
  readonly session?: string;
  /** A rollout file of the session. */
  readonly file?: string;
}

export interface RunEvidence {
  readonly session: string;
  /** That of the session first, then its sub-agents in order. Empty when the client kept none. */
  readonly rollouts: readonly Rollout[];
  /** Rollouts that belong to it and cannot be read. */
  readonly unreadable: readonly string[];
  readonly records: readonly AuditRecord[];
  /** Lines of the audit trail that cannot be read: `2026-03-01.jsonl:17`. */
  readonly damaged: readonly string[];
  /** Days that hold its records, with their seals. */
  readonly days: readonly SealedDay[];
}

/** Files beside the session's own that are looked into for sub-agents. */
const MAX_LOOKED = 5_000;
const DAY_MS = 86_400_000;

/** @throws InputError when there is no such session, neither in the rollouts nor in the audit trail */
export function readRun(query: RunQuery): RunEvidence {
  const files = query.file === undefined ? listRollouts(query.codexHome) : [query.file];
  const { session, first } = findSession(query, files);
  const unreadable: string[] = [];
  const rollouts = familyOf(session, first, query.file === undefined ? files : besides(query)).flatMap(
    (file) => {
      try {
        return [readRollout(file)];
      } catch (error) {
        unreadable.push(error instanceof Error ? error.message : file);
        return [];
      }
    },
  );
  const start = Math.min(...rollouts.map(({ start }) => start).filter((time) => time > 0));
  const since = Number.isFinite(start) ? start - DAY_MS : undefined;
  const damaged: string[] = [];
  const records = [
    ...streamAudit({
      guardHome: query.guardHome,
      session,
      ...(since === undefined ? {} : { since }),
      onDamage: (place) => damaged.push(place),
    }),
  ];
  if (rollouts.length === 0 && unreadable.length === 0 && records.length === 0)
    throw new InputError(
      `there is no session ${session}, neither in ${query.codexHome}/sessions nor in the audit trail`,
    );
  const days = new Set(records.map(({ time }) => new Date(time).toISOString().slice(0, 10)));
  return {
    session,
    rollouts: sortRollouts(rollouts),
    unreadable,
    records,
    damaged: damaged.filter((place) => days.has(place.slice(0, 10))),
    days: days.size === 0 ? [] : verifyAudit(query.guardHome).filter(({ day }) => days.has(day)),
  };
}

function findSession(
  { session, file }: RunQuery,
  files: readonly string[],
): { session: string; first: string | undefined } {
  if (session !== undefined) return { session, first: files.find((path) => path.includes(session)) };
  // A resumed session goes on in its old file, so the last one is the one that was written last.
  const last = file ?? [...files].sort((a, b) => rolloutTime(a) - rolloutTime(b)).at(-1);
  if (last === undefined) throw new InputError('there is no session: the client has kept no rollout');
  const head = readRolloutHead(readFirstLine(last) ?? '');
  if (head === undefined) throw new InputError(`${last} is no rollout of a session`);
  return { session: head.sessionId, first: last };
}

/** Rollouts around a file that was named, which may lie outside the client's home. */
function besides({ file = '', codexHome }: RunQuery): readonly string[] {
  const others = listRollouts(codexHome);
  return others.includes(file) ? others : [file, ...others];
}

/** Files of a session and its sub-agents. A sub-agent starts later than its session, and so does its file's name. */
function familyOf(session: string, first: string | undefined, files: readonly string[]): readonly string[] {
  const from = files.findIndex((path) => path.includes(session));
  const later = files.slice(Math.max(0, from)).slice(0, MAX_LOOKED);
  const family = later.filter((path) => {
    if (path === first) return true;
    const line = readFirstLine(path);
    return line?.includes(session) === true && readRolloutHead(line)?.sessionId === session;
  });
  return first === undefined || family.includes(first) ? family : [first, ...family];
}

function sortRollouts(rollouts: readonly Rollout[]): readonly Rollout[] {
  return [...rollouts].sort(
    (a, b) => Number(a.parentId !== undefined) - Number(b.parentId !== undefined) || a.start - b.start,
  );
}
