/** Codex's SessionEnd hook. */

import { startHook } from './start.ts';

startHook('SessionEnd');
