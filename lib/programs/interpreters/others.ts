/** Interpreters whose code nobody here reads: what they are given to run cannot be judged, their prompts and files can. */

import type { Effect } from '../../types/effect.ts';
import type { Word } from '../../types/text.ts';
import { file, opaque, run } from '../effects.ts';
import { type Grammar, parseArgs } from '../options.ts';
import { type Call, definePage, NOTHING, type Outcome, type Page, type PageExample } from '../page.ts';
import { codeRun, fileRun, fileRuns, isQuestion, nameOf, readInput } from './start.ts';

interface Interpreter {
  readonly names: string;
  readonly about: string;
  readonly grammar: Grammar;
  readonly code: string;
  readonly asks: string;
  readonly examples: readonly PageExample[];
}

const list = (names: string): readonly string[] => names.split(' ');
const DYNAMIC = [{ kind: 'opaque' }];

const INTERPRETERS: readonly Interpreter[] = [
  {
    names: 'elixir iex',
    about: 'Elixir',
    grammar: { value: list('e eval r require pr pa S'), stopAtOperand: true },
    code: 'e eval',
    asks: 'v version h help',
    examples: [
      { command: 'elixir -e \'File.rm_rf!("x")\'', effects: DYNAMIC },
      { command: 'iex', effects: [{ kind: 'run', interactive: true }] },
      { command: 'elixir --version', effects: [] },
    ],
  },
  {
    names: 'groovy groovysh scala scala-cli kotlin clojure clj bb',
    about: 'languages of the JVM',
    grammar: { value: list('e eval expression cp classpath'), stopAtOperand: true },
    code: 'e eval expression',
    asks: 'v version h help',
    examples: [
      { command: 'groovy -e \'new File("x").deleteDir()\'', effects: DYNAMIC },
      { command: "bb -e '(+ 1 2)'", effects: DYNAMIC },
      { command: 'scala -version', effects: [] },
    ],
  },
  {
    names: 'gnuplot octave octave-cli nim nimble maxima gap sage matlab scilab',
    about: 'programs for mathematics and compilers that also take code',
    grammar: { value: list('e eval batch-string r execute p path W o'), stopAtOperand: true },
    code: 'e eval batch-string r execute',
    asks: 'v version h help',
    examples: [
      { command: 'gnuplot -e \'system("rm x")\'', effects: DYNAMIC },
      { command: 'octave --eval \'system("rm x")\'', effects: DYNAMIC },
      { command: 'octave --version', effects: [] },
      { command: 'nim c a.nim', effects: [] },
    ],
  },
  {
    names:
      'raku rakudo ghci runghc racket guile sbcl tclsh wish crystal swift ocaml erl emacs-lisp dotnet-script csi fsi',
    about: 'other languages',
    grammar: { value: list('e eval c expression run'), stopAtOperand: true },
    code: 'e eval c expression run',
    asks: 'v version h help',
    examples: [
      { command: 'raku -e \'unlink "x"\'', effects: DYNAMIC },
      { command: 'guile', effects: [{ kind: 'run', interactive: true }] },
      { command: 'raku --version', effects: [] },
    ],
  },
];
/** Those of them that are compilers first: without code they do not wait for a person. */
const COMPILERS = new Set(['nim', 'nimble', 'crystal', 'swift', 'kotlin', 'scala-cli', 'csi']);

function readOther(spec: Interpreter, call: Call): Outcome {
  const parsed = parseArgs(call.args, spec.grammar);
  // `-version` is a word of its own for some.
  const asks =
    isQuestion(parsed.options, list(spec.asks)) ||
    call.args.some((word) => /^-(?:version|help)$/.test(word.text ?? ''));
  // `crystal eval CODE`
  const evaluated = parsed.operands[0]?.text === 'eval' ? parsed.operands.slice(1) : [];
  const codes = [...parsed.values(...list(spec.code)), ...evaluated];
  if (codes.length > 0 && !asks)
    return { effects: [], runs: codes.map((code) => codeRun('unknown', code, `${call.name} -e`)) };
  if (asks || parsed.operands.length > 0 || COMPILERS.has(call.name)) return NOTHING;
  const input = readInput('unknown', call);
  return input.runs
    ? { effects: [opaque(nameOf(call), 'it runs code that it reads from its input')] }
    : input;
}

const POWERSHELL_VALUES = list(
  'command c encodedcommand e ec enc file f executionpolicy ep ex version v workingdirectory wd configurationname outputformat o inputformat windowstyle w settingsfile settings custompipename',
);

