/** Whether everything that one pattern allows is allowed by others. When in doubt it says no: a project may only tighten. */

import { compileGlobs } from '../kit/globs.ts';
import { matchesHost, normalizeHost } from '../kit/hosts.ts';

/** Tells for a list of patterns (none with a leading `!`) whether another pattern matches nothing that the list does not. */
export function coverGlobs(uppers: readonly string[]): (lower: string) => boolean {
  const named = new Set(uppers);
  const set = compileGlobs(uppers);
  return (lower) => {
    if (named.has(lower)) return true;
    const whole = spellOut(lower);
    if (!/[*?[\]{}\\]/.test(whole)) return set.match(whole) !== undefined;
    return uppers.some((upper) => coversPattern(spellOut(upper), whole));
  };
}

/** `build/` is short for everything in it. */
function spellOut(pattern: string): string {
  return pattern.endsWith('/') ? `${pattern}**` : pattern;
}

function coversPattern(upper: string, lower: string): boolean {
  if (upper === '**') return true;
  if (upper.endsWith('/**') && lower.startsWith(upper.slice(0, -2))) return true;
  // Comparing text in the middle is only sound where no brace can hide an end.
  if (!upper.startsWith('**/') || /[{}\\]/.test(lower)) return false;
  const anywhere = upper.slice(3);
  if (`/${lower}`.endsWith(`/${anywhere}`)) return true;
  return anywhere.endsWith('/**') && `/${lower}/`.includes(`/${anywhere.slice(0, -2)}`);
}

/**
 * The same for lists of texts: hosts with `*.` and `**.` in front (see kit/hosts.ts), names that end in a slash and one or
 * two stars, and plain words.
 */
export function coverTexts(uppers: readonly string[]): (lower: string) => boolean {
  const named = new Set(uppers);
  return (lower) => named.has(lower) || uppers.some((upper) => coversText(upper, lower));
}

function coversText(upper: string, lower: string): boolean {
  if (/[/\s]/.test(lower)) return coversName(upper, lower);
  if (!lower.includes('*')) return coversHost(upper, lower);
  return coversHostPattern(upper, lower);
}

function coversName(upper: string, lower: string): boolean {
  if (upper.endsWith('/**')) return lower.startsWith(upper.slice(0, -2));
  if (!upper.endsWith('/*') || !lower.startsWith(upper.slice(0, -1))) return false;
  return /^[^/*]+$/.test(lower.slice(upper.length - 1));
}

function coversHost(upper: string, lower: string): boolean {
  const port = /^[^:]+:(\d+)$/.exec(lower);
  const host = normalizeHost(port ? lower.slice(0, lower.lastIndexOf(':')) : lower);
  if (host.class === 'invalid') return false;
  // Without a port the lower entry means every port.
  return matchesHost(upper, host, port ? Number(port[1]) : undefined);
}

/** `**.a.example` below `**.example`, or any pattern of public names below `*`. */
function coversHostPattern(upper: string, lower: string): boolean {
  const bare = upper.includes(':') ? lower : lower.replace(/:(?:\d+|\*)$/, '');
  const base = /^\*\*?\.([a-z0-9.-]*[a-z][a-z0-9-]*(?::\S+)?)$/i.exec(bare)?.[1];
  if (base === undefined) return false;
  if (upper === '*')
    return normalizeHost(base).class === 'public' && normalizeHost(`x.${base}`).class === 'public';
  return upper.startsWith('**.') && `.${base}`.toLowerCase().endsWith(upper.slice(2).toLowerCase());
}
