/** `codex-guard policy init`: a first policy, proposed from what is in the project. Never replaces a file. */

import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { createTwoFilesPatch } from 'diff';
import {
  type Found,
  findNewHosts,
  loadPolicy,
  openHost,
  type Policy,
  projectPolicyPath,
  surveyProject,
  TRUST_LADDER,
  userPolicyPath,
  writeProposal,
} from '../../../lib/api.ts';
import { chooseWord } from '../../choose.ts';
import { type Args, type CommandSpec, EXIT, type Terminal } from '../../command.ts';
import { writeAtomic } from '../../files.ts';
import { readInput } from '../../read-input.ts';
import { policySources } from '../../read-policy.ts';
import { readMachineRegistries } from '../../sandbox-input.ts';
import { showProblem } from '../../show-problem.ts';

type Scope = 'user' | 'project';

/** Presets that a policy can stand on; the overlay is laid over one. */
const LEVELS = TRUST_LADDER.filter(({ sandbox }) => sandbox !== 'danger-full-access').map(
  ({ preset }) => preset,
);

export const initAction: CommandSpec = {
  name: 'init',
  usage: '',
  words: 0,
  about: 'Propose a policy from what is in this project.',
  options: {
    yes: { type: 'boolean', about: 'write without asking' },
    level: {
      type: 'string',
      value: 'LEVEL',
      about: `the preset to build on: ${LEVELS.join(', ')} (user: level-2)`,
    },
    scope: {
      type: 'string',
      value: 'SCOPE',
      about: 'whose policy: user (default) or project, which can only tighten',
    },
    hosts: {
      type: 'boolean',
      about: 'allow the hosts that were found; without it they are written as comments',
    },
    out: { type: 'string', value: 'FILE', about: 'write there instead of the place that the scope has' },
    json: { type: 'boolean', about: 'print JSON' },
  },
  examples: [
    ['policy init', 'on a terminal: asks for the level and for each host that it found, then writes'],
    ['policy init --scope project --yes', 'write .codex/guard.jsonc with what is found, without asking'],
  ],
  run: async (args, terminal) => {
    const scope = readScope(args);
    const host = openHost({ sessionCwd: terminal.cwd, callCwd: terminal.cwd, env: terminal.env });
    const sources = policySources(terminal, terminal.cwd);
    const root = sources.projectRoot ?? terminal.cwd;
    const out = args.text('out');
    const path =
      out === undefined
        ? scope === 'user'
          ? userPolicyPath(host)
          : projectPolicyPath(root)
        : resolve(terminal.cwd, out);
    const survey = surveyProject(
      host,
      root,
      host.repository(terminal.cwd),
      readMachineRegistries(host, terminal.env),
    );
    const ask = args.flag('yes') || args.flag('json') ? undefined : terminal.ask;
    const level = await chooseLevel(args, scope, ask);
    const before = loadBefore(sources, scope, level);
    const found = findNewHosts(survey, before);
    const hosts = new Set(
      args.flag('hosts')
        ? found.map(({ value }) => value)
        : ask !== undefined && scope === 'user'
          ? await askHosts(found, ask)
          : [],
    );
    const text = writeProposal({ survey, scope, root, level, hosts, before });
    return settle({ path, text, scope, isWriting: args.flag('yes'), ask }, args, terminal);
  },
};

function readScope(args: Args): Scope {
  return chooseWord('scope', args.text('scope') ?? 'user', ['user', 'project']);
}

async function chooseLevel(args: Args, scope: Scope, ask: Terminal['ask']): Promise<string | undefined> {
  const given = args.text('level');
  const usual = scope === 'user' ? 'level-2' : undefined;
  const question = `Level, of ${LEVELS.join(', ')} [${usual ?? 'none'}]: `;
  const level = given ?? ((await ask?.(question))?.trim() || usual);
  return level === undefined || level === 'none' ? usual : chooseWord('level', level, LEVELS);
}

/** What the new file is laid over: for a user only what the company rules, and the preset that the file will name. */
function loadBefore(
  sources: ReturnType<typeof policySources>,
  scope: Scope,
  level: string | undefined,
): Policy {
  const { host, now } = sources;
  if (scope === 'project') return loadPolicy({ host, now });
  return loadPolicy({
    host: withFile(host, userPolicyPath(host), `{ "extends": ["codex-guard:${level}"] }`),
    now,
  });
}

/** The same host with one file that is not written yet. */
function withFile(host: ReturnType<typeof policySources>['host'], path: string, text: string): typeof host {
  return {
    home: host.home,
    codexHome: host.codexHome,
    readFile: (file, most) => (file === path ? text : host.readFile(file, most)),
    pathKind: (file) => (file === path ? 'file' : host.pathKind(file)),
  };
}

async function askHosts(
  found: readonly Found[],
  ask: NonNullable<Terminal['ask']>,
): Promise<readonly string[]> {
  const taken: string[] = [];
  for (const { value, where } of found)
    if (/^y/i.test((await ask(`Allow ${value} (${where})? [y/N]: `)).trim())) taken.push(value);
  return taken;
}

interface Proposal {
  readonly path: string;
  readonly text: string;
  readonly scope: Scope;
  readonly isWriting: boolean;
  readonly ask: Terminal['ask'];
}

/** Shows what a file that is there would have to become, or writes a new one, or prints it. */
async function settle(
  { path, text, scope, isWriting, ask }: Proposal,
  args: Args,
  terminal: Terminal,
): Promise<number> {
  const isThere = existsSync(path);
  const sources = policySources(terminal, terminal.cwd);
  const key = scope === 'user' ? 'userPath' : 'projectPath';
  const policy = loadPolicy({ ...sources, host: withFile(sources.host, path, text), [key]: path });
  const problems = policy.problems.filter(({ file }) => file === path);
  const print = (written: boolean) => {
    if (args.flag('json'))
      terminal.out(
        JSON.stringify(
          { schema: 'codex-guard/policy-init/v1', path, written, exists: isThere, text, problems },
          null,
          2,
        ),
      );
  };
  if (isThere) {
    print(false);
    if (!args.flag('json'))
      terminal.out(createTwoFilesPatch(path, 'proposed', readInput(path, terminal), text));
    terminal.err(`${path} is there and stays as it is; the difference to what would be proposed is above`);
    return EXIT.findings;
  }
  if (!args.flag('json') && !isWriting) terminal.out(text);
  for (const problem of problems) terminal.err(showProblem(problem, false));
  const isWanted =
    isWriting || (ask !== undefined && !/^n/i.test((await ask(`Write ${path}? [Y/n]: `)).trim()));
  if (isWanted) writeAtomic(path, text, 0o644);
  print(isWanted);
  terminal.err(
    isWanted
      ? `wrote ${path}; codex-guard policy check runs its tests`
      : 'nothing was written; --yes writes it',
  );
  return EXIT.fine;
}
