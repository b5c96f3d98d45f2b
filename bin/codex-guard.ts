/** The program `codex-guard`: ties the command line to this process. */

import { createInterface } from 'node:readline/promises';
import { main } from './main.ts';

/** Standard output may be closed early by `head`; that is no error of ours. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
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

void main(process.argv.slice(2), {
  out: (text) => void process.stdout.write(line(text)),
  err: (text) => void process.stderr.write(line(text)),
  env: process.env,
  cwd: process.cwd(),
  colour: process.stdout.isTTY === true && !process.env.NO_COLOR,
  ...(process.stdin.isTTY && process.stderr.isTTY ? { ask } : {}),
}).then((code) => {
  process.exitCode = code;
});
