/** The log of what the command line changed on this machine: `$CODEX_GUARD_HOME/changes.jsonl`, written by pino. */

import { join } from 'node:path';
import { destination, pino } from 'pino';

/**
 * Appends one record of a change to the user's files.
 *
 * @param guardHome the guard's home, which must exist
 * @param change what was done: files, backups
 */
export function logChange(
  guardHome: string,
  command: string,
  change: Readonly<Record<string, unknown>>,
): void {
  const file = destination({
    dest: join(guardHome, 'changes.jsonl'),
    append: true,
    sync: true,
    mkdir: true,
    mode: 0o600,
  });
  pino({ name: 'codex-guard', base: { pid: process.pid } }, file).info(change, command);
  file.flushSync();
}
