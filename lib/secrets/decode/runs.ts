/** Decodes runs of base64, base64url and hex that hide readable text. Leaves runs alone that decode to anything else. */

import type { Decoded } from './decoded.ts';

const LONGEST_RUN = 1 << 20;
/** Length from which a full line is joined with the next one: mail and `base64` wrap at 64 or 76. */
const WRAPPED_LINE = 60;
const HEX = /^[0-9a-fA-F]+$/;
/** Characters that are looked at to tell whether a run is worth decoding. */
const SHORTEST = 16;

/** One line of a run. */
interface Segment {
  readonly start: number;
  readonly end: number;
}

/** Where a run that begins at `start` ends when its lines are joined, and what it says if that is readable. */
export interface DecodedRun {
  readonly decoded: Decoded | undefined;
  readonly end: number;
}

/** Reads the run of base64 or hex characters at `text[start, end)`, joined with the lines that follow it. */
export function decodeRun(text: string, start: number, end: number): DecodedRun {
  const from = firstReadable(text, start, end);
  if (from === undefined) return { decoded: undefined, end };
  const segments = joinLines(text, from, Math.min(hexEnd(text, from) ?? end, end, from + LONGEST_RUN));
  const last = segments[segments.length - 1]?.end ?? end;
  const encoded = segments.map((line) => text.slice(line.start, line.end)).join('');
  const decoded = HEX.test(encoded) && encoded.length % 2 === 0 ? fromHex(encoded) : fromBase64(encoded);
  return {
    decoded: decoded && {
      text: decoded.text,
      outerStart: (offset) => outerOffset(segments, decoded.encodedOffset(offset)),
      outerEnd: (offset) => outerOffset(segments, Math.max(0, decoded.encodedOffset(offset, true) - 1)) + 1,
    },
    end: last,
  };
}

