/** Runs programs on a machine with a managed `/etc/codex`, seen by them alone: a mount namespace with a layer over /etc. */

import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** `$1` is an empty folder for the layer, `$2` the files for /etc/codex; the rest is the command. */
const SCRIPT = `mount -t tmpfs codex-guard "$1" && mkdir "$1/u" "$1/w" &&
mount -t overlay overlay -o "lowerdir=/etc,upperdir=$1/u,workdir=$1/w" /etc &&
rm -rf /etc/codex && mkdir /etc/codex && cp "$2"/* /etc/codex/ && shift 2 && exec "$@"`;

/** Words to put before a command, so that it finds `files` in /etc/codex. @param scratch a folder of the test */
export function managedWords(scratch: string, files: Readonly<Record<string, string>>): readonly string[] {
  const [layer, source] = [join(scratch, 'layer'), join(scratch, 'etc-codex')];
  for (const folder of [layer, source]) mkdirSync(folder, { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(source, name), text);
  return ['unshare', '-m', 'sh', '-c', SCRIPT, 'sh', layer, source];
}

/** Whether this machine lets tests do that: it takes root, unshare and overlays. */
export function canBeManaged(scratch: string): boolean {
  const [program = '', ...words] = managedWords(join(scratch, 'try'), { x: '' });
  return spawnSync(program, [...words, 'test', '-e', '/etc/codex/x']).status === 0;
}
