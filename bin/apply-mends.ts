/** Does what `doctor --fix` may do, keeps what was there, and says what it did. Decides nothing. */

import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Mend } from '../lib/api.ts';
import { backUp, readOwnFile, writeAtomic } from './files.ts';

export interface Mended {
  /** In the past tense, with the path. */
  readonly what: string;
  readonly backup?: string;
}

const CACHE_TIMEOUT_MS = 60_000;

/** Makes one change. Throws HostError where a link stands in place of a file of one's own. */
export function applyMend(mend: Mend, now: Date): Mended {
  switch (mend.kind) {
    case 'write': {
      const isThere = readOwnFile(mend.path) !== undefined;
      const backup = isThere ? backUp(mend.path, now) : undefined;
      writeAtomic(mend.path, mend.text, 0o600);
      return { what: `changed ${mend.path}`, ...(backup === undefined ? {} : { backup }) };
    }
    case 'chmod':
      chmodSync(mend.path, mend.mode);
      return { what: `set the mode of ${mend.path} to ${mend.mode.toString(8)}` };
    case 'copy': {
      const isThere = existsSync(mend.to) && readOwnFile(mend.to) !== undefined;
      const backup = isThere ? backUp(mend.to, now) : undefined;
      writeAtomic(mend.to, readFileSync(mend.from), 0o644);
      return { what: `copied ${mend.to}`, ...(backup === undefined ? {} : { backup }) };
    }
    case 'caches':
      spawnSync(process.execPath, [join(mend.folder, 'make-cache.cjs')], {
        stdio: 'ignore',
        timeout: CACHE_TIMEOUT_MS,
      });
      return { what: `made the code caches in ${mend.folder}` };
  }
}

/** The same as a plan. */
export function describeMend(mend: Mend): string {
  switch (mend.kind) {
    case 'write':
      return `change ${mend.path}`;
    case 'chmod':
      return `set the mode of ${mend.path} to ${mend.mode.toString(8)}`;
    case 'copy':
      return `copy ${mend.to}`;
    case 'caches':
      return `make the code caches in ${mend.folder}`;
  }
}
