/** Finds the URLs behind a remote and says which hosts they contact. Reads no command line. */

import type { Effect, NetEffect } from '../../types/effect.ts';
import type { Nested } from '../../types/invocation.ts';
import type { Word } from '../../types/text.ts';
import { net, wordAt } from '../effects.ts';
import { knownStart } from '../options.ts';
import { currentBranch, findSetting, type GitCall, settingsUnder, settingValues, shellCode } from './call.ts';

export type Direction = 'fetch' | 'push';

/** What contacting a remote does. */
export interface Contact {
  readonly effects: readonly Effect[];
  readonly runs: readonly Nested[];
}

/** Name of the remote that a command without one means. */
export function defaultRemote(git: GitCall, direction: Direction): Word {
  const branch = currentBranch(git);
  const keys = [
    ...(direction === 'push'
      ? [...(branch ? [`branch.${branch}.pushremote`] : []), 'remote.pushdefault']
      : []),
    ...(branch ? [`branch.${branch}.remote`] : []),
  ];
  for (const key of keys) {
    const value = findSetting(git, key);
    if (value) return value;
  }
  const names = remoteNames(git);
  return wordAt(names.length === 1 ? (names[0] as string) : 'origin', git.word);
}

/** Names of the configured remotes. */
export function remoteNames(git: GitCall): readonly string[] {
  const names = [...settingsUnder(git, 'remote.').keys()].flatMap((key) => {
    const name = /^remote\.(.+)\.(?:push)?url$/.exec(key)?.[1];
    return name === undefined ? [] : [name];
  });
  return [...new Set(names)];
}

/**
 * URLs behind a remote's name or URL. None when the name is not configured: git would fail, or the repository is not
 * known and only what somebody configured before is contacted.
 */
export function urlsOf(git: GitCall, remote: Word, direction: Direction): readonly Word[] {
  const name = remote.text;
  if (name === undefined || name === '.') return name === '.' ? [] : [remote];
  const group = findSetting(git, `remotes.${name}`)?.text;
  if (group !== undefined && direction === 'fetch')
    return group
      .split(/\s+/)
      .filter((member) => member !== '' && member !== name)
      .flatMap((member) => urlsOfRemote(git, wordAt(member, remote), direction));
  return urlsOfRemote(git, remote, direction);
}

function urlsOfRemote(git: GitCall, remote: Word, direction: Direction): readonly Word[] {
  const pushUrls = direction === 'push' ? settingValues(git, `remote.${remote.text}.pushurl`) : [];
  if (pushUrls.length > 0) return pushUrls.map((url) => rewrite(git, url, false));
  const urls = settingValues(git, `remote.${remote.text}.url`);
  return (urls.length > 0 ? urls : [remote]).map((url) => rewrite(git, url, direction === 'push'));
}

/** Applies `url.<base>.insteadOf` and, for a push without its own URL, `pushInsteadOf`; the longest match wins. */
function rewrite(git: GitCall, url: Word, isPush: boolean): Word {
  const start = knownStart(url);
  let best: { readonly base: string; readonly length: number; readonly isPush: boolean } | undefined;
  for (const [key, prefix] of settingsUnder(git, 'url.')) {
    const match = /^url\.(.*)\.(push)?insteadof$/.exec(key);
    if (!match || !prefix.text || !start.startsWith(prefix.text) || (match[2] && !isPush)) continue;
    const found = { base: match[1] as string, length: prefix.text.length, isPush: match[2] !== undefined };
    if (
      !best ||
      (found.isPush && !best.isPush) ||
      (found.isPush === best.isPush && found.length > best.length)
    )
      best = found;
  }
  if (!best) return url;
  if (url.text !== undefined) return { ...url, text: best.base + url.text.slice(best.length) };
  return { ...url, pieces: [best.base + start.slice(best.length), ...(url.pieces?.slice(1) ?? [])] };
}

/** What contacting URLs does: hosts, and the programs of `ext::` and unknown transports. */
export function contact(git: GitCall, urls: readonly Word[], op: NetEffect['op']): Contact {
  const effects: Effect[] = [];
  const runs: Nested[] = [];
  for (const url of urls) contactOne(git, url, op, effects, runs);
  if (effects.length > 0) effects.push(...proxies(git));
  return { effects, runs };
}

function contactOne(git: GitCall, url: Word, op: NetEffect['op'], effects: Effect[], runs: Nested[]): void {
  const start = knownStart(url);
  const helper = /^([a-z][a-z0-9+.-]*)::/i.exec(start);
  if (helper) {
    const transport = (helper[1] as string).toLowerCase();
    const rest = { ...url, ...(url.text === undefined ? {} : { text: url.text.slice(helper[0].length) }) };
    if (transport === 'ext') runs.push(extCommand(git, url, rest.text));
    else if (/^(https?|ftps?)$/.test(transport)) effects.push(net(rest, { op }));
    else if (transport !== 'fd') {
      runs.push({
        kind: 'argv',
        argv: [wordAt(`git-remote-${transport}`, url), rest],
        via: 'git remote helper',
      });
      if (rest.text?.includes('://')) effects.push(net(rest, { op }));
    }
    return;
  }
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(start)) {
    if (!/^file:/i.test(start)) effects.push(net(url, { op }));
    return;
  }
  const scp = /^(?:[^/:@]*@)?(\[[^\]]*\]|[^/:]+):(.*)$/.exec(start);
  if (!scp) {
    if (url.text === undefined && !/^[/.~]/.test(start)) effects.push(net(url, { op }));
    return;
  }
  const [host, port] = splitScpHost(scp[1] as string);
  effects.push({
    kind: 'net',
    op,
    host: wordAt(host, url),
    scheme: 'ssh',
    ...(port ? { port } : {}),
    ...(scp[2] ? { path: scp[2].startsWith('/') ? scp[2] : `/${scp[2]}` } : {}),
    span: url.span,
  });
}

/** `[host:port]` → host and port; `[::1]` and plain hosts stay. */
function splitScpHost(written: string): readonly [string, number | undefined] {
  const inner = /^\[([^:\]]+)(?::(\d+))?\]$/.exec(written);
  if (!inner) return [written, undefined];
  return [inner[1] as string, inner[2] ? Number(inner[2]) : undefined];
}

/** The command of `ext::cmd args`: no shell, `% ` is a blank inside an argument. See gitremote-helpers, git-remote-ext(1). */
function extCommand(git: GitCall, url: Word, text: string | undefined): Nested {
  if (text === undefined) return shellCode(git, { ...url, text: undefined, pieces: [null] }, 'git ext::');
  const argv = text
    .replace(/%([ %])/g, (_, kept: string) => (kept === ' ' ? '\u0000' : '\u0001'))
    .replace(/%[sSGV]\S*/g, '')
    .split(' ')
    .filter((part) => part !== '')
    .map((part) => wordAt(part.replaceAll('\u0000', ' ').replaceAll('\u0001', '%'), url));
  return { kind: 'argv', argv, via: 'git ext::' };
}

/** Proxies that the settings of this call send everything through. */
function proxies(git: GitCall): readonly NetEffect[] {
  const written = [...git.settings].flatMap(([key, values]) =>
    /^(http|remote)\.(.*\.)?proxy$/.test(key) ? values : [],
  );
  const variables = git.call.invocation.assignments
    .filter(({ name }) => /^(https?|all)_proxy$/i.test(name))
    .map(({ value }) => value);
  return [...written, ...variables].filter((value) => value.text !== '').map((value) => net(value));
}
