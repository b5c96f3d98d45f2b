/** Integer arithmetic on what is known. Runs nothing: substitutions inside are someone else's. */

import type { ArithmeticExpression } from 'unbash';

/** Deepest expression that is computed; deeper ones are unknown. */
const MAX_DEPTH = 64;

/** Value of a variable or positional parameter as text; undefined when unknown. */
export type Lookup = (name: string) => string | undefined;

/** Value of an expression, or undefined when any part of it is unknown. */
export function computeArithmetic(
  expression: ArithmeticExpression | undefined,
  lookup: Lookup,
  depth = 0,
): number | undefined {
  if (expression === undefined || depth > MAX_DEPTH) return undefined;
  switch (expression.type) {
    case 'ArithmeticWord':
      return wordValue(expression.value, lookup, depth);
    case 'ArithmeticGroup':
      return computeArithmetic(expression.expression, lookup, depth + 1);
    case 'ArithmeticUnary':
      return unary(expression.operator, computeArithmetic(expression.operand, lookup, depth + 1));
    case 'ArithmeticBinary': {
      const right = computeArithmetic(expression.right, lookup, depth + 1);
      if (expression.operator === '=') return right;
      return binary(expression.operator, computeArithmetic(expression.left, lookup, depth + 1), right);
    }
    case 'ArithmeticTernary': {
      const test = computeArithmetic(expression.test, lookup, depth + 1);
      if (test === undefined) return undefined;
      return computeArithmetic(test !== 0 ? expression.consequent : expression.alternate, lookup, depth + 1);
    }
    default:
      return undefined;
  }
}

function wordValue(text: string, lookup: Lookup, depth: number): number | undefined {
  const trimmed = text.trim();
  const based = /^(\d{1,2})#([0-9a-zA-Z]{1,12})$/.exec(trimmed);
  if (based) return finite(Number.parseInt(based[2] as string, Number(based[1])));
  if (/^0[xX][0-9a-fA-F]{1,12}$/.test(trimmed)) return Number.parseInt(trimmed.slice(2), 16);
  if (/^0[0-7]+$/.test(trimmed)) return Number.parseInt(trimmed, 8);
  if (/^\d{1,15}$/.test(trimmed)) return Number(trimmed);
  const name = /^\$?\{?([A-Za-z_]\w*|\d)\}?$/.exec(trimmed)?.[1];
  if (name === undefined) return undefined;
  const value = lookup(name);
  if (value === undefined || value === trimmed || depth > 8) return undefined;
  return value === '' ? 0 : wordValue(value, lookup, depth + 1);
}

function unary(operator: string, value: number | undefined): number | undefined {
  if (value === undefined) return undefined;
  if (operator === '-') return -value;
  if (operator === '+') return value;
  if (operator === '!') return value === 0 ? 1 : 0;
  if (operator === '~') return ~value;
  return undefined;
}

function binary(operator: string, a: number | undefined, b: number | undefined): number | undefined {
  if (a === undefined || b === undefined) return undefined;
  switch (operator) {
    case '+':
      return finite(a + b);
    case '-':
      return finite(a - b);
    case '*':
      return finite(a * b);
    case '/':
      return b === 0 ? undefined : Math.trunc(a / b);
    case '%':
      return b === 0 ? undefined : a % b;
    case '**':
      return b < 0 ? undefined : finite(a ** b);
    case '<<':
      return finite(a * 2 ** b);
    case '>>':
      return Math.floor(a / 2 ** b);
    case '&':
      return a & b;
    case '|':
      return a | b;
    case '^':
      return a ^ b;
    case '<':
      return Number(a < b);
    case '>':
      return Number(a > b);
    case '<=':
      return Number(a <= b);
    case '>=':
      return Number(a >= b);
    case '==':
      return Number(a === b);
    case '!=':
      return Number(a !== b);
    case '&&':
      return Number(a !== 0 && b !== 0);
    case '||':
      return Number(a !== 0 || b !== 0);
    case ',':
      return b;
    default:
      return undefined;
  }
}

function finite(value: number): number | undefined {
  return Number.isSafeInteger(value) ? value : undefined;
}
