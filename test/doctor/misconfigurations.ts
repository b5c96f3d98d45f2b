/** All seeded misconfigurations, each with the id under which it has to be found, and whether --fix puts it right. */

import { HOOK_ROWS } from './misconfigured-hooks.ts';
import { OTHER_ROWS } from './misconfigured-rest.ts';
import type { Misconfiguration } from './spoil.ts';

export const MISCONFIGURATIONS: readonly Misconfiguration[] = [...HOOK_ROWS, ...OTHER_ROWS].map(
  ([what, id, severity, isMended, spoil, options]) => ({
    what,
    id,
    severity,
    isMended,
    spoil,
    ...(options === undefined ? {} : { options }),
  }),
);
