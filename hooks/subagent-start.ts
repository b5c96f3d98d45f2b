/** Codex's SubagentStart hook. */

import { runHook } from './run-hook.ts';

runHook('SubagentStart');
