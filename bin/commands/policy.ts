/** `codex-guard policy`: the policy in force, and whether its files and tests hold. */

import { resolve } from 'node:path';
import { explainPolicy, type Policy, UsageError } from '../../lib/api.ts';
import { type Args, type CommandSpec, EXIT, type Terminal } from '../command.ts';
import { paint } from '../show-verdict.ts';
import { judgeTrial, policySources, shellPayload } from '../trial.ts';

export const policy: CommandSpec = {
  name: 'policy',
  usage: 'print | check',
  about: 'Print the merged policy, or check its files and run its tests.',
  options: {
    origin: { type: 'boolean', about: 'print: say which file set each value' },
    policy: { type: 'string', value: 'FILE', about: 'one more policy file; it can only tighten' },
    json: { type: 'boolean', about: 'print JSON' },
  },
  examples: [
    ['policy print --origin', 'every value with the layer and file it comes from'],
    ['policy check', 'exit 3 when a file is wrong, 1 when a test of the policy fails'],
  ],
  run: (args, terminal) => {
    const [action, ...more] = args.positionals;
    if ((action !== 'print' && action !== 'check') || more.length > 0)
      throw new UsageError('policy takes print or check', 'codex-guard help policy');
    const path = args.text('policy');
    const explained = explainPolicy(
      policySources(terminal, terminal.cwd, path === undefined ? undefined : resolve(terminal.cwd, path)),
    );
    return action === 'print'
      ? printPolicy(explained, args, terminal)
      : checkPolicy(explained.policy, args, terminal);
  },
};

function printPolicy(
  { policy, origins }: ReturnType<typeof explainPolicy>,
  args: Args,
  terminal: Terminal,
): number {
  if (args.flag('json')) {
    terminal.out(
      JSON.stringify(
        {
          schema: 'codex-guard/policy/v1',
          digest: policy.digest,
          sources: policy.sources,
          values: origins,
          exceptions: policy.exceptions,
          problems: policy.problems,
        },
        null,
        2,
      ),
    );
    return EXIT.fine;
  }
  const width = Math.max(...origins.map((origin) => origin.key.length));
  for (const { key, value, layer, source } of origins)
    terminal.out(
      `${key.padEnd(width)}  ${JSON.stringify(value)}${args.flag('origin') ? `   # ${layer}: ${source}` : ''}`,
    );
  for (const exception of policy.exceptions) terminal.out(`exception  ${JSON.stringify(exception)}`);
  terminal.out(`digest ${policy.digest}`);
  return EXIT.fine;
}

/** Problems first: tests of a policy that cannot be used as written prove nothing. */
function checkPolicy(policy: Policy, args: Args, terminal: Terminal): number {
  const tests = policy.tests.map((test) => {
    const { verdict } = judgeTrial(shellPayload(test.command, terminal.cwd), terminal, policy);
    const guards = verdict.findings.map((finding) => finding.guard);
    const passed =
      verdict.outcome === test.expect && (test.guard === undefined || guards.includes(test.guard));
    return { ...test, passed, got: verdict.outcome, guards };
  });
  const failed = tests.filter((test) => !test.passed);
  const invalid = policy.problems.some((problem) => problem.severity === 'error');
  if (args.flag('json'))
    terminal.out(
      JSON.stringify({ schema: 'codex-guard/policy-check/v1', problems: policy.problems, tests }, null, 2),
    );
  else {
    for (const problem of policy.problems) {
      const place = `${problem.file}${problem.line === undefined ? '' : `:${problem.line}:${problem.column ?? 1}`}`;
      terminal.out(
        `${paint(problem.severity, problem.severity === 'error' ? 'deny' : 'warn', terminal.colour)} ${place}: ${problem.message}${problem.hint === undefined ? '' : `\n  hint: ${problem.hint}`}`,
      );
    }
    for (const test of failed)
      terminal.out(
        `${paint('failed', 'deny', terminal.colour)} ${test.file}: '${test.command}' should ${test.expect}${test.guard === undefined ? '' : ` by ${test.guard}`}, but is ${test.got}${test.guards.length === 0 ? '' : ` (${test.guards.join(', ')})`}`,
      );
    terminal.out(
      `${policy.sources.length} sources, ${policy.problems.length} problems, ${tests.length - failed.length} of ${tests.length} tests pass`,
    );
  }
  return invalid ? EXIT.policy : failed.length > 0 ? EXIT.findings : EXIT.fine;
}
