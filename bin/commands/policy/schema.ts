/** `codex-guard policy schema`: the JSON Schema of policy files. */

import { guards, makePolicySchema, TRUST_LADDER } from '../../../lib/api.ts';
import { type CommandSpec, EXIT } from '../../command.ts';

export const schemaAction: CommandSpec = {
  name: 'schema',
  usage: '',
  words: 0,
  about: 'Print the JSON Schema of policy files.',
  options: { json: { type: 'boolean', about: 'print JSON' } },
  examples: [
    ['policy schema > policy.schema.json', 'for editors that complete and explain; name it in $schema'],
  ],
  run: (_, terminal) => {
    const table = Object.fromEntries(guards.map((guard) => [guard.id, guard]));
    const presets = TRUST_LADDER.map(({ preset }) => `codex-guard:${preset}`).sort();
    terminal.out(JSON.stringify(makePolicySchema(table, presets), null, 2));
    return EXIT.fine;
  },
};
