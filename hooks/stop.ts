/** Codex's Stop hook. */

import { startHook } from './start.ts';

startHook('Stop');
