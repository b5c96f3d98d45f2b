/** `codex-guard scan`: secrets in files, in what is staged, or in a diff. */

import { resolve } from 'node:path';
import {
  openHost,
  parseToml,
  readBaseline,
  type ScanRequest,
  type ScanTarget,
  type SecretScan,
  scanSources,
  UsageError,
} from '../../lib/api.ts';
import { chooseWord } from '../choose.ts';
import { type Args, type CommandSpec, EXIT, type Terminal } from '../command.ts';
import { inFile } from '../files.ts';
import { readInput } from '../read-input.ts';
import { readPolicy } from '../read-policy.ts';
import { scanJson, scanLog, showScan } from '../show-scan.ts';

const FORMATS = ['text', 'json', 'sarif'];
const LEVELS = ['deny', 'warn'];

export const scan: CommandSpec = {
  name: 'scan',
  usage: '[FILE|DIR…|-]',
  about: 'Look for secrets in files, standard input, what is staged, or a diff.',
  options: {
    staged: { type: 'boolean', about: 'what `git commit` would add, from the index' },
    diff: { type: 'string', value: 'REF', about: 'lines that the work tree adds to a commit' },
    format: { type: 'string', value: 'NAME', about: 'text (default), json or sarif (2.1.0)' },
    json: { type: 'boolean', about: 'print JSON, the same as --format json' },
    'fail-on': {
      type: 'string',
      value: 'LEVEL',
      about: 'deny (default): exit 1 for formats of providers; warn: also for what merely looks random',
    },
    config: {
      type: 'string',
      value: 'FILE',
      about: 'another file than .gitleaks.toml at the top of the repository',
    },
    baseline: { type: 'string', value: 'FILE', about: 'leave out what an earlier scan --json has listed' },
  },
  examples: [
    ['scan', 'the files of this directory, in a repository those that git would track'],
    ['scan --staged', 'as a pre-commit step'],
    ['scan --diff origin/main --format sarif', 'for a code host'],
    ['scan --json > known.json && codex-guard scan --baseline known.json', 'only what is new'],
  ],
  run: (args, terminal) => {
    const asked = chooseWord('format', args.text('format') ?? 'text', FORMATS);
    const format = args.flag('json') ? 'json' : asked;
    const failOn = chooseWord('level', args.text('fail-on') ?? 'deny', LEVELS);
    const result = runScan(args, terminal);
    for (const problem of result.problems) terminal.err(`warning: ${problem}`);
    if (format === 'json') terminal.out(JSON.stringify(scanJson(result), null, 2));
    else if (format === 'sarif') terminal.out(JSON.stringify(scanLog(result), null, 2));
    else terminal.out(showScan(result, terminal.colour));
    for (const why of result.unseen) terminal.err(`error[limit]: not everything was looked at: ${why}`);
    if (result.findings.some(({ tier }) => tier === 'deny' || failOn === 'warn')) return EXIT.findings;
    return result.unseen.length > 0 ? EXIT.internal : EXIT.fine;
  },
};

function runScan(args: Args, terminal: Terminal): SecretScan {
  const host = openHost({ sessionCwd: terminal.cwd, callCwd: terminal.cwd, env: terminal.env });
  const cwd = host.realPath(terminal.cwd);
  const at = (path: string): string => host.realPath(resolve(cwd, path));
  const config = args.text('config');
  const baseline = args.text('baseline');
  return scanSources({
    target: targetOf(args, at, terminal),
    cwd,
    host,
    env: terminal.env,
    policy: readPolicy(terminal, cwd),
    ...(config === undefined ? {} : { config: readConfig(config, at(config), terminal) }),
    ...(baseline === undefined ? {} : { baseline: readBaseline(readInput(baseline, terminal), baseline) }),
  });
}

/** One that somebody names has to be right; the one of the repository is only reported. */
function readConfig(name: string, path: string, terminal: Terminal): NonNullable<ScanRequest['config']> {
  const text = readInput(name, terminal);
  inFile(path, () => parseToml(text));
  return { path, text };
}

function targetOf(args: Args, at: (path: string) => string, terminal: Terminal): ScanTarget {
  const from = args.text('diff');
  const ways = [args.flag('staged'), from !== undefined, args.positionals.length > 0].filter(Boolean);
  if (ways.length > 1)
    throw new UsageError('scan takes files, --staged or --diff, one of them', 'codex-guard help scan');
  if (from !== undefined) return { kind: 'diff', from };
  if (args.flag('staged')) return { kind: 'staged' };
  if (args.positionals.includes('-')) {
    if (args.positionals.length > 1) throw new UsageError("'-' stands alone: it is standard input");
    return { kind: 'text', text: readInput('-', terminal) };
  }
  return { kind: 'files', paths: (args.positionals.length > 0 ? args.positionals : ['.']).map(at) };
}
