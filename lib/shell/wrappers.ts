/** Programs whose purpose is to run another program given as words. A table and its reader; what they do besides is a program page's business. */

import type { Place } from '../types/invocation.ts';
import type { Word } from '../types/text.ts';
import { type Grammar, parseArgs, partOf } from './arguments.ts';
import { concat, fromWord, knownText, type Text, toWord } from './value.ts';

interface Wrapper extends Grammar {
  /** Operands before the program: a duration, a mask, a directory. */
  readonly operands?: number;
  /** `NAME=value` operands are environment for the program. */
  readonly environment?: boolean;
  /** Options whose value is shell text. */
  readonly code?: readonly string[];
  /** The operands, joined by blanks, are shell text. Named options turn that off. */
  readonly joined?: boolean;
  readonly notJoinedWith?: readonly string[];
  /** Option that names the directory it runs in. */
  readonly directory?: readonly string[];
  /** First operand is the directory that becomes the root; paths below mean something else. */
  readonly place?: Place;
  /** Option whose value is split into words like a command line (`env -S`). */
  readonly splitString?: readonly string[];
  /** Without a program it starts a shell that later input would drive. */
  readonly shellByDefault?: boolean;
}

const SUDO: Wrapper = {
  value: [
    'u',
    'g',
    'h',
    'p',
    'C',
    'T',
    'r',
    't',
    'D',
    'R',
    'U',
    'a',
    'c',
    'user',
    'group',
    'host',
    'prompt',
    'chdir',
    'chroot',
    'role',
    'type',
    'close-from',
    'command-timeout',
    'other-user',
  ],
  environment: true,
  directory: ['D', 'chdir'],
  stopAtOperand: true,
};
const PLAIN: Wrapper = { stopAtOperand: true };

