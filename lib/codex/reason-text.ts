/** Writes the reasons of a verdict as the few lines that reach the agent. Decides nothing and prints nothing. */

import type { Failure, Finding } from '../types/verdict.ts';

/** Longest text in all, in UTF-16 units. */
const MAX_TEXT = 600;
/** Most of a single part that is looked at; the rest could not be shown anyway. */
const MAX_PART = 4_000;
const MAX_ID = 64;
/** Printable ASCII. */
const PLAIN = /^[ -~]*$/;
/** Enough lines to fill the text. */
const MAX_LINES = 24;

/** Owner of what no single guard or room answers for. */
const US = 'codex-guard';
const ASK = 'ask the user how to go on';
const ASK_USER = 'ask the user to look into it with codex-guard log';

interface Line {
  readonly id: string;
  readonly what: string;
  readonly remedy: string;
}

/**
 * One line a reason: `[<guard id>] <what>. Instead: <remedy>`; denials first, then what failed, then warnings. Never blank, at
 * most 600 characters, and with `(+N more)` for the lines that found no room.
 *
 * @param appeal id by which a person may lift the denial: the client shows the text to them too
 */
export function denialText(
  findings: readonly Finding[],
  failures: readonly Failure[],
  appeal?: string,
): string {
  const lines = [
    ...findings.filter(({ level }) => level === 'deny').map(lineOfFinding),
    ...failures.map(lineOfFailure),
    ...findings.filter(({ level }) => level === 'warn').map(lineOfFinding),
  ];
  const note = appeal === undefined ? '' : `\n(for the person, never the agent: codex-guard allow ${appeal})`;
  return (
    fitLines(
      lines.length > 0 ? lines : [{ id: 'codex-guard', what: 'this step is refused', remedy: ASK }],
      MAX_TEXT - note.length,
    ) + note
  );
}

/** The same for a verdict that lets the step go on; empty when there is nothing to say. */
export function warningText(findings: readonly Finding[]): string {
  const lines = findings.filter(({ level }) => level !== 'note').map(lineOfFinding);
  return lines.length > 0 ? fitLines(lines) : '';
}

/** What failed, for the person at the client; empty when nothing did. */
export function failureText(failures: readonly Failure[]): string {
  return failures.length > 0 ? fitLines(failures.map(lineOfFailure)) : '';
}

/**
 * One line of plain text: no escape sequences, control, bidirectional or invisible characters, no lone surrogates.
 *
 * @param text from anywhere; only its first 4,000 characters count
 */
export function cleanText(text: string): string {
  const part = text.slice(0, MAX_PART);
  // The patterns below take a hook longer to compile than the usual text to be looked at.
  if (PLAIN.test(part)) return part.replace(/ +/g, ' ').trim();
  return part
    .replace(/(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]?/g, '')
    .replace(
      /(?:\u001b[\]PX^_]|[\u0090\u0098\u009d-\u009f])[^\u0007\u001b\u009c]*(?:\u0007|\u001b\\|\u009c)/g,
      '',
    )
    .replace(/\u001b[ -/]*[0-~]?/g, '')
    .replace(/[\p{Cf}\p{Cs}\p{Co}]/gu, '')
    .replace(/[\s\u0000-\u001f\u007f-\u009f]+/g, ' ')
    .trim();
}

/**
 * The same for several lines, which stay lines. What is not well-formed UTF-16 would make the client drop a whole JSON answer.
 *
 * @param room most UTF-16 units of the result
 */
export function cleanLines(text: string, room: number): string {
  return text.slice(0, room).split('\n').map(cleanText).join('\n').trim();
}

function lineOfFinding({ guard, message, remedy }: Finding): Line {
  return makeLine(guard, message, remedy);
}

function lineOfFailure({ owner, message }: Failure): Line {
  return makeLine(US, owner === US ? message : `${owner} failed (${message})`, ASK_USER);
}

function makeLine(id: string, what: string, remedy: string): Line {
  return {
    id: cleanText(id).slice(0, MAX_ID),
    what: withoutFullStop(cleanText(what)) || 'this step is refused',
    remedy: withoutFullStop(cleanText(remedy)) || ASK,
  };
}

function withoutFullStop(text: string): string {
  let end = text.length;
  while (end > 0 && text[end - 1] === '.') end--;
  return text.slice(0, end);
}

/** As many whole lines as there is room for, at least the first, which is shortened when it must be. */
function fitLines(lines: readonly Line[], room = MAX_TEXT): string {
  const texts = [...new Set(lines.map((line) => writeLine(line, Number.POSITIVE_INFINITY)))];
  for (let shown = Math.min(texts.length, MAX_LINES); shown > 0; shown--) {
    const text = texts.slice(0, shown).join('\n') + writeRest(texts.length - shown);
    if (text.length <= room) return text;
  }
  const rest = writeRest(texts.length - 1);
  return writeLine(lines[0] as Line, room - rest.length) + rest;
}

function writeRest(left: number): string {
  return left > 0 ? `\n(+${left} more)` : '';
}

/** A line of at most `room` characters. The remedy outlives what is wrong: it is what the agent can act on. */
function writeLine({ id, what, remedy }: Line, room: number): string {
  const frame = `[${id}] . Instead: `.length;
  const shortRemedy = shorten(remedy, Math.max((room - frame) / 2, room - frame - what.length));
  return `[${id}] ${shorten(what, room - frame - shortRemedy.length)}. Instead: ${shortRemedy}`;
}

function shorten(text: string, room: number): string {
  if (text.length <= room) return text;
  const end = Math.floor(room) - 1;
  const splitsPair = /[\ud800-\udbff]/.test(text.charAt(end - 1));
  return `${text.slice(0, splitsPair ? end - 1 : end)}…`;
}
