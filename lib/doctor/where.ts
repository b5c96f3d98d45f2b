/** Says where something stands, for people. */

import type { ConfigOrigin } from '../codex/config-layers.ts';

/** `file:line`, or the file alone. */
export function explainWhere(file: string, line: number | undefined): string {
  return line === undefined ? file : `${file}:${line}`;
}

/** The same for a value of the client's configuration; its default has no place. */
export function explainOrigin(origin: ConfigOrigin | undefined): string {
  return origin === undefined ? 'the default' : explainWhere(origin.source, origin.line);
}
