/** Checks of single hooks: does each see every tool, have the time it needs, and is it waited for? */

import { EVENT_RULES } from '../../codex/events.ts';
import { findMatcherFault, findMissed, findNeverNames } from '../../codex/matchers.ts';
import type { Check, Draft } from '../finding.ts';
import { listHooks, perFile, WIRED_EVENTS } from '../own-hooks.ts';
import { mergeMends } from '../wiring-text.ts';

const INSTALL = 'codex-guard install';
/** Seconds: less than this, and the client gives up on a hook before its own deadline ends it. */
const LEAST_TIMEOUT = 10;
/** Nobody waits a quarter of an hour for a hook: such a number was meant as milliseconds. */
const MOST_TIMEOUT = 900;

export const HANDLER_CHECKS: readonly Check[] = [
  {
    id: 'timeout-milliseconds',
    family: 'hooks',
    title: 'A timeout looks like milliseconds',
    about: 'timeouts are whole seconds: 30000 is more than eight hours',
    run: (s) => [
      ...perFile(
        s,
        ({ timeout }) => (timeout ?? 0) >= MOST_TIMEOUT,
        (events, file) => ({
          severity: 'warning',
          detail: `${events} in ${file}: the timeout is in seconds.`,
          fix: INSTALL,
        }),
      ),
      ...listHooks(s)
        .filter(({ timeout, isOurs }) => !isOurs && (timeout ?? 0) >= MOST_TIMEOUT)
        .map(
          ({ event, file, timeout }): Draft => ({
            severity: 'warning',
            detail: `${event} in ${file}: a hook of others has ${timeout} seconds, and holds up the session as long.`,
            fix: 'write seconds there, and trust the hook again',
          }),
        ),
    ],
  },
  {
    id: 'timeout-short',
    family: 'hooks',
    title: 'A timeout is too short',
    about: 'when Codex gives up on a hook, the tool runs; the guard needs up to five seconds under load',
    run: (s) =>
      perFile(
        s,
        ({ event, timeout }) => event !== 'SessionEnd' && timeout !== undefined && timeout < LEAST_TIMEOUT,
        (events, file) => ({
          severity: 'error',
          detail: `${events} in ${file}: Codex would give up before the guard's own deadline, and let the step happen.`,
          fix: INSTALL,
        }),
      ),
  },
  {
    id: 'hook-async',
    family: 'hooks',
    title: 'A hook is asynchronous',
    about: 'nobody waits for an asynchronous hook, so it can refuse nothing',
    run: (s) =>
      perFile(
        s,
        ({ isAsync }) => isAsync,
        (events, file) => ({
          severity: 'error',
          detail: `${events} in ${file}: "async": true.`,
          fix: INSTALL,
        }),
      ),
  },
  {
    id: 'matcher-misses',
    family: 'hooks',
    title: 'A matcher leaves tools out',
    about: 'a hook with a matcher sees only what it names: Bash, apply_patch, mcp__.* and what comes next',
    run: (s) =>
      WIRED_EVENTS.flatMap((event): readonly Draft[] => {
        const hooks = s.trust.own.filter((hook) => hook.event === event);
        const missed =
          hooks.length === 0
            ? []
            : findMissed(
                event,
                hooks.map(({ matcher }) => matcher),
              );
        if (missed.length === 0) return [];
        const matchers = hooks.map(({ matcher }) => JSON.stringify(matcher ?? '')).join(', ');
        return [
          {
            severity: EVENT_RULES[event].failsClosed ? 'error' : 'warning',
            detail: `${event}: ${matchers} does not match ${missed.join(', ')}.`,
            fix: `${INSTALL} wires it without a matcher`,
            ...mergeMends(s),
          },
        ];
      }),
  },
  {
    id: 'matcher-invalid',
    family: 'hooks',
    title: 'A matcher is not valid',
    about: 'Codex drops the hooks of a group whose pattern it cannot read',
    run: (s) =>
      listHooks(s).flatMap(({ matcher, isOurs, event, file }): readonly Draft[] => {
        const fault = findMatcherFault(matcher);
        return fault === undefined
          ? []
          : [
              {
                severity: isOurs ? 'error' : 'warning',
                detail: `${event} in ${file}: ${JSON.stringify(matcher)}: ${fault}.`,
                fix: isOurs ? INSTALL : 'correct the matcher, or leave it out',
                ...(isOurs ? mergeMends(s) : {}),
              },
            ];
      }),
  },
  {
    id: 'matcher-never',
    family: 'hooks',
    title: 'A matcher never matches',
    about: 'Codex calls its shell tool Bash and its patches apply_patch; other names run no hook',
    run: (s) =>
      listHooks(s).flatMap(({ matcher, isOurs, event, file }): readonly Draft[] => {
        const names = findNeverNames(matcher);
        return names.length === 0 || isOurs
          ? []
          : [
              {
                severity: 'warning',
                detail: `${event} in ${file}: no tool is called ${names.map(([name]) => name).join(', ')}.`,
                fix: `write ${[...new Set(names.map(([, right]) => right))].join('|')} there`,
              },
            ];
      }),
  },
];
