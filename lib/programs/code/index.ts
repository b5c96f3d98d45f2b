/** The door of the code room: a program text in a language other than the shell's becomes effects. */

import type { Language } from '../../types/invocation.ts';
import type { Word } from '../../types/text.ts';
import { opaque } from '../effects.ts';
import type { Outcome } from '../page.ts';
import { readAwk } from './awk.ts';
import { readJavaScript } from './javascript.ts';
import type { Surroundings } from './machine.ts';
import { readPerl } from './perl.ts';
import { readPhp } from './php.ts';
import { readPython } from './python.ts';
import { readRuby } from './ruby.ts';
import { readAppleScript, readJulia, readLua, readR } from './small-scripts.ts';
import { readTypeScript } from './typescript.ts';

/** Longest text that is looked into, in UTF-16 units. */
const MAX_CODE = 200_000;

export { HOLE } from './holes.ts';

const READERS: Partial<Record<Language, (code: string, around: Surroundings) => Outcome>> = {
  python: readPython,
  javascript: (code, around) => readJavaScript(code, around) ?? readTypeScript(code, around),
  perl: readPerl,
  ruby: readRuby,
  php: readPhp,
  awk: readAwk,
  lua: readLua,
  r: readR,
  julia: readJulia,
  applescript: readAppleScript,
};

/**
 * What a program text does when it runs.
 *
 * @param near the word that all effects point at
 */
export function readCode(
  lang: Language,
  code: string,
  near: Word,
  more: Pick<Surroundings, 'file' | 'args'> = {},
): Outcome {
  const read = READERS[lang];
  if (!read) return { effects: [opaque(near, `it runs code that nobody here can read`, 'syntax')] };
  if (code.length > MAX_CODE) return { effects: [opaque(near, 'its code is too long to look at', 'limit')] };
  return read(code, { near, ...more });
}
