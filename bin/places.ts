/** Where each scope keeps its wiring, its programs and its records. Changes nothing. */

import { accessSync, constants, realpathSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { HostError, openHost, UsageError, type WiringPaths } from '../lib/api.ts';
import { chooseWord } from './choose.ts';
import type { Terminal } from './command.ts';
import { statLink } from './files.ts';

/** `user`: this person; `project`: everybody who works on a repository; `managed`: everybody on this machine, whether they like it or not. */
export type Scope = 'user' | 'project' | 'managed';
/** What the client reads for everybody. */
const ETC_CODEX = '/etc/codex';
/** Only root can change what is in it. */
const MANAGED_HOME = '/usr/local/lib/codex-guard';
const SCOPES: readonly Scope[] = ['user', 'project', 'managed'];

export interface Places {
  readonly scope: Scope;
  readonly hooksJson: string;
  /** Holds `hooks`, a link to the set of programs in force, and the sets. */
  readonly programsHome: string;
  readonly hooksDir: string;
  /** Where what was changed is recorded. */
  readonly guardHome: string;
  /** The user's configuration, where the client keeps trust; managed hooks need none. */
  readonly configToml?: string;
  /** Where features are pinned. */
  readonly requirementsToml?: string;
  /** A directory in which the client sees this wiring. */
  readonly cwd: string;
  /** Mode of the files: only this person's, or everybody's to read. */
  readonly mode: number;
}

/**
 * The places of a scope.
 *
 * @throws UsageError when there is no such scope, or no repository to install into
 * @throws HostError when this process may not, or must not, change them
 */
export function findPlaces(scope: string, terminal: Terminal): Places {
  chooseWord('scope', scope, SCOPES);
  const host = openHost({ sessionCwd: terminal.cwd, callCwd: terminal.cwd, env: terminal.env });
  if (scope === 'managed') return managedPlaces(terminal);
  const own = {
    programsHome: host.guardHome,
    hooksDir: join(host.guardHome, 'hooks'),
    guardHome: host.guardHome,
    configToml: join(host.codexHome, 'config.toml'),
    cwd: terminal.cwd,
  };
  if (scope === 'user') return { scope, hooksJson: join(host.codexHome, 'hooks.json'), mode: 0o600, ...own };
  const root = host.repository(terminal.cwd)?.root;
  if (root === undefined)
    throw new UsageError(`${terminal.cwd} is in no git repository`, 'go to the repository that it is for');
  const folder = join(root, '.codex');
  if (folder === host.codexHome)
    throw new UsageError(`${folder} is your own Codex home`, 'leave out --scope project');
  if (statLink(folder)?.isSymbolicLink()) throw new HostError(`${folder} is a symbolic link`);
  return { ...own, scope: 'project', hooksJson: join(folder, 'hooks.json'), mode: 0o644, cwd: root };
}

/** What the client reads for everybody, and a folder of programs that only root can change. */
function managedPlaces({ cwd }: Terminal): Places {
  if (process.getuid?.() !== 0)
    throw new HostError('--scope managed changes /etc/codex and /usr/local/lib, so it needs root: use sudo');
  for (const folder of [ETC_CODEX, MANAGED_HOME])
    if (statLink(folder)?.isSymbolicLink()) throw new HostError(`${folder} is a symbolic link`);
  return {
    scope: 'managed',
    hooksJson: join(ETC_CODEX, 'hooks.json'),
    programsHome: MANAGED_HOME,
    hooksDir: join(MANAGED_HOME, 'hooks'),
    guardHome: MANAGED_HOME,
    requirementsToml: join(ETC_CODEX, 'requirements.toml'),
    cwd,
    mode: 0o644,
  };
}

/**
 * What the commands name. A Node that is wired already stays while it works: the client's trust hangs on every byte.
 *
 * @param wired the Node that our commands in the file name now
 */
export function choosePaths({ scope, hooksDir }: Places, wired: string | undefined): WiringPaths | 'shared' {
  if (scope === 'project') return 'shared';
  const nodePath = wired !== undefined && canRun(wired) ? wired : process.execPath;
  if (scope === 'managed') checkOwner(nodePath);
  return { nodePath, hooksDir };
}

/** Who can change the Node that runs the guard can change what it says. */
function checkOwner(nodePath: string): void {
  for (let path = realpathSync(nodePath); path !== dirname(path); path = dirname(path)) {
    const { uid, mode } = statSync(path);
    if (uid !== 0 || (mode & 0o022) !== 0)
      throw new HostError(
        `${nodePath} can be changed by others than root (${path}), and with it the guard; run this with a Node of the system, such as /usr/bin/node`,
      );
  }
}

function canRun(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
