/** Arithmetic and `[[ … ]]`: what runs inside them, and which variables they set. bash evaluates their words a second time. */

import { type ArithmeticExpression, forEachChild, type SyntaxNode } from 'unbash';
import { runScript } from './execute.ts';
import { type Expander, expandText } from './expand.ts';
import { openExpander } from './expander.ts';
import type { Frame, Machine, ShellState } from './machine.ts';
import { assign } from './state.ts';
import { ANYTHING, onlyText } from './value.ts';

const ASSIGNING =
  /(?:^|[^\w$])([A-Za-z_]\w*)\s*(?:[-+*/%&|^]|<<|>>)?=(?!=)|([A-Za-z_]\w*)\s*(?:\+\+|--)|(?:\+\+|--)\s*([A-Za-z_]\w*)/g;

/** Runs substitutions inside an arithmetic expression; variables it sets become unknown. */
export function runArithmetic(
  expression: ArithmeticExpression | undefined,
  state: ShellState,
  frame: Frame,
  machine: Machine,
): void {
  if (expression === undefined) return;
  touchWords(expression, state, frame, machine, true);
}

/** Variables that an arithmetic text sets become unknown. */
function forgetAssigned(text: string, state: ShellState): void {
  for (const match of text.matchAll(ASSIGNING))
    assign(state, (match[1] ?? match[2] ?? match[3]) as string, ANYTHING);
}

/**
 * Runs every substitution below a node without running commands of its own: `[[ … ]]` and arithmetic.
 *
 * @param again bash evaluates the words there a second time, so that text in variables can hold substitutions too
 * @returns the expander with what they printed, and whether all that it gave was the only thing possible
 */
export function touchWords(
  root: SyntaxNode,
  state: ShellState,
  frame: Frame,
  machine: Machine,
  again: boolean,
): { readonly ex: Expander; readonly isOnly: () => boolean } {
  let isOnly = true;
  const choose = (_: string, count: number): number => {
    if (count > 1) isOnly = false;
    return 0;
  };
  const ex = openExpander(state, frame, machine, runScript, choose);
  const stack: SyntaxNode[] = [root];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    machine.meter.step();
    if (node.type === 'CommandExpansion' || node.type === 'ArithmeticCommandExpansion') {
      ex.substitute(node.script, node);
      continue;
    }
    if (node.type === 'ProcessSubstitution') {
      ex.openProcess(node);
      continue;
    }
    if (node.type === 'ArithmeticWord') {
      forgetAssigned(node.value, state);
      if (again) ex.evaluateAgain(namedValue(node.value, state));
    }
    if (
      node.type === 'ArithmeticBinary' &&
      /^(?:[-+*/%&|^]|<<|>>)?=$/.test(node.operator) &&
      node.left.type === 'ArithmeticWord'
    )
      assign(state, node.left.value, ANYTHING);
    if (
      node.type === 'ArithmeticUnary' &&
      (node.operator === '++' || node.operator === '--') &&
      node.operand.type === 'ArithmeticWord'
    )
      assign(state, node.operand.value, ANYTHING);
    if (node.type === 'TestUnary' && node.operator === '-v' && again)
      ex.evaluateAgain(expandText(node.operand, ex));
    if (node.type === 'TestBinary' && /^-(?:eq|ne|lt|le|gt|ge)$/.test(node.operator)) {
      ex.evaluateAgain(expandText(node.left, ex));
      ex.evaluateAgain(expandText(node.right, ex));
    }
    forEachChild(node, (child) => {
      stack.push(child);
    });
  }
  return { ex, isOnly: () => isOnly };
}

/** Arithmetic reads a variable's value as an expression of its own. */
function namedValue(name: string, state: ShellState): readonly string[] {
  const variable = state.variables.get(name.trim());
  const text = variable?.kind === 'scalar' ? onlyText(variable.options) : undefined;
  return text === undefined ? [name] : [text];
}
