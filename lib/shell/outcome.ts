/** Whether a command succeeds, where its words alone say so: `true`, `false` and comparisons of texts. Asks no disk. */

import type { TestExpression, Word as TreeWord } from 'unbash';
import type { Word } from '../types/text.ts';

/** Whether a builtin succeeds; undefined when that is not in its words. */
export function outcomeOf(argv: readonly Word[]): boolean | undefined {
  const [name, ...rest] = argv.map(({ text, glob }) => (glob ? undefined : text));
  if (name === 'true' || name === ':') return true;
  if (name === 'false') return false;
  if (name === 'test') return compare(rest);
  return name === '[' && rest.at(-1) === ']' ? compare(rest.slice(0, -1)) : undefined;
}

function compare(words: readonly (string | undefined)[]): boolean | undefined {
  if (words[0] === '!' && words.length > 1) return not(compare(words.slice(1)));
  const [left, operator, right] = words;
  if (words.length === 2) return isText(left, operator);
  return words.length === 3 && operator !== undefined ? areEqual(left, operator, right) : undefined;
}

/** Whether `[[ … ]]` succeeds. @param text the only text that a word can be, if there is one */
export function outcomeOfTest(
  expression: TestExpression,
  text: (word: TreeWord) => string | undefined,
): boolean | undefined {
  switch (expression.type) {
    case 'TestBinary': {
      const right = text(expression.right);
      // A pattern; quoted, it would be none, which makes no difference where it has no wildcards.
      if (right === undefined || /[*?[\\(]/.test(right)) return undefined;
      return areEqual(text(expression.left), expression.operator, right);
    }
    case 'TestUnary':
      return isText(expression.operator, text(expression.operand));
    case 'TestGroup':
      return outcomeOfTest(expression.expression, text);
    case 'TestNot': {
      const inner = outcomeOfTest(expression.operand, text);
      return expression.negations.length % 2 === 0 ? inner : not(inner);
    }
    default:
      return undefined;
  }
}

function isText(operator: string | undefined, text: string | undefined): boolean | undefined {
  if (text === undefined) return undefined;
  return operator === '-n' ? text !== '' : operator === '-z' ? text === '' : undefined;
}

function areEqual(
  left: string | undefined,
  operator: string,
  right: string | undefined,
): boolean | undefined {
  if (left === undefined || right === undefined) return undefined;
  if (operator === '=' || operator === '==') return left === right;
  return operator === '!=' ? left !== right : undefined;
}

/** The opposite, when it is known. */
export function not(outcome: boolean | undefined): boolean | undefined {
  return outcome === undefined ? undefined : !outcome;
}
