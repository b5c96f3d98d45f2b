/** Hands an HTTP request over to the forge pages, which know what it does to branches. Knows no endpoint. */

import type { Effect } from '../../types/effect.ts';
import type { Word } from '../../types/text.ts';
import { readForgeApi } from '../forge/api.ts';
import { type ForgeFields, readJsonFields, textWithGaps } from '../forge/fields.ts';
import { normalUrl } from './traffic.ts';

/** Git effects of a request, when it goes to the web interface of a forge. */
export function apiEffects(method: string, url: Word, fields: ForgeFields): readonly Effect[] {
  const address = textWithGaps(normalUrl(url));
  const question = address.indexOf('?');
  const query = question < 0 ? {} : readFields(address.slice(question + 1));
  return readForgeApi(method, address, { ...query, ...fields }, url.span);
}

/** Fields of a body: those of a JSON object, or of `a=b&c=d`. */
export function readFields(text: string): ForgeFields {
  if (/^\s*\{/.test(text)) return readJsonFields(text);
  const fields: Record<string, string> = {};
  for (const pair of text.split('&')) {
    const equals = pair.indexOf('=');
    if (equals > 0) fields[pair.slice(0, equals)] = decode(pair.slice(equals + 1));
  }
  return fields;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}
