/** Sets of code points: the classes that RE2 names, and the arithmetic on ranges. */

/** Inclusive ranges of code points. */
export type Ranges = readonly (readonly [low: number, high: number])[];

export const LAST_CODE = 0x10ffff;

const UPPER: Ranges = /* @__PURE__ */ readRanges('A-Z');
const LOWER: Ranges = /* @__PURE__ */ readRanges('a-z');

/** `\d`, `\s` and `\w`. */
export const NAMED_CLASSES: Readonly<Record<string, Ranges>> = {
  d: /* @__PURE__ */ readRanges('0-9'),
  s: /* @__PURE__ */ readRanges('\t-\n\f-\r -\x20'),
  w: /* @__PURE__ */ readRanges('0-9A-Z_-_a-z'),
};

/** `[:alnum:]` and its kin. */
export const POSIX_CLASSES: Readonly<Record<string, Ranges>> = {
  alnum: /* @__PURE__ */ readRanges('0-9A-Za-z'),
  alpha: /* @__PURE__ */ readRanges('A-Za-z'),
  ascii: /* @__PURE__ */ readRanges('\0-\x7f'),
  blank: /* @__PURE__ */ readRanges('\t-\t -\x20'),
  cntrl: /* @__PURE__ */ readRanges('\0-\x1f\x7f-\x7f'),
  digit: /* @__PURE__ */ readRanges('0-9'),
  graph: /* @__PURE__ */ readRanges('!-~'),
  lower: LOWER,
  print: /* @__PURE__ */ readRanges(' -~'),
  punct: /* @__PURE__ */ readRanges('!-/:-@[-`{-~'),
  space: /* @__PURE__ */ readRanges('\t-\r -\x20'),
  upper: UPPER,
  word: /* @__PURE__ */ readRanges('0-9A-Z_-_a-z'),
  xdigit: /* @__PURE__ */ readRanges('0-9A-Fa-f'),
};

/** Reads `a-zA-Z`: nothing but ranges, one after the other. */
function readRanges(text: string): Ranges {
  return Array.from(
    { length: text.length / 3 },
    (_, at) => [text.charCodeAt(at * 3), text.charCodeAt(at * 3 + 2)] as const,
  );
}

/** Everything that is not in the ranges. */
export function invertRanges(ranges: Ranges): Ranges {
  const inverted: (readonly [number, number])[] = [];
  let next = 0;
  for (const [low, high] of [...ranges].sort((a, b) => a[0] - b[0])) {
    if (low > next) inverted.push([next, low - 1]);
    next = Math.max(next, high + 1);
  }
  if (next <= LAST_CODE) inverted.push([next, LAST_CODE]);
  return inverted;
}

/** Adds the other case of the ASCII letters in the ranges. */
export function foldRanges(ranges: Ranges): Ranges {
  const folded = [...ranges];
  for (const [low, high] of ranges) {
    for (const [letters, shift] of [
      [UPPER, 32],
      [LOWER, -32],
    ] as const) {
      const from = Math.max(low, letters[0]?.[0] ?? 0);
      const to = Math.min(high, letters[0]?.[1] ?? 0);
      if (from <= to) folded.push([from + shift, to + shift]);
    }
  }
  return folded;
}
