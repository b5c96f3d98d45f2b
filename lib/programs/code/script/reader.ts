/** Reads script languages by their tokens, tolerantly. Knows no function of any language. */

import { opaque } from '../../effects.ts';
import type { Outcome } from '../../page.ts';
import { type Dialect, type Machine, readWith, type Surroundings } from '../machine.ts';
import * as v from '../value.ts';
import { followEnds, forgetParameters, isBlockHead, startLoop, withoutFunction } from './blocks.ts';
import { readParts, startOf } from './chains.ts';
import { lexScript } from './lexer.ts';
import type { Token } from './lexicon.ts';
import { readStatement } from './lists.ts';
import type { Item, Manner, Naming } from './manner.ts';

/** Items in front of a block that say what it is. */
const MAX_HEAD = 40;

interface Frame {
  readonly open: string;
  readonly from: number;
  readonly spaced: boolean;
  items: Item[];
  /** What its last statement gave. */
  args: v.Args;
  /** Names that stand in it, for parameters and patterns. */
  readonly names: Naming[];
  readonly isBranch: boolean;
}

/** What a text in a script language does. */
export function readScript(code: string, around: Surroundings, dialect: Dialect, manner: Manner): Outcome {
  const { tokens, isWhole } = lexScript(code, manner.lexicon);
  const outcome = readWith(dialect, around, (machine) => readTokens(tokens, machine, manner));
  return isWhole
    ? outcome
    : {
        ...outcome,
        effects: [...outcome.effects, opaque(around.near, 'its code is too long to look at', 'limit')],
      };
}

function readTokens(tokens: readonly Token[], machine: Machine, manner: Manner): void {
  const newFrame = (open: string, from: number, spaced: boolean, isBranch = false): Frame => ({
    open,
    from,
    spaced,
    items: [],
    args: v.NO_ARGS,
    names: [],
    isBranch,
  });
  const stack: [Frame, ...Frame[]] = [newFrame('', 0, false)];
  const top = (): Frame => stack.at(-1) as Frame;
  /** What the open `end`s end: a branch or nothing of interest. */
  const ends: boolean[] = [];

  const finish = (): void => {
    const frame = top();
    if (frame.items.length === 0) return;
    const items = manner.endWords ? followEnds(frame.items, ends, machine) : frame.items;
    frame.items = [];
    frame.args = readStatement(items, machine, manner);
  };

  const open = (token: Token, index: number): void => {
    const frame = top();
    const head = frame.items.slice(-MAX_HEAD);
    const isBlock = token.text === '{' && isBlockHead(head);
    if (token.text === '{') {
      startLoop(head, machine);
      if (isBlock) frame.items = withoutFunction(frame.items, machine);
    }
    if (isBlock) {
      machine.enterBranches();
      machine.enterBranch();
    }
    stack.push(newFrame(token.text, token.from, token.spaced, isBlock));
    if (token.text === '{' && tokens[index + 1]?.text === '|') bindBlock(frame, index + 1);
  };

  /** `items.each { |name| … }`: the names get what the receiver's loop gives. */
  const bindBlock = (frame: Frame, bar: number): void => {
    const head = tokens.slice(bar + 1, bar + MAX_HEAD);
    const stop = head.findIndex((token) => token.text === '|' || token.kind === 'line');
    const names = head.slice(0, Math.max(0, stop)).filter((token) => token.kind === 'name');
    const parts = readParts(frame.items.slice(-MAX_HEAD), machine, manner);
    const last = parts.at(-1);
    const value = last?.kind === 'value' ? last.value : v.UNKNOWN;
    const of = value.kind === 'ref' && value.self && last?.kind === 'value' && last.bare ? value.self : value;
    // The environment gives names, or names with their values.
    const source = names.length > 1 ? v.sourceOf(of) : undefined;
    const items = source ? v.unknownFrom(source) : machine.elements(of);
    for (const [at, token] of names.entries()) {
      machine.define(
        token.text,
        names.length === 1 ? items : v.eachOption(items, (one) => machine.index(one, v.scalar(at))),
      );
    }
  };

  const close = (): void => {
    const isText = top().open === '"' || top().open === '`';
    if (isText) {
      const pieces = top().items.flatMap((item) =>
        item.kind === 'sign' ? [] : [startOf(item, machine, manner).value],
      );
      top().args = { positional: [v.join(pieces)], named: new Map() };
    } else finish();
    if (stack.length === 1) return;
    const frame = stack.pop() as Frame;
    if (frame.isBranch) {
      machine.leaveBranch();
      machine.leaveBranches(false);
    }
    const { open: opening, from, spaced, args, names } = frame;
    top().items.push({ kind: 'group', open: opening, args, names, spaced, from });
    for (const naming of names) if (top().names.length < 200) top().names.push(naming);
    if (frame.isBranch && !/^[([]$/.test(top().open)) finish();
  };

  for (const [index, token] of tokens.entries()) {
    if (machine.isLate()) return;
    const frame = top();
    if (token.kind === 'open') open(token, index);
    else if (token.kind === 'close') close();
    else if (token.kind === 'sign' && token.text === ';' && !/^[([]$/.test(frame.open)) finish();
    else if (token.kind === 'line') {
      const next = tokens[index + 1];
      const goesOn =
        next !== undefined && (manner.members.test(next.text) || next.text === '{' || next.text === '|>');
      if (manner.lines && frame.open !== '(' && frame.open !== '[' && !isPending(frame.items) && !goesOn)
        finish();
    } else {
      if (token.text === '=>' && manner.lexicon.interpolation === 'template')
        forgetParameters(frame.items.at(-1), machine);
      // Between brackets it parts the arguments, or the parts of a loop's head.
      frame.items.push(token.text === ';' ? { ...token, text: ',' } : token);
      const isKey = token.kind === 'text' && tokens[index + 1]?.text === '=>';
      const isValue = tokens[index - 1]?.text === '=>' && tokens[index - 2]?.kind === 'text';
      if (isKey || (token.kind === 'name' && !isValue)) {
        const alias = /^(?::|=>|as)$/.test(tokens[index + 1]?.text ?? '')
          ? tokens[index + 2]?.text
          : undefined;
        frame.names.push({ name: token.text, alias: alias ?? token.text });
      }
      if (token.text === 'do' && manner.endWords) {
        if (tokens[index + 1]?.text === '|')
          bindBlock({ ...frame, items: frame.items.slice(0, -1) }, index + 1);
        finish();
      }
    }
  }
  while (stack.length > 1) close();
  finish();
}

/** A statement that ends with an operator goes on in the next line. */
function isPending(items: readonly Item[]): boolean {
  const last = items.at(-1);
  return last?.kind === 'sign' && !/^[;?!\\|]$/.test(last.text);
}
