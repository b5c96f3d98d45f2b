/** Finds the client's own binary behind the script that npm installs. */

import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const PACKAGES = join(import.meta.dirname, 'node_modules', '@openai');

export function findBinary(): string {
  const platform = readdirSync(PACKAGES).find((name) => name.startsWith('codex-')) ?? '';
  const vendor = join(PACKAGES, platform, 'vendor');
  return join(vendor, readdirSync(vendor)[0] ?? '', 'bin', 'codex');
}
