/** Editors: files they write when told to on the command line or by a script on standard input, and the shell text they run. */

import type { Effect } from '../types/effect.ts';
import type { Nested } from '../types/invocation.ts';
import type { Word } from '../types/text.ts';
import { programWord, readsOf, textOf } from './coreutils/paths.ts';
import { readOptions } from './coreutils/spec.ts';
import { file, opaque, run, wordAt } from './effects.ts';
import { knownStart, partOf } from './options.ts';
import { type Call, definePage, NOTHING, type Outcome, type Page } from './page.ts';

const SAVES = /^\s*(?:\d+,\d+|%)?\s*(?:w|wa|wall|wq|wqa|x|xa|xit|up|update|exit|sav|saveas|wn)\b(?!\s*!)!?/;

interface Commands {
  readonly runs: readonly Nested[];
  /** Files that a command names. */
  readonly writes: readonly Word[];
  readonly reads: readonly Word[];
  /** It writes back what it edits. */
  readonly saves: boolean;
}

/** Reads ex commands, `|` between them, as vi and ed know them. */
function readCommands(words: readonly Word[], via: string): Commands {
  const runs: Nested[] = [];
  const writes: Word[] = [];
  const reads: Word[] = [];
  let saves = false;
  for (const word of words) {
    const text = knownStart(word).replace(/^[\s:]+/, '');
    // `!cmd`, `%!cmd`, `r !cmd`, `w !cmd`: the shell gets all the rest of the line.
    const shell =
      /^(?:silent!?\s+|exe(?:cute)?\s+["'])?[\d%.,$'<>]*\s*(?:(?:r|read|w|write|argdo|bufdo)\s+)?!\s*(?=\S)/.exec(
        text,
      );
    const call =
      /\b(?:system|systemlist|termopen|jobstart|job_start)\(\s*\[?["']([^"']+)["']/.exec(text) ??
      /^(?:term(?:inal)?|te|make|grep)!?\s+(?:\+\+\w+\s+)*(.+)$/.exec(text);
    const python = /^(?:py(?:thon)?3?|pyx)\s+(.+)$/s.exec(text);
    if (shell) {
      const offset = knownStart(word).length - text.length + shell[0].length;
      runs.push({ kind: 'code', lang: 'sh', code: partOf(word, offset), via });
      continue;
    }
    if (call) runs.push({ kind: 'code', lang: 'sh', code: wordAt(call[1] as string, word), via });
    if (python) runs.push({ kind: 'code', lang: 'python', code: wordAt(python[1] as string, word), via });
    const luaCall = /^lua\s+.*os\.execute\(\s*["']([^"']+)["']/.exec(text);
    if (luaCall) runs.push({ kind: 'code', lang: 'sh', code: wordAt(luaCall[1] as string, word), via });
    for (const part of text.split('|')) {
      const named =
        /^\s*(?:[\d,%$.]*\s*)(w|write|sav|saveas|r|read|e|edit|so|source|luafile)!?\s+(?:>>\s*)?([^\s!|]\S*)/.exec(
          part,
        );
      if (named)
        (/^(?:w|s(?!o))/.test(named[1] as string) ? writes : reads).push(wordAt(named[2] as string, word));
      else if (SAVES.test(part)) saves = true;
    }
  }
  return { runs, writes, reads, saves };
}

const VIM =
  'c= cmd= S= s= u= U= i= t= T= w= W= r= V? o? O? p? N n e E es R Z b l L m M y Y d h help version g f headless clean noplugin';

function readVim(call: Call): Outcome {
  const near = programWord(call);
  const isScript =
    call.name === 'ex' || call.args.some((word) => /^-(?:e|E|es|Es|se|sE)$/.test(word.text ?? ''));
  const plus = call.args.filter((word) => knownStart(word).startsWith('+') && word.text !== '+');
  // `-s` takes a file of keys, but in ex mode it is a flag.
  const rest = call.args.filter(
    (word) => !knownStart(word).startsWith('+') && !(isScript && /^-[eEs]{1,2}$/.test(word.text ?? '')),
  );
  const parsed = readOptions(rest, VIM);
  if (parsed.has('version', 'help', 'h')) return NOTHING;
  const stdin = call.invocation.stdin;
  const lines = isScript && stdin !== undefined && stdin !== 'pipe' ? linesOf(stdin) : [];
  const scripts = parsed.values('S', 'u').filter((word) => !/^(?:NONE|NORC|DEFAULTS)$/.test(word.text ?? ''));
  const scriptLines = scripts
    .flatMap((path) => (textOf(call, path) ?? '').split('\n').slice(0, 500))
    .map((line) => wordAt(line, near));
  const words = [
    ...parsed.values('c', 'cmd'),
    ...plus.map((word) => partOf(word, 1)),
    ...lines,
    ...scriptLines,
  ];
  const told = readCommands(words, call.name);
  const leaves = words.some((word) =>
    /(?:^|[|:\s])(?:q|qa|qall|quit|x|xa|xit|wq|wqa|wqall|cq|cquit)!?\s*$/.test(word.text ?? ''),
  );
  const isOpen = !leaves && !isScript && !parsed.has('headless') && stdin === undefined;
  const operands = parsed.operands.filter((word) => word.text !== '-');
  return {
    effects: [
      ...(isOpen ? [run(near, { interactive: true })] : []),
      ...readsOf([...scripts, ...told.reads]),
      ...operands.map((path) => (told.saves ? file('write', path) : file('read', path))),
      ...told.writes.map((path) => file('write', path, { clobbers: true })),
      ...(isScript && stdin === 'pipe'
        ? [opaque(near, `the commands for ${call.name} are known only when they run`)]
        : []),
    ],
    runs: told.runs,
  };
}

function linesOf(word: Word): readonly Word[] {
  if (word.text === undefined) return [word];
  return word.text
    .split('\n')
    .slice(0, 1000)
    .map((line) => wordAt(line, word));
}

function readEd(call: Call): Outcome {
  const near = programWord(call);
  const parsed = readOptions(call.args, 'p= G E l r s v help version');
  if (parsed.has('help', 'version')) return NOTHING;
  const [path] = parsed.operands;
  const stdin = call.invocation.stdin;
  const command = knownStart(path ?? near).startsWith('!') && path ? [path] : [];
  const lines = stdin !== undefined && stdin !== 'pipe' ? linesOf(stdin) : [];
  const told = readCommands([...command, ...lines], 'ed');
  const effects: Effect[] = [];
  if (path && command.length === 0)
    effects.push(told.saves || stdin === 'pipe' ? file('write', path) : file('read', path));
  effects.push(...told.writes.map((to) => file('write', to, { clobbers: true })), ...readsOf(told.reads));
  if (stdin === undefined && !call.invocation.redirects.some(({ op }) => op === 'read'))
    effects.push(run(near, { interactive: true }));
  return { effects, runs: told.runs };
}

/** Calls of Emacs Lisp that run programs or change files. */
const LISP =
  /\((shell-command(?:-to-string)?|async-shell-command|compile|delete-file|delete-directory|write-region|write-file|rename-file|call-process|start-process|process-lines)\b([^()]*)/g;

function readEmacs(call: Call): Outcome {
  const near = programWord(call);
  const parsed = readOptions(
    call.args,
    'eval= execute= e= l= load= script= f= funcall= u= L= directory= insert= t= chdir= batch nw Q q daemon help version a= alternate-editor= s= n c',
    {
      singleDash: true,
    },
  );
  if (parsed.has('version', 'help')) return NOTHING;
  const runs: Nested[] = [];
  const effects: Effect[] = [];
  for (const word of parsed.values('eval', 'execute', 'e')) {
    for (const match of [...knownStart(word).matchAll(LISP)].slice(0, 50)) {
      const texts = [...(match[2] ?? '').matchAll(/"((?:[^"\\]|\\.)*)"/g)].map((one) =>
        (one[1] as string).replace(/\\(.)/g, '$1'),
      );
      const [first] = texts;
      if (first === undefined) continue;
      if (/shell-command|^compile/.test(match[1] as string))
        runs.push({ kind: 'code', lang: 'sh', code: wordAt(first, word), via: 'emacs --eval' });
      else if (/process/.test(match[1] as string))
        runs.push({ kind: 'argv', argv: texts.map((text) => wordAt(text, word)), via: 'emacs --eval' });
      else if (/^delete/.test(match[1] as string))
        effects.push(
          file('delete', wordAt(first, word), match[1] === 'delete-directory' ? { recursive: true } : {}),
        );
      else effects.push(file('write', wordAt(texts.at(-1) as string, word), { clobbers: true }));
    }
    if (word.text === undefined) effects.push(opaque(word, 'the Emacs Lisp is known only when it runs'));
  }
  const isOpen = !parsed.has('batch', 'script', 'eval', 'daemon', 'e') && call.name === 'emacs';
  return {
    effects: [...(isOpen ? [run(near, { interactive: true })] : []), ...readsOf(parsed.operands), ...effects],
    runs,
  };
}

export const pages: readonly Page[] = [
  definePage({
    names: ['vim', 'vi', 'nvim', 'ex', 'view', 'vimdiff', 'gvim', 'rvim', 'vim.basic', 'vim.tiny'],
    about: 'vi and its kin: ex commands',
    read: readVim,
    examples: [
      {
        command: "vim -c '!rm -rf /home/user' -c q",
        effects: [{ kind: 'file', op: 'delete', path: '/home/user' }],
      },
      {
        command: "vim -es '+%s/a/b/' '+wq' src/a.ts",
        effects: [{ kind: 'file', op: 'write', path: 'src/a.ts' }],
      },
      { command: 'vim README.md', effects: [{ kind: 'run', interactive: true }] },
      { command: 'vim --version', effects: [] },
    ],
  }),
  definePage({
    names: ['ed', 'red'],
    about: 'ed: a script of commands on standard input',
    read: readEd,
    examples: [
      {
        command: "printf '!rm -rf build\\nq\\n' | ed",
        effects: [{ kind: 'file', op: 'delete', path: 'build' }],
      },
      {
        command: "printf 'w out.txt\\nq\\n' | ed -s in.txt",
        effects: [{ kind: 'file', op: 'write', path: 'out.txt' }],
      },
      { command: "printf '1p\\nq\\n' | ed -s in.txt", effects: [] },
    ],
  }),
  definePage({
    names: ['emacs', 'emacsclient'],
    about: 'Emacs: Lisp on the command line',
    read: readEmacs,
    examples: [
      {
        command: `emacs --batch --eval '(shell-command "rm -rf build")'`,
        effects: [{ kind: 'file', op: 'delete', path: 'build' }],
      },
      {
        command: `emacs --batch --eval '(delete-file "x")'`,
        effects: [{ kind: 'file', op: 'delete', path: 'x' }],
      },
      { command: 'emacs --batch --eval "(message \\"hi\\")"', effects: [] },
    ],
  }),
  definePage({
    names: ['nano', 'pico', 'micro', 'helix', 'hx', 'kak', 'joe', 'mcedit', 'mg', 'jed'],
    about: 'editors that wait for keys',
    read: (call) => {
      const parsed = readOptions(call.args, 'help version');
      if (parsed.has('help', 'version')) return NOTHING;
      return { effects: [run(programWord(call), { interactive: true }), ...readsOf(parsed.operands)] };
    },
    examples: [
      { command: 'nano README.md', effects: [{ kind: 'run', interactive: true }] },
      { command: 'micro x', effects: [{ kind: 'file', op: 'read', path: 'x' }] },
      { command: 'nano --version', effects: [] },
    ],
  }),
  definePage({
    names: ['code', 'codium', 'code-insiders', 'subl', 'zed', 'idea', 'webstorm', 'pycharm'],
    about: 'editors with windows of their own',
    read: (call) => {
      const parsed = readOptions(
        call.args,
        'install-extension= uninstall-extension= add-mcp= user-data-dir= extensions-dir= g= goto= wait diff',
      );
      const extensions = parsed.values('install-extension', 'add-mcp');
      const near = programWord(call);
      return {
        effects: [
          ...(extensions.length > 0
            ? [
                {
                  kind: 'package' as const,
                  manager: call.name,
                  op: 'install' as const,
                  names: extensions,
                  source: 'registry' as const,
                  runsScripts: true,
                  span: near.span,
                },
              ]
            : []),
          ...readsOf(parsed.operands),
        ],
      };
    },
    examples: [
      {
        command: 'code --install-extension x.y',
        effects: [{ kind: 'package', manager: 'code', op: 'install' }],
      },
      { command: 'code .', effects: [] },
      { command: 'code --list-extensions', effects: [] },
    ],
  }),
];
