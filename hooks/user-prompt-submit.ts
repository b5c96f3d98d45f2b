/** Codex's UserPromptSubmit hook. */

import { startHook } from './start.ts';

startHook('UserPromptSubmit');
