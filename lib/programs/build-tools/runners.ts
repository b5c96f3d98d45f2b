/** Small programs that run others: again on every change, several at once, with other variables. */

import type { Assignment, Nested } from '../../types/invocation.ts';
import type { Word } from '../../types/text.ts';
import { programWord } from '../coreutils/paths.ts';
import { readOptions } from '../coreutils/spec.ts';
import { wordAt } from '../effects.ts';
import { knownStart, type ParsedArgs, partOf } from '../options.ts';
import { findManifest } from '../packages/package-json.ts';
import { type Call, definePage, type Outcome, type Page } from '../page.ts';
import { byNames, joinBlank } from '../verbs.ts';

interface Runner {
  readonly options: string;
  /**
   * What its operands are: one program with its arguments, the same as shell text, shell texts of their own, names of
   * package scripts, or nothing that runs.
   */
  readonly operands: 'argv' | 'joined' | 'texts' | 'scripts' | 'none';
  /** Options whose values are shell text. */
  readonly code?: readonly string[];
  /** Options that make a program of the operands into shell text, or the other way round. */
  readonly shell?: readonly string[];
  /** Operands in front of the program. */
  readonly skip?: number;
  /** Only what stands behind `--` runs. */
  readonly behindDashes?: boolean;
  /** `NAME=value` operands are environment. */
  readonly environment?: boolean;
}

const RUNNERS = byNames<Runner>({
  concurrently: {
    options:
      'n= names= c= prefix-colors= p= prefix= l= prefix-length= t= timestamp-format= m= max-processes= s= success= default-input-target= restart-tries= restart-after= teardown= k kill-others kill-others-on-fail',
    operands: 'texts',
    code: ['teardown'],
  },
  'run-s run-p npm-run-all npm-run-all2 run-s2 run-p2': {
    options: 'max-parallel= npm-path=',
    operands: 'scripts',
  },
  hyperfine: {
    options:
      'w= warmup= m= min-runs= M= max-runs= r= runs= s= setup= p= prepare= c= cleanup= conclude= S= shell= n= command-name= N= export-json= export-csv= export-markdown= L= P= parameter-scan= parameter-list= i',
    operands: 'texts',
    code: ['s', 'setup', 'p', 'prepare', 'c', 'cleanup', 'conclude'],
  },
  nodemon: {
    options: 'e= ext= w= watch= i= ignore= x= exec= d= delay= s= signal= config= C q',
    operands: 'none',
    code: ['x', 'exec'],
  },
  entr: { options: 'c d n p r s z', operands: 'argv', shell: ['s'] },
  watchexec: {
    options:
      'w= watch= e= exts= f= filter= i= ignore= s= signal= d= debounce= shell= on-busy-update= stop-signal= stop-timeout= workdir= E= env= n r c',
    operands: 'joined',
    shell: ['n'],
  },
  'chokidar chokidar-cli': {
    options: 'c= command= d= debounce= t= throttle= i= ignore= p= poll-interval=',
    operands: 'none',
    code: ['c', 'command'],
  },
  onchange: {
    options: 'e= exclude= d= delay= f= filter= j= jobs= k i',
    operands: 'argv',
    behindDashes: true,
  },
  'cross-env env-cmd': {
    options: 'f= file= e= environments= r= rc-file=',
    operands: 'argv',
    environment: true,
  },
  'cross-env-shell': { options: '', operands: 'joined', environment: true },
  'dotenv dotenvx dotenv-cli': {
    options: 'e= p= v= c? o f= env-file= fv=',
    operands: 'argv',
    environment: true,
  },
  certbot: {
    options:
      'pre-hook= post-hook= deploy-hook= renew-hook= manual-auth-hook= manual-cleanup-hook= d= domains= m= email= w= webroot-path= cert-name= config-dir= work-dir= logs-dir= server=',
    operands: 'none',
    code: ['pre-hook', 'post-hook', 'deploy-hook', 'renew-hook', 'manual-auth-hook', 'manual-cleanup-hook'],
  },
  'start-server-and-test server-test': { options: 'expect=', operands: 'none' },
  moon: { options: 'concurrency= c=', operands: 'none' },
  'asdf volta': { options: '', operands: 'none' },
});

