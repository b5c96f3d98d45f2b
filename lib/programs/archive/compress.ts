/** gzip and its kin: one file turned into another in its place. */

import type { Effect } from '../../types/effect.ts';
import type { Word } from '../../types/text.ts';
import { isStream, readsOf, writesOf } from '../coreutils/paths.ts';
import { asksForHelp, readOptions } from '../coreutils/spec.ts';
import { file } from '../effects.ts';
import type { ParsedArgs } from '../options.ts';
import { type Call, definePage, NOTHING, type Outcome, type Page } from '../page.ts';

interface Compressor {
  readonly ending: string;
  /** Leaves the original where it is unless asked otherwise. */
  readonly keeps?: boolean;
  readonly unpacks?: boolean;
}

const COMPRESSORS: Readonly<Record<string, Compressor>> = {
  gzip: { ending: '.gz' },
  pigz: { ending: '.gz' },
  bzip2: { ending: '.bz2' },
  pbzip2: { ending: '.bz2' },
  lbzip2: { ending: '.bz2' },
  xz: { ending: '.xz' },
  pixz: { ending: '.xz', keeps: true },
  lzma: { ending: '.lzma' },
  lzip: { ending: '.lz' },
  lzop: { ending: '.lzo', keeps: true },
  lz4: { ending: '.lz4', keeps: true },
  zstd: { ending: '.zst', keeps: true },
  brotli: { ending: '.br', keeps: true },
  compress: { ending: '.Z' },
  gunzip: { ending: '.gz', unpacks: true },
  unpigz: { ending: '.gz', unpacks: true },
  bunzip2: { ending: '.bz2', unpacks: true },
  unxz: { ending: '.xz', unpacks: true },
  unlzma: { ending: '.lzma', unpacks: true },
  unlz4: { ending: '.lz4', keeps: true, unpacks: true },
  unzstd: { ending: '.zst', keeps: true, unpacks: true },
  uncompress: { ending: '.Z', unpacks: true },
};

const OPTIONS =
  'c stdout to-stdout d decompress uncompress f force h help k keep l list n N no-name q quiet r recursive rm S= suffix= t test v verbose V version 1 2 3 4 5 6 7 8 9 fast best p= processes= T= threads= o= output= output-dir-flat= output-dir-mirror= D= F= format= C= check= M= memlimit= files? files0? filelist= patch-from= B? w= q= b? b= m z compress e extreme block-size= filters=';

function readCompress(call: Call): Outcome {
  const tool = COMPRESSORS[call.name];
  if (!tool) return NOTHING;
  const parsed = readOptions(call.args, OPTIONS);
  if (asksForHelp(parsed) || parsed.has('h', 'V')) return NOTHING;
  const lists = parsed.values('files', 'files0', 'filelist', 'D', 'patch-from');
  const paths = parsed.operands.filter((word) => !isStream(word));
  const effects: Effect[] = [...readsOf(lists)];
  const output = parsed.value('o', 'output', 'output-dir-flat', 'output-dir-mirror');
  const [first, second] = paths;
  if (parsed.has('c', 'stdout', 'to-stdout')) effects.push(...readsOf(paths));
  else if (parsed.has('l', 'list', 't', 'test')) effects.push(...paths.map((path) => file('list', path)));
  else if (output) effects.push(...readsOf(paths), ...writesOf(output));
  // `lz4 in out`
  else if (/lz4$/.test(call.name) && first && second && !parsed.has('m'))
    effects.push(...readsOf([first]), ...writesOf(second));
  else effects.push(...paths.flatMap(changing(tool, parsed)));
  return { effects };
}

/** Gives what becomes of a file under the options. */
function changing(tool: Compressor, parsed: ParsedArgs): (path: Word) => readonly Effect[] {
  const unpacks = tool.unpacks === true || parsed.has('d', 'decompress', 'uncompress');
  const keeps = parsed.has('k', 'keep') || (tool.keeps === true && !parsed.has('rm'));
  const clobbers = parsed.has('f', 'force');
  const ending = parsed.value('S', 'suffix')?.text ?? tool.ending;
  if (parsed.has('r', 'recursive')) return (path) => [file('write', path, { recursive: true })];
  return (path) => {
    const target = renamed(path, ending, unpacks);
    // The content stays, in another form: nothing is lost.
    if (!keeps) return [file('move', target, { from: path, clobbers })];
    return [...readsOf([path]), ...writesOf(target, { clobbers })];
  };
}

function renamed(path: Word, ending: string, unpacks: boolean): Word {
  const change = (text: string): string =>
    !unpacks
      ? text + ending
      : text.endsWith(ending)
        ? text.slice(0, -ending.length)
        : text.replace(/\.t(?:gz|bz2?|xz|zst)$/, '.tar');
  if (path.text !== undefined) return { ...path, text: change(path.text) };
  const pieces = [...(path.pieces ?? [null])];
  const last = pieces.at(-1);
  if (typeof last === 'string') pieces[pieces.length - 1] = change(last);
  else if (!unpacks) pieces.push(ending);
  return { ...path, pieces };
}

export const pages: readonly Page[] = [
  definePage({
    names: Object.keys(COMPRESSORS),
    about: 'compresses files in their place',
    read: readCompress,
    examples: [
      {
        command: 'gzip app.log',
        effects: [{ kind: 'file', op: 'move', path: 'app.log.gz', from: 'app.log' }],
      },
      { command: 'gunzip -c a.gz', effects: [{ kind: 'file', op: 'read', path: 'a.gz' }] },
      {
        command: 'zstd .env -o out.zst',
        effects: [
          { kind: 'file', op: 'read', path: '.env' },
          { kind: 'file', op: 'write', path: 'out.zst' },
        ],
      },
      { command: 'xz -l a.xz', effects: [] },
    ],
  }),
];
