/** Codex's SubagentStart hook. */

import { startHook } from './start.ts';

startHook('SubagentStart');
