/** The policy in force: its layers read and laid over each other. Owns which layers there are and what an unusable one means. */

import { guards as allGuards } from '../guards/index.ts';
import type { AnyGuard } from '../kit/define-guard.ts';
import { compileGlobs } from '../kit/globs.ts';
import type {
  Exception,
  GuardSetting,
  LayerName,
  OptionValues,
  Policy,
  PolicyTest,
} from '../types/policy.ts';
import type { GuardTable, OptionValue, PolicyDocument } from './document.ts';
import { DEFAULT_DIGEST, DEFAULT_PRESET, PRESETS } from './presets.gen.ts';
import { type Layer, type PolicyHost, readLayer } from './read-layer.ts';
import {
  applyDocument,
  digestState,
  lock,
  type Origin,
  type PolicyState,
  restart,
  startState,
} from './state.ts';

export interface PolicyInput {
  readonly host: PolicyHost;
  /** Absolute; its `.codex/guard.jsonc` may tighten. */
  readonly projectRoot?: string;
  /** Default `/etc/codex/guard.jsonc`. */
  readonly managedPath?: string;
  /** A file to read in place of the user's, to see what it would do. It has to exist; so does `projectPath`. */
  readonly userPath?: string;
  /** The same in place of the project's. */
  readonly projectPath?: string;
  /** What `CODEX_GUARD_POLICY` names: one more file that may tighten. It has to exist. */
  readonly environmentPath?: string;
  /** Decides which exceptions have expired. */
  readonly now: Date;
}

/** Where one value of the policy in force comes from. */
export interface PolicyOrigin extends Origin {
  /** `mode`, `uncertain`, `autoApprove`, `guards.<id>` (its level) or `guards.<id>.<option>`. */
  readonly key: string;
  readonly value: OptionValue;
}

/** Where a company puts the policy that nobody on the machine may loosen. */
export const MANAGED_POLICY = '/etc/codex/guard.jsonc';

/** The policy file of a user. */
export function userPolicyPath(host: Pick<PolicyHost, 'codexHome'>): string {
  return `${host.codexHome}/guard/policy.jsonc`;
}

/** The policy file of a project. */
export function projectPolicyPath(projectRoot: string): string {
  return `${projectRoot}/.codex/guard.jsonc`;
}

/**
 * Reads and merges all layers: preset, then managed, then user (both may loosen the preset; the user not what the managed
 * file speaks of), then project and environment, which may only tighten.
 *
 * Never throws for what stands in a file. A layer with a mistake may no longer loosen anything: the shipped default holds
 * at least, and `problems` says what is wrong.
 */
export function loadPolicy(input: PolicyInput, guards: readonly AnyGuard[] = allGuards): Policy {
  return resolvePolicy(input, guards).policy;
}

/** The same policy with the origin of every value, for people. */
export function explainPolicy(
  input: PolicyInput,
  guards: readonly AnyGuard[] = allGuards,
): { readonly policy: Policy; readonly origins: readonly PolicyOrigin[] } {
  const { policy, state } = resolvePolicy(input, guards);
  const origins: PolicyOrigin[] = [
    { key: 'mode', value: state.mode.value, ...state.mode.origin },
    { key: 'uncertain', value: state.uncertain.value, ...state.uncertain.origin },
    { key: 'autoApprove', value: state.autoApprove.value, ...state.autoApprove.origin },
  ];
  for (const [id, guard] of Object.entries(state.guards)) {
    origins.push({ key: `guards.${id}`, value: guard.level.value, ...guard.level.origin });
    for (const [name, { value, origin }] of Object.entries(guard.options))
      origins.push({ key: `guards.${id}.${name}`, value, ...origin });
  }
  return { policy, origins };
}

interface Resolved {
  readonly policy: Policy;
  readonly state: PolicyState;
}

function resolvePolicy(input: PolicyInput, guards: readonly AnyGuard[]): Resolved {
  const table: GuardTable = Object.fromEntries(guards.map((guard) => [guard.id, guard]));
  const layers = readLayers(input, table);
  const base = findBase(layers.managed) ?? defaultPreset();
  const state = startState(table, base);
  const documents: Named[] = [{ layer: 'preset', document: base }];
  const inOrder = [layers.managed, layers.user, layers.project, layers.environment];
  for (const layer of inOrder) {
    if (layer === undefined) continue;
    if (isNewStart(state, layer)) documents.length = 0;
    documents.push(...applyLayer(state, table, layer));
    state.problems.push(...layer.problems);
  }
  const exceptions = inOrder.flatMap((layer) => (layer ? readExceptions(state, layer, input.now) : []));
  // Digesting costs a hook milliseconds; that of the shipped policy is known.
  const isShipped = guards === allGuards && inOrder.every((layer) => layer === undefined);
  const digest = isShipped ? DEFAULT_DIGEST : digestState(state, exceptions);
  return { policy: finish(state, table, input.host.home, documents, exceptions, digest), state };
}

interface Named {
  readonly layer: LayerName;
  readonly document: PolicyDocument;
}

