/** Codex's SessionEnd hook. */

import { runHook } from './run-hook.ts';

runHook('SessionEnd');
