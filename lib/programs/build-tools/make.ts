/** make: the recipes of the asked targets, the settings that change them, and code on its own command line. */

import type { Nested } from '../../types/invocation.ts';
import type { Word } from '../../types/text.ts';
import { absolutePath, programWord } from '../coreutils/paths.ts';
import { asksForHelp, readOptions } from '../coreutils/spec.ts';
import { file, joinWord, wordAt } from '../effects.ts';
import { type Call, definePage, NOTHING, type Outcome, type Page } from '../page.ts';
import { addMakefile, emptyMakefile, type Makefile, recipesOf, shellsOf } from './makefile.ts';

const OPTIONS =
  'C= directory= f= file= makefile= I= include-dir= o= old-file= assume-old= W= what-if= new-file= assume-new= eval= E= j? jobs? l? load-average? O? output-sync? n just-print dry-run recon q question t touch k keep-going s silent quiet i ignore-errors B always-make e environment-overrides p print-data-base r no-builtin-rules R v version help';

const NAMES = ['GNUmakefile', 'makefile', 'Makefile'];
const MAX_BYTES = 1 << 20;

function readMake(call: Call): Outcome {
  const parsed = readOptions(call.args, OPTIONS);
  if (asksForHelp(parsed) || parsed.has('v')) return NOTHING;
  const near = programWord(call);
  const folder = parsed
    .values('C', 'directory')
    .reduce<Word>((at, next) => joinWord(at, next), call.invocation.cwd);
  const given = new Map(
    parsed.operands.flatMap((word) => {
      const match = /^([\w.-]+)\s*[:?+]{0,3}=([\s\S]*)$/.exec(word.text ?? '');
      return match ? [[match[1] as string, match[2] as string] as const] : [];
    }),
  );
  const goals = parsed.operands
    .filter((word) => !word.text?.includes('='))
    .flatMap((word) => word.text ?? []);
  const makefile = emptyMakefile();
  for (const [name, value] of given) makefile.variables.set(name, value);
  const fixed = new Set(given.keys());
  const paths = parsed.values('f', 'file', 'makefile');
  for (const text of textsOf(call, folder, paths, parsed.values('eval', 'E')))
    addMakefile(makefile, text, fixed);
  for (const path of makefile.includes.slice(0, 16)) {
    const text = readText(call, joinWord(folder, wordAt(path, near)));
    if (text !== undefined) addMakefile(makefile, text, fixed);
  }
  // Values on the command line may hold calls of their own.
  for (const [name, value] of given) addMakefile(makefile, `${name} = ${value}`, new Set());
  const isDry = parsed.has('n', 'just-print', 'dry-run', 'recon', 'q', 'question', 't', 'touch', 'p');
  return {
    effects: paths.filter((path) => path.text !== '-').map((path) => file('read', path)),
    runs: [
      ...shellsOf(makefile, near).map(
        (code): Nested => ({ kind: 'code', lang: 'sh', code, cwd: folder, via: 'make $(shell)' }),
      ),
      ...(isDry ? [] : recipeRuns(makefile, goals, near, folder)),
      // Rules from a pipe are as good as commands from it.
      ...paths
        .filter((path) => path.text === '-' && call.invocation.stdin === 'pipe')
        .map((path): Nested => ({ kind: 'file', lang: 'sh', path, via: 'make -f -' })),
    ],
  };
}

function recipeRuns(makefile: Makefile, goals: readonly string[], near: Word, cwd: Word): readonly Nested[] {
  const shell = makefile.variables.get('SHELL');
  const flags = (makefile.variables.get('.SHELLFLAGS') ?? '-c')
    .split(/\s+/)
    .map((flag) => wordAt(flag, near));
  const isShell = shell === undefined || /(?:^|\/)(?:ba|da|z|k|a)?sh$/.test(shell.trim());
  return recipesOf(makefile, goals, near).map(({ word: code, target }): Nested => {
    const via = `make ${target}`;
    if (isShell) return { kind: 'code', lang: 'sh', code, cwd, via };
    const argv = shell
      .trim()
      .split(/\s+/)
      .map((part) => wordAt(part, near));
    return { kind: 'argv', argv: [...argv, ...flags, code], cwd, via };
  });
}

function textsOf(
  call: Call,
  folder: Word,
  paths: readonly Word[],
  evals: readonly Word[],
): readonly string[] {
  const near = programWord(call);
  const stdin = call.invocation.stdin;
  const chosen = paths.flatMap((path) => {
    if (path.text === '-') return stdin === undefined || stdin === 'pipe' ? [] : (stdin.text ?? []);
    return readText(call, joinWord(folder, path)) ?? [];
  });
  const found =
    paths.length > 0
      ? chosen
      : NAMES.flatMap((name) => readText(call, joinWord(folder, wordAt(name, near))) ?? []).slice(0, 1);
  return [...evals.flatMap((word) => word.text ?? []), ...found];
}

function readText(call: Call, path: Word): string | undefined {
  const absolute = call.invocation.place === undefined ? absolutePath(call, path) : undefined;
  return absolute === undefined ? undefined : call.host.readFile(absolute, MAX_BYTES);
}

export const pages: readonly Page[] = [
  definePage({
    names: ['make', 'gmake', 'bmake', 'remake', 'mingw32-make'],
    about: 'make: runs the recipes of its targets',
    read: readMake,
    examples: [
      {
        command: "make --eval='x: ; rm -rf /home/user' x",
        effects: [{ kind: 'file', op: 'delete', path: '/home/user' }],
      },
      { command: "make X='$(shell rm -rf build)'", effects: [{ kind: 'file', op: 'delete', path: 'build' }] },
      {
        command: "printf 'x:\\n\\trm -rf build\\n' | make -f -",
        effects: [{ kind: 'file', op: 'delete', path: 'build' }],
      },
      { command: 'make -j4 test', effects: [] },
      { command: 'make -n', effects: [] },
    ],
  }),
];
