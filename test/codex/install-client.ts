/** Installs the pinned client into this folder when it is not there. Runs once before the tests. */

import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const HERE = import.meta.dirname;
const WANTED: string = JSON.parse(readFileSync(join(HERE, 'package.json'), 'utf8')).dependencies[
  '@openai/codex'
];

/** The client's executable. */
export const CLIENT = join(HERE, 'node_modules', '.bin', 'codex');

export default function installClient(): void {
  const manifest = join(HERE, 'node_modules', '@openai', 'codex', 'package.json');
  if (existsSync(manifest) && JSON.parse(readFileSync(manifest, 'utf8')).version === WANTED) return;
  execFileSync('npm', ['install', '--no-audit', '--no-fund', '--no-package-lock', '--ignore-scripts'], {
    cwd: HERE,
    stdio: ['ignore', 'ignore', 'inherit'],
    timeout: 280_000,
  });
}
