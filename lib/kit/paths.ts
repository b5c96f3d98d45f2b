/** The names a path goes by in policies and messages. Owns no rule about any of them. */

import type { FileEffect, PathFact } from '../types/effect.ts';
import type { Word } from '../types/text.ts';
import type { HostFacts } from './host-facts.ts';
import { printText, printWord } from './words.ts';

type KnownDirectories = HostFacts['paths'];

/** File operations that change something on disk. */
const WRITES: ReadonlySet<FileEffect['op']> = new Set([
  'write',
  'append',
  'create',
  'delete',
  'move',
  'chmod',
  'link',
]);

export function isWrite(effect: FileEffect): boolean {
  return WRITES.has(effect.op);
}

/**
 * Every name of a path that a policy glob may be written for: its last part (`.env`), its place in the project
 * (`config/.env`), below home (`~/work/.env`), and absolute; symbolic links both as written and resolved.
 */
export function namesOf(
  path: Word,
  at: PathFact | undefined,
  directories: KnownDirectories,
): readonly string[] {
  if (at === undefined) return path.text === undefined ? [] : namesOfText(path.text);
  const names = new Set<string>();
  if (at.relative !== undefined && at.relative !== '') names.add(at.relative);
  for (const absolute of [at.absolute, at.real]) {
    names.add(lastPart(absolute));
    names.add(absolute);
    for (const [directory, short] of shortNames(directories))
      if (isWithin(absolute, directory)) names.add(short + absolute.slice(directory.length));
  }
  names.delete('');
  return [...names];
}

/** The names of a path of which only the written text is known: on another machine, or in a container. */
function namesOfText(text: string): readonly string[] {
  const tidy = text.replace(/^(?:\.\/)+/, '').replace(/(?<=.)\/+$/, '');
  return [...new Set([lastPart(tidy), tidy])].filter((name) => name !== '');
}

/** Directories with a short name of their own, most specific first. */
function shortNames(directories: KnownDirectories): readonly (readonly [string, string])[] {
  return [
    [directories.guardHome, '~/.codex/guard'],
    [directories.codexHome, '~/.codex'],
    [directories.home, '~'],
  ];
}

/** The last part of a path: its base name. */
export function lastPart(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** True for a directory itself and for everything below it. Both absolute. */
export function isWithin(path: string, directory: string): boolean {
  if (directory === '/') return path.startsWith('/');
  return path === directory || path.startsWith(`${directory}/`);
}

/** The path as a message names it: below the project, below home, or absolute. */
export function printPath(path: Word, at: PathFact | undefined, directories: KnownDirectories): string {
  if (at === undefined) return printWord(path);
  if (at.relative === '') return 'the project directory';
  return printText(subjectPath(at, directories));
}

/** The path as an exception in a policy names it. */
export function subjectPath(at: PathFact, directories: KnownDirectories): string {
  if (at.relative !== undefined) return at.relative === '' ? '.' : at.relative;
  if (isWithin(at.absolute, directories.home)) return `~${at.absolute.slice(directories.home.length)}`;
  return at.absolute;
}

/** Device files that data can be sent to or had from without harm. */
const HARMLESS_DEVICES =
  /^\/dev\/(?:null|zero|full|u?random|tty\d*|console|std(?:in|out|err)|fd\/.*|pts(?:\/.*)?|ptmx|shm(?:\/.*)?|tcp\/.*|udp\/.*)$/;

/** True for disks and other devices whose content a write destroys. */
export function isDevice(absolute: string): boolean {
  return absolute.startsWith('/dev/') && !HARMLESS_DEVICES.test(absolute);
}

/** True for `/dev/null` and its kind. */
export function isHarmlessDevice(absolute: string): boolean {
  return HARMLESS_DEVICES.test(absolute) || /^\/proc\/(?:self|\d+)\/fd(?:\/[^/]*)?$/.test(absolute);
}
