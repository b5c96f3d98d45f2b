/** Turns a tool's answer, whatever its shape, into one text for guards that look at content. Knows no tool. */

import { LimitError } from '../types/errors.ts';

/** Parts (strings, numbers, lists, objects) of one answer that are looked at. Codex itself cuts answers to about 40 KB. */
const MAX_PARTS = 1_000_000;

/**
 * A string stays as it is. Of lists and objects every scalar becomes a line, in order, as `key: value` where it has a key, so
 * that patterns which need the name beside the value still match; a `text` key, the body of MCP content, is left out.
 *
 * @param response `tool_response` as parsed
 * @throws LimitError when it has more than 1,000,000 parts
 */
export function readResponseText(response: unknown): string {
  if (typeof response === 'string') return response;
  const lines: string[] = [];
  const pending: (readonly [key: string, value: unknown])[] = [['', response]];
  for (let parts = 1; ; parts++) {
    const next = pending.pop();
    if (next === undefined) return lines.join('\n');
    const [key, value] = next;
    if (typeof value === 'object' && value !== null) {
      const members = Array.isArray(value)
        ? value.map((item): [string, unknown] => [key, item])
        : Object.entries(value);
      if (parts + pending.length + members.length > MAX_PARTS)
        throw new LimitError(`a tool's answer with more than ${MAX_PARTS} parts`);
      for (let i = members.length - 1; i >= 0; i--) pending.push(members[i] as [string, unknown]);
    } else if (value !== null && value !== undefined)
      lines.push(key === '' || key === 'text' ? String(value) : `${key}: ${value}`);
  }
}
