/** split and csplit: one file cut into many. */

import type { Nested } from '../../types/invocation.ts';
import type { Word } from '../../types/text.ts';
import { file, wordAt } from '../effects.ts';
import { type Call, definePage, NOTHING, type Outcome, type Page } from '../page.ts';
import { programWord, readsOf } from './paths.ts';
import { asksForHelp, readOptions } from './spec.ts';

/** `prefix…`: the pieces, whose number is not known. */
function piecesOf(prefix: Word): Word {
  const start = prefix.text !== undefined ? [prefix.text] : (prefix.pieces ?? [null]);
  return { text: undefined, pieces: [...start, null], glob: false, span: prefix.span };
}

function readSplit(call: Call): Outcome {
  const parsed = readOptions(
    call.args,
    'a= suffix-length= additional-suffix= b= bytes= C= line-bytes= d numeric-suffixes? x hex-suffixes? e elide-empty-files filter= l= lines= n= number= p= t= separator= u unbuffered verbose help version',
  );
  if (asksForHelp(parsed)) return NOTHING;
  const [source, prefix] = parsed.operands;
  const filters = parsed.values('filter');
  const near = programWord(call);
  return {
    effects: [
      ...readsOf(source ? [source] : []),
      ...(filters.length > 0
        ? []
        : [file('write', piecesOf(prefix ?? wordAt('x', near)), { clobbers: true })]),
    ],
    runs: filters.map((code): Nested => ({ kind: 'code', via: 'split --filter', lang: 'sh', code })),
  };
}

function readCsplit(call: Call): Outcome {
  const parsed = readOptions(
    call.args,
    'b= suffix-format= f= prefix= k keep-files suppress-matched n= digits= s quiet silent z elide-empty-files help version',
  );
  if (asksForHelp(parsed)) return NOTHING;
  const prefix = parsed.value('f', 'prefix') ?? wordAt('xx', programWord(call));
  return {
    effects: [...readsOf(parsed.operands.slice(0, 1)), file('write', piecesOf(prefix), { clobbers: true })],
  };
}

export const pages: readonly Page[] = [
  definePage({
    names: ['split', 'gsplit'],
    about: 'cuts a file into pieces',
    read: readSplit,
    examples: [
      {
        command: "split --filter='rm -rf /home/user' big.txt",
        effects: [{ kind: 'file', op: 'delete', path: '/home/user' }],
      },
      {
        command: 'split -l 100 .env part-',
        effects: [
          { kind: 'file', op: 'read', path: '.env' },
          { kind: 'file', op: 'write', clobbers: true },
        ],
      },
      { command: 'split --help', effects: [] },
    ],
  }),
  definePage({
    names: ['csplit'],
    about: 'cuts a file at lines that fit',
    read: readCsplit,
    examples: [
      { command: "csplit -f part .env '/x/'", effects: [{ kind: 'file', op: 'read', path: '.env' }] },
      { command: "csplit a.txt 10 '{*}'", effects: [{ kind: 'file', op: 'write' }] },
      { command: 'csplit --version', effects: [] },
    ],
  }),
];
