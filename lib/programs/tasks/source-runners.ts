/** Runners whose task files are programs: invoke, nox, rake. */

import type { Word } from '../../types/text.ts';
import { programWord } from '../coreutils/paths.ts';
import { readOptions } from '../coreutils/spec.ts';
import { opaque, wordAt } from '../effects.ts';
import { type Call, definePage, NOTHING, type Outcome, type Page } from '../page.ts';
import { type Piece, piecesFor, pythonPieces, rubyPieces } from './source-tasks.ts';
import { type FoundFile, fileOf } from './steps.ts';

/** Code that the asked pieces make together. */
function codeRun(found: FoundFile, lang: 'python' | 'ruby', code: string, via: string, near: Word): Outcome {
  return {
    effects: [],
    runs: [{ kind: 'code', lang, code: wordAt(code, near), cwd: wordAt(found.folder, near), via }],
  };
}

/** Names among the words; `undefined` when one of them is known only when it runs. */
function namesOf(words: readonly Word[]): readonly string[] | undefined {
  return words.every((word) => word.text !== undefined)
    ? words.map((word) => word.text as string)
    : undefined;
}

/** The first parameter of a function is what it runs programs with: calls of it become calls that the reader of Python knows. */
function plainPython(
  piece: Piece,
  calls: (object: string) => readonly (readonly [RegExp, string])[],
): string {
  const object = /\bdef\s+\w+\s*\(\s*(\w+)/.exec(piece.text)?.[1];
  if (object === undefined) return piece.text;
  return calls(object).reduce((text, [pattern, by]) => text.replace(pattern, by), piece.text);
}

function readInvoke(call: Call): Outcome {
  const parsed = readOptions(
    call.args,
    'c= collection= r= search-root= f= config= d debug D= list-depth= e echo p= prompt-for-sudo-password T= command-timeout= H= hosts= i= identity= l? list? F= list-format= h? help? V version w warn-only R dry complete',
  );
  if (parsed.has('h', 'help', 'V', 'version', 'l', 'list', 'R', 'dry')) return NOTHING;
  const name = parsed.value('c', 'collection')?.text ?? (call.name === 'fab' ? 'fabfile' : 'tasks');
  const found = fileOf(
    call,
    [`${name}.py`, `${name}/__init__.py`],
    undefined,
    parsed.value('r', 'search-root'),
  );
  const near = programWord(call);
  if (found === undefined || parsed.operands.length === 0) return NOTHING;
  const asked = namesOf(parsed.operands);
  if (asked === undefined) return { effects: [opaque(near, 'which task runs is known only when it runs')] };
  const pieces = pythonPieces(found.text, /@(?:\w+\.)?task\b/);
  // `ns.rel`: the name of a collection in front is not looked up.
  const wanted = new Set(asked.map((one) => one.slice(one.lastIndexOf('.') + 1)));
  const taken = piecesFor(pieces, (piece) => piece.names.some((one) => wanted.has(one)));
  if (!taken.some(({ kind }) => kind === 'task')) return NOTHING;
  const code = taken.map((piece) =>
    plainPython(piece, (object) => [[new RegExp(`\\b${object}\\.(?:run|local|sudo)\\(`, 'g'), 'os.system(']]),
  );
  return codeRun(found, 'python', ['import os', ...code].join('\n'), `${call.name} ${asked[0]}`, near);
}

function readNox(call: Call): Outcome {
  const parsed = readOptions(
    call.args,
    's= session= sessions= e= k= keywords= t= tags= p= python= pythons= f= noxfile= envdir= default-venv-backend= force-venv-backend= extra-pythons= report= l list list-sessions r R x h help version non-interactive no-venv',
  );
  if (parsed.has('h', 'help', 'l', 'list', 'list-sessions', 'version')) return NOTHING;
  const found = fileOf(call, ['noxfile.py'], parsed.value('f', 'noxfile'));
  if (found === undefined) return NOTHING;
  const dashes = call.args.findIndex((word) => word.text === '--');
  const near = programWord(call);
  // `-s a b`: all words behind the option are sessions.
  const words = [
    ...parsed.values('s', 'session', 'sessions', 'e'),
    ...readOptions(
      dashes < 0 ? call.args : call.args.slice(0, dashes),
      's= session= sessions= e= k= t= p= f=',
    ).operands,
  ];
  const asked = namesOf(words);
  if (asked === undefined)
    return { effects: [opaque(near, 'which session runs is known only when it runs')] };
  const pieces = pythonPieces(found.text, /@(?:\w+\.)?session\b/);
  const listed = /\boptions\.sessions\s*=\s*[[(]([^\])]*)/.exec(found.text)?.[1]?.match(/[\w-]+/g);
  const chosen = (piece: Piece): boolean => {
    if (asked.length > 0)
      return piece.names.some((name) => asked.some((one) => one.replace(/[-(][\d(].*$/, '') === name));
    if (listed) return piece.names.some((name) => listed.includes(name));
    return !/\bdefault\s*=\s*False\b/.test(piece.text);
  };
  const code = piecesFor(pieces, chosen).map((piece) =>
    plainPython(piece, (object) => [
      [
        new RegExp(`\\b${object}\\.(?:run|run_always|run_install)\\(`, 'g'),
        'asyncio.create_subprocess_exec(',
      ],
    ]),
  );
  return codeRun(
    found,
    'python',
    ['import asyncio', ...code].join('\n'),
    `nox ${asked[0] ?? ''}`.trim(),
    near,
  );
}

/** Commands that a Rakefile has from FileUtils, and its own for programs. */
const RAKE_COMMANDS: readonly (readonly [RegExp, string])[] = [
  [/^(\s*)sh(?=[\s(])/gm, '$1system'],
  [/^(\s*)ruby(?=[\s(]["'])/gm, '$1system "ruby",'],
  [
    /^(\s*)(?=(?:rm|rm_r|rm_f|rm_rf|rmtree|mv|cp|cp_r|mkdir_p|ln_s|ln_sf|chmod|chmod_R|install)[\s(])/gm,
    '$1FileUtils.',
  ],
];

function readRake(call: Call): Outcome {
  const parsed = readOptions(
    call.args,
    'f= rakefile= C= directory= I= libdir= r= require= R= rakelibdir= e= execute= E= execute-continue= p= execute-print= j? jobs? T? tasks? D? describe? W? where? A all P prereqs n dry-run q quiet s silent t? trace? v verbose V version h H help N G g m X no-deprecation-warnings build-all B',
  );
  if (
    parsed.has(
      'h',
      'H',
      'help',
      'V',
      'version',
      'T',
      'tasks',
      'D',
      'describe',
      'W',
      'where',
      'P',
      'prereqs',
      'n',
      'dry-run',
    )
  )
    return NOTHING;
  const near = programWord(call);
  const codes = parsed.values('e', 'execute', 'E', 'execute-continue', 'p', 'execute-print');
  const runs = codes.map((code) => ({ kind: 'code' as const, lang: 'ruby' as const, code, via: 'rake -e' }));
  if (runs.length > 0) return { effects: [], runs };
  const names = ['rakefile', 'Rakefile', 'rakefile.rb', 'Rakefile.rb'];
  // The tasks of Rails for its database stand in no Rakefile.
  const database = parsed.operands.filter((word) => /^db:/.test(word.text ?? ''));
  if (database.length > 0)
    return {
      effects: [],
      runs: database.map((task) => ({ kind: 'argv', argv: [wordAt('rails', near), task], via: 'rake' })),
    };
  const found = fileOf(call, names, parsed.value('f', 'rakefile'), parsed.value('C', 'directory'));
  if (found === undefined) return NOTHING;
  const words = parsed.operands.filter((word) => !/^\w+=/.test(word.text ?? ''));
  const asked = namesOf(words)?.map((name) => name.replace(/\[.*$/s, ''));
  if (asked === undefined) return { effects: [opaque(near, 'which task runs is known only when it runs')] };
  const wanted = new Set(asked.length > 0 ? asked : ['default']);
  const taken = piecesFor(rubyPieces(found.text), (piece) => piece.names.some((name) => wanted.has(name)));
  const code = RAKE_COMMANDS.reduce(
    (text, [pattern, by]) => text.replace(pattern, by),
    taken.map(({ text }) => text).join('\n'),
  );
  return codeRun(found, 'ruby', code, `rake ${asked[0] ?? ''}`.trim(), near);
}

export const pages: readonly Page[] = [
  definePage({
    names: ['inv', 'invoke', 'fab'],
    about: 'invoke and fabric: run the functions of tasks.py',
    read: readInvoke,
    examples: [
      { command: 'inv --list', effects: [] },
      { command: 'invoke test --fast', effects: [] },
      { command: 'inv', effects: [] },
    ],
  }),
  definePage({
    names: ['nox'],
    about: 'nox: runs the sessions of noxfile.py',
    read: readNox,
    examples: [
      { command: 'nox -l', effects: [] },
      { command: 'nox -s tests lint', effects: [] },
      { command: 'nox', effects: [] },
    ],
  }),
  definePage({
    names: ['rake', 'drake'],
    about: 'rake: runs the tasks of a Rakefile',
    read: readRake,
    examples: [
      {
        command: `rake -e 'system("rm -rf build")'`,
        effects: [{ kind: 'file', op: 'delete', path: 'build' }],
      },
      { command: 'rake -T', effects: [] },
      { command: 'bundle exec rake spec', effects: [] },
    ],
  }),
];
