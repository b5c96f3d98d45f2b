/** Checks one option of a guard against what the guard declares. */

import type { OptionSpec } from '../kit/define-guard.ts';
import { checkGlob } from '../kit/globs.ts';
import { type Check, checkItems, checkText, checkWord, report } from './check-node.ts';
import { INHERITED, type OptionValue } from './document.ts';
import { quote } from './phrases.ts';
import type { JsonNode } from './read-jsonc.ts';

/** More entries than any list of a real policy has; comparing two lists costs the product of their lengths. */
export const MAX_LIST = 200;
/** Longest entry of a list, in UTF-16 units. */
export const MAX_ENTRY = 256;

/** The value of an option, or undefined after reporting what is wrong with it. `what` is its name: `change-size.lines`. */
export function checkOption(
  check: Check,
  node: JsonNode,
  what: string,
  spec: OptionSpec,
): OptionValue | undefined {
  switch (spec.type) {
    case 'choice':
      return checkWord(check, node, what, spec.choices)?.value;
    case 'boolean':
      if (node.kind === 'value' && typeof node.value === 'boolean') return node.value;
      report(check, node, `${what} has to be true or false`);
      return undefined;
    case 'number':
      if (node.kind === 'value' && typeof node.value === 'number' && node.value >= spec.minimum)
        // A number too large for JSON reads as infinite, which no audit record could hold.
        return Math.min(node.value, Number.MAX_SAFE_INTEGER);
      report(check, node, `${what} has to be a number of at least ${spec.minimum}`);
      return undefined;
    case 'strings':
    case 'globs':
      return checkList(check, node, what, spec.type === 'globs');
  }
}

function checkList(
  check: Check,
  node: JsonNode,
  what: string,
  isGlobs: boolean,
): readonly string[] | undefined {
  const before = check.problems.length;
  const list = checkItems(check, node, what, MAX_LIST).flatMap((item) => {
    const entry = checkText(check, item, `an entry of ${what}`, MAX_ENTRY);
    if (entry === undefined) return [];
    const wrong = isGlobs && entry !== INHERITED ? checkGlob(entry) : undefined;
    if (wrong !== undefined) report(check, item, `pattern ${quote(entry)} of ${what} ${wrong}`);
    else if (entry === '!') report(check, item, `an entry of ${what} takes nothing away`);
    return [entry];
  });
  return check.problems.length === before ? list : undefined;
}
