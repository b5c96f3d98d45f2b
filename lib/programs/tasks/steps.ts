/** From the names of tasks to what they run: finds the file that lists them, goes on from task to task, and gives the host's texts as steps. Knows no format. */

import { posix } from 'node:path';
import type { Effect } from '../../types/effect.ts';
import type { HostView } from '../../types/host.ts';
import type { Nested } from '../../types/invocation.ts';
import type { Word } from '../../types/text.ts';
import { absolutePath, programWord } from '../coreutils/paths.ts';
import { opaque, wordAt } from '../effects.ts';
import type { Call, Outcome } from '../page.ts';
import { appendWords } from '../verbs.ts';
import { MAX_BYTES } from './tree.ts';

/** Marks a stretch of a step's text that is known only when it runs. */
export const HOLE = '\0';

/** Folders above that are looked into; tasks and steps that are followed from one call. */
const MAX_LEVELS = 40;
const MAX_STEPS = 256;

/** What a task does, in order. */
export type Step =
  | { readonly task: string }
  | { readonly code: string; readonly lang?: 'sh' | 'python' | 'ruby'; readonly folder?: string }
  | { readonly argv: readonly string[]; readonly folder?: string }
  | { readonly script: string; readonly folder?: string };

/** Tasks of one file. */
export interface Book {
  /** Absolute directory that its tasks run in. */
  readonly folder: string;
  /** False when some of the file was not understood. */
  readonly whole: boolean;
  /** The steps of a task; undefined when it has no such task. */
  readonly steps: (task: string) => readonly Step[] | undefined;
}

export interface FoundFile {
  /** Absolute. */
  readonly folder: string;
  readonly name: string;
  readonly text: string;
}

/** The first of these files in a directory or the nearest one above. */
function findFile(host: HostView, folder: string, names: readonly string[]): FoundFile | undefined {
  let at = folder.replace(/\/+$/, '');
  for (let level = 0; level < MAX_LEVELS; level++) {
    const found = findHere(host, at, names);
    if (found) return found;
    const slash = at.lastIndexOf('/');
    if (slash < 0 || at === '') return undefined;
    at = at.slice(0, slash);
  }
  return undefined;
}

/** The first of these files in exactly this directory. */
export function findHere(host: HostView, folder: string, names: readonly string[]): FoundFile | undefined {
  for (const name of names) {
    const text = host.readFile(`${folder}/${name}`, MAX_BYTES);
    if (text !== undefined) return { folder: posix.dirname(`${folder}/${name}`), name, text };
  }
  return undefined;
}

/**
 * The file that a call means: the one that an option names, or the nearest.
 *
 * @param folder directory it looks in, when another than the call's
 */
export function fileOf(
  call: Call,
  names: readonly string[],
  chosen?: Word,
  folder?: Word,
): FoundFile | undefined {
  if (call.invocation.place !== undefined) return undefined;
  const at = folderOf(call, folder);
  if (at === undefined) return undefined;
  if (chosen === undefined) return findFile(call.host, at, names);
  if (chosen.text === undefined) return undefined;
  const path = chosen.text.startsWith('/') ? chosen.text : `${at}/${chosen.text}`;
  if (call.host.pathKind(path) === 'directory') return findHere(call.host, posix.normalize(path), names);
  return findHere(call.host, posix.dirname(posix.normalize(path)), [posix.basename(path)]);
}

/** Absolute directory of a call, or of a word seen from there. */
export function folderOf(call: Call, folder?: Word): string | undefined {
  const at = folder === undefined ? call.invocation.cwd.text : absolutePath(call, folder);
  return at?.startsWith('/') ? posix.normalize(at) : undefined;
}

/** A text with holes as a word. */
export function wordOf(text: string, near: Word): Word {
  if (!text.includes(HOLE)) return wordAt(text, near);
  const pieces = text
    .split(HOLE)
    .flatMap((piece, i) => [...(i === 0 ? [] : [null]), ...(piece === '' ? [] : [piece])]);
  return { text: undefined, pieces, glob: false, span: near.span };
}

/**
 * What tasks run.
 *
 * @param via how a step of one is called: `task rel`
 * @param asked names as the call has them
 * @param args words that are handed on to the last one's steps
 */
export function runTasks(
  call: Call,
  via: string,
  book: Book,
  asked: readonly Word[],
  args: readonly Word[] = [],
): Outcome {
  const near = programWord(call);
  const effects: Effect[] = [];
  const runs: Nested[] = [];
  const seen = new Set<string>();
  const follow = (task: string, handed: readonly Word[]): boolean => {
    if (seen.has(task) || runs.length >= MAX_STEPS) return true;
    seen.add(task);
    const steps = book.steps(task);
    for (const step of steps ?? []) {
      if ('task' in step) follow(step.task, []);
      else if (runs.length < MAX_STEPS)
        runs.push(nestedOf(step, `${via} ${task}`, book.folder, near, handed));
    }
    return steps !== undefined;
  };
  asked.forEach((word, i) => {
    if (word.text === undefined)
      effects.push(opaque(word, `which task ${via} runs is known only when it runs`));
    else if (!follow(word.text, i === asked.length - 1 ? args : []) && !book.whole)
      effects.push(
        opaque(word, `the task ${word.text} is in no part of its file that can be read`, 'syntax'),
      );
  });
  return { effects, runs };
}

function nestedOf(
  step: Exclude<Step, { readonly task: string }>,
  via: string,
  folder: string,
  near: Word,
  args: readonly Word[],
): Nested {
  const at = step.folder === undefined ? folder : posix.resolve(folder, step.folder.replaceAll(HOLE, '_'));
  const cwd = wordAt(at, near);
  if ('argv' in step)
    return { kind: 'argv', argv: [...step.argv.map((text) => wordOf(text, near)), ...args], cwd, via };
  if ('script' in step) return { kind: 'file', lang: 'sh', path: wordAt(step.script, near), args, cwd, via };
  const lang = step.lang ?? 'sh';
  const code = wordOf(step.code, near);
  return { kind: 'code', lang, code: lang === 'sh' ? appendWords(code, args) : code, cwd, via };
}
