/** Python's command line: `-c`, `-m`, script files, standard input. The code itself is the code room's. */

import type { Effect } from '../../types/effect.ts';
import type { Nested } from '../../types/invocation.ts';
import type { Word } from '../../types/text.ts';
import { file, net, opaque, run, wordAt } from '../effects.ts';
import { knownStart, parseArgs, partOf } from '../options.ts';
import { type Call, definePage, NOTHING, type Outcome, type Page } from '../page.ts';
import {
  appendTo,
  codeRun,
  consoleRuns,
  fileRun,
  fileRuns,
  findSetting,
  joinWords,
  nameOf,
  readInput,
} from './start.ts';

/** Options up to the one that takes the rest of the line, or a value. */
const CLUSTER = /^-[bBdEhiIOPqRsSuvVx?]*([cmWX])/;
const LONG_WITH_VALUE =
  /^--(?:check-hash-based-pycs|matplotlib|pylab|profile|ipython-dir|config|ext|gui|colors|logfile|log-level)$/;
/** Modules that only look at what they are given, or print. */
const HARMLESS = new Set(
  'calendar this site sysconfig platform ast dis tokenize tabnanny pyclbr inspect compileall py_compile ensurepip keyword locale mimetypes quopri symtable turtledemo textwrap unicodedata uuid test'.split(
    ' ',
  ),
);
/** Modules that are known by another name as programs. */
const PROGRAMS: Readonly<Record<string, string>> = {
  IPython: 'ipython',
  awscli: 'aws',
  django: 'django-admin',
  sqlite3: 'sqlite3',
  virtualenv: 'virtualenv',
  pip3: 'pip',
  pre_commit: 'pre-commit',
};
/** Modules that run the file that is their first operand. */
const RUNNERS = new Set('pdb cProfile profile trace runpy doctest'.split(' '));
const INTERACTIVE = new Set('code asyncio idlelib IPython'.split(' '));

function readPython(call: Call): Outcome {
  const { args } = call;
  let staysOpen = findSetting(call, 'PYTHONINSPECT') !== undefined;
  for (let i = 0; i < args.length; i++) {
    const word = args[i] as Word;
    const text = knownStart(word);
    if (text === '-') break;
    if (!text.startsWith('-')) return withPrompt(call, staysOpen, readScript(call, word, args.slice(i + 1)));
    if (/^--(?:version|help)/.test(text) || /^-[bBdEiIOPqRsSuvx]*[hV?]/.test(text)) return NOTHING;
    const command = /^--(command|module)(?:=|$)/.exec(text);
    const option = command ? undefined : CLUSTER.exec(text);
    if (/^-[bBdEIOPqRsSuvx]*i/.test(text)) staysOpen = true;
    if (LONG_WITH_VALUE.test(text)) i++;
    if (!option && !command) continue;
    const attached = command ? text.indexOf('=') + 1 : (option?.[0].length ?? 0);
    const value = attached > 0 && text.length > attached ? partOf(word, attached) : args[++i];
    if (!value) return NOTHING;
    const kind = option?.[1] ?? command?.[1]?.[0];
    const rest = args.slice(i + 1);
    if (kind === 'c') return withPrompt(call, staysOpen, { effects: [], runs: readCode(call, value, rest) });
    if (kind === 'm') return withPrompt(call, staysOpen, readModule(call, value, rest));
  }
  const input = readInput('python', call);
  const startup = findSetting(call, 'PYTHONSTARTUP');
  const isPrompt = input.effects.some((effect) => effect.kind === 'run' && effect.interactive);
  if (!startup || !isPrompt) return input;
  return { ...input, runs: [fileRun('python', startup, 'PYTHONSTARTUP')] };
}

/** `-i` leaves a prompt behind what ran. */
function withPrompt(call: Call, staysOpen: boolean, outcome: Outcome): Outcome {
  if (!staysOpen || call.invocation.stdin !== undefined) return outcome;
  return { ...outcome, effects: [...outcome.effects, run(nameOf(call), { interactive: true })] };
}

