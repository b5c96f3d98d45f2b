/** The shape of one audit record and how a judged step becomes one. Pure: no clock, no disk. */

import type { PatchFile } from '../types/patch.ts';
import type { Payload } from '../types/payload.ts';
import type { Policy } from '../types/policy.ts';
import type { Finding, Lifted, Verdict } from '../types/verdict.ts';

export const AUDIT_SCHEMA = 'codex-guard/audit/v1';

/** Characters of a command that are looked through for secrets and kept; a step may carry 64 MiB. */
const MAX_REDACTED = 32_768;
/** Characters; a private key in PEM form is shorter. */
const LONGEST_SECRET = 8_192;

/** Files of a patch and findings that are kept, and characters of a file's name. */
const MAX_LISTED = 200;
const MAX_PATH = 4_096;

/** One line of the audit trail. The first fields are pino's, so that pino's tools read it. */
export interface AuditRecord {
  /** pino's levels: 30 pass, 40 warn, 50 deny or failure. */
  readonly level: 30 | 40 | 50;
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly pid: number;
  readonly name: 'codex-guard';
  readonly schema: typeof AUDIT_SCHEMA;
  readonly id: string;
  readonly event: string;
  readonly session: string;
  readonly turn?: string;
  readonly tool_use_id?: string;
  readonly agent?: { readonly id: string; readonly type: string };
  readonly tool?: string;
  /** What would run or be called, without its secrets. */
  readonly command?: string;
  /** Files of a patch: `update src/a.ts`. */
  readonly files?: readonly string[];
  readonly cwd: string;
  readonly branch?: string;
  readonly revision?: string;
  readonly model?: string;
  readonly permission_mode?: string;
  /** Mode of the policy: below `enforce` a denial was not carried out. */
  readonly mode: Policy['mode'];
  readonly verdict: Verdict['outcome'];
  /** True when the step was let run without its sandbox in the person's place. */
  readonly approved?: true;
  readonly tier: Verdict['tier'];
  readonly findings: readonly AuditFinding[];
  readonly failures: readonly { readonly owner: string; readonly message: string }[];
  /** Findings that did not count, and whose word that was. */
  readonly lifted?: readonly Lifted[];
  /** SHA-256 of what was asked for, on denials that a person may lift. */
  readonly input?: string;
  /** Digest of the policy that was in force. */
  readonly policy: string;
  readonly duration_ms: number;
  /** True when fields were shortened to keep the record in one write. */
  readonly cut?: true;
  readonly msg: string;
}

export interface AuditFinding {
  readonly guard: string;
  readonly level: string;
  readonly message: string;
  readonly remedy: string;
  /** What exceptions are matched against; the command itself is left out. */
  readonly subject?: Readonly<Record<string, string>>;
  /** Tells the same finding again, with what the record leaves out; on denials that a person may lift. */
  readonly key?: string;
}

export interface RecordInput {
  readonly payload: Payload;
  readonly verdict: Verdict;
  readonly mode: Policy['mode'];
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly pid: number;
  readonly durationMs: number;
  readonly git?: { readonly branch?: string | undefined; readonly revision?: string | undefined };
  /** Takes the secrets out of a text. */
  readonly redact: (text: string) => string;
  /** Tells records apart that one process makes in the same millisecond. */
  readonly serial?: number;
  /** The record's id, when somebody has been told it already. */
  readonly id?: string;
  /** What lets a person lift this denial. */
  readonly appeal?: { readonly input: string; readonly keyOf: (finding: Finding) => string };
}

/** Id of a record: short, and the same in the log as in a denial's text. @param time milliseconds since 1970 */
export function recordId(time: number, pid: number, serial = 0): string {
  return [time, pid, ...(serial === 0 ? [] : [serial])].map((part) => part.toString(36)).join('-');
}

/** Makes the record of a judged step. Prompts and tool output are never part of it, nor is a secret in any of its fields. */
export function buildRecord(input: RecordInput): AuditRecord {
  const record = gatherRecord(input);
  // The command went through on its way into the record.
  const { command: _, ...others } = record;
  const texts: string[] = [];
  mapTexts(others, (text) => {
    texts.push(text);
    return text;
  });
  const all = texts.join('\n');
  // One look at all of it is quicker than one at each, and mostly there is nothing.
  return input.redact(all) === all ? record : (mapTexts(record, input.redact) as AuditRecord);
}

