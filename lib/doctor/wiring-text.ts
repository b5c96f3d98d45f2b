/** Takes apart what our wiring says in a hooks.json, and says what it should be. */

import { accessSync, constants } from 'node:fs';
import { mergeHooks } from '../codex/hooks-json.ts';
import {
  findWiredNode,
  type HookEntry,
  type Portable,
  wiringCommand,
  wiringEntries,
} from '../codex/wiring.ts';
import { InputError } from '../types/errors.ts';
import type { EventName } from '../types/payload.ts';
import type { Mend } from './finding.ts';
import type { Situation } from './situation.ts';

export interface Wiring {
  /** Absent in commands that a team shares. */
  readonly node?: string;
  readonly hooksDir?: string;
  /** The program, absolute; absent in shared commands. */
  readonly program?: string;
  /** It is, to the byte, what this version writes for these places. */
  readonly isExact: boolean;
}

/** Reads a command of ours. Undefined for foreign ones. */
export function readWiring(event: string, command: string): Wiring | undefined {
  const node = findWiredNode(command);
  const program = /' '(\/[^']*\/hooks\/[a-z-]+\.cjs)' '/.exec(command)?.[1];
  if (node === undefined || program === undefined) {
    const forms: readonly Portable[] = ['shared', 'plugin'];
    return / codex-guard '/.test(command)
      ? { isExact: forms.some((form) => isWritten(event, command, form)) }
      : undefined;
  }
  const hooksDir = program.slice(0, program.lastIndexOf('/'));
  return { node, hooksDir, program, isExact: isWritten(event, command, { nodePath: node, hooksDir }) };
}

/** The entries that belong into the user's hooks.json, with the Node that is wired there as long as it works: trust hangs on the text. */
function wantedEntries(s: Situation): readonly HookEntry[] {
  const wired = s.trust.own
    .filter(({ place }) => place === 'user')
    .map(({ event, command }) => readWiring(event, command)?.node)
    .find((node) => node !== undefined && canStart(node));
  return wiringEntries({ nodePath: wired ?? process.execPath, hooksDir: s.programs.folder });
}

/** Puts the user's own hooks.json right by the same merge as installing. Nothing where the programs are not installed yet. */
export function mergeMends(s: Situation): { readonly mends?: readonly Mend[] } {
  const path = `${s.codexHome}/hooks.json`;
  const source = s.sources.find(({ file }) => file === path);
  if (source?.problem !== undefined) return {};
  if (!s.programs.isInstalled || s.config.requirements?.values.allow_managed_hooks_only === true) return {};
  try {
    const merged = mergeHooks(source?.text, wantedEntries(s));
    return merged.changed && merged.text !== undefined
      ? { mends: [{ kind: 'write', path, text: merged.text }] }
      : {};
  } catch (error) {
    if (error instanceof InputError) return {};
    throw error;
  }
}

function isWritten(event: string, command: string, where: Parameters<typeof wiringCommand>[1]): boolean {
  try {
    return wiringCommand(event as EventName, where) === command;
  } catch (error) {
    if (error instanceof InputError) return false;
    throw error;
  }
}

function canStart(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
