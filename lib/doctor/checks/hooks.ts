/** Checks of the wiring: are our hooks there, trusted, switched on, and do they see every tool? */

import { replaceTomlValue } from '../../codex/config-edit.ts';
import { valueAt } from '../../codex/config-layers.ts';
import { effectiveFeature } from '../../codex/effective-settings.ts';
import { EVENT_RULES } from '../../codex/events.ts';
import type { Check, Mend } from '../finding.ts';
import type { OwnHook, Trust } from '../hook-trust.ts';
import { listEvents, perFile, WIRED_EVENTS } from '../own-hooks.ts';
import type { Situation } from '../situation.ts';
import { mergeMends, readWiring } from '../wiring-text.ts';

/** Names of the switch for hooks, the present one first. */
const HOOKS_FEATURE = ['hooks', 'codex_hooks'];
const INSTALL = 'codex-guard install';
const TRUST = 'codex-guard install --trust';

export const HOOK_CHECKS: readonly Check[] = [
  {
    id: 'not-wired',
    family: 'hooks',
    title: 'The guard is not wired',
    about: 'an event without our hook runs unguarded',
    run: (s) => {
      // A file that the client drops is the cause, and found as such.
      if (s.sources.some(hasOursDropped)) return [];
      const missing = WIRED_EVENTS.filter((event) => !s.trust.own.some((hook) => hook.event === event));
      if (missing.length === 0) return [];
      const isOpen = missing.some((event) => EVENT_RULES[event].failsClosed);
      const what =
        missing.length === WIRED_EVENTS.length
          ? 'No event has a hook of codex-guard'
          : `No hook of codex-guard at ${missing.join(', ')}`;
      return [{ severity: isOpen ? 'error' : 'warning', detail: `${what}.`, fix: INSTALL, ...mergeMends(s) }];
    },
  },
  trustCheck('not-trusted', 'The hooks are not trusted', 'untrusted', 'Codex skips them without a word'),
  trustCheck(
    'trust-outdated',
    'The hooks changed since they were trusted',
    'modified',
    'Codex skips a hook whose text is not the one that was trusted',
  ),
  {
    id: 'hook-disabled',
    family: 'hooks',
    title: 'A hook is switched off',
    about: '[hooks.state] enabled = false disables a hook, trusted or not',
    run: (s) => {
      const off = s.trust.own.filter(({ trust }) => trust === 'disabled');
      if (off.length === 0) return [];
      return [
        {
          severity: 'error',
          detail: `${listEvents(off)}: [hooks.state] says enabled = false.`,
          fix: 'start codex, type /hooks, and switch them on',
          ...enableMends(s, off),
        },
      ];
    },
  },
  {
    id: 'hooks-off',
    family: 'hooks',
    title: 'All hooks are switched off',
    about: 'features.hooks = false, in whatever layer, stops every hook; a project can do that to you',
    run: (s) => {
      const { value, origin } = effectiveFeature(s.config, HOOKS_FEATURE, true);
      if (value) return [];
      const where =
        origin === undefined ? '' : `${origin.source}${origin.line === undefined ? '' : `:${origin.line}`}`;
      const isProject = origin?.layer === 'project';
      return [
        {
          severity: 'error',
          detail: `${where} switches off all hooks${isProject ? ', those of the user too' : ''}.`,
          fix: isProject
            ? `take that line out of ${origin.source}, or pin [features] hooks = true in /etc/codex/requirements.toml`
            : `take that line out, or set hooks = true there`,
          ...hooksOnMends(s),
        },
      ];
    },
  },
  {
    id: 'managed-only',
    family: 'hooks',
    title: 'Only managed hooks run here',
    about: 'allow_managed_hooks_only drops the hooks of users and projects',
    run: (s) => {
      if (s.config.requirements?.values.allow_managed_hooks_only !== true) return [];
      const missing = WIRED_EVENTS.filter(
        (event) => !s.trust.own.some((hook) => hook.event === event && hook.place === 'managed'),
      );
      if (missing.length === 0) return [];
      return [
        {
          severity: 'error',
          detail: `${s.config.requirements.source} allows managed hooks only, and the guard is not among them.`,
          fix: 'codex-guard install --scope managed',
        },
      ];
    },
  },
  {
    id: 'wiring-altered',
    family: 'hooks',
    title: 'A wiring command was changed',
    about: 'our command turns every failure into a denial; another text may not',
    run: (s) =>
      perFile(
        s,
        ({ command, event }) => readWiring(event, command)?.isExact === false,
        (events, file) => ({
          severity: 'error',
          detail: `The command of ${events} in ${file} is not what codex-guard writes.`,
          fix: INSTALL,
        }),
      ),
  },
  {
    id: 'wired-elsewhere',
    family: 'hooks',
    title: 'The wiring names another folder',
    about: 'what is wired should be what install and update look after',
    run: (s) =>
      perFile(
        s,
        ({ command, event, place }) => {
          const folder = readWiring(event, command)?.hooksDir;
          return place === 'user' && folder !== undefined && folder !== s.programs.folder;
        },
        (events, file) => ({
          severity: 'warning',
          detail: `${events} in ${file} start programs outside ${s.programs.folder}.`,
          fix: INSTALL,
        }),
      ),
  },
  {
    id: 'wired-twice',
    family: 'hooks',
    title: 'The guard is wired more than once',
    about: 'Codex runs every hook it finds: twice the time, and every step counted twice',
    run: (s) =>
      WIRED_EVENTS.some((event) => s.trust.own.filter((hook) => hook.event === event).length > 1)
        ? [
            {
              severity: 'warning',
              detail: `It stands in ${[...new Set(s.trust.own.map(({ file }) => file))].join(' and ')}.`,
              fix: `${INSTALL} puts one file right; of several, take it out of all but one`,
              ...mergeMends(s),
            },
          ]
        : [],
  },
  {
    id: 'never-fired',
    family: 'hooks',
    title: 'No hook has fired yet',
    about: 'wired and trusted is not yet proof; a record is',
    run: (s) => {
      const isReady = s.trust.own.some(({ trust }) => trust === 'trusted' || trust === 'managed');
      return isReady && s.audit.lastFired.size === 0
        ? [
            {
              severity: 'info',
              detail: 'There is no record of the last 30 days.',
              fix: 'codex-guard doctor --live',
            },
          ]
        : [];
    },
  },
];

