/** task (go-task): the tasks of a Taskfile.yml, with its variables and the files that it includes. */

import type { Word } from '../../types/text.ts';
import { readOptions } from '../coreutils/spec.ts';
import { wordAt } from '../effects.ts';
import { type Call, definePage, NOTHING, type Outcome, type Page } from '../page.ts';
import { projectTasks } from './python-projects.ts';
import { type Book, fileOf, findHere, HOLE, runTasks, type Step } from './steps.ts';
import { isTable, listOf, type Tree, tableUnder, textsOf, textUnder, under } from './tree.ts';
import { readYaml } from './yaml.ts';

const OPTIONS =
  'd= dir= t= taskfile= o= output= C= concurrency= I= interval= sort= e= exit-code g global p parallel f force s silent w watch y yes x n dry l list a list-all j json summary status i init completion= h help version v verbose experiments offline download';
const NAMES = [
  'Taskfile.yml',
  'taskfile.yml',
  'Taskfile.yaml',
  'taskfile.yaml',
  'Taskfile.dist.yml',
  'taskfile.dist.yml',
  'Taskfile.dist.yaml',
];
const MAX_INCLUDES = 16;

type Values = ReadonlyMap<string, string | undefined>;

/** `{{.NAME}}` replaced by what is known of it. */
function fill(text: string, values: Values): string {
  return text
    .split(/(\{\{[^}]*\}\})/)
    .map((part) => {
      const name = /^\{\{-?\s*\.(\w+)\s*-?\}\}$/.exec(part)?.[1];
      return part.startsWith('{{') ? ((name === undefined ? undefined : values.get(name)) ?? HOLE) : part;
    })
    .join('');
}

/** Plain values of a table of variables over others, and the shell texts that make the rest of them. */
function withVariables(
  outer: Values,
  table: ReadonlyMap<string, Tree>,
  fixed: Values,
): { readonly values: Values; readonly codes: readonly string[] } {
  const values = new Map(outer);
  const codes: string[] = [];
  for (const [name, value] of table) {
    if (fixed.has(name)) continue;
    const code = textUnder(value, 'sh');
    if (code !== undefined) codes.push(fill(code, values));
    values.set(name, typeof value === 'string' ? fill(value, values) : undefined);
  }
  return { values, codes };
}

/** The steps of one command in a task. */
function stepsOf(command: Tree, values: Values, folder: string | undefined, space: string): readonly Step[] {
  const at = folder === undefined ? {} : { folder };
  if (typeof command === 'string') return [{ code: fill(command, values), ...at }];
  const task = textUnder(command, 'task') ?? textUnder(command, 'defer', 'task');
  if (task !== undefined) return [{ task: nameIn(space, fill(task, values)) }];
  const code = textUnder(command, 'cmd') ?? textUnder(command, 'defer');
  return code === undefined ? [] : [{ code: fill(code, values), ...at }];
}

function nameIn(space: string, task: string): string {
  return task.startsWith(':') ? task.slice(1) : space + task;
}

interface File {
  readonly tree: Tree;
  /** Directory that its tasks run in, seen from the first file's. */
  readonly folder: string | undefined;
  readonly space: string;
}

