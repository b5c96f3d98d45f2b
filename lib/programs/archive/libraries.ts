/** ar, jar and cpio: archives that builds and packages are made of. */

import type { Effect } from '../../types/effect.ts';
import type { Nested } from '../../types/invocation.ts';
import type { Word } from '../../types/text.ts';
import { programWord, readsOf, writesOf } from '../coreutils/paths.ts';
import { asksForHelp, readOptions } from '../coreutils/spec.ts';
import { file, joinWord, wordAt } from '../effects.ts';
import { partOf } from '../options.ts';
import { type Call, definePage, NOTHING, type Outcome, type Page } from '../page.ts';
import { extracted } from './extract.ts';

function readAr(call: Call): Outcome {
  const args = call.args.filter((word) => !/^--(?:plugin|target|output)/.test(word.text ?? ''));
  const [verb, ...operands] = args;
  const letters = (verb?.text ?? '').replace(/^-/, '');
  const output = call.args.find((word) => word.text?.startsWith('--output='));
  // `a`, `b`, `i` and `N` take a word before the archive.
  const [archive, ...members] = operands.slice(/[abiN]/.test(letters.replace(/^[rmx]/, '')) ? 1 : 0);
  if (!archive || letters.startsWith('-')) return NOTHING;
  if (/^[rq]/.test(letters)) return { effects: [file('write', archive), ...readsOf(members)] };
  if (/^[dms]/.test(letters)) return { effects: [file('write', archive)] };
  const writes = /^x/.test(letters)
    ? extracted(call, output ? partOf(output, 9) : undefined, members, true)
    : [];
  return { effects: [file('read', archive), ...writes] };
}

function readJar(call: Call): Outcome {
  const [first, ...rest] = call.args;
  const letters = (first?.text ?? '').replace(/^-(?!-)/, '');
  const isBundle = /^[ctxuifvm0Me]+$/.test(letters);
  const values: { f?: Word; m?: Word; e?: Word } = {};
  let used = 0;
  // `f`, `m` and `e` take a word each, in the order they stand.
  if (isBundle)
    for (const letter of letters) {
      const value = 'fme'.includes(letter) ? rest[used] : undefined;
      if (!value) continue;
      values[letter as 'f' | 'm' | 'e'] = value;
      used++;
    }
  const parsed = readOptions(
    isBundle ? rest.slice(used) : call.args,
    'f= file= C= dir= m= manifest= e= main-class= release= create extract list update c x t u help version',
  );
  if (asksForHelp(parsed)) return NOTHING;
  const has = (letter: string, name: string) =>
    isBundle ? letters.includes(letter) : parsed.has(letter, name);
  const archive = values.f ?? parsed.value('f', 'file');
  if (!archive) return NOTHING;
  const manifest = values.m ?? parsed.value('m', 'manifest');
  if (has('c', 'create') || has('u', 'update'))
    return {
      effects: [
        file('write', archive, has('c', 'create') ? { clobbers: true } : {}),
        ...readsOf([...parsed.operands, ...parsed.values('C')], { recursive: true }),
        ...readsOf(manifest ? [manifest] : []),
      ],
    };
  const writes = has('x', 'extract') ? extracted(call, parsed.value('dir', 'C'), parsed.operands, true) : [];
  return { effects: [file('read', archive), ...writes] };
}

function readCpio(call: Call): Outcome {
  const parsed = readOptions(
    call.args,
    'i extract o create p pass-through t list A append d E= pattern-file= F= file= I= O= D= directory= H= format= R= owner= C= io-size= M= message= rsh-command= to-stdout u unconditional block-size= n m v no-absolute-filenames force-local l L 0 null quiet help version B c',
  );
  if (asksForHelp(parsed)) return NOTHING;
  const near = programWord(call);
  const directory = parsed.value('D', 'directory');
  const archive = parsed.values('F', 'file');
  const runs = parsed
    .values('rsh-command')
    .map((code): Nested => ({ kind: 'code', via: 'cpio --rsh-command', lang: 'sh', code }));
  const stdin = call.invocation.stdin;
  const names =
    stdin === undefined || stdin === 'pipe'
      ? []
      : (stdin.text ?? '')
          .split('\n')
          .filter((line) => line !== '')
          .map((line) => wordAt(line, near));
  const clobbers = parsed.has('u', 'unconditional');
  const effects: Effect[] = readsOf(parsed.values('E', 'pattern-file'));
  if (parsed.has('o', 'create')) {
    effects.push(...readsOf(names.map((name) => (directory ? joinWord(directory, name) : name))));
    effects.push(
      ...[...archive, ...parsed.values('O')].flatMap((path) =>
        parsed.has('A', 'append') ? [file('append', path)] : writesOf(path),
      ),
    );
  } else if (parsed.has('p', 'pass-through')) {
    effects.push(
      ...readsOf(names),
      ...parsed.operands.slice(0, 1).map((path) => file('write', path, { recursive: true, clobbers })),
    );
  } else {
    effects.push(...readsOf([...archive, ...parsed.values('I')]));
    if (!parsed.has('t', 'list', 'to-stdout'))
      effects.push(file('write', directory ?? wordAt('.', near), { recursive: true, clobbers }));
  }
  return { effects, runs };
}

export const pages: readonly Page[] = [
  definePage({
    names: ['ar'],
    about: 'packs libraries',
    read: readAr,
    examples: [
      { command: 'ar rcs lib.a a.o', effects: [{ kind: 'file', op: 'write', path: 'lib.a' }] },
      { command: 'ar x lib.a', effects: [{ kind: 'file', op: 'write', path: '.', recursive: true }] },
      { command: 'ar t lib.a', effects: [] },
    ],
  }),
  definePage({
    names: ['jar'],
    about: 'packs Java archives',
    read: readJar,
    examples: [
      { command: 'jar cf a.jar -C build .', effects: [{ kind: 'file', op: 'write', path: 'a.jar' }] },
      { command: 'jar xf a.jar', effects: [{ kind: 'file', op: 'write', path: '.', recursive: true }] },
      { command: 'jar tf a.jar', effects: [] },
    ],
  }),
  definePage({
    names: ['cpio', 'pax'],
    about: 'copies files to and from archives',
    read: readCpio,
    examples: [
      { command: 'cpio -o -F out.cpio', effects: [{ kind: 'file', op: 'write', path: 'out.cpio' }] },
      {
        command: 'cpio -idu -F a.cpio',
        effects: [{ kind: 'file', op: 'write', path: '.', recursive: true, clobbers: true }],
      },
      { command: 'cpio -t -F a.cpio', effects: [] },
    ],
  }),
];
