/** Codex's PreToolUse hook. */

import { runHook } from './run-hook.ts';

runHook('PreToolUse');
