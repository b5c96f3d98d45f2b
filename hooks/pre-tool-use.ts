/** Codex's PreToolUse hook. */

import { startHook } from './start.ts';

startHook('PreToolUse');
