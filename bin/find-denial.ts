/** Finds what `codex-guard allow` is about: a denial of the log by its id, or a command that is judged now. */

import {
  type AuditRecord,
  digestCall,
  type Grant,
  judgeTrial,
  openHost,
  type Policy,
  placeOf,
  readAudit,
  selectFindings,
  shellPayload,
  UsageError,
} from '../lib/api.ts';
import { chooseGuard } from './choose.ts';
import type { Terminal } from './command.ts';
import { readPolicy } from './read-policy.ts';

/** What a denial gives a grant. */
export type Denial = Pick<Grant, 'place' | 'input' | 'command' | 'findings'> & { readonly policy: Policy };

/** As recordId makes them; a program's name may look the same. */
const RECORD_ID = /^[0-9a-z]{8}-[0-9a-z]{1,7}(?:-[0-9a-z]{1,3})?$/;

/**
 * The denial that is meant.
 *
 * @param what a command, or the id of a record
 * @param guard only what this guard says
 * @param cwd absolute directory that a command runs in; a record has its own
 */
export function findDenial(what: string, guard: string | undefined, cwd: string, terminal: Terminal): Denial {
  if (guard !== undefined) chooseGuard(guard);
  const record = RECORD_ID.test(what) ? findRecord(what, terminal) : undefined;
  return record === undefined
    ? judgeCommand(what, guard, cwd, terminal)
    : readDenial(record, guard, terminal);
}

function findRecord(id: string, terminal: Terminal): AuditRecord | undefined {
  const { guardHome } = openHost({ sessionCwd: terminal.cwd, callCwd: terminal.cwd, env: terminal.env });
  return readAudit({ guardHome, id, limit: 1 })[0];
}

function readDenial(record: AuditRecord, guard: string | undefined, terminal: Terminal): Denial {
  const { id, cwd, input } = record;
  if (record.verdict !== 'deny') throw new UsageError(`the step ${id} was not denied`);
  const policy = readPolicy(terminal, cwd);
  const findings = selectFindings(
    record.findings.filter(({ level }) => level === 'deny'),
    policy,
    guard,
  );
  // Only a tool call before it runs gets these, and only when nothing of ours failed on it.
  if (input === undefined)
    throw new UsageError(`the denial ${id} cannot be lifted`, 'a grant is for a tool call before it runs');
  // Nobody can allow what they cannot see: the log keeps the start of a very long command only.
  if (record.cut || record.command?.endsWith('…'))
    throw new UsageError(`the step ${id} is too long for the log to show it whole`);
  return {
    policy,
    findings,
    input,
    command: record.command ?? `patch:\n${record.files?.join('\n') ?? ''}`,
    place: placeAt(cwd, terminal),
  };
}

function judgeCommand(command: string, guard: string | undefined, cwd: string, terminal: Terminal): Denial {
  const policy = readPolicy(terminal, cwd);
  const { verdict, redact } = judgeTrial(shellPayload(command, cwd), { env: terminal.env, policy });
  const [failure] = verdict.failures;
  if (failure !== undefined)
    throw new UsageError(`this cannot be allowed: ${failure.owner} failed (${failure.message})`);
  return {
    policy,
    findings: selectFindings(
      verdict.findings.filter(({ level }) => level === 'deny'),
      policy,
      guard,
    ),
    input: digestCall({ kind: 'shell', command }),
    command: redact(command),
    place: placeAt(cwd, terminal),
  };
}

function placeAt(cwd: string, terminal: Terminal): string {
  return placeOf(openHost({ sessionCwd: cwd, callCwd: cwd, env: terminal.env }), cwd);
}
