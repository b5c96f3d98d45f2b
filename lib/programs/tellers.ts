/** Programs that only show words to people: notes on commands, notices, dialogues, letters made of letters. Their words may be whole commands, and none of them runs. */

import { type Call, definePage, NOTHING, type Outcome, type Page } from './page.ts';
import { namesOf } from './verbs.ts';

/** `gum spin -- COMMAND` runs a program behind a moving dot; everything else of gum asks and shows. */
function readGum({ args }: Call): Outcome {
  const dashes = args.findIndex((word) => word.text === '--');
  const argv = args[0]?.text === 'spin' && dashes >= 0 ? args.slice(dashes + 1) : [];
  return argv.length > 0 ? { effects: [], runs: [{ kind: 'argv', argv, via: 'gum spin' }] } : NOTHING;
}

export const pages: readonly Page[] = [
  definePage({
    names: namesOf(
      'tldr tealdeer cheat howdoi explainshell notify-send terminal-notifier growlnotify say espeak espeak-ng spd-say figlet toilet cowsay cowthink ponysay banner boxes toot dict dialog whiptail zenity kdialog yad logger wall',
    ),
    about: 'show words to people: notes on commands, notices, dialogues',
    read: () => NOTHING,
    examples: [
      { command: 'tldr git push origin main', effects: [] },
      { command: "notify-send 'rm -rf build is done'", effects: [] },
      { command: 'say git push is done', effects: [] },
    ],
  }),
  definePage({
    names: ['gum'],
    about: 'gum: asks and shows in a terminal',
    read: readGum,
    examples: [
      {
        command: "gum spin --title 'cleaning' -- rm -rf build",
        effects: [{ kind: 'file', op: 'delete', path: 'build' }],
      },
      { command: "gum confirm 'rm -rf build?'", effects: [] },
      { command: 'gum choose git push origin main', effects: [] },
    ],
  }),
];