/** Options with a value of each wrapper, as their manuals list them. */
const WRAPPERS: Readonly<Record<string, Wrapper>> = {
  sudo: SUDO,
  doas: { ...PLAIN, value: ['u', 'C', 'a'], environment: true },
  pkexec: { ...PLAIN, value: ['user'] },
  run0: {
    ...PLAIN,
    value: ['u', 'g', 'D', 'user', 'group', 'chdir', 'unit', 'property', 'setenv', 'nice', 'slice'],
    directory: ['D', 'chdir'],
  },
  su: {
    value: [
      'c',
      'command',
      's',
      'shell',
      'g',
      'group',
      'G',
      'supp-group',
      'w',
      'whitelist-environment',
      'session-command',
    ],
    code: ['c', 'command', 'session-command'],
    operands: 99,
    shellByDefault: true,
  },
  runuser: {
    value: ['c', 'command', 'u', 'user', 's', 'shell', 'g', 'group', 'session-command'],
    code: ['c', 'command', 'session-command'],
    stopAtOperand: true,
  },
  env: {
    ...PLAIN,
    value: ['u', 'unset', 'C', 'chdir', 'S', 'split-string', 'argv0', 'a', 'P'],
    environment: true,
    directory: ['C', 'chdir'],
    splitString: ['S', 'split-string'],
  },
  nice: { ...PLAIN, value: ['n', 'adjustment'] },
  ionice: { ...PLAIN, value: ['c', 'class', 'n', 'classdata', 'p', 'pid', 'P', 'u', 't'] },
  nohup: PLAIN,
  setsid: PLAIN,
  chronic: PLAIN,
  unbuffer: PLAIN,
  fakeroot: { ...PLAIN, value: ['l', 'lib', 'faked', 's', 'i', 'b'] },
  catchsegv: PLAIN,
  'dbus-run-session': { ...PLAIN, value: ['config-file', 'dbus-daemon'] },
  'xvfb-run': {
    ...PLAIN,
    value: ['n', 'e', 'f', 's', 'p', 'server-num', 'server-args', 'error-file', 'auth-file'],
  },
  caffeinate: { ...PLAIN, value: ['t', 'w'] },
  rlwrap: {
    ...PLAIN,
    value: ['b', 'C', 'D', 'f', 'g', 'H', 'l', 'm', 'O', 'p', 'P', 'q', 's', 'S', 't', 'w', 'z'],
  },
  timeout: { ...PLAIN, value: ['k', 'kill-after', 's', 'signal'], operands: 1 },
  gtimeout: { ...PLAIN, value: ['k', 'kill-after', 's', 'signal'], operands: 1 },
  time: { ...PLAIN, value: ['f', 'format', 'o', 'output'] },
  stdbuf: { ...PLAIN, value: ['i', 'input', 'o', 'output', 'e', 'error'] },
  taskset: { ...PLAIN, operands: 1, optional: ['c'] },
  chrt: { ...PLAIN, operands: 1, value: ['T', 'P', 'D', 'sched-runtime', 'sched-period', 'sched-deadline'] },
  numactl: {
    ...PLAIN,
    value: ['i', 'N', 'm', 'C', 'p', 'interleave', 'cpunodebind', 'membind', 'physcpubind', 'preferred'],
  },
  setarch: { ...PLAIN, operands: 1 },
  linux64: PLAIN,
  linux32: PLAIN,
  prlimit: { ...PLAIN, value: ['p', 'pid', 'o', 'output'] },
  strace: {
    ...PLAIN,
    value: [
      'e',
      'o',
      'p',
      's',
      'u',
      'E',
      'P',
      'O',
      'S',
      'a',
      'b',
      'I',
      'X',
      'trace',
      'output',
      'attach',
      'user',
      'env',
    ],
  },
  ltrace: { ...PLAIN, value: ['e', 'o', 'p', 's', 'u', 'l', 'n', 'x', 'F', 'a', 'A', 'D', 'w'] },
  perf: { ...PLAIN, value: ['e', 'o', 'F', 'c', 'p', 't', 'C', 'g', 'r', 'event', 'output'], operands: 1 },
  watch: {
    ...PLAIN,
    value: ['n', 'interval', 'q', 'equexit', 's', 'shotsdir'],
    joined: true,
    notJoinedWith: ['x', 'exec'],
  },
  flock: {
    value: ['w', 'wait', 'timeout', 'E', 'conflict-exit-code', 'c', 'command'],
    code: ['c', 'command'],
    operands: 1,
  },
  script: {
    value: [
      'c',
      'command',
      'I',
      'log-in',
      'O',
      'log-out',
      'B',
      'log-io',
      'T',
      'log-timing',
      't',
      'm',
      'o',
      'E',
      'echo',
      'output-limit',
    ],
    optional: ['t'],
    code: ['c', 'command'],
    operands: 99,
    shellByDefault: true,
  },
  chroot: { ...PLAIN, value: ['userspec', 'groups'], operands: 1, place: 'container', shellByDefault: true },
  nsenter: {
    ...PLAIN,
    value: ['t', 'target', 'S', 'setuid', 'G', 'setgid'],
    optional: ['m', 'u', 'i', 'n', 'p', 'C', 'U', 'T', 'r', 'w', 'W'],
    shellByDefault: true,
  },
  unshare: {
    ...PLAIN,
    value: [
      'R',
      'root',
      'w',
      'wd',
      'S',
      'setuid',
      'G',
      'setgid',
      'propagation',
      'map-user',
      'map-group',
      'map-users',
      'map-groups',
    ],
    shellByDefault: true,
  },
  firejail: PLAIN,
  bwrap: {
    value: [
      'bind',
      'ro-bind',
      'dev-bind',
      'chdir',
      'setenv',
      'unsetenv',
      'uid',
      'gid',
      'hostname',
      'tmpfs',
      'proc',
      'dev',
      'dir',
      'symlink',
    ],
    stopAtOperand: true,
  },
  busybox: PLAIN,
  toybox: PLAIN,
  'systemd-run': {
    ...PLAIN,
    value: [
      'u',
      'unit',
      'p',
      'property',
      'E',
      'setenv',
      'H',
      'host',
      'M',
      'machine',
      'uid',
      'gid',
      'nice',
      'working-directory',
      'on-active',
      'on-boot',
      'on-calendar',
      'on-unit-active',
      'slice',
      'description',
    ],
  },
  'systemd-inhibit': { ...PLAIN, value: ['what', 'who', 'why', 'mode'] },
  at: { value: ['f', 't', 'q'] },
  direnv: { ...PLAIN, operands: 2 },
};

