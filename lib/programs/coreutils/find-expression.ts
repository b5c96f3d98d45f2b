/** Reads a find expression: which actions run, and which tests narrow down what they act on. Turns nothing into effects. */

import type { Word } from '../../types/text.ts';
import { knownStart } from '../options.ts';

/** What is known of the files that reach an action. */
export interface Narrowing {
  /** Globs for the file's name, any of which fits; undefined when no test names it. */
  readonly names?: readonly string[];
  /** Globs for the whole path. */
  readonly paths?: readonly string[];
  /** True when some test lets only a part of the tree through. */
  readonly narrowed: boolean;
  /** True when the starting point itself cannot be among them. */
  readonly below: boolean;
}

export interface Action {
  /** Without the dash: `delete`, `exec`, `fprint`. */
  readonly name: string;
  readonly words: readonly Word[];
  readonly among: Narrowing;
}

const NAMES = new Set(['name', 'iname']);
const PATHS = new Set(['path', 'ipath', 'wholename', 'iwholename']);
/** Tests that leave most of a tree alone. Owner, mode and `-type f` do not: nearly every file passes them. */
const NARROWING = new Set([
  'empty',
  'inum',
  'samefile',
  'lname',
  'ilname',
  'newer',
  'anewer',
  'cnewer',
  'xtype',
]);
const AGES = new Set(['mtime', 'atime', 'ctime', 'mmin', 'amin', 'cmin', 'size', 'used']);
const WITH_VALUE = new Set([
  ...[...NAMES, ...PATHS, ...AGES],
  ...['inum', 'samefile', 'lname', 'ilname', 'newer', 'anewer', 'cnewer', 'xtype', 'type', 'regex', 'iregex'],
  ...['user', 'group', 'uid', 'gid', 'perm', 'maxdepth', 'mindepth', 'fstype', 'links', 'context'],
  ...['regextype', 'printf', 'fprint', 'fprint0', 'fls', 'flags', 'files0-from', 'depth-below'],
]);
const EXECUTES = new Set(['exec', 'execdir', 'ok', 'okdir']);
const ACTIONS = new Set(['delete', 'fprint', 'fprint0', 'fls', 'fprintf', 'files0-from', ...EXECUTES]);

const ANYTHING: Narrowing = { narrowed: false, below: false };
const MAX_WORDS = 4096;

interface Frame {
  done: Narrowing[];
  current: Narrowing;
  negated: boolean;
}

/** Actions of a find expression in order, each with what the tests before it say. */
export function readExpression(words: readonly Word[]): readonly Action[] {
  const actions: Action[] = [];
  const stack: Frame[] = [{ done: [], current: ANYTHING, negated: false }];
  let negated = false;
  const top = (): Frame => stack.at(-1) as Frame;
  const add = (test: Narrowing): void => {
    if (!negated) top().current = both(top().current, test);
    negated = false;
  };

  for (let i = 0; i < words.length && i < MAX_WORDS; i++) {
    const text = words[i]?.text ?? '';
    const name = text.replace(/^--?/, '');
    if (text === '(') {
      stack.push({ done: [], current: ANYTHING, negated });
      negated = false;
    } else if (text === ')') {
      const frame = stack.length > 1 ? (stack.pop() as Frame) : undefined;
      if (frame) {
        negated = frame.negated;
        add(either([...frame.done, frame.current]));
      }
    } else if (text === '!' || text === '-not') negated = !negated;
    else if (text === '-o' || text === '-or' || text === ',') {
      if (text !== ',') top().done.push(top().current);
      top().current = ANYTHING;
    } else if (text.startsWith('-')) {
      const value = WITH_VALUE.has(name) || /^newer[aBcm][aBcmt]$/.test(name) ? words[++i] : undefined;
      let taken: Word[] = value ? [value] : [];
      if (name === 'fprintf') {
        taken = words.slice(i + 1, i + 3);
        i += 2;
      } else if (EXECUTES.has(name)) {
        const end = endOfCommand(words, i + 1);
        taken = words.slice(i + 1, end);
        i = end;
      }
      if (ACTIONS.has(name))
        actions.push({
          name,
          words: taken,
          among: stack.reduce((all, frame) => both(all, frame.current), ANYTHING),
        });
      else add(meaningOf(name, value));
    }
  }
  return actions;
}

/** Index of the `;` that ends a command, or of the `+` after `{}`. */
function endOfCommand(words: readonly Word[], start: number): number {
  for (let i = start; i < words.length; i++) {
    const text = words[i]?.text;
    if (text === ';' || (text === '+' && words[i - 1]?.text === '{}')) return i;
  }
  return words.length;
}

function meaningOf(name: string, value: Word | undefined): Narrowing {
  const text = value?.text;
  if (NAMES.has(name) || PATHS.has(name) || name === 'regex' || name === 'iregex') {
    // A pattern without a letter or digit (`*`, `.*`, `*.*`) lets everything through.
    const says =
      value !== undefined && (text === undefined ? knownStart(value) !== '' : /[\p{L}\p{N}]/u.test(text));
    if (!says) return ANYTHING;
    const glob = text === undefined ? undefined : name.startsWith('i') ? text.toLowerCase() : text;
    const base = { narrowed: true, below: NAMES.has(name) };
    if (glob === undefined) return base;
    return NAMES.has(name) ? { ...base, names: [glob] } : PATHS.has(name) ? { ...base, paths: [glob] } : base;
  }
  if (name === 'mindepth') return { narrowed: false, below: (text ?? '0') !== '0' };
  if (name === 'type') return { narrowed: /^[lspbc]$/.test(text ?? ''), below: text !== 'd' };
  if (AGES.has(name)) return { narrowed: /^\+?[1-9]|^0$|^-[1-9]\d?$/.test(text ?? ''), below: false };
  return NARROWING.has(name) || /^newer/.test(name) ? { narrowed: true, below: false } : ANYTHING;
}

function both(left: Narrowing, right: Narrowing): Narrowing {
  const names = left.names ?? right.names;
  const paths = left.paths ?? right.paths;
  return {
    narrowed: left.narrowed || right.narrowed,
    below: left.below || right.below,
    ...(names ? { names } : {}),
    ...(paths ? { paths } : {}),
  };
}

function either(choices: readonly Narrowing[]): Narrowing {
  const named = choices.every((choice) => choice.names);
  const pathed = choices.every((choice) => choice.paths);
  return {
    narrowed: choices.every((choice) => choice.narrowed),
    below: choices.every((choice) => choice.below),
    ...(named ? { names: choices.flatMap((choice) => choice.names ?? []) } : {}),
    ...(pathed ? { paths: choices.flatMap((choice) => choice.paths ?? []) } : {}),
  };
}
