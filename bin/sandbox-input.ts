/** Gathers what the exports and the drift check need: the policy, the machine's registries, the repository's remotes. */

import { execFileSync } from 'node:child_process';
import {
  explainPolicy,
  makeSandboxProfile,
  openHost,
  type Policy,
  readRegistries,
  readRemotes,
  type SandboxProfile,
} from '../lib/api.ts';
import type { Terminal } from './command.ts';
import { policySources } from './read-policy.ts';

/** npm takes a second on a slow machine. */
const ASK_MS = 15_000;

export interface SandboxInput {
  readonly policy: Policy;
  readonly profile: SandboxProfile;
  readonly remotes: ReturnType<typeof readRemotes>;
  readonly home: string;
  readonly codexHome: string;
  readonly guardHome: string;
  /** The project's root, where it counts. */
  readonly project: string | undefined;
}

/** @param isEverywhere leave this project's policy and remotes out */
export function readSandboxInput(terminal: Terminal, isEverywhere: boolean): SandboxInput {
  const { env, cwd } = terminal;
  const host = openHost({ sessionCwd: cwd, callCwd: cwd, env });
  const sources = policySources(terminal, cwd);
  const { policy } = explainPolicy(isEverywhere ? { host: sources.host, now: sources.now } : sources);
  const remotes = readRemotes(isEverywhere ? undefined : host.repository(cwd));
  const { home, codexHome, guardHome } = host;
  const profile = makeSandboxProfile({
    policy,
    registries: readMachineRegistries(host, env),
    remotes: remotes.hosts,
    ...(codexHome === `${home}/.codex` ? {} : { codexHome }),
  });
  const project = isEverywhere ? undefined : sources.projectRoot;
  return { policy, profile, remotes, home, codexHome, guardHome, project };
}

/** Hosts of the default registries on this machine, by package manager. */
export function readMachineRegistries(
  host: ReturnType<typeof openHost>,
  env: Terminal['env'],
): ReturnType<typeof readRegistries> {
  return readRegistries({ host, env, ask: (program, words) => askOutside(program, words, host.home, env) });
}

/** Runs a program of the person at home, where no project's settings apply. */
function askOutside(
  program: string,
  words: readonly string[],
  home: string,
  env: Terminal['env'],
): string | undefined {
  try {
    return execFileSync(program, words, {
      cwd: home,
      env: { ...env },
      timeout: ASK_MS,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  } catch {
    return undefined;
  }
}