/** Values given with `NAME=value` in front of the program. */
function leading(words: readonly Word[]): {
  readonly assignments: readonly Assignment[];
  readonly rest: readonly Word[];
} {
  const count = words.findIndex((word) => !/^[A-Za-z_]\w*=/.test(knownStart(word)));
  const end = count < 0 ? words.length : count;
  return {
    assignments: words.slice(0, end).map((word) => {
      const at = knownStart(word).indexOf('=');
      return { name: knownStart(word).slice(0, at), value: partOf(word, at + 1) };
    }),
    rest: words.slice(end),
  };
}

function operandRuns(call: Call, runner: Runner, parsed: ParsedArgs): readonly Nested[] {
  const via = call.name;
  const near = programWord(call);
  const dashes = call.args.findIndex((word) => word.text === '--');
  const after = dashes < 0 ? [] : call.args.slice(dashes + 1);
  const all = runner.behindDashes ? after : parsed.operands.slice(runner.skip ?? 0);
  const { assignments, rest } = runner.environment ? leading(all) : { assignments: [], rest: all };
  if (rest.length === 0 && runner.operands !== 'texts') return [];
  const environment = assignments.length > 0 ? { assignments } : {};
  const isSwitched = runner.shell !== undefined && parsed.has(...runner.shell);
  const asArgv: Nested = { kind: 'argv', argv: rest, via, ...environment };
  const asCode: Nested = { kind: 'code', lang: 'sh', code: joinBlank(rest, near), via, ...environment };
  switch (runner.operands) {
    case 'argv':
      return [isSwitched ? asCode : asArgv];
    case 'joined':
      return [isSwitched ? asArgv : asCode];
    case 'texts':
      return rest.map((code) => textRun(code, via, near));
    case 'scripts':
      return rest
        .flatMap((word) => scriptsMeant(call, word))
        .map((word) => ({
          kind: 'argv',
          argv: [wordAt('npm', near), wordAt('run', near), ...split(word)],
          via,
        }));
    case 'none':
      return [];
  }
}

/** The scripts that a name with `*` in it stands for; any other name as it is. */
function scriptsMeant(call: Call, word: Word): readonly Word[] {
  const folder = call.invocation.cwd.text;
  if (!word.text?.includes('*') || folder === undefined) return [word];
  const [head = '', ...tail] = word.text.split('*');
  const end = tail.at(-1) ?? '';
  const names = [...(findManifest(call.host, folder)?.scripts.keys() ?? [])];
  return names
    .filter((name) => name.startsWith(head) && name.endsWith(end))
    .slice(0, 64)
    .map((name) => wordAt(name, word));
}

function split(word: Word): readonly Word[] {
  return word.text === undefined ? [word] : word.text.split(/\s+/).map((part) => wordAt(part, word));
}

/** `npm:build` is short for `npm run build`. */
function textRun(code: Word, via: string, near: Word): Nested {
  const script = /^(npm|pnpm|yarn|bun|node):(.+)$/.exec(code.text ?? '');
  if (!script) return { kind: 'code', lang: 'sh', code, via };
  const argv = [
    wordAt(script[1] as string, near),
    wordAt('run', near),
    ...split(wordAt(script[2] as string, code)),
  ];
  return { kind: 'argv', argv, via };
}

function readRunner(call: Call): Outcome {
  const runner = RUNNERS.get(call.name) as Runner;
  const parsed = readOptions(call.args, runner.options, {
    stopAtOperand: ['argv', 'joined'].includes(runner.operands),
  });
  const codes = runner.code ? parsed.values(...runner.code) : [];
  const near = programWord(call);
  const runs: Nested[] = [
    ...codes.map((code): Nested => ({ kind: 'code', lang: 'sh', code, via: call.name })),
    ...operandRuns(call, runner, parsed),
  ];
  if (call.name === 'nodemon' && codes.length === 0 && parsed.operands.length > 0)
    runs.push({ kind: 'argv', argv: [wordAt('node', near), ...parsed.operands], via: 'nodemon' });
  const [verb, ...rest] = parsed.operands;
  if (
    (verb?.text === 'exec' || (verb?.text === 'run' && ['dotenvx', 'volta'].includes(call.name))) &&
    runner.operands !== 'scripts'
  ) {
    const argv = rest.filter((word) => word.text !== '--');
    return { effects: [], runs: [{ kind: 'argv', argv, via: `${call.name} ${verb.text}` }] };
  }
  if (call.name.startsWith('start-server')) {
    const texts = parsed.operands.filter((word) => /\s/.test(word.text ?? ''));
    return { effects: [], runs: texts.map((code) => ({ kind: 'code', lang: 'sh', code, via: call.name })) };
  }
  return { effects: [], runs };
}

