/** Parses JavaScript with acorn, no deeper than its recursion can bear. */

import { type Options, Parser, type Program } from 'acorn';

const OPTIONS: Options = {
  ecmaVersion: 'latest',
  sourceType: 'module',
  allowAwaitOutsideFunction: true,
  allowHashBang: true,
  allowImportExportEverywhere: true,
  allowReturnOutsideFunction: true,
  allowSuperOutsideMethod: true,
};

/** Methods of acorn's parser through which all its recursion goes. */
const RECURSIVE = [
  'parseBindingAtom',
  'parseExprAtom',
  'parseExprOp',
  'parseMaybeAssign',
  'parseMaybeUnary',
  'parseStatement',
];
/** Calls of them within each other. Near the end of the stack V8 does not throw but abort, when it has to compile a pattern. */
const MAX_DEPTH = 1000;

type Method = (this: unknown, ...values: unknown[]) => unknown;

let limited: typeof Parser | undefined;

function limitDepth(base: typeof Parser): typeof Parser {
  const shallow = class extends base {};
  const methods = shallow.prototype as unknown as Record<string, Method>;
  let depth = 0;
  for (const name of RECURSIVE) {
    const method = methods[name] as Method;
    methods[name] = function (...values) {
      if (depth >= MAX_DEPTH) throw new RangeError('nested too deep');
      depth++;
      try {
        return method.apply(this, values);
      } finally {
        depth--;
      }
    };
  }
  return shallow;
}

/** The program, as a module or else as a script; undefined when it is neither. */
export function parseJavaScript(code: string): Program | 'too deep' | undefined {
  limited ??= Parser.extend(limitDepth);
  for (const sourceType of ['module', 'script'] as const) {
    try {
      return limited.parse(code, { ...OPTIONS, sourceType });
    } catch (error) {
      if (error instanceof RangeError) return 'too deep';
    }
  }
  return undefined;
}
