/** Programs that keep credentials: which command lines hand one out, and what runs with them in its environment. */

import { programWord } from './coreutils/paths.ts';
import { type Call, definePage, NOTHING, type Outcome, type Page } from './page.ts';
import { secret } from './verbs.ts';

function readPass(call: Call): Outcome {
  const [verb, target] = call.args;
  return verb?.text === 'show' ? { effects: [secret(programWord(call), 'pass', 'read', target)] } : NOTHING;
}

export const pages: readonly Page[] = [
  definePage({
    names: ['pass'],
    about: 'the standard Unix password manager',
    read: readPass,
    examples: [
      { command: 'pass show mail/work', effects: [{ kind: 'secret', op: 'read', store: 'pass' }] },
      { command: 'pass ls', effects: [] },
      { command: 'pass find mail', effects: [] },
    ],
  }),
];
