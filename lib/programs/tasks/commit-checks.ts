/** Checks around a commit: pre-commit, lefthook, lint-staged, and the hooks that start them. */

import type { Word } from '../../types/text.ts';
import { programWord } from '../coreutils/paths.ts';
import { readOptions } from '../coreutils/spec.ts';
import { file, wordAt } from '../effects.ts';
import { type Call, definePage, NOTHING, type Outcome, type Page } from '../page.ts';
import { type Book, fileOf, runTasks, type Step } from './steps.ts';
import { readToml } from './toml.ts';
import { isTable, listOf, readJson, type Tree, tableUnder, textsOf, textUnder, under } from './tree.ts';
import { readYaml } from './yaml.ts';

const PRE_COMMIT =
  't= hook-type= c= config= repo= from-ref= to-ref= s= source= o= origin= files= color= hook-stage= remote-name= remote-url= local-branch= remote-branch= j= jobs= a all-files v verbose show-diff-on-failure';
/** Hooks of these kinds run nothing of the project on this machine. */
const HARMLESS = new Set(['pygrep', 'fail', 'docker', 'docker_image']);

/** Hooks of the repository itself, by their names. */
function localHooks(tree: Tree): ReadonlyMap<string, Tree> {
  const hooks = listOf(under(tree, 'repos'))
    .filter((repo) => textUnder(repo, 'repo') === 'local')
    .flatMap((repo) => listOf(under(repo, 'hooks')));
  return new Map(hooks.map((hook, i) => [textUnder(hook, 'id') ?? String(i), hook]));
}

function readPreCommit(call: Call): Outcome {
  const parsed = readOptions(call.args, PRE_COMMIT);
  const [verb, name] = parsed.operands;
  const near = programWord(call);
  if (verb?.text === 'install' || verb?.text === 'uninstall') {
    const type = parsed.value('t', 'hook-type')?.text ?? 'pre-commit';
    return {
      effects: [file(verb.text === 'install' ? 'write' : 'delete', wordAt(`.git/hooks/${type}`, near))],
    };
  }
  if (verb?.text !== 'run') return NOTHING;
  const found = fileOf(
    call,
    ['.pre-commit-config.yaml', '.pre-commit-config.yml', 'prek.toml'],
    parsed.value('c', 'config'),
  );
  if (found === undefined) return NOTHING;
  const { tree, whole } = found.name.endsWith('.toml') ? readToml(found.text) : readYaml(found.text);
  const hooks = localHooks(tree);
  const stage = parsed.value('hook-stage')?.text ?? 'pre-commit';
  const book: Book = {
    folder: found.folder,
    // Hooks of other repositories are not listed in the file.
    whole: whole || /\bid:/.test(found.text),
    steps: (id) => {
      const hook = hooks.get(id);
      const entry = textUnder(hook, 'entry');
      const stages = textsOf(under(hook, 'stages') ?? under(tree, 'default_stages'));
      const isDue =
        stages.length === 0 || stages.some((one) => one === stage || one === stage.replace('pre-', ''));
      if (entry === undefined || !isDue || HARMLESS.has(textUnder(hook, 'language') ?? '')) return undefined;
      return [{ code: [entry, ...textsOf(under(hook, 'args'))].join(' ') }];
    },
  };
  const asked = name === undefined ? [...hooks.keys()].map((id) => wordAt(id, near)) : [name];
  return runTasks(call, 'pre-commit', book, asked);
}

/** Steps of the commands, jobs and scripts of one of lefthook's hooks. */
function lefthookSteps(hook: Tree): readonly Step[] {
  const jobs = [...tableUnder(hook, 'commands').values(), ...listOf(under(hook, 'jobs'))];
  return jobs.flatMap((job): readonly Step[] => {
    const inner = under(job, 'group');
    const root = textUnder(job, 'root');
    return [
      ...textsOf(under(job, 'run')).map((code) => ({
        code: code.replace(/\{[^{}]*\}/g, ''),
        ...(root === undefined ? {} : { folder: root }),
      })),
      ...(isTable(inner) ? lefthookSteps(inner) : []),
    ];
  });
}

