/** Takes an apply_patch text apart, line by line, the way Codex's own parser does. Touches no file and resolves no path. */

import { LimitError } from '../types/errors.ts';
import type { Patch, PatchFile } from '../types/patch.ts';
import { skipBlankEnd, skipBlankStart, trimBlank, trimBlankEnd } from './blank.ts';

const BEGIN = '*** Begin Patch';
const END = '*** End Patch';
const ENVIRONMENT = '*** Environment ID:';
const MOVE = '*** Move to: ';
const END_OF_FILE = '*** End of File';
const HEADERS = [
  ['add', '*** Add File: '],
  ['update', '*** Update File: '],
  ['delete', '*** Delete File: '],
] as const;
/** The three first lines that Codex takes for a here-document around the patch. */
const HEREDOC_STARTS: readonly string[] = ['<<EOF', "<<'EOF'", '<<"EOF"'];

/** No honest patch has more; beyond it memory, not time, would run out. */
const MAX_LINES = 2_000_000;
const MAX_FILES = 50_000;
/** Most characters of a line that an error message repeats. */
const SHOWN = 60;

interface OpenFile {
  readonly op: PatchFile['op'];
  readonly path: string;
  moveTo?: string;
  readonly added: string[];
  readonly removed: string[];
  /** State of an update: chunks begun, lines in the last one, and whether that one ended with the end-of-file marker. */
  chunks: number;
  linesInChunk: number;
  atEndOfFile: boolean;
}

interface Reading {
  readonly files: OpenFile[];
  error: string | undefined;
  hasEnvironment: boolean;
  /** The end marker came; Codex takes blank lines and one more such marker after it. */
  ended: boolean;
  lines: number;
}

/**
 * Reads a patch in one pass over the text.
 *
 * `ok` is true exactly when Codex 0.169 would go on to apply the text. Otherwise `error` names the first thing that is wrong, and
 * `files` holds every file header anywhere in the text: a client with another grammar could still act on those.
 *
 * @param text the patch, with or without the `<<'EOF'` wrapper that some models add
 * @throws LimitError when it has more than 2,000,000 changed lines or 50,000 file headers
 */
export function parsePatch(text: string): Patch {
  const reading: Reading = { files: [], error: undefined, hasEnvironment: false, ended: false, lines: 0 };
  const body = findBody(text);
  if (typeof body === 'string') reading.error = body;
  const { start, end, firstLine } =
    typeof body === 'string' ? { start: 0, end: text.length, firstLine: 1 } : body;
  for (let at = start, number = firstLine; at < end; number++) {
    const { line, next } = lineAt(text, at, end);
    if (reading.error === undefined) {
      const problem = readLine(reading, line);
      if (problem !== undefined) reading.error = `line ${number}: ${problem}`;
    }
    if (reading.error !== undefined) salvageLine(reading, line);
    at = next;
  }
  reading.error ??= findUnfinished(reading.files.at(-1));
  if (reading.error === undefined && reading.files.length === 0) reading.error = 'the patch names no file';
  const files = reading.files.map(closeFile);
  return reading.error === undefined ? { ok: true, files } : { ok: false, error: reading.error, files };
}

/** Offsets of what lies between the first and the last line of a patch, or what is wrong with these two. */
function findBody(text: string): { start: number; end: number; firstLine: number } | string {
  let start = skipBlankStart(text, 0);
  let end = skipBlankEnd(text, text.length);
  if (start >= end) return 'the patch is empty';
  let firstLine = 2;
  const opening = lineAt(text, start, end);
  if (HEREDOC_STARTS.includes(opening.line)) {
    const closing = lastLineStart(text, start, end);
    if (text.endsWith('EOF', end) && closing > opening.next) {
      start = opening.next;
      end = closing - 1;
      firstLine = 3;
    }
  }
  const first = lineAt(text, start, end);
  if (trimBlank(first.line) !== BEGIN) return `the first line is not «${BEGIN}»`;
  const last = lastLineStart(text, start, end);
  if (last < first.next || trimBlank(text.slice(last, end)) !== END) return `the last line is not «${END}»`;
  return { start: first.next, end: last, firstLine };
}

/** The line that begins at `start` without its line break, and where the next one begins. */
function lineAt(text: string, start: number, end: number): { line: string; next: number } {
  const newline = text.indexOf('\n', start);
  const stop = newline < 0 || newline > end ? end : newline;
  return { line: text.slice(start, text.charCodeAt(stop - 1) === 13 ? stop - 1 : stop), next: stop + 1 };
}

/** Where the last line of `text.slice(start, end)` begins. */
function lastLineStart(text: string, start: number, end: number): number {
  return Math.max(start, text.lastIndexOf('\n', end - 1) + 1);
}

