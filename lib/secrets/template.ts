/** The small language in which token formats are written. Owns its parser and its translation to a regular expression; holds no format. */

/**
 * A template is literal text with holes: `ghp_{A36}` is `ghp_` and 36 letters or digits.
 * `{A36}` exactly 36 · `{A20,40}` 20 to 40 · `{u}` a UUID · `{[A-Z2-7]16}` an alphabet of its own · `(a|b)` either · `(x)?` maybe.
 */
export type Part =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'run'; readonly alphabet: string; readonly min: number; readonly max: number }
  | { readonly kind: 'choice'; readonly branches: readonly (readonly Part[])[]; readonly optional: boolean };

/** Letters that name an alphabet inside a hole, as the inside of a character class. */
const ALPHABETS: Readonly<Record<string, string>> = {
  d: '0-9',
  h: 'a-f0-9',
  H: 'A-Fa-f0-9',
  l: 'a-z',
  L: 'A-Za-z',
  a: 'a-z0-9',
  A: 'A-Za-z0-9',
  U: 'A-Z0-9',
  y: 'A-Z2-7',
  w: 'A-Za-z0-9_',
  s: 'A-Za-z0-9_-',
  e: 'A-Za-z0-9_=-',
  t: 'A-Za-z0-9_.=-',
  b: 'A-Za-z0-9+/',
  B: 'A-Za-z0-9+/=',
};

const UUID: readonly Part[] = [8, 4, 4, 4, 12].flatMap((length, index): Part[] => {
  const run: Part = { kind: 'run', alphabet: ALPHABETS.H ?? '', min: length, max: length };
  return index === 0 ? [run] : [{ kind: 'text', text: '-' }, run];
});

/**
 * Reads a template.
 * @throws Error when it is malformed: tables are code, so a bad row is a bug that its test finds.
 */
export function parseTemplate(template: string): readonly Part[] {
  const [parts, end] = parseParts(template, 0, false);
  if (end !== template.length) throw new Error(`unbalanced ")" in token template ${template}`);
  return parts;
}

function parseParts(template: string, from: number, inside: boolean): readonly [readonly Part[], number] {
  const parts: Part[] = [];
  let at = from;
  while (at < template.length) {
    const char = template[at];
    if (inside && (char === '|' || char === ')')) break;
    if (!inside && char === ')') break;
    if (char === '{') {
      const end = template.indexOf('}', at);
      parts.push(...parseHole(template.slice(at + 1, end), template));
      at = end + 1;
    } else if (char === '(') {
      const [choice, next] = parseChoice(template, at + 1);
      parts.push(choice);
      at = next;
    } else {
      let end = at;
      while (end < template.length && !'{()|'.includes(template[end] ?? '')) end += 1;
      if (end === at) throw new Error(`stray "${char}" in token template ${template}`);
      parts.push({ kind: 'text', text: template.slice(at, end) });
      at = end;
    }
  }
  return [parts, at];
}

function parseChoice(template: string, from: number): readonly [Part, number] {
  const branches: (readonly Part[])[] = [];
  let at = from;
  for (;;) {
    const [branch, end] = parseParts(template, at, true);
    branches.push(branch);
    at = end + 1;
    if (template[end] === ')') break;
    if (template[end] !== '|') throw new Error(`unclosed "(" in token template ${template}`);
  }
  const optional = template[at] === '?';
  return [{ kind: 'choice', branches, optional }, optional ? at + 1 : at];
}

function parseHole(hole: string, template: string): readonly Part[] {
  if (hole === 'u') return UUID;
  const match = /^(?:\[([^\]]+)\]|([A-Za-z]))(\d+)(?:,(\d+))?$/.exec(hole);
  const alphabet = match?.[1] ?? ALPHABETS[match?.[2] ?? ''];
  if (match === null || alphabet === undefined)
    throw new Error(`bad hole {${hole}} in token template ${template}`);
  const min = Number(match[3]);
  return [{ kind: 'run', alphabet, min, max: match[4] === undefined ? min : Number(match[4]) }];
}

/** Regular expression source of a template. Bounded everywhere: no part repeats without an upper limit. */
export function templateSource(parts: readonly Part[]): string {
  let source = '';
  for (const part of parts) {
    if (part.kind === 'text') source += escapeText(part.text);
    else if (part.kind === 'run')
      source += `[${part.alphabet}]${part.min === part.max ? `{${part.min}}` : `{${part.min},${part.max}}`}`;
    else source += `(?:${part.branches.map(templateSource).join('|')})${part.optional ? '?' : ''}`;
  }
  return source;
}

function escapeText(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}

/** Longest text that a template can match, in UTF-16 units. */
export function templateLength(parts: readonly Part[]): number {
  let length = 0;
  for (const part of parts) {
    if (part.kind === 'text') length += part.text.length;
    else if (part.kind === 'run') length += part.max;
    else length += Math.max(...part.branches.map(templateLength));
  }
  return length;
}

/** The literal text that a template starts with: what may be shown of a token, and what a scan looks for. */
export function templatePrefix(template: string): string {
  const end = template.search(/[{(]/);
  return end < 0 ? template : template.slice(0, end);
}

/**
 * Where `word` can stand in what a template matches: the least and the greatest offset of its first character.
 * @returns undefined when no literal part of the top level holds the word
 */
export function findInTemplate(
  parts: readonly Part[],
  word: string,
): readonly [min: number, max: number] | undefined {
  let min = 0;
  let max = 0;
  for (const part of parts) {
    const inside = part.kind === 'text' ? part.text.indexOf(word) : -1;
    if (inside >= 0) return [min + inside, max + inside];
    min += shortest([part]);
    max += templateLength([part]);
  }
  return undefined;
}

function shortest(parts: readonly Part[]): number {
  let length = 0;
  for (const part of parts) {
    if (part.kind === 'text') length += part.text.length;
    else if (part.kind === 'run') length += part.min;
    else if (!part.optional) length += Math.min(...part.branches.map(shortest));
  }
  return length;
}
