/** What curl sends: `-d`, `-F`, `--json`, `-T` and their files. */

import type { Effect } from '../../types/effect.ts';
import type { Word } from '../../types/text.ts';
import { readsOf } from '../coreutils/paths.ts';
import { wordAt } from '../effects.ts';
import type { ForgeFields } from '../forge/fields.ts';
import { knownStart, type Option, type ParsedArgs, partOf } from '../options.ts';
import { expandUrl } from './curl-glob.ts';
import { readFields } from './forge-request.ts';
import { fileSent } from './traffic.ts';

export interface Body {
  readonly sends: readonly Word[];
  readonly effects: readonly Effect[];
  /** Fields of a form or of a JSON object whose values are plain. */
  readonly fields: ForgeFields;
}

const DATA = new Set(['d', 'data', 'data-ascii', 'data-binary', 'json']);
const LITERAL = new Set(['data-raw', 'form-string']);

/** Reads all body options in order. */
export function readBody(parsed: ParsedArgs): Body {
  const sends: Word[] = [];
  const effects: Effect[] = [];
  const send = (word: Word): void => {
    sends.push(fileSent(word));
    effects.push(...readsOf([word]));
  };
  for (const { name, value } of parsed.options) {
    if (value === undefined) continue;
    const start = knownStart(value);
    if (DATA.has(name) && start.startsWith('@')) send(partOf(value, 1));
    else if (DATA.has(name) || LITERAL.has(name)) sends.push(value);
    else if (name === 'data-urlencode' || name === 'url-query') {
      // `name@file` and `@file`; with a `=` before it the `@` is text.
      const at = /^[^=@]*@/.exec(start);
      if (at) send(partOf(value, at[0].length));
      else sends.push(value);
    } else if (name === 'F' || name === 'form') {
      const files = filesOfPart(value);
      if (files.length === 0) sends.push(value);
      for (const file of files) send(file);
    } else if (name === 'T' || name === 'upload-file') for (const file of expandUrl(value)) send(file);
    else if ((name === 'H' || name === 'header' || name === 'proxy-header') && start.startsWith('@'))
      send(partOf(value, 1));
  }
  return { sends, effects, fields: fieldsOf(parsed.options) };
}

/** Files of one form part: `name=@a,b;type=x`, `name=<a`. */
function filesOfPart(value: Word): readonly Word[] {
  const start = knownStart(value);
  const match = /^[^=]*=[@<]/.exec(start);
  if (!match) return [];
  const rest = partOf(value, match[0].length);
  if (rest.text === undefined) return [rest];
  const list = rest.text.split(';')[0] as string;
  const names = match[0].endsWith('<') ? [list] : list.split(',');
  return names.filter((name) => name !== '').map((name) => wordAt(name.replace(/^"(.*)"$/s, '$1'), value));
}

function fieldsOf(options: readonly Option[]): ForgeFields {
  const fields: Record<string, string | undefined> = {};
  for (const { name, value } of options) {
    const text = value?.text;
    if (text === undefined || text.startsWith('@')) continue;
    const isPart = name === 'F' || name === 'form' || name === 'form-string';
    if (isPart || DATA.has(name) || LITERAL.has(name) || name === 'data-urlencode')
      Object.assign(fields, readFields(isPart ? text.replaceAll('&', '%26') : text));
  }
  return fields;
}
