/** Task runners whose files are code, opened as far as it takes little: gulp, grunt, jake, zx, doit, ninja, run-parts. */

import type { Language, Nested } from '../../types/invocation.ts';
import type { Word } from '../../types/text.ts';
import { absolutePath, programWord } from '../coreutils/paths.ts';
import { readOptions } from '../coreutils/spec.ts';
import { wordAt } from '../effects.ts';
import { type Call, definePage, NOTHING, type Outcome, type Page } from '../page.ts';
import { byNames } from '../verbs.ts';

const MAX_BYTES = 1 << 20;
const MAX_LINES = 500;
const MAX_ENTRIES = 200;

interface Tasks {
  readonly options: string;
  /** Options that name the file or its directory. */
  readonly file: readonly string[];
  readonly names: readonly string[];
  readonly lang: Language;
}

const TASKS = byNames<Tasks>({
  gulp: {
    options: 'f= gulpfile= cwd= tasks T version v',
    file: ['f', 'gulpfile'],
    names: ['gulpfile.js', 'gulpfile.mjs', 'gulpfile.cjs', 'gulpfile.ts', 'gulpfile.js/index.js'],
    lang: 'javascript',
  },
  grunt: {
    options: 'gruntfile= base= b= version V',
    file: ['gruntfile'],
    names: ['Gruntfile.js', 'gruntfile.js', 'Gruntfile.cjs', 'Gruntfile.ts'],
    lang: 'javascript',
  },
  jake: {
    options: 'f= jakefile= C= version V',
    file: ['f', 'jakefile'],
    names: ['Jakefile', 'Jakefile.js', 'jakefile.js'],
    lang: 'javascript',
  },
});

function readTasks(call: Call): Outcome {
  const tasks = TASKS.get(call.name) as Tasks;
  const parsed = readOptions(call.args, tasks.options);
  if (parsed.has('version', 'v', 'V', 'help', 'h', 'tasks', 'T')) return NOTHING;
  const near = programWord(call);
  const written = parsed.value(...tasks.file);
  const files = written ? [written] : tasks.names.map((name) => wordAt(name, near));
  const runs = files.map((path): Nested => ({ kind: 'file', lang: tasks.lang, path, via: call.name }));
  return { effects: [], runs };
}

/** `zx FILE` and `zx -e CODE`: JavaScript in which `$` runs shell text. */
function readZx(call: Call): Outcome {
  const parsed = readOptions(
    call.args,
    'e= eval= shell= prefix= postfix= cwd= ext= registry= quiet verbose version',
    {
      stopAtOperand: true,
    },
  );
  const codes = parsed.values('e', 'eval');
  const [path, ...args] = parsed.operands;
  const runs: readonly Nested[] =
    codes.length > 0
      ? codes.map((code) => ({ kind: 'code', lang: 'javascript', code, via: 'zx -e' }))
      : path
        ? [{ kind: 'file', lang: 'javascript', path, via: 'zx', args }]
        : [];
  return { effects: [], runs };
}

/** Text of the file that a runner takes its tasks from. */
function textOf(call: Call, written: Word | undefined, name: string): string | undefined {
  const path = absolutePath(call, written ?? wordAt(name, programWord(call)));
  return path === undefined ? undefined : call.host.readFile(path, MAX_BYTES);
}

function shellRuns(call: Call, lines: readonly string[]): Outcome {
  const near = programWord(call);
  return {
    effects: [],
    runs: lines
      .slice(0, MAX_LINES)
      .map((line) => ({ kind: 'code', lang: 'sh', code: wordAt(line, near), via: call.name })),
  };
}

