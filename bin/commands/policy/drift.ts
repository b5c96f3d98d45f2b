/** `codex-guard policy drift`: where Codex's sandbox and the guards answer differently. */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import {
  findDrift,
  findLevelDrift,
  type LayerDrift,
  parseToml,
  readConfiguredSandbox,
} from '../../../lib/api.ts';
import { type CommandSpec, EXIT } from '../../command.ts';
import { inFile } from '../../files.ts';
import { findInput, readInput } from '../../read-input.ts';
import { readSandboxInput } from '../../sandbox-input.ts';
import { paint } from '../../show-verdict.ts';

const COLOUR = { error: 'deny', warning: 'warn', note: 'note' } as const;

export const driftAction: CommandSpec = {
  name: 'drift',
  usage: '',
  words: 0,
  about: "Say where Codex's configuration and the policy part.",
  options: {
    config: { type: 'string', value: 'FILE', about: 'the configuration (default: $CODEX_HOME/config.toml)' },
    json: { type: 'boolean', about: 'print JSON' },
  },
  examples: [['policy drift', 'exit 1 when the sandbox allows what the guards deny']],
  run: (args, terminal) => {
    const input = readSandboxInput(terminal, false);
    const given = args.text('config');
    const config = given === undefined ? join(input.codexHome, 'config.toml') : findInput(given, terminal);
    const configured = readConfiguredSandbox(
      existsSync(config) ? inFile(config, () => parseToml(readInput(config, terminal))) : {},
    );
    const found = [
      ...findDrift(input.profile, configured, input.home),
      ...findLevelDrift(input.policy, configured),
    ];
    if (args.flag('json'))
      terminal.out(
        JSON.stringify({ schema: 'codex-guard/policy-drift/v1', config, findings: found }, null, 2),
      );
    else if (found.length === 0) terminal.out(`${config} says what the policy says`);
    else for (const drift of found) terminal.out(showDrift(drift, terminal.colour));
    return found.some(({ severity }) => severity !== 'note') ? EXIT.findings : EXIT.fine;
  },
};

function showDrift({ id, severity, title, detail, fix }: LayerDrift, colour: boolean): string {
  return `${paint(severity, COLOUR[severity], colour)} [${id}] ${title}\n  ${detail}\n  fix: ${fix}`;
}
