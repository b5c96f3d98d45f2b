/** The groups of events that guards listen to. */

import type { EventName } from '../types/payload.ts';

/** Before a tool runs: the step can still be stopped. */
export const BEFORE_TOOL: readonly EventName[] = ['PreToolUse', 'PermissionRequest'];

/** When a session or a sub-agent begins: the model can be told the rules. */
export const AT_START: readonly EventName[] = ['SessionStart', 'SubagentStart'];

/** When a turn or a sub-agent wants to end. */
export const AT_STOP: readonly EventName[] = ['Stop', 'SubagentStop'];
