/** Command lines of Perl, Ruby, PHP, Lua, R, Julia and AppleScript. The code itself is the code room's. */

import type { Effect } from '../../types/effect.ts';
import type { Language, Nested } from '../../types/invocation.ts';
import type { Word } from '../../types/text.ts';
import { file, net, run, wordAt } from '../effects.ts';
import { type Grammar, knownStart, type ParsedArgs, parseArgs } from '../options.ts';
import { type Call, definePage, type Outcome, type Page, type PageExample } from '../page.ts';
import {
  codeRun,
  consoleRuns,
  fileRun,
  findSetting,
  isPath,
  isQuestion,
  joinWords,
  nameOf,
  optionWords,
  readInput,
} from './start.ts';

interface Interpreter {
  readonly names: string;
  readonly lang: Language;
  readonly about: string;
  readonly grammar: Grammar;
  /** Options whose value is code; several are one text. */
  readonly code: readonly string[];
  /** Options that only ask for information, or check the syntax. */
  readonly asks: readonly string[];
  /** Options whose value is a file of code. */
  readonly files?: readonly string[];
  /** Options that load a library, which may be a file. */
  readonly loads?: readonly string[];
  /** Operands are read line by line (`-n`, `-p`). */
  readonly filters?: readonly string[];
  /** Operands are changed in place. */
  readonly inPlace?: readonly string[];
  /** Variable that holds more options. */
  readonly variable?: string;
  readonly more?: (call: Call, parsed: ParsedArgs) => Outcome | undefined;
  readonly examples: readonly PageExample[];
}

const list = (names: string): readonly string[] => names.split(' ');
const removes = (path: string) => [{ kind: 'file', op: 'delete', path }];

