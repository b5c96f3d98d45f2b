/** What the model is told when a session or a sub-agent begins: the policy in force, so that it is not refused in the first place. */

import { guards } from '../guards/index.ts';
import type { AnyGuard } from '../kit/define-guard.ts';
import type { HostFacts } from '../kit/host-facts.ts';
import { printText } from '../kit/words.ts';
import type { Exception, GlobSet, OptionValues, Policy } from '../types/policy.ts';

/** Longest text in UTF-16 units: it stays in the model's context for the whole session. */
const MAX_TEXT = 1_800;
/** Entries of a list that are named, most first: the first that fits is taken. */
const LISTS = [8, 6, 4, 3, 2, 1];
const MAX_LINE = 400;

const REFUSED =
  'codex-guard judges every step before it runs. What breaks these rules is refused, and you are told what to do instead:';
const WARNED = 'These rules only warn:';
const ONLY_WARNED = 'codex-guard judges every step before it runs, and warns about what breaks these rules:';
const UNSEEN =
  'What cannot be judged before it runs is refused: write programs, paths and hosts out literally.';
const HABITS =
  'Work like this: read first, plan before changing anything, keep changes contained, verify afterwards, report risks.';

/**
 * About ten lines, at most 1,800 characters. Empty where the policy only observes: nothing is refused then, and nobody should
 * behave otherwise than usual.
 */
export function writeSessionContext(
  policy: Policy,
  host: HostFacts,
  registry: readonly AnyGuard[] = guards,
): string {
  if (policy.mode === 'observe') return '';
  let lines: readonly string[] = [];
  for (const most of LISTS) {
    lines = linesOf(policy, host, registry, most);
    if (lengthOf(lines) <= MAX_TEXT) return lines.join('\n');
  }
  return leaveOut(lines);
}

function linesOf(
  policy: Policy,
  host: HostFacts,
  registry: readonly AnyGuard[],
  most: number,
): readonly string[] {
  const rules = registry.flatMap((guard) => {
    const setting = policy.guards[guard.id];
    if (setting === undefined || (setting.level !== 'deny' && setting.level !== 'warn')) return [];
    const text = guard.brief?.(putOwnFirst(guard, setting.options) as never, host, most);
    return text === undefined ? [] : [{ level: setting.level, line: shorten(`- ${text}`) }];
  });
  const of = (level: 'deny' | 'warn') => rules.flatMap((rule) => (rule.level === level ? [rule.line] : []));
  const unseen = policy.uncertain === 'deny' ? [`- ${UNSEEN}`] : [];
  const [refused, warned] =
    policy.mode === 'warn' ? [[], [...of('deny'), ...of('warn')]] : [[...of('deny'), ...unseen], of('warn')];
  return [
    ...(refused.length > 0 ? [REFUSED, ...refused] : []),
    ...(warned.length > 0 ? [refused.length > 0 ? WARNED : ONLY_WARNED, ...warned] : []),
    ...printExceptions(policy.exceptions, most),
    HABITS,
  ];
}

/** Lists with what a policy says beyond the guard's own list in front: that is what nobody would expect. */
function putOwnFirst(guard: AnyGuard, options: OptionValues): OptionValues {
  const sort = (name: string, list: readonly string[]): readonly string[] => {
    const usual = guard.options[name]?.default;
    if (!Array.isArray(usual)) return list;
    return [
      ...list.filter((entry) => !usual.includes(entry)),
      ...list.filter((entry) => usual.includes(entry)),
    ];
  };
  return Object.fromEntries(
    Object.entries(options).map(([name, value]) => {
      if (Array.isArray(value)) return [name, sort(name, value)];
      return [name, isGlobSet(value) ? { ...value, patterns: sort(name, value.patterns) } : value];
    }),
  );
}

function isGlobSet(value: OptionValues[string]): value is GlobSet {
  return typeof value === 'object' && 'patterns' in value;
}

/** What is let through all the same, until when. Their reasons are for people. */
function printExceptions(exceptions: readonly Exception[], most: number): readonly string[] {
  if (exceptions.length === 0) return [];
  const shown = exceptions
    .slice(0, most)
    .map(
      ({ guard, match, until }) =>
        `${guard} for ${Object.values(match).map(printText).join(', ')} until ${until}`,
    );
  const rest = exceptions.length - shown.length;
  return [shorten(`Exceptions: ${shown.join('; ')}${rest > 0 ? ` and ${rest} more` : ''}.`)];
}

/** Leaves out as many lines before the last one as there is no room for. */
function leaveOut(lines: readonly string[]): string {
  const kept = lines.slice(0, -1);
  const end = (): readonly string[] => [
    ...kept,
    `(and ${lines.length - 1 - kept.length} more lines; they hold as well)`,
    HABITS,
  ];
  while (kept.length > 1 && lengthOf(end()) > MAX_TEXT) kept.pop();
  return end().join('\n');
}

function lengthOf(lines: readonly string[]): number {
  return lines.reduce((sum, line) => sum + line.length + 1, -1);
}

function shorten(line: string): string {
  return line.length > MAX_LINE ? `${line.slice(0, MAX_LINE - 1)}…` : line;
}
