/** `$x` and `${x…}`: what a parameter and its operators may give. */

import type { ParameterExpansionPart, ParameterOperation } from 'unbash';
import { type Chunk, type Expander, expandText } from './expand.ts';
import { matchesPattern, removePattern, replacePattern } from './patterns.ts';
import { assign, findElement, optionsOf } from './state.ts';
import { concat, EMPTY, knownText, type Options, type Text, textOf, UNKNOWN } from './value.ts';

/** Elements of a parameter; `many` when it stands for a list (`$@`, `${a[@]}`). */
interface Value {
  readonly items: readonly Text[];
  readonly many: boolean;
  /** `unset` only when the text itself shows that; `maybe` when it can come from the environment. */
  readonly set: 'yes' | 'no' | 'maybe';
}

const NUMBERS = new Set([
  '?',
  '!',
  '$',
  '#',
  '-',
  '_',
  'RANDOM',
  'SECONDS',
  'LINENO',
  'BASHPID',
  'UID',
  'EUID',
]);

/** `$name`, `$1`, `$@` … */
export function expandSimple(name: string, ex: Expander, quoted: boolean): readonly Chunk[] {
  return chunks(read(name, ex), quoted, ex, name);
}

/** `${…}` with whatever operator it has. */
export function expandParameter(
  part: ParameterExpansionPart,
  ex: Expander,
  quoted: boolean,
): readonly Chunk[] {
  let value = part.index === undefined ? read(part.parameter, ex) : readElement(part, ex);
  if (part.prefix === '#') return [{ text: lengthOf(value), quoted }];
  if (part.prefix === '!') {
    if (part.operation?.type === 'Names' || part.index !== undefined)
      return [{ text: [UNKNOWN], quoted, split: !quoted }];
    const name = value.items.length === 1 ? knownText(value.items[0] as Text) : undefined;
    value = name === undefined ? { items: [[UNKNOWN]], many: false, set: 'maybe' } : read(name, ex);
  }
  const changed = part.operation === undefined ? value : operate(part, part.operation, value, ex);
  return chunks(changed, quoted, ex, part.parameter, part.parameter === '*' || indexText(part) === '*');
}

function chunks(
  value: Value,
  quoted: boolean,
  ex: Expander,
  name: string,
  starred = name === '*',
): readonly Chunk[] {
  const globbed = (text: Text): boolean => isPattern(text, name, ex);
  if (!value.many) {
    const text = value.items[0] ?? EMPTY;
    return [{ text, quoted, split: !quoted, glob: globbed(text) }];
  }
  if (quoted && starred)
    return [
      { text: concat(...value.items.flatMap((item, i) => (i === 0 ? [item] : [[' '], item]))), quoted },
    ];
  return value.items.map((text, i) => ({
    text,
    quoted,
    split: !quoted,
    glob: globbed(text),
    ends: i < value.items.length - 1,
  }));
}

