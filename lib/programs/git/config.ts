/** Reads `git config`: which setting it changes, where that is written, and which ones it shows. */

import type { Effect } from '../../types/effect.ts';
import type { Nested } from '../../types/invocation.ts';
import type { Word } from '../../types/text.ts';
import { file, wordAt } from '../effects.ts';
import { NOTHING, type Outcome } from '../page.ts';
import {
  findSetting,
  type GitArgs,
  type GitCall,
  gitEffect,
  listOf,
  normalKey,
  pathAt,
  readArgs,
} from './call.ts';
import { findCode } from './settings.ts';

type Action = 'get' | 'list' | 'set' | 'unset' | 'edit' | 'rename-section' | 'remove-section';

/** Options that say what to do; without one the number of operands does. */
const ACTIONS: ReadonlyMap<string, Action> = new Map(
  Object.entries<Action>({
    get: 'get',
    'get-all': 'get',
    'get-regexp': 'get',
    'get-urlmatch': 'get',
    'get-color': 'get',
    'get-colorbool': 'get',
    l: 'list',
    list: 'list',
    add: 'set',
    'replace-all': 'set',
    unset: 'unset',
    'unset-all': 'unset',
    'rename-section': 'rename-section',
    'remove-section': 'remove-section',
    e: 'edit',
    edit: 'edit',
  }),
);

/** The same as a first operand, since git 2.46. */
const VERBS = new Set<string>(listOf('get list set unset edit rename-section remove-section'));

/** Settings whose value is a credential. */
const SECRET_KEYS = /extraheader|token|passw|smtppass|secret|oauth|\.cookie/i;

/** Settings about looks and names: whoever writes them for all repositories changes nothing that runs or is reached. */
const HARMLESS_KEYS =
  /^(user\.(name|email)|safe\.directory|init\.defaultbranch|pull\.(rebase|ff)|fetch\.prune|push\.autosetupremote|core\.(autocrlf|longpaths|quotepath)|http\.postbuffer|(color|advice)\..*)$/;

/** `git config …`. */
export function readConfig(git: GitCall): Outcome {
  const args = readArgs(git, {
    value: listOf('f file blob type t default value comment url'),
    flags: [
      ...['global', 'system', 'local', 'worktree', 'bool', 'int', 'path', 'null', 'name-only', 'show-origin'],
      ...[
        'show-scope',
        'includes',
        'no-includes',
        'fixed-value',
        'all',
        'append',
        'regexp',
        ...ACTIONS.keys(),
      ],
    ],
  });
  const { action, operands } = actionOf(args);
  const at = fileOf(git, args);
  switch (action) {
    case 'get':
      return readGet(git, args, operands, at.slice(0, args.has('f', 'file') ? 1 : 0));
    case 'list':
      return args.has('f', 'file') ? { effects: at.map((path) => file('read', path)) } : NOTHING;
    case 'set':
      return readSet(git, args, operands, at);
    default: {
      const [key] = operands;
      const named = key?.text === undefined ? {} : { key: normalKey(key.text) };
      return { effects: [gitEffect(git, 'config', named), ...writesTo(at)] };
    }
  }
}

function actionOf(args: GitArgs): { readonly action: Action; readonly operands: readonly Word[] } {
  const [chosen] = args.options.flatMap(({ name }) => ACTIONS.get(name) ?? []);
  if (chosen) return { action: chosen, operands: args.all };
  const [first, ...rest] = args.all;
  if (first?.text !== undefined && VERBS.has(first.text))
    return { action: first.text as Action, operands: rest };
  return {
    action: args.all.length > 1 ? 'set' : args.all.length === 1 ? 'get' : 'list',
    operands: args.all,
  };
}

/** Files outside the repository that are read or written instead of its own. */
function fileOf(git: GitCall, args: GitArgs): readonly Word[] {
  const written = args.value('f', 'file');
  if (written) return [pathAt(git, written)];
  if (args.has('global')) return [wordAt(`${git.call.host.home}/.gitconfig`, git.word)];
  return args.has('system') ? [wordAt('/etc/gitconfig', git.word)] : [];
}

/** True when git itself says which file it is, not the command line. */
function isOwnFile(args: GitArgs): boolean {
  return !args.has('f', 'file');
}

function writesTo(paths: readonly Word[]): readonly Effect[] {
  return paths.map((path) => file('write', path));
}

function readGet(git: GitCall, args: GitArgs, operands: readonly Word[], files: readonly Word[]): Outcome {
  const [key] = operands;
  const reads = files.map((path) => file('read', path));
  if (key?.text !== undefined && SECRET_KEYS.test(key.text))
    return {
      effects: [...reads, { kind: 'secret', store: 'git-config', op: 'read', target: key, span: key.span }],
    };
  const isPlain = args.options.every(({ name }) => name === 'get') && key?.text !== undefined;
  const value = isPlain ? findSetting(git, normalKey(key.text ?? ''))?.text : undefined;
  return value === undefined ? { effects: reads } : { effects: reads, stdout: `${value}\n` };
}

/** What is set runs later; a command line in it is judged now, a plain program name is not. */
function readSet(
  git: GitCall,
  args: GitArgs,
  [key, value]: readonly Word[],
  files: readonly Word[],
): Outcome {
  if (!key || !value) return NOTHING;
  const name = key.text === undefined ? undefined : normalKey(key.text);
  const code = name === undefined ? undefined : findCode(name, value);
  const runs: readonly Nested[] =
    code && !/^[\w.+-]*$/.test(code.text ?? '?')
      ? [{ kind: 'code', lang: 'sh', code, via: `git config ${name}` }]
      : [];
  const secret = name !== undefined && SECRET_KEYS.test(name);
  return {
    effects: [
      gitEffect(git, 'config', { ...(name === undefined ? {} : { key: name }), value }),
      ...(name !== undefined && isOwnFile(args) && HARMLESS_KEYS.test(name) ? [] : writesTo(files)),
      ...(secret
        ? [
            {
              kind: 'secret' as const,
              store: 'git-config',
              op: 'write' as const,
              target: key,
              span: key.span,
            },
          ]
        : []),
    ],
    runs,
  };
}
