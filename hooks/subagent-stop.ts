/** Codex's SubagentStop hook. */

import { runHook } from './run-hook.ts';

runHook('SubagentStop');
