/** Renders help from the commands' data, at most 100 columns wide. */

import type { CommandGroup, CommandSpec } from './command.ts';

const WIDTH = 100;

/** The page of all commands. */
export function printHelp(commands: readonly (CommandSpec | CommandGroup)[]): string {
  return [
    'codex-guard: hook programs that stop Codex before it does what your policy forbids',
    '',
    'Usage: codex-guard <command> [options]',
    '',
    ...printTable(commands.map(({ name, about }) => [name, about])),
    '',
    ...wrap(
      'codex-guard help <command> shows options and examples; --json makes every answer readable by programs.',
      0,
    ),
    'Exit codes: 0 fine · 1 denied or findings · 2 usage · 3 policy invalid · 4 internal',
  ].join('\n');
}

/** The page of one command. */
export function printCommandHelp({ name, about, usage, options, examples }: CommandSpec): string {
  const rows = Object.entries(options).map(
    ([option, spec]) =>
      [`--${option}${spec.type === 'string' ? ` ${spec.value ?? 'TEXT'}` : ''}`, spec.about] as const,
  );
  return [
    ...wrap(about, 0),
    '',
    `Usage: codex-guard ${name} ${usage}`.trimEnd(),
    ...(rows.length === 0 ? [] : ['', 'Options:', ...printTable(rows)]),
    '',
    'Examples:',
    ...examples.flatMap(([example, what]) => [`  codex-guard ${example}`, ...wrap(what, 6)]),
  ].join('\n');
}

/** The page of several commands under one name. */
export function printGroupHelp({ name, about, actions }: CommandGroup): string {
  return [
    ...wrap(about, 0),
    '',
    `Usage: codex-guard ${name} <action> [options]`,
    '',
    ...printTable(actions.map((action) => [action.name, action.about])),
    '',
    `codex-guard help ${name} <action> shows options and examples.`,
  ].join('\n');
}

/** Two columns; the second is wrapped below itself. */
function printTable(rows: readonly (readonly [string, string])[]): readonly string[] {
  const width = Math.max(0, ...rows.map(([first]) => first.length));
  return rows.flatMap(([first, second]) => {
    const [line = '', ...more] = wrap(second, width + 4);
    return [`  ${first.padEnd(width)}  ${line.trimStart()}`, ...more];
  });
}

/** Lines of a text, broken between words. @param indent blanks before each */
function wrap(text: string, indent: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && indent + line.length + 1 + word.length > WIDTH) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line].map((each) => ' '.repeat(indent) + each);
}
