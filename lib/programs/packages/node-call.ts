/** What npm, pnpm, yarn and bun share: their options, where they work, which registry they ask, and running scripts and tools. */

import { posix } from 'node:path';
import type { Effect, PackageEffect } from '../../types/effect.ts';
import type { Nested } from '../../types/invocation.ts';
import type { Word } from '../../types/text.ts';
import { absolutePath, programWord } from '../coreutils/paths.ts';
import { readOptions } from '../coreutils/spec.ts';
import { file, opaque, wordAt } from '../effects.ts';
import { knownStart, type ParsedArgs, partOf } from '../options.ts';
import type { Call, Outcome } from '../page.ts';
import { chooseManifests, isInstalled, type Manifest, scriptRuns } from './package-json.ts';
import { needsRegistry, packageEffects, registryNet, sourceOf } from './sources.ts';

/** Options with a value of all four; each of them ignores what it does not know. */
const OPTIONS = [
  'prefix= C= dir= cwd= registry= userconfig= globalconfig= cache= tag= otp= workspace= loglevel= omit= include=',
  'script-shell= node-options= before= access= location= call= p= package= scope= proxy= https-proxy= save-prefix=',
  'depth= F= filter= filter-prod= store-dir= modules-dir= lockfile-dir= reporter= cache-folder= cacheFolder=',
  'modules-folder= network-timeout= mutex= jobs= config= preload= env-file= workspace-concurrency= auth-type=',
  'install-strategy= message= m= preid= virtual-store-dir= network-concurrency= child-concurrency= from= backend=',
  'global ignore-scripts workspaces recursive save-dev save-exact yes if-present dry-run legacy-peer-deps',
].join(' ');

/** Options of one of them: `-w` and `-c` are flags for pnpm. */
export function nodeOptions(name: string): string {
  return name === 'pnpm' ? OPTIONS : `${OPTIONS} w= c=`;
}

/** One run of a package manager for node. */
export interface NodeCall {
  readonly call: Call;
  readonly near: Word;
  readonly parsed: ParsedArgs;
  /** Operands after the command. */
  readonly operands: readonly Word[];
  /** Words after the command as they stand, for what passes its arguments on. */
  readonly rest: readonly Word[];
}

/** Value of a setting: an option, or the variable that stands for it. */
function setting(node: NodeCall, name: string): Word | undefined {
  const variable = `npm_config_${name.replaceAll('-', '_')}`;
  return (
    node.parsed.value(name) ??
    node.call.invocation.assignments.findLast((one) => one.name.toLowerCase() === variable)?.value
  );
}

/** Registries that are asked instead of the default one. */
function otherRegistries(node: NodeCall): readonly Word[] {
  const variables = node.call.invocation.assignments.filter(({ name }) =>
    /^(?:npm_config_(?:_?@[^:]+:)?registry|yarn_(?:npm_)?registry(?:_server)?|bun_config_registry|corepack_npm_registry)$/i.test(
      name,
    ),
  );
  const scoped = node.parsed.options.filter(({ name, value }) => /^@[^:]+:registry$/.test(name) && value);
  return [
    ...node.parsed.values('registry', 'proxy', 'https-proxy'),
    ...variables.map(({ value }) => value),
    ...scoped.map(({ value }) => value as Word),
  ];
}

/** Contact with the registry. */
export function askRegistry(node: NodeCall, op: 'connect' | 'upload' = 'connect'): readonly Effect[] {
  return registryNet('npm', node.near, otherRegistries(node), { op });
}

/** Configuration files that options name are read. */
function configReads(node: NodeCall): readonly Effect[] {
  const path = setting(node, 'userconfig') ?? setting(node, 'globalconfig');
  return path ? [file('read', path)] : [];
}

/** True for `-g` and what means the same. */
function isGlobal(node: NodeCall): boolean {
  return node.parsed.has('g', 'global') || node.parsed.value('location')?.text === 'global';
}

/** Installs, removes or publishes packages. */
export function changePackages(
  node: NodeCall,
  op: PackageEffect['op'],
  names: readonly Word[],
  more: Partial<PackageEffect> = {},
): readonly Effect[] {
  const others = otherRegistries(node);
  const skips =
    node.parsed.options.some(
      ({ name, value }) => name === 'ignore-scripts' && (value?.text ?? 'true') !== 'false',
    ) || /^(?:true|1)$/.test(setting(node, 'ignore-scripts')?.text ?? '');
  return [
    ...packageEffects(node.call.name, op, node.near, names, {
      shorthand: true,
      otherRegistry: others.length > 0,
      ...(op === 'install' ? { runsScripts: !skips } : {}),
      ...(isGlobal(node) ? { global: true } : {}),
      ...more,
    }),
    ...(op === 'install' && needsRegistry(names, true) && !node.parsed.has('offline')
      ? askRegistry(node)
      : []),
    ...configReads(node),
  ];
}

/** Absolute directory it works in, as `--prefix` and its kin say; undefined when unknown. */
export function folderOf(node: NodeCall): string | undefined {
  const chosen = node.parsed.value('prefix', 'C', 'dir', 'cwd');
  const folder = chosen ? absolutePath(node.call, chosen) : node.call.invocation.cwd.text;
  return folder === undefined ? undefined : posix.normalize(folder);
}

/** Manifests of the chosen workspaces, or the nearest one. */
export function manifestsOf(node: NodeCall): readonly Manifest[] {
  const folder = folderOf(node);
  if (folder === undefined || node.call.invocation.place !== undefined) return [];
  const { parsed } = node;
  const isAll = node.call.name === 'npm' || node.call.name === 'bun' ? 'workspaces' : 'recursive';
  const names = [
    ...parsed.values('workspace', 'F', 'filter', 'filter-prod'),
    ...(node.call.name === 'npm' ? parsed.values('w') : []),
  ];
  const chosen = names.flatMap((name) => name.text ?? []);
  const every = parsed.has(isAll, 'ws') || (node.call.name === 'pnpm' && parsed.has('r'));
  return chooseManifests(node.call.host, folder, chosen.length > 0 ? chosen : every ? 'all' : []);
}

