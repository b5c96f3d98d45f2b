/** Copying between this machine and another: which side is read, written and contacted. Knows no program. */

import type { Effect } from '../../types/effect.ts';
import type { Nested } from '../../types/invocation.ts';
import type { Word } from '../../types/text.ts';
import { isDirectory, placedIn, readsOf, somethingIn, writesOf } from '../coreutils/paths.ts';
import { file, wordAt } from '../effects.ts';
import type { Call } from '../page.ts';
import { fileSent, findRemote, type RemotePath } from './traffic.ts';

/** Contact with the other machine; `sends` are files of this one. */
export function contactRemote(
  remote: RemotePath,
  near: Word,
  sends: readonly Word[],
  fallback: string,
): Effect {
  return {
    kind: 'net',
    op: sends.length > 0 ? 'upload' : 'connect',
    host: remote.host,
    scheme: remote.scheme ?? fallback,
    span: near.span,
    ...(remote.port === undefined ? {} : { port: remote.port }),
    ...(sends.length > 0 ? { sends: sends.map(fileSent) } : {}),
  };
}

/** Effects of copying sources to a target, any of which may be on another machine. */
export function copies(
  call: Call,
  sources: readonly Word[],
  target: Word,
  recursive: boolean,
  scheme: string,
  port?: string,
): readonly Effect[] {
  const more = recursive ? { recursive: true } : {};
  const effects: Effect[] = [];
  const to = findRemote(target);
  const number = port !== undefined && /^\d+$/.test(port) ? { port: Number(port) } : {};
  const local: Word[] = [];
  for (const source of sources) {
    const from = findRemote(source);
    if (from) effects.push(contactRemote({ ...from, ...number }, source, [], scheme));
    else local.push(source);
    if (!to) effects.push(...writesOf(landing(call, from?.path ?? source, target, sources.length), more));
  }
  effects.push(...readsOf(local, more));
  if (to) {
    effects.push(contactRemote({ ...to, ...number }, target, local, scheme));
    effects.push(
      file('write', to.path.text === '' ? wordAt('.', target) : to.path, {
        ...more,
        clobbers: true,
        place: 'remote',
      }),
    );
  }
  return effects;
}

/** Where a copied file ends up: in the target when that is a directory. */
function landing(call: Call, source: Word, target: Word, count: number): Word {
  return count > 1 || isDirectory(call, target) ? placedIn(target, source) : target;
}

/** What the lines typed into a file transfer session do on this machine. */
export function sessionOf(
  lines: readonly string[],
  near: Word,
): {
  readonly sends: readonly Word[];
  readonly effects: readonly Effect[];
  readonly runs: readonly Nested[];
} {
  const sends: Word[] = [];
  const effects: Effect[] = [];
  const runs: Nested[] = [];
  for (const line of lines.slice(0, 1000)) {
    const shell = /^\s*[-@]?(?:!|shell\s)\s*(.+)$/.exec(line);
    if (shell) {
      runs.push({ kind: 'code', via: 'file transfer !', lang: 'sh', code: wordAt(shell[1] as string, near) });
      continue;
    }
    const [verb = '', ...words] = line.trim().replace(/^[-@]/, '').split(/\s+/);
    const paths = words
      .filter((word) => !word.startsWith('-'))
      .map((word) => wordAt(word.replace(/^(["'])(.*)\1$/, '$2'), near));
    if (/^(?:put|mput|reput|append|send)$/.test(verb)) {
      const files = verb === 'mput' ? paths : paths.slice(0, 1);
      sends.push(...files);
      effects.push(...readsOf(files));
    } else if (/^(?:get|mget|reget|recv|pget)$/.test(verb)) {
      const target = verb === 'mget' ? undefined : paths[1];
      effects.push(
        ...(target
          ? writesOf(target)
          : paths
              .slice(0, verb === 'mget' ? undefined : 1)
              .flatMap((path) => writesOf(placedIn(wordAt('.', near), path)))),
      );
    } else if (verb === 'mirror') {
      const isUpload = words.some((word) => /^-[a-z]*R|^--reverse/.test(word));
      const [from, to] = paths;
      if (isUpload && from) {
        sends.push(from);
        effects.push(...readsOf([from], { recursive: true }));
      } else effects.push(...writesOf(to ?? somethingIn(wordAt('.', near)), { recursive: true }));
    }
  }
  return { sends, effects, runs };
}
