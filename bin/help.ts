/** Renders help from the commands' data. */

import type { CommandSpec } from './command.ts';

/** The page of all commands. */
export function printHelp(commands: readonly CommandSpec[]): string {
  const width = Math.max(...commands.map((command) => command.name.length));
  return [
    'codex-guard: hook programs that stop Codex before it does what your policy forbids',
    '',
    'Usage: codex-guard <command> [options]',
    '',
    ...commands.map((command) => `  ${command.name.padEnd(width)}  ${command.about}`),
    '',
    'codex-guard help <command> shows options and examples; --json makes every answer readable by programs.',
    'Exit codes: 0 fine · 1 denied or findings · 2 usage · 3 policy invalid · 4 internal',
  ].join('\n');
}

/** The page of one command. */
export function printCommandHelp(command: CommandSpec): string {
  const options = Object.entries(command.options).map(
    ([name, spec]) =>
      [`--${name}${spec.type === 'string' ? ` ${spec.value ?? 'TEXT'}` : ''}`, spec.about] as const,
  );
  const width = Math.max(0, ...options.map(([name]) => name.length));
  return [
    command.about,
    '',
    `Usage: codex-guard ${command.name} ${command.usage}`.trimEnd(),
    ...(options.length === 0
      ? []
      : ['', 'Options:', ...options.map(([name, about]) => `  ${name.padEnd(width)}  ${about}`)]),
    '',
    'Examples:',
    ...command.examples.map(([example, about]) => `  codex-guard ${example}\n      ${about}`),
  ].join('\n');
}
