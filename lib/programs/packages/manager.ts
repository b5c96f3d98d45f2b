/** Reads package managers that a table describes: what is installed, removed, published, from where, and what they run. Knows no manager. */

import type { Effect, Registry } from '../../types/effect.ts';
import type { Nested } from '../../types/invocation.ts';
import type { Word } from '../../types/text.ts';
import { programWord, readsOf } from '../coreutils/paths.ts';
import { readOptions } from '../coreutils/spec.ts';
import { file, net, wordAt } from '../effects.ts';
import { assigned } from '../network/traffic.ts';
import { knownStart, type ParsedArgs } from '../options.ts';
import { type Call, definePage, NOTHING, type Outcome, type Page, type PageExample } from '../page.ts';
import { findVerb, secret } from '../verbs.ts';
import { needsRegistry, packageEffects, registryNet } from './sources.ts';

/**
 * What a command of a package manager does: `install` (packages or what the manifest says), `remove`, `publish`,
 * `withdraw`, `registry` (where packages come from changes for good), `ask` (only asks the registry), `build` (asks it for what is missing), `login`,
 * `argv` (its operands are a program), `tool` (fetches a package and runs its program), `interactive`.
 */
export type Deed =
  | 'install'
  | 'remove'
  | 'publish'
  | 'withdraw'
  | 'registry'
  | 'ask'
  | 'build'
  | 'login'
  | 'argv'
  | 'tool'
  | 'interactive'
  | 'none';

export interface Manager {
  readonly names: string;
  readonly about: string;
  /** Its registry, or the host of one that has no name of its own. */
  readonly registry: Registry | string;
  /** Options in front of and behind the command, as readOptions takes them. */
  readonly options?: string;
  readonly singleDash?: boolean;
  /** Commands of one or two words with what they do; `''` stands for none. Others do nothing that counts. */
  readonly deeds: Readonly<Record<string, Deed>>;
  /** What a command without an entry does. */
  readonly otherwise?: Deed;
  /** Options that name a registry, a repository of packages, a list of packages, a source in a path. */
  readonly indexes?: readonly string[];
  readonly gits?: readonly string[];
  readonly lists?: readonly string[];
  readonly paths?: readonly string[];
  /** Options whose values are more packages. */
  readonly extras?: readonly string[];
  /** Variables that name a registry. */
  readonly variables?: readonly string[];
  /** Options that keep it from the network. */
  readonly offline?: readonly string[];
  /** Options that make it say only what it would do. */
  readonly dry?: readonly string[];
  /** Installing runs code of the packages. */
  readonly scripts?: boolean;
  readonly noScripts?: readonly string[];
  /** Everything is installed for the whole machine. */
  readonly global?: boolean;
  readonly globals?: readonly string[];
  /** What else a call does. */
  readonly more?: (managed: Managed) => Outcome;
  readonly examples: readonly PageExample[];
}

/** One run of a manager. */
export interface Managed {
  readonly call: Call;
  readonly near: Word;
  readonly verb: string;
  readonly deed: Deed;
  readonly parsed: ParsedArgs;
  readonly operands: readonly Word[];
  readonly rest: readonly Word[];
}

/** The page of a manager. */
export function managerPage(manager: Manager): Page {
  const deeds = byNamesOfTwo(manager.deeds);
  return definePage({
    names: manager.names.split(' '),
    about: manager.about,
    read: (call) => readManager(call, manager, deeds),
    examples: manager.examples,
  });
}

/** Commands are divided by commas, so that one may have two words: `'add, tool install'`. */
function byNamesOfTwo(deeds: Readonly<Record<string, Deed>>): ReadonlyMap<string, Deed> {
  return new Map(
    Object.entries(deeds).flatMap(([names, deed]) =>
      names.split(',').map((name) => [name.trim(), deed] as const),
    ),
  );
}

/** Commands that print settings for a shell to evaluate. */
const FOR_SHELLS = /^(?:completions?|generate-shell-completion|shellenv|shell\..*|self completion)$/;

function readManager(call: Call, manager: Manager, deeds: ReadonlyMap<string, Deed>): Outcome {
  const options = manager.options ?? '';
  // `cargo +nightly build`
  const args = call.args[0]?.text?.startsWith('+') ? call.args.slice(1) : call.args;
  const single = manager.singleDash ? { singleDash: true } : {};
  const { name, word, before, rest } = findVerb(args, options, single);
  if (before.has('help', 'h', 'version')) return NOTHING;
  const next = findVerb(rest, options, single);
  const isPair = next.word !== undefined && deeds.has(`${name} ${next.name}`);
  const verb = isPair ? `${name} ${next.name}` : word ? name : '';
  const deed = deeds.get(verb) ?? manager.otherwise ?? 'none';
  const parsed = readOptions(args, options, single);
  const managed: Managed = {
    call,
    near: programWord(call),
    verb,
    deed,
    parsed,
    operands: parsed.operands.slice(word ? (isPair ? 2 : 1) : 0),
    rest: isPair ? next.rest : rest,
  };
  const more = manager.more?.(managed);
  const own = parsed.has('help') && deed !== 'argv' && deed !== 'tool' ? [] : deedEffects(managed, manager);
  return {
    effects: [...own, ...(more?.effects ?? [])],
    runs: [...runsOf(managed, options, single), ...(more?.runs ?? [])],
    // What is meant for `eval "$(…)"` is setup of the shell and no code of anyone's.
    ...(more?.stdout === undefined && !FOR_SHELLS.test(verb) ? {} : { stdout: more?.stdout ?? '' }),
  };
}

