/** Programs that switch the machine off or restart it. */

import { programWord } from '../coreutils/paths.ts';
import { asksForHelp, readOptions } from '../coreutils/spec.ts';
import type { ParsedArgs } from '../options.ts';
import { type Call, definePage, NOTHING, type Outcome, type Page } from '../page.ts';

const STOPS: Readonly<Record<string, string>> = {
  shutdown: 'shutdown',
  reboot: 'reboot',
  halt: 'halt',
  poweroff: 'poweroff',
  init: 'runlevel',
  telinit: 'runlevel',
  kexec: 'kexec',
};

function readStop(call: Call): Outcome {
  const parsed = readOptions(
    call.args,
    't= c show h H P r k f p n w d force no-wtmp no-wall reboot halt poweroff help version e l load= exec',
  );
  const near = programWord(call);
  if (asksForHelp(parsed) || stopsNothing(call, parsed)) return NOTHING;
  return {
    effects: [
      {
        kind: 'data',
        system: 'machine',
        op: STOPS[call.name] ?? call.name,
        // What runs on it is gone, unsaved work included.
        destructive: true,
        span: near.span,
      },
    ],
  };
}

function stopsNothing(call: Call, parsed: ParsedArgs): boolean {
  if (call.name === 'shutdown') return parsed.has('c', 'show', 'k');
  if (call.name === 'kexec') return !parsed.has('e', 'exec');
  return /init$/.test(call.name) && !/^[016]$/.test(parsed.operands[0]?.text ?? '');
}

export const pages: readonly Page[] = [
  definePage({
    names: Object.keys(STOPS),
    about: 'switches the machine off or restarts it',
    read: readStop,
    examples: [
      {
        command: 'shutdown -h now',
        effects: [{ kind: 'data', system: 'machine', op: 'shutdown', destructive: true }],
      },
      { command: 'reboot', effects: [{ kind: 'data', system: 'machine', op: 'reboot' }] },
      { command: 'shutdown -c', effects: [] },
    ],
  }),
];
