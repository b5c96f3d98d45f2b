/** Small programs that run shell text from within their own little languages: fzf, dc, m4. */

import type { Nested } from '../types/invocation.ts';
import type { Word } from '../types/text.ts';
import { programWord, readsOf } from './coreutils/paths.ts';
import { asksForHelp, readOptions } from './coreutils/spec.ts';
import { opaque, wordAt } from './effects.ts';
import { type Call, definePage, NOTHING, type Outcome, type Page } from './page.ts';

const shell = (call: Call, code: Word): Nested => ({ kind: 'code', lang: 'sh', code, via: call.name });

const FZF =
  'preview= bind= q= query= f= filter= d= delimiter= n= nth= with-nth= height= layout= prompt= header= expect= history= preview-window= tiebreak= color= border? min-height= m multi e exact 0 1 i';
/** Actions of a binding that run text: `execute(rm {})`, `become:vim {}`. */
const ACTION =
  /(?:execute(?:-silent|-multi)?|become|reload(?:-sync)?|preview|transform(?:-\w+)?)(?:\(([^)]*)\)|\[([^\]]*)\]|:(.*)$)/gs;

function readFzf(call: Call): Outcome {
  const parsed = readOptions(call.args, FZF);
  if (asksForHelp(parsed)) return NOTHING;
  const bound = parsed
    .values('bind')
    .flatMap((word) =>
      [...(word.text ?? '').matchAll(ACTION)].map(([, a, b, c]) => wordAt(a ?? b ?? c ?? '', word)),
    );
  return { effects: [], runs: [...parsed.values('preview'), ...bound].map((code) => shell(call, code)) };
}

/** What a program is given as text: its options, or its input when that is known. */
function textsOf(call: Call, written: readonly Word[]): readonly Word[] {
  const { stdin } = call.invocation;
  return [...written, ...(typeof stdin === 'object' ? [stdin] : [])];
}

/** dc: `!` runs the rest of the line. */
function readDc(call: Call): Outcome {
  const parsed = readOptions(call.args, 'e= expression= f= file= h V');
  return {
    effects: readsOf([...parsed.values('f', 'file'), ...parsed.operands]),
    runs: textsOf(call, parsed.values('e', 'expression')).flatMap((word) =>
      [...(word.text ?? '').matchAll(/!(?![<>=])([^\n]+)/g)].map(([, code = '']) =>
        shell(call, wordAt(code, word)),
      ),
    ),
  };
}

/** xargs: which program runs is the shell room's business, the file of arguments is read here. */
function readXargs(call: Call): Outcome {
  const parsed = readOptions(
    call.args,
    'a= arg-file= d= delimiter= E= I= L= max-lines= n= max-args= P= max-procs= s= max-chars= S= R= J= process-slot-var= i? e? l? replace? eof?',
    { stopAtOperand: true },
  );
  return { effects: readsOf(parsed.values('a', 'arg-file')) };
}

/** m4: `syscmd` and `esyscmd` run text, which other macros may have put together. */
function readM4(call: Call): Outcome {
  const parsed = readOptions(call.args, 'D= I= U= F= R= s= B= L= P E Q');
  const texts = textsOf(call, []);
  const codes = texts.flatMap((word) =>
    [...(word.text ?? '').matchAll(/e?syscmd\(\s*[`[]*([^')\]]*)/g)].map(([, code = '']) =>
      shell(call, wordAt(code, word)),
    ),
  );
  const isUnseen = call.invocation.stdin === 'pipe' || texts.some((word) => word.text === undefined);
  return {
    effects: [
      ...readsOf(parsed.operands),
      ...(isUnseen
        ? [opaque(programWord(call), 'the macros that it reads are known only when it runs')]
        : []),
    ],
    runs: codes,
  };
}

export const pages: readonly Page[] = [
  definePage({
    names: ['xargs', 'gxargs'],
    about: 'xargs: arguments from a file',
    read: readXargs,
    examples: [
      { command: 'xargs -a .env', effects: [{ kind: 'file', op: 'read', path: '.env' }] },
      { command: 'xargs --arg-file=list -n1 ls', effects: [{ kind: 'file', op: 'read', path: 'list' }] },
      { command: 'xargs -0 -n1 ls', effects: [] },
    ],
  }),
  definePage({
    names: ['fzf', 'sk'],
    about: 'fzf and sk: lists to choose from, with commands behind keys',
    read: readFzf,
    examples: [
      {
        command: "ls | fzf --preview 'rm -rf build'",
        effects: [{ kind: 'file', op: 'delete', path: 'build' }],
      },
      {
        command: "fzf --bind 'enter:execute(rm -rf build)'",
        effects: [{ kind: 'file', op: 'delete', path: 'build' }],
      },
      { command: "ls | fzf --filter 'git push'", effects: [] },
      { command: "fzf --preview 'cat {}'", effects: [] },
    ],
  }),
  definePage({
    names: ['dc'],
    about: 'dc: a calculator that can run shell lines',
    read: readDc,
    examples: [
      { command: "dc -e '!rm -rf build'", effects: [{ kind: 'file', op: 'delete', path: 'build' }] },
      { command: "echo '1 2 + p' | dc", effects: [] },
      { command: "dc -e '1 2 !<a p'", effects: [] },
    ],
  }),
  definePage({
    names: ['m4'],
    about: 'm4: macros, some of which run shell text',
    read: readM4,
    examples: [
      {
        command: "echo 'syscmd(rm -rf build)' | m4",
        effects: [{ kind: 'file', op: 'delete', path: 'build' }],
      },
      { command: 'm4 -D X=1 a.m4', effects: [] },
      { command: "echo 'define(x, 1)x' | m4", effects: [] },
    ],
  }),
];
