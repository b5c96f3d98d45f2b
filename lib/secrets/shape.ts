/** The rows that the token tables are made of: one line of text each, so that they cost nothing until a row is needed. Owns their reading. */

/** How sure a finding is: a provider's own format denies, a generic `key = random value` warns. */
export type Tier = 'deny' | 'warn';

/**
 * A format that says by itself whose token it is. As a line: `rule  provider  template  options`, two spaces between the columns.
 * The template's leading text is the public prefix; without one, `find=` names text that every token contains.
 */
export interface TokenRow {
  readonly rule: string;
  readonly provider: string;
  readonly template: string;
  /** `find=a,b`: text inside the token that a scan looks for (at least three characters), instead of the leading text. */
  readonly find: readonly string[];
  /** `at=3`: characters of the token before the found text, where the template's literal parts do not tell. */
  readonly at: number | undefined;
  /** `edge=.-`: further characters that must not stand before or after the token. */
  readonly edge: string;
  /** `entropy=3`: least Shannon entropy of the whole token, in bits a character. */
  readonly entropy: number;
  /** `checksum`: the last six characters are base62 of the CRC-32 of the rest after the prefix. */
  readonly checksum: boolean;
  /** `words`: the body can be letters only, so it must not read like a word. */
  readonly words: boolean;
}

/**
 * A format that says little alone, found after a key that names the provider: `ADAFRUIT_KEY = …`.
 * As a line: `rule  provider  words  templates  options`; words and templates have one space between them.
 */
export interface KeyedRow {
  readonly rule: string;
  readonly provider: string;
  readonly words: readonly string[];
  readonly templates: readonly string[];
  /** `noun`: the key must also hold a word such as `token` or `secret`, for providers whose names are everyday words. */
  readonly noun: boolean;
  /** `entropy=3`: least entropy of the value, in bits a character. */
  readonly entropy: number;
}

const DEFAULT_ENTROPY = 2.5;
const COLUMNS = '  ';

/** The lines of a table. */
export function tableLines(table: string): readonly string[] {
  return table.trim().split('\n');
}

/** Reads a line of a token table. */
export function readTokenRow(line: string): TokenRow {
  const [rule = '', provider = '', template = '', options = ''] = line.split(COLUMNS);
  const at = findOption(options, 'at');
  return {
    rule,
    provider,
    template,
    find: findOption(options, 'find')?.split(',') ?? [],
    at: at === undefined ? undefined : Number(at),
    edge: findOption(options, 'edge') ?? '',
    entropy: Number(findOption(options, 'entropy') ?? DEFAULT_ENTROPY),
    checksum: hasOption(options, 'checksum'),
    words: hasOption(options, 'words'),
  };
}

/** Reads a line of a keyed table. */
export function readKeyedRow(line: string): KeyedRow {
  const [rule = '', provider = '', words = '', templates = '', options = ''] = line.split(COLUMNS);
  return {
    rule,
    provider,
    words: words.split(' '),
    templates: templates.split(' '),
    noun: hasOption(options, 'noun'),
    entropy: Number(findOption(options, 'entropy') ?? DEFAULT_ENTROPY),
  };
}

/** The n-th column of a line, from 0, without reading the others. */
export function columnOf(line: string, column: number): string {
  let start = 0;
  for (let at = 0; at < column; at += 1) start = line.indexOf(COLUMNS, start) + COLUMNS.length;
  const end = line.indexOf(COLUMNS, start);
  return end < 0 ? line.slice(start) : line.slice(start, end);
}

function findOption(options: string, name: string): string | undefined {
  return options
    .split(' ')
    .find((option) => option.startsWith(`${name}=`))
    ?.slice(name.length + 1);
}

function hasOption(options: string, name: string): boolean {
  return options.split(' ').includes(name);
}
