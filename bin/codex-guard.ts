/** The program `codex-guard`: ties the command line to this process. */

import { main } from './main.ts';

/** Standard output may be closed early by `head`; that is no error of ours. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

const line = (text: string): string => (text.endsWith('\n') ? text : `${text}\n`);

void main(process.argv.slice(2), {
  out: (text) => void process.stdout.write(line(text)),
  err: (text) => void process.stderr.write(line(text)),
  env: process.env,
  cwd: process.cwd(),
  colour: process.stdout.isTTY === true && !process.env.NO_COLOR,
}).then((code) => {
  process.exitCode = code;
});