/** What a wrapper runs. */
export interface Unwrapped {
  readonly argv: readonly Word[];
  /** Shell texts, for `-c` and joined operands. */
  readonly codes: readonly Text[];
  readonly assignments: readonly { readonly name: string; readonly value: Word }[];
  readonly cwd?: Word;
  readonly place?: Place;
  /** It would start an interactive shell. */
  readonly opensShell: boolean;
}

const ASSIGNMENT = /^([A-Za-z_][A-Za-z0-9_]*)=/;

/**
 * Reads a wrapper's words.
 *
 * @param name base name of the program
 * @param args words after it
 * @returns undefined when the program is no wrapper
 */
export function unwrap(name: string, args: readonly Word[]): Unwrapped | undefined {
  if (!Object.hasOwn(WRAPPERS, name)) return undefined;
  const wrapper = WRAPPERS[name] as Wrapper;
  const parsed = parseArgs(name === 'flock' ? flockArgs(args) : args, wrapper);
  const codes: Text[] = (wrapper.code ?? []).flatMap((option) => parsed.values(option).map(fromWord));
  const split = wrapper.splitString === undefined ? undefined : parsed.value(...wrapper.splitString);
  if (split !== undefined) {
    codes.push(concat(fromWord(split), ...parsed.operands.map((word) => concat([' '], fromWord(word)))));
    return { argv: [], codes, assignments: [], opensShell: false };
  }
  let rest = parsed.operands.slice(wrapper.operands ?? 0);
  const assignments: { name: string; value: Word }[] = [];
  while (wrapper.environment && rest[0] !== undefined) {
    const match = ASSIGNMENT.exec(rest[0].text ?? String(rest[0].pieces?.[0] ?? ''));
    if (match === null) break;
    assignments.push({ name: match[1] as string, value: partOf(rest[0], match[0].length) });
    rest = rest.slice(1);
  }
  const cwd = wrapper.directory === undefined ? undefined : parsed.value(...wrapper.directory);
  if (wrapper.joined && !parsed.has(...(wrapper.notJoinedWith ?? []))) {
    codes.push(joinWords(rest));
    rest = [];
  }
  return {
    argv: rest,
    codes,
    assignments,
    opensShell:
      rest.length === 0 &&
      codes.length === 0 &&
      (wrapper.shellByDefault === true || parsed.has('i', 's', 'login', 'shell')),
    ...(cwd === undefined ? {} : { cwd }),
    ...(wrapper.place === undefined ? {} : { place: wrapper.place }),
  };
}

/** `flock FILE -c 'text'` has its option behind the file. */
function flockArgs(args: readonly Word[]): readonly Word[] {
  const index = args.findIndex((word) => word.text === '-c' || word.text === '--command');
  const first = args.findIndex((word) => word.text === undefined || !word.text.startsWith('-'));
  return index >= 0
    ? args
    : first < 0
      ? args
      : [
          ...args.slice(0, first + 1),
          { text: '--', glob: false, span: (args[first] as Word).span },
          ...args.slice(first + 1),
        ];
}

/** Words joined by blanks into one text, as `ssh`, `watch` and `eval` do. */
export function joinWords(words: readonly Word[]): Text {
  return concat(...words.map((word, i) => (i === 0 ? fromWord(word) : concat([' '], fromWord(word)))));
}

