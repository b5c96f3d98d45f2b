/** Libraries that a variable loads into every program: code that no command line shows. */

import type { Effect } from '../types/effect.ts';
import type { Invocation } from '../types/invocation.ts';

const PRELOADS = /^(?:LD_PRELOAD|LD_AUDIT|DYLD_INSERT_LIBRARIES)$/;
/** Where the system and its package managers keep libraries. */
const INSTALLED = /^(?:\/usr\/|\/lib|\/opt\/homebrew\/|\/nix\/store\/|lib[\w.+-]+$)/;

/** What the variables in front of a program load into it; nothing for the system's own libraries. */
export function preloadEffects({ assignments }: Invocation): Effect[] {
  return assignments.flatMap(({ name, value }): Effect[] => {
    if (!PRELOADS.test(name)) return [];
    const paths = value.text?.split(/[\s:]+/).filter((path) => path !== '') ?? ['?'];
    if (paths.every((path) => INSTALLED.test(path) && !path.includes('..'))) return [];
    const why = `${name} loads a library into every program`;
    return [{ kind: 'opaque', why, cause: 'dynamic', span: value.span }];
  });
}