/** Runs a script of the manifest; undefined when no manifest has it. */
export function runScript(node: NodeCall, script: Word, args: readonly Word[]): Outcome | undefined {
  if (script.text === undefined)
    return { effects: [opaque(script, 'which script of package.json runs is known only when it runs')] };
  const name = script.text;
  const via = `${node.call.name} run ${name}`;
  const shell = setting(node, 'script-shell');
  const assignments = node.call.invocation.assignments.filter(({ name: key }) => key === 'NODE_OPTIONS');
  const runs = manifestsOf(node).flatMap((manifest) =>
    scriptRuns(manifest, name, script, via, args, shell).map(
      (run): Nested => ({ ...run, ...(assignments.length > 0 ? { assignments } : {}) }),
    ),
  );
  return runs.length > 0 ? { effects: configReads(node), runs } : undefined;
}

/** Scripts of the project itself that a command runs besides its work: `npm install`, `npm publish`. */
export function lifecycle(node: NodeCall, scripts: readonly string[]): readonly Nested[] {
  if (node.parsed.has('ignore-scripts')) return [];
  return manifestsOf(node)
    .slice(0, 1)
    .flatMap((manifest) =>
      scripts.flatMap((script) => {
        const text = manifest.scripts.get(script);
        return text === undefined
          ? []
          : [
              {
                kind: 'code' as const,
                lang: 'sh' as const,
                code: wordAt(text, node.near),
                cwd: wordAt(manifest.folder, node.near),
                via: `${node.call.name} ${script}`,
              },
            ];
      }),
    );
}

/** Program that a package is run by: `@scope/tool@1` → `tool`. */
function toolOf(spec: Word): Word {
  if (spec.text === undefined) return spec;
  const bare = spec.text
    .replace(/^(?:npm:|github:)/, '')
    .replace(/(?<=[^@/])@[^/]*$/, '')
    .replace(/[#?].*$/, '');
  return wordAt(bare.slice(bare.lastIndexOf('/') + 1).replace(/\.git$/, ''), spec);
}

/**
 * Runs a program of a package, fetching the package when the project does not have it.
 *
 * @param packages what `--package` names; the program's own name when empty
 * @param fetches false when only installed programs run
 */
export function runTool(
  node: NodeCall,
  words: readonly Word[],
  packages: readonly Word[],
  fetches: boolean,
  via: string,
): Outcome {
  const [spec, ...args] = words;
  if (!spec) return { effects: [] };
  const tool = packages.length > 0 ? spec : toolOf(spec);
  const wanted = packages.length > 0 ? packages : [spec];
  const folder = folderOf(node);
  const isHere =
    packages.length === 0 &&
    knownStart(spec) === tool.text &&
    folder !== undefined &&
    isInstalled(node.call.host, folder, tool.text ?? '');
  return {
    effects: fetches && !isHere ? fetchTool(node, wanted) : configReads(node),
    runs: [{ kind: 'argv', argv: [tool, ...args], via, ...cwdOf(node) }],
  };
}

/** Runs shell text with the packages at hand: `npx -c`. */
export function runCall(node: NodeCall, code: Word, packages: readonly Word[], via: string): Outcome {
  return {
    effects: packages.length > 0 ? fetchTool(node, packages) : [],
    runs: [{ kind: 'code', lang: 'sh', code, via, ...cwdOf(node) }],
  };
}

function fetchTool(node: NodeCall, packages: readonly Word[]): readonly Effect[] {
  const program = programWord(node.call);
  const isForeign = packages.some((name) => ['url', 'git'].includes(sourceOf(name, true).kind));
  return [
    ...(isForeign ? [{ kind: 'run' as const, program, remote: true, span: program.span }] : []),
    ...changePackages(node, 'install', packages, { runsScripts: true }),
  ];
}

function cwdOf(node: NodeCall): { readonly cwd?: Word } {
  const chosen = node.parsed.value('prefix', 'C', 'dir', 'cwd');
  return chosen ? { cwd: chosen } : {};
}

/** `npm config set registry=X`, `yarn config set npmRegistryServer X`: where packages come from changes for good. */
export function changeConfig(node: NodeCall, pairs: readonly Word[]): readonly Effect[] {
  const [key, value] = pairs;
  if (!key) return [];
  const equals = knownStart(key).indexOf('=');
  const name = equals < 0 ? knownStart(key) : knownStart(key).slice(0, equals);
  const given = equals < 0 ? value : partOf(key, equals + 1);
  if (/registry|npmScopes|proxy$/i.test(name))
    return packageEffects(node.call.name, 'registry', node.near, given ? [given] : [], {
      otherRegistry: true,
    });
  if (/^(?:script-shell|shell|node-options|onload-script|git|editor)$/i.test(name) && given)
    return [
      file('append', wordAt('~/.npmrc', key)),
      { kind: 'env', op: 'set', name, value: given, span: key.span },
    ];
  return /auth|token|password/i.test(name)
    ? [{ kind: 'secret', store: node.call.name, op: 'write', span: key.span }]
    : [];
}

/** Reads arguments that belong to a command, everything after it included. */
export function openNode(call: Call, args: readonly Word[], rest: readonly Word[]): NodeCall {
  const parsed = readOptions(args, nodeOptions(call.name));
  return { call, near: programWord(call), parsed, operands: parsed.operands.slice(1), rest };
}
