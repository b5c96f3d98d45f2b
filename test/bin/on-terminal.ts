/** Runs a program on a pseudo-terminal of its own, with Python's, and answers its one question. Where there is no Python, callers skip. */

import { execFileSync, spawnSync } from 'node:child_process';

const PYTHON = `
import os, pty, select, sys
answer, argv = sys.argv[1], sys.argv[2:]
pid, fd = pty.fork()
if pid == 0:
    os.execvp(argv[0], argv)
out, answered = b'', False
while select.select([fd], [], [], 20)[0]:
    try:
        part = os.read(fd, 4096)
    except OSError:
        break
    if not part:
        break
    out += part
    if not answered and b'to leave it: ' in out:
        os.write(fd, (answer + '\\n').encode())
        answered = True
else:
    os.kill(pid, 9)
sys.stdout.buffer.write(out)
sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) & 255)
`;

export const hasTerminals: boolean = (() => {
  try {
    execFileSync('python3', ['-c', 'import pty, os; os.waitstatus_to_exitcode'], { stdio: 'ignore' });
    return process.platform !== 'win32';
  } catch {
    return false;
  }
})();

/** What the program printed, line ends as in files, and its exit code. @param answer typed when it asks */
export function runOnTerminal(
  answer: string,
  argv: readonly string[],
  options: { readonly cwd: string; readonly env: Readonly<Record<string, string>> },
): { readonly exitCode: number | null; readonly output: string } {
  const { status, stdout } = spawnSync('python3', ['-c', PYTHON, answer, ...argv], {
    cwd: options.cwd,
    env: { PATH: process.env.PATH ?? '', TERM: 'dumb', NO_COLOR: '1', ...options.env },
    encoding: 'utf8',
    timeout: 60_000,
  });
  return { exitCode: status, output: stdout.replaceAll('\r\n', '\n') };
}
