/** Assignments of a shell text: expanding them and setting what they set. */

import type { Assignment as AssignmentNode } from 'unbash';
import { type Expander, expandText, expandWords } from './expand.ts';
import type { ShellState } from './machine.ts';
import { assign, optionsOf, type Variable } from './state.ts';
import { concat, fromWord, joinOptions, knownText, type Text, textOf } from './value.ts';

/** `x=…`, `x+=…`, `x[i]=…`, `x=(…)` with its value expanded. */
export interface Setting {
  readonly name: string;
  readonly append: boolean;
  readonly index?: Text;
  readonly value: Text | { readonly items: readonly Text[]; readonly keys?: readonly string[] };
}

/** Expands an assignment; substitutions in its subscript run too. */
export function expandAssignment(node: AssignmentNode, ex: Expander): Setting {
  const index = node.index === undefined ? undefined : expandText(node.index, ex);
  if (index !== undefined) ex.evaluateAgain(index);
  const base = { name: node.name, append: node.append === true, ...(index === undefined ? {} : { index }) };
  if (node.value.type !== 'ArrayValue') return { ...base, value: expandText(node.value, ex) };
  const words = expandWords(node.value.elements, ex);
  const keyed = words.map((word) => /^\[([^\]]*)\]=([\s\S]*)$/.exec(word.text ?? ''));
  if (words.length > 0 && keyed.every((match) => match !== null)) {
    return {
      ...base,
      value: {
        items: keyed.map((match) => textOf(match?.[2] ?? '')),
        keys: keyed.map((match) => match?.[1] ?? ''),
      },
    };
  }
  return { ...base, value: { items: words.map(fromWord) } };
}

/** Sets a variable as an assignment says. */
export function applySetting(state: ShellState, setting: Setting): void {
  const before = state.variables.get(setting.name);
  const next = settle(before, setting);
  if (next.kind === 'scalar') assign(state, setting.name, next.options);
  else state.variables.set(setting.name, next);
}

function settle(before: Variable | undefined, setting: Setting): Variable {
  const { value } = setting;
  if (!Array.isArray(value)) {
    const array = value as { readonly items: readonly Text[]; readonly keys?: readonly string[] };
    const items =
      setting.append && before?.kind === 'array' ? [...before.items, ...array.items] : array.items;
    return { kind: 'array', items, ...(array.keys === undefined ? {} : { keys: array.keys }) };
  }
  const text = value as Text;
  if (setting.index !== undefined) {
    const items = before?.kind === 'array' ? [...before.items] : [];
    const keys =
      before?.kind === 'array' && before.keys !== undefined
        ? [...before.keys]
        : items.map((_, i) => String(i));
    const key = knownText(setting.index);
    const at = key === undefined ? -1 : keys.indexOf(key);
    if (at >= 0) items[at] = text;
    else {
      items.push(text);
      keys.push(key ?? '?');
    }
    return { kind: 'array', items, keys };
  }
  if (setting.append && before !== undefined)
    return { kind: 'scalar', options: joinOptions(optionsOf(before).map((old) => concat(old, text))) };
  return { kind: 'scalar', options: [text] };
}
