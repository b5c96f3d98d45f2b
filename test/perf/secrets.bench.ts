/**
 * Measures the secret scanner: `node scripts/run-ts.mjs test/perf/secrets.bench.ts [EVALUATION.jsonl] [FOLDER…]`.
 * An evaluation line is `{"text", "rule", "expected"}`. Folders hold clean sources; `node_modules` when none is given.
 */

import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { findSecrets, type SecretReport } from '../../lib/secrets/index.ts';
import { allAttacks, attackText } from '../secrets/attacks.ts';
import { describeMachine, median } from './machine.ts';

const SOURCE = /\.(?:[cm]?[jt]sx?|md|json|py|go|rs|java|rb|sh|ya?ml|html|css)$/;
const LARGEST_FILE = 2_000_000;

const scan = (text: string): SecretReport => findSecrets([{ where: 'patch', text }]);

function time(work: () => void): number {
  const begin = performance.now();
  work();
  return performance.now() - begin;
}

function* sourcesIn(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && entry.name !== '.cache' && entry.name !== '.git') yield* sourcesIn(path);
    else if (entry.isFile() && SOURCE.test(entry.name)) yield path;
  }
}

function readSources(
  folders: readonly string[],
  most: number,
): readonly (readonly [path: string, text: string])[] {
  const sources: (readonly [string, string])[] = [];
  let size = 0;
  for (const folder of folders) {
    for (const path of sourcesIn(folder)) {
      if (size > most) return sources;
      const text = readFileSync(path, 'utf8');
      if (text.length > LARGEST_FILE) continue;
      size += text.length;
      sources.push([path, text]);
    }
  }
  return sources;
}

interface Sample {
  readonly text: string;
  readonly rule: string;
  readonly expected: boolean;
}

function measureEvaluation(path: string): void {
  const samples = readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Sample);
  const share = (part: number, whole: number): string =>
    `${((100 * part) / Math.max(1, whole)).toFixed(2)} %`;
  const judged = samples.map(({ text, expected }) => ({ expected, hits: scan(text).hits }));
  const positives = judged.filter(({ expected }) => expected);
  const negatives = judged.filter(({ expected }) => !expected);
  const found = positives.filter(({ hits }) => hits.length > 0).length;
  const denied = positives.filter(({ hits }) => hits.some(({ tier }) => tier === 'deny')).length;
  const alarms = negatives.filter(({ hits }) => hits.length > 0).length;
  console.log(
    `positives ${positives.length}: found ${share(found, positives.length)}, denied ${share(denied, positives.length)}`,
  );
  console.log(`negatives ${negatives.length}: any finding ${share(alarms, negatives.length)}`);
}

function measureClean(folders: readonly string[]): void {
  const sources = readSources(folders, 100_000_000);
  const size = sources.reduce((sum, [, text]) => sum + text.length, 0) / 1e6;
  let denials = 0;
  let warnings = 0;
  for (const [path, text] of sources) {
    for (const { tier, rule, line } of scan(text).hits) {
      if (tier === 'deny') denials += 1;
      else warnings += 1;
      console.log(`  ${tier} ${rule} ${path}:${line}`);
    }
  }
  console.log(
    `clean sources ${size.toFixed(1)} MB: ${denials} denials, ${(warnings / size).toFixed(2)} warnings a MB`,
  );
}

function measureThroughput(folders: readonly string[]): void {
  const sources = readSources(folders, 10_000_000);
  const size = sources.reduce((sum, [, text]) => sum + text.length, 0) / 1e6;
  const run = (): number => time(() => sources.forEach(([, text]) => void scan(text)));
  const times = Array.from({ length: 5 }, run);
  console.log(
    `throughput on ${size.toFixed(1)} MB: first ${((size / (times[0] ?? 1)) * 1000).toFixed(0)} MB/s, warm ${((size / Math.min(...times)) * 1000).toFixed(0)} MB/s`,
  );
}

/** What a command of 2 KB looks like that holds no secret, and one that holds words beside which one would stand. */
const COMMANDS: Readonly<Record<string, string>> = {
  'that mentions no secret':
    `set -e; ${Array.from({ length: 60 }, (_, at) => `grep -n 'todo ${at}' src/file${at}.ts | head -${at}`).join('; ')}`.slice(
      0,
      2048,
    ),
  'that mentions keys and tokens':
    `set -e; ${Array.from({ length: 60 }, (_, at) => `grep -n 'api_key ${at}' src/token${at}.ts | head -${at}`).join('; ')}`.slice(
      0,
      2048,
    ),
};
const PAIRS = 31;

