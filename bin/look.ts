/** Looks at this machine for doctor and status: the client's own options as a person would give them, and where our programs are. */

import { join, resolve } from 'node:path';
import { readSituation, type Situation, type SituationOptions, UsageError } from '../lib/api.ts';
import type { Args, Terminal } from './command.ts';
import { findDirectory } from './read-input.ts';

declare const __VERSION__: string;

/** Gathers what the checks look at. Options of the client stand behind `--`. Throws UsageError for what is none of them. */
export function look(args: Args, terminal: Terminal): Promise<Situation> {
  const codex = args.text('codex');
  return readSituation({
    env: terminal.env,
    cwd: findDirectory('project', args, terminal),
    now: new Date(),
    bundles: join(__dirname, '..', 'hooks'),
    version: __VERSION__,
    ...(codex === undefined ? {} : { codexPath: codex === 'none' ? codex : resolve(terminal.cwd, codex) }),
    ...readClientOptions(args.positionals),
  });
}

/** `-c key=value`, `--enable x`, `--disable x`, `-p name`: those of the client's options that change its configuration. */
export function readClientOptions(words: readonly string[]): Pick<SituationOptions, 'profile' | 'overrides'> {
  const overrides: string[] = [];
  let profile: string | undefined;
  for (let at = 0; at < words.length; at++) {
    const [, name = '', inline] = /^(--?[a-z]+)(?:=(.*))?$/s.exec(words[at] ?? '') ?? [];
    const value = inline ?? words[++at];
    if (value === undefined) throw new UsageError(`${words[at - 1]} needs a value`);
    if (name === '-c' || name === '--config') overrides.push(value);
    else if (name === '-p' || name === '--profile') profile = value;
    else if (name === '--enable' || name === '--disable')
      overrides.push(`features.${value}=${name === '--enable'}`);
    else if (name === '-s' || name === '--sandbox') overrides.push(`sandbox_mode=${JSON.stringify(value)}`);
    else if (name === '-a' || name === '--ask-for-approval')
      overrides.push(`approval_policy=${JSON.stringify(value)}`);
    else throw new UsageError(`${words[at - 1]} is no option of codex that is looked at here`, OPTIONS);
  }
  return { ...(profile === undefined ? {} : { profile }), overrides };
}

const OPTIONS =
  'behind -- stand -c key=value, --profile NAME, --enable, --disable, --sandbox, --ask-for-approval';
