/** Words and where they stand: the smallest pieces of what was judged. Holds no behaviour. */

/** Half-open range of UTF-16 offsets in the text that was judged. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** One argument, path or host, as far as it is known before anything runs. */
export interface Word {
  /** Its value, or undefined when only running it would tell. */
  readonly text: string | undefined;
  /** What is known of an unknown word, in order; null stands for an unknown stretch. Absent when `text` is known. */
  readonly pieces?: readonly (string | null)[];
  /** True when `text` is a file pattern (`*.log`) that stands for whatever it matches. */
  readonly glob: boolean;
  readonly span: Span;
  /** True when an unknown part of it comes from the network. */
  readonly remote?: boolean;
  /** Environment variables whose unknown values are part of it. */
  readonly variables?: readonly string[];
}
