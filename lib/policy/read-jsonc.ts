/** Turns the text of a policy file into a tree that knows where everything stands. Knows nothing of policies. */

import { LimitError } from '../types/errors.ts';
import type { PolicyProblem } from '../types/policy.ts';
import { quote } from './phrases.ts';

export interface JsonMember {
  readonly key: string;
  readonly line: number;
  readonly column: number;
  readonly node: JsonNode;
}

/** One value of the file; `line` and `column` start at 1. */
export type JsonNode = { readonly line: number; readonly column: number } & (
  | { readonly kind: 'object'; readonly members: readonly JsonMember[] }
  | { readonly kind: 'array'; readonly items: readonly JsonNode[] }
  | { readonly kind: 'value'; readonly value: string | number | boolean | null }
);

/** Deeper nesting than any policy has; a deeper file is refused before it costs the stack. */
const MAX_DEPTH = 16;
/** Further mistakes of a file are mostly echoes of the first ones. */
const MAX_PROBLEMS = 5;

/** What jsonc-parser's error numbers mean; the library exports the names only as types. */
const SYNTAX_ERRORS: Readonly<Record<number, string>> = {
  1: 'this is no JSON',
  2: 'this is no number',
  3: 'the name of a property is missing',
  4: 'a value is missing',
  5: 'a colon is missing',
  6: 'a comma is missing',
  7: 'a closing brace is missing',
  8: 'a closing bracket is missing',
  9: 'there is more after the end',
  11: 'a comment is not closed',
  12: 'a text is not closed',
  13: 'a number is not finished',
  14: 'this is no Unicode escape',
  15: 'this is no escape character',
  16: 'this character is not allowed',
};

type Open =
  | {
      readonly kind: 'object';
      readonly members: JsonMember[];
      readonly keys: Set<string>;
      readonly at: Place;
      pending?: Omit<JsonMember, 'node'>;
    }
  | { readonly kind: 'array'; readonly items: JsonNode[]; readonly at: Place };

interface Place {
  readonly line: number;
  readonly column: number;
}

/**
 * Reads JSON with comments and trailing commas.
 *
 * @param file name for the problems
 * @returns the tree, absent when there is none; `problems` is empty for a well-formed text
 */
export function readJsonc(
  text: string,
  file: string,
): { readonly node?: JsonNode; readonly problems: readonly PolicyProblem[] } {
  const problems: PolicyProblem[] = [];
  const report = (message: string, at: Place) => {
    if (problems.length < MAX_PROBLEMS) problems.push({ severity: 'error', message, file, ...at });
  };
  try {
    const node = buildTree(text, report);
    return node !== undefined && problems.length === 0 ? { node, problems } : { problems };
  } catch (error) {
    if (error instanceof LimitError) return { problems };
    throw error;
  }
}

function buildTree(text: string, report: (message: string, at: Place) => void): JsonNode | undefined {
  // Loaded here and not at the top: most steps have no policy file to read, and hooks pay for every import.
  const { visit } = require('jsonc-parser') as typeof import('jsonc-parser');
  const open: Open[] = [];
  let root: JsonNode | undefined;
  const add = (node: JsonNode) => {
    const parent = open.at(-1);
    if (parent === undefined) root = node;
    else if (parent.kind === 'array') parent.items.push(node);
    else if (parent.pending !== undefined) parent.members.push({ ...parent.pending, node });
  };
  const enter = (node: Open) => {
    if (open.length >= MAX_DEPTH) {
      report('this is nested too deeply', node.at);
      // Only a throw ends the library's own recursion.
      throw new LimitError('policy file nested too deeply');
    }
    open.push(node);
  };
  const leave = () => {
    const node = open.pop();
    if (node?.kind === 'object') add({ kind: 'object', members: node.members, ...node.at });
    else if (node !== undefined) add({ kind: 'array', items: node.items, ...node.at });
  };
  visit(
    text.replace(/^\uFEFF/, ''),
    {
      onObjectBegin: (_offset, _length, line, column) =>
        enter({ kind: 'object', members: [], keys: new Set(), at: placeAt(line, column) }),
      onArrayBegin: (_offset, _length, line, column) =>
        enter({ kind: 'array', items: [], at: placeAt(line, column) }),
      onObjectProperty: (key, _offset, _length, line, column) => {
        const object = open.at(-1);
        if (object?.kind !== 'object') return;
        const at = placeAt(line, column);
        if (object.keys.has(key)) report(`${quote(key)} is said twice`, at);
        object.keys.add(key);
        object.pending = { key, ...at };
      },
      onLiteralValue: (value, _offset, _length, line, column) =>
        add({ kind: 'value', value, ...placeAt(line, column) }),
      onObjectEnd: leave,
      onArrayEnd: leave,
      onError: (error, _offset, _length, line, column) =>
        report(SYNTAX_ERRORS[error] ?? 'this is no JSON', placeAt(line, column)),
    },
    { allowTrailingComma: true },
  );
  return root;
}

/** jsonc-parser counts from 0, people from 1. */
function placeAt(line: number, column: number): Place {
  return { line: line + 1, column: column + 1 };
}