function readLayers({ host, ...input }: PolicyInput, table: GuardTable) {
  const { projectRoot: root, environmentPath, userPath, projectPath } = input;
  const readNamed = (layer: LayerName, path: string | undefined) =>
    path === undefined ? undefined : readLayer(host, table, layer, path, true);
  return {
    managed: readLayer(host, table, 'managed', input.managedPath ?? MANAGED_POLICY),
    user: readNamed('user', userPath) ?? readLayer(host, table, 'user', userPolicyPath(host)),
    project:
      readNamed('project', projectPath) ??
      (root === undefined ? undefined : readLayer(host, table, 'project', projectPolicyPath(root))),
    environment: readNamed('environment', environmentPath),
  };
}

function defaultPreset(): PolicyDocument {
  const preset = PRESETS[DEFAULT_PRESET];
  if (preset === undefined) throw new Error('the default preset is missing');
  return preset.document();
}

/** The preset that a layer builds on, if it may. */
function findBase(layer: Layer | undefined): PolicyDocument | undefined {
  return layer?.isWhole ? layer.documents.find((document) => document.preset === 'base') : undefined;
}

/** True when a user's own preset takes the place of the default one altogether. */
function isNewStart(state: PolicyState, layer: Layer): boolean {
  return layer.name === 'user' && state.locked.size === 0 && findBase(layer) !== undefined;
}

/** Lays a layer over the state and returns what of it went in. */
function applyLayer(state: PolicyState, table: GuardTable, layer: Layer): readonly Named[] {
  const { name, documents } = layer;
  const mayLoosen = layer.isWhole && (name === 'managed' || name === 'user');
  const base = mayLoosen ? findBase(layer) : undefined;
  // A managed base is what the state started from.
  if (base !== undefined && name === 'user') restart(state, table, base, name);
  const rest = documents.filter((document) => document !== base);
  if (!layer.isWhole) rest.unshift(defaultPreset());
  for (const document of rest) {
    // An overlay is there to tighten, whoever lays it on.
    const isFree = mayLoosen && document.preset !== 'overlay';
    applyDocument(state, table, document, name, isFree ? 'free' : 'tighten');
  }
  if (name === 'managed') lock(state, documents, layer.isWhole);
  return (layer.isWhole && name === 'managed' ? rest : documents).map((document) => ({
    layer: name,
    document,
  }));
}

/** Exceptions loosen: only whole layers of the user and the company may make them, and only the company for what it rules. */
function readExceptions(state: PolicyState, layer: Layer, now: Date): readonly Exception[] {
  const today = now.toISOString().slice(0, 10);
  const kept: Exception[] = [];
  for (const document of layer.documents) {
    for (const { value, line, column } of document.exceptions) {
      const isAllowed = layer.name === 'managed' || (layer.name === 'user' && !state.locked.has(value.guard));
      const why = !isAllowed
        ? `an exception to ${value.guard} is refused here: only ${layer.name === 'user' ? 'the managed policy' : 'the user or the company'} may make it`
        : !layer.isWhole
          ? `this exception to ${value.guard} waits until the mistakes of its file are mended`
          : value.until < today
            ? `this exception to ${value.guard} ended on ${value.until}`
            : undefined;
      if (why === undefined) kept.push({ ...value, layer: layer.name });
      else state.problems.push({ severity: 'warning', message: why, file: document.name, line, column });
    }
  }
  return kept;
}

function finish(
  state: PolicyState,
  table: GuardTable,
  home: string,
  documents: readonly Named[],
  exceptions: readonly Exception[],
  digest: string,
): Policy {
  // A preset's tests are about the preset alone; whoever changes it writes their own.
  const tested = documents.length === 1 ? documents : documents.filter(({ document }) => !document.preset);
  const tests: readonly PolicyTest[] = tested.flatMap(({ document }) => document.tests);
  return {
    mode: state.mode.value,
    uncertain: state.uncertain.value,
    autoApprove: state.autoApprove.value,
    guards: Object.fromEntries(
      Object.keys(state.guards).map((id) => [id, compileGuard(state, table, id, home)]),
    ),
    exceptions,
    tests,
    digest,
    sources: [...documents].sort(byStrength).map(({ layer, document }) => ({ layer, name: document.name })),
    locked: [...state.locked],
    problems: state.problems,
  };
}

const STRENGTH: readonly LayerName[] = ['preset', 'user', 'project', 'environment', 'managed'];

function byStrength(a: Named, b: Named): number {
  return STRENGTH.indexOf(a.layer) - STRENGTH.indexOf(b.layer);
}

function compileGuard(state: PolicyState, table: GuardTable, id: string, home: string): GuardSetting {
  const guard = state.guards[id];
  const values: { -readonly [name in keyof OptionValues]: OptionValues[name] } = {};
  for (const [name, { value }] of Object.entries(guard?.options ?? {})) {
    const spec = table[id]?.options[name];
    const isLoose = process.platform === 'darwin' || process.platform === 'win32';
    values[name] =
      spec?.type === 'globs' && typeof value === 'object'
        ? // What is forbidden is forbidden in any spelling; what is allowed only where the file system ignores case.
          compileGlobs(value, { home, ignoreCase: isLoose || spec.direction === 'prohibition' })
        : value;
  }
  return { level: guard?.level.value ?? 'deny', options: values };
}
