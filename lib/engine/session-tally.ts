/** Counters of a session that survive from one hook process to the next. Each count is the size of a file, so that parallel hooks never lose one. */

import { closeSync, mkdirSync, openSync, statSync, writeSync } from 'node:fs';
import { digestText } from '../policy/digest.ts';

export interface Tally {
  /** Adds one and returns the new count. */
  readonly add: (counter: string) => number;
  readonly count: (counter: string) => number;
}

/**
 * Opens the counters of a session below the guard's home. An unwritable home counts nothing: counting is no reason to stop work.
 *
 * @param session session id as Codex gave it
 */
export function openTally(guardHome: string, session: string): Tally {
  const folder = `${guardHome}/state/${fileNameOf(session) || 'unknown'}`;
  const path = (counter: string): string => `${folder}/${fileNameOf(counter)}`;
  const count = (counter: string): number => {
    try {
      return statSync(path(counter), { throwIfNoEntry: false })?.size ?? 0;
    } catch {
      return 0;
    }
  };
  return {
    count,
    add: (counter) => {
      if (!append(path(counter))) {
        makeFolder(folder);
        if (!append(path(counter))) return count(counter) + 1;
      }
      return count(counter);
    },
  };
}

/** Ids are what Codex says they are: of another shape they are only told apart, not written down. */
function fileNameOf(id: string): string {
  return /^(?:\w{0,12}|(?:stop-)?[\da-f-]{0,80})$/.test(id) ? id : digestText(id).slice(0, 32);
}

function append(path: string): boolean {
  try {
    // Not appendFileSync: Node would compile three functions more for it.
    const file = openSync(path, 'a', 0o600);
    try {
      writeSync(file, '.');
    } finally {
      closeSync(file);
    }
    return true;
  } catch {
    return false;
  }
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch {
    // The append after it fails as well, and that is told.
  }
}
