/** Reads script languages by their tokens, tolerantly: chains of names, calls with and without brackets, assignments. Knows no function of any language. */

import type { Outcome } from '../page.ts';
import { HOLE, withHoles } from './holes.ts';
import { type Dialect, type Machine, readWith, type Surroundings } from './machine.ts';
import { type Lexicon, lexScript, type Token } from './script-lexer.ts';
import { fillPercent, repeat } from './text-calls.ts';
import * as v from './value.ts';

/** How a script language puts its tokens together. */
export interface Manner {
  readonly lexicon: Lexicon;
  /** A line's end ends a statement. */
  readonly lines: boolean;
  /** Signs that take a member: `.`, `->`, `::`. */
  readonly members: RegExp;
  /** Signs that put texts together; `' '` is none at all. */
  readonly joins: RegExp;
  /** Signs that assign. */
  readonly assigns: RegExp;
  /** A name without brackets is called when an operand follows. */
  readonly bareCalls: boolean;
  /** A member that is not called is called without arguments. */
  readonly autoCalls: boolean;
  /** `name = value` between brackets names an argument. */
  readonly namedArguments?: boolean;
  /** Blocks end with the word `end`. */
  readonly endWords?: boolean;
  /** `{…}` is a list. */
  readonly braceLists?: boolean;
  /** Words between operands: `x`, `eq`. */
  readonly operatorWords?: RegExp;
  /** Looks at a statement first; a value when that was all there is to it. */
  readonly statement?: (machine: Machine, parts: readonly Part[]) => v.Value | undefined;
}

/** A value or what stands between values. */
export type Part =
  | {
      readonly kind: 'value';
      readonly value: v.Value;
      /** A plain name that can be assigned to. */
      readonly name?: string;
      /** Object and key that can be assigned to. */
      readonly target?: readonly [v.Value, v.Value];
      /** Names inside brackets: `(a, b) = …`. */
      readonly names?: readonly Naming[];
      /** Named but not called yet. */
      readonly bare?: boolean;
      readonly member?: boolean;
      /** It was written as `print(…)`. */
      readonly printed?: boolean;
    }
  | { readonly kind: 'sign' | 'word'; readonly text: string };

/** A name, and what it is called here: `{ a: b }`. */
interface Naming {
  readonly name: string;
  readonly alias: string;
}

interface Group {
  readonly kind: 'group';
  readonly open: string;
  readonly args: v.Args;
  readonly names: readonly Naming[];
  readonly spaced: boolean;
  readonly from: number;
}

type Item = Token | Group;

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

/** Words that stand between clauses and are no names. */
const WORDS = new Set(
  'and or not xor if unless elsif elseif elif else while until for foreach do then end return in of as rescue ensure begin case when switch try catch finally function sub def fun fn class module package use import from export default yield throw raise die repeat local my our let const var new await async static public private protected global declare readonly type interface echo'.split(
    ' ',
  ),
);
/** Words that change nothing about what follows. */
const SILENT = new Set(
  'local my our let const var new await async static public private protected global declare readonly not export default'.split(
    ' ',
  ),
);
const LOOPS = /^(?:for|foreach)$/;
const OPENERS =
  /^(?:if|unless|while|until|for|case|begin|def|class|module|function|let|try|struct|macro|quote)$/;
const EITHER = /^(?:\|\||\/\/|\?\?|\?:|:)$/;

