/** Codex's PreCompact hook. */

import { runHook } from './run-hook.ts';

runHook('PreCompact');
