/** patch: writes the files that a diff names, or the one it is given. */

import type { Effect } from '../types/effect.ts';
import type { Word } from '../types/text.ts';
import { inputText } from './coreutils/input.ts';
import { absolutePath, programWord, readsOf } from './coreutils/paths.ts';
import { asksForHelp, readOptions } from './coreutils/spec.ts';
import { file, joinWord, opaque, wordAt } from './effects.ts';
import { readDiffPaths } from './git/diff-paths.ts';
import { type Call, definePage, NOTHING, type Outcome, type Page } from './page.ts';

const OPTIONS =
  'p= strip= d= directory= i= input= o= output= r= reject-file= F= fuzz= D= ifdef= B= prefix= V= version-control= z= suffix= Y= basename-prefix= g= get= b backup R reverse N forward E remove-empty-files dry-run C check s silent quiet f force t batch u c n e l binary';
const MAX_BYTES = 1 << 20;

function readPatch(call: Call): Outcome {
  const parsed = readOptions(call.args, OPTIONS);
  if (asksForHelp(parsed)) return NOTHING;
  const [target, second] = parsed.operands;
  const input = parsed.value('i', 'input') ?? second;
  const reads = readsOf(input && input.text !== '-' ? [input] : []);
  if (parsed.has('dry-run', 'C', 'check')) return { effects: reads };
  const folder = parsed.value('d', 'directory');
  const place = (word: Word): Word => (folder === undefined ? word : joinWord(folder, word));
  const written = parsed.value('o', 'output') ?? target;
  if (written !== undefined) return { effects: [...reads, file('write', place(written))] };
  const near = programWord(call);
  const text =
    input === undefined || input.text === '-' ? inputText(call, MAX_BYTES) : readInput(call, input);
  if (text === undefined)
    return call.invocation.stdin === 'pipe'
      ? { effects: [...reads, opaque(near, 'it applies a patch that is known only when it runs')] }
      : { effects: reads };
  // Without `-p` only the last part of a name counts.
  const strip = Number(parsed.value('p', 'strip')?.text ?? Number.MAX_SAFE_INTEGER);
  const isBack = parsed.has('R', 'reverse');
  const writes = readDiffPaths(text, strip).map(({ op, path, from }): Effect => {
    const at = place(wordAt(path, near));
    if (from !== undefined) return file('move', at, { from: place(wordAt(from, near)) });
    return file(isBack && op !== 'write' ? (op === 'delete' ? 'create' : 'delete') : op, at);
  });
  return { effects: [...reads, ...writes] };
}

function readInput(call: Call, input: Word): string | undefined {
  const path = absolutePath(call, input);
  return path === undefined ? undefined : call.host.readFile(path, MAX_BYTES);
}

const DIFF = '--- a/src/a.ts\n+++ b/src/a.ts\n@@ -1 +1 @@\n-a\n+b\n';

export const pages: readonly Page[] = [
  definePage({
    names: ['patch', 'gpatch'],
    about: 'patch: applies diffs',
    read: readPatch,
    examples: [
      { command: 'patch src/a.ts fix.diff', effects: [{ kind: 'file', op: 'write', path: 'src/a.ts' }] },
      {
        command: `patch -p1 <<'EOF'\n${DIFF}EOF`,
        effects: [{ kind: 'file', op: 'write', path: 'src/a.ts' }],
      },
      { command: 'git diff main | patch -R -p1', effects: [{ kind: 'opaque' }] },
      { command: 'patch --dry-run -p1 -i fix.diff', effects: [] },
    ],
  }),
];
