/**
 * Measures the secret scanner: `node scripts/run-ts.mjs test/perf/secrets.bench.ts [EVALUATION.jsonl] [FOLDER…]`.
 * An evaluation line is `{"text", "rule", "expected"}`. Folders hold clean sources; `node_modules` when none is given.
 */

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { findSecrets, type SecretReport } from '../../lib/secrets/index.ts';
import { keyedRows } from '../../lib/secrets/rules/keyed.ts';
import { tokenRows } from '../../lib/secrets/rules/tokens.ts';
import { templatePrefix } from '../../lib/secrets/template.ts';

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
  const large = sources
    .map(([, text]) => text)
    .join('\n')
    .slice(0, 8 << 20)
    .repeat(8);
  let complete = false;
  const spent = time(() => {
    ({ complete } = findSecrets([{ where: 'tool-output', text: large }], {
      deadline: performance.now() + 3000,
    }));
  });
  console.log(`64 MiB at once: ${spent.toFixed(0)} ms, complete ${complete}`);
}

/** CPU of a fresh process that scans 2 KB, over one that reads them only. */
function measureColdStart(): void {
  const folder = mkdtempSync(join(tmpdir(), 'codex-guard-bench-'));
  const bundle = (name: string, body: string): string => {
    const outfile = join(folder, `${name}.cjs`);
    const contents = `import { readFileSync } from 'node:fs';\nimport { findSecrets } from './lib/secrets/index.ts';\nconst text = readFileSync(0, 'utf8');\n${body}`;
    buildSync({
      stdin: { contents, resolveDir: process.cwd(), loader: 'ts' },
      outfile,
      bundle: true,
      minify: true,
      platform: 'node',
      format: 'cjs',
      target: 'node20',
    });
    return outfile;
  };
  try {
    const input = readFileSync('package-lock.json', 'utf8').slice(0, 2048);
    const baseline = join(folder, 'empty.cjs');
    writeFileSync(baseline, "require('node:fs').readFileSync(0, 'utf8')");
    const scanner = bundle('scan', "findSecrets([{ where: 'command', text }]);");
    const cpu = (file: string): number => {
      const child = spawnSync('bash', ['-c', `TIMEFORMAT='%U %S'; time "$0" "$1"`, process.execPath, file], {
        input,
      });
      const [user = 0, system = 0] =
        child.stderr.toString().trim().split('\n').pop()?.split(' ').map(Number) ?? [];
      return (user + system) * 1000;
    };
    const pairs = Array.from({ length: 20 }, () => [cpu(baseline), cpu(scanner)] as const);
    const least = (at: 0 | 1): number => Math.min(...pairs.map((pair) => pair[at]));
    console.log(
      `cold start on 2 KB: ${(least(1) - least(0)).toFixed(1)} ms CPU over an empty script of ${least(0).toFixed(0)} ms`,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Twenty kilobytes of every word that a rule looks for, with and without something between. */
function measureAttacks(): void {
  const words = new Set([
    ...tokenRows().flatMap((row) => (row.find.length > 0 ? row.find : [templatePrefix(row.template)])),
    ...keyedRows().flatMap((row) => row.words),
    ...[
      'password=',
      'secret: ',
      'token ',
      'key-',
      'Authorization: Bearer ',
      'curl -u a:a',
      '://a:',
      'eyJa.eyJ',
      'QUFB',
      '41',
      '%41',
      '\\x41',
      '"a"b',
    ],
    ...[
      '-----BEGIN PRIVATE KEY-----',
      'kind: Secret\ndata:\n a: ',
      'machine a login b ',
      'Server=a;password=',
      '"auth": "',
    ],
  ]);
  const results: (readonly [ms: number, unit: string])[] = [];
  for (const word of words) {
    for (const glue of ['', ' ', '=', '-', 'a']) {
      const unit = word + glue;
      const text = unit.repeat(Math.ceil(20_480 / unit.length)).slice(0, 20_480);
      results.push([
        Math.min(
          time(() => void scan(text)),
          time(() => void scan(text)),
        ),
        unit,
      ]);
    }
  }
  results.sort((one, other) => other[0] - one[0]);
  console.log(
    `attacks of 20 KB: worst ${results
      .slice(0, 3)
      .map(([ms, unit]) => `${ms.toFixed(0)} ms (${JSON.stringify(unit)})`)
      .join(', ')}`,
  );
}

const given = process.argv.slice(2);
const evaluation = given.find((argument) => argument.endsWith('.jsonl'));
const folders = given.filter((argument) => argument !== evaluation);
if (folders.length === 0) folders.push('node_modules');
measureColdStart();
measureThroughput(folders);
measureAttacks();
measureClean(folders);
if (evaluation !== undefined) measureEvaluation(evaluation);
