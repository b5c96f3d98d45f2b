/** `codex-guard log`: what the guard decided. */

import { type AuditRecord, openHost, readAudit, UsageError, verifyAudit } from '../../lib/api.ts';
import { type Args, type CommandSpec, EXIT, type Terminal } from '../command.ts';
import { paint, showForeign } from '../show-verdict.ts';

export const log: CommandSpec = {
  name: 'log',
  usage: '[ID]',
  words: 1,
  about: 'Show the latest decisions, or one by its id.',
  options: {
    blocked: { type: 'boolean', about: 'denials only' },
    session: { type: 'string', value: 'ID', about: 'one session only' },
    limit: { type: 'string', value: 'N', about: 'how many (default 20)' },
    verify: {
      type: 'boolean',
      about: 'check the seals of every day instead; exit 1 when a record was changed',
    },
    json: { type: 'boolean', about: 'print JSON' },
  },
  examples: [
    ['log --blocked', 'the last 20 denials'],
    ['log mf3k2a-1x --json', 'one record, whole'],
  ],
  run: (args, terminal) => {
    const host = openHost({ sessionCwd: terminal.cwd, callCwd: terminal.cwd, env: terminal.env });
    if (args.flag('verify')) return verify(host.guardHome, args, terminal);
    const limit = Number(args.text('limit') ?? '20');
    if (!Number.isInteger(limit) || limit < 1) throw new UsageError('--limit takes a whole number above 0');
    const [id] = args.positionals;
    const session = args.text('session');
    const records = readAudit({
      guardHome: host.guardHome,
      limit,
      blocked: args.flag('blocked'),
      ...(session === undefined ? {} : { session }),
      ...(id === undefined ? {} : { id }),
    });
    if (id !== undefined && records.length === 0)
      throw new UsageError(`there is no record '${id}'`, 'codex-guard log lists the latest');
    if (args.flag('json') || id !== undefined)
      terminal.out(JSON.stringify({ schema: 'codex-guard/log/v1', records }, null, 2));
    else
      terminal.out(
        records.length === 0
          ? 'no records yet'
          : records.map((record) => showRecord(record, terminal.colour)).join('\n'),
      );
    return EXIT.fine;
  },
};

/** Seals hold no key: they show a change to somebody who kept a digest. */
function verify(guardHome: string, args: Args, terminal: Terminal): number {
  const days = verifyAudit(guardHome);
  const broken = days.filter((day) => day.problems.length > 0);
  if (args.flag('json')) terminal.out(JSON.stringify({ schema: 'codex-guard/log-verify/v1', days }, null, 2));
  else {
    for (const day of days) {
      const verdict =
        day.problems.length > 0
          ? paint(day.problems.join('; '), 'deny', terminal.colour)
          : `${day.seals} seals hold`;
      terminal.out(`${day.day}  ${verdict}${day.sha256 === undefined ? '' : `  ${day.sha256}`}`);
    }
    if (days.length === 0) terminal.out('no records yet');
  }
  return broken.length > 0 ? EXIT.findings : EXIT.fine;
}

function showRecord(record: AuditRecord, colour: boolean): string {
  const what = record.command ?? record.files?.join(', ') ?? '';
  const first = `${new Date(record.time).toISOString()}  ${record.id}  ${paint(record.verdict.padEnd(4), record.verdict, colour)}  ${record.event}${record.tool === undefined ? '' : ` ${record.tool}`}  ${showForeign(what.replace(/\s+/g, ' ').slice(0, 100))}`;
  return [
    first.trimEnd(),
    ...record.findings.map((finding) => `    ${finding.level} [${finding.guard}] ${finding.message}`),
    ...(record.lifted ?? []).map(showLifted),
    ...record.failures.map((failure) => `    failure ${failure.owner}: ${failure.message}`),
  ].join('\n');
}

/** What did not count, and whose word that was. */
function showLifted({
  guard,
  message,
  by,
  grant,
  user,
  reason,
}: NonNullable<AuditRecord['lifted']>[number]): string {
  const word = by === 'grant' ? `granted by ${user} (${grant})` : 'excepted by the policy';
  return `    lifted [${guard}] ${message}; ${word}: ${reason}`;
}
