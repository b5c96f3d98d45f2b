/** Parses Python in bounded time into a plain tree. Knows no function. */

import { parser } from '@lezer/python';

export interface Tree {
  /** Kind of node, in the parser's words. */
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly parent?: Tree;
  readonly children: Tree[];
}
/** Parses as much as there is time for. */
export function parseWithin(code: string): { parsed: Parsed; isWhole: boolean } {
  const parse = parser.startParse(code);
  const end = performance.now() + MAX_PARSE_MILLISECONDS;
  for (let step = 1; ; step++) {
    const parsed = parse.advance();
    if (parsed) return { parsed, isWhole: parse.stoppedAt === null };
    const isLate = step % 64 === 0 && parse.stoppedAt === null && performance.now() > end;
    if (isLate) parse.stopAt(parse.parsedPos);
  }
}

/** Broken text can take the parser long. */
const MAX_PARSE_MILLISECONDS = 500;
/** Names whose calls must not be missed. */
export const SENSITIVE =
  /\b(?:system|popen|subprocess|exec|eval|rmtree|spawn\w*|__import__|importlib|getattr|ctypes|pty)\b/;

type Parsed = ReturnType<typeof parser.parse>;

/** Python 2's `exec "…"`. */
const OLD_EXEC = /\bexec[ \t]+[rbu]{0,2}["']/;

/** True when words were skipped; a place where only something is missing hides nothing. */
export function hasSkipped(code: string, parsed: Parsed): boolean {
  let found = OLD_EXEC.test(code);
  parsed.iterate({
    enter: (node) => {
      found ||= node.type.isError && /\w/.test(code.slice(node.from, Math.min(node.to, node.from + 500)));
      return !found;
    },
  });
  return found;
}

export function treeOf(parsed: Parsed): Tree {
  const cursor = parsed.cursor();
  const root: Tree = { name: cursor.name, from: cursor.from, to: cursor.to, children: [] };
  let at = root;
  for (;;) {
    if (cursor.firstChild()) {
      const child: Tree = { name: cursor.name, from: cursor.from, to: cursor.to, parent: at, children: [] };
      at.children.push(child);
      at = child;
      continue;
    }
    while (!cursor.nextSibling()) {
      if (!cursor.parent() || !at.parent) return root;
      at = at.parent;
      orderComprehension(at);
    }
    const parent = at.parent;
    if (!parent) return root;
    const next: Tree = { name: cursor.name, from: cursor.from, to: cursor.to, parent, children: [] };
    parent.children.push(next);
    at = next;
  }
}

/** `[element for name in items]`: the names are known before the element is. */
function orderComprehension(node: Tree): void {
  if (!/Comprehension|^ArgList$/.test(node.name)) return;
  const start = node.children.findIndex((child) => child.name === 'for' || child.name === 'async');
  if (start > 0) node.children.push(...node.children.splice(0, start));
}