const XARGS: Grammar = {
  value: [
    'a',
    'arg-file',
    'd',
    'delimiter',
    'E',
    'I',
    'L',
    'max-lines',
    'n',
    'max-args',
    'P',
    'max-procs',
    's',
    'max-chars',
    'S',
    'R',
    'J',
    'process-slot-var',
  ],
  optional: ['i', 'e', 'l', 'replace', 'eof'],
  stopAtOperand: true,
};

/**
 * The command that xargs runs, with what it appends.
 *
 * @param input what arrives on its standard input, undefined when unknown
 */
export function unwrapXargs(args: readonly Word[], input: Text | undefined, near: Word): readonly Word[][] {
  const parsed = parseArgs(args, XARGS);
  const command = parsed.operands.length > 0 ? parsed.operands : [toWord(['echo'], near.span)];
  const marker =
    parsed.value('I', 'J', 'replace', 'i')?.text ?? (parsed.has('i', 'replace') ? '{}' : undefined);
  const known = input === undefined || parsed.has('a', 'arg-file') ? undefined : knownText(input);
  const separator = parsed.has('0', 'null')
    ? '\0'
    : parsed.value('d', 'delimiter')?.text?.replace('\\n', '\n');
  const items = known
    ?.split(separator ?? (marker === undefined ? /\s+/ : '\n'))
    .filter((item) => item !== '')
    .slice(0, 64);
  const unknown: Word =
    input === undefined || known !== undefined
      ? { text: undefined, glob: false, span: near.span }
      : toWord(input, near.span);
  const words = items?.map((item) => toWord([item.replace(/^['"]|['"]$/g, '')], near.span)) ?? [unknown];
  if (marker === undefined) return [[...command, ...words]];
  return words.map((word) => command.map((part) => substitute(part, marker, word)));
}

/** Replaces a marker such as `{}` inside a word by another word. */
export function substitute(word: Word, marker: string, value: Word): Word {
  if (word.text === undefined || !word.text.includes(marker)) return word;
  const pieces = word.text
    .split(marker)
    .flatMap((piece, i): Text[] =>
      i === 0 ? [piece === '' ? [] : [piece]] : [fromWord(value), piece === '' ? [] : [piece]],
    );
  return toWord(concat(...pieces), word.span, word.glob || value.glob);
}

/**
 * The shell texts that GNU parallel runs: its template with every input, or the inputs themselves.
 *
 * @param input what arrives on its standard input, undefined when unknown
 */
export function unwrapParallel(args: readonly Word[], input: Text | undefined, near: Word): readonly Text[] {
  const at = args.findIndex((word) => /^:::[:+]*$/.test(word.text ?? ''));
  const parsed = parseArgs(at < 0 ? args : args.slice(0, at), {
    value: [
      'j',
      'jobs',
      'a',
      'arg-file',
      'I',
      'S',
      'sshlogin',
      'n',
      'N',
      'L',
      'd',
      'delimiter',
      'C',
      'colsep',
      'workdir',
      'wd',
      'results',
      'joblog',
      'tmpdir',
      'timeout',
      'retries',
      'delay',
      'load',
      'memfree',
      'halt',
      'env',
    ],
    stopAtOperand: true,
  });
  const known = input === undefined ? undefined : knownText(input);
  const unknown: Word = { text: undefined, glob: false, span: near.span };
  const items =
    at >= 0
      ? args.slice(at + 1).filter((word) => !/^:::/.test(word.text ?? ''))
      : (known
          ?.split('\n')
          .filter((line) => line !== '')
          .slice(0, 64)
          .map((line) => toWord([line], near.span)) ?? [unknown]);
  const template = parsed.operands;
  if (template.length === 0) return items.map(fromWord);
  const hasMarker = template.some((word) => /\{[^{}]*\}/.test(word.text ?? ''));
  return items.map((item) =>
    joinWords(
      hasMarker
        ? template.map((word) => substitute(word, /\{[^{}]*\}/.exec(word.text ?? '')?.[0] ?? '{}', item))
        : [...template, item],
    ),
  );
}
