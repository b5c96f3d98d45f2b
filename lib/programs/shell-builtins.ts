/** Shell builtins as programs: what they do besides changing the shell's state, which is the shell room's business. */

import type { Effect } from '../types/effect.ts';
import type { Word } from '../types/text.ts';
import { type Call, definePage, NOTHING, type Outcome, type Page } from './page.ts';

/** Builtins that touch nothing we judge; their words are no files to them. */
const QUIET =
  ': [ [[ alias bg bind break builtin caller cd chdir command compgen complete compopt continue dirs disown enable eval exec exit false fc fg getopts hash help jobs let local logout mapfile popd pushd read readarray readonly return select set shift shopt suspend test times trap true type ulimit umask unalias unset wait';

/** `echo` and `printf` show what they are given; `$TOKEN` among it is shown too. */
function readShown({ args, invocation }: Call): Outcome {
  const words = [...args, ...(typeof invocation.stdin === 'object' ? [invocation.stdin] : [])];
  return {
    effects: words.flatMap((word) =>
      (word.variables ?? []).map(
        (name): Effect => ({ kind: 'env', op: 'read', name, shown: true, span: word.span }),
      ),
    ),
  };
}

/** `source FILE`: the file's text becomes part of the shell. */
function readSource({ args }: Call): Outcome {
  const file = args.find((word) => word.text !== '--');
  return file === undefined
    ? NOTHING
    : { effects: [{ kind: 'file', op: 'read', path: file, span: file.span }] };
}

/** `history -r FILE` takes old commands from a file, `-w` and `-a` write them there. A shell that is no prompt has none of its own. */
function readHistory({ args, invocation, host }: Call): Outcome {
  const option = args.find((word) => /^-[anrw]/.test(word.text ?? ''));
  if (option === undefined) return NOTHING;
  const own = invocation.assignments.findLast(({ name }) => name === 'HISTFILE')?.value;
  const path = args[args.indexOf(option) + 1] ??
    own ?? { text: `${host.home}/.bash_history`, glob: false, span: option.span };
  const op = /[nr]/.test(option.text ?? '') ? 'read' : 'append';
  return { effects: [{ kind: 'file', op, path, span: option.span }] };
}

/** `export -p`, `declare -x`, bare `set` and `export`: every variable with its value. */
function readDump({ name, args, invocation }: Call): Outcome {
  const near = invocation.argv[0] as Word;
  const options = args.filter((word) => /^-/.test(word.text ?? ''));
  const bare = args.length === 0;
  const has = (letters: RegExp): boolean => options.some((word) => letters.test(word.text ?? ''));
  // The options of `set` change the shell: `-x` shows commands, not variables.
  const prints =
    name !== 'set' &&
    (has(/^-[a-zA-Z]*p/) || (name !== 'export' && options.length === args.length && has(/^-[a-zA-Z]*x/)));
  const named = args.filter((word) => !options.includes(word));
  if (!bare && !prints) return NOTHING;
  if (named.length > 0) {
    return {
      effects: named.map(
        (word): Effect => ({
          kind: 'env',
          op: 'read',
          span: word.span,
          shown: true,
          ...(word.text === undefined ? {} : { name: word.text }),
        }),
      ),
    };
  }
  return { effects: [{ kind: 'env', op: 'dump', span: near.span, shown: true }] };
}

export const pages: readonly Page[] = [
  definePage({
    names: QUIET.split(' ').filter((name) => name !== 'set'),
    about: 'builtins without effects of their own',
    read: () => NOTHING,
    examples: [
      { command: 'test -f .env && echo present', effects: [] },
      { command: '[ -f .env ] || true', effects: [] },
      { command: 'type git; hash -r; umask 022', effects: [] },
    ],
  }),
  definePage({
    names: ['echo', 'printf'],
    about: 'builtins that print their words',
    read: readShown,
    examples: [
      {
        command: 'echo "$GITHUB_TOKEN"',
        effects: [{ kind: 'env', op: 'read', name: 'GITHUB_TOKEN', shown: true }],
      },
      { command: 'printf "%s" "$HOME"', effects: [] },
      { command: 'echo hello', effects: [] },
    ],
  }),
  definePage({
    names: ['history'],
    about: 'the commands of a prompt',
    read: readHistory,
    examples: [
      { command: 'history -r old.txt', effects: [{ kind: 'file', op: 'read', path: 'old.txt' }] },
      { command: 'history -w all.txt', effects: [{ kind: 'file', op: 'append', path: 'all.txt' }] },
      { command: 'history 20', effects: [] },
    ],
  }),
  definePage({
    names: ['source', '.'],
    about: 'builtins that read a file into the shell',
    read: readSource,
    examples: [
      { command: 'source .env', effects: [{ kind: 'file', op: 'read', path: '.env' }] },
      { command: '. ./scripts/env.sh', effects: [{ kind: 'file', op: 'read', path: './scripts/env.sh' }] },
      { command: 'source /dev/null', effects: [] },
    ],
  }),
  definePage({
    names: ['export', 'declare', 'typeset', 'set'],
    about: 'builtins that can print every variable',
    read: readDump,
    examples: [
      { command: 'export -p', effects: [{ kind: 'env', op: 'dump', shown: true }] },
      { command: 'declare -p HOME', effects: [{ kind: 'env', op: 'read', name: 'HOME' }] },
      { command: 'export NODE_ENV=test; set -euo pipefail; set -x; declare -A m', effects: [] },
      { command: 'declare -x', effects: [{ kind: 'env', op: 'dump', shown: true }] },
      { command: 'set', effects: [{ kind: 'env', op: 'dump', shown: true }] },
    ],
  }),
];