/** A file's tasks with those of the files it includes, by their whole names. */
function openFile(call: Call, tree: Tree, folder: string, whole: boolean, fixed: Values): Book {
  const files: File[] = [{ tree, folder: undefined, space: '' }];
  let isWhole = whole;
  for (let i = 0; i < files.length && files.length < MAX_INCLUDES; i++) {
    const file = files[i] as File;
    for (const [name, entry] of tableUnder(file.tree, 'includes')) {
      const path = typeof entry === 'string' ? entry : (textUnder(entry, 'taskfile') ?? '');
      const at = `${folder}/${file.folder ?? '.'}/${path}`;
      const isFolder = call.host.pathKind(at) === 'directory';
      const found = isFolder
        ? findHere(call.host, at, NAMES)
        : findHere(call.host, folder, [at.slice(folder.length + 1)]);
      if (found === undefined || files.length >= MAX_INCLUDES) continue;
      const inner = readYaml(found.text);
      isWhole &&= inner.whole;
      const space = textUnder(entry, 'flatten') === 'true' ? file.space : `${file.space}${name}:`;
      files.push({ tree: inner.tree, folder: textUnder(entry, 'dir') ?? file.folder, space });
    }
  }
  const steps = (asked: string): readonly Step[] | undefined => {
    for (const { tree: own, folder: at, space } of files) {
      if (!asked.startsWith(space)) continue;
      const name = asked.slice(space.length);
      const task = findTask(tableUnder(own, 'tasks'), name === '' ? 'default' : name);
      if (task === undefined) continue;
      const global = withVariables(new Map([...fixed, ['TASK', name]]), tableUnder(own, 'vars'), fixed);
      const local = withVariables(global.values, tableUnder(task, 'vars'), fixed);
      const dir = textUnder(task, 'dir');
      const place = dir === undefined ? at : fill(dir, local.values);
      const commands = isTable(task)
        ? [...listOf(under(task, 'cmds')), ...listOf(under(task, 'cmd'))]
        : listOf(task);
      const checks = [
        ...textsOf(under(task, 'status')),
        ...listOf(under(task, 'preconditions')).flatMap((one) =>
          typeof one === 'string' ? [one] : (textUnder(one, 'sh') ?? []),
        ),
      ];
      return [
        ...[...global.codes, ...local.codes].map((code): Step => ({ code })),
        ...listOf(under(task, 'deps')).map(
          (one): Step => ({
            task: nameIn(space, typeof one === 'string' ? one : (textUnder(one, 'task') ?? '')),
          }),
        ),
        ...checks.map((code): Step => ({ code: fill(code, local.values) })),
        ...commands.flatMap((command) => stepsOf(command, local.values, place, space)),
      ];
    }
    return undefined;
  };
  return { folder, whole: isWhole, steps };
}

/** A task by its name, one of its other names, or a pattern: `build:*`. */
function findTask(tasks: ReadonlyMap<string, Tree>, name: string): Tree | undefined {
  const plain = tasks.get(name);
  if (plain !== undefined) return plain;
  for (const [pattern, task] of tasks) {
    if (textsOf(under(task, 'aliases')).includes(name)) return task;
    const [head = '', tail] = pattern.split('*', 2);
    if (tail !== undefined && name.startsWith(head) && name.endsWith(tail)) return task;
  }
  return undefined;
}

function readTask(call: Call): Outcome {
  const parsed = readOptions(call.args, OPTIONS);
  if (
    parsed.has(
      'l',
      'list',
      'a',
      'list-all',
      'n',
      'dry',
      'summary',
      'i',
      'init',
      'h',
      'help',
      'version',
      'status',
    )
  )
    return NOTHING;
  const dashes = call.args.findIndex((word) => word.text === '--');
  const behind = dashes < 0 ? [] : call.args.slice(dashes + 1);
  const operands =
    dashes < 0 ? parsed.operands : parsed.operands.slice(0, parsed.operands.length - behind.length);
  const fixed = new Map<string, string | undefined>([
    [
      'CLI_ARGS',
      behind.some((word) => word.text === undefined) ? undefined : behind.map((word) => word.text).join(' '),
    ],
  ]);
  const asked: Word[] = [];
  for (const word of operands) {
    const pair = /^(\w+)=([\s\S]*)$/.exec(word.text ?? '');
    if (pair) fixed.set(pair[1] as string, pair[2] as string);
    else asked.push(word);
  }
  const found = fileOf(call, NAMES, parsed.value('t', 'taskfile'), parsed.value('d', 'dir'));
  // The program of taskipy has the same name.
  if (found === undefined) return projectTasks(call, 'taskipy', asked.slice(0, 1), asked.slice(1));
  const { tree, whole } = readYaml(found.text);
  const [near] = call.invocation.argv;
  const first = asked.length > 0 || near === undefined ? asked : [wordAt('default', near)];
  return runTasks(call, call.name, openFile(call, tree, found.folder, whole, fixed), first);
}

export const pages: readonly Page[] = [
  definePage({
    names: ['task', 'go-task'],
    about: 'task: runs the tasks of a Taskfile.yml',
    read: readTask,
    examples: [
      { command: 'task --list', effects: [] },
      { command: 'task build -- --fast', effects: [] },
      { command: 'task -d sub test A=1', effects: [] },
    ],
  }),
];
