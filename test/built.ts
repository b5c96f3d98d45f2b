/** Where the project and what was built of it lie. */

import { join } from 'node:path';

/** Absolute directory of the project. */
export const ROOT = join(import.meta.dirname, '..');
export const DIST = join(ROOT, 'dist');
/** The built command line, to be run by Node. */
export const CLI = join(DIST, 'bin', 'codex-guard.cjs');
/** Directory of the built hook programs. */
export const HOOKS = join(DIST, 'hooks');
