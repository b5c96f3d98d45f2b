/** Codex's SessionStart hook. */

import { runHook } from './run-hook.ts';

runHook('SessionStart');
