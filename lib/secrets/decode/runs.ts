/** Decodes runs of base64, base64url and hex that hide readable text. Leaves runs alone that decode to anything else. */

import type { Decoded } from './decoded.ts';

const LONGEST_RUN = 1 << 20;
/** Length from which a full line is joined with the next one: mail and `base64` wrap at 64 or 76. */
const WRAPPED_LINE = 60;
const HEX = /^[0-9a-fA-F]+$/;

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
  const segments = joinLines(text, from, Math.min(end, from + LONGEST_RUN));
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

/** Start of the run, or of a part of it after `/` (a path in front of it), from which the first characters decode to readable text. */
function firstReadable(text: string, start: number, end: number): number | undefined {
  let from = start;
  for (let tries = 0; tries < 4 && end - from >= 16; tries += 1) {
    if (startsReadable(text, from)) return from;
    const slash = text.indexOf('/', from);
    if (slash < 0 || slash >= end) return undefined;
    from = slash + 1;
  }
  return undefined;
}

/** Looks at sixteen characters: as hex digits, then as base64, starting with what the first four say. */
function startsReadable(text: string, from: number): boolean {
  const head = text.slice(from, from + 16);
  if (HEX.test(head) && isReadable(Buffer.from(head, 'hex').toString('latin1'))) return true;
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
  for (let line = next.exec(text); line !== null; line = next.exec(text)) {
    const body = line[1] ?? '';
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
  const text = Buffer.from(encoded, 'hex').toString('latin1');
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