/** IPython takes shell lines and magic words between the code. */
function readCode(call: Call, code: Word, args: readonly Word[]): readonly Nested[] {
  const via = `${call.name} -c`;
  const { text } = code;
  if (!call.name.startsWith('ipython') || text === undefined) return [codeRun('python', code, via, args)];
  const shell = /^[ \t]*(?:\w+\s*=\s*)?(?:!{1,2}|%(?:system|sx|sc)\s)[ \t]*(.*)$/gm;
  const files = /^[ \t]*%run[ \t]+(?:-\w+[ \t]+)*(\S+)/gm;
  const plain = text.replace(/^[ \t]*(?:\w+\s*=\s*)?[!%].*$/gm, '');
  return [
    ...(plain.trim() === '' ? [] : [codeRun('python', wordAt(plain, code), via, args)]),
    ...[...text.matchAll(shell)].map(
      (line): Nested => ({ kind: 'code', lang: 'sh', code: wordAt(line[1] ?? '', code), via: 'ipython !' }),
    ),
    ...[...text.matchAll(files)].map((line) =>
      fileRun('python', wordAt(line[1] ?? '', code), 'ipython %run'),
    ),
  ];
}

/** A directory or archive runs the `__main__.py` in it. */
function readScript(call: Call, path: Word, args: readonly Word[]): Outcome {
  const own = consoleRuns(path, call.name, args);
  return { effects: [], runs: [...fileRuns('python', path, call.name, args, ['/__main__.py']), ...own] };
}

function readModule(call: Call, module: Word, args: readonly Word[]): Outcome {
  const name = module.text;
  const via = `python -m ${name ?? '…'}`;
  if (name === undefined)
    return { effects: [opaque(module, 'which module it runs is known only when it runs')] };
  if (HARMLESS.has(name)) return NOTHING;
  if (name === 'http.server' || name === 'SimpleHTTPServer') return serve(call, args);
  if (name === 'pydoc')
    return args.some((word) => /^-[bpn]/.test(word.text ?? '')) ? serve(call, args) : NOTHING;
  if (name === 'json.tool') return readJsonTool(args);
  if (name === 'venv')
    return {
      effects: parseArgs(args, { value: ['prompt'] }).operands.map((path) =>
        file('create', path, { recursive: true }),
      ),
    };
  if (name === 'timeit') return readTimer(call, args);
  if (name === 'zipfile' || name === 'tarfile') return readArchiver(args);
  if (name === 'webbrowser')
    return { effects: args.filter((word) => !knownStart(word).startsWith('-')).map((url) => net(url)) };
  if (name === 'unittest' || name === 'test') return NOTHING;
  if (RUNNERS.has(name)) return readRunner(name, args, via);
  if (name === 'coverage' && args[0]?.text === 'run') {
    const parsed = parseArgs(args.slice(1), {
      value: ['source', 'include', 'omit', 'rcfile', 'data-file', 'context', 'concurrency'],
      stopAtOperand: true,
    });
    if (parsed.has('m')) return readModule(call, parsed.operands[0] ?? module, parsed.operands.slice(1));
    return readRunner(name, parsed.operands, via);
  }
  const effects: Effect[] =
    INTERACTIVE.has(name) && args.length === 0 ? [run(nameOf(call), { interactive: true })] : [];
  const [top = name] = name.split('.');
  const program: Nested = { kind: 'argv', argv: [wordAt(PROGRAMS[top] ?? top, module), ...args], via };
  if (PROGRAMS[top] !== undefined || top === 'pip' || INTERACTIVE.has(name))
    return { effects, runs: [program] };
  // A module of the project, when there is one of that name.
  const path = wordAt(name.replaceAll('.', '/'), module);
  const files = ['.py', '/__main__.py', '/__init__.py'].map((ending) =>
    fileRun('python', appendTo(path, ending), via, args),
  );
  return { effects, runs: [...files, program] };
}

