/** Runs the shell room on a text and writes down what it would start, for table tests. */

import { type Reaction, readShell } from '../../lib/shell/interpret.ts';
import type { Invocation } from '../../lib/types/invocation.ts';
import type { Word } from '../../lib/types/text.ts';
import { fakeHost } from './fake-host.ts';

/** A word as text; unknown stretches show as `‹?›`, patterns in `‹…›`. */
export function show(word: Word): string {
  if (word.text !== undefined) return word.text;
  return (word.pieces ?? [null]).map((piece) => piece ?? '‹?›').join('');
}

export interface Trace {
  readonly parse: string;
  /** `program arg arg`, in order. */
  readonly started: readonly string[];
  readonly opaque: readonly string[];
  readonly invocations: readonly Invocation[];
}

export function trace(
  text: string,
  files: Readonly<Record<string, string>> = {},
  react: (invocation: Invocation) => Partial<Reaction> = () => ({}),
): Trace {
  const invocations: Invocation[] = [];
  const opaque: string[] = [];
  const reading = readShell(text, {
    host: fakeHost({
      '/bin/rm': '',
      '/bin/rev': '',
      '/bin/ls': '',
      '/repo/a.txt': '',
      '/etc/ssl/openssl.cnf': '',
      '/home/dev/.profile': '',
      ...files,
    }),
    cwd: { text: '/repo', glob: false, span: { start: 0, end: 0 } },
    environment: new Map([
      ['HOME', '/home/dev'],
      ['USER', 'dev'],
      ['TMPDIR', '/tmp'],
    ]),
    deadline: Number.POSITIVE_INFINITY,
    sink: {
      start: (invocation) => {
        invocations.push(invocation);
        // The one program that tests of here-documents cannot do without.
        const copied =
          invocation.argv[0]?.text === 'cat' && typeof invocation.stdin === 'object'
            ? { stdout: invocation.stdin.text ?? '' }
            : {};
        return { runs: [], ...copied, ...react(invocation) };
      },
      code: () => ({ runs: [] }),
      opaque: (effect) => opaque.push(`${effect.cause}: ${effect.why}`),
    },
  });
  return {
    parse: reading.parse,
    started: invocations.map((i) => i.argv.map(show).join(' ')),
    opaque,
    invocations,
  };
}
