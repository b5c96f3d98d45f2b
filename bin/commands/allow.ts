/** `codex-guard allow`: lets through what a guard denies, once or until a day. For persons at a terminal, never for an agent. */

import { randomBytes } from 'node:crypto';
import { userInfo } from 'node:os';
import {
  findAgentSign,
  type Grant,
  makeGrant,
  openHost,
  pruneGrants,
  RefusalError,
  readGrants,
  revokeGrant,
  UsageError,
  writeGrant,
} from '../../lib/api.ts';
import { logChange } from '../change-log.ts';
import { type Args, type CommandSpec, EXIT, type Terminal } from '../command.ts';
import { findDenial } from '../find-denial.ts';
import { findDirectory } from '../read-input.ts';
import { showForeign } from '../show-verdict.ts';

export const allow: CommandSpec = {
  name: 'allow',
  usage: "'<command>' | ID",
  about: 'Let through what a guard denies, for the person at the terminal to decide.',
  options: {
    reason: { type: 'string', value: 'TEXT', about: 'why; it is kept in the audit trail' },
    once: { type: 'boolean', about: 'the next step that needs it, within an hour (the default)' },
    until: {
      type: 'string',
      value: 'YYYY-MM-DD',
      about: 'every time until the end of that day, UTC; at most 90 days',
    },
    guard: { type: 'string', value: 'ID', about: 'only what this guard says' },
    cwd: { type: 'string', value: 'DIR', about: 'directory the command runs in (default: this one)' },
    list: { type: 'boolean', about: 'show what is allowed now instead' },
    revoke: { type: 'string', value: 'ID', about: 'take back what --list shows instead' },
    json: { type: 'boolean', about: 'print JSON' },
  },
  examples: [
    ["allow 'git push origin main' --reason 'hotfix, agreed with Ada'", 'the next such push, within an hour'],
    ["allow mhz0k3q2-1f4 --reason 'reviewed by hand'", 'what `log --blocked` shows under that id'],
    ["allow 'rm -rf fixtures' --reason 'generated' --until 2026-12-31", 'in this repository, until that day'],
    ['allow --list', 'what is allowed now, by whom and why'],
    ['allow --revoke 3f9c2a1b', 'take it back'],
  ],
  run: async (args, terminal) => {
    const { guardHome } = openHost({ sessionCwd: terminal.cwd, callCwd: terminal.cwd, env: terminal.env });
    if (args.flag('list')) return list(guardHome, args, terminal);
    const revoked = args.text('revoke');
    if (revoked !== undefined) return revoke(guardHome, revoked, args, terminal);
    const ask = askPerson(terminal);
    const grant = prepareGrant(args, terminal);
    const guard = grant.findings[0]?.guard ?? '';
    const answer = await ask(`${describe(grant)}\nType ${guard} to allow it, anything else to leave it: `);
    if (answer.trim() !== guard)
      throw new RefusalError('nothing was allowed', `the word to type was ${guard}`);
    pruneGrants(guardHome, new Date());
    writeGrant(guardHome, grant);
    const { id, findings, reason, expires, once, place } = grant;
    logChange(guardHome, 'allow', {
      id,
      guards: findings.map((each) => each.guard),
      reason,
      expires,
      once,
      place,
    });
    terminal.out(
      args.flag('json')
        ? JSON.stringify({ schema: 'codex-guard/allow/v1', grant: { ...grant, used: false } }, null, 2)
        : `allowed as ${id}; take it back with codex-guard allow --revoke ${id}`,
    );
    return EXIT.fine;
  },
};

/** The way to ask whoever sits there. Throws RefusalError when that may be no person. */
function askPerson(terminal: Terminal): (question: string) => Promise<string> {
  const sign = findAgentSign(terminal.env);
  if (sign !== undefined)
    throw new RefusalError(
      `an agent seems to ask for this: ${sign}`,
      'a person runs it, in a terminal that was not opened by Codex',
    );
  if (terminal.ask === undefined)
    throw new RefusalError(
      'nobody can be asked: standard input and standard error have to be a terminal',
      'run it by hand; there is no option that skips the question',
    );
  return terminal.ask;
}

function prepareGrant(args: Args, terminal: Terminal): Omit<Grant, 'schema'> {
  const [what, ...more] = args.positionals;
  if (what === undefined || more.length > 0)
    throw new UsageError(
      'allow takes one command, or the id of a denial',
      "quote the command: codex-guard allow 'git push origin main' --reason '…'",
    );
  if (args.flag('once') && args.text('until') !== undefined)
    throw new UsageError('--once and --until exclude each other');
  const denial = findDenial(what, args.text('guard'), findDirectory('cwd', args, terminal), terminal);
  return makeGrant({
    ...denial,
    id: randomBytes(4).toString('hex'),
    reason: args.text('reason'),
    until: args.text('until'),
    user: userInfo().username,
    now: new Date(),
  });
}

function describe(grant: Omit<Grant, 'schema'>): string {
  const when = grant.once ? 'once, within the next hour,' : `until the end of ${lastDay(grant)},`;
  return [
    `This allows, ${when} in ${grant.place}, exactly this step of an agent:`,
    '',
    ...showForeign(grant.command)
      .split('\n')
      .map((line) => `    ${line}`),
    '',
    ...grant.findings.map(({ guard, message }) => `  [${guard}] ${showForeign(message)}`),
    '',
    `Reason: ${grant.reason}`,
  ].join('\n');
}

/** A grant ends when the day after its last begins. */
function lastDay({ expires }: Pick<Grant, 'expires'>): string {
  return new Date(Date.parse(expires) - 1).toISOString().slice(0, 10);
}

function list(guardHome: string, args: Args, terminal: Terminal): number {
  const { grants, problems } = readGrants(guardHome, new Date());
  if (args.flag('json'))
    terminal.out(
      JSON.stringify(
        {
          schema: 'codex-guard/allow-list/v1',
          grants: grants.map(({ grant: { schema: _, ...grant }, usedIn }) => ({
            ...grant,
            used: usedIn !== undefined,
          })),
          problems,
        },
        null,
        2,
      ),
    );
  else {
    for (const { grant, usedIn } of grants) terminal.out(showGrant(grant, usedIn !== undefined));
    if (grants.length === 0) terminal.out('nothing is allowed beyond the policy');
    for (const problem of problems) terminal.err(`warning: ${problem}`);
  }
  return problems.length > 0 ? EXIT.findings : EXIT.fine;
}

function showGrant(grant: Grant, isUsed: boolean): string {
  const state = isUsed ? 'used' : grant.once ? `once, until ${grant.expires}` : `until ${lastDay(grant)}`;
  return [
    `${grant.id}  ${state}  ${grant.user}: ${grant.reason}`,
    `    ${showForeign(grant.command.replace(/\s+/g, ' ').slice(0, 100))}   (in ${grant.place})`,
    ...grant.findings.map(({ guard, message }) => `    [${guard}] ${showForeign(message)}`),
  ].join('\n');
}

/** Taking back only tightens: anybody may. */
function revoke(guardHome: string, id: string, args: Args, terminal: Terminal): number {
  if (!revokeGrant(guardHome, id))
    throw new UsageError(`there is nothing allowed under '${id}'`, 'codex-guard allow --list shows the ids');
  logChange(guardHome, 'allow --revoke', { id });
  terminal.out(
    args.flag('json')
      ? JSON.stringify({ schema: 'codex-guard/allow-revoke/v1', id }, null, 2)
      : `${id} is taken back`,
  );
  return EXIT.fine;
}
