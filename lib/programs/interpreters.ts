/** Interpreters: which of their words are code, which are script files, and when they wait for input. The code itself is the code room's. */

import type { Effect } from '../types/effect.ts';
import type { Language, Nested } from '../types/invocation.ts';
import type { Word } from '../types/text.ts';
import { file, run, wordAt } from './effects.ts';
import { type Grammar, parseArgs, partOf } from './options.ts';
import { type Call, definePage, type Outcome, type Page, type PageExample } from './page.ts';

interface Interpreter {
  readonly names: readonly string[];
  readonly lang: Language;
  readonly grammar: Grammar;
  /** Options whose value is code. */
  readonly code: readonly string[];
  /** Options that only change how code runs or ask for information: with one of them alone nothing waits for input. */
  readonly informs: readonly string[];
  /** Options that load a file of code first. */
  readonly loads?: readonly string[];
  /** Options that write the operands in place. */
  readonly inPlace?: readonly string[];
  /** Words of the program that are no script: `node test`, `deno run`. */
  readonly commands?: readonly string[];
  readonly examples: readonly PageExample[];
}

const list = (names: string): readonly string[] => names.split(' ');

const INTERPRETERS: readonly Interpreter[] = [
  {
    names: list('node nodejs tsx ts-node esr bun deno'),
    lang: 'javascript',
    grammar: {
      value: list(
        'e eval p print r require import loader experimental-loader C conditions env-file input-type test-name-pattern max-old-space-size title icu-data-dir P project',
      ),
      stopAtOperand: true,
    },
    code: list('e eval p print'),
    informs: list('v version h help test watch check c v8-options run'),
    loads: list('r require import loader experimental-loader'),
    commands: list(
      'run eval test fmt lint check task install add x build create init upgrade info doc cache compile serve',
    ),
    examples: [
      {
        command: "node -e \"require('fs').rmSync('/srv/data', { recursive: true })\"",
        effects: [{ kind: 'file', op: 'delete', path: '/srv/data', recursive: true }],
      },
      {
        command: "node -e \"require('child_process').execSync('rm -rf /srv/data')\"",
        effects: [{ kind: 'file', op: 'delete', path: '/srv/data' }],
      },
      { command: "node -e 'console.log(1 + 1)'", effects: [] },
      { command: 'node --version', effects: [] },
    ],
  },
  {
    names: list('perl'),
    lang: 'perl',
    grammar: { value: list('e E I'), optional: list('i M m 0 F l C x d D'), stopAtOperand: true },
    code: list('e E'),
    informs: list('v V h c'),
    inPlace: list('i'),
    examples: [
      {
        command: 'perl -e \'system("rm -rf /srv/data")\'',
        effects: [{ kind: 'file', op: 'delete', path: '/srv/data' }],
      },
      {
        command: "perl -pi -e 's/a/b/' src/a.ts",
        effects: [{ kind: 'file', op: 'write', path: 'src/a.ts' }],
      },
      { command: "perl -ne 'print if /x/' src/a.ts", effects: [] },
    ],
  },
  {
    names: list('ruby irb'),
    lang: 'ruby',
    grammar: { value: list('e I r C'), optional: list('i F 0 E K T W x'), stopAtOperand: true },
    code: list('e'),
    informs: list('v version h help c y'),
    inPlace: list('i'),
    examples: [
      {
        command: 'ruby -e \'require "fileutils"; FileUtils.rm_rf("/srv/data")\'',
        effects: [{ kind: 'file', op: 'delete', path: '/srv/data' }],
      },
      { command: "ruby -e 'puts 1'", effects: [] },
      { command: 'ruby --version', effects: [] },
    ],
  },
  {
    names: list('php'),
    lang: 'php',
    grammar: {
      value: list(
        'r B R E F f d c z t S run process-code process-begin process-end process-file file define',
      ),
      stopAtOperand: true,
    },
    code: list('r B R E run process-code process-begin process-end'),
    informs: list('v version i info m modules l ini h help S'),
    loads: list('f F file process-file'),
    examples: [
      {
        command: 'php -r \'unlink("/srv/data");\'',
        effects: [{ kind: 'file', op: 'delete', path: '/srv/data' }],
      },
      { command: "php -r 'echo 1;'", effects: [] },
      { command: 'php --version', effects: [] },
    ],
  },
  {
    names: list('lua luajit'),
    lang: 'lua',
    grammar: { value: list('e l j'), stopAtOperand: true },
    code: list('e'),
    informs: list('v'),
    examples: [
      {
        command: 'lua -e \'os.execute("rm -rf /srv/data")\'',
        effects: [{ kind: 'file', op: 'delete', path: '/srv/data' }],
      },
      { command: "lua -e 'print(1)'", effects: [] },
      { command: 'lua -v', effects: [] },
    ],
  },
];

