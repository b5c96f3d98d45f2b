/** `codex-guard doctor`: what is wrong with this installation, what can be mended, and whether it really stops what it should. */

import { resolve } from 'node:path';
import { CHECKS, examine, findCodex, HostError, proveLive, UsageError } from '../../lib/api.ts';
import { type Args, type CommandSpec, EXIT, type Terminal } from '../command.ts';
import { look } from '../look.ts';
import { type Fixed, mendAll, planMends } from '../mend.ts';
import { findDirectory } from '../read-input.ts';
import { printReport } from '../show-doctor.ts';
import { printLive } from '../show-live.ts';

export const doctor: CommandSpec = {
  name: 'doctor',
  usage: '[-- OPTIONS OF CODEX]',
  about: 'Find what is wrong with the installation, mend what is safe, or prove that it works.',
  options: {
    fix: { type: 'boolean', about: 'mend what is safe, with backups; never trusts, never loosens' },
    'dry-run': { type: 'boolean', about: 'with --fix: say what would be mended, change nothing' },
    strict: { type: 'boolean', about: 'exit 1 for warnings, too' },
    list: { type: 'boolean', about: 'list all checks' },
    live: { type: 'boolean', about: 'play a scripted session with the real client, in scratch folders' },
    codex: {
      type: 'string',
      value: 'PATH',
      about: 'the client (default: CODEX_BIN, or codex on the PATH); none asks no client',
    },
    project: {
      type: 'string',
      value: 'DIR',
      about: 'the project whose configuration counts (default: here)',
    },
    model: {
      type: 'string',
      value: 'NAME',
      about: 'with --live: the model whose tools to try (default: the one in your configuration)',
    },
    json: { type: 'boolean', about: 'print JSON' },
  },
  examples: [
    ['doctor', 'wired, trusted, fired; ten production checks; findings with what to do. Exit 1 on errors'],
    ['doctor --fix --dry-run', 'what --fix would mend'],
    ['doctor -- --profile ci -c sandbox_mode=read-only', 'the same for how you start codex'],
    [
      'doctor --live',
      'push, leak, patch and stop are tried; each has to be stopped; exit 1 when one was not',
    ],
    ['doctor --live --model gpt-5.5', 'the same with the classic tools instead of code mode'],
  ],
  run: (args, terminal) => {
    if (args.flag('list')) return listChecks(args, terminal);
    return args.flag('live') ? proveIt(args, terminal) : diagnose(args, terminal);
  },
};

async function diagnose(args: Args, terminal: Terminal): Promise<number> {
  if (args.flag('dry-run') && !args.flag('fix')) throw new UsageError('--dry-run goes with --fix');
  let report = examine(await look(args, terminal));
  let fixed: readonly Fixed[] = [];
  const plan = args.flag('fix') && args.flag('dry-run') ? planMends(report) : undefined;
  if (args.flag('fix') && plan === undefined)
    ({ report, fixed } = await mendAll(report, () => look(args, terminal)));
  if (args.flag('json')) {
    const { findings, ...rest } = report;
    // How a finding is mended holds whole files: the plan says it in a line.
    const shown = findings.map(({ mends = [], ...finding }) => ({ ...finding, fixable: mends.length > 0 }));
    const all = { schema: 'codex-guard/doctor/v1', ...rest, findings: shown, fixed, ...(plan && { plan }) };
    terminal.out(JSON.stringify(all, null, 2));
  } else {
    terminal.out(printReport(report, fixed, terminal.colour, Date.now()));
    if (plan !== undefined)
      terminal.out(
        plan.length === 0
          ? '\nNothing here can be mended by itself.'
          : `\nWould mend\n${plan.map((line) => `  ${line}`).join('\n')}`,
      );
  }
  const wanted = args.flag('strict') ? ['error', 'warning'] : ['error'];
  return report.findings.some(({ severity }) => wanted.includes(severity)) ? EXIT.findings : EXIT.fine;
}

function listChecks(args: Args, terminal: Terminal): number {
  const checks = CHECKS.map(({ id, family, title, about }) => ({ id, family, title, about }));
  if (args.flag('json'))
    terminal.out(JSON.stringify({ schema: 'codex-guard/doctor-list/v1', checks }, null, 2));
  else {
    const width = Math.max(...checks.map(({ id }) => id.length));
    for (const family of new Set(checks.map((check) => check.family))) {
      terminal.out(family);
      for (const { id, about } of checks.filter((check) => check.family === family))
        terminal.out(`  ${id.padEnd(width)}  ${about}`);
    }
  }
  return EXIT.fine;
}

async function proveIt(args: Args, terminal: Terminal): Promise<number> {
  const given = args.text('codex');
  const codexPath = given === undefined ? findCodex(terminal.env) : resolve(terminal.cwd, given);
  if (codexPath === undefined) throw new HostError('there is no codex on the PATH; name it with --codex');
  const model = args.text('model');
  const report = await proveLive({
    codexPath,
    env: terminal.env,
    directory: findDirectory('project', args, terminal),
    ...(model === undefined ? {} : { model }),
  });
  if (args.flag('json'))
    terminal.out(JSON.stringify({ schema: 'codex-guard/doctor-live/v1', ...report }, null, 2));
  else terminal.out(printLive(report, terminal.colour));
  return report.ok ? EXIT.fine : EXIT.findings;
}
