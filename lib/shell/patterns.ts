/** Shell patterns (`*`, `?`, `[…]`) on known strings, for `${x#…}`, `case` and program names. No paths, no disk. */

/** Longest text or pattern that is matched; matching backtracks, so it must stay small. */
const MAX_LENGTH = 1024;

/** The regular expression of a shell pattern (not anchored), or undefined when it is too long or broken. */
function patternSource(pattern: string, greedy = true): string | undefined {
  if (pattern.length > MAX_LENGTH) return undefined;
  let source = '';
  for (let i = 0; i < pattern.length; i++) {
    const c = pattern[i] as string;
    if (c === '\\' && i + 1 < pattern.length) source += escapeRegExp(pattern[++i] as string);
    else if (c === '*') {
      while (pattern[i + 1] === '*') i++;
      source += greedy ? '[^]*' : '[^]*?';
    } else if (c === '?') source += '[^]';
    else if (c === '[') {
      const end = pattern.indexOf(']', i + 2);
      if (end < 0) source += '\\[';
      else {
        source += bracket(pattern.slice(i + 1, end));
        i = end;
      }
    } else source += escapeRegExp(c);
  }
  return source;
}

/** True when the whole text matches; undefined when that is not worth deciding. */
export function matchesPattern(text: string, pattern: string): boolean | undefined {
  const source = patternSource(pattern);
  if (source === undefined || text.length > MAX_LENGTH || countStars(pattern) > 8) return undefined;
  return compile(`^${source}$`)?.test(text);
}

/** Removes a prefix or suffix as `${x#p}` (shortest) and `${x##p}` (longest) do. */
export function removePattern(
  text: string,
  pattern: string,
  operator: '#' | '##' | '%' | '%%',
): string | undefined {
  const longest = operator.length === 2;
  if (text.length > MAX_LENGTH || countStars(pattern) > 8) return undefined;
  const source = patternSource(pattern, longest);
  if (source === undefined) return undefined;
  if (operator.startsWith('#')) return replaceFirst(text, `^${source}`, '');
  // A lazy pattern anchored at the end still takes the leftmost start, so the shortest suffix is searched from the right.
  if (longest) return replaceFirst(text, `${source}$`, '');
  const whole = compile(`^(?:${source})$`);
  if (whole === undefined) return undefined;
  for (let start = text.length; start >= 0; start--)
    if (whole.test(text.slice(start))) return text.slice(0, start);
  return text;
}

/** Replaces as `${x/p/r}` (first), `${x//p/r}` (all), `/#` (prefix) and `/%` (suffix) do. */
export function replacePattern(
  text: string,
  pattern: string,
  replacement: string,
  operator: '/' | '//' | '/#' | '/%',
): string | undefined {
  const source = patternSource(pattern);
  if (source === undefined || pattern === '' || text.length > MAX_LENGTH || countStars(pattern) > 8)
    return pattern === '' ? text : undefined;
  const anchored = operator === '/#' ? `^${source}` : operator === '/%' ? `${source}$` : source;
  return compile(anchored, operator === '//' ? 'g' : '') === undefined
    ? undefined
    : text.replace(compile(anchored, operator === '//' ? 'g' : '') as RegExp, () => replacement);
}

function replaceFirst(text: string, source: string, replacement: string): string | undefined {
  const regex = compile(source);
  return regex === undefined ? undefined : text.replace(regex, () => replacement);
}

function countStars(pattern: string): number {
  return pattern.split('*').length - 1;
}

function bracket(inside: string): string {
  const negated = inside.startsWith('!') || inside.startsWith('^');
  const body = (negated ? inside.slice(1) : inside)
    .replace(/\[:alpha:\]?/g, 'A-Za-z')
    .replace(/\[:digit:\]?/g, '0-9')
    .replace(/\[:alnum:\]?/g, 'A-Za-z0-9')
    .replace(/\[:space:\]?/g, '\\s')
    .replace(/\[:upper:\]?/g, 'A-Z')
    .replace(/\[:lower:\]?/g, 'a-z')
    .replace(/[\]^[]/g, '\\$&');
  return `[${negated ? '^' : ''}${body}]`;
}

function escapeRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}

function compile(source: string, flags = ''): RegExp | undefined {
  try {
    return new RegExp(source, flags);
  } catch {
    return undefined;
  }
}
