/** The patterns that curl itself expands in URLs and upload names. */

import type { Word } from '../../types/text.ts';

const MAX_URLS = 32;

/** `{a,b}` and `[1-3]` of a URL, as curl expands them; unknown stretches where there are too many. */
export function expandUrl(url: Word): readonly Word[] {
  if (url.text === undefined || !/[{[]/.test(url.text)) return [url];
  let texts = [''];
  for (const part of url.text.split(/(\{[^{}]*\}|\[[^[\]]*\])/)) {
    const choices = choicesOf(part);
    if (texts.length * choices.length > MAX_URLS) {
      const host = /^[^/]*\/+[^/]+\//.exec(texts[0] as string);
      return [{ text: undefined, pieces: host ? [host[0], null] : [null], glob: false, span: url.span }];
    }
    texts = texts.flatMap((text) => choices.map((choice) => text + choice));
  }
  return texts.map((text) => ({ ...url, text, glob: false }));
}

function choicesOf(part: string): readonly string[] {
  if (part.startsWith('{')) return part.slice(1, -1).split(',');
  const range = /^\[(?:(\d{1,9})-(\d{1,9})|([a-z])-([a-z]))(?::(\d{1,4}))?\]$/i.exec(part);
  if (!range) return [part];
  const isNumber = range[1] !== undefined;
  const low = isNumber ? Number(range[1]) : (range[3] as string).charCodeAt(0);
  const high = isNumber ? Number(range[2]) : (range[4] as string).charCodeAt(0);
  const step = Math.max(1, Number(range[5] ?? '1'));
  const count = Math.min(MAX_URLS + 1, Math.floor((high - low) / step) + 1);
  return Array.from({ length: Math.max(1, count) }, (_, index) => {
    const value = low + index * step;
    return isNumber ? String(value).padStart((range[1] as string).length, '0') : String.fromCharCode(value);
  });
}
