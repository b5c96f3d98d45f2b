/** What stands in front of the blocks of a script language: loops, functions, branches. */

import type { Machine } from '../machine.ts';
import * as v from '../value.ts';
import type { Token } from './lexicon.ts';
import { listOf } from './lists.ts';
import { CLAUSE_WORDS, type Group, type Item, LOOP_WORD } from './manner.ts';

/** Words that a line begins with and `end` ends. */
const OPENERS =
  /^(?:if|unless|while|until|for|case|begin|def|class|module|function|let|try|struct|macro|quote)$/;

/** `(a, b) => …`: within, the names are the function's own. */
export function forgetParameters(head: Item | undefined, machine: Machine): void {
  if (head?.kind === 'name') machine.define(head.text, v.UNKNOWN);
  if (head?.kind === 'group' && head.open === '(')
    for (const { name } of head.names) machine.define(name, v.UNKNOWN);
}

/** `if (…) {`, `else {`, `sub name {`: the block is a branch, not a value. */
export function isBlockHead(items: readonly Item[]): boolean {
  const last = items.at(-1);
  if (!last) return true;
  if (last.kind === 'name')
    return (
      /^(?:else|try|finally|do|BEGIN|END|INIT|loop)$/.test(last.text) ||
      items.some(
        (item) => item.kind === 'name' && /^(?:sub|function|class|package|namespace)$/.test(item.text),
      )
    );
  return (
    last.kind === 'group' &&
    last.open === '(' &&
    items.some(
      (item) =>
        item.kind === 'name' &&
        /^(?:if|unless|elsif|elseif|while|until|for|foreach|switch|catch|function|sub|BEGIN|END)$/.test(
          item.text,
        ),
    )
  );
}

/** `foreach my $x (…) {` and `for name in …`: the name gets what the loop gives. */
export function startLoop(items: readonly Item[], machine: Machine): void {
  const loop = items.findIndex((item) => item.kind === 'name' && LOOP_WORD.test(item.text));
  const last = items.at(-1);
  if (loop < 0 || last?.kind !== 'group' || last.open !== '(') return;
  const variable = items.slice(loop + 1).find((item) => item.kind === 'name' && !CLAUSE_WORDS.has(item.text));
  machine.define(variable?.kind === 'name' ? variable.text : '$_', machine.elements(listOf(last.args)));
}

/** `function name($a, $b) {` and `sub name {`: parameters get what calls gave; the function stands in the place of its head. */
export function withoutFunction(items: Item[], machine: Machine): Item[] {
  const at = items.findLastIndex(
    (item) => item.kind === 'name' && /^(?:function|sub|def|fn)$/.test(item.text),
  );
  const word = items[at];
  if (!word) return items;
  const [name] = items.slice(at + 1);
  const group = items.slice(at + 1).find((item) => item.kind === 'group');
  const names = (group?.kind === 'group' ? group.names : []).map((naming) => naming.name);
  const variables = names.filter((one) => one.startsWith('$'));
  const parameters = (variables.length > 0 ? variables : names).map((one) => ({ name: one }));
  for (const [parameter, value] of machine.bound(word.from, parameters)) machine.define(parameter, value);
  machine.define('@_', v.list(machine.given(word.from), true));
  const routine: v.Value = { kind: 'routine', id: word.from };
  if (name?.kind === 'name') machine.define(name.text, routine);
  const args: v.Args = { positional: [routine], named: new Map() };
  // What stands on the line after its head is its body.
  const body = items.slice((group ? items.indexOf(group) : at + 1) + 1);
  const head: Group = { kind: 'group', open: '(', args, names: [], spaced: true, from: word.from };
  const between: Token = { kind: 'sign', text: ',', spaced: false, from: word.from };
  return [...items.slice(0, at), head, ...(body.length > 0 ? [between, ...body] : [])];
}

/** Keeps track of blocks that a word ends. */
export function followEnds(items: Item[], ends: boolean[], machine: Machine): Item[] {
  const words = items.flatMap((item) =>
    item.kind === 'name' && CLAUSE_WORDS.has(item.text) ? [item.text] : [],
  );
  const [first] = items;
  const head = first?.kind === 'name' ? first.text : '';
  const isFunction = words.includes('def') || words.includes('function');
  const opens =
    OPENERS.test(head) ||
    isFunction ||
    words.at(-1) === 'do' ||
    (words.includes('begin') && head !== 'begin');
  if (/^(?:else|elsif|elseif|when|rescue|ensure)$/.test(head) && ends.at(-1)) machine.enterBranch();
  if (opens && !(words.includes('end') && head !== 'end')) {
    const isBranch = /^(?:if|unless|while|until|for|case)$/.test(head) || words.at(-1) === 'do';
    ends.push(isBranch);
    if (isBranch) {
      machine.enterBranches();
      machine.enterBranch();
    }
  }
  if (head === 'end' && ends.pop()) machine.leaveBranches(false);
  return isFunction ? withoutFunction(items, machine) : items;
}
