/** Replaces one value in a TOML text and leaves every other byte. Works on text; reads and writes no file. */

import { isDeepStrictEqual } from 'node:util';
import { valueAt } from './config-layers.ts';
import { parseToml } from './config-toml.ts';
import { readToml } from './toml-text.ts';

/**
 * The text with another value at a path of keys.
 *
 * @returns undefined when the value is not there, or stands where it cannot be replaced alone
 */
export function replaceTomlValue(text: string, path: readonly string[], value: boolean): string | undefined {
  const entry = readToml(text)
    ?.tables.flatMap((table) => table.entries.map((one) => ({ ...one, path: [...table.path, ...one.path] })))
    .find((one) => isDeepStrictEqual(one.path, path));
  if (entry === undefined) return undefined;
  const { start, end } = entry.value;
  const replaced = `${text.slice(0, start)}${value}${text.slice(end)}`;
  return valueAt(parseToml(replaced), path) === value ? replaced : undefined;
}