/** Loop variables over a file pattern keep standing for what the pattern matches, even in quotes. */
function isPattern(text: Text, name: string, ex: Expander): boolean {
  const known = knownText(text);
  return known !== undefined && ex.state.patterns.has(name) && /[*?[]/.test(known);
}

function read(name: string, ex: Expander): Value {
  if (name === '@' || name === '*') {
    return {
      items: ex.state.positional ?? [[UNKNOWN]],
      many: true,
      set: ex.state.positional === undefined ? 'maybe' : 'yes',
    };
  }
  if (/^[1-9]\d*$/.test(name)) {
    if (ex.state.positional === undefined) return { items: [[UNKNOWN]], many: false, set: 'maybe' };
    const item = ex.state.positional[Number(name) - 1];
    return { items: [item ?? EMPTY], many: false, set: item === undefined ? 'no' : 'yes' };
  }
  if (name === '0' && !ex.state.variables.has('0'))
    return { items: [textOf('bash')], many: false, set: 'yes' };
  if (NUMBERS.has(name)) return { items: [[UNKNOWN]], many: false, set: 'yes' };
  if (name === 'PWD') return chosen(ex.state.cwd, 'PWD', ex);
  if (name === 'OLDPWD') return chosen(ex.state.oldCwd, 'OLDPWD', ex);
  const variable = ex.state.variables.get(name);
  if (variable === undefined) return { items: [[{ remote: false, name }]], many: false, set: 'maybe' };
  return chosen(optionsOf(variable), name, ex);
}

function chosen(options: Options, name: string, ex: Expander): Value {
  const item = options[ex.choose(`$${name}`, options.length)] ?? EMPTY;
  return {
    items: [item],
    many: false,
    set: item.length === 0 ? 'no' : knownText(item) === undefined ? 'maybe' : 'yes',
  };
}

function indexText(part: ParameterExpansionPart): string | undefined {
  return part.index?.parts === undefined ? part.index?.value : undefined;
}

function readElement(part: ParameterExpansionPart, ex: Expander): Value {
  const variable = ex.state.variables.get(part.parameter);
  const index = part.index === undefined ? EMPTY : expandText(part.index, ex);
  ex.evaluateAgain(index);
  const all = knownText(index);
  if (variable?.kind !== 'array') {
    if (all === '@' || all === '*') return { ...read(part.parameter, ex), many: true };
    return all === '0'
      ? read(part.parameter, ex)
      : { items: [variable === undefined ? [UNKNOWN] : EMPTY], many: false, set: 'maybe' };
  }
  if (all === '@' || all === '*') return { items: variable.items, many: true, set: 'yes' };
  const element = findElement(variable, index);
  if (element !== undefined) return { items: [element], many: false, set: 'yes' };
  if (all !== undefined && /^-?\d+$/.test(all)) return { items: [EMPTY], many: false, set: 'no' };
  const item = variable.items[ex.choose(`$${part.parameter}[]`, variable.items.length)];
  return { items: [item ?? [UNKNOWN]], many: false, set: 'maybe' };
}

function lengthOf(value: Value): Text {
  if (value.many)
    return value.items.length === 1 && value.set === 'maybe' ? [UNKNOWN] : textOf(String(value.items.length));
  const text = knownText(value.items[0] ?? EMPTY);
  return text === undefined ? [UNKNOWN] : textOf(String(text.length));
}

function operate(
  part: ParameterExpansionPart,
  operation: ParameterOperation,
  value: Value,
  ex: Expander,
): Value {
  switch (operation.type) {
    case 'Default':
      return withDefault(part, operation, value, ex);
    case 'Remove': {
      const pattern = knownText(expandText(operation.operand, ex));
      return each(value, (text) =>
        pattern === undefined ? undefined : removePattern(text, pattern, operation.operator),
      );
    }
    case 'Replace': {
      const pattern = knownText(expandText(operation.pattern, ex));
      const replacement = knownText(expandText(operation.replacement, ex));
      if (pattern === undefined || replacement === undefined) return each(value, () => undefined);
      return each(value, (text) => replacePattern(text, pattern, replacement, operation.operator));
    }
    case 'Slice':
      return slice(value, operation, ex, part.parameter === '@' || part.parameter === '*' ? 1 : 0);
    case 'CaseModification': {
      const pattern = operation.operand === undefined ? '?' : knownText(expandText(operation.operand, ex));
      return each(value, (text) =>
        pattern === undefined ? undefined : changeCase(text, operation.operator, pattern),
      );
    }
    case 'Transform': {
      const operator = operation.operand.value;
      if (operator === 'P') for (const item of value.items) ex.evaluateAgain(item);
      if (operator === 'U') return each(value, (text) => text.toUpperCase());
      if (operator === 'L') return each(value, (text) => text.toLowerCase());
      if (operator === 'u') return each(value, (text) => text.slice(0, 1).toUpperCase() + text.slice(1));
      return operator === 'Q' ? value : each(value, () => undefined);
    }
    default:
      return each(value, () => undefined);
  }
}

function each(value: Value, change: (text: string) => string | undefined): Value {
  return {
    ...value,
    items: value.items.map((item) => {
      const known = knownText(item);
      const changed = known === undefined ? undefined : change(known);
      return changed === undefined
        ? item
            .filter((piece) => typeof piece !== 'string')
            .slice(0, 1)
            .concat(item.every((p) => typeof p === 'string') ? [UNKNOWN] : [])
        : textOf(changed);
    }),
  };
}

function withDefault(
  part: ParameterExpansionPart,
  operation: ParameterOperation & { type: 'Default' },
  value: Value,
  ex: Expander,
): Value {
  const operator = operation.operator.replace(':', '');
  const empty = value.items.every((item) => item.length === 0);
  const present =
    value.set === 'yes' && (!empty || !operation.operator.startsWith(':'))
      ? 'yes'
      : value.set === 'maybe' && !empty
        ? 'maybe'
        : 'no';
  const operand = (): Value => ({ items: [expandText(operation.operand, ex)], many: false, set: 'yes' });
  if (operator === '?') return value;
  if (operator === '+') {
    if (present === 'no') return { items: [EMPTY], many: false, set: 'no' };
    if (present === 'yes') return operand();
    return ex.choose(`+${part.pos}`, 2) === 0 ? operand() : { items: [EMPTY], many: false, set: 'no' };
  }
  if (present === 'yes') return value;
  if (present === 'maybe' && ex.choose(`-${part.pos}`, 2) === 1) return value;
  const result = operand();
  if (operator === '=' && part.index === undefined) assign(ex.state, part.parameter, result.items);
  return result;
}

function slice(
  value: Value,
  operation: ParameterOperation & { type: 'Slice' },
  ex: Expander,
  base: number,
): Value {
  const offset = numberOf(expandText(operation.offset, ex));
  const length = operation.length === undefined ? undefined : numberOf(expandText(operation.length, ex));
  if (offset === undefined || (operation.length !== undefined && length === undefined))
    return each(value, () => undefined);
  if (value.many) {
    // Positional parameters count from 1, arrays from 0.
    const from = offset < 0 ? value.items.length + offset : Math.max(0, offset - base);
    return { ...value, items: value.items.slice(from, length === undefined ? undefined : from + length) };
  }
  return each(value, (text) => {
    const from = offset < 0 ? Math.max(0, text.length + offset) : offset;
    if (length === undefined) return text.slice(from);
    return length < 0 ? text.slice(from, text.length + length) : text.slice(from, from + length);
  });
}

function numberOf(text: Text): number | undefined {
  const known = knownText(text)?.trim();
  return known !== undefined && /^-?\d{1,9}$/.test(known) ? Number(known) : undefined;
}

function changeCase(text: string, operator: '^' | '^^' | ',' | ',,', pattern: string): string {
  const change = (c: string): string =>
    matchesPattern(c, pattern) === false ? c : operator.startsWith('^') ? c.toUpperCase() : c.toLowerCase();
  return operator.length === 1 ? change(text.slice(0, 1)) + text.slice(1) : [...text].map(change).join('');
}
