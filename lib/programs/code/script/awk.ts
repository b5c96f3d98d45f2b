/** Reads awk: its tokens, its redirections and pipes. */

import type { Outcome } from '../../page.ts';
import * as a from '../actions.ts';
import type { Dialect, Machine, Surroundings } from '../machine.ts';
import * as t from '../text-calls.ts';
import * as v from '../value.ts';
import type { Manner, Part } from './manner.ts';
import { readScript } from './reader.ts';

/** What an awk text does. */
export function readAwk(code: string, around: Surroundings): Outcome {
  return readScript(code, around, awkDialect(), AWK);
}

/** Files that awk itself takes for its own streams. */
const OWN_STREAM = /^(?:\/dev\/(?:stdin|stdout|stderr|fd\/\d+)|-)$/;

const AWK: Manner = {
  lexicon: {
    lineComments: ['#'],
    blockComments: [],
    sigils: '',
    raw: '',
    cooked: '"',
    command: '',
    interpolation: 'none',
    patterns: true,
  },
  lines: true,
  members: /^::$/,
  joins: /^ $/,
  assigns: /^=$/,
  bareCalls: false,
  autoCalls: false,
  statement: redirects,
};

/** `print … > file`, `print … | command`, `command | getline`, `getline < file`. */
function redirects(machine: Machine, parts: readonly Part[]): v.Value | undefined {
  const directive = parts.findIndex((part) => part.kind === 'sign' && part.text === '@');
  if (directive >= 0) follow(machine, parts.slice(directive + 1));
  const isPrint = parts.some(
    (part) => part.kind === 'value' && (part.name === 'print' || part.name === 'printf' || part.printed),
  );
  if (isPrint) for (const part of parts) if (part.kind === 'value') a.show(machine, part.value);
  const line = parts.findIndex((part) => part.kind === 'value' && part.name === 'getline');
  const at = parts.findIndex(
    (part, index) =>
      part.kind === 'sign' && /^(?:>|>>|\||\|&|<)$/.test(part.text) && (isPrint || line >= 0) && index > 0,
  );
  if (at < 0) return undefined;
  const sign = (parts[at] as { text: string }).text;
  const isRead = line >= 0 && !isPrint;
  const side = isRead && sign !== '<' ? parts.slice(0, at) : parts.slice(at + 1);
  // What is compared with the result stands behind it.
  const operands = side.filter(
    (part): part is Part & { kind: 'value' } => part.kind === 'value' && part.name !== 'getline',
  );
  const until = side.findIndex(
    (part) => part.kind === 'sign' && /^(?:[<>=!]=?|==|&&|\|\||\|)$/.test(part.text),
  );
  const joined = v.join(
    (until < 0
      ? operands
      : side
          .slice(0, until)
          .flatMap((part) => (part.kind === 'value' && part.name !== 'getline' ? [part] : []))
    ).map((part) => part.value),
  );
  flow(machine, sign, isRead, joined);
  return v.UNKNOWN;
}

/** `@include "file"`, `@load "library"`, and calls by a variable's name. */
function follow(machine: Machine, parts: readonly Part[]): void {
  const [word, operand] = parts;
  const name = word?.kind === 'value' ? word.name : undefined;
  const args: v.Args = { positional: operand?.kind === 'value' ? [operand.value] : [], named: new Map() };
  const site = { path: '@include', self: undefined, args, machine };
  if (name === 'include') a.runsFile(0)(site);
  else if (name !== 'namespace') a.hides('it calls a function that is known only when it runs')(site);
}

function flow(machine: Machine, sign: string, isRead: boolean, target: v.Value): void {
  const site = {
    path: isRead ? 'getline' : 'print',
    self: undefined,
    args: { positional: [target], named: new Map() },
    machine,
  };
  const known = v.knownText(target) ?? String(v.piecesOf(target)[0] ?? '');
  const inet = /^\/inet[46]?\/(?:tcp|udp)\/\d*\/([^/]*)\/(\w*)/.exec(known);
  if (inet)
    a.contact(
      site,
      v.list([v.text(inet[1] as string), v.text(inet[2] as string)]),
      isRead ? [] : [v.UNKNOWN],
    );
  else if (sign.startsWith('|')) a.runCode(site, target, 'sh');
  else if (OWN_STREAM.test(known)) return;
  else if (isRead) a.reads(0)(site);
  else if (sign === '>>') a.appends(0)(site);
  else a.writes(0)(site);
}

const CALLS: a.CallTable = [
  [a.shells(0), 'system'],
  [t.isHarmless, 'length index match split gsub sub close fflush strftime systime srand rand int'],
  [
    a.gives((site) => {
      const [format = v.UNKNOWN, ...rest] = site.args.positional;
      return t.fillPercent(format, v.list(rest));
    }),
    'sprintf',
  ],
  [t.changesText((known) => known.toLowerCase(), 0), 'tolower'],
  [t.changesText((known) => known.toUpperCase(), 0), 'toupper'],
  [
    a.gives((site) => {
      const from = v.knownNumber(site.args.positional[1]);
      const length = v.knownNumber(site.args.positional[2]);
      return from === undefined
        ? v.UNKNOWN
        : t.sliceOf(
            site.args.positional[0] ?? v.UNKNOWN,
            from - 1,
            length === undefined ? undefined : from - 1 + length,
          );
    }),
    'substr',
  ],
  [a.shows, 'print printf'],
];

let dialect: Dialect | undefined;

/** awk's dialect; the table is built when it is first asked for. */
function awkDialect(): Dialect {
  dialect ??= {
    language: 'awk',
    calls: a.callsOf(CALLS),
    constants: new Map<string, (machine: Machine) => v.Value>([
      ['ENVIRON', () => v.ref('ENVIRON', { source: { from: 'env' } })],
      ['ARGV', (machine) => t.argumentsOf(machine.args)],
    ]),
    canonical: (path) => path,
  };
  return dialect;
}
