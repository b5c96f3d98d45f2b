/** Text to syntax tree: the only file that starts the parser. Collects what it says about broken text, nested scripts included. */

import { forEachChild, type ParsedScript, parse, type SyntaxNode } from 'unbash';
import { findTooLarge } from './limits.ts';

export interface Parsed {
  /** Absent when the text was too large to be parsed. */
  readonly script: ParsedScript | undefined;
  /** One sentence a problem; empty when the whole text was understood. */
  readonly problems: readonly string[];
  readonly tooLarge: boolean;
}

/** Nodes that are looked at for nested errors; a larger tree is reported as a problem. */
const MAX_NODES = 400_000;

/** Parses a shell text. Never throws. */
export function parseShell(text: string): Parsed {
  const reason = findTooLarge(text);
  if (reason !== undefined) return { script: undefined, problems: [reason], tooLarge: true };
  if (text.includes('\0')) return { script: undefined, problems: ['it has a NUL byte'], tooLarge: false };
  const script = parse(text);
  return { script, problems: collectProblems(script), tooLarge: false };
}

/** Walks the tree with a stack of its own: nested scripts keep their errors to themselves, and deep trees overflow recursion. */
function collectProblems(root: ParsedScript): string[] {
  const problems = new Set<string>();
  const stack: SyntaxNode[] = [root];
  let seen = 0;
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (++seen > MAX_NODES) {
      problems.add('its syntax tree is too large');
      break;
    }
    if (node.type === 'Script')
      for (const error of node.errors ?? []) problems.add(`syntax: ${error.message}`);
    // An empty delimiter is met at the end of the text too.
    if (node.type === 'HereDoc' && node.closing === undefined && node.delimiter?.value !== '')
      problems.add('syntax: a here-document is not closed');
    forEachChild(node, (child) => {
      stack.push(child);
    });
  }
  return [...problems];
}