/** Takes one line in; says what is wrong with it, if anything. */
function readLine(reading: Reading, line: string): string | undefined {
  const file = reading.files.at(-1);
  if (reading.ended) return trimBlank(line) === '' ? undefined : `«${show(line)}» after «${END}»`;
  if (file?.op === 'update') return readUpdateLine(reading, file, line);
  if (file?.op === 'add' && line.startsWith('+')) {
    keep(reading, file.added, line);
    return undefined;
  }
  const marker = trimBlank(line);
  if (file === undefined && marker.startsWith(ENVIRONMENT)) {
    if (reading.hasEnvironment) return 'a second environment ID';
    if (trimBlank(marker.slice(ENVIRONMENT.length)) === '') return 'an empty environment ID';
    reading.hasEnvironment = true;
    return undefined;
  }
  if (marker === END) reading.ended = true;
  return reading.ended || openFile(reading, marker) ? undefined : `«${show(marker)}» is not a file header`;
}

/** The same inside an update, where an indented marker is a line of context. */
function readUpdateLine(reading: Reading, file: OpenFile, line: string): string | undefined {
  const marker = line.startsWith('*') || line.startsWith('@') ? trimBlankEnd(line) : line;
  if (marker === END) {
    reading.ended = true;
    return undefined;
  }
  if (HEADERS.some(([, header]) => marker.startsWith(header))) {
    const problem = findUnfinished(file);
    if (problem === undefined) openFile(reading, marker);
    return problem;
  }
  if (file.atEndOfFile && marker !== '@@' && !marker.startsWith('@@ '))
    return trimBlankEnd(line) === '' ? undefined : `«${show(line)}» after «${END_OF_FILE}»`;
  if (file.chunks === 0 && file.moveTo === undefined && marker.startsWith(MOVE)) {
    file.moveTo = marker.slice(MOVE.length);
    return undefined;
  }
  if (marker === '@@' || marker.startsWith('@@ ')) {
    if (file.chunks > 0 && file.linesInChunk === 0) return 'two «@@» in a row';
    file.chunks++;
    file.linesInChunk = 0;
    file.atEndOfFile = false;
    return undefined;
  }
  if (marker === END_OF_FILE) {
    if (file.chunks > 0 && file.linesInChunk === 0) return `«${END_OF_FILE}» after no line`;
    file.atEndOfFile = file.chunks > 0;
    return undefined;
  }
  if (line.startsWith('+')) keep(reading, file.added, line);
  else if (line.startsWith('-')) keep(reading, file.removed, line);
  else if (line !== '' && !line.startsWith(' ')) return `«${show(line)}» starts with none of « », «+», «-»`;
  if (file.chunks === 0) file.chunks = 1;
  file.linesInChunk++;
  return undefined;
}

/** After an error: takes in whatever looks like a header, a target or content, so that no file goes unseen. */
function salvageLine(reading: Reading, line: string): void {
  const marker = trimBlank(line);
  const file = reading.files.at(-1);
  if (openFile(reading, marker) || file === undefined) return;
  if (marker.startsWith(MOVE)) {
    const moved = file.moveTo === undefined ? file : newFile(reading, 'update', file.path);
    moved.moveTo = marker.slice(MOVE.length);
  } else if (line.startsWith('+')) keep(reading, file.added, line);
  else if (line.startsWith('-')) keep(reading, file.removed, line);
}

/** Starts the file that a header line names; false when the line is no header. */
function openFile(reading: Reading, marker: string): boolean {
  if (!marker.startsWith('*')) return false;
  const found = HEADERS.find(([, header]) => marker.startsWith(header));
  if (found) newFile(reading, found[0], marker.slice(found[1].length));
  return found !== undefined;
}

function newFile(reading: Reading, op: PatchFile['op'], path: string): OpenFile {
  const file: OpenFile = {
    op,
    path,
    added: [],
    removed: [],
    chunks: 0,
    linesInChunk: 0,
    atEndOfFile: false,
  };
  if (reading.files.push(file) > MAX_FILES)
    throw new LimitError(`a patch with more than ${MAX_FILES} file headers`);
  return file;
}

/** Codex takes no update without lines, be it the whole file or its last part. */
function findUnfinished(file: OpenFile | undefined): string | undefined {
  if (file?.op !== 'update' || file.linesInChunk > 0) return undefined;
  return `the update of «${show(file.path)}» has ${file.chunks === 0 ? 'no lines' : 'an empty part'}`;
}

function keep(reading: Reading, lines: string[], line: string): void {
  if (++reading.lines > MAX_LINES) throw new LimitError(`a patch with more than ${MAX_LINES} changed lines`);
  lines.push(line.slice(1));
}

function closeFile({ op, path, moveTo, added, removed }: OpenFile): PatchFile {
  return { op, path, ...(moveTo === undefined ? {} : { moveTo }), added, removed };
}

function show(text: string): string {
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
}
