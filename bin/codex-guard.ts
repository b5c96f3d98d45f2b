/** The program `codex-guard`: ties the command line to this process. */

import { createInterface } from 'node:readline/promises';
import { main } from './main.ts';
import { describeError, printError } from './print-error.ts';

/** Whoever reads may have enough, as `head` does: that is no error. A full disk is one. */
for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') return;
    const report = describeError(error);
    if (stream === process.stdout) process.stderr.write(line(printError(report)));
    process.exit(report.exitCode);
  });

const line = (text: string): string => (text.endsWith('\n') ? text : `${text}\n`);

/** One line from the terminal; '' when it is closed instead. */
async function ask(question: string): Promise<string> {
  const reader = createInterface({ input: process.stdin, output: process.stderr });
  const closed = new Promise<string>((resolve) => reader.once('close', () => resolve('')));
  try {
    return await Promise.race([reader.question(question), closed]);
  } finally {
    reader.close();
  }
}

/** NO_COLOR wins, then FORCE_COLOR; otherwise it takes a terminal that is not dumb. Empty is as good as not set. */
function wantsColour({ NO_COLOR, FORCE_COLOR, TERM }: NodeJS.ProcessEnv, isTerminal: boolean): boolean {
  if (NO_COLOR) return false;
  if (FORCE_COLOR) return !/^(0|false)$/.test(FORCE_COLOR);
  return isTerminal && TERM !== 'dumb';
}

void main(process.argv.slice(2), {
  out: (text) => void process.stdout.write(line(text)),
  err: (text) => void process.stderr.write(line(text)),
  env: process.env,
  cwd: process.cwd(),
  colour: wantsColour(process.env, process.stdout.isTTY === true),
  ...(process.stdin.isTTY && process.stderr.isTTY ? { ask } : {}),
}).then((code) => {
  process.exitCode = code;
});