/** `cmake -E rm -rf x`: file commands of its own, named like those of the system. */
const CMAKE_TOOLS: Readonly<Record<string, readonly string[]>> = {
  rm: ['rm'],
  remove: ['rm'],
  remove_directory: ['rm', '-r'],
  copy: ['cp'],
  copy_directory: ['cp', '-r'],
  copy_if_different: ['cp'],
  rename: ['mv'],
  make_directory: ['mkdir', '-p'],
  touch: ['touch'],
  create_symlink: ['ln', '-s'],
  create_hardlink: ['ln'],
  cat: ['cat'],
  env: ['env'],
  tar: ['tar'],
  time: ['time'],
};

function readCmake(call: Call): Outcome {
  const at = call.args.findIndex((word) => word.text === '-E');
  const tool = at < 0 ? undefined : call.args[at + 1];
  const rest = call.args.slice(at + 2);
  if (tool?.text === 'chdir' && rest[0])
    return { effects: [], runs: [{ kind: 'argv', argv: rest.slice(1), cwd: rest[0], via: 'cmake -E' }] };
  const program = tool?.text === undefined ? undefined : CMAKE_TOOLS[tool.text];
  if (program && tool)
    return {
      effects: [],
      runs: [
        { kind: 'argv', argv: [...program.map((part) => wordAt(part, tool)), ...rest], via: 'cmake -E' },
      ],
    };
  return { effects: [] };
}

/** Tools that build, test, check and format; what they do stays in the project. */
const PLAIN = [
  'meson bazel bazelisk buck2 gotestsum pytest py.test jest vitest mocha ava tap c8 nyc playwright cypress',
  'tsc tsgo eslint oxlint biome prettier stylelint ruff black isort flake8 mypy pyright pylint rubocop rspec phpunit phpstan psalm clang-format clang-tidy gcc g++ clang clang++ cc c++ rustc rustfmt gofmt goimports',
  'golangci-lint staticcheck shellcheck shfmt hadolint actionlint yamllint markdownlint webpack rollup esbuild vite next astro parcel swc babel tsup unbuild ctest lcov gcovr javac kotlinc scalac ghc swiftc swiftlint dotnet-format commitlint typedoc sphinx-build xcodebuild',
].join(' ');

export const pages: readonly Page[] = [
  definePage({
    names: [...RUNNERS.keys()],
    about: 'run other programs: on every change, several at once, with other variables',
    read: readRunner,
    examples: [
      {
        command: "concurrently 'rm -rf a' 'rm -rf b'",
        effects: [
          { kind: 'file', path: 'a' },
          { kind: 'file', path: 'b' },
        ],
      },
      { command: 'cross-env A=1 rm -rf build', effects: [{ kind: 'file', op: 'delete', path: 'build' }] },
      { command: "nodemon -x 'rm -rf build'", effects: [{ kind: 'file', op: 'delete', path: 'build' }] },
      {
        command: 'ls *.c | entr -s "rm -rf build"',
        effects: [{ kind: 'file', op: 'delete', path: 'build' }],
      },
      { command: 'cross-env NODE_ENV=test vitest run', effects: [] },
    ],
  }),
  definePage({
    names: ['cmake'],
    about: 'cmake: configures builds; has file commands of its own',
    read: readCmake,
    examples: [
      {
        command: 'cmake -E rm -rf src',
        effects: [{ kind: 'file', op: 'delete', path: 'src', recursive: true }],
      },
      { command: 'cmake -S . -B build', effects: [] },
      { command: 'cmake --build build -j', effects: [] },
    ],
  }),
  definePage({
    names: PLAIN.split(' '),
    about: 'build, test, check and format inside the project',
    read: () => ({ effects: [] }),
    examples: [
      { command: 'pytest -q tests/test_a.py -k "rm or drop"', effects: [] },
      { command: 'eslint --fix src', effects: [] },
      { command: 'tsc --noEmit -p .', effects: [] },
    ],
  }),
];
