/** The command line: finds the command, reads its options, prints its errors. Touches no process state. */

import { parseArgs } from 'node:util';
import { findNearest, UsageError } from '../lib/api.ts';
import { type CommandSpec, EXIT, type Terminal } from './command.ts';
import { allow } from './commands/allow.ts';
import { check } from './commands/check.ts';
import { doctor } from './commands/doctor.ts';
import { explain } from './commands/explain.ts';
import { guardsCommand } from './commands/guards.ts';
import { install } from './commands/install.ts';
import { log } from './commands/log.ts';
import { policy } from './commands/policy.ts';
import { scan } from './commands/scan.ts';
import { status } from './commands/status.ts';
import { uninstall } from './commands/uninstall.ts';
import { update } from './commands/update.ts';
import { verifyRunCommand } from './commands/verify-run.ts';
import { printCommandHelp, printHelp } from './help.ts';
import { describeError } from './print-error.ts';
import { withoutSecrets } from './redact-output.ts';

declare const __VERSION__: string;

const COMMANDS: readonly CommandSpec[] = [
  check,
  explain,
  scan,
  install,
  uninstall,
  update,
  guardsCommand,
  policy,
  log,
  allow,
  doctor,
  verifyRunCommand,
  status,
];

/** Runs one command line; returns the exit code. */
export async function main(argv: readonly string[], screen: Terminal): Promise<number> {
  const terminal = withoutSecrets(screen);
  const [name, ...rest] = argv;
  try {
    if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
      const topic = COMMANDS.find((command) => command.name === rest[0]);
      terminal.out(topic === undefined ? printHelp(COMMANDS) : printCommandHelp(topic));
      return EXIT.fine;
    }
    if (name === '--version' || name === '-v' || name === 'version') {
      terminal.out(__VERSION__);
      return EXIT.fine;
    }
    const command = COMMANDS.find((candidate) => candidate.name === name);
    if (command === undefined) {
      const near = findNearest(
        name,
        COMMANDS.map((candidate) => candidate.name),
      );
      throw new UsageError(
        `there is no command '${name}'`,
        near === undefined ? 'codex-guard help lists them' : `did you mean '${near}'?`,
      );
    }
    if (rest.includes('--help') || rest.includes('-h')) {
      terminal.out(printCommandHelp(command));
      return EXIT.fine;
    }
    return await command.run(readArgs(command, rest), terminal);
  } catch (error) {
    const { text, exitCode } = describeError(error);
    terminal.err(text);
    return exitCode;
  }
}

/** Reads options by the command's own table. Throws UsageError for what is not in it. */
function readArgs(command: CommandSpec, words: readonly string[]): Parameters<CommandSpec['run']>[0] {
  const options = Object.fromEntries(
    Object.entries(command.options).map(([name, spec]) => [name, { type: spec.type }]),
  );
  try {
    const { values, positionals } = parseArgs({
      args: [...words],
      options,
      allowPositionals: true,
      strict: true,
    });
    return {
      positionals,
      flag: (option) => values[option] === true,
      text: (option) => (typeof values[option] === 'string' ? values[option] : undefined),
    };
  } catch (error) {
    const wrong =
      /'(--?[^']+)'/
        .exec(error instanceof Error ? error.message : '')?.[1]
        ?.replace(/^-+/, '')
        .split(/[ =<]/)[0] ?? '';
    const near = findNearest(wrong, Object.keys(command.options));
    throw new UsageError(
      error instanceof Error ? (error.message.split('. ')[0] as string) : String(error),
      near === undefined ? `codex-guard help ${command.name}` : `did you mean '--${near}'?`,
    );
  }
}
