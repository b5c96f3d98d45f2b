/** Turns RE2 expressions into JavaScript's, and refuses those whose running time could explode. Owns both judgements. */

import { invertRanges, type Ranges } from './re2-ranges.ts';
import { parseRe2, Re2Error, type Re2Node } from './re2-syntax.ts';

/** An expression that is safe to run on slices of `slice` characters. */
export interface TranslatedPattern {
  readonly pattern: RegExp;
  readonly slice: number;
}

/** Characters that an expression may see at once, by how many unbounded repeats of wide sets follow each other in it. */
const SLICES = [16_384, 16_384, 2048, 512] as const;
/** A set of so many characters can share text with its neighbours. */
const WIDE = 16;
/** Repeats up to here count as bounded. */
const BOUNDED = 256;

/**
 * Translates an expression; the result has the flag `g`.
 * @returns the reason, as the end of the sentence "the expression …", when it cannot be used
 */
export function translateRe2(text: string): TranslatedPattern | string {
  try {
    const branches = parseRe2(text);
    const reason = findExplosion(branches);
    if (reason !== undefined) return reason;
    const degree = Math.max(...branches.map(countWide));
    const slice = SLICES[degree];
    if (slice === undefined) return 'repeats wide sets too often';
    const source = writeBranches(branches);
    return { pattern: new RegExp(source, /\\[pP]\{|\\u\{/.test(source) ? 'gu' : 'g'), slice };
  } catch (error) {
    if (error instanceof Re2Error || error instanceof SyntaxError) return `cannot be read: ${error.message}`;
    throw error;
  }
}

/** Why the expression could take exponential time, or undefined. */
function findExplosion(branches: readonly (readonly Re2Node[])[]): string | undefined {
  for (const node of branches.flat()) {
    if (node.kind === 'group') {
      const reason = findExplosion(node.branches);
      if (reason !== undefined) return reason;
    }
    if (node.kind !== 'repeat') continue;
    const reason = findExplosion([[node.node]]);
    if (reason !== undefined) return reason;
    if (node.max <= 1 || node.node.kind !== 'group') continue;
    const body = node.node.branches;
    if (body.some((branch) => hasVariableRepeat(branch) && (node.max > BOUNDED || !hasSeparator(branch))))
      return 'nests a repeat in a repeat';
    if (body.length > 1 && !mergeBranches(body) && overlaps(body))
      return 'repeats a choice between alternatives that overlap';
  }
  return undefined;
}

function hasVariableRepeat(nodes: readonly Re2Node[]): boolean {
  return nodes.some((node) => {
    if (node.kind === 'repeat') return node.max > node.min && node.max > 1;
    return node.kind === 'group' && node.branches.some(hasVariableRepeat);
  });
}

/** True when the body holds a character that always has to be there, so that rounds cannot shift against each other freely. */
function hasSeparator(nodes: readonly Re2Node[]): boolean {
  return nodes.some((node) => node.kind === 'set');
}

function overlaps(branches: readonly (readonly Re2Node[])[]): boolean {
  const firsts = branches.map((branch) => firstCharacters(branch));
  return firsts.some((first, at) => firsts.slice(at + 1).some((other) => shareCharacter(first, other)));
}

/** The characters that a branch can begin with; undefined when that is not simple to tell. */
function firstCharacters(nodes: readonly Re2Node[]): Ranges | undefined {
  const first = nodes[0];
  if (first?.kind === 'repeat' && first.min > 0) return firstCharacters([first.node]);
  if (first?.kind !== 'set' || first.properties.length > 0) return undefined;
  return first.negated ? invertRanges(first.ranges) : first.ranges;
}

function shareCharacter(one: Ranges | undefined, other: Ranges | undefined): boolean {
  if (one === undefined || other === undefined) return true;
  return one.some(([low, high]) => other.some(([from, to]) => low <= to && from <= high));
}

/** Unbounded repeats of wide sets along the longest way through a branch. */
function countWide(nodes: readonly Re2Node[]): number {
  let count = 0;
  for (const node of nodes) {
    if (node.kind === 'group') count += Math.max(...node.branches.map(countWide));
    if (node.kind !== 'repeat') continue;
    if (node.max > BOUNDED && isWide(node.node)) count += 1;
    else if (node.node.kind === 'group')
      count += Math.max(...node.node.branches.map(countWide)) * Math.min(node.max, 2);
  }
  return count;
}

function isWide(node: Re2Node): boolean {
  if (node.kind !== 'set') return true;
  const ranges = node.negated ? invertRanges(node.ranges) : node.ranges;
  return node.properties.length > 0 || ranges.reduce((sum, [low, high]) => sum + high - low + 1, 0) > WIDE;
}

/** Alternatives of one character each are one set, which is both faster and safe to repeat. */
function mergeBranches(branches: readonly (readonly Re2Node[])[]): Re2Node | undefined {
  const ranges: (readonly [number, number])[] = [];
  for (const branch of branches) {
    const [node, ...more] = branch;
    if (node?.kind !== 'set' || more.length > 0 || node.properties.length > 0) return undefined;
    ranges.push(...(node.negated ? invertRanges(node.ranges) : node.ranges));
  }
  return { kind: 'set', ranges, negated: false, properties: [] };
}

function writeBranches(branches: readonly (readonly Re2Node[])[]): string {
  return branches.map((branch) => branch.map(writeNode).join('')).join('|');
}

const EDGES = {
  'text-start': '(?<![\\s\\S])',
  'text-end': '(?![\\s\\S])',
  'line-start': '(?<![^\\n])',
  'line-end': '(?![^\\n])',
  word: '\\b',
  'no-word': '\\B',
} as const;

function writeNode(node: Re2Node): string {
  switch (node.kind) {
    case 'edge':
      return EDGES[node.at];
    case 'set':
      return writeSet(node.ranges, node.negated, node.properties);
    case 'group': {
      const merged = node.branches.length < 2 ? undefined : mergeBranches(node.branches);
      if (merged !== undefined && !node.capture) return writeNode(merged);
      return `(${node.capture ? '' : '?:'}${merged === undefined ? writeBranches(node.branches) : writeNode(merged)})`;
    }
    case 'repeat': {
      const inner = node.node.kind === 'edge' ? `(?:${writeNode(node.node)})` : writeNode(node.node);
      return `${inner}${writeCount(node.min, node.max)}${node.lazy ? '?' : ''}`;
    }
  }
}

function writeCount(min: number, max: number): string {
  if (max === Number.POSITIVE_INFINITY) return min === 0 ? '*' : min === 1 ? '+' : `{${min},}`;
  if (min === 0 && max === 1) return '?';
  return min === max ? `{${min}}` : `{${min},${max}}`;
}

function writeSet(ranges: Ranges, negated: boolean, properties: readonly string[]): string {
  const [only] = ranges;
  if (!negated && properties.length === 0 && ranges.length === 1 && only !== undefined && only[0] === only[1])
    return writeCode(only[0]);
  // Without the flag `u` the last code unit stands for all higher code points.
  const items = ranges.map(([low, high]) => {
    const top = high === 0x10ffff && properties.length === 0 ? 0xffff : high;
    return low === top ? writeCode(low) : `${writeCode(low)}-${writeCode(top)}`;
  });
  return `[${negated ? '^' : ''}${items.join('')}${properties.join('')}]`;
}

function writeCode(code: number): string {
  if (/[A-Za-z0-9]/.test(String.fromCodePoint(code))) return String.fromCodePoint(code);
  if (code < 256) return `\\x${code.toString(16).padStart(2, '0')}`;
  if (code <= 0xffff) return `\\u${code.toString(16).padStart(4, '0')}`;
  return `\\u{${code.toString(16)}}`;
}
