/** Arguments that curl takes from elsewhere: configuration files and `--variable`. */

import type { Effect } from '../../types/effect.ts';
import type { Word } from '../../types/text.ts';
import { readsOf, textOf } from '../coreutils/paths.ts';
import { readOptions } from '../coreutils/spec.ts';
import { joinWord, opaque, wordAt } from '../effects.ts';
import { knownStart, partOf } from '../options.ts';
import type { Call } from '../page.ts';
import { CURL_OPTIONS } from './curl-options.ts';
import { assigned } from './traffic.ts';

/** Configuration files may name further ones; this many are followed. */
const MAX_FILES = 8;

interface Gathered {
  readonly args: readonly Word[];
  readonly effects: readonly Effect[];
}

/** The arguments with those of `-K` files and variables filled in. */
export function gatherArguments(call: Call): Gathered {
  const effects: Effect[] = [];
  const args = [...call.args];
  const seen = new Set<string | undefined>();
  const home = assigned(call, 'CURL_HOME');
  const first = call.args[0]?.text ?? '';
  const pending: Word[] =
    home && !/^(?:-q|--disable)/.test(first) ? [joinWord(home, wordAt('.curlrc', home))] : [];
  pending.push(...configsIn(args));
  for (let word = pending.shift(); word !== undefined && seen.size < MAX_FILES; word = pending.shift()) {
    if (word.text !== undefined && seen.has(word.text)) continue;
    seen.add(word.text);
    effects.push(...readsOf([word]));
    const text = textOf(call, word);
    if (text === undefined) effects.push(opaque(word, 'the curl configuration it is given cannot be read'));
    else {
      const more = readConfig(text, word);
      args.push(...more);
      pending.push(...configsIn(more));
    }
  }
  return { args: fillVariables(args, effects), effects };
}

function configsIn(args: readonly Word[]): readonly Word[] {
  return readOptions(args, CURL_OPTIONS).values('K', 'config');
}

/** `url = "x"`, `-o x`, `output: x` as words of a command line. */
function readConfig(text: string, near: Word): readonly Word[] {
  return text.split('\n').flatMap((line) => {
    const match = /^\s*(-{0,2})([A-Za-z0-9#.-]+|:)(?:\s*[=:\s]\s*(\S.*))?$/.exec(line);
    if (!match || /^\s*#/.test(line)) return [];
    const name = match[1] === '' ? `--${match[2]}` : `${match[1]}${match[2]}`;
    const value = match[3]?.trim();
    if (value === undefined) return [wordAt(name, near)];
    const quoted = /^"((?:[^"\\]|\\.)*)"/.exec(value);
    const plain = quoted ? (quoted[1] as string).replace(/\\(.)/g, '$1') : (value.split(/\s/)[0] as string);
    return [wordAt(name, near), wordAt(plain, near)];
  });
}

/** Fills `{{name}}` of `--expand-…` options; what a function or a file would give stays unknown. */
function fillVariables(args: readonly Word[], effects: Effect[]): readonly Word[] {
  if (!args.some((word) => knownStart(word).startsWith('--expand-'))) return args;
  const values = new Map<string, string>();
  for (const word of readOptions(args, CURL_OPTIONS).values('variable')) {
    const match = /^(%?)([A-Za-z_]\w*)(?:\[[^\]]*\])?(?:([=@])(.*))?$/s.exec(word.text ?? '');
    if (!match) continue;
    const [, imported, name = '', sign, value = ''] = match;
    if (imported) effects.push({ kind: 'env', op: 'read', name, span: word.span });
    if (sign === '@') effects.push(...readsOf([wordAt(value, word)]));
    else if (sign === '=' && !imported) values.set(name, value);
  }
  return args.map((word, index) => {
    if (knownStart(word).startsWith('--expand-')) return wordAt(`--${partOf(word, 9).text ?? ''}`, word);
    if (!knownStart(args[index - 1] ?? word).startsWith('--expand-') || word.text === undefined) return word;
    const pieces = word.text
      .split(/\{\{([^{}]*)\}\}/)
      .map((part, at) => (at % 2 === 0 ? part : (values.get(part) ?? null)));
    if (!pieces.includes(null)) return { ...word, text: pieces.join('') };
    return { text: undefined, pieces: pieces.filter((piece) => piece !== ''), glob: false, span: word.span };
  });
}
