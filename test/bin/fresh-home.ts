/** A new Codex home for every test of the file that imports this, and the built command line in it. */

import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeEach } from 'vitest';
import { CLI } from '../built.ts';

const scratch = mkdtempSync(join(tmpdir(), 'codex-guard-home-'));
/** Absolute; the person's home and Codex's directory at once. */
export let home = '';
let rounds = 0;
beforeEach(() => {
  home = join(scratch, String(rounds++));
  mkdirSync(home);
});
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** Runs the built command line with that home. */
export async function runCli(args: readonly string[], cwd = home) {
  const { exitCode, stdout, stderr } = await execa(process.execPath, [CLI, ...args], {
    cwd,
    env: { CODEX_HOME: home, HOME: home, NO_COLOR: '1', NODE_EXTRA_CA_CERTS: '' },
    reject: false,
  });
  return { exitCode, stdout, stderr };
}
