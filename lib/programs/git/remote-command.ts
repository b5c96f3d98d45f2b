/** Reads `git remote`: who is added, moved and asked. Finding the URLs behind a remote is elsewhere. */

import { wordAt } from '../effects.ts';
import type { Outcome } from '../page.ts';
import { findSetting, type GitCall, gitEffect, readArgs } from './call.ts';
import { fetchFrom } from './fetch.ts';
import { forgotDefault } from './refs.ts';
import { contact, remoteNames, urlsOf } from './remote.ts';

/** `git remote …`. */
export function readRemote(git: GitCall): Outcome {
  const verb = git.args.findIndex((word) => word.text === undefined || !word.text.startsWith('-'));
  const name = git.args[verb]?.text;
  const rest = { ...git, args: git.args.slice(verb + 1) };
  switch (name) {
    case 'add':
      return readRemoteAdd(rest);
    case 'set-url':
      return readRemoteSetUrl(rest);
    case 'rename':
      return readRemoteRename(rest);
    case 'remove':
    case 'rm': {
      const [key] = readArgs(rest).all;
      return { effects: [gitEffect(git, 'remote', key?.text === undefined ? {} : { key: key.text })] };
    }
    case 'set-head': {
      const args = readArgs(rest);
      if (args.has('a', 'auto')) return withContact(rest, true, 'other-write');
      const [remote, branch] = args.all;
      const place = `refs/remotes/${remote?.text ?? ''}`;
      const target = branch?.text === undefined ? undefined : `${place}/${branch.text}`;
      return {
        effects: [gitEffect(git, 'other-write'), ...forgotDefault(git, `${place}/HEAD`, target)],
      };
    }
    case 'set-branches':
      return { effects: [gitEffect(git, 'remote')] };
    case 'update':
      return readRemoteUpdate(rest);
    case 'prune':
      return withContact(rest, true, readArgs(rest).has('n', 'dry-run') ? undefined : 'fetch');
    case 'show':
      return withContact(rest, readArgs(rest).all.length > 0 && !readArgs(rest).has('n'), undefined);
    case 'get-url':
      return readGetUrl(rest);
    default:
      return { effects: [] };
  }
}

function withContact(git: GitCall, contacts: boolean, op: 'fetch' | 'other-write' | undefined): Outcome {
  const remotes = contacts ? readArgs(git).operands : [];
  const found = contact(
    git,
    remotes.flatMap((remote) => urlsOf(git, remote, 'fetch')),
    'connect',
  );
  return op ? { ...found, effects: [...found.effects, gitEffect(git, op)] } : found;
}

function readRemoteAdd(git: GitCall): Outcome {
  const args = readArgs(git, { value: ['t', 'track', 'm', 'master'], flags: ['fetch', 'tags', 'no-tags'] });
  const [name, url] = args.all;
  if (!name || !url) return { effects: [] };
  const added = gitEffect(git, 'remote', {
    ...(name.text === undefined ? {} : { key: name.text }),
    value: url,
  });
  if (!args.has('f', 'fetch')) return { effects: [added] };
  const { effects, runs } = contact(git, urlsOf(git, url, 'fetch'), 'connect');
  return { effects: [added, ...effects, gitEffect(git, 'fetch', { remote: name })], runs };
}

function readRemoteSetUrl(git: GitCall): Outcome {
  const args = readArgs(git, { flags: ['push', 'add', 'delete'] });
  const [name, url] = args.all;
  if (!name || !url) return { effects: [] };
  const key =
    name.text === undefined ? {} : { key: args.has('push') ? `remote.${name.text}.pushurl` : name.text };
  return { effects: [gitEffect(git, 'remote', args.has('delete') ? key : { ...key, value: url })] };
}

function readRemoteRename(git: GitCall): Outcome {
  const [from, to] = readArgs(git).all;
  if (!from || !to) return { effects: [] };
  const url = findSetting(git, `remote.${from.text}.url`);
  const removed = gitEffect(git, 'remote', from.text === undefined ? {} : { key: from.text });
  const named = to.text === undefined ? {} : { key: to.text };
  return { effects: [removed, gitEffect(git, 'remote', { ...named, ...(url ? { value: url } : {}) })] };
}

function readRemoteUpdate(git: GitCall): Outcome {
  const args = readArgs(git, { flags: ['prune'] });
  const names = args.all.length > 0 ? args.all : remoteNames(git).map((name) => wordAt(name, git.word));
  return fetchFrom(git, args, names, []);
}

function readGetUrl(git: GitCall): Outcome {
  const args = readArgs(git);
  const url = args.options.length === 0 && findSetting(git, `remote.${args.all[0]?.text}.url`)?.text;
  return url ? { effects: [], stdout: `${url}\n` } : { effects: [] };
}
