/** Text editors: scripts on their command lines, the files these write, and the sessions they open. */

import { programWord } from './coreutils/paths.ts';
import { run } from './effects.ts';
import { definePage, type Page } from './page.ts';

export const pages: readonly Page[] = [
  definePage({
    names: ['nano'],
    about: 'editors for a person at a terminal',
    read: (call) => ({ effects: [run(programWord(call), { interactive: true })] }),
    examples: [
      { command: 'nano', effects: [{ kind: 'run', interactive: true }] },
      { command: 'nano README.md', effects: [{ kind: 'run', interactive: true }] },
      { command: 'nano -w README.md', effects: [{ kind: 'run', interactive: true }] },
    ],
  }),
];
