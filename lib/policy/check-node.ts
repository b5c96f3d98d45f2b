/** Building blocks for checking the tree of a policy file. Knows what JSON can hold, not what a policy says. */

import type { PolicyProblem } from '../types/policy.ts';
import type { GuardTable, Stated } from './document.ts';
import { findNearest, join, quote } from './phrases.ts';
import type { JsonMember, JsonNode } from './read-jsonc.ts';

/** What the checks of one file share. */
export interface Check {
  readonly file: string;
  readonly guards: GuardTable;
  readonly problems: PolicyProblem[];
}

/** The tree's node for `{ … }`. */
export type ObjectNode = Extract<JsonNode, { kind: 'object' }>;

/** Records a mistake at a place of the file. */
export function report(
  check: Check,
  at: { line: number; column: number },
  message: string,
  hint?: string,
): void {
  const { line, column } = at;
  check.problems.push({
    severity: 'error',
    message,
    file: check.file,
    line,
    column,
    ...(hint === undefined ? {} : { hint }),
  });
}

/** Calls the reader of every member of an object; reports members that have none. `what` is the object, as a noun. */
export function checkMembers(
  check: Check,
  node: JsonNode,
  what: string,
  readers: Readonly<Record<string, (node: JsonNode) => void>>,
): node is ObjectNode {
  if (node.kind !== 'object') {
    report(check, node, `${what} has to be an object`);
    return false;
  }
  for (const member of node.members) {
    if (Object.hasOwn(readers, member.key)) readers[member.key]?.(member.node);
    else reportUnknown(check, member, `${what} has no`, Object.keys(readers));
  }
  return true;
}

/** Items of an array of at most `most`; anything else is reported and empty. */
export function checkItems(check: Check, node: JsonNode, what: string, most: number): readonly JsonNode[] {
  if (node.kind !== 'array') report(check, node, `${what} has to be a list`);
  else if (node.items.length > most) report(check, node, `${what} has more than ${most} entries`);
  else return node.items;
  return [];
}

/** A text of 1 to `most` characters without control characters; anything else is reported. */
export function checkText(check: Check, node: JsonNode, what: string, most: number): string | undefined {
  const text = node.kind === 'value' && typeof node.value === 'string' ? node.value : undefined;
  if (text === undefined || text.trim() === '') report(check, node, `${what} has to be a text`);
  else if (text.length > most) report(check, node, `${what} is longer than ${most} characters`);
  else if (/[\0-\x08\x0b-\x1f]/.test(text)) report(check, node, `${what} holds a control character`);
  else return text;
  return undefined;
}

/** One of a few words; anything else is reported with the nearest one. */
export function checkWord<T extends string>(
  check: Check,
  node: JsonNode,
  what: string,
  words: readonly T[],
): Stated<T> | undefined {
  const text = node.kind === 'value' && typeof node.value === 'string' ? node.value : undefined;
  const word = words.find((each) => each === text);
  if (word !== undefined) return { value: word, line: node.line, column: node.column };
  report(check, node, `${what} has to be ${join(words.map(quote), 'or')}`, suggest(text, words));
  return undefined;
}

/** Id of a guard that exists. */
export function checkGuardName(check: Check, node: JsonNode): string | undefined {
  const text = checkText(check, node, 'guard', 64);
  if (text === undefined || Object.hasOwn(check.guards, text)) return text;
  report(check, node, `there is no guard ${quote(text)}`, suggest(text, Object.keys(check.guards)));
  return undefined;
}

/** Reports the members that an object needs and does not have. */
export function reportMissing(check: Check, node: ObjectNode, what: string, needed: readonly string[]): void {
  const missing = needed.filter((name) => !node.members.some((member) => member.key === name));
  if (missing.length > 0) report(check, node, `${what} needs ${join(missing.map(quote))}`);
}

/** Reports a member that nobody knows, with the nearest name that somebody does. */
export function reportUnknown(
  check: Check,
  member: JsonMember,
  what: string,
  known: readonly string[],
): void {
  report(check, member, `${what} ${quote(member.key)}`, suggest(member.key, known));
}

function suggest(word: string | undefined, known: readonly string[]): string | undefined {
  const nearest = word === undefined ? undefined : findNearest(word, known);
  return nearest === undefined ? undefined : `did you mean \`${nearest}\`?`;
}
