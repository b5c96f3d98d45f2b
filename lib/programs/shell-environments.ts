/** Programs whose output is meant for `eval "$(…)"`: version managers, prompts, completions. Evaluating it is everyday setup. */

import type { Effect } from '../types/effect.ts';
import type { Word } from '../types/text.ts';
import { programWord } from './coreutils/paths.ts';
import { readOptions } from './coreutils/spec.ts';
import { run } from './effects.ts';
import { type Call, definePage, type Outcome, type Page } from './page.ts';
import { devboxTasks, miseTasks } from './tasks/toolkits.ts';
import { findVerb, namesOf } from './verbs.ts';

/** Commands that print settings for the shell. */
const PRINTS =
  /^(?:init|env|hook|activate|shellenv|shell-init|completions?|completion|hook-env|export|print-path|--bourne-shell|--sh|-b)$/;
/** Commands that run what follows them. */
const RUNS = /^(?:exec|x|run)$/;

/** Programs with a host that new versions come from. */
const SOURCES: Readonly<Record<string, string>> = {
  nvm: 'nodejs.org',
  fnm: 'nodejs.org',
  n: 'nodejs.org',
  pyenv: 'www.python.org',
  rbenv: 'cache.ruby-lang.org',
  sdk: 'api.sdkman.io',
  goenv: 'go.dev',
};

function readEnvironment(call: Call): Outcome {
  const near = programWord(call);
  const { name, rest } = findVerb(call.args, 'C= cd= S= shell=');
  if (PRINTS.test(name) || call.args.some((word) => PRINTS.test(word.text ?? '')))
    return { effects: [], stdout: '' };
  const tasks = tasksOf(call, name, rest);
  if (tasks !== undefined) return tasks;
  if (RUNS.test(name)) {
    const dashes = rest.findIndex((word) => word.text === '--');
    const argv = dashes >= 0 ? rest.slice(dashes + 1) : rest.slice(skipped(call.name));
    return {
      effects: [],
      runs: argv.length > 0 ? [{ kind: 'argv', argv, via: `${call.name} ${name}` }] : [],
    };
  }
  const effects: Effect[] = [];
  const host = SOURCES[call.name];
  if (/^(?:install|i|upgrade|update)$/.test(name)) {
    effects.push({
      kind: 'package',
      manager: call.name,
      op: 'install',
      names: rest,
      source: 'registry',
      span: near.span,
    });
    if (host)
      effects.push({
        kind: 'net',
        op: 'connect',
        host: { text: host, glob: false, span: near.span },
        scheme: 'https',
        span: near.span,
      });
  }
  if (/^(?:uninstall|remove|rm)$/.test(name))
    effects.push({
      kind: 'package',
      manager: call.name,
      op: 'remove',
      names: rest,
      source: 'registry',
      span: near.span,
    });
  if (call.name === 'direnv' && /^(?:allow|permit|grant)$/.test(name))
    effects.push(run(near, { persistent: true }));
  if (call.name === 'mise' && name === 'trust') effects.push(run(near, { persistent: true }));
  return { effects };
}

/** Tasks of the project that mise and devbox run by their names; undefined when the call has none. */
function tasksOf(call: Call, name: string, rest: readonly Word[]): Outcome | undefined {
  const isTask = name === 'run' || name === 'r' || (name === 'tasks' && rest[0]?.text === 'run');
  const words = readOptions(
    name === 'tasks' ? rest.slice(1) : rest,
    'C= cd= j= jobs= o= output= t= tool= s= shell= c= config= e= env=',
    {
      stopAtOperand: true,
    },
  ).operands;
  if (call.name === 'devbox') {
    if (name !== 'run') return undefined;
    const tasks = devboxTasks(call, words);
    return { ...tasks, runs: [...(tasks.runs ?? []), { kind: 'argv', argv: words, via: 'devbox run' }] };
  }
  if (call.name !== 'mise' && call.name !== 'rtx') return undefined;
  if (isTask) return miseTasks(call, words);
  // `mise NAME` runs a task too, as long as mise has no such command.
  const own = miseTasks(call, call.args.slice(0, 1));
  return (own.runs ?? []).length > 0 ? own : undefined;
}

/** Words before the program: `direnv exec DIR`, `nvm exec VERSION`. */
function skipped(name: string): number {
  return name === 'nvm' || name === 'asdf' ? 1 : 0;
}

export const pages: readonly Page[] = [
  definePage({
    names: namesOf(
      'pyenv rbenv nodenv goenv jenv tfenv phpenv nvm fnm n mise rtx zoxide starship atuin thefuck oh-my-posh dircolors gdircolors keychain direnv sdk luaver jabba devbox pyenv-virtualenv carapace vfox',
    ),
    about: 'version managers, prompts and completions that shells evaluate',
    read: readEnvironment,
    examples: [
      { command: 'eval "$(pyenv init -)"', effects: [] },
      { command: 'eval "$(direnv hook bash)"', effects: [] },
      { command: 'eval "$(dircolors -b)"', effects: [] },
      { command: 'mise exec -- rm -rf build', effects: [{ kind: 'file', op: 'delete', path: 'build' }] },
      {
        command: 'pyenv install 3.12',
        effects: [
          { kind: 'package', op: 'install' },
          { kind: 'net', host: 'www.python.org' },
        ],
      },
      { command: 'direnv allow', effects: [{ kind: 'run', persistent: true }] },
    ],
  }),
];
