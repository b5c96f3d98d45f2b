/** Checks of the client's configuration as written: files it cannot read, names it gave up, systems that do not compose. */

import { type ConfigLayer, isTable, originOf, valueAt } from '../../codex/config-layers.ts';
import { effectiveSandbox } from '../../codex/effective-settings.ts';
import type { Check, Draft } from '../finding.ts';
import type { Situation } from '../situation.ts';
import { explainOrigin } from '../where.ts';

/** Settings under names that the client gave up, and what to write instead. Observed on Codex 0.169.0, in its own words. */
const FORMER: readonly (readonly [path: string, instead: string, value?: unknown])[] = [
  ['features.codex_hooks', '[features] hooks'],
  ['features.use_legacy_landlock', 'nothing: take it out'],
  ['features.web_search_request', 'web_search = "live", "cached" or "disabled"'],
  ['features.web_search_cached', 'web_search = "live", "cached" or "disabled"'],
  ['features.multi_agent', '[agents] enabled'],
  ['experimental_use_unified_exec_tool', '[features] unified_exec'],
  ['approval_policy', 'approval_policy = "on-request"', 'on-failure'],
];

/** What makes the client refuse to start, and so leaves nothing to guard; told because the next attempt may go round it. */
const REFUSED: readonly (readonly [path: string, instead: string, value?: unknown])[] = [
  ['profile', 'codex --profile NAME with NAME.config.toml'],
  ['approval_policy', 'approval_policy = "on-request"', 'untrusted'],
];

export const CONFIG_CHECKS: readonly Check[] = [
  {
    id: 'config-unreadable',
    family: 'config',
    title: 'Codex cannot read a configuration file',
    about: 'the client does not start; what it would have said is not known',
    run: (s) =>
      allLayers(s).flatMap(({ source, problem, isUsed }): readonly Draft[] =>
        problem === undefined || !isUsed
          ? []
          : [{ severity: 'error', detail: `${source}: ${problem}.`, fix: `correct ${source}` }],
      ),
  },
  {
    id: 'config-refused',
    family: 'config',
    title: 'Codex refuses a setting',
    about: 'the client does not start with it',
    run: (s) => [
      ...findSettings(s, REFUSED).map(
        ({ path, where, instead }): Draft => ({
          severity: 'error',
          detail: `${where}: ${path} is no longer supported.`,
          fix: `write ${instead}`,
        }),
      ),
      ...undefinedProfile(s),
    ],
  },
  {
    id: 'config-deprecated',
    family: 'config',
    title: 'A setting has a former name',
    about: 'a later version will not know it, and then it says nothing',
    run: (s) => [
      ...findSettings(s, FORMER).map(
        ({ path, where, instead }): Draft => ({
          severity: 'warning',
          detail: `${where}: ${path} is deprecated.`,
          fix: `write ${instead}`,
        }),
      ),
      ...formerProfiles(s),
    ],
  },
  {
    id: 'permissions-mixed',
    family: 'config',
    title: 'Two permission systems are mixed',
    about: 'sandbox_mode and permission profiles do not compose: one is in force, the other is not looked at',
    run: (s) => {
      const { value, origin } = effectiveSandbox(s.config);
      if (value.loser !== undefined)
        return [
          {
            severity: 'warning',
            detail: `${value.profile === undefined ? 'sandbox_mode' : 'default_permissions'} (${explainOrigin(origin)}) holds; ${value.loser.key} (${explainOrigin(value.loser.origin)}) is not looked at.`,
            fix: `take ${value.loser.key} out`,
          },
        ];
      const table = s.config.layers.find(
        (layer) => layer.isUsed && isTable(layer.values.sandbox_workspace_write),
      );
      return value.profile !== undefined && table !== undefined
        ? [
            {
              severity: 'warning',
              detail: `default_permissions holds; [sandbox_workspace_write] (${explainOrigin(originOf(table, ['sandbox_workspace_write']))}) is not looked at.`,
              fix: `take [sandbox_workspace_write] out, and write its roots and network into the profile`,
            },
          ]
        : [];
    },
  },
  {
    id: 'config-ignored',
    family: 'config',
    title: 'A project sets what Codex takes from no project',
    about: 'providers, telemetry and the like count in the user’s own configuration only',
    run: (s) =>
      s.config.layers
        .filter(({ ignored, isUsed }) => isUsed && ignored.length > 0)
        .map(
          ({ source, ignored }): Draft => ({
            severity: 'info',
            detail: `${source}: ${ignored.join(', ')}.`,
            fix: 'set them in your own config.toml, if you want them',
          }),
        ),
  },
  {
    id: 'uncovered-sessions',
    family: 'config',
    title: 'What is typed into a running session passes no hook',
    about: 'write_stdin and late output reach no guard; the sandbox still holds for them',
    run: () => [
      {
        severity: 'info',
        detail: 'The command that opens a session is judged; what the agent types into it later is not.',
        fix: 'keep the guard interactive-session on deny, and the sandbox at workspace-write',
      },
    ],
  },
];

function allLayers({ config: { layers, requirements } }: Situation): readonly ConfigLayer[] {
  return requirements === undefined ? layers : [...layers, requirements];
}

function findSettings(s: Situation, table: typeof FORMER) {
  return s.config.layers
    .filter(({ isUsed }) => isUsed)
    .flatMap((layer) =>
      table.flatMap(([path, instead, wanted]) => {
        const words = path.split('.');
        const value = valueAt(layer.values, words);
        return value === undefined || (wanted !== undefined && value !== wanted)
          ? []
          : [{ path, instead, where: explainOrigin(originOf(layer, words)) }];
      }),
    );
}

/** `[permissions]` alone: the client demands to be told which of them holds. */
function undefinedProfile(s: Situation): readonly Draft[] {
  const layer = s.config.layers.find(({ isUsed, values }) => isUsed && isTable(values.permissions));
  const { value, origin } = effectiveSandbox(s.config);
  return layer === undefined || value.profile !== undefined || origin !== undefined
    ? []
    : [
        {
          severity: 'error',
          detail: `${explainOrigin(originOf(layer, ['permissions']))} defines permission profiles, and none is chosen.`,
          fix: 'set default_permissions to one of them',
        },
      ];
}

/** `[profiles.x]`: not looked at any more, and in the way of `--profile x`. */
function formerProfiles(s: Situation): readonly Draft[] {
  return s.config.layers.flatMap((layer): readonly Draft[] => {
    const { profiles } = layer.values;
    const names = isTable(profiles) ? Object.keys(profiles) : [];
    return names.length === 0
      ? []
      : [
          {
            severity: 'warning',
            detail: `${layer.source}: [profiles.${names[0]}] is not looked at, and --profile ${names[0]} is refused because of it.`,
            fix: `move it into ${s.codexHome}/${names[0]}.config.toml`,
          },
        ];
  });
}