/** Reads an interpreter's command line by its row of the table. */
function readInterpreter(spec: Interpreter, call: Call): Outcome {
  const { args } = call;
  const parsed = parseArgs(args, spec.grammar);
  const codes = parsed.values(...spec.code);
  const { operands } = parsed;
  const runs: Nested[] = codes.map((code) => ({
    kind: 'code',
    lang: spec.lang,
    code,
    via: `${call.name} -${spec.code[0]}`,
    args: operands,
  }));
  for (const path of spec.loads === undefined ? [] : parsed.values(...spec.loads)) {
    if (path.text === undefined || /^[./~]|\.\w+$/.test(path.text))
      runs.push({ kind: 'file', lang: spec.lang, path, via: call.name });
  }
  if (spec.commands?.includes(operands[0]?.text ?? '') && (call.name === 'deno' || call.name === 'bun'))
    return readSubcommand(spec, call, operands);
  const hasCode = runs.length > 0;
  const effects: Effect[] = [];
  if (!hasCode || (spec.loads !== undefined && codes.length === 0 && spec.lang === 'javascript')) {
    const [script, ...rest] = operands;
    if (script !== undefined && script.text !== '-')
      return {
        effects,
        runs: [...runs, { kind: 'file', lang: spec.lang, path: script, args: rest, via: call.name }],
      };
    if (!hasCode) return readInput(spec.lang, call, parsed.has(...spec.informs));
  }
  // With code on the command line the operands are its data.
  if (spec.inPlace !== undefined && parsed.has(...spec.inPlace))
    for (const path of operands) effects.push(file('write', path, { clobbers: true }));
  else if (spec.lang !== 'javascript')
    for (const path of operands) if (!/^\w+=/.test(path.text ?? '')) effects.push(file('read', path));
  return { effects, runs };
}

/** `deno eval CODE`, `deno run FILE`, `bun run FILE`. Package scripts of bun are the package managers' page. */
function readSubcommand(spec: Interpreter, call: Call, operands: readonly Word[]): Outcome {
  const [command, ...rest] = operands;
  const first = rest.find((word) => !word.text?.startsWith('-'));
  if (first === undefined) return { effects: [] };
  if (command?.text === 'eval')
    return { effects: [], runs: [{ kind: 'code', lang: spec.lang, code: first, via: 'deno eval' }] };
  if (command?.text === 'run' || command?.text === 'serve')
    return { effects: [], runs: [{ kind: 'file', lang: spec.lang, path: first, via: `${call.name} run` }] };
  return { effects: [] };
}