const INTERPRETERS: readonly Interpreter[] = [
  {
    names: 'perl',
    lang: 'perl',
    about: 'Perl: code, filters and script files',
    grammar: { value: list('e E I'), optional: list('i M m F C x d D V'), stopAtOperand: true },
    code: list('e E'),
    asks: list('v V h'),
    filters: list('n p'),
    inPlace: list('i'),
    variable: 'PERL5OPT',
    more: readPerlModules,
    examples: [
      { command: 'perl -e \'system("rm -rf /srv/data")\'', effects: removes('/srv/data') },
      {
        command: "perl -pi -e 's/a/b/' src/a.ts",
        effects: [{ kind: 'file', op: 'write', path: 'src/a.ts' }],
      },
      {
        command: "perl -i.bak -ne 'print' src/a.ts",
        effects: [{ kind: 'file', op: 'write', path: 'src/a.ts' }],
      },
      { command: 'perl -M\'strict; unlink "x"\' -e 1', effects: removes('x') },
      { command: "perl -ne 'print if /x/' src/a.ts", effects: [] },
    ],
  },
  {
    names: 'ruby irb jruby truffleruby',
    lang: 'ruby',
    about: 'Ruby: code, filters and script files',
    grammar: {
      value: list('e I r C E encoding external-encoding internal-encoding prompt'),
      optional: list('i F K T W x'),
      stopAtOperand: true,
    },
    code: list('e'),
    asks: list('v version h help c y copyright'),
    loads: list('r'),
    filters: list('n p'),
    inPlace: list('i'),
    variable: 'RUBYOPT',
    examples: [
      {
        command: 'ruby -e \'require "fileutils"; FileUtils.rm_rf("/srv/data")\'',
        effects: removes('/srv/data'),
      },
      {
        command: "ruby -pi -e '$_.upcase!' src/a.ts",
        effects: [{ kind: 'file', op: 'write', path: 'src/a.ts' }],
      },
      { command: 'irb', effects: [{ kind: 'run', interactive: true }] },
      { command: "ruby -e 'puts 1'", effects: [] },
    ],
  },
  {
    names: 'php php7 php8',
    lang: 'php',
    about: 'PHP: code, script files and its web server',
    grammar: {
      value: list(
        'r B R E F f d c z t S run process-code process-begin process-end process-file file define php-ini docroot server',
      ),
      stopAtOperand: true,
    },
    code: list('r B R E run process-code process-begin process-end'),
    asks: list('v version i info m modules l syntax-check ini h help rf rc re ri'),
    files: list('f F file process-file'),
    more: readPhpSettings,
    examples: [
      { command: 'php -r \'unlink("/srv/data");\'', effects: removes('/srv/data') },
      { command: 'php -S localhost:8000 -t public', effects: [{ kind: 'net', op: 'listen', port: 8000 }] },
      { command: "php -r 'echo 1;'", effects: [] },
      { command: 'php -l src/a.php', effects: [] },
    ],
  },
  {
    names: 'lua luajit lua5.1 lua5.2 lua5.3 lua5.4 texlua',
    lang: 'lua',
    about: 'Lua: code and script files',
    grammar: { value: list('e l j'), stopAtOperand: true },
    code: list('e'),
    asks: list('v'),
    loads: list('l'),
    more: (call) => {
      const init = findSetting(call, 'LUA_INIT');
      if (!init) return undefined;
      const isFile = knownStart(init).startsWith('@');
      return {
        effects: [],
        runs: [
          isFile
            ? fileRun('lua', wordAt(knownStart(init).slice(1), init), 'LUA_INIT')
            : codeRun('lua', init, 'LUA_INIT'),
        ],
      };
    },
    examples: [
      { command: 'lua -e \'os.execute("rm -rf /srv/data")\'', effects: removes('/srv/data') },
      { command: "lua -e 'print(1)'", effects: [] },
      { command: 'lua', effects: [{ kind: 'run', interactive: true }] },
    ],
  },
  {
    names: 'r rscript',
    lang: 'r',
    about: 'R: code and script files',
    grammar: { value: list('e f file g'), singleDash: true, stopAtOperand: true },
    code: list('e'),
    asks: list('version help'),
    files: list('f file'),
    more: readRCommand,
    examples: [
      { command: 'Rscript -e \'unlink("/srv/data", recursive = TRUE)\'', effects: removes('/srv/data') },
      { command: "Rscript -e 'print(1)'", effects: [] },
      { command: 'Rscript --version', effects: [] },
    ],
  },
  {
    names: 'julia',
    lang: 'julia',
    about: 'Julia: code and script files',
    grammar: {
      value: list('e E L p t J eval print load project sysimage threads procs machine-file'),
      stopAtOperand: true,
    },
    code: list('e E eval print'),
    asks: list('v version h help'),
    files: list('L load'),
    examples: [
      { command: 'julia -e \'rm("/srv/data"; recursive=true)\'', effects: removes('/srv/data') },
      { command: "julia -e 'println(1)'", effects: [] },
      { command: 'julia --version', effects: [] },
    ],
  },
  {
    names: 'osascript',
    lang: 'applescript',
    about: 'AppleScript and its JavaScript',
    grammar: { value: list('e l s'), stopAtOperand: true },
    code: list('e'),
    asks: [],
    examples: [
      { command: 'osascript -e \'do shell script "rm -rf /srv/data"\'', effects: removes('/srv/data') },
      {
        command:
          'osascript -l JavaScript -e \'Application.currentApplication().doShellScript("rm -rf /srv/data")\'',
        effects: removes('/srv/data'),
      },
      { command: 'osascript -e \'display notification "done"\'', effects: [] },
    ],
  },
];

