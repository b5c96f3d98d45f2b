/** Reads what stands before a git command: global options and GIT_* variables. Knows no command. */

import { posix } from 'node:path';
import type { Effect } from '../../types/effect.ts';
import type { Nested } from '../../types/invocation.ts';
import type { Word } from '../../types/text.ts';
import { file, joinWord, opaque, wordAt } from '../effects.ts';
import { knownStart, partOf } from '../options.ts';
import type { Call } from '../page.ts';
import { type GitCall, gitEffect, listOf, normalKey, unknownAt } from './call.ts';
import {
  CODE_VARIABLES,
  COMMON_CODE_VARIABLES,
  HOOK_SWITCHES,
  isCodePlace,
  runsOfSetting,
} from './settings.ts';

/** What is known before the command itself is read. */
export interface Start {
  /** Undefined when there is no command or its name is not known. */
  readonly git: GitCall | undefined;
  /** Index of the command among the arguments. */
  readonly index: number;
  readonly effects: readonly Effect[];
  readonly runs: readonly Nested[];
}

/** Global options that take the next word. Git accepts no abbreviations and no clusters here. */
const WITH_VALUE = new Set(
  listOf(`
      -C -c --git-dir --work-tree --namespace --super-prefix --config-env --attr-source`),
);

/** Global options after which no command follows. */
const ANSWERS = new Set(listOf('--version -v --help -h --html-path --man-path --info-path'));

type Settings = GitCall['settings'];

interface Global {
  readonly name: string;
  readonly value: Word | undefined;
}

/** Reads the start of `git …`; a program called `git-push` is the command itself. */
export function readStart(call: Call): Start {
  const own = call.name.startsWith('git-') ? call.name.slice('git-'.length) : undefined;
  const { globals, index } = own === undefined ? readGlobals(call.args) : { globals: [], index: -1 };
  const word = own === undefined ? call.args[index] : call.invocation.argv[0];

  const effects: Effect[] = [];
  const runs: Nested[] = [];
  const settings = readSettings(call, globals, effects);
  for (const [key, value] of pairsOf(settings)) runs.push(...runsOfSetting(key, value));
  readVariables(call, effects, runs);
  const execPath = globals.find(({ name, value }) => name === '--exec-path' && value);
  if (execPath?.value)
    effects.push(opaque(execPath.value, 'git takes its own programs from another directory'));

  const command = own ?? word?.text;
  if (word === undefined || ANSWERS.has(command ?? '')) return { git: undefined, index, effects, runs };
  if (command === undefined) {
    effects.push(opaque(word, 'the git command is known only when it runs'));
    return { git: undefined, index, effects, runs };
  }
  const git = {
    call,
    command,
    word,
    args: call.args.slice(index + 1),
    settings,
    skipsHooks: skipsHooks(call, settings),
    ...readPlace(call, globals, settings),
  };
  for (const [key, value] of pairsOf(settings)) {
    if (isCodePlace(key)) effects.push(gitEffect(git, 'config', { key, value }));
    if (key === 'include.path') effects.push(opaque(value, 'git takes its settings from another file'));
  }
  return { git, index, effects, runs };
}

function pairsOf(settings: Settings): readonly (readonly [string, Word])[] {
  return [...settings].flatMap(([key, values]) =>
    values.map((value): readonly [string, Word] => [key, value]),
  );
}

function readGlobals(args: readonly Word[]): { readonly globals: readonly Global[]; readonly index: number } {
  const globals: Global[] = [];
  let index = 0;
  for (; index < args.length; index++) {
    const word = args[index] as Word;
    const start = knownStart(word);
    if (!start.startsWith('-') || ANSWERS.has(start)) break;
    const equals = start.startsWith('--') ? start.indexOf('=') : -1;
    if (equals > 0) globals.push({ name: start.slice(0, equals), value: partOf(word, equals + 1) });
    else if (WITH_VALUE.has(start)) globals.push({ name: start, value: args[++index] });
    else globals.push({ name: start, value: undefined });
  }
  return { globals, index };
}

