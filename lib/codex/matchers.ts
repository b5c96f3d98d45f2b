/** What the client makes of a hook's matcher. Observed on Codex 0.169.0. Too slow for a hook: it compiles patterns. */

import type { EventName } from '../types/payload.ts';

/** Names that are matched at an event; one sample a kind. Events that are not here ignore their matchers. */
const SAMPLES: Readonly<Partial<Record<EventName, readonly string[]>>> = {
  PreToolUse: ['Bash', 'apply_patch', 'mcp__server__tool', 'spawn_agent', 'view_image'],
  PermissionRequest: ['Bash', 'apply_patch', 'mcp__server__tool'],
  PostToolUse: ['Bash', 'apply_patch', 'mcp__server__tool', 'spawn_agent', 'view_image'],
  SessionStart: ['startup', 'resume', 'clear', 'compact'],
  SessionEnd: ['other'],
  PreCompact: ['manual', 'auto'],
  PostCompact: ['manual', 'auto'],
  SubagentStart: ['default', 'worker'],
  SubagentStop: ['default', 'worker'],
};

/** Other names under which a tool is found. */
const ALSO: Readonly<Record<string, readonly string[]>> = {
  apply_patch: ['Write', 'Edit'],
  spawn_agent: ['Agent'],
};

/** Names that people know from elsewhere, and under which the client calls no hook. */
const NEVER: Readonly<Record<string, string>> = {
  shell: 'Bash',
  bash: 'Bash',
  exec_command: 'Bash',
  shell_command: 'Bash',
  local_shell: 'Bash',
  unified_exec: 'Bash',
  write_stdin: 'Bash',
  MultiEdit: 'apply_patch',
  ApplyPatch: 'apply_patch',
  patch: 'apply_patch',
  mcp: 'mcp__.*',
};

/** Why the client drops the hook's group; undefined when it takes the matcher. */
export function findMatcherFault(matcher: string | undefined): string | undefined {
  if (matcher === undefined || isList(matcher) || matcher === '*') return undefined;
  if (/\(\?(?:=|!|<=|<!)/.test(matcher)) return 'look-ahead and look-behind are not supported';
  if (/\\[1-9]/.test(matcher)) return 'back-references are not supported';
  if (compile(matcher) !== undefined || /\(\?|\\[pPzA]|\[\[:/.test(matcher)) return undefined;
  return 'it is not a valid regular expression';
}

/** Sample names of an event that none of the matchers takes. Empty for events that ignore matchers. */
export function findMissed(event: string, matchers: readonly (string | undefined)[]): readonly string[] {
  const samples = SAMPLES[event as EventName] ?? [];
  return samples.filter((name) => !matchers.some((matcher) => takes(matcher, name)));
}

/** The names of a matcher that never match, each with the one that does; only when it has no other. */
export function findNeverNames(matcher: string | undefined): readonly (readonly [string, string])[] {
  if (matcher === undefined || matcher === '' || !isList(matcher)) return [];
  const names = matcher.split('|').filter((name) => name !== '');
  return names.every((name) => Object.hasOwn(NEVER, name))
    ? names.map((name) => [name, NEVER[name] as string] as const)
    : [];
}

function takes(matcher: string | undefined, name: string): boolean {
  if (matcher === undefined || matcher === '' || matcher === '*') return true;
  const names = [name, ...(ALSO[name] ?? [])];
  if (isList(matcher)) return matcher.split('|').some((one) => names.includes(one));
  if (findMatcherFault(matcher) !== undefined) return false;
  // A pattern in words that only the client's own engine knows counts as taking all.
  const pattern = compile(matcher);
  return pattern === undefined || names.some((one) => pattern.test(one));
}

/** Such a matcher is a list of exact names. */
function isList(matcher: string): boolean {
  return /^[A-Za-z0-9_|]*$/.test(matcher);
}

function compile(matcher: string): RegExp | undefined {
  try {
    return new RegExp(matcher.replace(/^\(\?i\)/, ''), matcher.startsWith('(?i)') ? 'iu' : 'u');
  } catch {
    return undefined;
  }
}
