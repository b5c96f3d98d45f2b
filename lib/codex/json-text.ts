/**
 * Adds values to a JSON text and removes them again without touching any other byte. Knows nothing of what the JSON means.
 *
 * Removing is the exact inverse of adding. The one thing that the text alone would not tell is whether a list or object that is
 * empty again was there before; one that was keeps a space behind its bracket for as long as something of ours is in it.
 */

import { type Node, type ParseError, parseTree } from 'jsonc-parser';
import { InputError } from '../types/errors.ts';

export interface JsonText {
  readonly text: string;
  readonly root: Node;
  /** How this text breaks lines and indents. */
  readonly newline: string;
  readonly unit: string;
  /** Everything stands on one line. */
  readonly isFlat: boolean;
}

/** Far more than hooks.json ever holds, and little enough to nest harmlessly. */
const MAX_LENGTH = 1_000_000;

/**
 * Reads strict JSON: an object at the top, no comments, no byte order mark.
 *
 * @throws InputError with the line that is wrong
 */
export function readJson(text: string): JsonText {
  if (text.length > MAX_LENGTH) throw new InputError(`more than ${MAX_LENGTH} characters`);
  if (text.startsWith('\uFEFF')) throw new InputError('it starts with a byte order mark');
  if (text.trim() === '') throw new InputError('it is empty');
  const root = readTree(text);
  if (root?.type !== 'object') throw new InputError('it is not a JSON object');
  const firstBreak = /\r?\n/.exec(text)?.[0];
  const firstIndent = /\n([ \t]+)\S/.exec(text)?.[1];
  return {
    text,
    root,
    newline: firstBreak ?? '\n',
    unit: firstIndent ?? '  ',
    isFlat: !text.slice(root.offset, endOf(root)).includes('\n') && hasChildren(root),
  };
}

function readTree(text: string): Node | undefined {
  const errors: ParseError[] = [];
  try {
    const root = parseTree(text, errors, { disallowComments: true, allowTrailingComma: false });
    if (errors[0] === undefined) JSON.parse(text);
    else throw new InputError(`line ${lineOf(text, errors[0].offset)}: ${problemAt(text, errors[0].offset)}`);
    return root;
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError(error instanceof RangeError ? 'it is nested too deep' : 'it is not valid JSON');
  }
}

function problemAt(text: string, offset: number): string {
  const isComment = text.startsWith('//', offset) || text.startsWith('/*', offset);
  return isComment ? 'comments are not allowed' : 'not valid JSON';
}

/** Line of an offset, from 1. */
export function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}

/** The value of an object's key; undefined when it has none, or is no object. */
export function memberOf(object: Node, key: string): Node | undefined {
  if (object.type !== 'object') return undefined;
  return object.children?.find((property) => property.children?.[0]?.value === key)?.children?.[1];
}

/** The text with a member behind the others of an object. */
export function appendMember(json: JsonText, object: Node, key: string, value: unknown): string {
  return append(json, object, `${JSON.stringify(key)}: `, value);
}

/** The text with an item behind the others of a list. */
export function appendItem(json: JsonText, list: Node, value: unknown): string {
  return append(json, list, '', value);
}

/** The text with another value in a value's place. */
export function replaceValue(json: JsonText, node: Node, value: unknown): string {
  const isFlat = !json.text.slice(node.offset, endOf(node)).includes('\n');
  const written = writeValue(json, value, isFlat ? undefined : indentAt(json.text, node.offset));
  return splice(json.text, node.offset, endOf(node), written);
}

/**
 * The text without a list's item or an object's member, and without what would be left empty by that and was not there before;
 * '' when nothing is.
 */
export function removeNode(json: JsonText, node: Node): string {
  const target = node.parent?.type === 'property' ? node.parent : node;
  const container = target.parent;
  if (container === undefined) return '';
  const siblings = container.children ?? [];
  const place = siblings.indexOf(target);
  const before = siblings[place - 1];
  const after = siblings[place + 1];
  if (before) return splice(json.text, endOf(before), endOf(target), '');
  if (after) return splice(json.text, target.offset, after.offset, '');
  const lead = json.text.slice(container.offset + 1, target.offset).replace(/\r?\n[ \t]*$/, '');
  if (!lead.endsWith(' ')) return removeNode(json, container);
  return splice(json.text, container.offset + 1, endOf(container) - 1, lead.slice(0, -1));
}

function append(json: JsonText, container: Node, key: string, value: unknown): string {
  const { text, newline, unit } = json;
  const last = container.children?.at(-1);
  if (last) {
    const gap = gapBefore(text, last);
    const indent = gap.includes('\n') ? gap.slice(gap.lastIndexOf('\n') + 1) : undefined;
    const written = `,${indent === undefined ? gap : newline + indent}${key}${writeValue(json, value, indent)}`;
    return splice(text, endOf(last), endOf(last), written);
  }
  const close = endOf(container) - 1;
  if (json.isFlat) return splice(text, close, close, ` ${key}${writeValue(json, value, undefined)}`);
  const outer = indentAt(text, container.offset);
  const inner = outer + unit;
  const written = ` ${newline}${inner}${key}${writeValue(json, value, inner)}${newline}${outer}`;
  return splice(text, close, close, written);
}

/** What stands between a child and the bracket or comma before it. */
function gapBefore(text: string, child: Node): string {
  let start = child.offset;
  while (/\s/.test(text.charAt(start - 1))) start--;
  return text.slice(start, child.offset);
}

/** A value as text; `indent` is that of its first line, undefined = all on one line. */
function writeValue(json: JsonText, value: unknown, indent: string | undefined): string {
  if (indent === undefined) return JSON.stringify(value);
  return JSON.stringify(value, null, json.unit).replaceAll('\n', json.newline + indent);
}

/** Blanks at the start of the line that an offset is in. */
function indentAt(text: string, offset: number): string {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  return /^[ \t]*/.exec(text.slice(start, offset))?.[0] ?? '';
}

function hasChildren(node: Node): boolean {
  return (node.children?.length ?? 0) > 0;
}

function endOf(node: Node): number {
  return node.offset + node.length;
}

function splice(text: string, start: number, end: number, insert: string): string {
  return text.slice(0, start) + insert + text.slice(end);
}