/** Without code or script an interpreter reads standard input, or waits for a person. */
function readInput(lang: Language, { name, invocation }: Call, informs: boolean): Outcome {
  const near = invocation.argv[0] as Word;
  if (informs) return { effects: [] };
  const redirected = invocation.redirects.find((redirect) => redirect.fd === 0 && redirect.op === 'read');
  if (redirected !== undefined)
    return { effects: [], runs: [{ kind: 'file', lang, path: redirected.target, via: `${name} <` }] };
  if (invocation.stdin === undefined) return { effects: [run(near, { interactive: true })] };
  // The shell room knows what comes through the pipe, and whether it comes from the network.
  if (invocation.stdin === 'pipe')
    return {
      effects: [],
      runs: [{ kind: 'file', lang, path: wordAt('/dev/stdin', near), via: `${name} from a pipe` }],
    };
  return { effects: [], runs: [{ kind: 'code', lang, code: invocation.stdin, via: name }] };
}

/** Modules of Python that are programs of their own, and the command that does the same. */
const MODULES: Readonly<Record<string, string>> = {
  pip: 'pip',
  pytest: 'pytest',
  venv: 'true',
  unittest: 'true',
  'json.tool': 'true',
  compileall: 'true',
  tox: 'tox',
  black: 'black',
  mypy: 'mypy',
};

/** Python takes its own short cluster: everything after `-c` or `-m` belongs to the program. */
function readPython(call: Call): Outcome {
  const { args, invocation } = call;
  const near = invocation.argv[0] as Word;
  for (let i = 0; i < args.length; i++) {
    const word = args[i] as Word;
    const text = word.text ?? (typeof word.pieces?.[0] === 'string' ? word.pieces[0] : '');
    if (!text.startsWith('-') || text === '-') {
      if (text === '-') break;
      return {
        effects: [],
        runs: [{ kind: 'file', lang: 'python', path: word, args: args.slice(i + 1), via: call.name }],
      };
    }
    const option = /^-[bBdEhiIOPqRsSuvVx?]*([cmWXQ])/.exec(text);
    if (option === null || text.startsWith('--')) {
      if (/^-(?:[bBdEiIOPqRsSuvx?]*[hV]|-version|-help)/.test(text)) return { effects: [] };
      continue;
    }
    const value = text.length > option[0].length ? partOf(word, option[0].length) : args[++i];
    if (value === undefined) return { effects: [] };
    if (option[1] === 'c')
      return {
        effects: [],
        runs: [
          { kind: 'code', lang: 'python', code: value, args: args.slice(i + 1), via: `${call.name} -c` },
        ],
      };
    if (option[1] === 'm') return readModule(value, args.slice(i + 1), near);
  }
  return readInput('python', call, false);
}

function readModule(module: Word, args: readonly Word[], near: Word): Outcome {
  const name = module.text;
  if (name === 'http.server') {
    const bind = args.findIndex((word) => word.text === '-b' || word.text === '--bind');
    const port = args.map((word) => Number(word.text)).find((number) => Number.isInteger(number));
    return {
      effects: [
        {
          kind: 'net',
          op: 'listen',
          host:
            args[bind + 1] !== undefined && bind >= 0 ? (args[bind + 1] as Word) : wordAt('0.0.0.0', near),
          port: port ?? 8000,
          scheme: 'http',
          span: near.span,
        },
      ],
    };
  }
  const program = name === undefined ? undefined : MODULES[name];
  return program === undefined
    ? { effects: [run(near)] }
    : {
        effects: [],
        runs: [{ kind: 'argv', argv: [wordAt(program, module), ...args], via: `python -m ${name}` }],
      };
}

export const pages: readonly Page[] = [
  definePage({
    names: list('python python2 python3 pypy pypy3 ipython ipython3'),
    about: 'Python',
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
      { command: 'python3 -m http.server 8000', effects: [{ kind: 'net', op: 'listen', port: 8000 }] },
      { command: "python3 -c 'print(1)'", effects: [] },
      { command: 'python3 --version', effects: [] },
    ],
  }),
  ...INTERPRETERS.map((spec) =>
    definePage({
      names: spec.names.filter((name) => name !== 'bun'),
      about: `code in ${spec.lang}`,
      read: (call) => readInterpreter(spec, call),
      examples: spec.examples,
    }),
  ),
];
