/** Option lists as one line of text, so that a program's options read like its usage line. Knows no program. */

import type { Word } from '../../types/text.ts';
import { type Grammar, type ParsedArgs, parseArgs } from '../options.ts';

/**
 * Splits arguments by a list such as `'r recursive t= target-directory= backup?'`: `name` is a flag, `name=` takes a
 * value, `name?` takes one only when attached. Long names may be abbreviated, as GNU programs allow.
 */
export function readOptions(
  args: readonly Word[],
  spec: string,
  more: Pick<Grammar, 'stopAtOperand' | 'singleDash'> = {},
): ParsedArgs {
  const grammar = grammars.get(spec) ?? readSpec(spec);
  grammars.set(spec, grammar);
  return parseArgs(args, { ...grammar, ...more });
}

/** Lists that were read before. */
const grammars = new Map<string, Grammar>();

function readSpec(spec: string): Grammar {
  const value: string[] = [];
  const optional: string[] = [];
  const flags: string[] = [];
  for (const name of spec.split(' ')) {
    if (name.endsWith('=')) value.push(name.slice(0, -1));
    else if (name.endsWith('?')) optional.push(name.slice(0, -1));
    else flags.push(name);
  }
  return { value, optional, flags, abbreviations: true };
}

/** True when the program would only print its help or version. */
export function asksForHelp(parsed: ParsedArgs): boolean {
  return parsed.options.some((option) => option.word.text === '--help' || option.word.text === '--version');
}