function readLefthook(call: Call): Outcome {
  const parsed = readOptions(
    call.args,
    'file= commands= jobs= exclude= tags= f force n no-tty v verbose all-files',
  );
  const [verb, name] = parsed.operands;
  const near = programWord(call);
  if (verb?.text === 'install') return { effects: [file('write', wordAt('.git/hooks/pre-commit', near))] };
  if (verb?.text === 'uninstall') return { effects: [file('delete', wordAt('.git/hooks/pre-commit', near))] };
  if (verb?.text !== 'run' || name === undefined) return NOTHING;
  const found = fileOf(call, [
    'lefthook.yml',
    '.lefthook.yml',
    'lefthook.yaml',
    '.lefthook.yaml',
    'lefthook.toml',
    'lefthook.json',
  ]);
  if (found === undefined) return NOTHING;
  const reader = found.name.endsWith('.toml') ? readToml : found.name.endsWith('.json') ? readJson : readYaml;
  const { tree, whole } = reader(found.text);
  const book: Book = {
    folder: found.folder,
    whole,
    steps: (one) => {
      const hook = under(tree, one);
      return hook === undefined ? undefined : lefthookSteps(hook);
    },
  };
  return runTasks(call, 'lefthook', book, [name]);
}

/** Every command that lint-staged would run, on whatever files. */
function readLintStaged(call: Call): Outcome {
  const parsed = readOptions(call.args, 'c= config= cwd= p= concurrent= r= relative diff= h help V version');
  if (parsed.has('h', 'help', 'V', 'version')) return NOTHING;
  const names = [
    '.lintstagedrc',
    '.lintstagedrc.json',
    '.lintstagedrc.yaml',
    '.lintstagedrc.yml',
    'package.json',
  ];
  const found = fileOf(call, names, parsed.value('c', 'config'), parsed.value('cwd'));
  if (found === undefined) return NOTHING;
  const json = readJson(found.text);
  const { tree, whole } = json.whole ? json : readYaml(found.text);
  const rules = found.name === 'package.json' ? under(tree, 'lint-staged') : tree;
  const commands = isTable(rules) ? [...rules.values()].flatMap(textsOf) : [];
  const near: Word = programWord(call);
  const book: Book = { folder: found.folder, whole, steps: () => commands.map((code) => ({ code })) };
  return commands.length === 0 ? NOTHING : runTasks(call, 'lint-staged', book, [wordAt('rules', near)]);
}

export const pages: readonly Page[] = [
  definePage({
    names: ['pre-commit', 'prek'],
    about: 'pre-commit: checks before a commit, and the hook that starts them',
    read: readPreCommit,
    examples: [
      {
        command: 'pre-commit install',
        effects: [{ kind: 'file', op: 'write', path: '.git/hooks/pre-commit' }],
      },
      {
        command: 'pre-commit uninstall',
        effects: [{ kind: 'file', op: 'delete', path: '.git/hooks/pre-commit' }],
      },
      { command: 'pre-commit run --all-files', effects: [] },
    ],
  }),
  definePage({
    names: ['lefthook'],
    about: 'lefthook: checks around git, and the hooks that start them',
    read: readLefthook,
    examples: [
      {
        command: 'lefthook install',
        effects: [{ kind: 'file', op: 'write', path: '.git/hooks/pre-commit' }],
      },
      { command: 'lefthook run pre-commit', effects: [] },
      { command: 'lefthook version', effects: [] },
    ],
  }),
  definePage({
    names: ['lint-staged'],
    about: 'lint-staged: runs commands on the files of the next commit',
    read: readLintStaged,
    examples: [
      { command: 'lint-staged', effects: [] },
      { command: 'npx --no-install lint-staged --help', effects: [] },
      { command: 'lint-staged -p false', effects: [] },
    ],
  }),
];