function readInterpreter(spec: Interpreter, call: Call): Outcome {
  const parsed = parseArgs(
    [...optionWords(spec.variable ? findSetting(call, spec.variable) : undefined), ...call.args],
    spec.grammar,
  );
  const lang =
    spec.lang === 'applescript' && /^javascript$/i.test(parsed.value('l')?.text ?? '')
      ? 'javascript'
      : spec.lang;
  const more = spec.more?.(call, parsed);
  const effects: Effect[] = [...(more?.effects ?? [])];
  const runs: Nested[] = [...(more?.runs ?? [])];
  const { operands } = parsed;
  for (const path of parsed.values(...(spec.loads ?? [])).filter(isPath))
    runs.push(fileRun(lang, path, `${call.name} -r`));
  const files = parsed.values(...(spec.files ?? []));
  runs.push(...files.map((path) => fileRun(lang, path, call.name, operands)));
  const codes = parsed.values(...spec.code);
  if (codes.length > 0)
    runs.push(codeRun(lang, joinWords(codes, '\n'), `${call.name} -${spec.code[0]}`, operands));
  const isOwnCode = codes.length > 0 || files.length > 0;
  if (isOwnCode) return { effects: [...effects, ...dataEffects(spec, parsed, operands, codes)], runs };
  if (isQuestion(parsed.options, spec.asks) || (more !== undefined && more.effects.length > 0))
    return { effects, runs };
  const [script, ...args] = operands;
  if (script && script.text !== '-') {
    if (spec.lang === 'perl' && parsed.has('c')) return { effects: [file('read', script)], runs };
    runs.push(fileRun(lang, script, call.name, args), ...consoleRuns(script, call.name, args));
    return { effects: [...effects, ...dataEffects(spec, parsed, args, [])], runs };
  }
  const input = readInput(lang, call);
  return { effects: [...effects, ...input.effects], runs: [...runs, ...(input.runs ?? [])] };
}

/** Files that a filter reads, or changes in place. */
function dataEffects(
  spec: Interpreter,
  parsed: ParsedArgs,
  operands: readonly Word[],
  codes: readonly Word[],
): Effect[] {
  if (spec.inPlace && parsed.has(...spec.inPlace)) return operands.map((path) => file('write', path));
  const isFilter = spec.filters !== undefined && parsed.has(...spec.filters);
  const readsInput = isFilter || codes.some((code) => /<>|<ARGV>|ARGF|\$<|gets/.test(knownStart(code)));
  return readsInput ? operands.map((path) => file('read', path)) : [];
}

/** `-Mmodule=names`: what stands behind a semicolon is code. */
function readPerlModules(_: Call, parsed: ParsedArgs): Outcome | undefined {
  const odd = parsed.values('M', 'm', 'd').filter((module) => /[;({]/.test(knownStart(module)));
  if (odd.length === 0) return undefined;
  return {
    effects: [],
    runs: odd.map((module) =>
      codeRun('perl', joinWords([wordAt('use ', module), module, wordAt(';', module)], ''), 'perl -M'),
    ),
  };
}

/** Files that settings make PHP run first, and its web server. */
function readPhpSettings(_: Call, parsed: ParsedArgs): Outcome | undefined {
  const runs: Nested[] = parsed.values('d', 'define').flatMap((setting) => {
    const path = /^auto_(?:prepend|append)_file=(.+)$/.exec(setting.text ?? '')?.[1];
    return path === undefined ? [] : [fileRun('php', wordAt(path, setting), 'php -d')];
  });
  const address = parsed.value('S', 'server');
  const [router] = parsed.operands;
  if (address && router) runs.push(fileRun('php', router, 'php -S'));
  if (!address && runs.length === 0) return undefined;
  return { effects: address ? [net(address, { op: 'listen', scheme: 'http' })] : [], runs };
}

/** `R CMD BATCH in`, and the file that R reads before all else. */
function readRCommand(call: Call, parsed: ParsedArgs): Outcome | undefined {
  const [first, command, script] = parsed.operands;
  const profile = findSetting(call, 'R_PROFILE_USER') ?? findSetting(call, 'R_PROFILE');
  const runs = profile ? [fileRun('r', profile, 'R_PROFILE')] : [];
  if (first?.text === 'CMD') {
    const isBatch = command?.text === 'BATCH' && script !== undefined;
    return {
      effects: [run(nameOf(call))],
      runs: isBatch ? [...runs, fileRun('r', script, 'R CMD BATCH')] : runs,
    };
  }
  return profile ? { effects: [], runs } : undefined;
}

export const pages: readonly Page[] = INTERPRETERS.map((spec) =>
  definePage({
    names: list(spec.names),
    about: spec.about,
    read: (call) => readInterpreter(spec, call),
    examples: spec.examples,
  }),
);
