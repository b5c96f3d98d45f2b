/** Codex's PermissionRequest hook. */

import { runHook } from './run-hook.ts';

runHook('PermissionRequest');
