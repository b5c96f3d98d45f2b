/** What each command of npm, pnpm, yarn and bun does; which command a call has is read in node.ts. */

import type { Effect } from '../../types/effect.ts';
import type { Nested } from '../../types/invocation.ts';
import type { Word } from '../../types/text.ts';
import { readOptions } from '../coreutils/spec.ts';
import { file, run, wordAt } from '../effects.ts';
import { knownStart, partOf } from '../options.ts';
import { NOTHING, type Outcome } from '../page.ts';
import { byNames, joinBlank, secret } from '../verbs.ts';
import {
  askRegistry,
  changeConfig,
  changePackages,
  lifecycle,
  manifestsOf,
  type NodeCall,
  nodeOptions,
  openNode,
  runCall,
  runScript,
  runTool,
} from './node-call.ts';

/** What a command does with a call; `verb` is the name that it goes by there. */
type Command = (node: NodeCall, verb: string) => Outcome;

const INSTALL_SCRIPTS = [
  'preinstall',
  'install',
  'postinstall',
  'prepublish',
  'preprepare',
  'prepare',
  'postprepare',
];
const PACK_SCRIPTS = ['prepublishOnly', 'prepack', 'prepare', 'postpack'];

/** Installs what is named, or what the manifest says. */
export const install: Command = (node) => ({
  effects: changePackages(node, 'install', node.operands),
  runs: node.operands.length === 0 ? lifecycle(node, INSTALL_SCRIPTS) : [],
});
const remove: Command = (node) => ({ effects: changePackages(node, 'remove', node.operands) });
const publish: Command = (node) => ({
  effects: node.parsed.has('dry-run')
    ? []
    : [...changePackages(node, 'publish', node.operands), ...askRegistry(node, 'upload')],
  runs: lifecycle(node, [...PACK_SCRIPTS, 'publish', 'postpublish']),
});
const withdraw: Command = (node) => ({
  effects: [
    ...askRegistry(node, 'upload'),
    {
      kind: 'data',
      system: 'npm',
      op: 'unpublish',
      destructive: true,
      span: node.near.span,
      ...target(node),
    },
  ],
});
const ask: Command = (node) => ({ effects: askRegistry(node) });
const tell: Command = (node) => ({ effects: askRegistry(node, 'upload') });
const login: Command = (node) => ({
  effects: [
    run(node.near, { interactive: true }),
    secret(node.near, 'npm', 'write'),
    ...askRegistry(node),
    ...(node.parsed.has('registry')
      ? changePackages(node, 'registry', node.parsed.values('registry'), { source: 'other-registry' })
      : []),
  ],
});
const token: Command = (node) => ({
  effects: [
    ...askRegistry(node),
    secret(node.near, 'npm', node.operands[0]?.text === 'create' ? 'read' : 'write'),
  ],
});
const create: Command = (node) => {
  const [name, ...rest] = node.rest.filter((word) => word.text !== '--');
  if (!name || (node.call.name === 'npm' && name.text?.startsWith('-'))) return NOTHING;
  return runTool(node, [initializer(name), ...rest], [], true, `${node.call.name} create`);
};
/** `npm init` without a name only writes package.json. */
const init: Command = (node, verb) =>
  node.operands.length > 0
    ? create(node, verb)
    : { effects: [file('write', wordAt('package.json', node.near))] };
const audit: Command = (node, verb) =>
  node.operands[0]?.text === 'fix' ? install({ ...node, operands: [] }, verb) : ask(node, verb);
const config: Command = (node) => {
  const [verb, ...rest] = node.operands;
  if (verb?.text === 'set' || verb?.text === 'edit') return { effects: changeConfig(node, rest) };
  if (verb?.text === 'get' && /auth|token|password/i.test(rest[0]?.text ?? ''))
    return { effects: [secret(node.near, node.call.name)] };
  return NOTHING;
};
const set: Command = (node) => ({ effects: changeConfig(node, node.operands) });
const version: Command = (node) => {
  if (node.operands.length === 0) return NOTHING;
  const skipsGit = node.parsed.has('no-git-tag-version');
  const git: readonly Effect[] = skipsGit
    ? []
    : [
        { kind: 'git', op: 'commit', onCurrent: true, span: node.near.span },
        { kind: 'git', op: 'tag-create', span: node.near.span },
      ];
  return {
    effects: [file('write', wordAt('package.json', node.near)), ...git],
    runs: lifecycle(node, ['preversion', 'version', 'postversion']),
  };
};
const runNamed: Command = (node) => {
  const [script] = node.operands;
  if (!script) return NOTHING;
  // npm keeps the options in front of `--` to itself; the others hand on everything behind the name.
  const args =
    node.call.name === 'npm'
      ? node.operands.slice(1)
      : node.rest.slice(node.rest.indexOf(script) + 1).filter((word) => word.text !== '--');
  return runScript(node, script, args) ?? fallBack(node, script, args);
};
/** `npm test`, `npm start`: a script with the command's own name. */
const runOwn: Command = (node, verb) =>
  runScript(
    node,
    wordAt(verb === 't' || verb === 'tst' ? 'test' : verb, node.near),
    node.rest.filter((word) => word.text !== '--'),
  ) ?? NOTHING;
