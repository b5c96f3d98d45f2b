/**
 * Measures what a hook costs: whole processes of the built programs, each paired with `node empty.cjs`, with and without code
 * caches; and one decision in a warm process. `node scripts/run-ts.mjs test/perf/hooks.bench.ts [PAIRS] [NODE]`.
 */

import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadPolicy, openHost, parsePayload, policyInput, runStep } from '../../lib/api.ts';
import { describeMachine, median } from './machine.ts';

const PAIRS = Number(process.argv[2] ?? 30);
const NODE = process.argv[3] ?? process.execPath;
const WARM_ROUNDS = 300;

const scratch = mkdtempSync(join(tmpdir(), 'codex-guard-bench-'));
const repository = join(scratch, 'app');
const env: Record<string, string | undefined> = {
  ...process.env,
  HOME: scratch,
  CODEX_HOME: join(scratch, 'codex'),
  USER: 'bench',
};
// On Node 20 this alone triples the start, of every program; the wiring takes it away.
for (const name of ['NODE_EXTRA_CA_CERTS', 'NODE_OPTIONS', 'CODEX_GUARD_HOME', 'CODEX_GUARD_POLICY'])
  delete env[name];

const COMMAND_1KB =
  `set -e; for f in src/*.ts; do npx prettier --check "$f" | tee -a out.log; done; ${Array.from(
    { length: 22 },
    (_, at) => `grep -n 'todo ${at}' src/file${at}.ts | head -${at}`,
  ).join('; ')}`.slice(0, 1024);
const PATCH = `*** Begin Patch\n${Array.from(
  { length: 8 },
  (_, at) =>
    `*** Update File: src/file${at}.ts\n@@ export function f${at}() {\n-  return ${at};\n+  return ${at + 1};\n }\n`,
).join('')}*** End Patch\n`;
const OUTPUT_40KB = Array.from(
  { length: 700 },
  (_, at) => `src/file${at}.ts:${at}:12: expected a value of type number but found text\n`,
)
  .join('')
  .slice(0, 40_000);

const tool = (name: string, command: string) => ({
  tool_name: name,
  tool_input: { command },
  tool_use_id: 'c',
});
const CASES: readonly (readonly [title: string, event: string, fields: object])[] = [
  ['pre-tool-use, git status', 'PreToolUse', tool('Bash', 'git status')],
  ['pre-tool-use, command of 1 kB', 'PreToolUse', tool('Bash', COMMAND_1KB)],
  ['pre-tool-use, patch of 8 files', 'PreToolUse', tool('apply_patch', PATCH)],
  [
    'post-tool-use, output of 40 kB',
    'PostToolUse',
    { ...tool('Bash', 'npx tsc'), tool_response: OUTPUT_40KB },
  ],
  ['stop, small repository', 'Stop', { stop_hook_active: false, last_assistant_message: 'Done.' }],
];

const payload = (event: string, fields: object): string =>
  JSON.stringify({
    session_id: 'bench',
    turn_id: 't',
    transcript_path: null,
    model: 'm',
    permission_mode: 'default',
    cwd: repository,
    hook_event_name: event,
    ...fields,
  });

interface Cost {
  /** Milliseconds. */
  readonly cpu: number;
  readonly wall: number;
}

/** One whole process. The shell measures, because Node does not tell what a child used. */
function measure(program: string, input: string): Cost {
  const script = `TIMEFORMAT='%3U %3S %3R'; time "$1" "$2" <"$3" >/dev/null 2>&1`;
  const { stderr } = spawnSync('bash', ['-c', script, 'bench', NODE, program, input], {
    cwd: repository,
    env: env as NodeJS.ProcessEnv,
    encoding: 'utf8',
  });
  const [user = Number.NaN, system = Number.NaN, wall = Number.NaN] = stderr.trim().split(' ').map(Number);
  return { cpu: (user + system) * 1000, wall: wall * 1000 };
}

const format = (value: number, digits = 1): string => value.toFixed(digits).padStart(8);

function compare(title: string, program: string, empty: string, input: string): void {
  measure(program, input);
  const pairs = Array.from(
    { length: PAIRS },
    () => [measure(program, input), measure(empty, input)] as const,
  );
  const of = (pick: (pair: readonly [Cost, Cost]) => number): number => median(pairs.map(pick));
  console.log(
    title.padEnd(44),
    format(of(([hook]) => hook.cpu)),
    format(of(([, bare]) => bare.cpu)),
    format(
      of(([hook, bare]) => hook.cpu / bare.cpu),
      2,
    ),
    format(of(([hook]) => hook.wall)),
    format(of(([, bare]) => bare.wall)),
  );
}

function measureProcesses(): void {
  const installed = join(scratch, 'installed');
  const bare = join(scratch, 'bare');
  cpSync(join('dist', 'hooks'), bare, { recursive: true, filter: (path) => !path.endsWith('.cache') });
  cpSync(bare, installed, { recursive: true });
  execFileSync(NODE, [join(installed, 'make-cache.cjs')], { stdio: 'ignore' });
  const empty = join(scratch, 'empty.cjs');
  writeFileSync(empty, '');
  console.log(`\n${'medians, ms'.padEnd(44)}      cpu    empty    ratio     wall    empty`);
  const input = join(scratch, 'input.json');
  writeFileSync(input, '{}');
  compare('empty.cjs against itself (noise)', empty, empty, input);
  for (const [title, event, fields] of CASES) {
    writeFileSync(input, payload(event, fields));
    const program = `${event.replace(/(?<=.)[A-Z]/g, '-$&').toLowerCase()}.cjs`;
    compare(title, join(installed, program), empty, input);
    compare(`${title}, no cache`, join(bare, program), empty, input);
  }
}

function measureDecision(): void {
  const call = parsePayload(payload('PreToolUse', tool('Bash', COMMAND_1KB)));
  const host = openHost({ sessionCwd: repository, callCwd: repository, env });
  const policy = loadPolicy(policyInput(host, repository, new Date(), undefined));
  const decide = (): number => {
    const begin = performance.now();
    runStep({
      payload: call,
      event: 'PreToolUse',
      env,
      sessionCwd: repository,
      now: new Date(),
      budgetMs: 4000,
      counts: false,
      policy,
    });
    return performance.now() - begin;
  };
  const times = Array.from({ length: WARM_ROUNDS }, decide).slice(WARM_ROUNDS / 3);
  console.log(`\ndecision in a warm process, command of 1 kB: ${median(times).toFixed(2)} ms`);
}

try {
  mkdirSync(join(repository, 'src'), { recursive: true });
  const git = (...args: string[]) =>
    execFileSync('git', args, { cwd: repository, env: env as NodeJS.ProcessEnv, stdio: 'ignore' });
  git('init', '--initial-branch=feature');
  for (let at = 0; at < 20; at += 1)
    writeFileSync(join(repository, 'src', `file${at}.ts`), `export const x = ${at};\n`);
  git('add', '.');
  git('-c', 'user.name=b', '-c', 'user.email=b@b.example', 'commit', '-m', 'start');
  const version = execFileSync(NODE, ['--version'], { encoding: 'utf8' }).trim();
  console.log(
    `${describeMachine()}; hooks on node ${version}, ${PAIRS} pairs, ${readdirSync('dist/hooks').length} files`,
  );
  measureProcesses();
  measureDecision();
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
