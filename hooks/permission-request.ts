/** Codex's PermissionRequest hook. */

import { startHook } from './start.ts';

startHook('PermissionRequest');
