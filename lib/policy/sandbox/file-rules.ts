/** Turns a policy's file patterns into rules that the client's sandbox can keep. Owns what its patterns can say; asks no disk. */

import { expandBraces } from '../../kit/globs.ts';
import type { FileRule, Unsaid } from '../../types/sandbox.ts';
import { spellOutOthers } from './other-texts.ts';

/** What a list of patterns comes to. */
export interface FileRules {
  readonly rules: readonly FileRule[];
  readonly unsaid: readonly Unsaid[];
}

/**
 * Directories in which files come and go. For a pattern the client walks all that lies below the directory that it starts with,
 * before every command, and a file that vanishes meanwhile ends the command ("failed to enumerate unreadable glob paths").
 */
const LIVING = /^(?:~?$|\/(?:proc|sys|dev|run|tmp|var\/run|var\/tmp|private\/tmp)(?:\/|$))/;

/** Rules that keep programs away from what patterns mean, but for what more specific ones permit. */
export function denyFiles(patterns: readonly string[], permits: readonly string[], from: string): FileRules {
  return collect(patterns, from, (pattern) => {
    const start = walkStart(place(pattern));
    if (start !== undefined && LIVING.test(start))
      return `files come and go in ${start || '/'}, so patterns there are for the guards alone`;
    return openUp(place(pattern), permits.flatMap(alternatives).map(place)).map((path) => ({
      path,
      access: 'deny',
      from,
    }));
  });
}

/** Rules that make places read-only or writable. The client takes whole paths and trees there, no patterns. */
export function permitFiles(patterns: readonly string[], access: 'read' | 'write', from: string): FileRules {
  return collect(patterns, from, (pattern) => {
    const path = pattern.replace(/\/\*\*$/, '');
    if (hasWildcard(path)) return 'the client takes patterns for `deny` only';
    if (!path.includes('/') && path === pattern)
      return 'a file name that holds anywhere is a pattern, and the client takes those for `deny` only';
    return [{ path: path.replaceAll('\\', ''), access, from }];
  });
}

function collect(
  patterns: readonly string[],
  from: string,
  translate: (pattern: string) => readonly FileRule[] | string,
): FileRules {
  const rules = new Map<string, FileRule>();
  const unsaid: Unsaid[] = [];
  for (const pattern of patterns.flatMap(alternatives)) {
    const result = pattern.startsWith('!')
      ? 'the client knows no exceptions inside a pattern'
      : /\\[*?[\]{}]/.test(pattern)
        ? 'the client has no way to write a wildcard that stands for itself'
        : translate(pattern);
    if (typeof result === 'string') unsaid.push({ what: pattern, why: result, from });
    else for (const rule of result) rules.set(rule.path, rule);
  }
  return { rules: [...rules.values()], unsaid };
}

/** The client does not know braces, and a trailing slash means everything below. */
function alternatives(pattern: string): readonly string[] {
  return (expandBraces(pattern) ?? []).map((each) => (each.endsWith('/') ? `${each}**` : each));
}

/** Where a pattern of `deny` holds: a bare name anywhere in the workspace; `x/**` is the directory itself. */
function place(pattern: string): string {
  const path = pattern.replace(/\/\*\*$/, '');
  return path.includes('/') || path !== pattern ? path : `**/${path}`;
}

/**
 * The client lets nothing through a pattern once it is denied. A pattern with one `*` (`.env.*`) can be said around the names
 * that are to stay open; any other stays whole, and is then stricter than the guards.
 */
function openUp(pattern: string, permits: readonly string[]): readonly string[] {
  const star = pattern.lastIndexOf('*');
  const start = pattern.slice(0, star);
  const end = pattern.slice(star + 1);
  if (star < 0 || !/^\*\*\/[^*?[]+$|^\*\*\/$/.test(start) || /[*?[/]/.test(end) || pattern.endsWith('**'))
    return [...homeName(pattern), pattern];
  const open = permits.flatMap((permit) => {
    if (!permit.startsWith(start) || !permit.endsWith(end)) return [];
    const middle = permit.slice(start.length, permit.length - end.length);
    return middle === '' || /[*?[\]/]/.test(middle) ? [] : [middle];
  });
  return open.length === 0 ? [pattern] : spellOutOthers(open).map((other) => start + other + end);
}

/** A credential file that has a name of its own mostly lies in the home directory, which is outside the workspace. */
function homeName(pattern: string): readonly string[] {
  const name = /^\*\*\/([^*?[\]/]+)$/.exec(pattern)?.[1];
  return name === undefined ? [] : [`~/${name}`];
}

/** The directory from which the client looks for what a pattern outside of the workspace means; undefined for a plain path. */
function walkStart(pattern: string): string | undefined {
  if (!/^[/~]/.test(pattern) || !hasWildcard(pattern)) return undefined;
  const names = pattern.split('/');
  return names.slice(0, names.findIndex(hasWildcard)).join('/');
}

function hasWildcard(pattern: string): boolean {
  return /[*?[]/.test(pattern);
}
