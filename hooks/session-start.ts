/** Codex's SessionStart hook. */

import { startHook } from './start.ts';

startHook('SessionStart');
