/** `codex-guard policy check`: whether the policy's files are right and its own tests hold. */

import {
  explainPolicy,
  type Policy,
  type PolicyInput,
  runPolicyTests,
  UsageError,
} from '../../../lib/api.ts';
import { chooseWord } from '../../choose.ts';
import { type Args, type CommandSpec, EXIT, type Terminal } from '../../command.ts';
import { findInput } from '../../read-input.ts';
import { policySources } from '../../read-policy.ts';
import { showProblem } from '../../show-problem.ts';
import { paint } from '../../show-verdict.ts';

/** Where a policy file can stand. */
const SCOPES = ['user', 'project', 'managed'] as const;

export const checkAction: CommandSpec = {
  name: 'check',
  usage: '',
  words: 0,
  about: 'Check the files of the policy and run its tests.',
  options: {
    file: {
      type: 'string',
      value: 'FILE',
      about: 'a file that is not installed yet, instead of the one in its place',
    },
    scope: {
      type: 'string',
      value: 'SCOPE',
      about: 'where that file will stand: user (default), project or managed',
    },
    policy: { type: 'string', value: 'FILE', about: 'one more policy file; it can only tighten' },
    json: { type: 'boolean', about: 'print JSON' },
  },
  examples: [
    ['policy check', 'exit 3 when a file is wrong, 1 when a test of the policy fails'],
    ['policy check --file new.jsonc --scope project', 'what a file would do, before it is in place'],
  ],
  run: (args, terminal) => {
    const sources = policySources(terminal, terminal.cwd, args.text('policy'));
    const { policy } = explainPolicy({ ...sources, ...candidate(args, terminal) });
    return report(policy, args, terminal);
  },
};

/** The file of `--file` in the place of its layer. */
function candidate(args: Args, terminal: Terminal): Partial<PolicyInput> {
  const file = args.text('file');
  const scope = args.text('scope') ?? 'user';
  if (file === undefined) {
    if (args.text('scope') !== undefined)
      throw new UsageError('--scope goes with --file', 'codex-guard help policy');
    return {};
  }
  const path = findInput(file, terminal);
  return { [`${chooseWord('scope', scope, SCOPES)}Path`]: path };
}

/** Problems first: tests of a policy that cannot be used as written prove nothing. */
function report(policy: Policy, args: Args, terminal: Terminal): number {
  const tests = runPolicyTests(policy, { env: terminal.env, cwd: terminal.cwd, now: new Date() });
  const failed = tests.filter((test) => !test.passed);
  const errors = policy.problems.filter(({ severity }) => severity === 'error');
  if (args.flag('json')) {
    const { sources, problems } = policy;
    terminal.out(
      JSON.stringify({ schema: 'codex-guard/policy-check/v1', sources, problems, tests }, null, 2),
    );
  } else {
    for (const problem of policy.problems) terminal.out(showProblem(problem, terminal.colour));
    for (const test of failed)
      terminal.out(
        `${paint('failed', 'deny', terminal.colour)} ${test.file}: \`${test.command}\` should ${test.expect}${test.guard === undefined ? '' : ` by ${test.guard}`}, but the answer is ${test.got}${test.guards.length === 0 ? '' : ` (${test.guards.join(', ')})`}`,
      );
    terminal.out(
      `${count(policy.sources.length, 'source')}, ${count(errors.length, 'error')}, ${count(policy.problems.length - errors.length, 'warning')}, ${tests.length - failed.length} of ${count(tests.length, 'test')} pass`,
    );
    if (errors.length > 0)
      terminal.out('Until the errors are mended, their files can only tighten, and level-2 holds at least.');
  }
  return errors.length > 0 ? EXIT.policy : failed.length > 0 ? EXIT.findings : EXIT.fine;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
