/** Values of settings files as plain trees, whatever their format, and how to get at what is in them. */

/** A text, a list, or a table. Numbers and truth values are texts as written. */
export type Tree = string | readonly Tree[] | ReadonlyMap<string, Tree>;

/** A file that was read: what is in it, and whether all of it was understood. */
export interface Reading {
  readonly tree: Tree;
  readonly whole: boolean;
}

/** Bytes of a file up to which it is read. */
export const MAX_BYTES = 1 << 19;
/** Tables in tables: more than a person writes. */
const MAX_DEPTH = 24;

/** True for a table. */
export function isTable(tree: Tree | undefined): tree is ReadonlyMap<string, Tree> {
  return tree instanceof Map;
}

/** What stands under these keys, one below the other; undefined when there is none. */
export function under(tree: Tree | undefined, ...keys: readonly string[]): Tree | undefined {
  let at = tree;
  for (const key of keys) at = isTable(at) ? at.get(key) : undefined;
  return at;
}

/** The same as a table; an empty one when it is none. */
export function tableUnder(tree: Tree | undefined, ...keys: readonly string[]): ReadonlyMap<string, Tree> {
  const found = under(tree, ...keys);
  return isTable(found) ? found : new Map();
}

/** The same as a text. */
export function textUnder(tree: Tree | undefined, ...keys: readonly string[]): string | undefined {
  const found = under(tree, ...keys);
  return typeof found === 'string' ? found : undefined;
}

/** A list as it is; anything else as the only item of one; nothing as an empty one. */
export function listOf(tree: Tree | undefined): readonly Tree[] {
  if (tree === undefined || tree === '') return [];
  return typeof tree === 'string' || isTable(tree) ? [tree] : tree;
}

/** The texts in a list, or a text alone. */
export function textsOf(tree: Tree | undefined): readonly string[] {
  return listOf(tree).filter((one): one is string => typeof one === 'string');
}

/**
 * What a parser gives as a tree: texts, numbers and dates as texts, objects and maps as tables.
 *
 * @throws RangeError when it is nested too deep
 */
export function treeOfValue(value: unknown, depth = 0): Tree {
  if (depth > MAX_DEPTH) throw new RangeError('nested too deep');
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.map((item) => treeOfValue(item, depth + 1));
  if (typeof value !== 'object') return String(value);
  if (value instanceof Date) return value.toISOString();
  const entries: Iterable<readonly [unknown, unknown]> = value instanceof Map ? value : Object.entries(value);
  return new Map([...entries].map(([key, item]) => [String(key), treeOfValue(item, depth + 1)]));
}

/** JSON that may have comments and commas too many. By the engine's own parser, as jsonc-parser would be one more part for a hook to load. */
export function readJson(text: string): Reading {
  const bare = text
    .replace(/("(?:[^"\\\n]|\\.)*")|\/\/[^\n]*|\/\*[^*]*(?:\*(?!\/)[^*]*)*\*\//g, '$1')
    .replace(/("(?:[^"\\\n]|\\.)*")|,(?=\s*[}\]])/g, '$1');
  try {
    return { tree: treeOfValue(JSON.parse(bare)), whole: true };
  } catch {
    return { tree: '', whole: false };
  }
}
