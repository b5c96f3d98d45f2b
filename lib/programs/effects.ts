/** Short constructors for effects and words, so that program pages read as tables. Knows no program. */

import type { FileEffect, FileOp, NetEffect, OpaqueEffect, RunEffect } from '../types/effect.ts';
import type { Word } from '../types/text.ts';

/** A known word at the place of another. */
export function wordAt(text: string, near: Word): Word {
  return { text, glob: false, span: near.span };
}

/** `directory/path`, or `path` when that is absolute; unknown parts stay unknown. */
export function joinWord(directory: Word, path: Word): Word {
  const pieces = [
    ...(directory.text !== undefined ? [directory.text] : (directory.pieces ?? [null])),
    '/',
    ...(path.text !== undefined ? [path.text] : (path.pieces ?? [null])),
  ];
  const start = path.text ?? path.pieces?.[0];
  if (typeof start === 'string' && (start.startsWith('/') || start.startsWith('~'))) return path;
  if (pieces.every((piece) => piece !== null))
    return { text: pieces.join(''), glob: directory.glob || path.glob, span: path.span };
  return { text: undefined, pieces, glob: directory.glob || path.glob, span: path.span };
}

/** A file effect at the word's own place. */
export function file(op: FileOp, path: Word, more: Partial<FileEffect> = {}): FileEffect {
  return { kind: 'file', op, path, span: path.span, ...more };
}

/** A run effect of a program. */
export function run(program: Word, more: Partial<RunEffect> = {}): RunEffect {
  return { kind: 'run', program, span: program.span, ...more };
}

/** Something that cannot be judged. `why` ends «this cannot be judged: …». */
export function opaque(near: Word, why: string, cause: OpaqueEffect['cause'] = 'dynamic'): OpaqueEffect {
  return { kind: 'opaque', why, cause, span: near.span };
}

/** Code that the network decides on. */
export function remoteCode(near: Word): OpaqueEffect {
  return opaque(near, 'it runs code that comes from the network', 'remote');
}

/**
 * A network effect from a URL, `host:port`, or bare host. Unknown words give an unknown host, unless scheme and host are known
 * and only the rest is not.
 *
 * @param defaults scheme and port where the word does not say
 */
export function net(word: Word, more: Partial<NetEffect> = {}): NetEffect {
  const base = { kind: 'net' as const, op: 'connect' as const, span: word.span };
  const known = word.text ?? (typeof word.pieces?.[0] === 'string' ? word.pieces[0] : undefined);
  if (known === undefined) return { ...base, host: word, ...more };
  const url = /^([a-z][a-z0-9+.-]*):\/\/([^/?#\\]*)([^#]*)/i.exec(known);
  // With an unknown tail the host is only sure when something known follows it.
  const hostIsWhole =
    word.text !== undefined ||
    (url !== null && (url[0] as string).length < known.length) ||
    (url?.[3] ?? '') !== '';
  const authority = url
    ? (url[2] as string)
    : word.text !== undefined
      ? (known.split(/[/?#\\]/)[0] as string)
      : undefined;
  if (authority === undefined || !hostIsWhole)
    return { ...base, host: { ...word, text: undefined, pieces: word.pieces ?? [null] }, ...more };
  const afterUser = authority.slice(authority.lastIndexOf('@') + 1);
  const port = /:(\d+)$/.exec(
    afterUser.startsWith('[') ? afterUser.slice(afterUser.indexOf(']') + 1) : afterUser,
  );
  const host = afterUser.startsWith('[')
    ? afterUser.slice(0, afterUser.indexOf(']') + 1)
    : afterUser.replace(/:\d*$/, '');
  return {
    ...base,
    host: { text: host, glob: false, span: word.span },
    ...(url ? { scheme: (url[1] as string).toLowerCase() } : {}),
    ...(port ? { port: Number(port[1]) } : {}),
    ...(url?.[3] ? { path: url[3] } : {}),
    ...more,
  };
}
