/** Codex's UserPromptSubmit hook. */

import { runHook } from './run-hook.ts';

runHook('UserPromptSubmit');
