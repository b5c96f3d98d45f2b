/** The stream editors sed and awk as far as their words go; what an awk program says is read elsewhere. */

import type { Effect } from '../../types/effect.ts';
import type { Nested } from '../../types/invocation.ts';
import type { Word } from '../../types/text.ts';
import { opaque, wordAt } from '../effects.ts';
import type { ParsedArgs } from '../options.ts';
import { type Call, definePage, NOTHING, type Outcome, type Page } from '../page.ts';
import { filterOutput } from '../text-filters.ts';
import { filteredReads } from './names-only.ts';
import { readsOf, textOf, writesOf } from './paths.ts';
import { readSedScript, type SedAction } from './sed-script.ts';
import { asksForHelp, readOptions } from './spec.ts';

const SED =
  'n quiet silent debug e= expression= f= file= follow-symlinks i? in-place? l= line-length= posix E r regexp-extended s separate sandbox u unbuffered z null-data help version';

function readSed(call: Call): Outcome {
  const parsed = readOptions(call.args, SED);
  if (asksForHelp(parsed)) return NOTHING;
  const inPlace = parsed.has('i', 'in-place');
  const operands = [...parsed.operands];
  const files = parsed.values('f', 'file');
  const given = parsed.values('e', 'expression');
  // BSD sed takes the suffix as a word of its own: `sed -i '' …`.
  const hasSuffix = operands[0]?.text === '' && operands.length > (files.length + given.length > 0 ? 1 : 2);
  if (inPlace && hasSuffix) operands.shift();
  const scripts = [...given];
  if (scripts.length === 0 && files.length === 0) scripts.push(...operands.splice(0, 1));
  const effects: Effect[] = readsOf(files);
  const runs: Nested[] = [];
  const text = (word: Word): string | undefined => (files.includes(word) ? textOf(call, word) : word.text);
  for (const word of [...files, ...scripts]) {
    const script = text(word);
    if (script === undefined) continue;
    for (const action of readSedScript(script).actions) addAction(call, word, action, effects, runs);
  }
  if (inPlace) {
    const isBackedUp = parsed.value('i', 'in-place') !== undefined;
    const clobbers = !isBackedUp && scripts.every((word) => deletesAll(parsed, word.text));
    effects.push(...operands.flatMap((path) => writesOf(path, { clobbers })));
  } else effects.push(...filteredReads(call, operands));
  if (parsed.has('sandbox')) return { effects: effects.filter((effect) => effect.kind === 'file') };
  const stdout = operands.length === 0 ? filterOutput(call) : undefined;
  return { effects, runs, ...(stdout === undefined ? {} : { stdout }) };
}

/** True for scripts that leave nothing of a file: `d`, `1,$d`, or silence without a print. */
function deletesAll(parsed: ParsedArgs, script: string | undefined): boolean {
  if (script === undefined) return false;
  return (
    /^\s*(?:1\s*,\s*\$\s*)?d\s*;?\s*$/.test(script) ||
    (parsed.has('n', 'quiet', 'silent') && !/[pPwl]/.test(script))
  );
}

function addAction(call: Call, near: Word, action: SedAction, effects: Effect[], runs: Nested[]): void {
  const word = wordAt(action.text ?? '', near);
  if (action.kind === 'read') effects.push(...readsOf([word]));
  else if (action.kind === 'write') effects.push(...writesOf(word));
  else if (action.text !== undefined) runs.push({ kind: 'code', via: 'sed e', lang: 'sh', code: word });
  else {
    const stdin = call.invocation.stdin;
    if (action.kind === 'run-line' && stdin !== undefined && stdin !== 'pipe')
      runs.push({ kind: 'code', via: 'sed e', lang: 'sh', code: stdin });
    else effects.push(opaque(near, 'sed runs the lines it edits as commands'));
  }
}

const AWK =
  'F= field-separator= v= assign= f= file= e= source= E= exec= i= include= l= load= o? pretty-print? p? profile? d? dump-variables? D? debug? b c C g h I L? M n N O P r s S t V W= field-separator= sandbox posix version help';

function readAwk(call: Call): Outcome {
  const parsed = readOptions(call.args, AWK, { stopAtOperand: true });
  if (asksForHelp(parsed)) return NOTHING;
  const files = parsed.values('f', 'file', 'E', 'exec');
  const sources = [...parsed.values('e', 'source')];
  const operands = [...parsed.operands];
  if (files.length === 0 && sources.length === 0) sources.push(...operands.splice(0, 1));
  const includes = parsed.values('i', 'include');
  const inPlace = includes.some((word) => word.text === 'inplace');
  const paths = operands.filter((word) => !/^[A-Za-z_]\w*=/.test(word.text ?? ''));
  const written = [...parsed.values('o', 'pretty-print', 'p', 'profile', 'd', 'dump-variables')];
  const library = parsed.value('l', 'load');
  return {
    effects: [
      ...filteredReads(call, paths),
      ...(inPlace ? paths.flatMap((path) => writesOf(path, { clobbers: false })) : []),
      ...written.flatMap((path) => writesOf(path)),
      ...(library?.text?.includes('/') ? [opaque(library, `awk loads the library ${library.text}`)] : []),
    ],
    runs: [
      ...sources.map((code): Nested => ({ kind: 'code', via: 'awk', lang: 'awk', code, args: operands })),
      ...[...files, ...includes.filter((word) => word.text?.includes('/'))].map(
        (path): Nested =>
          path.text === '-' && call.invocation.stdin !== undefined && call.invocation.stdin !== 'pipe'
            ? { kind: 'code', via: 'awk', lang: 'awk', code: call.invocation.stdin }
            : { kind: 'file', via: 'awk', lang: 'awk', path },
      ),
    ],
  };
}

export const pages: readonly Page[] = [
  definePage({
    names: ['sed', 'gsed', 'ssed'],
    about: 'edits text by a script',
    read: readSed,
    examples: [
      { command: "sed -i 's/a/b/' src/a.ts", effects: [{ kind: 'file', op: 'write', path: 'src/a.ts' }] },
      {
        command: "sed -n '1e rm -rf /home/user' a",
        effects: [{ kind: 'file', op: 'delete', path: '/home/user' }],
      },
      { command: "sed 's/x/y/w out.txt' a", effects: [{ kind: 'file', op: 'write', path: 'out.txt' }] },
      { command: "sed 's/write/e w/; s|rm -rf /|e|g' a", effects: [] },
      { command: "sed -n '1,40p' src/a.ts", effects: [] },
    ],
  }),
  definePage({
    names: ['awk', 'gawk', 'mawk', 'nawk', 'original-awk', 'igawk'],
    about: 'runs awk programs over files',
    read: readAwk,
    examples: [
      { command: "awk '{print $1}' .env", effects: [{ kind: 'file', op: 'read', path: '.env' }] },
      { command: "gawk -i inplace '{print $1}' a", effects: [{ kind: 'file', op: 'write', path: 'a' }] },
      { command: "awk -F, '{print $1}' file.txt", effects: [] },
    ],
  }),
];