/** Registries that are asked instead of the default one, or besides it. */
function indexesOf(managed: Managed, manager: Manager): readonly Word[] {
  const { call, parsed } = managed;
  return [
    ...parsed.values(...(manager.indexes ?? [])),
    ...(manager.variables ?? []).flatMap((name) => assigned(call, name) ?? []),
  ].filter((word) => word.text !== '' && !/^(?:off|direct|false|0|1|true)$/.test(word.text ?? ''));
}

function deedEffects(managed: Managed, manager: Manager): readonly Effect[] {
  const { near, parsed, deed, operands, call } = managed;
  if (deed === 'none' || deed === 'argv') return [];
  if (deed === 'interactive') return [{ kind: 'run', program: near, interactive: true, span: near.span }];
  if (manager.dry && parsed.has(...manager.dry)) return [];
  const others = indexesOf(managed, manager);
  const isOffline = manager.offline !== undefined && parsed.has(...manager.offline);
  const ask = (op: 'connect' | 'upload'): readonly Effect[] =>
    isOffline ? [] : registryNet(manager.registry, near, others, { op });
  const packages = packagesOf(managed, manager);
  const isGlobal = manager.global || (manager.globals !== undefined && parsed.has(...manager.globals));
  const make = (op: 'install' | 'remove' | 'publish' | 'registry', names: readonly Word[]) =>
    packageEffects(call.name, op, near, names, {
      otherRegistry: others.length > 0 || op === 'registry',
      ...(isGlobal ? { global: true } : {}),
      ...(op === 'install' && manager.scripts
        ? { runsScripts: !(manager.noScripts && parsed.has(...manager.noScripts)) }
        : {}),
    });
  switch (deed) {
    case 'install':
    case 'tool': {
      const extras = parsed.values(...(manager.extras ?? []));
      const lists = parsed.values(...(manager.lists ?? []));
      // A list from elsewhere is as foreign as what it names.
      const isForeign = (word: Word) => /^\w+:\/\//.test(knownStart(word));
      const chosen = deed === 'tool' ? (extras.length > 0 ? extras : packages.slice(0, 1)) : packages;
      const names = [...chosen, ...lists.filter(isForeign)];
      const gits = parsed.values(...(manager.gits ?? []));
      return [
        ...make('install', names),
        ...gits.flatMap((url) => [gitPackage(managed, url), net(url)]),
        ...readsOf(lists.filter((word) => !isForeign(word))),
        ...(needsRegistry(names) && gits.length === 0 ? ask('connect') : []),
      ];
    }
    case 'remove':
      return make('remove', packages);
    case 'publish':
      return [...make('publish', packages), ...ask('upload')];
    case 'withdraw':
      return [
        ...ask('upload'),
        {
          kind: 'data',
          system: call.name,
          op: managed.verb,
          destructive: true,
          span: near.span,
          ...targetOf(operands),
        },
      ];
    case 'registry':
      return [
        ...make('registry', operands),
        ...operands.filter((word) => /:\/\//.test(knownStart(word))).map((word) => net(word)),
      ];
    case 'login':
      return [secret(near, call.name, 'write'), ...ask('connect')];
    case 'ask':
      return ask('connect');
    case 'build':
      // What is not there yet is fetched; mostly everything is.
      return ask('connect').map((effect) => (others.length > 0 ? effect : { ...effect, uncertain: true }));
  }
}

function gitPackage(managed: Managed, url: Word): Effect {
  return {
    kind: 'package',
    manager: managed.call.name,
    op: 'install',
    names: [url],
    source: 'git',
    runsScripts: true,
    span: managed.near.span,
  };
}

function targetOf(operands: readonly Word[]): { readonly target?: Word } {
  return operands[0] ? { target: operands[0] } : {};
}

/** Names of packages: operands, extra options, and local folders as paths. */
function packagesOf(managed: Managed, manager: Manager): readonly Word[] {
  const { parsed, operands } = managed;
  const folders = parsed
    .values(...(manager.paths ?? []))
    .map((word) =>
      word.text !== undefined && !/^[./~]|:\/\/|\+/.test(word.text) ? wordAt(`./${word.text}`, word) : word,
    );
  return [...operands, ...parsed.values(...(manager.extras ?? [])), ...folders];
}

function runsOf(
  managed: Managed,
  options: string,
  single: { readonly singleDash?: boolean },
): readonly Nested[] {
  if (managed.deed !== 'argv' && managed.deed !== 'tool') return [];
  const { operands: argv } = readOptions(managed.rest, options, { ...single, stopAtOperand: true });
  const [first, ...args] = argv;
  if (!first) return [];
  const via = `${managed.call.name} ${managed.verb}`.trim();
  if (managed.deed === 'argv' && /\.pyw?$/.test(first.text ?? ''))
    return [{ kind: 'file', lang: 'python', path: first, args, via }];
  const program =
    managed.deed === 'tool' && first.text !== undefined
      ? wordAt(first.text.replace(/(?<=.)(?:@|==).*$/, '').replace(/^.*\//, ''), first)
      : first;
  return [{ kind: 'argv', argv: [program, ...args], via }];
}

/** A program that the call builds, for `more`. */
export function writesProgram(path: Word | undefined): readonly Effect[] {
  return path ? [file('write', path, { clobbers: true, built: true })] : [];
}
