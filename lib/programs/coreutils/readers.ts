/** The table of programs that print or digest the files they are given, and the page made of it. */

import type { Effect } from '../../types/effect.ts';
import type { Nested } from '../../types/invocation.ts';
import type { Word } from '../../types/text.ts';
import { file } from '../effects.ts';
import { partOf } from '../options.ts';
import { type Call, definePage, NOTHING, type Outcome, type Page } from '../page.ts';
import { filterOutput } from '../text-filters.ts';
import { filteredReads } from './names-only.ts';
import { isStream, readsOf, writesOf } from './paths.ts';
import { READERS, type Reader } from './reader-table.ts';
import { asksForHelp, readOptions } from './spec.ts';

const BY_NAME: ReadonlyMap<string, Reader> = new Map(
  READERS.flatMap((reader) => reader.names.split(' ').map((name) => [name, reader] as const)),
);

function readFiles(call: Call): Outcome {
  const reader = BY_NAME.get(call.name);
  if (!reader) return NOTHING;
  const parsed = readOptions(call.args, reader.spec ?? '');
  if (asksForHelp(parsed)) return NOTHING;
  const named = (list: string | undefined): readonly Word[] =>
    list ? parsed.values(...list.split(' ')) : [];
  const isEdited =
    reader.edits !== undefined && (reader.edits === '' || parsed.has(...reader.edits.split(' ')));
  const operands = parsed.operands
    .slice(reader.skip ?? 0)
    .map((word) => (reader.argumentFiles && word.text?.startsWith('@') ? partOf(word, 1) : word));
  const written =
    reader.lastWritten !== undefined && operands.length > reader.lastWritten ? operands.slice(-1) : [];
  const read = written.length > 0 ? operands.slice(0, -1) : operands;
  const recursive = reader.recursive && parsed.has(...reader.recursive.split(' ')) ? { recursive: true } : {};
  const effects: Effect[] = [
    ...(reader.onlyNames
      ? read.filter((word) => !isStream(word)).map((word) => file('list', word))
      : filteredReads(call, read, recursive)),
    ...(isEdited ? read.flatMap((word) => writesOf(word, { clobbers: false })) : []),
    ...readsOf(named(reader.reads)),
    ...[...written, ...named(reader.writes)].flatMap((word) => writesOf(word)),
  ];
  const runs = named(reader.runs).map(
    (code): Nested => ({ kind: 'code', via: `${call.name} option`, lang: 'sh', code }),
  );
  const stdout = read.every((word) => word.text === '-') ? filterOutput(call) : undefined;
  return { effects, runs, ...(stdout === undefined ? {} : { stdout }) };
}

export const pages: readonly Page[] = [
  definePage({
    names: [...BY_NAME.keys()],
    about: 'prints or digests files',
    read: readFiles,
    examples: [
      { command: 'cat .env', effects: [{ kind: 'file', op: 'read', path: '.env' }] },
      {
        command: 'sort -o data.txt data.txt',
        effects: [{ kind: 'file', op: 'write', path: 'data.txt', clobbers: true }],
      },
      { command: 'uniq in.txt out.txt', effects: [{ kind: 'file', op: 'write', path: 'out.txt' }] },
      { command: 'base64 ~/.ssh/id_rsa', effects: [{ kind: 'file', op: 'read' }] },
      { command: 'head -n 5 package.json | sort -u | wc -l', effects: [] },
      { command: 'diff -ru a b', effects: [] },
    ],
  }),
];
