/** The rows that the token tables are made of. Holds types only. */

/** How sure a finding is: a provider's own format denies, a generic `key = random value` warns. */
export type Tier = 'deny' | 'warn';

/**
 * A format that says by itself whose token it is: `[rule, provider, template]`.
 * The template's leading text is the public prefix; without one, `find` names text that every token contains.
 */
export type TokenRow = readonly [rule: string, provider: string, template: string, how?: TokenOptions];

export interface TokenOptions {
  /** Text inside the token that a scan looks for (at least three characters), instead of the leading text. */
  readonly find?: readonly string[];
  /** Characters of the token before the found text, where the template's literal parts do not tell. */
  readonly at?: number;
  /** Further characters that must not stand before or after the token, as the inside of a character class. */
  readonly edge?: string;
  /** Least Shannon entropy of the whole token in bits a character; 2.5 when absent. */
  readonly entropy?: number;
  /** The last six characters are base62 of the CRC-32 of the rest after the prefix. */
  readonly checksum?: true;
  /** The body can be letters only, so it must not read like a word. */
  readonly words?: true;
}

/**
 * A format that says little alone, found after a key that names the provider: `ADAFRUIT_KEY = …`.
 * `words` and `templates` are separated by spaces.
 */
export type KeyedRow = readonly [
  rule: string,
  provider: string,
  words: string,
  templates: string,
  how?: KeyedOptions,
];

export interface KeyedOptions {
  /** The key must also hold a word such as `token` or `secret`: for providers whose names are everyday words. */
  readonly noun?: true;
  /** Least entropy of the value in bits a character; 2.5 when absent. */
  readonly entropy?: number;
}
