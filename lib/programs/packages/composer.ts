/** composer: packages for PHP, and the scripts of composer.json. */

import type { Nested } from '../../types/invocation.ts';
import { absolutePath } from '../coreutils/paths.ts';
import { wordAt } from '../effects.ts';
import type { Outcome, Page } from '../page.ts';
import { appendWords, secret } from '../verbs.ts';
import { type Managed, managerPage } from './manager.ts';
import { packageEffects } from './sources.ts';

const MAX_BYTES = 1 << 20;
/** Scripts that call scripts are followed so far. */
const MAX_DEPTH = 8;

function readScripts({ call, parsed, near }: Managed): ReadonlyMap<string, readonly string[]> {
  const folder = parsed.value('d', 'working-dir');
  const path = absolutePath(call, wordAt(`${folder?.text ?? '.'}/composer.json`, near));
  const text = path === undefined ? undefined : call.host.readFile(path, MAX_BYTES);
  if (text === undefined) return new Map();
  try {
    const value = JSON.parse(text) as { readonly scripts?: Readonly<Record<string, unknown>> } | null;
    return new Map(
      Object.entries(value?.scripts ?? {}).map(([name, script]) => [
        name,
        (Array.isArray(script) ? script : [script]).filter(
          (line): line is string => typeof line === 'string',
        ),
      ]),
    );
  } catch {
    return new Map();
  }
}

/** Lines of a script as runs; `@other` is another script, `@php` and `@composer` are programs, `A::b` is a method. */
function runsOf(
  scripts: ReadonlyMap<string, readonly string[]>,
  name: string,
  managed: Managed,
  args: Managed['rest'],
  depth = 0,
): readonly Nested[] {
  if (depth > MAX_DEPTH) return [];
  return (scripts.get(name) ?? []).slice(0, 50).flatMap((line): readonly Nested[] => {
    const other = /^@([\w:-]+)/.exec(line)?.[1];
    if (other === 'putenv' || /^[\w\\]+::\w+$/.test(line)) return [];
    if (other && scripts.has(other)) return runsOf(scripts, other, managed, args, depth + 1);
    const text = line.replace(/^@(?=php\b|composer\b)/, '');
    return [
      {
        kind: 'code',
        lang: 'sh',
        code: appendWords(wordAt(text, managed.near), args),
        via: `composer ${name}`,
      },
    ];
  });
}

const EVENTS: Readonly<Record<string, readonly string[]>> = {
  install: ['pre-install-cmd', 'post-install-cmd', 'post-autoload-dump'],
  update: ['pre-update-cmd', 'post-update-cmd', 'post-autoload-dump'],
  require: ['pre-update-cmd', 'post-update-cmd', 'post-autoload-dump'],
  'dump-autoload': ['pre-autoload-dump', 'post-autoload-dump'],
};

function composerMore(managed: Managed): Outcome {
  const { verb, parsed, operands, rest, near } = managed;
  const isRun = verb === 'run-script' || verb === 'run';
  const name = isRun ? (operands[0]?.text ?? '') : verb;
  const scripts = parsed.has('no-scripts') ? new Map<string, readonly string[]>() : readScripts(managed);
  const args = (isRun ? operands.slice(1) : rest).filter((word) => word.text !== '--');
  const names = managed.deed === 'none' ? [`pre-${name}`, name, `post-${name}`] : (EVENTS[verb] ?? []);
  const key = /^(?:github-oauth|gitlab-oauth|gitlab-token|http-basic|bearer|bitbucket-oauth|forgejo-token)\b/;
  if (verb === 'config' && key.test(operands[0]?.text ?? ''))
    return {
      effects: [secret(near, 'composer', operands.length > 1 ? 'write' : 'read', operands[0])],
    };
  return {
    effects:
      verb === 'config' && operands.some((word) => /^repositor|^repo\./.test(word.text ?? ''))
        ? packageEffects('composer', 'registry', near, operands.slice(1), { otherRegistry: true })
        : [],
    runs: names.flatMap((one) => runsOf(scripts, one, managed, one === name ? args : [])),
  };
}

export const pages: readonly Page[] = [
  managerPage({
    names: 'composer composer.phar',
    about: 'composer: packages for PHP and the scripts of composer.json',
    registry: 'composer',
    options: 'd= working-dir= repository= repository-url= stability= s= no-scripts dry-run',
    indexes: ['repository', 'repository-url'],
    dry: ['dry-run'],
    scripts: true,
    noScripts: ['no-scripts'],
    deeds: {
      'install, i, update, u, upgrade, require, r, reinstall, create-project, self-update': 'install',
      'remove, rm, uninstall': 'remove',
      'search, show-remote, outdated, audit': 'ask',
      exec: 'argv',
    },
    more: composerMore,
    examples: [
      {
        command: 'composer require vendor/x',
        effects: [
          { kind: 'package', manager: 'composer' },
          { kind: 'net', registry: 'composer' },
        ],
      },
      { command: 'composer exec phpunit -- --filter x', effects: [{ kind: 'run', program: 'phpunit' }] },
      { command: 'composer show', effects: [] },
    ],
  }),
];
