/** Hosts, URLs and remote paths on a command line, as network clients read them. Which hosts are fine is not asked here. */

import type { Effect, NetEffect } from '../../types/effect.ts';
import type { Invocation } from '../../types/invocation.ts';
import type { Word } from '../../types/text.ts';
import { absolutePath } from '../coreutils/paths.ts';
import { net, wordAt } from '../effects.ts';
import { knownStart } from '../options.ts';
import type { Call } from '../page.ts';

const SCHEME = /^\s*([a-z][a-z0-9+.-]*):\/+/i;

/**
 * Contact with what a URL, `host:port` or bare host names, read as curl and its kin do: blanks in front and surplus
 * slashes are dropped, everything before the last `@` is a user, `%65` in a host is a letter.
 *
 * @param scheme where the word names none
 */
export function connect(word: Word, more: Partial<NetEffect> = {}, scheme = 'http'): NetEffect {
  return { ...net(normalUrl(word, scheme), more), span: word.span };
}

/** The URL with a scheme, two slashes and a plain host. */
export function normalUrl(word: Word, scheme = 'http'): Word {
  const start = knownStart(word);
  const match = SCHEME.exec(start);
  if (word.text === undefined) {
    const [first, ...rest] = word.pieces ?? [null];
    if (typeof first !== 'string') return word;
    const fixed = match
      ? `${match[1]}://${first.slice(match[0].length)}`
      : `${scheme}://${first.trimStart()}`;
    return { ...word, pieces: [fixed, ...rest] };
  }
  const rest = match ? start.slice(match[0].length) : start.trim().replace(/^\/\//, '');
  const end = rest.search(/[/?#]/);
  const authority = end < 0 ? rest : rest.slice(0, end);
  const host = decode(authority.slice(authority.lastIndexOf('@') + 1));
  return { ...word, text: `${match?.[1] ?? scheme}://${host}${end < 0 ? '' : rest.slice(end)}`, glob: false };
}

function decode(text: string): string {
  return text.replace(/%([0-9a-f]{2})/gi, (_whole, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 16)),
  );
}

/** Last part of a URL's path, without the query; `index.html` when it has none, undefined when it is unknown. */
export function fileNameOf(url: Word): string | undefined {
  const text = url.text ?? url.pieces?.at(-1);
  if (typeof text !== 'string') return undefined;
  const bare = (text.split(/[?#]/)[0] as string).replace(SCHEME, '//');
  if (url.text === undefined && !bare.includes('/')) return undefined;
  const path = url.text === undefined ? bare : bare.replace(/^\/\/[^/]*/, '');
  return path.slice(path.lastIndexOf('/') + 1) || 'index.html';
}

/** `@path`, the way an effect says that a file's content leaves. */
export function fileSent(path: Word): Word {
  if (path.text !== undefined) return { ...path, text: `@${path.text}` };
  return {
    ...path,
    pieces: [`@${knownStart(path)}`, ...(path.pieces ?? [null]).slice(knownStart(path) === '' ? 0 : 1)],
  };
}

/** Contact with the proxies that the text itself puts in the environment. */
export function proxiesOf({ assignments }: Pick<Invocation, 'assignments'>): readonly Effect[] {
  return assignments
    .filter(({ name, value }) => /^(?:https?|all|ftp|ws|wss)_proxy$/i.test(name) && value.text !== '')
    .map(({ value }) => connect(value));
}

/** A place on another machine. */
export interface RemotePath {
  readonly host: Word;
  readonly path: Word;
  readonly port?: number;
  readonly scheme?: string;
}

/** Reads `user@host:path`, `host::module` and `scheme://user@host:port/path`; undefined for a path on this machine. */
export function findRemote(word: Word): RemotePath | undefined {
  const marked = word.text ?? (word.pieces ?? [null]).map((piece) => piece ?? '\0').join('');
  const url = /^([a-z][a-z0-9+.-]*):\/\/(?:[^@/]*@)?(\[[^\]]*\]|[^:/]*)(?::(\d+))?(.*)$/is.exec(marked);
  if (url)
    return {
      scheme: (url[1] as string).toLowerCase(),
      host: unmark(url[2] as string, word),
      path: unmark(url[4] as string, word),
      ...(url[3] ? { port: Number(url[3]) } : {}),
    };
  // A colon after a slash belongs to a path.
  const short = /^(?:[^@/:]*@)?(\[[^\]/]*\]|[^:/[]+):(.*)$/s.exec(marked);
  if (!short) return undefined;
  return { host: unmark(short[1] as string, word), path: unmark(short[2] as string, word) };
}

function unmark(text: string, near: Word): Word {
  if (!text.includes('\0')) return { text, glob: near.glob, span: near.span };
  const pieces = text.split(/(\0)/).filter((part) => part !== '');
  return {
    text: undefined,
    pieces: pieces.map((part) => (part === '\0' ? null : part)),
    glob: false,
    span: near.span,
  };
}

/** The host of `user@host`. */
export function hostOf(word: Word): Word {
  if (word.text !== undefined) return { ...word, text: word.text.slice(word.text.lastIndexOf('@') + 1) };
  const tail = word.pieces?.at(-1);
  return typeof tail === 'string' && tail.includes('@') && tail.length > tail.lastIndexOf('@') + 1
    ? wordAt(tail.slice(tail.lastIndexOf('@') + 1), word)
    : word;
}

/** Every place that a port is listened on is said to be this machine. */
export function listen(near: Word, port: string | undefined, more: Partial<NetEffect> = {}): NetEffect {
  return {
    kind: 'net',
    op: 'listen',
    host: wordAt('localhost', near),
    span: near.span,
    ...(port !== undefined && /^\d{1,5}$/.test(port) ? { port: Number(port) } : {}),
    ...more,
  };
}

/** Variables of the text itself, by name. */
export function assigned(call: Call, ...names: readonly string[]): Word | undefined {
  return call.invocation.assignments.findLast(({ name }) => names.includes(name))?.value;
}

/** Lines of a file that an option names, comments and blank lines left out; undefined when it cannot be known. */
export function linesOf(call: Call, path: Word): readonly string[] | undefined {
  const stdin = call.invocation.stdin;
  const isInput = path.text === '-' || path.text === '/dev/stdin';
  const absolute = absolutePath(call, path);
  const text = isInput
    ? stdin === undefined || stdin === 'pipe'
      ? undefined
      : stdin.text
    : absolute === undefined
      ? undefined
      : call.host.readFile(absolute, 262_144);
  return text
    ?.split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
}
