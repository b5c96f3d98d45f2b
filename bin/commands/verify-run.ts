/** `codex-guard verify-run`: whether the hooks fired for all of a session, for CI. */

import {
  buildRunSarif,
  FAIL_ON,
  type FailOn,
  judgeReport,
  openHost,
  printRun,
  printRunMarkdown,
  readRun,
  UsageError,
  verifyRun,
  workflowCommand,
} from '../../lib/api.ts';
import { chooseWord } from '../choose.ts';
import { type Args, type CommandSpec, EXIT, type Terminal } from '../command.ts';
import { findInput } from '../read-input.ts';

declare const __VERSION__: string;

const FORMATS = ['text', 'json', 'github', 'sarif'];

export const verifyRunCommand: CommandSpec = {
  name: 'verify-run',
  usage: '[--session ID | --last | --rollout FILE]',
  words: 0,
  about: 'Say whether the hooks fired for all of a session, what was denied, and what escaped.',
  options: {
    session: { type: 'string', value: 'ID', about: 'the session' },
    last: { type: 'boolean', about: 'the session that was written to last (the default)' },
    rollout: { type: 'string', value: 'FILE', about: 'the session of a rollout file of Codex' },
    'require-fired': {
      type: 'boolean',
      about: 'fail when no hook fired, or a call has not the records that it should have',
    },
    'fail-on': {
      type: 'string',
      value: 'WHAT',
      about: 'fail on deny, warn or gap, several with commas (default none); gap: what escaped the hooks',
    },
    format: {
      type: 'string',
      value: 'FORMAT',
      about: 'text, json, github (Markdown) or sarif (default text)',
    },
    json: { type: 'boolean', about: 'print JSON' },
  },
  examples: [
    ['verify-run --require-fired', 'the last session; exit 1 unless every call was judged'],
    [
      'verify-run --require-fired --fail-on deny --format github >> "$GITHUB_STEP_SUMMARY"',
      'in a workflow: the summary of the step, and annotations on standard error',
    ],
    ['verify-run --format sarif > codex-guard.sarif', 'for code scanning'],
  ],
  run: (args, terminal) => {
    const asked = chooseWord('format', args.text('format') ?? 'text', FORMATS);
    const format = args.flag('json') ? 'json' : asked;
    const demands = { requireFired: args.flag('require-fired'), failOn: readFailOn(args) };
    const host = openHost({ sessionCwd: terminal.cwd, callCwd: terminal.cwd, env: terminal.env });
    const { session, file } = readChoice(args, terminal);
    const report = verifyRun(
      readRun({
        codexHome: host.codexHome,
        guardHome: host.guardHome,
        ...(session === undefined ? {} : { session }),
        ...(file === undefined ? {} : { file }),
      }),
    );
    const reasons = judgeReport(report, demands);
    if (format === 'json')
      terminal.out(
        JSON.stringify(
          { schema: 'codex-guard/verify-run/v1', ok: reasons.length === 0, reasons, ...report },
          null,
          2,
        ),
      );
    else if (format === 'sarif')
      terminal.out(JSON.stringify(buildRunSarif(report, reasons, __VERSION__), null, 2));
    else if (format === 'github') {
      terminal.out(printRunMarkdown(report, reasons));
      for (const reason of reasons) terminal.err(workflowCommand('error', 'codex-guard', reason));
    } else terminal.out(printRun(report, reasons));
    return reasons.length === 0 ? EXIT.fine : EXIT.findings;
  },
};

function readChoice(args: Args, terminal: Terminal): { readonly session?: string; readonly file?: string } {
  const session = args.text('session');
  const file = args.text('rollout');
  const given = [session !== undefined, file !== undefined, args.flag('last')].filter(Boolean).length;
  if (given > 1) throw new UsageError('--session, --last and --rollout exclude each other');
  if (session !== undefined && !/^[\w-]{1,80}$/.test(session))
    throw new UsageError(`'${session}' is no session id`, 'codex prints it when a session starts');
  return {
    ...(session === undefined ? {} : { session }),
    ...(file === undefined ? {} : { file: findInput(file, terminal) }),
  };
}

function readFailOn(args: Args): readonly FailOn[] {
  const words = (args.text('fail-on') ?? 'none').split(',').map((word) => word.trim());
  return words.map((word) => chooseWord('kind of failure', word, FAIL_ON));
}
