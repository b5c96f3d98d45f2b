/** What a request to a forge carries, as far as it is known. Knows no endpoint. */

import type { Span, Word } from '../../types/text.ts';

/** Stands for a stretch of an address or field that is known only when it runs. */
export const UNKNOWN = '\u0000';

/** Fields of a request by name; undefined = sent, but not known. */
export type ForgeFields = Readonly<Record<string, string | undefined>>;

/** The name of a branch as a word; parts that are not known stay so. */
export function branchWord(name: string | undefined, span: Span): Word {
  const pieces = (name ?? UNKNOWN).split(UNKNOWN).flatMap((part, i) => (i === 0 ? [part] : [null, part]));
  const kept = pieces.filter((piece) => piece !== '');
  if (!kept.includes(null)) return { text: kept.join(''), glob: false, span };
  return { text: undefined, pieces: kept, glob: false, span };
}

/** Text of a word with {@link UNKNOWN} for what is not known of it. */
export function textWithGaps(word: Word): string {
  return word.text ?? (word.pieces ?? [null]).map((piece) => piece ?? UNKNOWN).join('');
}

/** The scalar fields of a JSON body; empty when it is no object. Values below the top keep their last name. */
export function readJsonFields(text: string): ForgeFields {
  const fields: Record<string, string | undefined> = {};
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return fields;
  }
  const pending: unknown[] = [body];
  for (let steps = 0; pending.length > 0 && steps < 1000; steps++) {
    const object = pending.shift();
    if (typeof object !== 'object' || object === null || Array.isArray(object)) continue;
    for (const [key, value] of Object.entries(object)) {
      if (typeof value === 'object') pending.push(value);
      else fields[key] ??= String(value);
    }
  }
  return fields;
}
