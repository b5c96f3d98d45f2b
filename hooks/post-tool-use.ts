/** Codex's PostToolUse hook. */

import { startHook } from './start.ts';

startHook('PostToolUse');
