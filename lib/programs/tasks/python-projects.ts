/** Tasks of pyproject.toml and pixi.toml: poe, pdm, hatch, rye, taskipy, pixi. Which of their commands run tasks is said where those programs are. */

import type { Word } from '../../types/text.ts';
import { readOptions } from '../coreutils/spec.ts';
import { type Call, definePage, NOTHING, type Outcome, type Page } from '../page.ts';
import { type Book, fileOf, runTasks, type Step } from './steps.ts';
import { readToml } from './toml.ts';
import { isTable, listOf, type Tree, tableUnder, textsOf, textUnder, under } from './tree.ts';

/** How a project's manager keeps its tasks. */
interface Manner {
  readonly files: readonly string[];
  /** Where the tables of tasks are; `*` stands for every key. */
  readonly tables: readonly string[];
  readonly steps: (task: Tree, has: (name: string) => boolean) => readonly Step[];
}

/** A command that may be the name of another task. */
function commandOrTask(text: string, has: (name: string) => boolean): Step {
  const name = text.replace(/^-\s+/, '').trim();
  return has(name) ? { task: name } : { code: name };
}

function inFolder(steps: readonly Step[], folder: string | undefined): readonly Step[] {
  return folder === undefined ? steps : steps.map((step) => ('task' in step ? step : { ...step, folder }));
}

/** The usual keys: `cmd` as text or words, `shell`, `composite`, `chain`, `sequence`, `ref`, `depends-on`. */
function usualSteps(task: Tree, has: (name: string) => boolean): readonly Step[] {
  if (typeof task === 'string') return [{ code: task }];
  if (!isTable(task))
    return task.flatMap((one) =>
      typeof one === 'string' ? [has(one) ? { task: one } : { code: one }] : usualSteps(one, has),
    );
  const words = under(task, 'cmd');
  const lang = /^python/.test(textsOf(under(task, 'interpreter'))[0] ?? '')
    ? { lang: 'python' as const }
    : {};
  const needs = ['deps', 'depends-on', 'depends_on', 'uses'].flatMap((key) => {
    const value = under(task, key);
    return isTable(value) ? [...value.values()] : listOf(value);
  });
  const before = needs.flatMap((one): readonly Step[] => {
    const name = typeof one === 'string' ? one : textUnder(one, 'task');
    return name === undefined ? [] : [{ task: name.split(/\s/, 1)[0] as string }];
  });
  const own: Step[] = [
    ...(typeof words === 'string'
      ? [{ code: words }]
      : textsOf(words).length > 0
        ? [{ argv: textsOf(words) }]
        : []),
    ...textsOf(under(task, 'shell')).map((code) => ({ code, ...lang })),
    ...textsOf(under(task, 'ref')).map((name) => ({ task: name.split(/\s/, 1)[0] as string })),
    ...['composite', 'chain', 'sequence', 'parallel'].flatMap((key) =>
      listOf(under(task, key)).flatMap((one): readonly Step[] =>
        typeof one === 'string' ? [commandOrTask(one, has)] : usualSteps(one, has),
      ),
    ),
  ];
  return [...before, ...inFolder(own, textUnder(task, 'cwd') ?? textUnder(task, 'working_dir'))];
}

const HATCH: Manner = {
  files: ['pyproject.toml', 'hatch.toml'],
  tables: ['tool.hatch.envs.*.scripts', 'envs.*.scripts'],
  steps: (task, has) => textsOf(task).map((text) => commandOrTask(text.replace(/\{args[^}]*\}/g, ''), has)),
};
const MANNERS = {
  poe: {
    files: ['poe_tasks.toml', 'pyproject.toml'],
    tables: ['tool.poe.tasks', 'tasks'],
    steps: usualSteps,
  },
  pdm: { files: ['pyproject.toml'], tables: ['tool.pdm.scripts'], steps: usualSteps },
  hatch: HATCH,
  rye: { files: ['pyproject.toml'], tables: ['tool.rye.scripts'], steps: usualSteps },
  taskipy: { files: ['pyproject.toml'], tables: ['tool.taskipy.tasks'], steps: usualSteps },
  pixi: {
    files: ['pixi.toml', 'pyproject.toml'],
    tables: ['tasks', 'tool.pixi.tasks', 'feature.*.tasks', 'tool.pixi.feature.*.tasks'],
    steps: usualSteps,
  },
} as const satisfies Readonly<Record<string, Manner>>;

/** All tables at a path in which `*` stands for every key. */
function tablesAt(tree: Tree, path: string): readonly ReadonlyMap<string, Tree>[] {
  let found: readonly (Tree | undefined)[] = [tree];
  for (const key of path.split('.'))
    found = found.flatMap((one) => (key === '*' ? [...tableUnder(one).values()] : [under(one, key)]));
  return found.filter(isTable);
}

/**
 * What tasks of a project run; nothing when it has none of that name.
 *
 * @param kind whose tasks
 * @param asked names, the last one's steps with `args` behind them
 */
export function projectTasks(
  call: Call,
  kind: keyof typeof MANNERS,
  asked: readonly Word[],
  args: readonly Word[] = [],
  folder?: Word,
): Outcome {
  const manner: Manner = MANNERS[kind];
  const found = fileOf(call, manner.files, undefined, folder);
  if (found === undefined) return NOTHING;
  const { tree, whole } = readToml(found.text);
  const tasks = new Map(manner.tables.flatMap((path) => tablesAt(tree, path).flatMap((table) => [...table])));
  const has = (name: string): boolean => tasks.has(name);
  const book: Book = {
    folder: found.folder,
    // A name that is no task is a program for most of them.
    whole: whole || tasks.size === 0,
    steps: (name) => {
      const task = tasks.get(name);
      if (task === undefined) return undefined;
      const around = ['pre_', 'post_'].map((prefix) => tasks.get(prefix + name));
      return [around[0], task, around[1]].flatMap((one) => (one === undefined ? [] : manner.steps(one, has)));
    },
  };
  return runTasks(call, kind, book, asked, args);
}

function readPoe(call: Call): Outcome {
  const parsed = readOptions(
    call.args,
    'C= directory= root= e= executor= X= executor-opt= h help v q d dry-run',
    {
      stopAtOperand: true,
    },
  );
  if (parsed.has('h', 'help', 'd', 'dry-run', 'version')) return NOTHING;
  const [name, ...args] = parsed.operands;
  const folder = parsed.value('C', 'directory', 'root');
  return name ? projectTasks(call, 'poe', [name], args, folder) : NOTHING;
}

export const pages: readonly Page[] = [
  definePage({
    names: ['poe', 'poethepoet'],
    about: 'poe: runs the tasks of pyproject.toml',
    read: readPoe,
    examples: [
      { command: 'poe --help', effects: [] },
      { command: 'poe test -q', effects: [] },
      { command: 'poe', effects: [] },
    ],
  }),
];
