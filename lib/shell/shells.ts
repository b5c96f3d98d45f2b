/** Shell programs (`bash -c`, `sh script`, `… | sh`) and script files. */

import type { Word } from '../types/text.ts';
import { MAX_SCRIPT } from './limits.ts';
import { report, runCode } from './machine.ts';
import { withSettings } from './nested.ts';
import { absolutePath } from './paths.ts';
import type { Place, Started } from './start.ts';
import { assign, optionsOf } from './state.ts';
import {
  ANYTHING,
  EMPTY,
  fromWord,
  isRemote,
  joinOptions,
  knownText,
  NO_OUTPUT,
  type Options,
  type Text,
  textOf,
  toWord,
} from './value.ts';

/** Options of shells that take a value. */
const WITH_VALUE = new Set(['-o', '+o', '-O', '+O', '--rcfile', '--init-file']);

/** What a shell's words ask for. */
interface ShellArgs {
  readonly code?: Word;
  /** What `$0` is for the code. */
  readonly name?: Word;
  readonly file?: Word;
  readonly args: readonly Word[];
  /** Files read before anything else. */
  readonly startup: readonly Word[];
  readonly fromStdin: boolean;
}

/** `-n` reads and runs nothing, unless the shell is one for people. */
function onlyReads(args: readonly Word[]): boolean {
  const end = args.findIndex(({ text }) => !/^[-+][a-zA-Z]/.test(text ?? ''));
  const short = args.slice(0, end < 0 ? undefined : end).map(({ text }) => text ?? '');
  const last = short.findLast((text) => /n/.test(text));
  return last?.startsWith('-') === true && !short.some((text) => /i/.test(text));
}

function readShellArgs(args: readonly Word[]): ShellArgs {
  const startup: Word[] = [];
  let wantsCode = false;
  let fromStdin = false;
  let i = 0;
  for (; i < args.length; i++) {
    const text = (args[i] as Word).text;
    if (text === undefined || !/^[-+]/.test(text) || text === '-' || text === '--') {
      if (text === '--' || text === '-') i++;
      break;
    }
    if (text.startsWith('--init-command='))
      return { code: toWord([text.slice(15)], (args[i] as Word).span), args: [], startup, fromStdin: false };
    if (WITH_VALUE.has(text)) {
      const value = args[++i];
      if (value !== undefined && /file$/.test(text)) startup.push(value);
    } else if (text === '--command') wantsCode = true;
    else if (text.startsWith('--')) continue;
    else {
      if (text.includes('c') && text.startsWith('-')) wantsCode = true;
      if (text.includes('s')) fromStdin = true;
      if (/[oO]$/.test(text)) i++;
    }
  }
  const rest = args.slice(i);
  if (wantsCode)
    return {
      ...(rest[0] === undefined ? {} : { code: rest[0] }),
      ...(rest[1] === undefined ? {} : { name: rest[1] }),
      args: rest.slice(2),
      startup,
      fromStdin: false,
    };
  if (fromStdin || rest.length === 0) return { args: rest, startup, fromStdin: true };
  return { file: rest[0] as Word, args: rest.slice(1), startup, fromStdin: false };
}

/** Runs what a shell program is given: `-c` text, a file, or standard input. */
export function runShell(argv: readonly Word[], started: Started, place: Place): Options {
  const { frame, machine } = place;
  const name = (argv[0] as Word).text ?? 'shell';
  const asked = readShellArgs(argv.slice(1));
  const state = withSettings(started, place);
  const io = { stdin: started.stdin, piped: place.io.piped };
  const inner: Place = { ...place, state, io };
  const own: Started = { ...started, settings: [] };
  for (const variable of ['BASH_ENV', 'ENV', 'ZDOTDIR']) {
    const options = state.variables.get(variable);
    if (options === undefined) continue;
    for (const text of optionsOf(options))
      if (text.length > 0) runFile(toWord(text, started.span), variable, own, inner);
  }
  for (const file of asked.startup) runFile(file, `${name} --rcfile`, own, inner);
  if (onlyReads(argv.slice(1))) return NO_OUTPUT;
  if (asked.code !== undefined) {
    if (asked.name !== undefined) assign(state, '0', [fromWord(asked.name)]);
    state.positional = asked.args.map(fromWord);
    return runCode(
      fromWord(asked.code),
      asked.code.span,
      `${name} -c`,
      state,
      frame,
      io,
      machine,
      place.runScript,
    );
  }
  if (asked.file !== undefined) {
    state.positional = asked.args.map(fromWord);
    return runFile(asked.file, name, own, inner);
  }
  state.positional = asked.args.map(fromWord);
  const stdin = started.stdin;
  if (stdin?.kind === 'file') return runFile(stdin.path, `${name} <`, own, inner);
  if (stdin?.kind === 'text')
    return joinOptions(
      ...stdin.options.map((text) =>
        runCode(
          text,
          started.span,
          `${name} from a pipe`,
          state,
          frame,
          { stdin: undefined, piped: io.piped },
          machine,
          place.runScript,
        ),
      ),
    );
  return ANYTHING;
}

/**
 * Runs a script file: from the text itself when it wrote the file, else from disk.
 *
 * @param via what starts it, for the trace
 */
export function runFile(path: Word, via: string, started: Started, place: Place): Options {
  const { state, frame, machine } = place;
  const io = { stdin: started.stdin, piped: place.io.piped };
  const code = readScript(path, started, place);
  if (code === undefined) return ANYTHING;
  if (code === 'unknown') {
    report(machine, frame, path.span, `${via} runs a file that is not known before it runs`, 'dynamic');
    return ANYTHING;
  }
  const label = path.text === undefined ? via : `${via} ${path.text}`;
  return joinOptions(
    ...code.map((text) =>
      runCode(text, path.span, label.slice(0, 80), state, frame, io, machine, place.runScript),
    ),
    NO_OUTPUT,
  );
}

/** The script's text; `'unknown'` when there is one that cannot be read, undefined when there is none. */
export function readScript(
  path: Word,
  started: Started,
  place: Place,
): readonly Text[] | 'unknown' | undefined {
  const { state, machine, frame } = place;
  if (path.text === undefined) return 'unknown';
  if (path.text === '/dev/null') return [EMPTY];
  if (/^\/(?:dev\/(?:stdin|fd\/0)|proc\/self\/fd\/0)$/.test(path.text) || path.text === '-') {
    return started.stdin?.kind === 'text' ? started.stdin.options : 'unknown';
  }
  const absolute = absolutePath(path.text.replace(/^~(?=\/|$)/, machine.host.home), state.cwd[0] ?? EMPTY);
  const written = absolute === undefined ? undefined : machine.files.get(absolute);
  if (written !== undefined)
    return written.some((text) => knownText(text) === undefined && !isRemote(text) && text.length === 1)
      ? 'unknown'
      : written;
  // A file on another machine or in a container is not the one of that name here. What a container holds is no concern of ours.
  if (frame.place === 'container') return undefined;
  if (absolute === undefined || frame.place !== undefined) return 'unknown';
  const kind = machine.host.pathKind(absolute);
  if (kind === undefined) return undefined;
  if (kind === 'directory') return undefined;
  const text = machine.host.readFile(absolute, MAX_SCRIPT);
  return text === undefined ? 'unknown' : [textOf(text)];
}
