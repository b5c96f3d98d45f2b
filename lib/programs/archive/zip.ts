/** zip, unzip, 7z, rar and unar: archives that hold many files. */

import type { Effect } from '../../types/effect.ts';
import type { Nested } from '../../types/invocation.ts';
import type { Word } from '../../types/text.ts';
import { isStream, readsOf, writesOf } from '../coreutils/paths.ts';
import { asksForHelp, readOptions } from '../coreutils/spec.ts';
import { file, wordAt } from '../effects.ts';
import { knownStart, parseArgs, partOf } from '../options.ts';
import { type Call, definePage, NOTHING, type Outcome, type Page } from '../page.ts';
import { extracted } from './extract.ts';

function readZip(call: Call): Outcome {
  const words: Word[] = [];
  const runs: Nested[] = [];
  // -x and -i take patterns up to the next option; -TT takes a command.
  for (let i = 0; i < call.args.length; i++) {
    const word = call.args[i] as Word;
    if (/^(?:-x|-i|--exclude|--include)$/.test(word.text ?? '')) {
      while (i + 1 < call.args.length && !/^[-@]/.test(knownStart(call.args[i + 1] as Word))) i++;
      if (call.args[i + 1]?.text === '@') i++;
    } else if (/^-[A-Za-z]*TT$|^--unzip-command$/.test(word.text ?? '')) {
      const code = call.args[++i];
      if (code) runs.push({ kind: 'code', via: 'zip -TT', lang: 'sh', code });
      words.push(wordAt('-T', word));
    } else if (word.text?.startsWith('--unzip-command='))
      runs.push({ kind: 'code', via: 'zip -TT', lang: 'sh', code: partOf(word, 16) });
    else if (
      !/^-(?:FS|FF|sf|sc|so|db|dc|dd|df|dg|du|dv|fz|la|li|ll|mm|nw|sb|sp|sv|tt|wl|ws|@)$/.test(
        word.text ?? '',
      )
    )
      words.push(word);
  }
  const parsed = readOptions(
    words,
    'b= temp-path= n= suffixes= P= password= t= from-date= Z= compression-method= s= split-size= O= output-file= out= lf= logfile-path= R x= i= m move r recurse-paths d delete T test j junk-paths u f update freshen q v h help version L',
  );
  if (asksForHelp(parsed) || (parsed.has('h', 'L', 'v') && parsed.operands.length === 0)) return NOTHING;
  const [archive, ...sources] = parsed.operands;
  if (!archive) return { effects: [], runs };
  const isDeleting = parsed.has('d', 'delete');
  const isMoving = parsed.has('m', 'move');
  const deep = parsed.has('r', 'recurse-paths', 'R') ? { recursive: true } : {};
  return {
    effects: [
      ...(isStream(archive) ? [] : [file('write', archive)]),
      ...parsed.values('O', 'output-file', 'out', 'lf', 'logfile-path').flatMap((path) => writesOf(path)),
      ...(isDeleting
        ? []
        : readsOf(
            sources.filter((word) => word.text !== '@'),
            deep,
          )),
      ...(isMoving && !isDeleting ? sources.map((path) => file('delete', path, deep)) : []),
    ],
    runs,
  };
}

function readUnzip(call: Call): Outcome {
  // What follows -x is left out, not unpacked.
  const cut = call.args.findIndex((word) => word.text === '-x');
  const after = cut < 0 ? [] : call.args.slice(cut + 1);
  const next = after.findIndex((word) => word.text?.startsWith('-'));
  const args = cut < 0 ? call.args : [...call.args.slice(0, cut), ...(next < 0 ? [] : after.slice(next))];
  const parsed = parseArgs(args, { value: ['d', 'P', 'I', 'O'] });
  const [archive, ...members] = parsed.operands;
  if (!archive) return NOTHING;
  const looks = parsed.has('l', 't', 'v', 'Z', 'z', 'p', 'c') || call.name !== 'unzip';
  return {
    effects: [
      file('read', archive),
      ...(looks ? [] : extracted(call, parsed.value('d'), members, !parsed.has('n'))),
    ],
  };
}

