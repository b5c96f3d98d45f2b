/** Scans one text with every rule, through the encodings inside it. Owns the order of the steps and their limits; knows no format. */

import { addAllAnchors } from './all-anchors.ts';
import { ANCHOR_WORDS } from './anchor-words.ts';
import { type Anchor, type AnchorIndex, addAnchor, eachAnchor, makeAnchorIndex } from './anchors.ts';
import type { Candidate, Match, Report } from './candidate.ts';
import type { Decoded } from './decode/decoded.ts';
import { decodeEscapes, joinQuoted } from './decode/escapes.ts';
import { joinPieces } from './decode/pieces.ts';
import { decodeRun } from './decode/runs.ts';
import { insertValues } from './decode/variables.ts';
import type { Stretch } from './find-pieces.ts';
import { matchRun } from './rules/shaped.ts';

/** Encodings inside encodings are followed this deep. */
const DEEPEST = 3;
/** Characters decoded in one scan, over all depths. */
const MOST_DECODED = 16 << 20;
/** More findings than anybody reads: the scan ends there and says that it is not complete. */
const MOST_FOUND = 5000;
/** Characters between two looks at the clock. */
const SLICE = 1 << 18;
/** Words that were met between two looks at the clock. */
const WORDS_BETWEEN_LOOKS = 256;
/** Shortest run of base64 or hex that is decoded. */
const SHORTEST_RUN = 20;
const LONGEST_COMMAND = 1 << 16;
/** Texts of at most this length are searched for the rules' words one by one before the index is made. */
const SHORT_TEXT = 4096;
/** A hook scans a text or two; whoever scans more is better off with the index of all words. */
const MOST_SMALL_INDEXES = 3;

/** A finding with its text, which must not leave this room. */
export interface Found extends Candidate {
  readonly secret: string;
  readonly prefix: string;
}

export interface ScanRequest {
  readonly text: string;
  /** Also join words that shell quotes split. */
  readonly isCommand: boolean;
  /** True when time is up. */
  readonly isLate: () => boolean;
}

/** What a scan found, in no order and with overlaps; `complete` is false when it had to stop early. */
export interface ScanResult {
  readonly found: readonly Found[];
  /** Beginnings of tokens that are not whole. */
  readonly beginnings?: readonly Stretch[];
  readonly complete: boolean;
}

let anchors: AnchorIndex<Match<never>> | undefined;
let words: readonly string[] | undefined;
let smallIndexes = 0;

/** Looks for secrets in a text and in what it holds encoded. */
export function scanText(request: ScanRequest): ScanResult {
  const job: Job = {
    isLate: request.isLate,
    found: [],
    beginnings: [],
    left: MOST_DECODED,
    complete: true,
    words: 0,
  };
  const asIs: Place = (start, end) => [start, end];
  scanLayer(job, request.text, 0, asIs);
  if (request.isCommand && request.text.length <= LONGEST_COMMAND) {
    const joined = joinQuoted(request.text);
    if (joined !== undefined) scanDecoded(job, joined, 0, asIs);
  }
  return { found: job.found, beginnings: job.beginnings, complete: job.complete };
}

/** Leads from a place in a layer to the place in the text that was asked about. */
type Place = (start: number, end: number) => readonly [start: number, end: number];

interface Job {
  readonly isLate: () => boolean;
  readonly found: Found[];
  readonly beginnings: Stretch[];
  /** Characters that may still be decoded. */
  left: number;
  complete: boolean;
  words: number;
}

/** The index to scan a text with. That of all rules takes longer to make than a short text to be searched for each word. */
function indexFor(text: string): AnchorIndex<Match<never>> {
  if (anchors !== undefined) return anchors;
  const index = makeAnchorIndex<Match<never>>();
  if (text.length <= SHORT_TEXT && smallIndexes < MOST_SMALL_INDEXES) {
    const present = findWords(text);
    if (present.size === 0) return index;
    smallIndexes += 1;
    addAllAnchors((word, match, data) => {
      if (present.has(word.toLowerCase())) addAnchor(index, word, match, data);
    });
    return index;
  }
  addAllAnchors((word, match, data) => addAnchor(index, word, match, data));
  anchors = index;
  return index;
}

