/** `codex-guard check`: the verdict on a command, payload, patch or corpus. */

import { resolve } from 'node:path';
import {
  InputError,
  judgeTrial,
  type Payload,
  type Policy,
  parsePayload,
  patchPayload,
  type StepResult,
  shellPayload,
  UsageError,
} from '../../lib/api.ts';
import { type Args, type CommandSpec, EXIT, type Terminal } from '../command.ts';
import { inFile } from '../files.ts';
import { findDirectory, nameInput, readInput, readInputLines } from '../read-input.ts';
import { readPolicy } from '../read-policy.ts';
import { showVerdict } from '../show-verdict.ts';

/** One line of a corpus file. */
interface CorpusCase {
  readonly id: string;
  readonly command?: string;
  readonly payload?: unknown;
  readonly cwd?: string;
  readonly expected?: 'block' | 'allow';
}

export const check: CommandSpec = {
  name: 'check',
  usage: "'<command>' | --payload FILE | --patch FILE | --corpus FILE.jsonl",
  about: 'Say what the policy in force makes of a command, payload or patch.',
  options: {
    payload: { type: 'string', value: 'FILE', about: 'judge a hook payload (JSON; - for standard input)' },
    patch: { type: 'string', value: 'FILE', about: 'judge an apply_patch text (- for standard input)' },
    corpus: {
      type: 'string',
      value: 'FILE',
      about: 'judge every line {"id","command"|"payload","cwd"?,"expected"?} of a JSONL file',
    },
    cwd: { type: 'string', value: 'DIR', about: 'directory the step runs in (default: this one)' },
    policy: { type: 'string', value: 'FILE', about: 'one more policy file; it can only tighten' },
    json: { type: 'boolean', about: 'print JSON' },
  },
  examples: [
    ["check 'git push origin main'", 'exit 1, with the reason the agent would be given'],
    ['check --payload payload.json --json', 'judge what a hook got on standard input'],
    ['check --corpus cases.jsonl', 'one JSON line a case; exit 1 when a verdict is not the expected one'],
  ],
  run: (args, terminal) => {
    const corpus = args.text('corpus');
    if (corpus !== undefined) return checkCorpus(corpus, args, terminal);
    const step = judgeTrial(readStep(args, terminal), {
      env: terminal.env,
      policy: policyOf(args, terminal),
    });
    terminal.out(
      args.flag('json')
        ? JSON.stringify({ schema: 'codex-guard/check/v1', ...summary(step) }, null, 2)
        : showVerdict(step.verdict, terminal.colour),
    );
    return step.verdict.outcome === 'deny' ? EXIT.findings : EXIT.fine;
  },
};

function policyOf(args: Args, terminal: Terminal): Policy {
  return readPolicy(terminal, findDirectory('cwd', args, terminal), args.text('policy'));
}

function readStep(args: Args, terminal: Terminal): Payload {
  const payload = args.text('payload');
  const patch = args.text('patch');
  const [command, ...more] = args.positionals;
  const given = [payload, patch, command].filter((value) => value !== undefined).length;
  if (given !== 1 || more.length > 0)
    throw new UsageError(
      'check takes one command, or --payload, --patch or --corpus',
      "quote the command: codex-guard check 'git push origin main'",
    );
  if (payload !== undefined) {
    const text = readInput(payload, terminal, 'a payload');
    return inFile(nameInput(payload, terminal), () => parsePayload(text));
  }
  const cwd = findDirectory('cwd', args, terminal);
  return patch === undefined
    ? shellPayload(command as string, cwd)
    : patchPayload(readInput(patch, terminal, 'a patch'), cwd);
}

/** Verdict and guards in the shape that --json and corpus lines share. */
function summary({ verdict }: StepResult) {
  return {
    verdict: verdict.outcome,
    guards: [
      ...new Set(
        verdict.findings
          .filter((finding) => finding.level === verdict.outcome)
          .map((finding) => finding.guard),
      ),
    ],
    findings: verdict.findings.map(({ guard, level, message, remedy }) => ({
      guard,
      level,
      message,
      remedy,
    })),
    failures: verdict.failures,
    tier: verdict.tier,
    policy: verdict.policy,
  };
}

function checkCorpus(path: string, args: Args, terminal: Terminal): number {
  const policies = new Map<string, Policy>();
  const base = findDirectory('cwd', args, terminal);
  let wrong = 0;
  let cases = 0;
  let number = 0;
  for (const line of readInputLines(path, terminal)) {
    number++;
    if (line.trim() === '') continue;
    const item = parseCase(line, `${nameInput(path, terminal)}:${number}`);
    const cwd = resolve(base, item.cwd ?? '.');
    const policy = policies.get(cwd) ?? readPolicy(terminal, cwd, args.text('policy'));
    policies.set(cwd, policy);
    const payload =
      item.command === undefined
        ? parsePayload(JSON.stringify(item.payload))
        : shellPayload(item.command, cwd);
    const { verdict, guards } = summary(judgeTrial(payload, { env: terminal.env, policy }));
    const correct =
      item.expected === undefined ? undefined : (verdict === 'deny') === (item.expected === 'block');
    if (correct === false) wrong++;
    cases++;
    terminal.out(
      JSON.stringify({
        schema: 'codex-guard/check-case/v1',
        id: item.id,
        verdict,
        guards,
        ...(item.expected === undefined ? {} : { expected: item.expected, correct }),
      }),
    );
  }
  if (cases === 0) throw new InputError('there is no case in it', nameInput(path, terminal));
  terminal.err(`${cases} cases, ${wrong} not as expected`);
  return wrong > 0 ? EXIT.findings : EXIT.fine;
}

function parseCase(line: string, where: string): CorpusCase {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    throw new InputError('this line is not JSON', where, 'a corpus holds one JSON object a line');
  }
  const item = value as Partial<CorpusCase> | null;
  if (
    item === null ||
    typeof item !== 'object' ||
    typeof item.id !== 'string' ||
    (typeof item.command !== 'string' && item.payload === undefined)
  ) {
    throw new InputError('a case needs "id" and "command" or "payload"', where);
  }
  return item as CorpusCase;
}