function readSevenZip(call: Call): Outcome {
  const [verb, ...rest] = call.args;
  const parsed = parseArgs(rest, { singleDash: true });
  const [archive, ...members] = parsed.operands;
  if (!verb || !archive) return NOTHING;
  const option = (letter: string) => parsed.options.find(({ name }) => name.startsWith(letter));
  const lists = members.filter((word) => word.text?.startsWith('@')).map((word) => partOf(word, 1));
  const paths = members.filter((word) => !word.text?.startsWith('@'));
  const out = option('o');
  // `-o{dir}`: the rest of the word; rar takes the directory as its last word.
  const last = paths.at(-1);
  const directory = out
    ? partOf(out.word, 2)
    : call.name.includes('rar') && last?.text?.endsWith('/')
      ? last
      : undefined;
  const effects: Effect[] = readsOf(lists);
  switch ((verb.text ?? '').toLowerCase()) {
    case 'a':
    case 'u':
    case 'm':
    case 'mf':
      effects.push(
        ...(isStream(archive) ? [] : [file('write', archive)]),
        ...readsOf(paths, { recursive: true }),
      );
      if (option('sdel') || verb.text?.startsWith('m'))
        effects.push(...paths.map((path) => file('delete', path, { recursive: true })));
      break;
    case 'x':
    case 'e':
      effects.push(file('read', archive));
      if (!option('so'))
        effects.push(
          ...extracted(
            call,
            directory,
            paths.filter((path) => path !== directory),
            !(option('aos') || option('o-')),
          ),
        );
      break;
    case 'd':
    case 'rn':
      effects.push(file('write', archive));
      break;
    default:
      effects.push(file('read', archive));
  }
  return { effects };
}

/** unar and cabextract only unpack. */
function readUnar(call: Call): Outcome {
  const parsed = readOptions(
    call.args,
    'o= output-directory= d= directory= p= password= e= F= f force-overwrite s skip q l list t test help version k= i= D',
  );
  const [archive, ...members] = parsed.operands;
  if (!archive || asksForHelp(parsed)) return NOTHING;
  const looks = call.name.startsWith('ls') || parsed.has('l', 'list', 't', 'test');
  const directory =
    parsed.value('o', 'output-directory') ??
    (call.name === 'cabextract' ? parsed.value('d', 'directory') : undefined);
  return {
    effects: [
      file('read', archive),
      ...(looks
        ? []
        : extracted(
            call,
            directory,
            members,
            parsed.has('f', 'force-overwrite') || call.name === 'cabextract',
          )),
    ],
  };
}

export const pages: readonly Page[] = [
  definePage({
    names: ['zip'],
    about: 'packs zip archives',
    read: readZip,
    examples: [
      {
        command: 'zip -r out.zip src -x .env',
        effects: [
          { kind: 'file', op: 'write', path: 'out.zip' },
          { kind: 'file', op: 'read', path: 'src', recursive: true },
        ],
      },
      {
        command: "zip x.zip a -T -TT 'rm -rf /home/user #'",
        effects: [{ kind: 'file', op: 'delete', path: '/home/user' }],
      },
      { command: 'zip -h', effects: [] },
    ],
  }),
  definePage({
    names: ['unzip', 'zipinfo', 'funzip', 'zipnote'],
    about: 'unpacks zip archives',
    read: readUnzip,
    examples: [
      {
        command: 'unzip -o a.zip -d out',
        effects: [{ kind: 'file', op: 'write', path: 'out', recursive: true, clobbers: true }],
      },
      { command: 'unzip -l a.zip', effects: [] },
      { command: 'unzip -p a.zip x.txt', effects: [] },
    ],
  }),
  definePage({
    names: ['7z', '7za', '7zr', '7zz', 'rar', 'unrar'],
    about: 'packs and unpacks 7z and rar archives',
    read: readSevenZip,
    examples: [
      { command: '7z x a.7z -oout', effects: [{ kind: 'file', op: 'write', path: 'out', recursive: true }] },
      {
        command: '7z a out.7z .env -sdel',
        effects: [
          { kind: 'file', op: 'read', path: '.env' },
          { kind: 'file', op: 'delete', path: '.env' },
        ],
      },
      { command: '7z l a.7z', effects: [] },
    ],
  }),
  definePage({
    names: ['unar', 'lsar', 'cabextract', 'unace', 'arj'],
    about: 'unpacks archives',
    read: readUnar,
    examples: [
      {
        command: 'unar -o out a.rar',
        effects: [{ kind: 'file', op: 'write', path: 'out', recursive: true }],
      },
      { command: 'lsar a.rar', effects: [] },
      { command: 'unar --help', effects: [] },
    ],
  }),
];
