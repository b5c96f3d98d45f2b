/** What `-o` options and `-F` files tell ssh: other hosts, and commands it runs on this machine. */

import type { Effect } from '../../types/effect.ts';
import type { Nested } from '../../types/invocation.ts';
import type { Word } from '../../types/text.ts';
import { opaque, wordAt } from '../effects.ts';
import { knownStart, partOf } from '../options.ts';
import type { Call } from '../page.ts';
import { linesOf } from './traffic.ts';

export interface SshSettings {
  readonly hostName?: Word;
  readonly port?: string;
  readonly jumps: readonly Word[];
  readonly remoteCommand?: Word;
  readonly effects: readonly Effect[];
  readonly runs: readonly Nested[];
}

/** Commands on this machine; `%h` and its kin stay as they are. */
const COMMANDS = new Set(['proxycommand', 'localcommand', 'knownhostscommand']);
const LIBRARIES = new Set(['pkcs11provider', 'securitykeyprovider']);

/** Reads `Name=value`, `Name value` of options first, then of the lines of configuration files. */
export function readSettings(call: Call, options: readonly Word[], files: readonly Word[]): SshSettings {
  const lines = files.flatMap((path) => (linesOf(call, path) ?? []).map((line) => wordAt(line, path)));
  const effects: Effect[] = [];
  const runs: Nested[] = [];
  const jumps: Word[] = [];
  let hostName: Word | undefined;
  let port: string | undefined;
  let remoteCommand: Word | undefined;
  for (const word of [...options, ...lines]) {
    const match = /^\s*([A-Za-z0-9]+)(?:\s*=\s*|\s+)/.exec(knownStart(word));
    if (!match) continue;
    const name = (match[1] as string).toLowerCase();
    const value = partOf(word, match[0].length);
    if (value.text === 'none') continue;
    if (COMMANDS.has(name)) runs.push({ kind: 'code', via: `ssh ${match[1]}`, lang: 'sh', code: value });
    else if (LIBRARIES.has(name) && value.text !== 'internal')
      effects.push(opaque(word, 'ssh loads a library that the command names'));
    else if (name === 'hostname') hostName ??= value;
    else if (name === 'port') port ??= value.text;
    else if (name === 'proxyjump') jumps.push(value);
    else if (name === 'remotecommand') remoteCommand ??= value;
  }
  return {
    jumps,
    effects,
    runs,
    ...(hostName ? { hostName } : {}),
    ...(port ? { port } : {}),
    ...(remoteCommand ? { remoteCommand } : {}),
  };
}
