/** Codex's PostToolUse hook. */

import { runHook } from './run-hook.ts';

runHook('PostToolUse');
