/** The ten checks of an installation that people rely on, from the configuration as it holds in the end. */

import { findValue, isTable, mergeLayers, valueAt } from '../../codex/config-layers.ts';
import { readConfiguredSandbox } from '../../codex/configured-sandbox.ts';
import {
  effectiveApproval,
  effectiveLoginShell,
  effectiveSandbox,
  type Setting,
} from '../../codex/effective-settings.ts';
import { findLevelDrift } from '../../policy/trust-ladder.ts';
import type { ConfiguredSandbox } from '../../types/sandbox.ts';
import type { Draft, ProductionCheck } from '../finding.ts';
import type { Situation } from '../situation.ts';
import { explainOrigin } from '../where.ts';

export const PRODUCTION_CHECKS: readonly ProductionCheck[] = [
  {
    id: 'sandbox',
    family: 'production',
    title: 'The sandbox is wider than the policy’s level',
    about: 'the sandbox limits what programs do, the guard judges what they are started for: use both',
    state: (s) => {
      const sandbox = effectiveSandbox(s.config);
      const { reach, profile } = sandbox.value;
      return withOrigin(profile === undefined ? reach : `profile ${profile} (${reach})`, sandbox);
    },
    run: (s) => levelDrift(s, 'sandbox-level'),
  },
  {
    id: 'network',
    family: 'production',
    title: 'Commands have the whole network',
    about: 'off unless needed; where it is needed, by a profile that names the hosts',
    state: (s) => {
      const sandbox = effectiveSandbox(s.config);
      const { network, hosts } = sandbox.value;
      const text = !network ? 'off' : isFiltered(s) ? `${hosts.length} hosts` : 'every host';
      return withOrigin(text, network ? sandbox : {});
    },
    run: (s) => {
      const { value, origin } = effectiveSandbox(s.config);
      if (!value.network || isFiltered(s)) return [];
      if (value.reach === 'danger-full-access')
        return [
          {
            // Where the policy's level goes with it, it is known.
            severity: levelDrift(s, 'sandbox-level').length > 0 ? 'warning' : 'info',
            detail: `Without a sandbox, only the guard's own list of hosts stands before the network (${explainOrigin(origin)}).`,
            fix: 'set sandbox_mode = "workspace-write", whose network is off',
          },
        ];
      return [
        {
          severity: 'warning',
          detail:
            value.hosts.length > 0
              ? `The profile ${value.profile} names hosts, but without features.network_proxy nothing keeps to them.`
              : `Commands may connect to every host (${explainOrigin(origin)}).`,
          fix:
            value.hosts.length > 0
              ? 'set [features] network_proxy = true'
              : 'take network_access = true out, or name the hosts in a permission profile',
        },
      ];
    },
  },
  {
    id: 'approvals',
    family: 'production',
    title: 'The approval policy does not fit the policy’s level',
    about: 'who is asked, and when, goes with how much the agent may do alone',
    state: (s) => withOrigin(effectiveApproval(s.config).value, effectiveApproval(s.config)),
    run: (s) => levelDrift(s, 'approval-level'),
  },
  guardCheck('branch-guard', 'branch-protection', 'PreToolUse', 'Protected branches are not guarded'),
  guardCheck('secrets-guard', 'secrets', 'PostToolUse', 'Secrets in tool output are not held back'),
  guardCheck('size-gate', 'change-size', 'PreToolUse', 'There is no gate for large changes'),
  {
    id: 'review-model',
    family: 'production',
    title: 'No review model is set',
    about: '/review with the model that wrote the change finds what that model already thought of',
    state: (s) => {
      const said = findValue(s.config, 'review_model');
      return said === undefined ? 'none' : withOrigin(String(said.value), said);
    },
    run: (s) =>
      typeof findValue(s.config, 'review_model')?.value === 'string'
        ? []
        : [
            {
              severity: 'info',
              detail: '/review uses the model of the session.',
              fix: 'set review_model in config.toml to another model',
            },
          ],
  },
  {
    id: 'shell-environment',
    family: 'production',
    title: 'Commands inherit every variable',
    about:
      'keys and tokens of your shell are then a plain `env` away; names with KEY, SECRET and TOKEN are not left out by default',
    state: (s) => (isEnvironmentLimited(s) ? 'limited' : 'everything is inherited'),
    run: (s) =>
      isEnvironmentLimited(s)
        ? []
        : [
            {
              severity: 'info',
              detail: 'shell_environment_policy leaves nothing out.',
              fix: 'set [shell_environment_policy] inherit = "core", or ignore_default_excludes = false',
            },
          ],
  },
  {
    id: 'telemetry',
    family: 'production',
    title: 'Codex sends no telemetry to you',
    about: 'OpenTelemetry shows what sessions did, beside the guard’s own records',
    state: (s) => {
      const exporter = exporterOf(s);
      return exporter === undefined ? 'no exporter' : exporter;
    },
    run: (s) =>
      exporterOf(s) === undefined
        ? [
            {
              severity: 'info',
              detail: 'No [otel] exporter is set.',
              fix: 'set [otel] exporter in config.toml to your collector; leave log_user_prompt off',
            },
          ]
        : [],
  },
  {
    id: 'login-shell',
    family: 'production',
    title: 'Commands run in a login shell',
    about:
      'your start-up files then run with every command, and what they define gives names a meaning that no guard knows',
    state: (s) =>
      withOrigin(effectiveLoginShell(s.config).value ? 'allowed' : 'off', effectiveLoginShell(s.config)),
    run: (s) =>
      effectiveLoginShell(s.config).value
        ? [
            {
              severity: 'info',
              detail: 'allow_login_shell is not switched off.',
              fix: 'set allow_login_shell = false in config.toml',
            },
          ]
        : [],
  },
];

