/** Reads `git submodule`: what it runs, fetches and removes. */

import type { Nested } from '../../types/invocation.ts';
import type { Word } from '../../types/text.ts';
import { file, wordAt } from '../effects.ts';
import { NOTHING, type Outcome } from '../page.ts';
import { atRoot, findSetting, type GitCall, gitEffect, listOf, pathAt, readArgs } from './call.ts';
import { directoryOf } from './fetch.ts';
import { readPathspecs } from './pathspec.ts';
import { contact, defaultRemote, urlsOf } from './remote.ts';

/** The most bytes of a .gitmodules file that are looked into. */
const MAX_BYTES = 1 << 20;

/** `git submodule …`. */
export function readSubmodule(git: GitCall): Outcome {
  const verb = git.args.findIndex((word) => !word.text?.startsWith('-'));
  const rest = { ...git, args: git.args.slice(verb + 1) };
  switch (git.args[verb]?.text) {
    case 'foreach':
      return { effects: [], runs: readForeach(rest) };
    case 'add':
      return readSubmoduleAdd(rest);
    case 'update':
      return readSubmoduleUpdate(rest);
    case 'deinit':
      return readSubmoduleDeinit(rest);
    case 'set-url': {
      const [path, url] = readArgs(rest).all;
      return {
        effects: [
          gitEffect(git, 'submodule', {
            ...(url ? { remote: url } : {}),
            ...(path ? { paths: [path] } : {}),
          }),
        ],
      };
    }
    case undefined:
    case 'status':
    case 'summary':
      return NOTHING;
    default:
      return { effects: [gitEffect(git, 'submodule')] };
  }
}

/** One word is shell text, several are a program with arguments. It runs in every submodule. */
function readForeach(git: GitCall): readonly Nested[] {
  const args = readArgs(git, { stopAtOperand: true, flags: ['recursive', 'quiet'] });
  const [code, ...more] = args.all;
  if (!code) return [];
  const base = { via: 'git submodule foreach', ...atRoot(git) };
  if (more.length > 0) return [{ kind: 'argv', argv: args.all, ...base }];
  return [{ kind: 'code', lang: 'sh', code, ...base }];
}

function readSubmoduleAdd(git: GitCall): Outcome {
  const args = readArgs(git, {
    value: ['b', 'branch', 'name', 'reference', 'depth', 'ref-format'],
    flags: ['force', 'quiet', 'dissociate', 'progress'],
  });
  const [url, written] = args.all;
  if (!url) return NOTHING;
  const { effects, runs } = contact(git, urlsOf(git, beside(git, url), 'fetch'), 'connect');
  const directory = written ?? directoryOf(url);
  const at = directory && pathAt(git, directory);
  return {
    effects: [
      ...effects,
      gitEffect(git, 'submodule', { remote: url, ...(at ? { paths: [at] } : {}) }),
      ...(at ? [file('create', at, { recursive: true })] : []),
    ],
    runs,
  };
}

function readSubmoduleUpdate(git: GitCall): Outcome {
  const args = readArgs(git, {
    value: ['reference', 'j', 'jobs', 'depth', 'filter'],
    flags: listOf('init remote no-fetch force checkout merge rebase recursive quiet progress'),
  });
  const urls = args.has('N', 'no-fetch') ? [] : submoduleUrls(git);
  const { effects, runs } = contact(
    git,
    urls.flatMap((url) => urlsOf(git, beside(git, url), 'fetch')),
    'connect',
  );
  const lossy = args.has('f', 'force') ? { lossy: true } : {};
  return { effects: [...effects, gitEffect(git, 'submodule', lossy)], runs };
}

function readSubmoduleDeinit(git: GitCall): Outcome {
  const args = readArgs(git, { flags: ['force', 'all', 'quiet'] });
  const { paths } = readPathspecs(git, args.all);
  const lossy = args.has('f', 'force') ? { lossy: true } : {};
  return {
    effects: [
      gitEffect(git, 'submodule', { paths, ...lossy }),
      ...paths.map((path) => file('delete', path, { recursive: true })),
    ],
  };
}

/** URLs that .gitmodules names. */
function submoduleUrls(git: GitCall): readonly Word[] {
  const root = git.repository?.root;
  const text = root === undefined ? undefined : git.call.host.readFile(`${root}/.gitmodules`, MAX_BYTES);
  return [...(text?.matchAll(/^[ \t]*url[ \t]*=[ \t]*(\S+)/gm) ?? [])].map(([, url]) =>
    wordAt(url as string, git.word),
  );
}

/** `../lib.git` stands beside the default remote. */
function beside(git: GitCall, url: Word): Word {
  if (!url.text?.startsWith('../') && !url.text?.startsWith('./')) return url;
  return findSetting(git, `remote.${defaultRemote(git, 'fetch').text}.url`) ?? url;
}
