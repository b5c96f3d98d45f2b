/** How a new value of one option combines with the one in force. Knows option kinds, not layers. */

import type { OptionSpec } from '../kit/define-guard.ts';
import { coverGlobs, coverTexts } from './covers.ts';
import { INHERITED, type OptionValue } from './document.ts';
import { join, quote } from './phrases.ts';

export interface Combined {
  readonly value: OptionValue;
  /** Why the new value, or a part of it, was not taken: a clause. */
  readonly refused?: string;
}

type ListSpec = Extract<OptionSpec, { type: 'strings' | 'globs' }>;

/**
 * The value after a layer that may loosen. A list of permissions replaces the one in force (`...` stands for it); prohibitions
 * add up, and `!x` takes one away.
 */
export function replaceValue(spec: OptionSpec, current: OptionValue, next: OptionValue): OptionValue {
  if (!isList(spec)) return next;
  const [before, after] = [current as readonly string[], next as readonly string[]];
  return spec.direction === 'prohibition' ? addUp(spec, before, after) : spliceIn(spec, before, after);
}

/** The value after a layer that may only tighten. What would loosen is left out and named in `refused`. */
export function tightenValue(spec: OptionSpec, current: OptionValue, next: OptionValue): Combined {
  if (isList(spec)) {
    const [before, after] = [current as readonly string[], next as readonly string[]];
    return spec.direction === 'prohibition'
      ? forbidMore(spec, before, after)
      : allowLess(spec, before, after);
  }
  if (isLooser(spec, next, current))
    return { value: current, refused: `${String(next)} is looser than ${String(current)}` };
  return { value: next };
}

/** The stricter of two values of a row that goes from loosest to strictest. */
export function tightenWord<T extends string | boolean>(
  row: readonly T[],
  current: T,
  next: T,
): { value: T; refused?: string } {
  return row.indexOf(next) < row.indexOf(current)
    ? { value: current, refused: `\`${next}\` is looser than \`${current}\`` }
    : { value: next };
}

function isList(spec: OptionSpec): spec is ListSpec {
  return spec.type === 'strings' || spec.type === 'globs';
}

function isLooser(spec: Exclude<OptionSpec, ListSpec>, next: OptionValue, current: OptionValue): boolean {
  switch (spec.type) {
    case 'number':
      return spec.tighter === 'lower' ? next > current : next < current;
    case 'boolean':
      return current === spec.tighter && next !== current;
    case 'choice':
      return spec.choices.indexOf(next as string) < spec.choices.indexOf(current as string);
  }
}

/** `!x` of a text list takes `x` out of it; in a glob list it stays, because it also takes out of wider patterns. */
function addUp(spec: ListSpec, before: readonly string[], after: readonly string[]): readonly string[] {
  const gone = new Set(after.map(opposite));
  const kept = before.filter((entry) => !gone.has(entry));
  return unique([...kept, ...after.filter((entry) => isKept(spec, entry))]);
}

function spliceIn(spec: ListSpec, before: readonly string[], after: readonly string[]): readonly string[] {
  const gone = new Set(after.filter(isExclusion).map(opposite));
  const whole = after.flatMap((entry) => (entry === INHERITED ? before : [entry]));
  return unique(whole.filter((entry) => !gone.has(entry) && isKept(spec, entry)));
}

function forbidMore(spec: ListSpec, before: readonly string[], after: readonly string[]): Combined {
  const refused = after.filter((entry) => isExclusion(entry) && !before.includes(entry));
  const added = after.filter((entry) => !isExclusion(entry) && entry !== INHERITED);
  const value = addUp(spec, before, added);
  return refused.length === 0
    ? { value }
    : { value, refused: `${join(refused.map(quote))} would take away what is forbidden` };
}

/** Keeps of both lists what the other one covers. */
function allowLess(spec: ListSpec, before: readonly string[], after: readonly string[]): Combined {
  const cover = spec.type === 'globs' ? coverGlobs : coverTexts;
  const gone = new Set(after.filter(isExclusion).map(opposite));
  const isAllowance = (entry: string) => !isExclusion(entry) && !gone.has(entry);
  const now = before.filter(isAllowance);
  const then = after.flatMap((entry) => (entry === INHERITED ? now : [entry])).filter(isAllowance);
  const [isInNow, isInThen] = [cover(now), cover(then)];
  const exclusions = [...before, ...after].filter((entry) => isExclusion(entry) && isKept(spec, entry));
  const value = unique([...then.filter(isInNow), ...now.filter(isInThen), ...exclusions]);
  const refused = then.filter((entry) => !isInNow(entry));
  if (refused.length === 0) return { value };
  return {
    value,
    refused: `${join(refused.map(quote))} ${refused.length === 1 ? 'is' : 'are'} not allowed so far`,
  };
}

function isExclusion(entry: string): boolean {
  return entry.startsWith('!');
}

function opposite(entry: string): string {
  return isExclusion(entry) ? entry.slice(1) : `!${entry}`;
}

function isKept(spec: ListSpec, entry: string): boolean {
  return entry !== INHERITED && (spec.type === 'globs' || !isExclusion(entry));
}

function unique(list: readonly string[]): readonly string[] {
  return [...new Set(list)];
}