function trustCheck(id: string, title: string, trust: Trust, about: string): Check {
  return {
    id,
    family: 'hooks',
    title,
    about,
    run: (s) => {
      const hooks = s.trust.own.filter((hook) => hook.trust === trust);
      if (hooks.length === 0) return [];
      const isOpen = hooks.some(({ event }) => !isTrustedElsewhere(s, event));
      return [
        {
          severity: isOpen ? 'error' : 'warning',
          detail: `${listEvents(hooks)} in ${[...new Set(hooks.map(({ file }) => file))].join(', ')}: ${about}.`,
          fix: `${TRUST}, or start codex, type /hooks and trust them`,
        },
      ];
    },
  };
}

function isTrustedElsewhere(s: Situation, event: string): boolean {
  return s.trust.own.some(
    (hook) => hook.event === event && (hook.trust === 'trusted' || hook.trust === 'managed'),
  );
}

function hasOursDropped({ diagnosis, text = '' }: Situation['sources'][number]): boolean {
  return (diagnosis?.faults.length ?? 0) > 0 && /codex-guard/.test(text);
}

/** In the user's own file only: what a project or a company says is theirs to change. */
function hooksOnMends(s: Situation): { readonly mends?: readonly Mend[] } {
  const user = s.config.layers.find(({ name }) => name === 'user');
  const name = HOOKS_FEATURE.find((alias) => valueAt(user?.values, ['features', alias]) === false);
  if (user === undefined || name === undefined) return {};
  const text = replaceTomlValue(user.text, ['features', name], true);
  return text === undefined ? {} : { mends: [{ kind: 'write', path: user.source, text }] };
}

function enableMends(s: Situation, off: readonly OwnHook[]): { readonly mends?: readonly Mend[] } {
  const user = s.config.layers.find(({ name }) => name === 'user');
  if (user === undefined) return {};
  let text = user.text;
  for (const { key = '' } of off) {
    const path = ['hooks', 'state', key, 'enabled'];
    if (valueAt(user.values, path) === false) text = replaceTomlValue(text, path, true) ?? text;
  }
  return text === user.text ? {} : { mends: [{ kind: 'write', path: user.source, text }] };
}

/** Where the switch of all hooks stands, for `status`. */
export function hooksSwitch(s: Situation): string | undefined {
  const { value, origin } = effectiveFeature(s.config, HOOKS_FEATURE, true);
  return value ? undefined : (origin?.source ?? 'the client');
}