function serve(call: Call, args: readonly Word[]): Outcome {
  const parsed = parseArgs(args, { value: ['b', 'bind', 'd', 'directory', 'p', 'n'] });
  const near = nameOf(call);
  const port = Number((parsed.value('p') ?? parsed.operands[0])?.text ?? 8000);
  const host = parsed.value('b', 'bind', 'n') ?? wordAt(parsed.has('p') ? 'localhost' : '0.0.0.0', near);
  return {
    effects: [
      {
        kind: 'net',
        op: 'listen',
        host,
        ...(Number.isInteger(port) ? { port } : {}),
        scheme: 'http',
        span: near.span,
      },
    ],
  };
}

/** `json.tool [in [out]]`. */
function readJsonTool(args: readonly Word[]): Outcome {
  const [from, to] = parseArgs(args, { value: ['indent'] }).operands;
  return {
    effects: [...(from ? [file('read', from)] : []), ...(to ? [file('write', to, { clobbers: true })] : [])],
  };
}

function readTimer(call: Call, args: readonly Word[]): Outcome {
  const parsed = parseArgs(args, { value: ['n', 'number', 'r', 'repeat', 's', 'setup', 'u', 'unit'] });
  const codes = [...parsed.values('s', 'setup'), ...parsed.operands];
  if (codes.length === 0) return NOTHING;
  return { effects: [], runs: [codeRun('python', joinWords(codes, '\n'), `${call.name} -m timeit`)] };
}

/** `zipfile -e archive directory`, `tarfile -c archive file …`. */
function readArchiver(args: readonly Word[]): Outcome {
  const [how, archive, ...rest] = args;
  if (!archive) return NOTHING;
  if (/^(?:-e|--extract)$/.test(how?.text ?? '')) {
    const target = rest[0] ?? wordAt('.', archive);
    return { effects: [file('read', archive), file('write', target, { recursive: true })] };
  }
  if (/^(?:-c|--create)$/.test(how?.text ?? '')) {
    return {
      effects: [
        ...rest.map((path) => file('read', path, { recursive: true })),
        file('write', archive, { clobbers: true }),
      ],
    };
  }
  return { effects: [file('read', archive)] };
}

/** `pdb script.py …`: options, then the file. */
function readRunner(name: string, args: readonly Word[], via: string): Outcome {
  const parsed = parseArgs(args, {
    value: ['c', 'o', 's', 'C', 'f', 'g', 'ignore-dir', 'ignore-module'],
    stopAtOperand: true,
  });
  const [script, ...rest] = parsed.operands;
  const effects: Effect[] = name === 'pdb' && script ? [run(script, { interactive: true })] : [];
  if (!script) return { effects };
  if (parsed.has('m'))
    return {
      effects,
      runs: ['.py', '/__main__.py'].map((ending) =>
        fileRun(
          'python',
          appendTo(wordAt((script.text ?? '').replaceAll('.', '/'), script), ending),
          via,
          rest,
        ),
      ),
    };
  return { effects, runs: [fileRun('python', script, via, rest)] };
}

export const pages: readonly Page[] = [
  definePage({
    names:
      'python python2 python3 python3.8 python3.9 python3.10 python3.11 python3.12 python3.13 python3.14 pypy pypy3 ipython ipython3'.split(
        ' ',
      ),
    about: 'Python: code, modules and script files',
    read: readPython,
    examples: [
      {
        command: 'python3 -c "import shutil; shutil.rmtree(\'/srv/data\')"',
        effects: [{ kind: 'file', op: 'delete', path: '/srv/data', recursive: true }],
      },
      {
        command: "python3 - <<'EOF'\nimport os\nos.system('git push origin main')\nEOF",
        effects: [{ kind: 'git', op: 'push' }],
      },
      {
        command: 'python3 -Bic \'import os; os.remove("x")\'',
        effects: [{ kind: 'file', op: 'delete', path: 'x' }],
      },
      { command: 'python3 -m http.server 8000', effects: [{ kind: 'net', op: 'listen', port: 8000 }] },
      {
        command: 'python -m json.tool a.json b.json',
        effects: [{ kind: 'file', op: 'write', path: 'b.json' }],
      },
      { command: 'python3', effects: [{ kind: 'run', interactive: true }] },
      { command: 'python3 -m json.tool < a.json', effects: [] },
      { command: "python3 -c 'print(1)'", effects: [] },
      { command: 'python3 --version', effects: [] },
    ],
  }),
];
