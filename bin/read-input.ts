/** What people name on the command line: files, `-` for standard input, directories. Says in words what is wrong with them. */

import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { InputError, LimitError } from '../lib/api.ts';
import type { Args, Terminal } from './command.ts';
import { describeSystemError } from './print-error.ts';

/** As much as a hook takes. */
const MAX_BYTES = 64 << 20;
const CHUNK = 1 << 20;
/** Standard input that is not ready yet is asked again after so many milliseconds. */
const WAIT_MS = 5;

/**
 * Text of a file, or of standard input for `-`.
 *
 * @param what it should hold, as `a patch`; text that holds nothing is then an error
 * @throws InputError when there is no such file, or it is a directory, no text, or empty
 * @throws LimitError when it is longer than 64 MiB
 */
export function readInput(path: string, terminal: Pick<Terminal, 'cwd'>, what?: string): string {
  const chunks: Buffer[] = [];
  let size = 0;
  for (const chunk of readChunks(path, terminal)) {
    size += chunk.length;
    if (size > MAX_BYTES)
      throw new LimitError(`${nameInput(path, terminal)} is longer than ${MAX_BYTES >> 20} MiB`);
    chunks.push(Buffer.from(chunk));
  }
  const text = Buffer.concat(chunks).toString('utf8');
  if (text.includes('\0'))
    throw new InputError('this is not text: there are zero bytes in it', nameInput(path, terminal));
  if (what !== undefined && text.trim() === '')
    throw new InputError(
      `${path === '-' ? 'standard input' : 'this file'} is empty`,
      path === '-' ? undefined : nameInput(path, terminal),
      path === '-' ? `pipe ${what} into it` : `it should hold ${what}`,
    );
  return text;
}

/** Lines of a file, or of standard input for `-`, one at a time: there may be many. Throws as {@link readInput} does. */
export function* readInputLines(path: string, terminal: Pick<Terminal, 'cwd'>): Generator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for (const chunk of readChunks(path, terminal)) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > MAX_BYTES)
      throw new LimitError(
        `${nameInput(path, terminal)} has a line that is longer than ${MAX_BYTES >> 20} MiB`,
      );
    yield* lines;
  }
  yield rest;
}

/** Absolute path of a file that somebody named, which is there and can be read. Throws as {@link readInput} does. */
export function findInput(path: string, { cwd }: Pick<Terminal, 'cwd'>): string {
  const absolute = resolve(cwd, path);
  sayWrong(absolute, () => {
    const file = openSync(absolute, 'r');
    try {
      readSync(file, Buffer.alloc(1));
    } finally {
      closeSync(file);
    }
  });
  return absolute;
}

/**
 * Absolute path of the directory that an option names, or of this one.
 *
 * @throws InputError when there is no such directory
 */
export function findDirectory(option: string, args: Args, { cwd }: Pick<Terminal, 'cwd'>): string {
  const given = args.text(option);
  if (given === undefined) return cwd;
  const path = resolve(cwd, given);
  if (!sayWrong(path, () => statSync(path)).isDirectory())
    throw new InputError('this is a file, not a directory', path, `--${option} takes a directory`);
  return path;
}

function* readChunks(path: string, terminal: Pick<Terminal, 'cwd'>): Generator<Buffer> {
  const name = nameInput(path, terminal);
  const file = path === '-' ? 0 : sayWrong(name, () => openSync(name, 'r'));
  try {
    const chunk = Buffer.alloc(CHUNK);
    for (;;) {
      const count = sayWrong(name, () => readSome(file, chunk));
      if (count === 0) return;
      yield chunk.subarray(0, count);
    }
  } finally {
    if (file !== 0) closeSync(file);
  }
}

/** Who started us may have left standard input so that it does not wait. */
function readSome(file: number, chunk: Buffer): number {
  for (;;) {
    try {
      return readSync(file, chunk);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EOF') return 0;
      if (code !== 'EAGAIN') throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, WAIT_MS);
    }
  }
}

function sayWrong<T>(where: string, body: () => T): T {
  try {
    return body();
  } catch (error) {
    const said = describeSystemError(error);
    if (said === undefined) throw error;
    throw new InputError(said.message, where, said.hint);
  }
}

/** As errors name it. */
export function nameInput(path: string, { cwd }: Pick<Terminal, 'cwd'>): string {
  return path === '-' ? 'standard input' : resolve(cwd, path);
}
