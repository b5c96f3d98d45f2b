/** `codex-guard policy export`: the policy in Codex's own words, so that its sandbox says what the guards say. */

import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import {
  findTrustLevel,
  HostError,
  judgeTrial,
  makeExecRules,
  shellPayload,
  UsageError,
  wiringEntries,
  writeExecRules,
  writePermissionProfile,
  writeRequirements,
} from '../../../lib/api.ts';
import { chooseWord } from '../../choose.ts';
import { type Args, type CommandSpec, EXIT, type Terminal } from '../../command.ts';
import { writeAtomic } from '../../files.ts';
import { readSandboxInput } from '../../sandbox-input.ts';

const FORMATS = ['profile', 'rules', 'requirements', 'all'] as const;
type Format = (typeof FORMATS)[number];

/** Stands in the head of every file that this writes; tells ours from foreign ones. */
const MARK = 'codex-guard policy export';

export const exportAction: CommandSpec = {
  name: 'export',
  usage: '',
  words: 0,
  about: "Write the policy as Codex's permission profile, execution rules or requirements.",
  options: {
    codex: { type: 'boolean', about: 'for Codex, which is the only client so far' },
    format: {
      type: 'string',
      value: 'FORMAT',
      about: 'profile (default), rules, requirements, or all with --out',
    },
    out: { type: 'string', value: 'DIR', about: 'write files there instead of standard output' },
    name: { type: 'string', value: 'NAME', about: 'name of the permission profile (default: guard)' },
    everywhere: {
      type: 'boolean',
      about: "leave this project's policy and remotes out; requirements always do",
    },
    hooks: {
      type: 'string',
      value: 'DIR',
      about: 'requirements: folder of the hook programs (default: where install puts them)',
    },
    json: { type: 'boolean', about: 'print JSON' },
  },
  examples: [
    ['policy export --codex', 'a config.toml with the profile, to read or to put into $CODEX_HOME'],
    [
      'policy export --codex --format all --out ./codex',
      'guard.config.toml, guard.rules and requirements.toml',
    ],
    [
      'policy export --codex --format rules > ~/.codex/rules/guard.rules',
      'what can be said by how a command begins',
    ],
  ],
  run: (args, terminal) => {
    const format = readFormat(args);
    const name = args.text('name') ?? 'guard';
    if (!/^[\w-]{1,64}$/.test(name))
      throw new UsageError(`'${name}' cannot be the name of a profile`, 'letters, digits, - and _');
    const wanted = format === 'all' ? (['profile', 'rules', 'requirements'] as const) : [format];
    const files = Object.fromEntries(wanted.map((each) => writeFormat(each, name, args, terminal)));
    const out = args.text('out');
    if (out !== undefined) writeFiles(resolve(terminal.cwd, out), files);
    if (args.flag('json'))
      terminal.out(JSON.stringify({ schema: 'codex-guard/policy-export/v1', name, files }, null, 2));
    else if (out === undefined) terminal.out(Object.values(files).join('\n'));
    else for (const file of Object.keys(files)) terminal.out(join(out, file));
    return EXIT.fine;
  },
};

function readFormat(args: Args): Format {
  const format = chooseWord('format', args.text('format') ?? 'profile', FORMATS);
  if (format === 'all' && args.text('out') === undefined && !args.flag('json'))
    throw new UsageError('--format all makes several files', 'name a folder for them with --out');
  return format;
}

/** Name of the file and its text. */
function writeFormat(
  format: Exclude<Format, 'all'>,
  name: string,
  args: Args,
  terminal: Terminal,
): readonly [string, string] {
  const input = readSandboxInput(terminal, format === 'requirements' || args.flag('everywhere'));
  const { policy, profile, remotes } = input;
  const level = findTrustLevel(policy);
  const built = policy.sources.map((source) => source.name).join(', ');
  const text = { name, source: `${built}${input.project === undefined ? '' : ` in ${input.project}`}` };
  switch (format) {
    case 'profile':
      return [`${name}.config.toml`, writePermissionProfile(profile, text)];
    case 'requirements': {
      const hooksDir = resolve(terminal.cwd, args.text('hooks') ?? join(input.guardHome, 'hooks'));
      const entries = wiringEntries({ nodePath: process.execPath, hooksDir });
      const approvals = level?.approvals ?? ['on-request', 'never'];
      return ['requirements.toml', writeRequirements({ profile, text, approvals, entries })];
    }
    case 'rules': {
      const isDenied = (command: string) =>
        judgeTrial(shellPayload(command, terminal.cwd), { env: terminal.env, policy }).verdict.outcome ===
        'deny';
      const { names, defaultBranches } = remotes;
      const rules = makeExecRules({ policy, remotes: names, defaultBranches, isDenied });
      return [`${name}.rules`, writeExecRules(rules, text.source)];
    }
  }
}

/** Replaces files that an earlier export made, and no others. */
function writeFiles(folder: string, files: Readonly<Record<string, string>>): void {
  const foreign = Object.keys(files)
    .map((file) => join(folder, file))
    .find((path) => existsSync(path) && !readFileSync(path, 'utf8').includes(MARK));
  if (foreign !== undefined)
    throw new HostError(`${foreign} is there and was not made by an export; name another folder with --out`);
  for (const [file, text] of Object.entries(files)) writeAtomic(join(folder, file), text, 0o644);
}
