/** The policy while its layers are laid over each other: every value with its origin. Owns the rule who may loosen what. */

import type { Exception, LayerName, Policy, PolicyProblem } from '../types/policy.ts';
import type { Level } from '../types/verdict.ts';
import { type Combined, replaceValue, tightenValue, tightenWord } from './combine.ts';
import { digestText, printCanonically } from './digest.ts';
import {
  AUTO_APPROVE,
  type GuardStatement,
  type GuardTable,
  LEVELS,
  MODES,
  type OptionValue,
  type PolicyDocument,
  type Stated,
  UNCERTAIN,
} from './document.ts';

export interface Origin {
  readonly layer: LayerName;
  /** File or preset; `guard` for what a guard itself declares. */
  readonly source: string;
  readonly line?: number;
}

export interface Entry<T> {
  readonly value: T;
  readonly origin: Origin;
}

export interface GuardState {
  level: Entry<Level | 'off'>;
  readonly options: { [name: string]: Entry<OptionValue> };
}

export interface PolicyState {
  mode: Entry<Policy['mode']>;
  uncertain: Entry<Policy['uncertain']>;
  autoApprove: Entry<boolean>;
  readonly guards: { [id: string]: GuardState };
  /** What the managed layer spoke of: guard ids, `mode`, `uncertain`, `autoApprove`. Nobody else may loosen these. */
  readonly locked: Set<string>;
  readonly problems: PolicyProblem[];
}

/** `free` replaces what is not locked; `tighten` only makes stricter. */
export type Manner = 'free' | 'tighten';

/** The state of a shipped preset over the guards' own values. */
export function startState(guards: GuardTable, preset: PolicyDocument): PolicyState {
  const state: PolicyState = {
    mode: { value: 'enforce', origin: { layer: 'preset', source: preset.name } },
    uncertain: { value: 'warn', origin: { layer: 'preset', source: preset.name } },
    autoApprove: { value: false, origin: { layer: 'preset', source: preset.name } },
    guards: Object.fromEntries(Object.keys(guards).map((id) => [id, startGuard(guards, id)])),
    locked: new Set(),
    problems: [],
  };
  applyDocument(state, guards, preset, 'preset', 'free');
  return state;
}

function startGuard(guards: GuardTable, id: string): GuardState {
  const origin: Origin = { layer: 'preset', source: 'guard' };
  const options = Object.entries(guards[id]?.options ?? {}).map(([name, spec]) => {
    const entry: Entry<OptionValue> = { value: spec.default, origin };
    return [name, entry] as const;
  });
  return { level: { value: guards[id]?.level ?? 'deny', origin }, options: Object.fromEntries(options) };
}

/** Starts again from another preset with everything that is not locked; what is locked the preset may tighten. */
export function restart(
  state: PolicyState,
  guards: GuardTable,
  preset: PolicyDocument,
  layer: LayerName,
): void {
  for (const id of Object.keys(state.guards))
    if (!state.locked.has(id)) state.guards[id] = startGuard(guards, id);
  applyDocument(state, guards, preset, layer, 'free');
}

/** Lays one document over the state. What it may not change is kept, and reported. */
export function applyDocument(
  state: PolicyState,
  guards: GuardTable,
  document: PolicyDocument,
  layer: LayerName,
  manner: Manner,
): void {
  const refusals: PolicyProblem[] = [];
  const refuse = (what: string, stated: Stated<unknown>, why: string, kept: Origin) =>
    refusals.push({
      severity: 'warning',
      message: `${what}: ${why} (${kept.layer} ${kept.source}); the stricter stays`,
      file: document.name,
      line: stated.line,
      column: stated.column,
    });
  const isFree = (key: string) => manner === 'free' && !state.locked.has(key);

  const lay = <T extends string | boolean>(
    entry: Entry<T>,
    stated: Stated<T> | undefined,
    row: readonly T[],
    key: string,
    what: string,
  ): Entry<T> => {
    if (stated === undefined) return entry;
    const { value, refused }: { value: T; refused?: string } = isFree(key)
      ? { value: stated.value }
      : tightenWord(row, entry.value, stated.value);
    if (refused !== undefined) refuse(what, stated, refused, entry.origin);
    return value === entry.value && !isFree(key)
      ? entry
      : { value, origin: originOf(document, layer, stated) };
  };

  state.mode = lay(state.mode, document.mode, MODES, 'mode', 'mode');
  state.uncertain = lay(state.uncertain, document.uncertain, UNCERTAIN, 'uncertain', 'uncertain');
  const { autoApprove } = document;
  state.autoApprove = lay(state.autoApprove, autoApprove, AUTO_APPROVE, 'autoApprove', 'autoApprove');
  // Whoever lays this over a policy means it for what the same file says below, too.
  if (document.preset === 'overlay' && autoApprove?.value === false) state.locked.add('autoApprove');
  for (const [id, statement] of Object.entries(document.guards)) {
    const guard = state.guards[id];
    if (guard === undefined) continue;
    guard.level = lay(guard.level, statement.level, LEVELS, id, `the level of ${id}`);
    for (const [name, stated] of Object.entries(statement.options)) {
      const spec = guards[id]?.options[name];
      const entry = guard.options[name];
      if (spec === undefined || entry === undefined) continue;
      const { value, refused }: Combined = isFree(id)
        ? { value: replaceValue(spec, entry.value, stated.value) }
        : tightenValue(spec, entry.value, stated.value);
      if (refused !== undefined) refuse(`${id}.${name}`, stated, refused, entry.origin);
      if (isFree(id) || !isSame(value, entry.value))
        guard.options[name] = { value, origin: originOf(document, layer, stated) };
    }
  }
  state.problems.push(...(document.preset === undefined ? refusals : summarize(refusals, document.name)));
}

/** Whoever extends a preset below a stricter layer knows that most of it is looser: one line says so. */
function summarize(refusals: readonly PolicyProblem[], file: string): readonly PolicyProblem[] {
  if (refusals.length === 0) return [];
  const message = `${refusals.length} of its values are looser than what is in force; the stricter stay`;
  return [{ severity: 'warning', message, file }];
}

/** Keeps what a managed layer spoke of from being loosened. A layer that could not be read locks everything. */
export function lock(state: PolicyState, documents: readonly PolicyDocument[], isWhole: boolean): void {
  state.locked.add('mode').add('uncertain').add('autoApprove');
  const statements: Readonly<Record<string, GuardStatement | GuardState>>[] = isWhole
    ? documents.map((document) => document.guards)
    : [state.guards];
  for (const guards of statements) for (const id of Object.keys(guards)) state.locked.add(id);
}

function originOf(document: PolicyDocument, layer: LayerName, stated: Stated<unknown>): Origin {
  return { layer, source: document.name, line: stated.line };
}

function isSame(a: OptionValue, b: OptionValue): boolean {
  if (typeof a !== 'object' || typeof b !== 'object') return a === b;
  return a.length === b.length && a.every((entry, at) => entry === b[at]);
}

/** SHA-256 of what is in force, independent of which files said it. */
export function digestState(state: PolicyState, exceptions: readonly Exception[]): string {
  const guards = Object.entries(state.guards).map(([id, { level, options }]) => {
    const values = Object.entries(options).map(([name, { value }]) => [name, value] as const);
    return [id, { level: level.value, options: Object.fromEntries(values) }] as const;
  });
  const { mode, uncertain, autoApprove } = state;
  return digestText(
    printCanonically({
      mode: mode.value,
      uncertain: uncertain.value,
      autoApprove: autoApprove.value,
      guards: Object.fromEntries(guards),
      exceptions,
    }),
  );
}
