/** Tells how much of a printed environment anybody gets to see: what a filter behind it leaves, and what goes nowhere. */

import { isDotenv, leavesNames } from '../programs/coreutils/names-only.ts';
import type { Outcome } from '../programs/page.ts';
import { baseName } from '../shell/names.ts';
import type { Effect } from '../types/effect.ts';
import type { Invocation } from '../types/invocation.ts';

const GREPS: ReadonlySet<string> = new Set(['grep', 'egrep', 'fgrep', 'rg']);
const SECRET_NAME = /key|token|secret|pass|cred|auth|priv|^\W*$/i;
/** Options of the greps that show no line, or only how many there are. */
const COUNTS = /^-[EFGPHhinosvwxz]*[qc]|^--(?:quiet|silent|count)$/;
/** Options of the greps that show no other line than the ones asked for. */
const HARMLESS = /^-[EFGPHhinoswx]+$|^--(?:colou?r(?:=\w+)?|ignore-case|line-number|only-matching)$/;
/** Parts of names and where a name starts or ends, nothing that stands for any text. */
const PLAIN_PATTERN = /^[\w=^$.-]*[A-Za-z]{3}[\w=^$.-]*$/;

/** The program before, as far as it tells what a filter behind it gets. */
export interface Shower {
  readonly invocation: Invocation;
  /** How many effects there were when it started. */
  readonly before: number;
}

/**
 * `env | grep NODE` shows the lines asked for and no more, and `cat .env | cut -d= -f1` no value: what goes into such a filter is
 * not shown. The filter is the very next program, all that the one before does is show, and all that goes to the filter; the
 * filter's words are known, and it asks for no secret.
 */
export function settleDump(effects: Effect[], shower: Shower | undefined, next: Invocation): void {
  if (next.stdin !== 'pipe' || shower?.invocation.piped !== true) return;
  const last = effects.at(-1);
  if (last === undefined) return;
  const words = next.argv.slice(1).map((word) => word.text);
  const known = words.filter((text) => text !== undefined);
  if (known.length < words.length) return;
  const name = baseName(next.argv[0]?.text ?? '');
  const leaves = leavesNames(name, known) ? 'names' : GREPS.has(name) ? linesAsked(known) : undefined;
  if (leaves === undefined) return;
  if (last.kind === 'env' && last.op === 'dump')
    effects[effects.length - 1] = { ...last, op: 'read', name: leaves, shown: false };
  else if (leaves === 'names' && onlyShows(effects.slice(shower.before)))
    for (const [at, effect] of effects.entries())
      if (at >= shower.before && effect.kind === 'file' && isDotenv(effect.path))
        effects[at] = { ...effect, op: 'list' };
}

/** True for a program that starts and reads, and has no other effect. */
function onlyShows(effects: readonly Effect[]): boolean {
  return effects.every(
    (effect) =>
      (effect.kind === 'run' && effect.code === undefined) ||
      (effect.kind === 'file' && (effect.op === 'read' || effect.op === 'list')),
  );
}

/** The pattern of a grep that lets no secret through. */
function linesAsked(words: readonly string[]): string | undefined {
  const [pattern, ...files] = words.filter((text) => !text.startsWith('-'));
  if (pattern === undefined || files.length > 0) return undefined;
  if (words.some((text) => COUNTS.test(text))) return pattern;
  if (words.some((text) => text.startsWith('-') && !HARMLESS.test(text))) return undefined;
  const names = pattern.replace(/\\?[()]/g, '').split(/\\?\|/);
  return names.every((part) => PLAIN_PATTERN.test(part)) && !SECRET_NAME.test(pattern) ? pattern : undefined;
}

/** What is printed into `/dev/null` is shown to nobody. */
export function hideUnread(outcome: Outcome, { redirects }: Invocation): Outcome {
  const output = redirects.findLast(({ fd, op }) => fd === 1 && op !== 'read');
  if (output?.target.text !== '/dev/null') return outcome;
  if (!outcome.effects.some((effect) => effect.kind === 'env' && effect.shown)) return outcome;
  return {
    ...outcome,
    effects: outcome.effects.map((effect) => (effect.kind === 'env' ? { ...effect, shown: false } : effect)),
  };
}
