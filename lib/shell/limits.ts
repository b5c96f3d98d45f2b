/** Bounds of the shell room: what is too large, deep or slow to look at. Owns the numbers and the meter. */

import { LimitError } from '../types/errors.ts';

/** Longest text that is parsed, in UTF-16 units. The longest command agents are known to have issued is an eighth of it. */
export const MAX_TEXT = 256 * 1024;
/** Openings that cost the parser more than linear time, in one text. */
const MAX_SUBSTITUTIONS = 800;
const MAX_HEREDOCS = 400;
const MAX_BRACKETS = 6000;
/** Nesting of commands, substitutions and functions that is followed. */
export const MAX_DEPTH = 48;
/** Texts inside texts: `bash -c`, `eval`, scripts. */
export const MAX_CODE_DEPTH = 10;
/** Commands that one reading may evaluate. */
const MAX_STEPS = 12_000;
/** Runs of one command over its alternatives. */
export const MAX_ALTERNATIVES = 32;
/** Words that one brace expansion or loop is unrolled to. */
export const MAX_UNROLL = 64;
/** Largest script file that is read. */
export const MAX_SCRIPT = 128 * 1024;

/** Says why a text must not be given to the parser, or undefined. Linear. */
export function findTooLarge(text: string): string | undefined {
  if (text.length > MAX_TEXT) return `the command is longer than ${MAX_TEXT / 1024} KiB`;
  let substitutions = 0;
  let heredocs = 0;
  let brackets = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === 36 /* $ */) {
      const next = text.charCodeAt(i + 1);
      if (next === 40 || next === 123 || next === 91) substitutions++;
    } else if (c === 96 /* ` */) substitutions++;
    else if (c === 60 /* < */ && text.charCodeAt(i + 1) === 60) {
      heredocs++;
      i++;
    } else if (c === 40 || c === 123) brackets++;
  }
  if (heredocs > MAX_HEREDOCS) return `it has more than ${MAX_HEREDOCS} here-documents`;
  if (substitutions > MAX_SUBSTITUTIONS && deepest(text) > MAX_DEPTH)
    return 'its substitutions are nested too deeply';
  if (substitutions > MAX_SUBSTITUTIONS * 8) return 'it has too many substitutions';
  if (brackets > MAX_BRACKETS && deepest(text) > MAX_DEPTH * 4) return 'its brackets are nested too deeply';
  return undefined;
}

/** Deepest nesting of brackets, quotes ignored: an upper bound that costs one pass. */
function deepest(text: string): number {
  let depth = 0;
  let most = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === 40 || c === 123 || c === 96) most = Math.max(most, ++depth);
    else if (c === 41 || c === 125) depth = Math.max(0, depth - 1);
  }
  return most;
}

/** Counts the work of one reading and stops it when it is too much. */
export interface Meter {
  /** Throws LimitError when the steps or the time are used up. */
  readonly step: () => void;
}

/**
 * @param deadline moment of `now()` after which work stops, in milliseconds
 * @param now clock, for tests
 */
export function openMeter(deadline: number, now: () => number = () => performance.now()): Meter {
  let steps = 0;
  return {
    step: () => {
      if (++steps > MAX_STEPS) throw new LimitError('the command does too much to be followed');
      if (steps % 32 === 0 && now() > deadline) throw new LimitError('the command took too long to read');
    },
  };
}
