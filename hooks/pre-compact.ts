/** Codex's PreCompact hook. */

import { startHook } from './start.ts';

startHook('PreCompact');
