/** Judges the remotes of repositories: where later pushes and fetches will go. */

import { draft } from '../../kit/draft.ts';
import { findRemoteHost, normalizeHost } from '../../kit/hosts.ts';
import { printText } from '../../kit/words.ts';
import type { GitEffect } from '../../types/effect.ts';
import type { Word } from '../../types/text.ts';
import type { FindingDraft } from '../../types/verdict.ts';
import { isAllowed, type Rules, remedyOf } from './rules.ts';

/** The host of a remote as a list of one, or an empty one for a local path. */
export function hostsOfRemote(url: string): readonly string[] {
  const host = findRemoteHost(url);
  return host === undefined ? [] : [normalizeHost(host).name];
}

/** A new remote decides where later pushes go, so its host has to be allowed when it is set. */
export function judgeRemote(effect: GitEffect, rules: Rules): readonly FindingDraft[] {
  const url = remoteUrl(effect);
  if (url === undefined) return [];
  const text = findRemoteHost(url.text ?? url.pieces?.map((piece) => piece ?? '\u0000').join('') ?? '');
  if (text === undefined || text.includes('\u0000')) return [];
  const host = normalizeHost(text);
  if (isAllowed(host, {}, rules)) return [];
  return [
    draft(
      effect,
      `this sets a remote at ${printText(host.name)}, which is not an allowed host`,
      remedyOf(rules),
      {
        subject: { host: host.name },
      },
    ),
  ];
}

function remoteUrl(effect: GitEffect): Word | undefined {
  if (effect.op === 'remote') return effect.value;
  if (effect.op !== 'config' || effect.key === undefined) return undefined;
  if (/^remote\..*\.(?:push)?url$/i.test(effect.key)) return effect.value;
  if (/^(?:http(?:\..*)?|remote\..*)\.proxy$/i.test(effect.key)) return effect.value;
  const rewritten = /^url\.(.*)\.(?:push)?insteadof$/i.exec(effect.key)?.[1];
  return rewritten === undefined ? undefined : { text: rewritten, glob: false, span: effect.span };
}
