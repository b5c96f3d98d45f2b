/** Programs given as paths: which of them are scripts of the project that are read instead of trusted. */

import type { HostView } from '../types/host.ts';
import type { Language, Nested } from '../types/invocation.ts';
import type { Word } from '../types/text.ts';
import { resolvePath } from './paths.ts';

const MAX_FIRST_LINE = 128 * 1024;
/** Folders of other people's code: their tools are named programs, not scripts the agent wrote. */
const VENDORED = /(?:^|\/)(?:node_modules|\.venv|venv|vendor|site-packages|\.tox|target|\.git)\//;
const INTERPRETERS: readonly (readonly [RegExp, Language])[] = [
  [/\b(?:ba|da|z|k|a)?sh\b/, 'sh'],
  [/\bpython[\d.]*\b|\buv\b/, 'python'],
  [/\b(?:node|deno|bun|tsx|ts-node)\b/, 'javascript'],
  [/\bperl\b/, 'perl'],
  [/\bruby\b/, 'ruby'],
  [/\bphp\b/, 'php'],
  [/\b[gmn]?awk\b/, 'awk'],
];

/** The run of a script file, or undefined when the program is no script of the project or of a temporary directory. */
export function scriptRun(
  program: Word,
  args: readonly Word[],
  cwd: Word,
  host: HostView,
): Nested | undefined {
  const at = resolvePath(program, cwd, host);
  if (at === undefined || at.kind === 'directory') return undefined;
  if ((at.zone !== 'project' && at.zone !== 'temporary') || VENDORED.test(at.real)) return undefined;
  // A file that the same text writes is not on disk yet; the shell room knows its text.
  const text = at.kind === 'file' ? host.readFile(at.real, MAX_FIRST_LINE) : '';
  if (text === undefined) return undefined;
  const lang = languageOf(text);
  return lang === undefined
    ? undefined
    : { kind: 'file', lang, path: program, args, via: program.text ?? 'script' };
}

/** Language by the first line; a text without one is the shell's. */
function languageOf(text: string): Language | undefined {
  if (!text.startsWith('#!')) return text.includes('\0') ? undefined : 'sh';
  const line = text.slice(2, text.indexOf('\n') < 0 ? undefined : text.indexOf('\n'));
  return INTERPRETERS.find(([pattern]) => pattern.test(line))?.[1];
}
