/** Puts together text that is written in pieces: strings joined by operators, lists of byte values, dumps. Decodes nothing else. */

import type { Decoded } from './decoded.ts';
import { type Part, replaceParts } from './escapes.ts';

/** Longest text whose pieces are put together: programs are short, data is long. */
const LONGEST = 1 << 18;
/** A quote, an operator or nothing, a quote, also escaped as in JSON: `" + "`, `' . '`, `"\n  "`. What stands before it is looked at apart: faster. */
const JOINT =
  /(?:\\{1,3})?["'`]\s{0,4}(?:[+.&,]|\|\||\\\n|<>|~)?\s{0,12}[fFrRbBuU]?(?:\\{1,3})?["'`](?=[A-Za-z0-9_+/=.:$#^@%|-])/g;
const IN_TOKEN = /[A-Za-z0-9_+/=.:$#^@%|-]/;
/** What is read around a joint. */
const AROUND = 400;
const MOST_JOINTS = 400;

/** Bytes that are written one by one: `0x67, 0x68`, `67 68 70`, `103, 104`. */
const BYTES =
  /[0-9a-fA-F]{2,3}[\s,;:-]{1,4}(?:(?:0x)?[0-9a-fA-F]{2,3}[\s,;:-]{1,4}){10}(?:0x)?[0-9a-fA-F]{2}/g;
const BYTE = /(?:0x)?([0-9a-fA-F]{2,3})(?:[\s,;:-]{1,4}|$|(?=\W))/y;
const LEAST_BYTES = 12;
const MOST_BYTES = 1 << 14;

/** Texts that a program would put together from pieces. */
export function* joinPieces(text: string): Generator<Decoded> {
  if (text.length > LONGEST) return;
  yield* joinStrings(text);
  yield* readBytes(text);
}

function* joinStrings(text: string): Generator<Decoded> {
  let parts: Part[] = [];
  const join = (): Decoded => {
    const from = Math.max(0, (parts[0]?.start ?? 0) - AROUND);
    return replaceParts(text, from, Math.min(text.length, (parts.at(-1)?.end ?? 0) + AROUND), parts);
  };
  for (const match of text.matchAll(JOINT)) {
    if (!IN_TOKEN.test(text.charAt(match.index - 1))) continue;
    const part = { start: match.index, end: match.index + match[0].length, text: '' };
    const last = parts.at(-1);
    if (last !== undefined && (part.start - last.end > AROUND || parts.length >= MOST_JOINTS)) {
      yield join();
      parts = [];
    }
    parts.push(part);
  }
  if (parts.length > 0) yield join();
}

function* readBytes(text: string): Generator<Decoded> {
  const pattern = new RegExp(BYTES);
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    const isDecimal = /^\d{2,3}\s{0,2},/.test(match[0]) && !/[a-fx]/i.test(match[0]);
    const places = readList(text, match.index, isDecimal ? 10 : 16);
    pattern.lastIndex = Math.max(pattern.lastIndex, places.end);
    if (places.bytes.length < LEAST_BYTES) continue;
    const { bytes, starts, end } = places;
    yield {
      text: bytes,
      outerStart: (offset) => starts[offset] ?? end,
      outerEnd: (offset) => starts[offset] ?? end,
    };
  }
}

interface ByteList {
  readonly bytes: string;
  /** Where each byte is written. */
  readonly starts: readonly number[];
  readonly end: number;
}

/** The bytes from `from` on, up to one that is no text. */
function readList(text: string, from: number, base: 10 | 16): ByteList {
  const starts: number[] = [];
  let bytes = '';
  let end = from;
  BYTE.lastIndex = from;
  for (let match = BYTE.exec(text); match !== null && starts.length < MOST_BYTES; match = BYTE.exec(text)) {
    const code = Number.parseInt(match[1] ?? '', base);
    if (!(code >= 32 && code < 127) && code !== 9 && code !== 10 && code !== 13) break;
    bytes += String.fromCharCode(code);
    starts.push(match.index);
    end = BYTE.lastIndex;
  }
  return { bytes, starts, end };
}