const exec: Command = (node, verb) => execWith(node, node.call.name === 'npm' || verb === 'x');
const dlx: Command = (node) => execWith(node, true);
const clean: Command = (node) => ({
  effects: [file('delete', wordAt('node_modules', node.near), { recursive: true })],
});
const link: Command = (node) => ({
  effects: changePackages(node, 'install', node.operands, { source: 'path' }).filter(
    ({ kind }) => kind === 'package',
  ),
});
/** `yarn workspace app run x`, `yarn workspaces foreach -A run x`: the command again, in each chosen folder. */
const inWorkspace: Command = (node, verb) => {
  const { rest } = node;
  const each = verb === 'workspaces';
  if (each && rest[0]?.text !== 'foreach' && rest[0]?.text !== 'run') return NOTHING;
  const from =
    rest[0]?.text === 'run' ? 0 : rest.findIndex((word, i) => i > 0 && !word.text?.startsWith('-'));
  const options = [
    wordAt(each ? '--recursive' : '--workspace', node.near),
    ...(each ? [] : rest.slice(0, 1)),
  ];
  const inner = openNode(node.call, [...options, wordAt('workspace', node.near)], rest);
  const folders = manifestsOf({ ...inner, call: { ...node.call, name: 'yarn' } });
  const argv = [node.near, ...rest.slice(Math.max(from, 0))];
  return {
    effects: [],
    runs: folders.map(({ folder }) => ({
      kind: 'argv',
      argv,
      cwd: wordAt(folder, node.near),
      via: 'yarn workspace',
    })),
  };
};
/** `yarn node`: node itself, as the manager sets it up. */
export const nodeItself: Command = (node) => ({
  effects: [],
  runs: [{ kind: 'argv', argv: [wordAt('node', node.near), ...node.rest], via: `${node.call.name} node` }],
});

/** Commands by all their names. */
export const COMMANDS = byNames<Command>({
  'install i in ins inst insta instal isnt isnta isntal isntall add ci clean-install ic install-clean isntall-clean install-test it cit update up upgrade udpate rebuild rb dedupe ddp import fetch':
    install,
  'uninstall un unlink remove rm r prune': remove,
  publish,
  'unpublish deprecate': withdraw,
  'view v info show outdated search s se find ping whoami fund doctor bugs docs repo why-registry diff': ask,
  'dist-tag dist-tags owner access hook org team profile star unstar': tell,
  'login adduser add-user logout': login,
  token,
  'init innit': init,
  create,
  audit,
  'config c': config,
  set,
  version: version,
  'run run-script rum urn': runNamed,
  'test t tst start stop restart': runOwn,
  'exec x': exec,
  dlx: dlx,
  'clean-modules': clean,
  'link ln': link,
  'workspace workspaces': inWorkspace,
  pack: (node) => ({
    effects: node.operands.length > 0 ? askRegistry(node) : [],
    runs: lifecycle(node, PACK_SCRIPTS),
  }),
  pkg: setsScripts,
  'ls list la ll why explain root prefix bin get help completion cache query shrinkwrap env licenses store patch patch-commit sbom':
    () => NOTHING,
});

/** `npm pkg set scripts.test=…`: a later `npm test` runs it. */
function setsScripts({ operands }: NodeCall): Outcome {
  const [verb, ...pairs] = operands;
  if (verb?.text !== 'set') return NOTHING;
  return {
    effects: [],
    runs: pairs.flatMap((word): readonly Nested[] => {
      const start = /^scripts\.[^=]+=/.exec(knownStart(word))?.[0];
      const code = start === undefined ? undefined : partOf(word, start.length);
      return code ? [{ kind: 'code', lang: 'sh', code, via: 'npm pkg set', uncertain: true }] : [];
    }),
  };
}

function target(node: NodeCall): { readonly target?: Word } {
  return node.operands[0] ? { target: node.operands[0] } : {};
}

/** `npm init vite` runs create-vite. */
function initializer(name: Word): Word {
  if (name.text === undefined) return name;
  const scoped = /^(@[^/@]+)(?:\/([^@]+))?(@.*)?$/.exec(name.text);
  if (scoped) return wordAt(`${scoped[1]}/create${scoped[2] ? `-${scoped[2]}` : ''}${scoped[3] ?? ''}`, name);
  return wordAt(`create-${name.text}`, name);
}

/** `exec`, `dlx`, `npx`: options, then a program with its own arguments. */
export function execWith(node: NodeCall, fetches: boolean): Outcome {
  const parsed = readOptions(node.rest, `${nodeOptions(node.call.name)} y q no-install`, {
    stopAtOperand: true,
  });
  const packages = parsed.values('p', 'package');
  const via = `${node.call.name} exec`;
  const all: NodeCall = {
    ...node,
    parsed: { ...node.parsed, value: (...names) => parsed.value(...names) ?? node.parsed.value(...names) },
  };
  const code = parsed.value('c', 'call');
  if (code) return runCall(all, code, packages, via);
  const isShell = node.call.name === 'pnpm' && parsed.has('c', 'shell-mode');
  const words = parsed.operands;
  const text = isShell ? joinBlank(words, node.near) : undefined;
  if (text) return runCall(all, text, packages, via);
  return runTool(all, words, packages, fetches && !parsed.has('no-install', 'no'), via);
}

/** A name that no manifest knows is a program of the project for all but npm. */
export function fallBack(node: NodeCall, name: Word, args: readonly Word[]): Outcome {
  if (node.call.name === 'npm' || name.text === undefined) return NOTHING;
  return { effects: [], runs: [{ kind: 'argv', argv: [name, ...args], via: `${node.call.name} run` }] };
}
