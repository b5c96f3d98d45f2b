/** A guarded Codex home on the disk, as `install` and a person's trust leave it, to be broken in one way after another. */

import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { listHookTrust } from '../../lib/codex/trust.ts';
import { examine, type Report } from '../../lib/doctor/examine.ts';
import { readSituation, type Situation, type SituationOptions } from '../../lib/doctor/situation.ts';
import { CLI, HOOKS } from '../built.ts';

export interface Installation {
  readonly home: string;
  readonly codexHome: string;
  readonly guardHome: string;
  readonly hooksDir: string;
  readonly hooksJson: string;
  readonly configToml: string;
  readonly project: string;
  readonly managedDir: string;
  /** Everything as it was after installing. */
  readonly reset: () => void;
  readonly remove: () => void;
}

/** Installs by the real command line and writes down a person's trust. Outside of /tmp, which every sandbox may write. */
export function makeInstallation(): Installation {
  const base = realpathSync(mkdtempSync('/var/tmp/codex-guard-doctor-'));
  const root = join(base, 'now');
  const home = join(root, 'home');
  const codexHome = join(home, '.codex');
  const guardHome = join(codexHome, 'guard');
  const places = {
    home,
    codexHome,
    guardHome,
    hooksDir: join(guardHome, 'hooks'),
    hooksJson: join(codexHome, 'hooks.json'),
    configToml: join(codexHome, 'config.toml'),
    project: join(root, 'project'),
    managedDir: join(root, 'etc-codex'),
  };
  for (const folder of [codexHome, join(places.project, '.git', 'refs'), places.managedDir])
    mkdirSync(folder, { recursive: true });
  writeFileSync(join(places.project, '.git', 'HEAD'), 'ref: refs/heads/feature/x\n');
  const install = spawnSync(process.execPath, [CLI, 'install'], {
    cwd: places.project,
    env: environmentOf(home),
    encoding: 'utf8',
  });
  if (install.status !== 0) throw new Error(install.stderr);
  writeFileSync(places.configToml, trustProject(places.project) + trustHooks(places.hooksJson));
  const kept = join(base, 'kept');
  cpSync(root, kept, { recursive: true, preserveTimestamps: true });
  return {
    ...places,
    reset: () => {
      rmSync(root, { recursive: true, force: true });
      cpSync(kept, root, { recursive: true, preserveTimestamps: true });
    },
    remove: () => rmSync(base, { recursive: true, force: true }),
  };
}

/** `[hooks.state]` as it stands after a person has trusted all hooks of a file. */
export function trustHooks(hooksJson: string): string {
  return listHookTrust(readFileSync(hooksJson, 'utf8'), hooksJson)
    .map(({ key, hash }) => `[hooks.state.${JSON.stringify(key)}]\ntrusted_hash = "${hash}"\n`)
    .join('');
}

export function environmentOf(home: string): Record<string, string> {
  return { PATH: process.env.PATH ?? '', HOME: home, NO_COLOR: '1', LANG: 'C.UTF-8' };
}

function trustProject(project: string): string {
  return `[projects.${JSON.stringify(project)}]\ntrust_level = "trusted"\n`;
}

/** What the checks look at, without asking a client. */
export function lookAt(
  { home, project, managedDir }: Installation,
  options: Partial<SituationOptions> = {},
): Promise<Situation> {
  return readSituation({
    env: { ...environmentOf(home), ...options.env },
    cwd: project,
    now: new Date(),
    bundles: HOOKS,
    version: '0.0.0',
    codexPath: 'none',
    managedDir,
    ...Object.fromEntries(Object.entries(options).filter(([name]) => name !== 'env')),
  });
}

export async function examineAt(
  installation: Installation,
  options: Partial<SituationOptions> = {},
): Promise<Report> {
  return examine(await lookAt(installation, options));
}

/** Changes the text of a file, which may not be there yet. */
export function edit(path: string, change: (text: string) => string): void {
  mkdirSync(dirname(path), { recursive: true });
  let text = '';
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    // A new file.
  }
  writeFileSync(path, change(text));
}

interface HooksJson {
  [key: string]: unknown;
  hooks: Record<string, { matcher?: string; hooks: Record<string, unknown>[] }[]>;
}

/** Changes the content of a hooks.json. */
export function editHooks(path: string, change: (content: HooksJson) => void): void {
  edit(path, (text) => {
    const content = JSON.parse(text) as HooksJson;
    change(content);
    return `${JSON.stringify(content, null, 2)}\n`;
  });
}

/** The first handler of an event. */
export function handlerOf(content: HooksJson, event: string): Record<string, unknown> {
  const handler = content.hooks[event]?.[0]?.hooks[0];
  if (handler === undefined) throw new Error(`nothing is wired at ${event}`);
  return handler;
}