/** PowerShell's options are case-blind and may be cut short. */
function readPowerShell(call: Call): Outcome {
  const { args } = call;
  for (let i = 0; i < args.length; i++) {
    const word = args[i] as Word;
    const name = /^(?:--?|\/)([a-z]+)$/i.exec(word.text ?? '')?.[1]?.toLowerCase();
    if (name === undefined) return runPowerShell(call, 'file', word, args.slice(i + 1));
    if (/^(?:version|help|h)$/.test(name) && i === args.length - 1) return NOTHING;
    const value = args[i + 1];
    if (/^(?:c|co|com|comm|comma|comman|command)$/.test(name)) return runPowerShell(call, 'code', value, []);
    if (/^(?:e|ec|en|enc|enco\w*)$/.test(name)) return runPowerShell(call, 'encoded', value, []);
    if (/^(?:f|fi|fil|file)$/.test(name)) return runPowerShell(call, 'file', value, args.slice(i + 2));
    if (POWERSHELL_VALUES.includes(name)) i++;
  }
  const input = readInput('unknown', call);
  return input.runs
    ? { effects: [opaque(nameOf(call), 'it runs code that it reads from its input')] }
    : input;
}

function runPowerShell(
  call: Call,
  what: 'code' | 'encoded' | 'file',
  value: Word | undefined,
  rest: readonly Word[],
): Outcome {
  if (!value) return { effects: [run(nameOf(call), { interactive: true })] };
  const via = `${call.name} -${what === 'file' ? 'File' : 'Command'}`;
  if (what === 'file') return { effects: [], runs: [fileRun('unknown', value, via, rest)] };
  const decoded =
    what === 'encoded' && value.text !== undefined
      ? { ...value, text: Buffer.from(value.text, 'base64').toString('utf16le') }
      : value;
  return { effects: [], runs: [codeRun('unknown', decoded, via)] };
}

const JAVA: Grammar = {
  singleDash: true,
  stopAtOperand: true,
  value: list('cp classpath class-path p module-path m module jar source add-modules d'),
};

/** `java File.java` compiles and runs it; classes and archives are programs like others. */
function readJava(call: Call): Outcome {
  const [main] = parseArgs(call.args, JAVA).operands;
  return main?.text?.endsWith('.java') ? { effects: [file('read', main)] } : NOTHING;
}

function readJShell(call: Call): Outcome {
  const parsed = parseArgs(call.args, {
    value: list('class-path module-path add-modules startup execution feedback'),
  });
  if (isQuestion(parsed.options, list('version help h'))) return NOTHING;
  const [script] = parsed.operands;
  if (script && script.text !== '-')
    return { effects: [], runs: fileRuns('unknown', script, 'jshell', [], []) };
  const effects: Effect[] =
    call.invocation.stdin === undefined
      ? [run(nameOf(call), { interactive: true })]
      : [opaque(nameOf(call), 'it runs code that it reads from its input')];
  return { effects };
}

export const pages: readonly Page[] = [
  ...INTERPRETERS.map((spec) =>
    definePage({
      names: list(spec.names),
      about: spec.about,
      read: (call) => readOther(spec, call),
      examples: spec.examples,
    }),
  ),
  definePage({
    names: ['pwsh', 'powershell'],
    about: 'PowerShell',
    read: readPowerShell,
    examples: [
      { command: "pwsh -Command 'Remove-Item x -Recurse'", effects: DYNAMIC },
      { command: "pwsh -NoProfile -c 'Get-Date'", effects: DYNAMIC },
      { command: 'pwsh', effects: [{ kind: 'run', interactive: true }] },
      { command: 'pwsh -Version', effects: [] },
    ],
  }),
  definePage({
    names: ['java'],
    about: 'Java',
    read: readJava,
    examples: [
      { command: 'java src/A.java', effects: [{ kind: 'file', op: 'read', path: 'src/A.java' }] },
      { command: 'java -jar app.jar', effects: [] },
      { command: 'java -version', effects: [] },
    ],
  }),
  definePage({
    names: ['jshell'],
    about: "Java's prompt",
    read: readJShell,
    examples: [
      { command: 'jshell', effects: [{ kind: 'run', interactive: true }] },
      { command: "echo 'Runtime.getRuntime()' | jshell", effects: DYNAMIC },
      { command: 'jshell --version', effects: [] },
    ],
  }),
];
