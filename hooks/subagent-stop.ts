/** Codex's SubagentStop hook. */

import { startHook } from './start.ts';

startHook('SubagentStop');
