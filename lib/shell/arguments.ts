/** Splits a program's arguments into options and operands by a small grammar. Knows no program. */

import type { Word } from '../types/text.ts';

/**
 * How a program takes options.
 *
 * `value` and `flags` list names without dashes: one letter is `-x`, more is `--long`. A name with one leading dash
 * (`-exec`) is a long option with a single dash. Names in neither list count as flags, or as `--name=value`.
 */
export interface Grammar {
  /** Options that take a value: the next word, or the rest of the cluster, or what follows `=`. */
  readonly value?: readonly string[];
  /** Options with a value only when attached (`--color=x`, `-i.bak`). */
  readonly optional?: readonly string[];
  /** Flags; only needed where unique-prefix abbreviations must be resolved. */
  readonly flags?: readonly string[];
  /** The first operand ends the options (`env`, `sudo`, `ssh`). */
  readonly stopAtOperand?: boolean;
  /** GNU and git accept unique prefixes of long options. */
  readonly abbreviations?: boolean;
  /** Words like `-name` are whole options, never clusters (find, java, terraform). */
  readonly singleDash?: boolean;
}

export interface Option {
  /** Without dashes. */
  readonly name: string;
  readonly value?: Word;
  readonly word: Word;
}

export interface ParsedArgs {
  readonly options: readonly Option[];
  readonly operands: readonly Word[];
  /** Index in the arguments of the first operand, or the number of arguments. */
  readonly operandStart: number;
  readonly has: (...names: string[]) => boolean;
  /** Last value of any of the options. */
  readonly value: (...names: string[]) => Word | undefined;
  readonly values: (...names: string[]) => readonly Word[];
  /** True when an argument is unknown, so that an option could hide in it. */
  readonly unsure: boolean;
}

/** A word made of part of another, with the same place in the text. */
export function partOf(word: Word, from: number): Word {
  if (word.text !== undefined) return { ...word, text: word.text.slice(from) };
  const [head, ...rest] = word.pieces ?? [null];
  const pieces = typeof head === 'string' ? [head.slice(from), ...rest] : [head ?? null, ...rest];
  return { ...word, pieces };
}

/** The text that is known at the start of a word; '' when not even that. */
export function knownStart(word: Word): string {
  return word.text ?? (typeof word.pieces?.[0] === 'string' ? word.pieces[0] : '');
}

/**
 * Splits `args` by `grammar`. Never throws: an unknown word becomes an operand and sets `unsure`.
 *
 * @param args words after the program's name
 */
export function parseArgs(args: readonly Word[], grammar: Grammar = {}): ParsedArgs {
  const options: Option[] = [];
  const operands: Word[] = [];
  // Looked through as they are: most calls have an option or two, for which no set is worth making.
  const { value: takingValue = [], optional = [] } = grammar;
  let operandStart = args.length;
  let unsure = false;

  const addOperand = (index: number): void => {
    if (operands.length === 0) operandStart = index;
    const word = args[index];
    if (word) operands.push(word);
  };

  for (let i = 0; i < args.length; i++) {
    const word = args[i] as Word;
    const text = knownStart(word);
    if (word.text === '--') {
      for (let j = i + 1; j < args.length; j++) addOperand(j);
      if (operands.length === 0) operandStart = Math.min(i + 1, args.length);
      break;
    }
    if (text === '-' || !text.startsWith('-')) {
      if (word.text === undefined) unsure = true;
      addOperand(i);
      if (grammar.stopAtOperand) {
        for (let j = i + 1; j < args.length; j++) addOperand(j);
        break;
      }
      continue;
    }
    const long = text.startsWith('--');
    if (long || grammar.singleDash) {
      const dashes = long ? 2 : 1;
      const equals = text.indexOf('=');
      const written = equals < 0 ? text.slice(dashes) : text.slice(dashes, equals);
      const name = grammar.abbreviations && long ? expandName(written, grammar) : written;
      if (equals >= 0) options.push({ name, value: partOf(word, equals + 1), word });
      else if (takingValue.includes(name) || takingValue.includes(`-${name}`)) {
        const value = args[++i];
        options.push(value ? { name, value, word } : { name, word });
      } else options.push({ name, word });
      continue;
    }
    i = readCluster(args, i, text, takingValue, optional, options);
  }

  const find = (names: readonly string[]) => options.filter((o) => names.includes(o.name));
  return {
    options,
    operands,
    operandStart,
    unsure,
    has: (...names) => find(names).length > 0,
    value: (...names) => find(names).findLast((o) => o.value !== undefined)?.value,
    values: (...names) => find(names).flatMap((o) => (o.value ? [o.value] : [])),
  };
}

/** Reads `-abc`; returns the index of the last word used. */
function readCluster(
  args: readonly Word[],
  index: number,
  text: string,
  takingValue: readonly string[],
  optional: readonly string[],
  options: Option[],
): number {
  const word = args[index] as Word;
  for (let c = 1; c < text.length; c++) {
    const name = text[c] as string;
    const more = c + 1 < text.length || word.text === undefined;
    if (takingValue.includes(name)) {
      if (more) {
        options.push({ name, value: partOf(word, c + 1), word });
        return index;
      }
      const value = args[index + 1];
      options.push(value ? { name, value, word } : { name, word });
      return value ? index + 1 : index;
    }
    if (optional.includes(name) && more) {
      options.push({ name, value: partOf(word, c + 1), word });
      return index;
    }
    options.push({ name, word });
  }
  return index;
}

/** The only known long name that starts with what was written, or what was written. */
function expandName(written: string, { value = [], optional = [], flags = [] }: Grammar): string {
  const known = [value, optional, flags];
  if (written.length > 1 && known.some((names) => names.includes(written))) return written;
  const matches = known.flatMap((names) =>
    names.filter((name) => name.length > 1 && name.startsWith(written)),
  );
  return matches.length === 1 ? (matches[0] as string) : written;
}
