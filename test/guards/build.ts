/** Hand-made facts for guard tests: words, paths and effects without a shell, and options as a policy would hand them over. */

import type { AnyGuard } from '../../lib/kit/define-guard.ts';
import { compileGlobs } from '../../lib/kit/globs.ts';
import type { HostFacts } from '../../lib/kit/host-facts.ts';
import type {
  DataEffect,
  Effect,
  EnvEffect,
  FileEffect,
  FileOp,
  GitEffect,
  GitOp,
  NetEffect,
  PackageEffect,
  PathFact,
  RunEffect,
  SecretEffect,
} from '../../lib/types/effect.ts';
import type { Facts } from '../../lib/types/facts.ts';
import type { GlobSet } from '../../lib/types/policy.ts';
import type { Word } from '../../lib/types/text.ts';
import type { FindingDraft } from '../../lib/types/verdict.ts';

export const HOME = '/home/u';
export const PROJECT = '/home/u/work/app';
export const SPAN = { start: 0, end: 4 };

export const HOST: HostFacts = {
  paths: { home: HOME, codexHome: `${HOME}/.codex`, guardHome: `${HOME}/.codex/guard` },
};

/** A known word; one with `*`, `?` or `[` is a pattern. */
export function word(text: string): Word {
  return { text, glob: /[*?[]/.test(text), span: SPAN };
}

/** A word of which only some pieces are known; null is an unknown stretch. */
export function unknown(...pieces: (string | null)[]): Word {
  return { text: undefined, pieces: pieces.length > 0 ? pieces : [null], glob: false, span: SPAN };
}

export function globSet(patterns: readonly string[]): GlobSet {
  return compileGlobs(patterns, { home: HOME });
}

/** Where a path lies, with `~` for home; relative paths are the project's. */
export function locate(path: string, kind?: PathFact['kind']): PathFact {
  const absolute = path.startsWith('~')
    ? HOME + path.slice(1)
    : path.startsWith('/')
      ? path
      : path === '.'
        ? PROJECT
        : `${PROJECT}/${path}`;
  const inProject = absolute === PROJECT || absolute.startsWith(`${PROJECT}/`);
  const zone = inProject
    ? 'project'
    : /^\/(?:tmp|var\/tmp)(?:\/|$)/.test(absolute)
      ? 'temporary'
      : absolute === HOME || absolute.startsWith(`${HOME}/`)
        ? 'home'
        : 'system';
  return {
    absolute,
    real: absolute,
    zone,
    ...(inProject ? { relative: absolute.slice(PROJECT.length + 1) } : {}),
    ...(kind ? { kind } : {}),
  };
}

export function file(op: FileOp, path: string, more: Partial<FileEffect> = {}): FileEffect {
  return { kind: 'file', op, path: word(path), at: locate(path), span: SPAN, ...more };
}

/** A file effect on a path of which only pieces are known. */
export function unknownFile(
  op: FileOp,
  pieces: readonly (string | null)[],
  more: Partial<FileEffect> = {},
): FileEffect {
  return { kind: 'file', op, path: unknown(...pieces), span: SPAN, ...more };
}

export function git(op: GitOp, more: Partial<GitEffect> = {}): GitEffect {
  return { kind: 'git', op, span: SPAN, ...more };
}

export function net(host: string | Word, more: Partial<NetEffect> = {}): NetEffect {
  const name = typeof host === 'string' ? { text: host, glob: false, span: SPAN } : host;
  return { kind: 'net', op: 'connect', host: name, span: SPAN, ...more };
}

export function run(program: string, more: Partial<RunEffect> = {}): RunEffect {
  return { kind: 'run', program: word(program), span: SPAN, ...more };
}

export function data(system: string, op: string, more: Partial<DataEffect> = {}): DataEffect {
  return { kind: 'data', system, op, destructive: true, span: SPAN, ...more };
}

export function env(op: EnvEffect['op'], name?: string, more: Partial<EnvEffect> = {}): EnvEffect {
  return { kind: 'env', op, ...(name ? { name } : {}), span: SPAN, ...more };
}

export function secret(op: SecretEffect['op'], store: string): SecretEffect {
  return { kind: 'secret', op, store, span: SPAN };
}

export function pack(manager: string, op: PackageEffect['op'], more: Partial<PackageEffect> = {}) {
  return { kind: 'package', manager, op, names: [], source: 'registry', span: SPAN, ...more } as const;
}

export function factsOf(effects: readonly Effect[], more: Partial<Facts> = {}): Facts {
  return {
    event: 'PreToolUse',
    parse: 'whole',
    problems: [],
    effects,
    invocations: [],
    texts: [],
    ...more,
  };
}

/** What a guard finds, with its default options unless `options` says otherwise. */
export function judge(
  guard: AnyGuard,
  effects: readonly Effect[] | Facts,
  settings: { options?: Readonly<Record<string, unknown>>; host?: Partial<HostFacts> } = {},
): readonly FindingDraft[] {
  const facts = 'effects' in effects ? effects : factsOf(effects);
  const values = Object.fromEntries(
    Object.entries(guard.options).map(([name, spec]) => {
      const value = settings.options?.[name] ?? spec.default;
      return [name, spec.type === 'globs' ? globSet(value as readonly string[]) : value];
    }),
  );
  return guard.check(facts, values as never, { ...HOST, ...settings.host });
}

/** `deny`, `uncertain`, a lower level, or `pass`: the strictest of what a guard found. */
export function outcome(...args: Parameters<typeof judge>): string {
  const drafts = judge(...args);
  const words: readonly string[] = drafts.map((each) =>
    each.uncertain ? 'uncertain' : (each.level ?? args[0].level),
  );
  return ['deny', 'uncertain', 'warn', 'note'].find((level) => words.includes(level)) ?? 'pass';
}