/** What a text in a script language does. */
export function readScript(code: string, around: Surroundings, dialect: Dialect, manner: Manner): Outcome {
  const tokens = lexScript(code, manner.lexicon);
  return readWith(dialect, around, (machine) => readTokens(tokens, machine, manner));
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
    const isBlock = token.text === '{' && isBlockHead(frame.items);
    if (token.text === '{') {
      startLoop(frame.items, machine);
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
    const stop = tokens.findIndex((token, at) => at > bar && (token.text === '|' || token.kind === 'line'));
    const names = tokens.slice(bar + 1, stop).filter((token) => token.kind === 'name');
    const parts = readParts(frame.items, machine, manner);
    const last = parts.at(-1);
    const value = last?.kind === 'value' ? last.value : v.UNKNOWN;
    const of = value.kind === 'ref' && value.self && last?.kind === 'value' && last.bare ? value.self : value;
    const items = machine.elements(of);
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
    const frame = top();
    if (token.kind === 'open') open(token, index);
    else if (token.kind === 'close') close();
    else if (token.kind === 'sign' && token.text === ';') finish();
    else if (token.kind === 'line') {
      const next = tokens[index + 1];
      const goesOn =
        next !== undefined && (manner.members.test(next.text) || next.text === '{' || next.text === '|>');
      if (manner.lines && frame.open !== '(' && frame.open !== '[' && !isPending(frame.items) && !goesOn)
        finish();
    } else {
      frame.items.push(token);
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

/** `if (…) {`, `else {`, `sub name {`: the block is a branch, not a value. */
function isBlockHead(items: readonly Item[]): boolean {
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
function startLoop(items: readonly Item[], machine: Machine): void {
  const loop = items.findIndex((item) => item.kind === 'name' && LOOPS.test(item.text));
  const last = items.at(-1);
  if (loop < 0 || last?.kind !== 'group' || last.open !== '(') return;
  const variable = items.slice(loop + 1).find((item) => item.kind === 'name' && !WORDS.has(item.text));
  machine.define(variable?.kind === 'name' ? variable.text : '$_', machine.elements(listOf(last.args)));
}

/** `function name($a, $b) {` and `sub name {`: parameters get what calls gave; the function stands in the place of its head. */
function withoutFunction(items: Item[], machine: Machine): Item[] {
  const at = items.findIndex((item) => item.kind === 'name' && /^(?:function|sub|def|fn)$/.test(item.text));
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
  return [
    ...items.slice(0, at),
    { kind: 'group', open: '(', args, names: [], spaced: true, from: word.from },
  ];
}

/** Keeps track of blocks that a word ends. */
function followEnds(items: Item[], ends: boolean[], machine: Machine): Item[] {
  const words = items.flatMap((item) => (item.kind === 'name' && WORDS.has(item.text) ? [item.text] : []));
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

function listOf(args: v.Args): v.Value {
  const [only] = args.positional;
  return args.positional.length === 1 && only?.kind === 'list'
    ? only
    : v.list(args.positional, args.open === true);
}

function valueOfGroup(group: Group, manner: Manner): v.Value {
  const { args } = group;
  if (group.open === '"' || group.open === '#{') return v.join(args.positional);
  if (group.open === '{' && manner.braceLists && args.named.size === 0)
    return v.list(args.positional, args.open === true);
  if (group.open === '[')
    return args.named.size > 0
      ? { kind: 'dictionary', entries: args.named }
      : v.list(args.positional, args.open === true);
  if (args.named.size > 0) return { kind: 'dictionary', entries: args.named };
  if (group.open === '{')
    return args.positional.length === 1 ? (args.positional[0] as v.Value) : v.list(args.positional, true);
  const [only] = args.positional;
  return args.positional.length === 1 && only ? only : v.list(args.positional, args.open === true);
}

/** Chains of names, members, subscripts and calls, from left to right. */
function readParts(items: readonly Item[], machine: Machine, manner: Manner): Part[] {
  const parts: Part[] = [];
  for (let i = 0; i < items.length; i++) {
    const item = items[i] as Item;
    const before = parts.at(-1);
    if (item.kind === 'sign') {
      // A field of the input: `$1`.
      if (item.text === '$' && i + 1 < items.length) {
        parts.push({ kind: 'value', value: v.UNKNOWN });
        i++;
      } else parts.push({ kind: 'sign', text: item.text });
    } else if (item.kind === 'name' && WORDS.has(item.text)) {
      if (!SILENT.has(item.text)) parts.push({ kind: 'word', text: item.text });
    } else if (item.kind === 'name' && before?.kind === 'value' && manner.operatorWords?.test(item.text)) {
      parts.push({ kind: 'sign', text: item.text });
    } else if (
      item.kind === 'group' &&
      item.open === '{' &&
      before?.kind === 'value' &&
      before.bare &&
      !manner.braceLists
    ) {
      // A block given to a function was read where it stood; `eval { … }` is only that.
      if (before.name === 'eval') parts.pop();
    } else i = readChain(items, i, parts, machine, manner);
  }
  return parts;
}

/** One chain from `at` on; returns the index of its last item. */
function readChain(
  items: readonly Item[],
  at: number,
  parts: Part[],
  machine: Machine,
  manner: Manner,
): number {
  let part = startOf(items[at] as Item, machine, manner);
  let i = at;
  for (; i + 1 < items.length; i++) {
    const next = items[i + 1] as Item;
    const after = items[i + 2];
    if (next.kind === 'sign' && manner.members.test(next.text) && after !== undefined) {
      if (after.kind === 'name') {
        // `a.b.c`: `b` is called before `c` is asked for, where brackets may be left out.
        const isCalled = part.bare && part.member && manner.autoCalls;
        const of = isCalled ? machine.call(part.value, v.NO_ARGS) : part.value;
        part = memberOf(of, next.text, after.text, machine);
        i++;
        continue;
      }
      if (after.kind === 'group' && after.open !== '"') continue;
      break;
    }
    if (next.kind !== 'group' || (next.spaced && !(next.open === '(' && part.bare))) break;
    if (next.open === '(') {
      // A text that is called names a function, in PHP.
      const byName =
        machine.dialect.language === 'php' && part.name !== undefined ? v.knownText(part.value) : undefined;
      if (byName !== undefined) part = { kind: 'value', value: v.ref(byName), bare: true };
      if (!part.bare && part.value.kind !== 'ref' && part.value.kind !== 'routine') break;
      const printed = part.name !== undefined && /^printf?$/.test(part.name);
      part = { kind: 'value', value: machine.call(part.value, next.args), ...(printed ? { printed } : {}) };
    } else if (next.open === '[' || (next.open === '{' && manner.lexicon.sigils.includes('%'))) {
      const key = next.args.positional[0] ?? v.UNKNOWN;
      const subscript = v.ref(part.value.kind === 'ref' ? `${part.value.path}.[]` : '');
      if (machine.hasAction(subscript)) {
        part = { kind: 'value', value: machine.call(subscript, next.args) };
        continue;
      }
      // A bare word between braces is text.
      const named = next.open === '{' && key.kind === 'ref' && !key.self ? v.text(key.path) : key;
      const value = isAssignment(items[i + 2], manner) ? v.UNKNOWN : machine.index(part.value, named);
      part = { kind: 'value', value, target: [part.value, named] };
    } else break;
  }
  parts.push(part);
  return i;
}

function memberOf(of: v.Value, sign: string, written: string, machine: Machine): Part & { kind: 'value' } {
  const key = written.startsWith('$') ? machine.name(written) : v.text(written);
  const isRead = machine.dialect.language === 'javascript' || written.startsWith('$');
  const value = isRead ? machine.index(of, key) : machine.member(of, written);
  return { kind: 'value', value, target: [of, key], bare: value.kind === 'ref', member: sign !== '::' };
}

function isAssignment(item: Item | undefined, manner: Manner): boolean {
  return item?.kind === 'sign' && manner.assigns.test(item.text);
}

function startOf(item: Item, machine: Machine, manner: Manner): Part & { kind: 'value' } {
  if (item.kind === 'group') {
    if (item.open === '`')
      return {
        kind: 'value',
        value: machine.call(v.ref('`'), { positional: [v.join(item.args.positional)], named: new Map() }),
      };
    return { kind: 'value', value: valueOfGroup(item, manner), names: item.names };
  }
  if (item.kind === 'text') return { kind: 'value', value: withHoles(item.text) };
  if (item.kind === 'number') {
    const number = /^0[0-7]+$/.test(item.text) ? Number.parseInt(item.text, 8) : Number(item.text);
    return { kind: 'value', value: item.text === '' || Number.isNaN(number) ? v.UNKNOWN : v.scalar(number) };
  }
  if (item.text === HOLE) return { kind: 'value', value: v.UNKNOWN, name: HOLE };
  if (/^(?:true|TRUE|True)$/.test(item.text)) return { kind: 'value', value: v.scalar(true) };
  if (/^(?:false|FALSE|nil|null|undef|None|NULL)$/.test(item.text)) return { kind: 'value', value: v.NULL };
  const value = machine.name(item.text);
  const isVariable = /^[$@]/.test(item.text);
  return {
    kind: 'value',
    value,
    name: item.text,
    bare: !isVariable && (value.kind === 'ref' || value.kind === 'routine'),
  };
}

/** Loops after one statement: `unlink $_ for @a` has one. */
const MAX_LOOPS = 8;

/** Reads one statement; gives what a list of it would hold. */
function readStatement(statement: readonly Item[], machine: Machine, manner: Manner): v.Args {
  let items = statement;
  // `unlink $_ for @list`: what comes last happens first.
  for (let loops = 0; loops < MAX_LOOPS && manner.lexicon.quoteWords; loops++) {
    const loop = items.findLastIndex((item) => item.kind === 'name' && LOOPS.test(item.text));
    if (loop <= 0) break;
    const list = readList(readParts(items.slice(loop + 1), machine, manner), machine, manner);
    machine.define('$_', machine.elements(listOf(list)));
    items = items.slice(0, loop);
  }
  const parts = readParts(items, machine, manner);
  const [only] = parts;
  if (parts.length === 1 && only?.kind === 'value' && only.name === HOLE) {
    machine.call(v.ref('eval'), { positional: [v.UNKNOWN], named: new Map() });
  }
  const own = manner.statement?.(machine, parts);
  if (own) return { positional: [own], named: new Map() };
  const naming = parts.findIndex((part) => part.kind === 'word' && /^(?:in|of|as)$/.test(part.text));
  const imported = parts[0]?.kind === 'word' && parts[0].text === 'import';
  if (imported) importNames(parts, items, machine);
  else if (naming > 0) nameElements(parts, naming, machine, manner);
  return readList(parts, machine, manner);
}

/** `for name in items`, `$items as $name`. */
function nameElements(parts: readonly Part[], at: number, machine: Machine, manner: Manner): void {
  const word = parts[at];
  const isAs = word?.kind === 'word' && word.text === 'as';
  const names = (isAs ? parts.slice(at + 1) : parts.slice(0, at)).flatMap((part) =>
    part.kind === 'value' && part.name !== undefined ? [part.name] : [],
  );
  const stop = parts.findIndex((part, index) => index > at && part.kind === 'word');
  const source = isAs ? parts.slice(0, at) : parts.slice(at + 1, stop < 0 ? undefined : stop);
  const items = listOf(readList(source, machine, manner));
  const name = names.at(-1);
  if (name !== undefined) machine.define(name, machine.elements(items));
}

/** `import { a as b } from 'module'`, `import * as name from 'module'`. */
function importNames(parts: readonly Part[], items: readonly Item[], machine: Machine): void {
  const last = parts.at(-1);
  const module = last?.kind === 'value' ? v.knownText(last.value) : undefined;
  if (module === undefined) return;
  for (const item of items) {
    if (item.kind === 'group' && item.open === '{') {
      for (const { name, alias } of item.names) machine.define(alias, machine.member(v.ref(module), name));
    } else if (item.kind === 'name' && !WORDS.has(item.text)) machine.define(item.text, v.ref(module));
  }
}

/** A list with calls without brackets, from right to left: such a call takes all that follows it. */
function readList(parts: readonly Part[], machine: Machine, manner: Manner): v.Args {
  let done: v.Value[] = [];
  let named = new Map<string, v.Value>();
  let element: Part[] = [];
  let value: v.Value | undefined;
  let clauses: v.Value[] = [];

  const flush = (): void => {
    if (element.length === 0) return;
    const result = readElement(element.reverse(), machine, manner, named);
    element = [];
    if (value === undefined) {
      if (result) done.push(result);
    } else if (result) {
      named.set(v.knownText(result) ?? (result.kind === 'ref' ? result.path : ''), value);
      value = undefined;
    }
  };
  const takeAll = (): v.Args => {
    flush();
    const args = { positional: done.reverse(), named };
    done = [];
    named = new Map();
    return args;
  };

  for (let i = parts.length - 1; i >= 0; i--) {
    const part = parts[i] as Part;
    const next = element.at(-1);
    if (part.kind === 'sign' && part.text === ',') flush();
    else if (part.kind === 'sign' && part.text === '=>') {
      const [key] = [element.length > 0 ? readElement(element.reverse(), machine, manner, named) : undefined];
      element = [];
      value = key ?? v.UNKNOWN;
    } else if (part.kind === 'word') {
      const { positional } = takeAll();
      if (part.text === 'echo') machine.call(v.ref('echo'), { positional, named: new Map() });
      if (part.text === 'return' || part.text === 'do') done = [...positional].reverse();
      else clauses = [...positional, ...clauses].slice(0, 20);
    } else if (part.kind === 'value' && part.bare === true && manner.bareCalls && next?.kind === 'value') {
      const args = takeAll();
      element.push({ kind: 'value', value: machine.call(part.value, args) });
    } else element.push(part);
  }
  const args = takeAll();
  // `$a or $b`: each may be what it gives.
  if (args.positional.length === 0 && clauses.length > 0)
    return { positional: [v.either(clauses)], named: args.named };
  return args;
}

/** One element of a list: operands and the signs between them. */
function readElement(
  parts: readonly Part[],
  machine: Machine,
  manner: Manner,
  named: Map<string, v.Value>,
): v.Value | undefined {
  const equals = parts.findLastIndex((part) => part.kind === 'sign' && manner.assigns.test(part.text));
  if (equals < 0) return operate(parts, machine, manner);
  let value = operate(parts.slice(equals + 1), machine, manner) ?? v.UNKNOWN;
  let end = equals;
  while (end >= 0) {
    const sign = parts[end];
    const target = parts[end - 1];
    const how = sign?.kind === 'sign' ? sign.text : '=';
    if (target?.kind === 'value') {
      if (manner.namedArguments && target.name !== undefined && /^[=]$/.test(how) && named.size < 100)
        named.set(target.name, value);
      value = assign(target, how, value, machine);
    }
    end = parts.slice(0, end).findLastIndex((part) => part.kind === 'sign' && manner.assigns.test(part.text));
  }
  return value;
}

function assign(target: Part & { kind: 'value' }, how: string, value: v.Value, machine: Machine): v.Value {
  const { name, names, target: place } = target;
  if (name !== undefined) {
    if (/^(?:\.=|\+=|<<)$/.test(how)) {
      machine.augment(name, how === '<<' && machine.name(name).kind === 'list' ? v.list([value]) : value);
      return machine.name(name);
    }
    machine.define(name, /^\|\|=|\?\?=|\/\/=$/.test(how) ? v.either([machine.name(name), value]) : value);
  } else if (place) machine.setIndex(place[0], place[1], value);
  else if (names) {
    for (const [at, { name: key, alias }] of names.entries()) {
      const item = value.kind === 'list' ? machine.index(value, v.scalar(at)) : machine.member(value, key);
      machine.define(alias, item);
    }
  }
  return value;
}

/** Operands put together, from left to right. */
function operate(parts: readonly Part[], machine: Machine, manner: Manner): v.Value | undefined {
  let made: v.Value | undefined;
  let sign = '';
  for (const part of parts) {
    if (part.kind !== 'value') {
      sign = sign === '' || !manner.joins.test(sign) ? part.text : sign;
      if (sign === '?') made = undefined;
      continue;
    }
    const auto = part.bare && part.member && manner.autoCalls;
    const value = auto ? machine.call(part.value, v.NO_ARGS) : part.value;
    made = made === undefined ? value : combineTwo(made, sign, value, manner);
    sign = '';
  }
  return made;
}

function combineTwo(left: v.Value, sign: string, right: v.Value, manner: Manner): v.Value {
  if (sign === 'x' || (sign === '*' && left.kind === 'text')) return repeat(left, right);
  if (sign === '%' && left.kind === 'text') return fillPercent(left, right);
  if (EITHER.test(sign)) return v.either([left, right]);
  if (sign === '<<' && left.kind === 'list') return v.list([...left.items, right], left.open === true);
  if (sign === '+' && left.kind === 'list' && right.kind === 'list')
    return v.list([...left.items, ...right.items], left.open === true || right.open === true);
  if (manner.joins.test(sign === '' ? ' ' : sign)) {
    const [a, b] = [v.knownNumber(left), v.knownNumber(right)];
    return sign === '+' && a !== undefined && b !== undefined ? v.scalar(a + b) : v.join([left, right]);
  }
  return v.unknownFrom(v.sourceOf(left) ?? v.sourceOf(right));
}
