/** `codex-guard check`: the verdict on a command, payload, patch or corpus. */

import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  InputError,
  type Payload,
  type Policy,
  parsePayload,
  type StepResult,
  UsageError,
} from '../../lib/api.ts';
import { type Args, type CommandSpec, EXIT, type Terminal } from '../command.ts';
import { showVerdict } from '../show-verdict.ts';
import { judgeTrial, patchPayload, readPolicy, shellPayload } from '../trial.ts';

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
    const step = judgeTrial(readStep(args, terminal), terminal, policyOf(args, terminal));
    terminal.out(
      args.flag('json')
        ? JSON.stringify({ schema: 'codex-guard/check/v1', ...summary(step) }, null, 2)
        : showVerdict(step.verdict, terminal.colour),
    );
    return step.verdict.outcome === 'deny' ? EXIT.findings : EXIT.fine;
  },
};

function policyOf(args: Args, terminal: Terminal): Policy {
  return readPolicy(terminal, directoryOf(args, terminal), args.text('policy'));
}

function directoryOf(args: Args, terminal: Terminal): string {
  return resolve(terminal.cwd, args.text('cwd') ?? '.');
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
  if (payload !== undefined) return parsePayload(readText(payload));
  const cwd = directoryOf(args, terminal);
  return patch === undefined ? shellPayload(command as string, cwd) : patchPayload(readText(patch), cwd);
}

function readText(path: string): string {
  return readFileSync(path === '-' ? 0 : path, 'utf8');
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
  const base = directoryOf(args, terminal);
  let wrong = 0;
  let cases = 0;
  let number = 0;
  for (const line of readLines(path)) {
    number++;
    if (line.trim() === '') continue;
    const item = parseCase(line, path, number);
    const cwd = resolve(base, item.cwd ?? '.');
    const policy = policies.get(cwd) ?? readPolicy(terminal, cwd, args.text('policy'));
    policies.set(cwd, policy);
    const payload =
      item.command === undefined
        ? parsePayload(JSON.stringify(item.payload))
        : shellPayload(item.command, cwd);
    const { verdict, guards } = summary(judgeTrial(payload, terminal, policy));
    const correct =
      item.expected === undefined ? undefined : (verdict === 'deny') === (item.expected === 'block');
    if (correct === false) wrong++;
    cases++;
    terminal.out(
      JSON.stringify({
        id: item.id,
        verdict,
        guards,
        ...(item.expected === undefined ? {} : { expected: item.expected, correct }),
      }),
    );
  }
  terminal.err(`${cases} cases, ${wrong} not as expected`);
  return wrong > 0 ? EXIT.findings : EXIT.fine;
}

/** Lines of a file, one at a time: a corpus may be large. */
function* readLines(path: string): Generator<string> {
  const fd = path === '-' ? 0 : openSync(path, 'r');
  try {
    const chunk = Buffer.alloc(1 << 20);
    const decoder = new TextDecoder();
    let rest = '';
    for (let read = readSync(fd, chunk); read > 0; read = readSync(fd, chunk)) {
      const lines = (rest + decoder.decode(chunk.subarray(0, read), { stream: true })).split('\n');
      rest = lines.pop() ?? '';
      yield* lines;
    }
    yield rest;
  } finally {
    if (fd !== 0) closeSync(fd);
  }
}

function parseCase(line: string, path: string, number: number): CorpusCase {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    throw new InputError(`${path}:${number}: this line is not JSON`);
  }
  const item = value as Partial<CorpusCase> | null;
  if (
    item === null ||
    typeof item !== 'object' ||
    typeof item.id !== 'string' ||
    (typeof item.command !== 'string' && item.payload === undefined)
  ) {
    throw new InputError(`${path}:${number}: a case needs "id" and "command" or "payload"`);
  }
  return item as CorpusCase;
}