function withOrigin(text: string, { origin }: Partial<Setting<unknown>>): string {
  return `${text} (${explainOrigin(origin)})`;
}

/** A guard that has to deny, at an event that has to be covered. That nothing is wired at all is found elsewhere. */
function guardCheck(id: string, guard: string, event: string, title: string): ProductionCheck {
  const covered = (s: Situation): boolean =>
    s.trust.own.some(
      (hook) => hook.event === event && (hook.trust === 'trusted' || hook.trust === 'managed'),
    );
  const levelOf = (s: Situation): string => s.policy.guards[guard]?.level ?? 'off';
  return {
    id,
    family: 'production',
    title,
    about: `the guard ${guard} denies, and our hook runs at ${event}`,
    needs: event,
    state: (s) => `${guard} is on ${levelOf(s)}${covered(s) ? '' : `, but no trusted hook runs at ${event}`}`,
    run: (s) =>
      levelOf(s) === 'deny'
        ? []
        : [
            {
              severity: 'warning',
              detail: `The policy has ${guard} on ${levelOf(s)}.`,
              fix: `set "${guard}": "deny" in ${s.codexHome}/guard/policy.jsonc`,
            },
          ],
  };
}

/** The configuration as the policy's own table of levels reads it: what holds, and nothing that lost. */
export function configuredSandbox(s: Situation): ConfiguredSandbox {
  const sandbox = effectiveSandbox(s.config);
  const {
    sandbox_mode: _,
    default_permissions: __,
    ...rest
  } = mergeLayers([...s.config.layers, ...(s.config.requirements ? [s.config.requirements] : [])]);
  const { profile, reach } = sandbox.value;
  const holds = profile !== undefined ? { default_permissions: profile } : { sandbox_mode: reach };
  return readConfiguredSandbox({
    ...rest,
    ...(sandbox.origin === undefined ? {} : holds),
    approval_policy: effectiveApproval(s.config).value,
  });
}

function levelDrift(s: Situation, id: string): readonly Draft[] {
  const setting = id === 'sandbox-level' ? effectiveSandbox(s.config) : effectiveApproval(s.config);
  return findLevelDrift(s.policy, configuredSandbox(s))
    .filter((drift) => drift.id === id)
    .map(
      ({ severity, detail, fix }): Draft => ({
        severity: severity === 'note' ? 'info' : severity,
        detail: `${detail} Set in ${explainOrigin(setting.origin)}.`,
        fix,
      }),
    );
}

/** A proxy keeps commands to the hosts of the profile. */
function isFiltered(s: Situation): boolean {
  return effectiveSandbox(s.config).value.hosts.length > 0 && configuredSandbox(s).proxy;
}

function isEnvironmentLimited({ config }: Situation): boolean {
  const policy = valueAt(mergeLayers(config.layers), ['shell_environment_policy']);
  if (!isTable(policy)) return false;
  const lists = [policy.exclude, policy.include_only].some((list) => Array.isArray(list) && list.length > 0);
  return (
    lists || ['core', 'none'].includes(String(policy.inherit)) || policy.ignore_default_excludes === false
  );
}

/** Name of the exporter: a text, or a table with its name as the key. */
function exporterOf({ config }: Situation): string | undefined {
  for (const key of ['exporter', 'trace_exporter', 'metrics_exporter']) {
    const exporter = findValue(config, 'otel', key)?.value;
    const name = isTable(exporter) ? Object.keys(exporter)[0] : exporter;
    if (typeof name === 'string' && name !== 'none') return name;
  }
  return undefined;
}
