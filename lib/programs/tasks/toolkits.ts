/** Tasks of tools that do other things too: mise, cargo-make, devbox, foreman and its kin. */

import { posix } from 'node:path';
import type { Word } from '../../types/text.ts';
import { programWord } from '../coreutils/paths.ts';
import { readOptions } from '../coreutils/spec.ts';
import { wordAt } from '../effects.ts';
import { type Call, definePage, NOTHING, type Outcome, type Page } from '../page.ts';
import { type Book, fileOf, folderOf, runTasks, type Step } from './steps.ts';
import { readToml } from './toml.ts';
import { listOf, readJson, type Tree, tableUnder, textsOf, textUnder, under } from './tree.ts';

/** Names of tasks that others are: texts, the first word of each, or tables that name one. */
function namesIn(tree: Tree | undefined, key: string): readonly Step[] {
  return listOf(tree).flatMap((one): readonly Step[] => {
    const name = typeof one === 'string' ? one.split(/\s/, 1)[0] : textUnder(one, key);
    return name === undefined ? [] : [{ task: name }];
  });
}

const MISE_FILES = [
  'mise.toml',
  '.mise.toml',
  'mise.local.toml',
  'mise/config.toml',
  '.config/mise.toml',
  '.config/mise/config.toml',
  'mise.tasks.toml',
];
const MISE_FOLDERS = ['mise-tasks', '.mise-tasks', 'mise/tasks', '.mise/tasks', '.config/mise/tasks'];

function miseSteps(task: Tree): readonly Step[] {
  const inner = {
    ...(textUnder(task, 'dir') === undefined ? {} : { folder: textUnder(task, 'dir') as string }),
  };
  const script = textUnder(task, 'file');
  const run = typeof task === 'string' || Array.isArray(task) ? task : under(task, 'run');
  return [
    ...namesIn(under(task, 'depends'), 'task'),
    ...listOf(run).flatMap((one): readonly Step[] =>
      typeof one === 'string'
        ? [{ code: one, ...inner }]
        : [...namesIn(under(one, 'task'), 'task'), ...namesIn(under(one, 'tasks'), 'task')],
    ),
    ...(script === undefined ? [] : [{ script }]),
    ...namesIn(under(task, 'depends_post'), 'task'),
  ];
}

/**
 * What `mise run` of tasks does; nothing when no file has them.
 *
 * @param words names and their arguments, several tasks parted by `:::`
 */
export function miseTasks(call: Call, words: readonly Word[]): Outcome {
  const found = fileOf(call, MISE_FILES);
  const start = found?.folder ?? folderOf(call);
  if (start === undefined || call.invocation.place !== undefined) return NOTHING;
  // The settings may lie in a folder of their own inside the project.
  const folder = start.replace(/\/(?:\.config|\.?mise)(?:\/mise)?$/, '');
  const { tree, whole } = found === undefined ? { tree: '', whole: true } : readToml(found.text);
  const own = tableUnder(tree, 'tasks');
  const tasks = found?.name.endsWith('tasks.toml') ? tableUnder(tree) : own;
  const book: Book = {
    folder,
    whole,
    steps: (name) => {
      const task =
        tasks.get(name) ?? [...tasks.values()].find((one) => textsOf(under(one, 'alias')).includes(name));
      if (task !== undefined) return miseSteps(task);
      const script = MISE_FOLDERS.map((one) => `${folder}/${one}/${name.replaceAll(':', '/')}`).find(
        (path) => call.host.pathKind(path) === 'file',
      );
      return script === undefined ? undefined : [{ script }];
    },
  };
  const asked: Word[] = [];
  let args: Word[] = [];
  for (const word of words) {
    if (word.text === ':::') args = [];
    else if (args.length === 0 && (asked.length === 0 || words[words.indexOf(word) - 1]?.text === ':::'))
      asked.push(word);
    else args.push(word);
  }
  return runTasks(
    call,
    'mise',
    book,
    asked,
    args.filter((word) => word.text !== '--'),
  );
}

/** What `devbox run` does with a script of devbox.json; nothing when it has none of that name. */
export function devboxTasks(call: Call, words: readonly Word[]): Outcome {
  const parsed = readOptions(call.args, 'c= config= e= env= env-file= environment=');
  const found = fileOf(call, ['devbox.json'], parsed.value('c', 'config'));
  const [name, ...args] = words;
  if (found === undefined || name === undefined) return NOTHING;
  const { tree, whole } = readJson(found.text);
  const hooks = textsOf(under(tree, 'shell', 'init_hook')).map((code): Step => ({ code }));
  const scripts = tableUnder(tree, 'shell', 'scripts');
  const book: Book = {
    folder: found.folder,
    whole,
    steps: (one) => {
      const script = scripts.get(one);
      return script === undefined ? hooks : [...hooks, ...textsOf(script).map((code) => ({ code }))];
    },
  };
  return runTasks(call, 'devbox', book, [name], args);
}

const SCRIPT_LANGS: readonly (readonly [RegExp, 'python' | 'ruby'])[] = [
  [/python/, 'python'],
  [/ruby/, 'ruby'],
];

