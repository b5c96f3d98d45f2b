/** Tells the sink what starts, with everything known about it. */

import type { Assignment, Invocation } from '../types/invocation.ts';
import type { Word } from '../types/text.ts';
import type { Machine, Reaction, ShellState } from './machine.ts';
import { stdinText } from './redirects.ts';
import type { Place, Started } from './start.ts';
import { optionsOf } from './state.ts';
import { ANYTHING, ANYTHING_REMOTE, concat, fromWord, type Text, toWord, UNKNOWN } from './value.ts';

/** Tells the sink about a program start. */
export function emit(argv: readonly Word[], started: Started, place: Place): Reaction {
  const { state, frame, io, machine } = place;
  const text = started.stdin?.kind === 'text' ? stdinText(started.stdin) : undefined;
  const stdin =
    text !== undefined
      ? toWord([text], started.span)
      : started.stdin?.kind === 'text'
        ? ('pipe' as const)
        : undefined;
  const base: Omit<Invocation, 'cwd'> = {
    argv,
    assignments: environmentOf(started, state),
    redirects: started.opened.redirects,
    via: frame.via,
    span: started.span,
    ...(stdin === undefined ? {} : { stdin }),
    ...(io.piped ? { piped: true } : {}),
    ...(frame.place === undefined ? {} : { place: frame.place }),
    ...(machine.possible > 0 ? { uncertain: true } : {}),
  };
  const reactions = state.cwd
    .slice(0, 4)
    .map((cwd) => machine.sink.start({ ...base, cwd: toWord(cwd, started.span) }));
  const reaction = reactions[0] ?? { runs: [] };
  if (reaction.succeeds !== undefined && reactions.length === 1)
    machine.reported = { argv, succeeds: reaction.succeeds };
  noteWritten(reaction, machine);
  return reaction;
}

/** Remembers which files hold something new, and whether that came from the network. */
export function noteWritten({ wrote, fetches }: Reaction, machine: Machine): void {
  for (const { text } of wrote ?? [])
    if (text?.startsWith('/')) machine.files.set(text, fetches ? ANYTHING_REMOTE : ANYTHING);
}

function environmentOf(started: Started, state: ShellState): Assignment[] {
  const exported = [...state.exported].map((name) => ({
    name,
    value: toWord(optionsOf(state.variables.get(name))[0] ?? [UNKNOWN], started.span),
  }));
  const own = started.settings.flatMap((s) =>
    Array.isArray(s.value) ? [{ name: s.name, value: toWord(s.value as Text, started.span) }] : [],
  );
  return [...exported, ...own];
}

/** The directory that a word names, seen from the current one. */
export function directoryOf(word: Word, state: ShellState): Text {
  const text = fromWord(word);
  const start = typeof text[0] === 'string' ? text[0] : '';
  return start.startsWith('/') ? text : concat(state.cwd[0] ?? [UNKNOWN], ['/'], text);
}
