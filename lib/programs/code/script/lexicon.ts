/** What the lexer has to know of a script language, and the tokens it makes. */

/** `open` and `close` also stand around strings (`"`, and backticks for commands) and code inside strings (`#{`). */
export interface Token {
  readonly kind: 'name' | 'text' | 'number' | 'sign' | 'open' | 'close' | 'line';
  readonly text: string;
  /** Blanks stand before it. */
  readonly spaced: boolean;
  readonly from: number;
}

/** How code stands inside strings. */
export type Interpolation = 'perl' | 'php' | 'hash' | 'template' | 'julia' | 'none';

/** What the lexer has to know of a language. */
export interface Lexicon {
  readonly lineComments: readonly string[];
  readonly blockComments: readonly (readonly [string, string])[];
  /** Characters that may begin a name: `$@%` in Perl. */
  readonly sigils: string;
  /** Quotes whose content is taken as written but for `\\` and the quote. */
  readonly raw: string;
  /** Quotes with escapes and interpolation. */
  readonly cooked: string;
  /** A quote that runs its content. */
  readonly command: string;
  readonly interpolation: Interpolation;
  /** Characters besides word characters that a name may hold. */
  readonly inNames?: RegExp;
  /** `/…/` is a pattern where an operand is expected. */
  readonly patterns?: boolean;
  /** `<<NAME` or `<<<NAME` begins text that stands on the next lines. */
  readonly heredocs?: '<<' | '<<<';
  /** `q{}`-like operators with any delimiters: name to kind. */
  readonly quoteWords?: Readonly<Record<string, QuoteWord>>;
  /** `%w[]` and kin. */
  readonly percentWords?: boolean;
  /** `[[ ]]` and `[=[ ]=]` are strings. */
  readonly longBrackets?: boolean;
  /** `:name` is text. */
  readonly symbols?: boolean;
  /** `name: value` is `name => value`. */
  readonly colonKeys?: boolean;
  /** Line at which the code ends. */
  readonly end?: RegExp;
}

export type QuoteWord = 'raw' | 'cooked' | 'command' | 'words' | 'pattern' | 'replace' | 'translate';
