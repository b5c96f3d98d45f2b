/** The command line: finds the command, reads its options, prints its errors. Touches no process state. */

import { parseArgs } from 'node:util';
import { findNearest, UsageError } from '../lib/api.ts';
import { chooseWord } from './choose.ts';
import { type Args, type CommandGroup, type CommandSpec, EXIT, type Terminal } from './command.ts';
import { ALL_COMMANDS, COMMANDS } from './commands.ts';
import { printCommandHelp, printGroupHelp, printHelp } from './help.ts';
import { describeError, printError } from './print-error.ts';
import { withoutSecrets } from './redact-output.ts';

declare const __VERSION__: string;

/** Runs one command line; returns the exit code. */
export async function main(argv: readonly string[], screen: Terminal): Promise<number> {
  const terminal = withoutSecrets(screen);
  const [name, ...rest] = argv;
  try {
    if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
      terminal.out(name === undefined || rest.length === 0 ? printHelp(COMMANDS) : printTopic(rest));
      return EXIT.fine;
    }
    if (name === '--version' || name === '-v' || name === 'version') {
      terminal.out(__VERSION__);
      return EXIT.fine;
    }
    if (ownWords(rest).some((word) => word === '--help' || word === '-h')) {
      terminal.out(printTopic([name, ...rest]));
      return EXIT.fine;
    }
    const { command, words } = findCommand(name, rest);
    return await command.run(readArgs(command, words), terminal);
  } catch (error) {
    const report = describeError(error);
    if (isJson(argv)) terminal.out(JSON.stringify({ schema: 'codex-guard/error/v1', ...report }));
    terminal.err(printError(report));
    return report.exitCode;
  }
}

/** The command of a name, in a group that of the first word behind it, and its own words. Actions go by both names. */
function findCommand(
  name: string,
  rest: readonly string[],
): { readonly command: CommandSpec; readonly words: readonly string[] } {
  const found = chooseEntry(name);
  if (!('actions' in found)) return { command: found, words: rest };
  const at = rest.findIndex((word) => !word.startsWith('-'));
  const names = found.actions.map((action) => action.name);
  if (at < 0) throw new UsageError(`${name} takes ${names.join(', ')}`, `codex-guard help ${name}`);
  const known = `${name} ${chooseWord(`${name} action`, rest[at] as string, names)}`;
  return {
    command: ALL_COMMANDS.find((each) => each.name === known) as CommandSpec,
    words: rest.filter((_, index) => index !== at),
  };
}

function chooseEntry(name: string): CommandSpec | CommandGroup {
  const names = COMMANDS.map((command) => command.name);
  const known = chooseWord('command', name, names, 'codex-guard help lists them');
  return COMMANDS.find((command) => command.name === known) as CommandSpec | CommandGroup;
}

/** The page of a command, a group or an action. */
function printTopic([name = '', ...rest]: readonly string[]): string {
  const entry = chooseEntry(name);
  const isWhole = 'actions' in entry && rest.every((word) => word.startsWith('-'));
  return isWhole ? printGroupHelp(entry) : printCommandHelp(findCommand(name, rest).command);
}

/** Words before `--`: those behind it are another program's. */
function ownWords(words: readonly string[]): readonly string[] {
  const end = words.indexOf('--');
  return words.slice(0, end < 0 ? undefined : end);
}

/** Whether the answer was to be JSON. It is asked of the bare words: the options themselves may be what is wrong. */
function isJson(words: readonly string[]): boolean {
  const own = ownWords(words);
  return own.some(
    (word, at) =>
      word === '--json' || word === '--format=json' || (word === '--format' && own[at + 1] === 'json'),
  );
}

/** Reads options by the command's own table. Throws UsageError for what is not in it. */
function readArgs(command: CommandSpec, words: readonly string[]): Args {
  const options = Object.fromEntries(
    Object.entries(command.options).map(([name, spec]) => [name, { type: spec.type }]),
  );
  const { values, positionals } = parseWords(command, { args: [...words], options });
  const extra = command.words === undefined ? undefined : positionals[command.words];
  if (extra !== undefined)
    throw new UsageError(
      command.words === 0
        ? `${command.name} takes no words, but '${extra}' was given`
        : `${command.name} takes no further word, but '${extra}' was given`,
      `codex-guard help ${command.name}`,
    );
  return {
    positionals,
    flag: (option) => values[option] === true,
    text: (option) => (typeof values[option] === 'string' ? values[option] : undefined),
  };
}

function parseWords(
  command: CommandSpec,
  config: { readonly args: string[]; readonly options: Record<string, { type: 'boolean' | 'string' }> },
): ReturnType<typeof parseArgs> {
  try {
    return parseArgs({ ...config, allowPositionals: true, strict: true });
  } catch (error) {
    throw describeWrongOption(command, error as Error & { code?: string });
  }
}

/** What Node says of a wrong option, in our words. */
function describeWrongOption(command: CommandSpec, error: Error & { code?: string }): UsageError {
  const option = /'(--?[^' =]+)/.exec(error.message)?.[1] ?? '';
  const help = `codex-guard help ${command.name}`;
  if (error.code === 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE') {
    const spec = command.options[option.replace(/^-+/, '')];
    return spec?.type === 'string'
      ? new UsageError(`${option} needs a value`, `as in ${option}=${spec.value ?? 'TEXT'}; ${help}`)
      : new UsageError(`${option} takes no value`, help);
  }
  const near = findNearest(option.replace(/^-+/, ''), Object.keys(command.options));
  return new UsageError(
    `${command.name} has no option ${option}`,
    near === undefined ? help : `did you mean '--${near}'?`,
  );
}
