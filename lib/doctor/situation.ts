/** Everything that the checks look at, gathered once. Judges nothing, and changes nothing on the disk. */

import { accessSync, constants, existsSync, lstatSync, statfsSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { streamAudit } from '../audit/read.ts';
import { type SealedDay, verifyAudit } from '../audit/seal.ts';
import { type CodexConfig, MANAGED_DIR, readCodexConfig } from '../codex/config-layers.ts';
import { type HookSource, readHookSources } from '../codex/hook-sources.ts';
import { runPolicyTests, type TestResult } from '../engine/policy-tests.ts';
import { policyInput } from '../engine/run-step.ts';
import { openHost } from '../facts/host.ts';
import { readRegistries } from '../facts/registries.ts';
import { loadPolicy } from '../policy/load-policy.ts';
import type { Policy } from '../types/policy.ts';
import { type Client, readClient } from './client.ts';
import { type HookTrustReport, readHookTrust } from './hook-trust.ts';
import { type Programs, readPrograms } from './programs.ts';

export interface SituationOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly now: Date;
  /** Folder with the hook programs of this package. */
  readonly bundles: string;
  /** Of this package. */
  readonly version: string;
  /** `--profile NAME` and `-c key=value`, as the client would be given them. */
  readonly profile?: string;
  readonly overrides?: readonly string[];
  /** Absolute path of the client, when another than the one on the PATH; `none` asks no client. */
  readonly codexPath?: string;
  readonly managedDir?: string;
}

export interface Situation {
  readonly options: SituationOptions;
  readonly codexHome: string;
  /** As CODEX_HOME, or `~/.codex`, says; links unresolved. */
  readonly codexHomeAsGiven: string;
  readonly home: string;
  readonly guardHome: string;
  readonly projectRoots: readonly string[];
  readonly client: Client;
  readonly config: CodexConfig;
  readonly sources: readonly HookSource[];
  readonly trust: HookTrustReport;
  readonly programs: Programs;
  readonly policy: Policy;
  /** Hosts by registry, as far as files say them. */
  readonly registries: ReadonlyMap<string, readonly string[]>;
  readonly failedTests: readonly TestResult[];
  readonly audit: AuditState;
  readonly machine: Machine;
}

export interface AuditState {
  /** Latest record by event, in milliseconds since 1970; the last 30 days. */
  readonly lastFired: ReadonlyMap<string, number>;
  readonly denialsToday: number;
  readonly sealed: readonly SealedDay[];
  /** Why no record could be written. */
  readonly problem?: string;
}

export interface Machine {
  readonly hasShell: boolean;
  readonly hasGit: boolean;
  /** Bytes free where the guard keeps its records; undefined when that cannot be told. */
  readonly freeBytes: number | undefined;
}

const DAY_MS = 24 * 60 * 60 * 1000;
const DAYS_READ = 30;

/** Gathers it all. May ask the client, which takes about a second. */
export async function readSituation(options: SituationOptions): Promise<Situation> {
  const { env, cwd, now } = options;
  const host = openHost({ sessionCwd: cwd, callCwd: cwd, env });
  const { codexHome, guardHome, home } = host;
  const here = host.realPath(cwd);
  const managedDir = options.managedDir ?? MANAGED_DIR;
  const repository = host.repository(cwd)?.root;
  const projectRoots = [...new Set([...(repository === undefined ? [] : [repository]), ...host.projects])];
  const config = readCodexConfig({
    codexHome,
    cwd: here,
    projectRoots,
    managedDir,
    ...(options.profile === undefined ? {} : { profile: options.profile }),
    ...(options.overrides === undefined ? {} : { overrides: options.overrides }),
  });
  const found = readHookSources(config, codexHome, managedDir);
  const client = await readClient(options, here);
  const policy = loadPolicy({
    ...policyInput(host, cwd, now, env.CODEX_GUARD_POLICY),
    managedPath: join(managedDir, 'guard.jsonc'),
  });
  return {
    options,
    codexHome,
    codexHomeAsGiven: env.CODEX_HOME || join(home, '.codex'),
    home,
    guardHome,
    projectRoots,
    client,
    config,
    ...readHookTrust(config, found, client),
    programs: readPrograms(join(guardHome, 'hooks'), options.bundles),
    policy,
    registries: readRegistries({ host, env, ask: () => undefined }),
    failedTests: runPolicyTests(policy, { env, cwd, now }).filter(({ passed }) => !passed),
    audit: readAuditState(guardHome, now),
    machine: readMachine(env, guardHome),
  };
}

function readAuditState(guardHome: string, now: Date): AuditState {
  const lastFired = new Map<string, number>();
  const midnight = new Date(now).setHours(0, 0, 0, 0);
  let denialsToday = 0;
  for (const { event, time, verdict } of streamAudit({
    guardHome,
    since: now.getTime() - DAYS_READ * DAY_MS,
  })) {
    lastFired.set(event, Math.max(time, lastFired.get(event) ?? 0));
    if (verdict === 'deny' && time >= midnight) denialsToday += 1;
  }
  const problem = findAuditProblem(guardHome);
  return {
    lastFired,
    denialsToday,
    sealed: verifyAudit(guardHome),
    ...(problem === undefined ? {} : { problem }),
  };
}

/** Looks at the nearest folder that is there, as root may write anything but not into a file. */
function findAuditProblem(guardHome: string): string | undefined {
  const audit = join(guardHome, 'audit');
  for (const path of [audit, guardHome]) {
    const found = lstatSync(path, { throwIfNoEntry: false });
    if (found === undefined) continue;
    if (!found.isDirectory()) return `${path} is not a directory of its own`;
    return canWrite(path, found.mode) ? undefined : `${path} cannot be written`;
  }
  return undefined;
}

/** Root may write anywhere; what the owner took away on purpose counts for it, too. */
function canWrite(path: string, mode: number): boolean {
  try {
    accessSync(path, constants.W_OK);
    return (mode & 0o200) !== 0;
  } catch {
    return false;
  }
}

function readMachine(env: SituationOptions['env'], guardHome: string): Machine {
  return {
    hasShell: isProgram('/bin/sh'),
    hasGit: (env.PATH ?? '')
      .split(delimiter)
      .some((folder) => folder !== '' && isProgram(join(folder, 'git'))),
    freeBytes: readFreeBytes(guardHome),
  };
}

/** True for a file that may be started. */
export function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

function readFreeBytes(folder: string): number | undefined {
  try {
    const { bavail, bsize } = statfsSync(existsSync(folder) ? folder : join(folder, '..'));
    return bavail * bsize;
  } catch {
    return undefined;
  }
}