/** Characters at the start of a run that belong to what stands before it: `\n`, `%20`, `\x3d`, a colour, `-p`, `:-`, `0x`. */
const LEAD =
  /(?:(?<=\\)[abefnrtv0]|(?<=%)[0-9A-Fa-f]{2}|(?<=\\)x[0-9A-Fa-f]{2}|(?<=\\)u[0-9A-Fa-f]{4}|(?<=\u001b\[(?:\d{1,3};){0,3})\d{1,3}m|(?<=(?:^|[\s'"]))-[A-Za-z]|-{1,2}|0[xX])/y;
/** Parts of a run that are tried. */
const MOST_STARTS = 5;

/** Start of the run, or of a part of it after a lead-in, `/` (a path) or `_` (a name), from which the first characters decode to readable text. */
function firstReadable(text: string, start: number, end: number): number | undefined {
  let from = start;
  const skipped = leadIn(text, start);
  if (skipped > 0 && end - start - skipped >= SHORTEST && startsReadable(text, start + skipped))
    return start + skipped;
  for (let tries = 0; tries < MOST_STARTS && end - from >= SHORTEST; tries += 1) {
    if (startsReadable(text, from)) return from;
    const next = nextPart(text, from, end);
    if (next === undefined) return undefined;
    from = next;
  }
  return undefined;
}

function leadIn(text: string, start: number): number {
  const before = text.charCodeAt(start - 1);
  const first = text.charCodeAt(start);
  // `\`, `%`, `[` or `;` before it, or a dash or a zero at its start; anything else needs no expression.
  if (before !== 92 && before !== 37 && before !== 91 && before !== 59 && first !== 45 && first !== 48)
    return 0;
  LEAD.lastIndex = start;
  return LEAD.test(text) ? LEAD.lastIndex - start : 0;
}

function nextPart(text: string, from: number, end: number): number | undefined {
  for (let at = from; at < end; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 47 || code === 95) return at + 1;
  }
  return undefined;
}

const HEX_RUN = /[0-9a-fA-F]{16,}/y;

/** Where the hex digits end that begin at `from`, when they spell readable text: what follows them, such as a path, is no part of them. */
function hexEnd(text: string, from: number): number | undefined {
  HEX_RUN.lastIndex = from;
  if (!HEX_RUN.test(text) || !isReadable(hexText(text.slice(from, from + SHORTEST)))) return undefined;
  return HEX_RUN.lastIndex;
}

function hexText(digits: string): string {
  return Buffer.from(digits, 'hex').toString('latin1');
}

/** Looks at sixteen characters: as hex digits, then as base64, starting with what the first four say. */
function startsReadable(text: string, from: number): boolean {
  const head = text.slice(from, from + SHORTEST);
  if (HEX.test(head) && isReadable(hexText(head))) return true;
  return isPrintable(sextets(head)) && isReadable(Buffer.from(head, 'base64').toString('latin1'));
}

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** The 24 bits of the first four base64 characters; a cheap look before a buffer is made. */
function sextets(text: string): number {
  let bits = 0;
  for (let place = 0; place < 4; place += 1) {
    const char = text.charAt(place);
    const digit = char === '-' ? 62 : char === '_' ? 63 : DIGITS.indexOf(char);
    bits = (bits << 6) | Math.max(0, digit);
  }
  return bits;
}

/** True when three bytes could be text, also as UTF-16. */
function isPrintable(bits: number): boolean {
  for (let shift = 16; shift >= 0; shift -= 8) {
    const byte = (bits >> shift) & 0xff;
    if (byte !== 0 && !isPrintableByte(byte)) return false;
  }
  return true;
}

function isPrintableByte(byte: number): boolean {
  return (byte >= 32 && byte < 127) || byte === 9 || byte === 10 || byte === 13;
}

/** True when nearly all of it is printable ASCII, zero bytes of UTF-16 aside. */
function isReadable(latin1: string): boolean {
  let readable = 0;
  for (let at = 0; at < latin1.length; at += 1) {
    const byte = latin1.charCodeAt(at);
    if (byte === 0 || isPrintableByte(byte)) readable += 1;
  }
  return readable >= latin1.length * 0.9;
}

function joinLines(text: string, start: number, end: number): readonly Segment[] {
  const segments: Segment[] = [{ start, end }];
  const width = end - start;
  const next = /\r?\n[ \t]{0,8}([A-Za-z0-9+/_-]{1,4096})/y;
  next.lastIndex = end;
  if (width < WRAPPED_LINE || width % 4 !== 0) return segments;
  const isHex = HEX.test(text.slice(start, end));
  for (let line = next.exec(text); line !== null; line = next.exec(text)) {
    const body = line[1] ?? '';
    // A word on the next line is no digit of a hex number.
    if (isHex && (!HEX.test(body) || body.length % 2 !== 0)) break;
    segments.push({ start: next.lastIndex - body.length, end: next.lastIndex });
    if (body.length !== width || next.lastIndex - start > LONGEST_RUN) break;
  }
  return segments;
}

/** Place in the outer text of a character of the joined run. */
function outerOffset(segments: readonly Segment[], offset: number): number {
  let rest = offset;
  for (const line of segments) {
    const length = line.end - line.start;
    if (rest < length) return line.start + rest;
    rest -= length;
  }
  return segments[segments.length - 1]?.end ?? 0;
}

interface Plain {
  readonly text: string;
  /** Offset in the encoded text where the character at `offset` begins; with `after`, where the characters before it end. */
  readonly encodedOffset: (offset: number, after?: boolean) => number;
}

function fromHex(encoded: string): Plain | undefined {
  const text = hexText(encoded);
  return isReadable(text) ? { text, encodedOffset: (offset) => offset * 2 } : fromBase64(encoded);
}

function fromBase64(encoded: string): Plain | undefined {
  const bytes = Buffer.from(encoded, 'base64').toString('latin1');
  if (!isReadable(bytes)) return undefined;
  const isWide = bytes.length >= 8 && bytes.charCodeAt(1) === 0 && bytes.charCodeAt(3) === 0;
  const width = isWide ? 2 : 1;
  return {
    text: isWide ? bytes.replace(/\0/g, '') : bytes,
    // Three bytes share four characters, so a place in between belongs to the whole group.
    encodedOffset: (offset, after) =>
      after === true ? Math.ceil((offset * width) / 3) * 4 : Math.floor((offset * width) / 3) * 4,
  };
}
