/** Digests of policies and policy files. Owns no file access. */

import { createHash } from 'node:crypto';

/** SHA-256 of a text in UTF-8, as 64 hexadecimal digits. */
export function digestText(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

/** JSON with the keys of every object in code-unit order and no spaces; `undefined` members are left out. */
export function printCanonically(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(printCanonically).join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, member]) => `${JSON.stringify(key)}:${printCanonically(member)}`);
  return `{${members.join()}}`;
}