/** Settings of `-c`, `--config-env` and the environment; those on the command line win. */
function readSettings(call: Call, globals: readonly Global[], effects: Effect[]): Settings {
  const settings = new Map<string, readonly Word[]>();
  const add = (written: string, value: Word): void => {
    const key = normalKey(written);
    settings.set(key, [...(settings.get(key) ?? []), value]);
  };
  const variables = new Map(call.invocation.assignments.map(({ name, value }) => [name, value]));

  for (const [name, key] of variables) {
    const number = /^GIT_CONFIG_KEY_(\d+)$/.exec(name)?.[1];
    if (number === undefined) continue;
    if (key.text === undefined) effects.push(opaque(key, 'the git setting is known only when it runs'));
    else add(key.text, variables.get(`GIT_CONFIG_VALUE_${number}`) ?? unknownAt(key));
  }
  const parameters = variables.get('GIT_CONFIG_PARAMETERS');
  if (parameters && parameters.text === undefined)
    effects.push(opaque(parameters, 'the git settings are known only when it runs'));
  for (const [, key = '', value] of parameters?.text?.matchAll(/'([^'=]*)'?=(?:')?([^']*)'/g) ?? [])
    add(key, wordAt(value ?? '', parameters as Word));

  for (const { name, value } of globals) {
    if (value === undefined || (name !== '-c' && name !== '--config-env')) continue;
    const start = knownStart(value);
    const equals = start.indexOf('=');
    if (equals < 0 && value.text === undefined)
      effects.push(opaque(value, 'the git setting is known only when it runs'));
    else if (name === '-c')
      add(
        equals < 0 ? start : start.slice(0, equals),
        equals < 0 ? wordAt('true', value) : partOf(value, equals + 1),
      );
    else add(start.slice(0, equals), variables.get(start.slice(equals + 1)) ?? unknownAt(value));
  }
  return settings;
}

/** Variables that hold code, name other settings or make git write a trace. */
function readVariables(call: Call, effects: Effect[], runs: Nested[]): void {
  for (const { name, value } of call.invocation.assignments) {
    const isPlain = value.text !== undefined && /^[\w.+-]*$/.test(value.text);
    if ((CODE_VARIABLES.has(name) && value.text !== '') || (COMMON_CODE_VARIABLES.has(name) && !isPlain))
      runs.push({ kind: 'code', lang: 'sh', code: value, via: `git ${name}` });
    else if (/^GIT_CONFIG(_GLOBAL|_SYSTEM)?$/.test(name) && !['', '/dev/null'].includes(value.text ?? '?'))
      effects.push(opaque(value, 'git takes its settings from another file'));
    else if (name === 'GIT_EXEC_PATH')
      effects.push(opaque(value, 'git takes its own programs from another directory'));
    else if (name === 'GIT_TEMPLATE_DIR')
      effects.push({ kind: 'git', op: 'config', key: 'init.templatedir', value, span: value.span });
    else if (/^GIT_(TRACE|TR2)/.test(name) && knownStart(value).startsWith('/'))
      effects.push(file('append', value));
  }
}

function skipsHooks(call: Call, settings: Settings): boolean {
  if (settings.has('core.hookspath')) return true;
  return call.invocation.assignments.some(
    ({ name, value }) => HOOK_SWITCHES.get(name)?.test(value.text ?? '') ?? false,
  );
}

function readPlace(
  call: Call,
  globals: readonly Global[],
  settings: Settings,
): Pick<GitCall, 'chdir' | 'repo' | 'repository' | 'workTree'> {
  const chdirs = globals.flatMap(({ name, value }) => (name === '-C' && value ? [value] : []));
  const chdir = chdirs.reduce<Word | undefined>(
    (base, next) => (base ? joinWord(base, next) : next),
    undefined,
  );
  const given = (option: string, variable: string): Word | undefined =>
    globals.findLast(({ name }) => name === option)?.value ??
    call.invocation.assignments.findLast(({ name }) => name === variable)?.value;
  const gitDir = given('--git-dir', 'GIT_DIR');
  const repo = gitDir ? repositoryOf(gitDir, chdir) : chdir;
  const { cwd } = call.invocation;
  const directory = repo ? joinWord(cwd, repo).text : cwd.text;
  const repository = directory === undefined ? undefined : call.host.repository(posix.normalize(directory));
  const tree = given('--work-tree', 'GIT_WORK_TREE') ?? settings.get('core.worktree')?.at(-1);
  const written = tree && chdir ? joinWord(chdir, tree) : tree;
  const absolute = written && joinWord(cwd, written).text;
  const own = repository?.root ?? cwd.text;
  const isOwn = absolute !== undefined && own !== undefined && posix.relative(own, absolute) === '';
  return { chdir, repo, repository, workTree: isOwn ? undefined : written };
}

/** The directory that a git directory belongs to: the one above `.git`, or itself when it is bare. */
function repositoryOf(gitDir: Word, chdir: Word | undefined): Word | undefined {
  if (gitDir.text === undefined || !/(^|\/)\.git\/*$/.test(gitDir.text))
    return chdir ? joinWord(chdir, gitDir) : gitDir;
  const above = gitDir.text.replace(/\/*\.git\/*$/, '');
  if (above === '') return gitDir.text.startsWith('/') ? { ...gitDir, text: '/' } : chdir;
  return chdir ? joinWord(chdir, { ...gitDir, text: above }) : { ...gitDir, text: above };
}