/** CPU of PreToolUse in a fresh process, with the scanner and with one that finds nothing. Without code caches: an upper bound. */
async function measureColdStart(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'codex-guard-bench-'));
  const outfile = (name: string): string => join(folder, `${name}.cjs`);
  const bundle = (name: string, isStub: boolean) =>
    build({
      stdin: {
        contents: "import { runHook } from './hooks/run-hook.ts'; runHook('PreToolUse');",
        resolveDir: process.cwd(),
        loader: 'ts',
      },
      outfile: outfile(name),
      bundle: true,
      minify: true,
      platform: 'node',
      format: 'cjs',
      target: 'node20',
      logLevel: 'error',
      plugins: isStub
        ? [
            {
              name: 'no-scanner',
              setup: ({ onLoad }) =>
                onLoad({ filter: /lib\/secrets\/scan\.ts$/ }, () => ({ contents: NO_SCANNER, loader: 'ts' })),
            },
          ]
        : [],
    });
  try {
    await bundle('whole', false);
    await bundle('without', true);
    const project = join(folder, 'project');
    mkdirSync(project);
    execFileSync('git', ['init', '-q', '-b', 'feature/x'], { cwd: project });
    for (const [title, command] of Object.entries(COMMANDS)) {
      const input = JSON.stringify({
        session_id: 's',
        cwd: project,
        hook_event_name: 'PreToolUse',
        tool_name: 'Bash',
        tool_input: { command },
      });
      const cpu = (name: string): number => measureCpu(outfile(name), input, project, folder);
      cpu('whole');
      const pairs = Array.from({ length: PAIRS }, () => [cpu('without'), cpu('whole')] as const);
      const added = pairs.map(([without, whole]) => whole - without);
      console.log(
        `cold PreToolUse on 2 KB ${title}: ${median(added).toFixed(1)} ms CPU added, ${median(pairs.map(([without]) => without)).toFixed(0)} ms without (median of ${PAIRS} pairs)`,
      );
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const NO_SCANNER = `
export const scanText = () => ({ found: [], complete: true });
export const keepBest = (found) => found;
export const hasAnchorWord = () => false;
`;

/** Milliseconds of CPU of a program. The shell measures, because Node does not tell what a child used. */
function measureCpu(program: string, input: string, cwd: string, home: string): number {
  const { NODE_EXTRA_CA_CERTS: _, NODE_OPTIONS: __, ...env } = process.env;
  const child = spawnSync(
    'bash',
    ['-c', `TIMEFORMAT='%3U %3S'; time "$0" "$1" >/dev/null 2>&1`, process.execPath, program],
    {
      input,
      cwd,
      env: { ...env, HOME: home, CODEX_HOME: join(home, 'codex') },
    },
  );
  const [user = 0, system = 0] = child.stderr.toString().trim().split(' ').map(Number);
  return (user + system) * 1000;
}

/** Twenty kilobytes of attack text for every rule, made from the rule's own pattern. */
function measureAttacks(): void {
  const attacks = allAttacks();
  const worst = new Map<string, readonly [ms: number, unit: string]>();
  for (const attack of attacks) {
    const text = attackText(attack);
    const run = (): number => time(() => void findSecrets([{ where: 'command', text }]));
    const spent = Math.min(run(), run());
    if (spent > (worst.get(attack.rule)?.[0] ?? 0)) worst.set(attack.rule, [spent, attack.unit]);
  }
  const sorted = [...worst].sort(([, one], [, other]) => other[0] - one[0]);
  console.log(
    `attacks of 20 KB, ${attacks.length} on ${worst.size} rules: worst ${sorted
      .slice(0, 3)
      .map(([rule, [ms, unit]]) => `${ms.toFixed(0)} ms (${rule}, ${JSON.stringify(unit.slice(0, 40))})`)
      .join(', ')}; median of the rules ${median(sorted.map(([, [ms]]) => ms)).toFixed(1)} ms`,
  );
}

/** 64 MiB through the built PostToolUse program, less the payload around it. */
function measureLargeOutput(folders: readonly string[]): void {
  const program = join('dist', 'hooks', 'post-tool-use.cjs');
  const source = readSources(folders, 10_000_000)
    .map(([, text]) => text.replace(/[^\x20-\x7e\n]/g, ' '))
    .join('\n');
  const texts: Readonly<Record<string, string>> = {
    'of source code': source,
    'of words that rules look for': 'password= _authToken= ',
    'of escapes': '%67',
  };
  const home = mkdtempSync(join(tmpdir(), 'codex-guard-bench-'));
  try {
    for (const [title, unit] of Object.entries(texts)) {
      const payload = (response: string) =>
        JSON.stringify({
          session_id: 's',
          cwd: home,
          hook_event_name: 'PostToolUse',
          tool_name: 'Bash',
          tool_input: { command: 'x' },
          tool_response: response,
        });
      const most = 64 << 20;
      const share = (most - 4096) / payload(unit).length;
      const response =
        unit.length > 1_000_000
          ? unit.repeat(6).slice(0, Math.floor(unit.length * share))
          : unit.repeat(Math.floor((most - 4096) / unit.length));
      const input = payload(response);
      let answer = '';
      const spent = time(() => {
        const child = spawnSync(process.execPath, [program], {
          input,
          env: { PATH: process.env.PATH, HOME: home, CODEX_HOME: home },
          encoding: 'utf8',
        });
        answer = `exit ${child.status}${child.stderr === '' ? '' : `, ${child.stderr.slice(0, 90)}…`}`;
      });
      console.log(
        `an output of ${(input.length / (1 << 20)).toFixed(1)} MiB ${title}: ${(spent / 1000).toFixed(1)} s, ${answer}`,
      );
    }
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

const given = process.argv.slice(2);
const evaluation = given.find((argument) => argument.endsWith('.jsonl'));
const folders = given.filter((argument) => argument !== evaluation);
if (folders.length === 0) folders.push('node_modules');
console.log(describeMachine());
measureThroughput(folders);
await measureColdStart();
measureAttacks();
measureLargeOutput(folders);
measureClean(folders);
if (evaluation !== undefined) measureEvaluation(evaluation);
