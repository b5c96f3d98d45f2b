/** Where a call holds its values: positions, names and options. What is done with them is for actions.ts. */

import type { Site } from './machine.ts';
import * as v from './value.ts';

/** Where a call holds a value: a position, or its own object; then the names it may go by, also in a last dictionary argument. */
export type Slot = number | 'self' | readonly [number | 'self', ...string[]];

/** The value in a slot; unknown when it may be there, undefined when it is not. */
export function pick(site: Site, slot: Slot): v.Value | undefined {
  const [at, ...names] = typeof slot === 'object' ? slot : [slot];
  if (at === 'self') return site.self;
  const value = site.args.positional[at];
  if (value) return value;
  for (const name of names) {
    const given = option(site, name);
    if (given) return given;
  }
  return site.args.open ? v.UNKNOWN : undefined;
}

/** A named argument, or an entry of a dictionary that stands last. */
export function option(site: Site, name: string): v.Value | undefined {
  const given = site.args.named.get(name);
  if (given) return given;
  const last = site.args.positional.at(-1);
  return last?.kind === 'dictionary' ? last.entries.get(name) : undefined;
}