function cargoMakeSteps(task: Tree): readonly Step[] {
  const cwd = textUnder(task, 'cwd');
  const inner = cwd === undefined ? {} : { folder: cwd };
  const command = textUnder(task, 'command');
  const script = under(task, 'script');
  const file = textUnder(script, 'file');
  const runner = textUnder(task, 'script_runner') ?? '';
  const lang = SCRIPT_LANGS.find(([pattern]) => pattern.test(runner))?.[1];
  const texts = textsOf(script);
  const alias = textUnder(task, 'alias');
  return [
    ...namesIn(under(task, 'dependencies'), 'name'),
    ...(alias === undefined ? [] : [{ task: alias }]),
    ...(command === undefined ? [] : [{ argv: [command, ...textsOf(under(task, 'args'))], ...inner }]),
    ...(texts.length === 0 ? [] : [{ code: texts.join('\n'), ...inner, ...(lang ? { lang } : {}) }]),
    ...(file === undefined ? [] : [{ script: file }]),
    ...listOf(under(task, 'run_task')).flatMap((one) =>
      typeof one === 'string' ? [{ task: one }] : namesIn(under(one, 'name'), 'name'),
    ),
  ];
}

function readCargoMake(call: Call): Outcome {
  const args = call.args[0]?.text === 'make' ? call.args.slice(1) : call.args;
  const parsed = readOptions(
    args,
    'makefile= t= task= p= profile= cwd= l= loglevel= e= env= env-file= output-format= output-file= h help V version list-all-steps list-category-steps= print-steps diff-steps v no-workspace',
    { stopAtOperand: true },
  );
  if (parsed.has('h', 'help', 'V', 'version', 'list-all-steps', 'print-steps', 'diff-steps')) return NOTHING;
  const found = fileOf(call, ['Makefile.toml'], parsed.value('makefile'), parsed.value('cwd'));
  if (found === undefined) return NOTHING;
  const { tree, whole } = readToml(found.text);
  const tasks = tableUnder(tree, 'tasks');
  const book: Book = {
    folder: found.folder,
    whole,
    steps: (name) => {
      const task = tasks.get(name);
      return task === undefined ? undefined : cargoMakeSteps(task);
    },
  };
  const [name] = parsed.operands;
  const asked = parsed.value('t', 'task') ?? name ?? wordAt('default', programWord(call));
  return runTasks(call, 'cargo make', book, [asked]);
}

/** `foreman start web`: the lines of a Procfile. */
function readProcfile(call: Call): Outcome {
  const parsed = readOptions(
    call.args,
    'f= procfile= d= root= e= env= m= formation= c= concurrency= p= port= l= processes= x= t= timeout= T= s= socket= W P h help v version D daemonize a= any-can-die= r= auto-restart= N no-port',
    { stopAtOperand: true },
  );
  if (parsed.has('h', 'help', 'version')) return NOTHING;
  const [verb, ...rest] = parsed.operands;
  if (verb?.text === 'run') {
    const argv = readOptions(rest, 'f= e= d= p=', { stopAtOperand: true }).operands;
    return argv.length > 0
      ? { effects: [], runs: [{ kind: 'argv', argv, via: `${call.name} run` }] }
      : NOTHING;
  }
  const isStart = call.name === 'hivemind' || verb === undefined || /^(?:start|s)$/.test(verb.text ?? '');
  if (!isStart || (verb === undefined && call.name !== 'hivemind')) return NOTHING;
  const inner = readOptions(
    call.name === 'hivemind' ? call.args : rest,
    'f= procfile= d= root= e= env= m= formation= c= concurrency= p= port= l= processes= x= t= s= a= r=',
  );
  const found = fileOf(
    call,
    ['Procfile', 'Procfile.dev'],
    parsed.value('f', 'procfile') ?? inner.value('f', 'procfile'),
  );
  if (found === undefined) return NOTHING;
  const lines = new Map(
    [...found.text.matchAll(/^([\w-]+):[ \t]*(.+)$/gm)].map((match) => [
      match[1] as string,
      match[2] as string,
    ]),
  );
  const near = programWord(call);
  const chosen = [
    ...inner.operands,
    ...[
      ...parsed.values('l', 'processes', 'm', 'formation'),
      ...inner.values('l', 'processes', 'm', 'formation'),
    ].flatMap((word) =>
      word.text === undefined
        ? []
        : word.text.split(',').map((name) => wordAt(name.replace(/=.*$/, ''), word)),
    ),
  ].filter((word) => word.text !== 'all');
  const asked = chosen.length > 0 ? chosen : [...lines.keys()].map((name) => wordAt(name, near));
  const book: Book = {
    folder: posix.normalize(found.folder),
    whole: true,
    steps: (name) => (lines.has(name) ? [{ code: lines.get(name) as string }] : undefined),
  };
  return runTasks(call, call.name, book, asked);
}

export const pages: readonly Page[] = [
  definePage({
    names: ['cargo-make', 'makers'],
    about: 'cargo-make: runs the tasks of Makefile.toml',
    read: readCargoMake,
    examples: [
      { command: 'makers --list-all-steps', effects: [] },
      { command: 'cargo-make make build', effects: [] },
      { command: 'makers', effects: [] },
    ],
  }),
  definePage({
    names: ['foreman', 'honcho', 'overmind', 'hivemind', 'goreman', 'forego'],
    about: 'start the programs of a Procfile',
    read: readProcfile,
    examples: [
      { command: 'foreman run rm -rf build', effects: [{ kind: 'file', op: 'delete', path: 'build' }] },
      { command: 'honcho start web', effects: [] },
      { command: 'overmind connect web', effects: [] },
    ],
  }),
];
