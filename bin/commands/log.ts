/** `codex-guard log`: what the guard decided. */

import { type AuditRecord, openHost, readAudit, UsageError } from '../../lib/api.ts';
import { type CommandSpec, EXIT } from '../command.ts';
import { paint } from '../show-verdict.ts';

export const log: CommandSpec = {
  name: 'log',
  usage: '[ID]',
  about: 'Show the latest decisions, or one by its id.',
  options: {
    blocked: { type: 'boolean', about: 'denials only' },
    session: { type: 'string', value: 'ID', about: 'one session only' },
    limit: { type: 'string', value: 'N', about: 'how many (default 20)' },
    json: { type: 'boolean', about: 'print JSON' },
  },
  examples: [
    ['log --blocked', 'the last 20 denials'],
    ['log mf3k2a-1x --json', 'one record, whole'],
  ],
  run: (args, terminal) => {
    const host = openHost({ sessionCwd: terminal.cwd, callCwd: terminal.cwd, env: terminal.env });
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

function showRecord(record: AuditRecord, colour: boolean): string {
  const what = record.command ?? record.files?.join(', ') ?? '';
  const first = `${new Date(record.time).toISOString()}  ${record.id}  ${paint(record.verdict.padEnd(4), record.verdict, colour)}  ${record.event}${record.tool === undefined ? '' : ` ${record.tool}`}  ${what.replace(/\s+/g, ' ').slice(0, 100)}`;
  return [
    first.trimEnd(),
    ...record.findings.map((finding) => `    ${finding.level} [${finding.guard}] ${finding.message}`),
    ...record.failures.map((failure) => `    failure ${failure.owner}: ${failure.message}`),
  ].join('\n');
}
