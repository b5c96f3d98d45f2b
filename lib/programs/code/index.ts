/** The door of the code room: a program text in a language other than the shell's becomes effects. */

import type { Language } from '../../types/invocation.ts';
import type { Word } from '../../types/text.ts';
import { opaque } from '../effects.ts';
import { NOTHING, type Outcome } from '../page.ts';
import { completeAddresses } from './base-urls.ts';
import { readJavaScript } from './javascript/reader.ts';
import type { Surroundings } from './machine.ts';
import { readPython } from './python/reader.ts';
import {
  readAppleScript,
  readAwk,
  readJulia,
  readLua,
  readPerl,
  readPhp,
  readR,
  readRuby,
} from './script/readers.ts';

export { HOLE } from './holes.ts';

/** Longest text that is looked into, in UTF-16 units. */
const MAX_CODE = 200_000;
/** All that lets an awk text do more than print: the usual ones are not even parsed. */
const AWK_REACHES_OUT = /[|>@]|system|getline|ENVIRON/;

const READERS: Partial<Record<Language, (code: string, around: Surroundings) => Outcome>> = {
  python: readPython,
  javascript: readJavaScript,
  perl: readPerl,
  ruby: readRuby,
  php: readPhp,
  awk: (code, around) => (AWK_REACHES_OUT.test(code) ? readAwk(code, around) : NOTHING),
  lua: readLua,
  r: readR,
  julia: readJulia,
  applescript: readAppleScript,
};

/**
 * What a program text does when it runs. Never throws for what the text holds.
 *
 * @param code the text; {@link HOLE} stands for stretches that only the shell knows
 * @param near the word that all effects point at
 * @param more what the text runs with: the file that holds it (absent for a text of a command), and `$0 $1 …`
 */
export function readCode(
  lang: Language,
  code: string,
  near: Word,
  more: Pick<Surroundings, 'file' | 'args'> = {},
): Outcome {
  const read = READERS[lang];
  if (!read) return { effects: [opaque(near, 'it runs code in a language that is not read here', 'syntax')] };
  if (code.length > MAX_CODE) return { effects: [opaque(near, 'its code is too long to look at', 'limit')] };
  try {
    const outcome = read(code, { near, ...more });
    return { ...outcome, effects: completeAddresses(outcome.effects, code) };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { effects: [opaque(near, 'its code is nested too deep to look at', 'limit')] };
  }
}
