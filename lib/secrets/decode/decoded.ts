/** Text that was found encoded inside another text, with the way back. Holds the type and the join of two steps. */

/** A decoded stretch; offsets of its characters lead back to the text it was found in. */
export interface Decoded {
  readonly text: string;
  /** Start, in the outer text, of what encodes the character at `offset`. `offset` may be the text's length. */
  readonly outerStart: (offset: number) => number;
  /** End, in the outer text, of what encodes the characters before `offset`. */
  readonly outerEnd: (offset: number) => number;
}
