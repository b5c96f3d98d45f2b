/** Shell builtins that change the shell's state or run something; the rest only appear as invocations. */

import type { Word } from '../types/text.ts';
import { report, runCode } from './machine.ts';
import { echoOutput, printfOutput } from './outputs.ts';
import { absolutePath } from './paths.ts';
import { runFile } from './shells.ts';
import type { Place, Started } from './start.ts';
import { applySetting, directoryOf, joinWords, withSettings } from './start.ts';
import { assign, fork, type State } from './state.ts';
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
  UNKNOWN,
  withoutHoles,
} from './value.ts';

type RunWords = (argv: readonly Word[], started: Started, place: Place) => Options;
type Builtin = (argv: readonly Word[], started: Started, place: Place, runWords: RunWords) => Options;

/** The builtin of a name, or undefined. A path (`/bin/echo`) is a program, but echo prints the same. */
export function findBuiltin(name: string): Builtin | undefined {
  const key = /^\/(?:usr\/)?bin\/(?:echo|printf|pwd|true|false|test|\[)$/.test(name)
    ? name.slice(name.lastIndexOf('/') + 1)
    : name;
  return Object.hasOwn(BUILTINS, key) ? BUILTINS[key] : undefined;
}

const nothing: Builtin = () => NO_OUTPUT;

const echo: Builtin = (argv) => [echoOutput(argv.slice(1))];

const printf: Builtin = (argv, _started, { state }) => {
  let args = argv.slice(1);
  let variable: string | undefined;
  if (args[0]?.text === '-v') {
    variable = args[1]?.text;
    args = args.slice(2);
  }
  if (args[0]?.text === '--') args = args.slice(1);
  const output = [printfOutput(args)];
  if (variable === undefined) return output;
  assign(state, variable.replace(/\[.*$/, ''), output);
  return NO_OUTPUT;
};

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

/** `export`, `declare`, `local`, `readonly`, `typeset`. */
const declare: Builtin = (argv, started, { state }) => {
  const options = argv
    .slice(1)
    .filter((word) => /^-\w+$/.test(word.text ?? ''))
    .map((word) => word.text as string)
    .join('');
  for (const setting of started.declared) applySetting(state, setting);
  // Words that hold an assignment only after expansion: `export "$name=value"`.
  for (const word of argv.slice(1)) {
    const match = /^([A-Za-z_]\w*)=([\s\S]*)$/.exec(word.text ?? '');
    if (match !== null && !started.declared.some((setting) => setting.name === match[1]))
      assign(state, match[1] as string, [textOf(match[2] ?? '')]);
  }
  if (argv[0]?.text === 'export' || options.includes('x')) {
    for (const word of argv.slice(1)) {
      const name = /^([A-Za-z_]\w*)(?:=|$)/.exec(word.text ?? withoutHoles(fromWord(word)))?.[1];
      if (name !== undefined) state.exported.add(name);
    }
  }
  if (options.includes('f')) return NO_OUTPUT;
  return options.includes('p') ? ANYTHING : NO_OUTPUT;
};

const unset: Builtin = (argv, _started, { state }) => {
  for (const word of argv.slice(1)) {
    if (word.text === undefined) continue;
    assign(state, word.text, NO_OUTPUT);
    state.functions.delete(word.text);
  }
  return NO_OUTPUT;
};

/** `read`: each line of a known input is a possible value. */
const read: Builtin = (argv, started, { state }) => {
  const names: string[] = [];
  for (let i = 1; i < argv.length; i++) {
    const text = argv[i]?.text ?? '';
    if (/^-[a-zA-Z]*[dinNptua]$/.test(text) && !text.endsWith('a')) i++;
    else if (!text.startsWith('-')) names.push(text);
  }
  const lines = inputLines(started);
  const into = names.length > 0 ? names : ['REPLY'];
  if (argv.some((word) => /^-[a-z]*a/.test(word.text ?? ''))) {
    const items = lines?.[0]?.trim().split(/\s+/).map(textOf) ?? [[UNKNOWN]];
    state.variables.set(into[0] as string, { kind: 'array', items });
    return NO_OUTPUT;
  }
  into.forEach((name, i) => {
    if (lines === undefined || lines.length > 16) assign(state, name, ANYTHING);
    else
      assign(
        state,
        name,
        lines.map((line) => textOf(readField(line, i, i === into.length - 1))),
      );
  });
  return NO_OUTPUT;
};

function readField(line: string, index: number, last: boolean): string {
  const fields = line.trim().split(/\s+/);
  return last ? fields.slice(index).join(' ') : (fields[index] ?? '');
}

/** Lines of a known standard input; at least one. */
function inputLines(started: Started): string[] | undefined {
  const text =
    started.stdin?.kind === 'text' && started.stdin.options.length === 1
      ? knownText(started.stdin.options[0] as Text)
      : undefined;
  if (text === undefined) return undefined;
  const lines = text.replace(/\n$/, '').split('\n');
  return lines.length === 0 ? [''] : lines;
}

const mapfile: Builtin = (argv, started, place) => {
  const callback = argv.findIndex((word) => word.text === '-C');
  if (callback > 0 && argv[callback + 1] !== undefined)
    runCodeWord(argv[callback + 1] as Word, 'mapfile -C', started, place);
  const name = argv.at(-1)?.text;
  const items = inputLines(started)?.map(textOf);
  if (argv.length > 1 && name !== undefined && !name.startsWith('-'))
    place.state.variables.set(name, { kind: 'array', items: items ?? [[UNKNOWN]] });
  return NO_OUTPUT;
};

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

const alias: Builtin = (argv, _started, { state }) => {
  for (const word of argv.slice(1)) {
    const match = /^([^=]+)=([\s\S]*)$/.exec(word.text ?? '');
    if (match !== null) state.aliases.set(match[1] as string, match[2] ?? '');
  }
  return NO_OUTPUT;
};

const unalias: Builtin = (argv, _started, { state }) => {
  for (const word of argv.slice(1))
    word.text === '-a' ? state.aliases.clear() : state.aliases.delete(word.text ?? '');
  return NO_OUTPUT;
};

const set: Builtin = (argv, _started, { state }) => {
  const args = argv.slice(1);
  const first = args.findIndex((word) => word.text === '--' || !/^[-+]/.test(word.text ?? ''));
  if (args.some((word, i) => (first < 0 || i < first) && /^-[a-z]*a/.test(word.text ?? '')))
    state.exportAll = true;
  if (first >= 0 && args[first - 1]?.text !== '-o' && args[first - 1]?.text !== '+o') {
    state.positional = args.slice(args[first]?.text === '--' ? first + 1 : first).map(fromWord);
  }
  return NO_OUTPUT;
};

const shift: Builtin = (argv, _started, { state }) => {
  state.positional = state.positional?.slice(Number(argv[1]?.text ?? 1) || 1);
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

function runCodeWord(word: Word, via: string, started: Started, place: Place): void {
  runCode(
    fromWord(word),
    word.span,
    via,
    withSettings(started, place),
    place.frame,
    { stdin: undefined, piped: place.io.piped },
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
