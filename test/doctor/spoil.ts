/** Ways to break an installation, for the tables of misconfigurations. */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SituationOptions } from '../../lib/doctor/situation.ts';
import { edit, editHooks, handlerOf, type Installation } from './installation.ts';

export interface Misconfiguration {
  readonly what: string;
  readonly id: string;
  readonly severity: 'error' | 'warning' | 'info';
  /** --fix makes it disappear. */
  readonly isMended: boolean;
  readonly spoil: (places: Installation) => void;
  readonly options?: (places: Installation) => Partial<SituationOptions>;
}

export type Row = readonly [
  what: string,
  id: string,
  severity: Misconfiguration['severity'],
  isMended: boolean,
  spoil: (places: Installation) => void,
  options?: (places: Installation) => Partial<SituationOptions>,
];

/** Puts lines in front of everything else in config.toml, where top-level keys have to stand. */
export const config =
  (lines: string) =>
  ({ configToml }: Installation): void =>
    edit(configToml, (text) => `${lines}\n${text}`);
export const project =
  (lines: string) =>
  ({ project: folder }: Installation): void =>
    edit(join(folder, '.codex', 'config.toml'), () => `${lines}\n`);
export const required =
  (lines: string) =>
  ({ managedDir }: Installation): void =>
    edit(join(managedDir, 'requirements.toml'), () => `${lines}\n`);
export const hooks =
  (change: Parameters<typeof editHooks>[1]) =>
  ({ hooksJson }: Installation): void =>
    editHooks(hooksJson, change);
export const text =
  (change: (text: string) => string) =>
  ({ hooksJson }: Installation): void =>
    edit(hooksJson, change);
export const preToolUse = (change: (handler: Record<string, unknown>) => unknown) =>
  hooks((content) => change(handlerOf(content, 'PreToolUse')));
export const program =
  (name: string, spoil: (path: string) => void) =>
  ({ hooksDir }: Installation): void =>
    spoil(join(hooksDir, name));
export const policy =
  (content: unknown) =>
  ({ guardHome }: Installation): void =>
    writeFileSync(join(guardHome, 'policy.jsonc'), JSON.stringify(content));
export const nothing = (): void => undefined;
export const FOREIGN = { type: 'command', command: 'echo hello' };
