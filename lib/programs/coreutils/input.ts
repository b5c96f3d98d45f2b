/** The text that a program gets on its standard input, as far as it is known before it runs. Owns no program. */

import type { Call } from '../page.ts';
import { absolutePath } from './paths.ts';

/**
 * Text from a pipe, a here-document or a redirected file.
 *
 * @param maxBytes size above which a file is not read
 * @returns undefined when there is none, or only running would tell
 */
export function inputText(call: Call, maxBytes: number): string | undefined {
  const { stdin, redirects, place } = call.invocation;
  if (stdin !== undefined) return stdin === 'pipe' ? undefined : stdin.text;
  const from = redirects.findLast(({ op, fd }) => op === 'read' && fd === 0)?.target;
  const path = from === undefined || place !== undefined ? undefined : absolutePath(call, from);
  return path === undefined ? undefined : call.host.readFile(path, maxBytes);
}
