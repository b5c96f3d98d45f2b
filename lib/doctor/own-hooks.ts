/** Our hooks as findings speak of them. Decides nothing. */

import { EVENT_RULES } from '../codex/events.ts';
import type { EventName } from '../types/payload.ts';
import type { Draft } from './finding.ts';
import type { OwnHook } from './hook-trust.ts';
import type { Situation } from './situation.ts';
import { mergeMends } from './wiring-text.ts';

/** Events that belong to the wiring. */
export const WIRED_EVENTS = (Object.keys(EVENT_RULES) as EventName[]).filter(
  (event) => EVENT_RULES[event].program !== undefined,
);

/** One finding a file for those of our hooks that something is wrong with. */
export function perFile(
  s: Situation,
  isWrong: (hook: OwnHook) => boolean,
  say: (events: string, file: string) => Draft,
): readonly Draft[] {
  const wrong = s.trust.own.filter(isWrong);
  return [...new Set(wrong.map(({ file }) => file))].map((file) => {
    const isUsers = wrong.some((hook) => hook.file === file && hook.place === 'user');
    return {
      ...say(listEvents(wrong.filter((hook) => hook.file === file)), file),
      ...(isUsers ? mergeMends(s) : {}),
    };
  });
}

/** Names for a sentence. */
export function listEvents(hooks: readonly OwnHook[]): string {
  const events = [...new Set(hooks.map(({ event }) => event))];
  return events.length === WIRED_EVENTS.length ? 'All hooks' : events.join(', ');
}

/** Every hook that the client looks at, foreign ones too. */
export function listHooks(s: Situation) {
  return s.sources
    .filter(({ isUsed }) => isUsed)
    .flatMap(({ file, hooks }) => hooks.map((hook) => ({ ...hook, file })));
}
