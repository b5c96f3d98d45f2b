/** What a container gets of this machine: folders, the daemon's socket, rights; and paths inside it that are folders of this machine. */

import type { Effect, FileEffect } from '../../types/effect.ts';
import type { Word } from '../../types/text.ts';
import { file, joinWord, net, run, wordAt } from '../effects.ts';
import { knownStart, type ParsedArgs, partOf } from '../options.ts';

/** A folder of this machine inside a container. */
export interface Mount {
  readonly host: Word;
  readonly inside: string;
  readonly readOnly: boolean;
}

/** Reads `-v host:inside[:ro]` and `--mount type=bind,src=…,dst=…`; volumes with a name are left out. */
export function mountsOf(parsed: ParsedArgs): readonly Mount[] {
  const short = parsed.values('v', 'volume').flatMap((word): readonly Mount[] => {
    const text = word.text ?? (word.pieces ?? [null]).map((piece) => piece ?? '\0').join('');
    const [host = '', inside = '', mode = ''] = text.split(':');
    if (inside === '' || !'/.~\0'.includes(host.charAt(0) || 'x')) return [];
    return [{ host: unmark(host, word), inside, readOnly: /\bro\b/.test(mode) }];
  });
  const long = parsed.values('mount').flatMap((word): readonly Mount[] => {
    const fields = new Map(
      (word.text ?? '').split(',').map((part) => part.split('=', 2) as [string, string]),
    );
    const host = fields.get('source') ?? fields.get('src');
    const inside = fields.get('target') ?? fields.get('dst') ?? fields.get('destination');
    if (fields.get('type') !== 'bind' || !host || !inside) return [];
    return [{ host: wordAt(host, word), inside, readOnly: fields.has('readonly') || fields.has('ro') }];
  });
  return [...short, ...long];
}

function unmark(text: string, near: Word): Word {
  if (!text.includes('\0')) return wordAt(text, near);
  const pieces = text
    .split('\0')
    .flatMap((part, i) => [...(i > 0 ? [null] : []), ...(part === '' ? [] : [part])]);
  return { text: undefined, pieces, glob: false, span: near.span };
}

/** Options whose value takes a wall between the container and this machine away. */
const VALUES: Readonly<Record<string, RegExp>> = {
  pid: /^host$/,
  ipc: /^host$/,
  uts: /^host$/,
  userns: /^host$/,
  cgroupns: /^host$/,
  'cap-add':
    /^(?:ALL|(?:CAP_)?(?:SYS_ADMIN|SYS_PTRACE|SYS_MODULE|SYS_RAWIO|DAC_READ_SEARCH|DAC_OVERRIDE|NET_ADMIN|BPF|SYS_BOOT))$/i,
  'security-opt': /unconfined|disable|no-new-privileges[:=]false/,
  device: /^\/dev\/(?!null|zero|u?random|fuse|dri|kvm|snd|video|ttyUSB|ttyACM)/,
};
const SOCKET = /(?:docker|containerd|podman|crio)\.sock/;
const WIDE = /^\/(?:(?:etc|root|boot|dev|proc|sys|var|var\/run|run|usr|lib|home|Users)\/?)?$/;

/** Rights over this machine that a container gets. */
export function rightsOf(near: Word, parsed: ParsedArgs, mounts: readonly Mount[]): readonly Effect[] {
  const sockets = mounts.filter(({ host }) => SOCKET.test(host.text ?? ''));
  const isStrong =
    sockets.length > 0 ||
    parsed.options.some(({ name, value }) => name === 'privileged' && value?.text !== 'false') ||
    Object.entries(VALUES).some(([name, pattern]) =>
      parsed.values(name).some((value) => pattern.test(value.text ?? '')),
    ) ||
    mounts.some(({ host }) => WIDE.test(host.text ?? ''));
  return [
    ...(isStrong ? [run(near, { privilege: 'container' })] : []),
    ...sockets.map(({ host }) => net(host, { host, scheme: 'unix' })),
    ...mounts
      .filter((mount) => !sockets.includes(mount))
      .map(({ host }): FileEffect => file('list', host, { recursive: true })),
  ];
}

/** The path on this machine that an absolute path inside the container is; undefined when it lies in the container itself. */
function hostPath(word: Word, mounts: readonly Mount[]): Word | undefined {
  const known = knownStart(word);
  const mount = mounts
    .filter(
      ({ inside }) => known === inside || known.startsWith(inside.endsWith('/') ? inside : `${inside}/`),
    )
    .sort((a, b) => b.inside.length - a.inside.length)[0];
  if (!mount) return undefined;
  const rest = partOf(word, mount.inside.replace(/\/$/, '').length);
  const relative = partOf(rest, knownStart(rest).startsWith('/') ? 1 : 0);
  if (relative.text === '') return mount.host;
  const root = mount.host.text === '/' ? { ...mount.host, text: '' } : mount.host;
  return joinWord(root, relative);
}

/** Shell text with the mounted folders named as on this machine. */
function mapText(word: Word, mounts: readonly Mount[]): Word {
  if (word.text === undefined || !/\s/.test(word.text)) return word;
  const known = mounts.filter(({ host, inside }) => host.text !== undefined && inside.length > 1);
  const text = known.reduce(
    (at, { host, inside }) =>
      at
        .split(inside)
        .map(
          (part, i, all) =>
            part +
            (i === all.length - 1 ? '' : /^[/\s'";&|)]|^$/.test(all[i + 1] as string) ? host.text : inside),
        )
        .join(''),
    word.text,
  );
  return { ...word, text };
}

/**
 * The words of a command inside a container with its paths in mounted folders said as paths of this machine; undefined
 * when none of them is.
 */
export function mappedArgv(argv: readonly Word[], mounts: readonly Mount[]): readonly Word[] | undefined {
  const [program, ...args] = argv;
  if (!program || mounts.length === 0) return undefined;
  const mapped = args.map((word) => hostPath(word, mounts) ?? mapText(word, mounts));
  if (mapped.every((word, i) => word.text !== undefined && word.text === args[i]?.text)) return undefined;
  return [program, ...mapped];
}

/** The working directory on this machine that a container's working directory is. */
export function mappedDirectory(workdir: Word | undefined, mounts: readonly Mount[]): Word | undefined {
  return workdir && hostPath(workdir, mounts);
}
