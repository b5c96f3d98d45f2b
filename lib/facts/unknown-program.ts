/** Programs that no page knows: what their words alone suggest, always marked uncertain. */

import { net } from '../programs/effects.ts';
import type { Effect } from '../types/effect.ts';
import type { Word } from '../types/text.ts';

const URL_START = /^[a-z][a-z0-9+.-]{1,15}:\/\//i;
const LONGEST = 512;

/** Possible effects of the arguments of an unknown program: URLs may be contacted, paths may be read. */
export function suspectEffects(args: readonly Word[]): Effect[] {
  return args.slice(0, 64).flatMap((word): Effect[] => {
    const value = optionValue(word);
    const known = value.text ?? (typeof value.pieces?.[0] === 'string' ? value.pieces[0] : '');
    if (known === '' || known.length > LONGEST || /[\n\s]/.test(known)) return [];
    if (URL_START.test(known)) return [{ ...net(value), uncertain: true }];
    if (value.text === undefined || known.startsWith('-')) return [];
    return [{ kind: 'file', op: 'read', path: value, span: word.span, uncertain: true }];
  });
}

/** The value of `--name=value`, or the word. */
function optionValue(word: Word): Word {
  const equals = word.text?.startsWith('-') ? word.text.indexOf('=') : -1;
  return equals > 0 ? { ...word, text: (word.text as string).slice(equals + 1) } : word;
}