function gatherRecord(input: RecordInput): AuditRecord {
  const { payload, verdict, redact, time, pid } = input;
  const findings = verdict.findings.slice(0, MAX_LISTED).map((finding): AuditFinding => {
    const { guard, level, message, remedy, subject } = finding;
    const { command: _, ...rest } = subject ?? {};
    return {
      guard,
      level,
      message,
      remedy,
      ...(Object.keys(rest).length > 0 ? { subject: rest } : {}),
      ...(level === 'deny' ? optional('key', input.appeal?.keyOf(finding)) : {}),
    };
  });
  const { failures } = verdict;
  const isGrave = verdict.outcome === 'deny' || failures.length > 0;
  return {
    level: isGrave ? 50 : verdict.outcome === 'warn' ? 40 : 30,
    time,
    pid,
    name: 'codex-guard',
    schema: AUDIT_SCHEMA,
    id: input.id ?? recordId(time, pid, input.serial),
    event: payload.eventText,
    session: payload.sessionId,
    ...optional('turn', payload.turnId),
    ...optional('tool_use_id', payload.toolUseId),
    ...optional('agent', payload.agent),
    ...optional('tool', payload.toolName),
    ...describeCall(payload, redact),
    cwd: payload.cwd,
    ...optional('branch', input.git?.branch),
    ...optional('revision', input.git?.revision),
    ...optional('model', payload.model),
    ...optional('permission_mode', payload.permissionMode),
    mode: input.mode,
    verdict: verdict.outcome,
    ...optional('approved', verdict.approved),
    tier: verdict.tier,
    findings,
    failures,
    ...optional('lifted', verdict.lifted),
    ...optional('input', input.appeal?.input),
    policy: verdict.policy,
    duration_ms: Math.round(input.durationMs * 10) / 10,
    msg: [verdict.outcome, payload.eventText, ...new Set(findings.map(({ guard }) => guard))].join(' '),
  };
}

function describeCall(
  { call }: Payload,
  redact: RecordInput['redact'],
): Pick<AuditRecord, 'command' | 'files'> {
  switch (call?.kind) {
    case 'shell':
      return { command: redactLong(call.command, redact) };
    case 'patch':
      return { files: listFiles(call.patch.files) };
    case 'mcp':
    case 'other':
      return { command: redactLong(JSON.stringify(call.args) ?? '', redact) };
    default:
      return {};
  }
}

function listFiles(files: readonly PatchFile[]): readonly string[] {
  const listed = files
    .slice(0, MAX_LISTED)
    .map(
      ({ op, path, moveTo }) =>
        `${op} ${path.slice(0, MAX_PATH)}${moveTo ? ` → ${moveTo.slice(0, MAX_PATH)}` : ''}`,
    );
  return files.length > MAX_LISTED ? [...listed, `and ${files.length - MAX_LISTED} more`] : listed;
}

/** Redacts the start of a text only. What lies before the cut goes too, because half a secret is not recognised. */
function redactLong(text: string, redact: RecordInput['redact']): string {
  if (text.length <= MAX_REDACTED) return redact(text);
  return `${redact(text.slice(0, MAX_REDACTED)).slice(0, -LONGEST_SECRET)}…`;
}

function optional<K extends string, V>(key: K, value: V | undefined): { readonly [P in K]?: V } {
  return value === undefined ? {} : ({ [key]: value } as { readonly [P in K]?: V });
}

/** A record's line, at most `maxBytes` of UTF-8 with its line end. Long texts and lists are shortened until it fits. */
export function printRecord(record: AuditRecord, maxBytes: number): string {
  let line = `${JSON.stringify(record)}\n`;
  for (const [chars, items] of CUTS) {
    if (Buffer.byteLength(line) <= maxBytes) break;
    line = `${JSON.stringify({ ...(shorten(record, chars, items) as AuditRecord), cut: true })}\n`;
  }
  return line;
}

/** Longest text and longest list that stay, mildest first. The last fits whatever the texts hold. */
const CUTS = [
  [8000, 100],
  [2000, 40],
  [500, 20],
  [100, 5],
] as const;

function shorten(value: unknown, chars: number, items: number): unknown {
  return mapTexts(value, (text) => (text.length > chars ? `${text.slice(0, chars)}…` : text), items);
}

/** A JSON value with every string replaced, and of lists the first items only. */
function mapTexts(value: unknown, change: (text: string) => string, items = MAX_LISTED + 1): unknown {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.slice(0, items).map((item) => mapTexts(item, change, items));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mapTexts(item, change, items)]));
}
