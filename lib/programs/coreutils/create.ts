/** Programs that make files or write their input to them: mkdir, touch, mktemp, tee, dd. */

import { Buffer } from 'node:buffer';
import type { Effect } from '../../types/effect.ts';
import type { Word } from '../../types/text.ts';
import { file, joinWord, wordAt } from '../effects.ts';
import { knownStart, partOf } from '../options.ts';
import { type Call, definePage, NOTHING, type Outcome, type Page } from '../page.ts';
import { isStream, programWord, readsOf, writesOf } from './paths.ts';
import { asksForHelp, readOptions } from './spec.ts';

function readMkdir(call: Call): Outcome {
  const parsed = readOptions(call.args, 'm= mode= p parents v verbose Z context? help version');
  if (asksForHelp(parsed)) return NOTHING;
  const mode = parsed.value('m', 'mode')?.text;
  const paths = call.name === 'mknod' ? parsed.operands.slice(0, 1) : parsed.operands;
  return { effects: paths.map((path) => file('create', path, mode === undefined ? {} : { mode })) };
}

function readTouch(call: Call): Outcome {
  const parsed = readOptions(
    call.args,
    'a A= c no-create d= date= f h no-dereference m r= reference= t= time= help version',
  );
  if (asksForHelp(parsed) || parsed.has('c', 'no-create')) return NOTHING;
  return { effects: parsed.operands.filter((path) => !isStream(path)).map((path) => file('create', path)) };
}

function readMktemp(call: Call): Outcome {
  const parsed = readOptions(call.args, 'd directory u dry-run q quiet suffix= p= tmpdir? t help version');
  if (asksForHelp(parsed)) return NOTHING;
  const near = programWord(call);
  const set = call.invocation.assignments.findLast(({ name }) => name === 'TMPDIR')?.value;
  const usual = set ?? wordAt(call.host.temporary[0] ?? '/tmp', near);
  const template = parsed.operands[0];
  const named = parsed.value('p', 'tmpdir') ?? (parsed.has('p', 'tmpdir', 't') ? usual : undefined);
  const directory = named ?? (template ? undefined : usual);
  const name = template ?? wordAt('tmp.XXXXXXXXXX', near);
  const pattern = directory ? joinWord(directory, name) : name;
  const suffix = parsed.value('suffix')?.text ?? '';
  const path =
    pattern.text === undefined
      ? pattern
      : wordAt(pattern.text.replace(/X{3,}(?!.*X{3})/, 'guard') + suffix, near);
  return {
    effects: parsed.has('u', 'dry-run') ? [] : [file('create', path)],
    ...(path.text === undefined ? {} : { stdout: `${path.text}\n` }),
  };
}

function readTee(call: Call): Outcome {
  const parsed = readOptions(call.args, 'a append i ignore-interrupts p output-error? help version');
  if (asksForHelp(parsed)) return NOTHING;
  const appends = parsed.has('a', 'append');
  const stdin = call.invocation.stdin;
  const bytes = inputLength(call);
  const length = bytes === undefined ? {} : { bytes };
  return {
    effects: parsed.operands.flatMap((path): Effect[] =>
      !appends ? writesOf(path, length) : isStream(path) ? [] : [file('append', path)],
    ),
    ...(call.name === 'tee' && stdin !== undefined && stdin !== 'pipe' && stdin.text !== undefined
      ? { stdout: stdin.text }
      : {}),
  };
}

/** Bytes of the standard input, when they are known. */
function inputLength(call: Call): number | undefined {
  const { stdin, redirects } = call.invocation;
  if (redirects.some(({ op, fd, target }) => op === 'read' && fd === 0 && target.text === '/dev/null'))
    return 0;
  return stdin === undefined || stdin === 'pipe' || stdin.text === undefined
    ? undefined
    : Buffer.byteLength(stdin.text);
}

function readDd(call: Call): Outcome {
  const value = (key: string): Word | undefined => {
    const word = call.args.findLast((arg) => knownStart(arg).startsWith(`${key}=`));
    return word && partOf(word, key.length + 1);
  };
  const [from, to] = [value('if'), value('of')];
  const appends = /(?:^|,)append(?:,|$)/.test(value('oflag')?.text ?? '');
  const stdin = call.invocation.stdin;
  return {
    effects: [
      ...(from ? readsOf([from]) : []),
      ...(to
        ? appends
          ? [file('append', to)]
          : writesOf(to, from?.text === '/dev/null' ? { bytes: 0 } : {})
        : []),
    ],
    ...(call.args.length === 0 && stdin !== undefined && stdin !== 'pipe' && stdin.text !== undefined
      ? { stdout: stdin.text }
      : {}),
  };
}

export const pages: readonly Page[] = [
  definePage({
    names: ['mkdir', 'mkfifo', 'mknod', 'gmkdir'],
    about: 'makes directories, pipes and devices',
    read: readMkdir,
    examples: [
      { command: 'mkdir -p src/new', effects: [{ kind: 'file', op: 'create', path: 'src/new' }] },
      { command: 'mkfifo -m 600 pipe', effects: [{ kind: 'file', op: 'create', path: 'pipe', mode: '600' }] },
      { command: 'mkdir --help', effects: [] },
    ],
  }),
  definePage({
    names: ['touch', 'gtouch'],
    about: 'makes empty files and sets times',
    read: readTouch,
    examples: [
      {
        command: 'touch -d yesterday a b',
        effects: [{ kind: 'file', op: 'create', path: 'b' }],
      },
      { command: 'touch src/index.ts', effects: [{ kind: 'file', op: 'create', path: 'src/index.ts' }] },
      { command: 'touch -c a', effects: [] },
    ],
  }),
  definePage({
    names: ['mktemp', 'gmktemp'],
    about: 'makes a file or directory of its own',
    read: readMktemp,
    examples: [
      { command: 'rm -rf "$(mktemp -d)"', effects: [{ kind: 'file', op: 'delete', recursive: true }] },
      {
        command: 'mktemp -d ./build.XXXXXX',
        effects: [{ kind: 'file', op: 'create', path: './build.guard' }],
      },
      { command: 'mktemp -u', effects: [] },
    ],
  }),
  definePage({
    names: ['tee', 'sponge', 'gtee'],
    about: 'writes its input to files',
    read: readTee,
    examples: [
      {
        command: 'echo x | tee out.txt',
        effects: [{ kind: 'file', op: 'write', path: 'out.txt', clobbers: true }],
      },
      { command: 'echo x | tee -a out.txt', effects: [{ kind: 'file', op: 'append', path: 'out.txt' }] },
      { command: 'echo x | tee /dev/stderr', effects: [] },
    ],
  }),
  definePage({
    names: ['dd', 'gdd', 'dcfldd', 'ddrescue'],
    about: 'copies blocks between files and devices',
    read: readDd,
    examples: [
      {
        command: 'dd if=/dev/zero of=/dev/sda bs=1M',
        effects: [{ kind: 'data', system: 'disk', destructive: true, target: '/dev/sda' }],
      },
      {
        command: 'dd if=/dev/null of=src/index.ts',
        effects: [{ kind: 'file', op: 'write', path: 'src/index.ts', clobbers: true }],
      },
      { command: 'dd if=/dev/zero of=/dev/null count=1', effects: [] },
    ],
  }),
];
