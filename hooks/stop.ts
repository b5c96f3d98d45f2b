/** Codex's Stop hook. */

import { runHook } from './run-hook.ts';

runHook('Stop');
