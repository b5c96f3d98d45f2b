/** Runs programs on a machine of their own, as far as `/etc` and `/usr/local/lib` go: copies of both, seen in a mount namespace only. */

import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** What managed installations are made of. */
const FOLDERS = ['/etc', '/usr/local/lib'];
/** `$1` holds the copies; the rest is the command. */
const SCRIPT = `for d in ${FOLDERS.join(' ')}; do mount --bind "$1$d" "$d" || exit 125; done; shift; exec "$@"`;

/**
 * Words to put before a command, so that it has a machine of its own. What it changes there is there for the next command.
 *
 * @param scratch a folder of the test
 * @param files what stands in /etc/codex at first
 */
export function managedWords(
  scratch: string,
  files: Readonly<Record<string, string>> = {},
): readonly string[] {
  const root = join(scratch, 'machine');
  for (const folder of FOLDERS)
    if (!existsSync(join(root, folder))) {
      mkdirSync(dirname(join(root, folder)), { recursive: true });
      spawnSync('cp', ['-a', folder, join(root, folder)]);
    }
  rmSync(join(root, 'etc', 'codex'), { recursive: true, force: true });
  if (Object.keys(files).length > 0) mkdirSync(join(root, 'etc', 'codex'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(root, 'etc', 'codex', name), text);
  return ['unshare', '-m', 'sh', '-c', SCRIPT, 'sh', root];
}

/** Whether this machine lets tests do that: it takes root and unshare. */
export function canBeManaged(): boolean {
  if (process.getuid?.() !== 0) return false;
  const scratch = mkdtempSync(join(tmpdir(), 'codex-guard-machine-'));
  try {
    const [program = '', ...words] = managedWords(scratch, { x: '' });
    return spawnSync(program, [...words, 'test', '-e', '/etc/codex/x']).status === 0;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