/** The rules' words that a text holds. */
function findWords(text: string): ReadonlySet<string> {
  const lower = text.toLowerCase();
  words ??= ANCHOR_WORDS.split('\n');
  // A loop over so many words would be slower here: it runs before V8 knows what it does.
  return new Set(words.filter((word) => lower.includes(word)));
}

function scanLayer(job: Job, text: string, depth: number, place: Place): void {
  const index = indexFor(text);
  const report: Report = (candidate) => add(job, text, candidate, place);
  const decoded: Decoded[] = [];
  let runEnd = 0;
  const onWord = (anchor: Anchor<Match<never>>, start: number): void => {
    job.words += 1;
    if (job.words % WORDS_BETWEEN_LOOKS === 0 && job.isLate()) job.complete = false;
    // An anchor's data is what its match was added with.
    if (job.complete) anchor.match(anchor.data as never, text, start, start + anchor.word.length, report);
  };
  const onRun = (start: number, end: number): void => {
    matchRun(text, start, end, report);
    if (start < runEnd || depth >= DEEPEST) return;
    const run = decodeRun(text, start, end);
    runEnd = run.end;
    if (run.decoded !== undefined) decoded.push(run.decoded);
  };
  for (let from = 0; from < text.length; ) {
    if (!job.complete || job.isLate()) {
      job.complete = false;
      return;
    }
    const to = sliceEnd(text, from);
    eachAnchor(index, text, Math.max(0, from - 3), to, onWord, SHORTEST_RUN, onRun);
    from = to;
  }
  if (depth < DEEPEST) scanLayersBelow(job, text, depth, place, decoded);
}

/** What a text holds encoded or in pieces. Apart from the pass over the text itself, which V8 makes one loop of then. */
function scanLayersBelow(
  job: Job,
  text: string,
  depth: number,
  place: Place,
  decoded: readonly Decoded[],
): void {
  const layers = [
    decoded,
    decodeEscapes(text),
    ...(depth === 0 ? [joinPieces(text), insertValues(text)] : []),
  ];
  for (const layer of layers) {
    for (const stretch of layer) {
      scanDecoded(job, stretch, depth, place);
      // What is left to decode may be long.
      if (!job.complete) return;
    }
  }
}

/** Slices end at line ends where there are any, so that no run of base64 is cut. */
function sliceEnd(text: string, from: number): number {
  const least = from + SLICE;
  if (least >= text.length) return text.length;
  const line = text.indexOf('\n', least);
  return line < 0 || line > least + SLICE ? least : line + 1;
}

function scanDecoded(job: Job, decoded: Decoded, depth: number, place: Place): void {
  job.left -= decoded.text.length;
  if (job.left < 0) job.complete = false;
  if (!job.complete) return;
  scanLayer(job, decoded.text, depth + 1, (start, end) =>
    place(decoded.outerStart(start), decoded.outerEnd(end)),
  );
}

function add(job: Job, text: string, candidate: Candidate, place: Place): void {
  if (job.found.length + job.beginnings.length >= MOST_FOUND) {
    job.complete = false;
    return;
  }
  const secret = text.slice(candidate.start, candidate.end);
  const [start, end] = place(candidate.start, candidate.end);
  if (candidate.isBeginning) {
    job.beginnings.push({ start, end });
    return;
  }
  const [matchStart] = place(candidate.matchStart, candidate.start);
  job.found.push({
    ...candidate,
    start,
    end,
    matchStart,
    secret,
    prefix: secret.slice(0, candidate.publicLength),
  });
}

/** The best finding of each place, in order: where two overlap, the more specific rule stays, then the longer one, then the earlier one. */
export function keepBest(found: readonly Found[]): readonly Found[] {
  const kept: Found[] = [];
  for (const next of [...found].sort((a, b) => a.start - b.start || b.rank - a.rank || b.end - a.end)) {
    let last = kept[kept.length - 1];
    while (last !== undefined && last.end > next.start && isBetter(next, last)) {
      kept.pop();
      last = kept[kept.length - 1];
    }
    if (last === undefined || last.end <= next.start) kept.push(next);
  }
  return kept;
}

function isBetter(next: Found, last: Found): boolean {
  return next.rank === last.rank ? next.end - next.start > last.end - last.start : next.rank > last.rank;
}
