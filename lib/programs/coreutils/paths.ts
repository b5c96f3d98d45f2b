/** Paths on a command line: which are streams or disks, what lies inside what. Resolves nothing but what the host is asked for. */

import type { Effect, FileEffect } from '../../types/effect.ts';
import type { Word } from '../../types/text.ts';
import { file, joinWord, wordAt } from '../effects.ts';
import { knownStart } from '../options.ts';
import type { Call } from '../page.ts';

const STREAM =
  /^(?:-|\/dev\/(?:null|zero|full|u?random|stdin|stdout|stderr|tty|fd\/\d+)|\/proc\/self\/fd\/\d+)$/;
const DISK =
  /^\/dev\/(?:[shv]d[a-z]|xvd|nvme\d|mmcblk|r?disk\d|dm-\d|mapper\/|md\d|md\/|loop\d|sr\d|nbd\d|zd\d|zvol\/|disk\/|vg[^/]*\/|ubi)/;

/** True for `-` and devices that keep nothing. */
export function isStream(word: Word): boolean {
  return word.text !== undefined && STREAM.test(word.text);
}

/** True for a disk, a partition or a volume of one. */
export function isDisk(word: Word): boolean {
  return DISK.test(knownStart(word));
}

/** Effects of reading the contents of files; streams left out. */
export function readsOf(words: readonly Word[], more: Partial<FileEffect> = {}): FileEffect[] {
  return words.filter((word) => !isStream(word)).map((word) => file('read', word, more));
}

/** Effects of replacing a file's contents; nothing for streams, and the disk's loss for a disk. */
export function writesOf(word: Word, more: Partial<FileEffect> = {}): Effect[] {
  if (isStream(word)) return [];
  const write = file('write', word, { clobbers: true, ...more });
  if (!isDisk(word)) return [write];
  return [
    { kind: 'data', system: 'disk', op: 'overwrite', destructive: true, target: word, span: word.span },
    write,
  ];
}

/** The program itself as a word, for effects that have no argument of their own. */
export function programWord(call: Call): Word {
  return call.invocation.argv[0] ?? { text: call.name, glob: false, span: call.invocation.span };
}

/** Last part of a path, as far as it is known; undefined when it is `.`, `..` or empty. */
export function lastPart(path: Word): Word | undefined {
  if (path.text !== undefined) {
    const trimmed = path.text.replace(/(?<=[^/])\/+$/, '');
    const base = trimmed.slice(trimmed.lastIndexOf('/') + 1);
    return base === '' || base === '.' || base === '..' ? undefined : { ...path, text: base };
  }
  const pieces = path.pieces ?? [null];
  const tail = pieces.at(-1);
  const slash = typeof tail === 'string' ? tail.lastIndexOf('/') : -1;
  if (typeof tail === 'string' && slash >= 0 && slash < tail.length - 1)
    return { text: tail.slice(slash + 1), glob: path.glob, span: path.span };
  return { text: undefined, pieces: [null], glob: false, span: path.span };
}

/** Directory part of a path; `.` when it has none. */
export function directoryOf(path: Word): Word {
  if (path.text === undefined) {
    const pieces = [...(path.pieces ?? [null])];
    const tail = pieces.pop();
    if (typeof tail === 'string' && tail.includes('/')) pieces.push(tail.slice(0, tail.lastIndexOf('/')));
    return pieces.length > 0 && !pieces.includes(null)
      ? wordAt(pieces.join(''), path)
      : { ...path, pieces: pieces.length > 0 ? pieces : [null] };
  }
  const slash = path.text.lastIndexOf('/');
  return wordAt(slash < 0 ? '.' : slash === 0 ? '/' : path.text.slice(0, slash), path);
}

/** Something unknown below a directory, whose name ends with `ending`. */
export function somethingIn(directory: Word, ...ending: readonly (string | null)[]): Word {
  const start = directory.text !== undefined ? [directory.text] : (directory.pieces ?? [null]);
  const slash = knownEnd(directory).endsWith('/') ? [] : ['/'];
  const tail = ending[0] === null ? ending : [null, ...ending];
  return {
    text: undefined,
    pieces: [...start, ...slash, ...tail],
    glob: false,
    span: directory.span,
  };
}

function knownEnd(word: Word): string {
  return word.text ?? word.pieces?.at(-1) ?? '';
}

/** Absolute path of a word, `.` and `..` not folded; undefined when it or the directory is unknown. */
export function absolutePath(call: Call, word: Word): string | undefined {
  const text = word.text;
  if (text === undefined || text === '') return undefined;
  if (text.startsWith('/')) return text;
  if (text === '~' || text.startsWith('~/')) return call.host.home + text.slice(1);
  const cwd = call.invocation.cwd.text;
  return cwd?.startsWith('/') ? `${cwd.replace(/\/+$/, '')}/${text.replace(/^(?:\.\/)+/, '')}` : undefined;
}

/** True when the path is a directory now, or written as one. */
export function isDirectory(call: Call, word: Word): boolean {
  if (/(?:^|\/)(?:\.{0,2})$/.test(word.text ?? 'x')) return true;
  const path = absolutePath(call, word);
  return path !== undefined && call.host.pathKind(path) === 'directory';
}

/** Text of a file that an option names, at most 256 KiB; undefined when it cannot be known. */
export function textOf(call: Call, word: Word): string | undefined {
  if (word.text === '-' || word.text === '/dev/stdin') {
    const stdin = call.invocation.stdin;
    return stdin === undefined || stdin === 'pipe' ? undefined : stdin.text;
  }
  const path = absolutePath(call, word);
  return path === undefined ? undefined : call.host.readFile(path, 262_144);
}

/** `directory/name-of-path`, or the directory itself when the path has no name of its own. */
export function placedIn(directory: Word, path: Word): Word {
  const name = lastPart(path);
  const bare =
    directory.text === undefined
      ? directory
      : { ...directory, text: directory.text.replace(/(?<=[^/])\/+$/, '') };
  return name ? joinWord(bare, { ...name, span: path.span }) : bare;
}
