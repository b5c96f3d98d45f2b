/** What each event's program consists of: it starts the main program for its event. */

import type { EventName } from '../lib/types/payload.ts';
import { load } from './load.ts';

/** Runs the hook of one event and ends the process with its answer. */
export function startHook(event: EventName): void {
  const { runHook } = load('main') as { readonly runHook: (event: EventName) => void };
  runHook(event);
  // All is written; Node would tidy up first and end with the same code.
  process.exit();
}
