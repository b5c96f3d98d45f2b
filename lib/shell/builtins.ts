/** Shell builtins that change the shell's state or run something; the rest only appear as invocations. */

import type { Word } from '../types/text.ts';
import {
  alias,
  type Builtin,
  declare,
  mapfile,
  printf,
  read,
  set,
  shift,
  unalias,
  unset,
} from './builtins-variables.ts';
import { directoryOf } from './emit.ts';
import { report, runCode } from './machine.ts';
import { runCodeWord } from './nested.ts';
import { echoOutput } from './outputs.ts';
import { absolutePath } from './paths.ts';
import { runFile } from './shells.ts';
import type { Place, Started } from './start.ts';
import { fork, type State } from './state.ts';
import {
  ANYTHING,
  EMPTY,
  fromWord,
  knownText,
  NO_OUTPUT,
  type Options,
  onlyText,
  type Text,
  textOf,
  withoutHoles,
} from './value.ts';
import { joinWords } from './wrappers.ts';

/** The builtin of a name, or undefined. A path (`/bin/echo`) is a program, but echo prints the same. */
export function findBuiltin(name: string): Builtin | undefined {
  const key = /^\/(?:usr\/)?bin\/(?:echo|printf|pwd|true|false|test|\[)$/.test(name)
    ? name.slice(name.lastIndexOf('/') + 1)
    : name;
  return Object.hasOwn(BUILTINS, key) ? BUILTINS[key] : undefined;
}

const nothing: Builtin = () => NO_OUTPUT;

const echo: Builtin = (argv) => [echoOutput(argv.slice(1))];

/** Leaves the directory in the state; remembers the old one for when it does not exist. */
const cd: Builtin = (argv, _started, { state, machine }) => {
  const target = argv.slice(1).find((word) => !/^-[LPe@]+$|^--$/.test(word.text ?? ''));
  const old = state.cwd;
  if (target === undefined)
    state.cwd =
      state.variables.get('HOME')?.kind === 'scalar'
        ? (state.variables.get('HOME') as { options: Options }).options
        : [textOf(machine.host.home)];
  else if (target.text === '-') state.cwd = state.oldCwd;
  else state.cwd = [fold(directoryOf(target, state))];
  state.oldCwd = old;
  const path = onlyText(state.cwd);
  if (path !== undefined && machine.host.pathKind(path) === undefined) state.cwdIfFailed = old;
  return NO_OUTPUT;
};

const pushd: Builtin = (argv, started, place, runWords) => {
  if (/^[+-]\d+$/.test(argv[1]?.text ?? '') || argv[1] === undefined) {
    const top = place.state.stack.pop();
    place.state.stack.push(place.state.cwd);
    place.state.cwd = top ?? ANYTHING;
    return ANYTHING;
  }
  place.state.stack.push(place.state.cwd);
  return cd(argv, started, place, runWords);
};

const popd: Builtin = (_argv, _started, { state }) => {
  state.cwd = state.stack.pop() ?? ANYTHING;
  return ANYTHING;
};

function fold(text: Text): Text {
  const known = knownText(text);
  const folded = known === undefined ? undefined : absolutePath(known, EMPTY);
  return folded === undefined ? text : [folded];
}

/** `eval`: its words become text again, in this very shell. */
const evaluate: Builtin = (argv, started, place) => {
  const args = argv[1]?.text === '--' ? argv.slice(2) : argv.slice(1);
  if (args.length === 0) return NO_OUTPUT;
  return runCode(
    joinWords(args),
    started.span,
    'eval',
    place.state,
    place.frame,
    { stdin: started.stdin, piped: place.io.piped },
    place.machine,
    place.runScript,
  );
};

const source: Builtin = (argv, started, place) => {
  const file = argv[1]?.text === '--' ? argv[2] : argv[1];
  if (file === undefined) return NO_OUTPUT;
  const before = place.state.positional;
  if (argv.length > 2) place.state.positional = argv.slice(2).map(fromWord);
  const output = runFile(file, 'source', { ...started, settings: [] }, place);
  place.state.positional = before;
  return output;
};

const trap: Builtin = (argv, started, place) => {
  const args = argv.slice(1).filter((word) => !/^-[lp]$|^--$/.test(word.text ?? ''));
  if (args.length < 2 || args[0]?.text === '-' || args[0]?.text === '') return NO_OUTPUT;
  runCodeWord(args[0] as Word, 'trap', started, place);
  return NO_OUTPUT;
};

/** `command`, `builtin`, `exec`: the words behind them run. */
const passOn: Builtin = (argv, started, place, runWords) => {
  let i = 1;
  for (; i < argv.length; i++) {
    const text = argv[i]?.text ?? '';
    if (text === '-a' && argv[0]?.text === 'exec') i++;
    else if (/^-[vV]/.test(text) && argv[0]?.text === 'command') return ANYTHING;
    else if (text === '--') {
      i++;
      break;
    } else if (!/^-[pcl]+$/.test(text)) break;
  }
  const rest = argv.slice(i);
  if (rest.length === 0) return NO_OUTPUT;
  const frame = { ...place.frame, via: [...place.frame.via, argv[0]?.text ?? ''] };
  // `command` skips functions and aliases of the same name.
  const state =
    argv[0]?.text === 'command' && rest[0]?.text !== undefined
      ? withoutOverrides(place.state, rest[0].text)
      : place.state;
  return runWords(rest, started, { ...place, state, frame });
};

function withoutOverrides<F>(state: State<F>, name: string): State<F> {
  if (!state.functions.has(name) && !state.aliases.has(name)) return state;
  const copy = fork(state);
  copy.functions.delete(name);
  copy.aliases.delete(name);
  return copy;
}

/** `let`, `test -v`, `[`: their words are evaluated a second time. */
const again: Builtin = (argv, started, place) => {
  for (const word of argv.slice(1)) secondLook(word, started, place);
  return NO_OUTPUT;
};

function secondLook(word: Word, started: Started, place: Place): void {
  const text = withoutHoles(fromWord(word));
  if (/\[.*(?:\$\(|`)/s.test(text))
    runCode(
      [`: "${text.replaceAll('"', '')}"`],
      started.span,
      'second evaluation',
      fork(place.state),
      place.frame,
      { stdin: undefined, piped: true },
      place.machine,
      place.runScript,
    );
}

/** `test`: only `-v` and numbers are evaluated again, so plain strings are left alone. */
const test: Builtin = (argv, started, place) => {
  argv.forEach((word, i) => {
    if (
      argv[i - 1]?.text === '-v' ||
      /^-(?:eq|ne|lt|le|gt|ge)$/.test(argv[i - 1]?.text ?? '') ||
      /^-(?:eq|ne|lt|le|gt|ge)$/.test(argv[i + 1]?.text ?? '')
    )
      secondLook(word, started, place);
  });
  return NO_OUTPUT;
};

const completion: Builtin = (argv, started, place) => {
  argv.forEach((word, i) => {
    const option = argv[i - 1]?.text;
    if (option === '-W') secondLookAll(word, started, place);
    if (option === '-C') runCodeWord(word, 'compgen -C', started, place);
  });
  return ANYTHING;
};

function secondLookAll(word: Word, started: Started, place: Place): void {
  const text = withoutHoles(fromWord(word));
  if (/\$\(|`/.test(text))
    runCode(
      [`: "${text.replaceAll('"', '')}"`],
      started.span,
      'compgen -W',
      fork(place.state),
      place.frame,
      { stdin: undefined, piped: true },
      place.machine,
      place.runScript,
    );
}

/** `enable -f` and `bind -x` bring in code of other kinds. */
const enable: Builtin = (argv, started, { machine, frame }) => {
  if (argv.some((word) => /^-[a-z]*f/.test(word.text ?? '')))
    report(machine, frame, started.span, 'enable -f loads native code', 'dynamic');
  return NO_OUTPUT;
};

const pwd: Builtin = (_argv, _started, { state }) =>
  state.cwd
    .map((text) => [...text, '\n'])
    .map((text) => (text.every((p) => typeof p === 'string') ? [text.join('')] : text));

/** Declared without a prototype, so that no name of Object's is taken for a builtin. */
const BUILTINS: Readonly<Record<string, Builtin>> = Object.assign(
  Object.create(null) as Record<string, Builtin>,
  {
    echo,
    printf,
    cd,
    chdir: cd,
    pushd,
    popd,
    pwd,
    unset,
    read,
    mapfile,
    readarray: mapfile,
    eval: evaluate,
    source,
    '.': source,
    trap,
    alias,
    unalias,
    set,
    shift,
    enable,
    test,
    '[': test,
    let: again,
    export: declare,
    declare,
    typeset: declare,
    local: declare,
    readonly: declare,
    command: passOn,
    builtin: passOn,
    exec: passOn,
    compgen: completion,
    complete: completion,
    ':': nothing,
    true: nothing,
    false: nothing,
    exit: nothing,
    return: nothing,
    break: nothing,
    continue: nothing,
    wait: nothing,
    ulimit: nothing,
    umask: nothing,
    shopt: nothing,
    hash: nothing,
    getopts: nothing,
    times: nothing,
    dirs: nothing,
    jobs: nothing,
    fg: nothing,
    bg: nothing,
    disown: nothing,
    history: nothing,
    caller: nothing,
    type: nothing,
    kill: nothing,
  },
);