/** doit: the texts in the `actions` of dodo.py are shell lines. */
function readDoit(call: Call): Outcome {
  const parsed = readOptions(call.args, 'f= file= d= dir= n= process= version');
  if (/^(?:list|info|help|clean|forget|tabcompletion|dumpdb|strace)$/.test(parsed.operands[0]?.text ?? ''))
    return NOTHING;
  const text = textOf(call, parsed.value('f', 'file'), 'dodo.py') ?? '';
  const lists = [...text.matchAll(/["']actions["']\s*:\s*[[(]([^\])]{0,4000})[\])]/g)].map(
    ([, inner = '']) => inner,
  );
  const lines = lists.flatMap((inner) =>
    [...inner.matchAll(/"((?:[^"\\\n]|\\.)*)"|'((?:[^'\\\n]|\\.)*)'/g)].map(([, double, single]) =>
      (double ?? single ?? '').replace(/\\(["'\\])/g, '$1'),
    ),
  );
  return shellRuns(call, lines);
}

/** ninja: command lines that are written out. Those with variables are what a generator made of known steps. */
function readNinja(call: Call): Outcome {
  const parsed = readOptions(call.args, 'f= C= j= l= k= t= d= w= n v version');
  if (parsed.has('n', 't', 'version')) return NOTHING;
  const folder = parsed.value('C');
  const file = parsed.value('f') ?? wordAt('build.ninja', programWord(call));
  const path = folder?.text === undefined ? file : { ...file, text: `${folder.text}/${file.text ?? ''}` };
  const text = textOf(call, path, 'build.ninja') ?? '';
  const lines = [...text.matchAll(/^[ \t]+command[ \t]*=[ \t]*([^$\n]+)$/gm)].map(([, line = '']) => line);
  const { effects, runs } = shellRuns(call, [...new Set(lines)]);
  return { effects, runs: (runs ?? []).map((run) => (folder ? { ...run, cwd: folder } : run)) };
}

/** run-parts starts every program of a directory. */
function readRunParts(call: Call): Outcome {
  const parsed = readOptions(
    call.args,
    'a= arg= u= umask= regex= test list report verbose v exit-on-error reverse',
  );
  const [folder] = parsed.operands;
  if (!folder || parsed.has('test', 'list')) return NOTHING;
  const path = absolutePath(call, folder);
  const names = path === undefined ? [] : (call.host.readDirectory(path) ?? []);
  return {
    effects: [],
    runs: names.slice(0, MAX_ENTRIES).map((name) => ({
      kind: 'argv',
      argv: [wordAt(`${path}/${name}`, folder), ...parsed.values('a', 'arg')],
      via: 'run-parts',
    })),
  };
}

export const pages: readonly Page[] = [
  definePage({
    names: [...TASKS.keys()],
    about: 'gulp, grunt and jake: tasks written in JavaScript',
    read: readTasks,
    examples: [
      { command: 'gulp build', effects: [] },
      { command: 'grunt --version', effects: [] },
      { command: 'jake -T', effects: [] },
    ],
  }),
  definePage({
    names: ['zx'],
    about: 'zx: JavaScript that runs shell text',
    read: readZx,
    examples: [
      { command: "zx -e '$`rm -rf build`'", effects: [{ kind: 'file', op: 'delete', path: 'build' }] },
      { command: 'zx script.mjs', effects: [] },
      { command: 'zx --version', effects: [] },
    ],
  }),
  definePage({
    names: ['doit'],
    about: 'doit: tasks of dodo.py',
    read: readDoit,
    examples: [
      { command: 'doit list', effects: [] },
      { command: 'doit build', effects: [] },
      { command: 'doit --version', effects: [] },
    ],
  }),
  definePage({
    names: ['ninja', 'samu'],
    about: 'ninja: builds by command lines that something else wrote',
    read: readNinja,
    examples: [
      { command: 'ninja -C build', effects: [] },
      { command: 'ninja -t clean', effects: [] },
      { command: 'ninja -n', effects: [] },
    ],
  }),
  definePage({
    names: ['run-parts'],
    about: 'run-parts: starts every program of a directory',
    read: readRunParts,
    examples: [
      { command: 'run-parts --test hooks', effects: [] },
      { command: 'run-parts hooks', effects: [] },
      { command: 'run-parts --list hooks', effects: [] },
    ],
  }),
];
