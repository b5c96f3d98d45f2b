/** Programs that delete or empty files: rm and its kin. */

import type { Effect } from '../../types/effect.ts';
import { file } from '../effects.ts';
import { type Call, definePage, NOTHING, type Outcome, type Page } from '../page.ts';
import { isDisk, writesOf } from './paths.ts';
import { asksForHelp, readOptions } from './spec.ts';

function readRm(call: Call): Outcome {
  const parsed = readOptions(
    call.args,
    'f force i I interactive? one-file-system no-preserve-root preserve-root? r R recursive d dir v verbose help version',
  );
  if (asksForHelp(parsed)) return NOTHING;
  const recursive = ALWAYS_RECURSIVE.has(call.name) || parsed.has('r', 'R', 'recursive');
  return { effects: parsed.operands.map((path) => file('delete', path, recursive ? { recursive } : {})) };
}

const ALWAYS_RECURSIVE: ReadonlySet<string> = new Set(['rimraf', 'del-cli']);

function readRmdir(call: Call): Outcome {
  const parsed = readOptions(call.args, 'ignore-fail-on-non-empty p parents v verbose help version');
  return asksForHelp(parsed) ? NOTHING : { effects: parsed.operands.map((path) => file('delete', path)) };
}

function readShred(call: Call): Outcome {
  const parsed = readOptions(
    call.args,
    'f force n= iterations= random-source= s= size= u remove? v verbose x exact z zero r R recursive help version',
  );
  if (asksForHelp(parsed)) return NOTHING;
  const recursive = parsed.has('r', 'R', 'recursive') ? { recursive: true } : {};
  const removes = call.name !== 'shred' || parsed.has('u', 'remove');
  return {
    effects: parsed.operands.flatMap((path): Effect[] => [
      ...writesOf(path, recursive),
      ...(removes && !isDisk(path) ? [file('delete', path, recursive)] : []),
    ]),
  };
}

function readTruncate(call: Call): Outcome {
  const parsed = readOptions(call.args, 'c no-create o io-blocks r= reference= s= size= help version');
  if (asksForHelp(parsed)) return NOTHING;
  const size = parsed.value('s', 'size')?.text ?? '';
  // `+N`, `>N` and `%N` can only make a file longer.
  const grows = /^ *[+>%]/.test(size);
  const empties = /^[</]?0+[A-Za-z]*$/.test(size) ? { bytes: 0 } : {};
  return { effects: parsed.operands.flatMap((path) => writesOf(path, { clobbers: !grows, ...empties })) };
}

/** shx: the same programs for Windows, as words. */
function readShx(call: Call): Outcome {
  return call.args.length > 0
    ? { effects: [], runs: [{ kind: 'argv', via: 'shx', argv: call.args }] }
    : NOTHING;
}

export const pages: readonly Page[] = [
  definePage({
    names: ['rm', 'grm', 'rimraf', 'del-cli'],
    about: 'deletes files and trees',
    read: readRm,
    examples: [
      {
        command: 'rm -rf node_modules',
        effects: [{ kind: 'file', op: 'delete', path: 'node_modules', recursive: true }],
      },
      { command: 'rm -- -rf', effects: [{ kind: 'file', op: 'delete', path: '-rf' }] },
      {
        command: 'rm build --recur --force',
        effects: [{ kind: 'file', op: 'delete', path: 'build', recursive: true }],
      },
      { command: 'rm --help', effects: [] },
    ],
  }),
  definePage({
    names: ['rmdir', 'unlink', 'grmdir'],
    about: 'deletes empty directories and single names',
    read: readRmdir,
    examples: [
      { command: 'rmdir -p a/b', effects: [{ kind: 'file', op: 'delete', path: 'a/b' }] },
      { command: 'unlink notes.txt', effects: [{ kind: 'file', op: 'delete', path: 'notes.txt' }] },
      { command: 'rmdir --version', effects: [] },
    ],
  }),
  definePage({
    names: ['shred', 'srm', 'wipe', 'scrub', 'gshred'],
    about: 'overwrites files so that they cannot be had back',
    read: readShred,
    examples: [
      {
        command: 'shred -u notes.txt',
        effects: [
          { kind: 'file', op: 'write', path: 'notes.txt', clobbers: true },
          { kind: 'file', op: 'delete', path: 'notes.txt' },
        ],
      },
      {
        command: 'shred -n 1 /dev/sda',
        effects: [{ kind: 'data', system: 'disk', destructive: true, target: '/dev/sda' }],
      },
      { command: 'shred --help', effects: [] },
    ],
  }),
  definePage({
    names: ['truncate', 'gtruncate'],
    about: 'cuts files off or makes them longer',
    read: readTruncate,
    examples: [
      {
        command: 'truncate -s 0 app.log',
        effects: [{ kind: 'file', op: 'write', path: 'app.log', clobbers: true }],
      },
      {
        command: 'truncate --size=+1M app.img',
        effects: [{ kind: 'file', op: 'write', path: 'app.img', clobbers: false }],
      },
      { command: 'truncate --version', effects: [] },
    ],
  }),
  definePage({
    names: ['shx'],
    about: 'runs Unix file programs under Node',
    read: readShx,
    examples: [
      {
        command: 'shx rm -rf dist',
        effects: [{ kind: 'file', op: 'delete', path: 'dist', recursive: true }],
      },
      { command: 'shx ls src', effects: [] },
      { command: 'shx echo done', effects: [] },
    ],
  }),
];
