/** Parses TOML. A file of its own, so that a hook loads the parser only where there is something to parse. */

import { parse } from 'smol-toml';

/**
 * The tables of a TOML text as plain objects.
 * @throws Error when it is malformed
 */
export function parseToml(text: string): unknown {
  return parse(text);
}
