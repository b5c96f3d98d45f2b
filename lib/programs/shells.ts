/** Shells and detachers as programs: whether they wait for input or outlive the step. What they run is the shell room's business. */

import { SHELLS } from '../shell/names.ts';
import type { Word } from '../types/text.ts';
import { run } from './effects.ts';
import { type Call, definePage, NOTHING, type Outcome, type Page } from './page.ts';

/** A shell without text, file or input is a prompt that later input would drive; `-i` makes one of any. */
function readShell({ args, invocation }: Call): Outcome {
  const near = invocation.argv[0] as Word;
  const flags = args
    .filter((word) => /^-[a-zA-Z]+$/.test(word.text ?? ''))
    .map((word) => word.text as string);
  const hasCode = flags.some((flag) => flag.includes('c')) || args.some((word) => word.text === '--command');
  const hasFile = args.some((word) => word.text === undefined || !/^[-+]/.test(word.text));
  const informs = args.some((word) => word.text === '--version' || word.text === '--help');
  const isFed = invocation.stdin !== undefined || invocation.redirects.some((redirect) => redirect.fd === 0);
  const asksForPrompt = flags.some((flag) => flag.includes('i'));
  if (informs || hasCode || isFed || (hasFile && !asksForPrompt)) return NOTHING;
  return { effects: [run(near, { interactive: true })] };
}

export const pages: readonly Page[] = [
  definePage({
    names: [...SHELLS],
    about: 'shells',
    read: readShell,
    examples: [
      { command: 'bash', effects: [{ kind: 'run', interactive: true }] },
      { command: 'zsh -i', effects: [{ kind: 'run', interactive: true }] },
      { command: "bash -lc 'true'", effects: [] },
      { command: 'sh --version', effects: [] },
    ],
  }),
  definePage({
    names: ['nohup', 'setsid', 'daemonize', 'start-stop-daemon'],
    about: 'programs that let another one outlive the step',
    read: ({ invocation }) => ({ effects: [run(invocation.argv[0] as Word, { persistent: true })] }),
    examples: [
      { command: 'nohup npm run dev', effects: [{ kind: 'run', program: 'nohup', persistent: true }] },
      { command: 'setsid sleep 5', effects: [{ kind: 'run', program: 'setsid', persistent: true }] },
      { command: 'sleep 5', effects: [] },
    ],
  }),
];
