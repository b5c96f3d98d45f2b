/** Tells how much of a printed environment anybody gets to see: what a filter behind it leaves, and what goes nowhere. */

import type { Outcome } from '../programs/page.ts';
import { baseName } from '../shell/names.ts';
import type { Effect } from '../types/effect.ts';
import type { Invocation } from '../types/invocation.ts';

const GREPS: ReadonlySet<string> = new Set(['grep', 'egrep', 'fgrep', 'rg']);
const SECRET_NAME = /key|token|secret|pass|cred|auth|priv|^\W*$/i;
/** Options of the greps that show no line, or only how many there are. */
const COUNTS = /^-[a-zA-Z]*[qc]|^--(?:quiet|silent|count)$/;
const INVERTS = /^-[a-zA-Z]*[vzfe]|^--(?:invert|file|regexp)/;
/** Filters that leave names or a count: their words, joined by blanks. */
const NAMES_ONLY: Readonly<Record<string, RegExp>> = {
  wc: /^(?:-[lcmw]+ ?|--(?:lines|bytes|chars|words) ?)*$/,
  cut: /^(?:-d ?= -f ?1|-f ?1 -d ?=)$/,
  sed: /^(?:-E |-r )?s\/=\.\*(?:\$)?\/\/g?$/,
  awk: /^-F ?= \{ ?print ?\$1 ?;? ?\}$/,
};

/**
 * `env | grep NODE` shows the lines asked for and no more, and `env | cut -d= -f1` no value: a dump into such a filter is no dump.
 * The filter is the very next program, its words are known, and it asks for no secret.
 */
export function settleDump(effects: Effect[], next: Invocation): void {
  const last = effects.at(-1);
  if (last?.kind !== 'env' || last.op !== 'dump' || next.stdin !== 'pipe') return;
  const words = next.argv.slice(1).map((word) => word.text);
  const known = words.filter((text) => text !== undefined);
  if (known.length < words.length) return;
  const name = baseName(next.argv[0]?.text ?? '');
  const leaves = NAMES_ONLY[name]?.test(known.join(' '))
    ? 'names'
    : GREPS.has(name)
      ? linesAsked(known)
      : undefined;
  if (leaves !== undefined) effects[effects.length - 1] = { ...last, op: 'read', name: leaves, shown: false };
}

/** The pattern of a grep that lets no secret through. */
function linesAsked(words: readonly string[]): string | undefined {
  const pattern = words.find((text) => !text.startsWith('-'));
  if (pattern === undefined) return undefined;
  if (words.some((text) => COUNTS.test(text))) return pattern;
  if (words.some((text) => INVERTS.test(text))) return undefined;
  return /[A-Za-z]{3}/.test(pattern) && !SECRET_NAME.test(pattern) && !/[|*]/.test(pattern)
    ? pattern
    : undefined;
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
