/** Where a package comes from, by how its name is written; and the contact that fetching it means. */

import type { NetEffect, PackageEffect, Registry } from '../../types/effect.ts';
import type { Word } from '../../types/text.ts';
import { net, wordAt } from '../effects.ts';
import { findRemote } from '../network/traffic.ts';
import { knownStart, partOf } from '../options.ts';

export interface Source {
  readonly kind: PackageEffect['source'];
  /** Contact that is not with a registry. */
  readonly contact?: NetEffect;
}

/** Forges that npm and its kin know by a short name. */
const FORGES: Readonly<Record<string, string>> = {
  github: 'github.com',
  gitlab: 'gitlab.com',
  bitbucket: 'bitbucket.org',
  gist: 'gist.github.com',
  sourcehut: 'git.sr.ht',
};

const PATH = /^(?:\.{0,2}\/|\.{1,2}(?:\[|$)|~\/|file:|link:|portal:|workspace:|[A-Za-z]:\\)/;
const ARCHIVE = /\.(?:tgz|tar\.gz|whl|zip|deb|rpm|gem|apk|nupkg|jar|conda|crate)$/i;

/**
 * Reads one package name.
 *
 * @param shorthand true when `owner/name` is a repository on GitHub
 */
export function sourceOf(spec: Word, shorthand = false): Source {
  const start = knownStart(spec);
  // `name@https://…` and `name @ git+https://…`: what counts is behind the at sign.
  const named = /^(?:@[\w.-]+\/)?[\w.-]+(?:\[[^\]]*\])?\s*@\s*(?=[a-z+]+:|git@|[./~])/i.exec(start);
  if (named && !start.startsWith('git@')) return sourceOf(partOf(spec, named[0].length), shorthand);
  if (/^git@|^ssh:/.test(start)) {
    const remote = findRemote(spec);
    return { kind: 'git', ...(remote ? { contact: { ...net(remote.host), scheme: 'ssh' } } : {}) };
  }
  if (/^(?:git|hg|svn|bzr)\+(?:file:)/.test(start)) return { kind: 'path' };
  const versioned = /^(?:git|hg|svn|bzr)\+/.exec(start);
  if (versioned) return { kind: 'git', contact: net(partOf(spec, versioned[0].length)) };
  const forge = /^(github|gitlab|bitbucket|gist|sourcehut):/.exec(start);
  if (forge) return { kind: 'git', contact: net(wordAt(FORGES[forge[1] as string] as string, spec)) };
  if (/^git:\/\//.test(start)) return { kind: 'git', contact: net(spec) };
  if (/^(?:https?|ftp):\/\//i.test(start))
    return { kind: /\.git(?:[#@?]|$)/.test(start) ? 'git' : 'url', contact: net(spec) };
  if (PATH.test(start) || (ARCHIVE.test(start) && spec.text !== undefined)) return { kind: 'path' };
  if (shorthand && /^[\w-][\w.-]*\/[\w.-]+(?:#.*)?$/.test(spec.text ?? ''))
    return { kind: 'git', contact: net(wordAt('github.com', spec)) };
  return { kind: 'registry' };
}

/** Contact with a package manager's own registry, or with the one that is named instead. */
export function registryNet(
  registry: Registry | string,
  near: Word,
  others: readonly Word[],
  more: Partial<NetEffect> = {},
): readonly NetEffect[] {
  if (others.length > 0) return others.filter((word) => !isLocal(word)).map((word) => net(word, more));
  if (registry.includes('.')) return [{ ...net(wordAt(registry, near)), scheme: 'https', ...more }];
  return [
    {
      kind: 'net',
      op: 'connect',
      host: { text: undefined, glob: false, span: near.span },
      registry: registry as Registry,
      span: near.span,
      ...more,
    },
  ];
}

function isLocal(word: Word): boolean {
  const start = knownStart(word);
  return PATH.test(start) || (word.text !== undefined && !start.includes('.') && !start.includes(':'));
}

/** A package effect for each kind of source among the names. */
export function packageEffects(
  manager: string,
  op: PackageEffect['op'],
  near: Word,
  names: readonly Word[],
  more: Partial<PackageEffect> & { readonly shorthand?: boolean; readonly otherRegistry?: boolean } = {},
): readonly (PackageEffect | NetEffect)[] {
  const { shorthand = false, otherRegistry = false, ...rest } = more;
  const home: PackageEffect['source'] = otherRegistry ? 'other-registry' : 'registry';
  const base = { kind: 'package' as const, manager, op, span: near.span };
  if (names.length === 0 || op !== 'install') return [{ ...base, names, source: home, ...rest }];
  const sources = names.map((name) => ({ name, ...sourceOf(name, shorthand) }));
  const kinds: readonly PackageEffect['source'][] = [...new Set(sources.map(({ kind }) => kind))];
  return [
    ...kinds.map((kind) => ({
      ...base,
      names: sources.filter((source) => source.kind === kind).map(({ name }) => name),
      source: kind === 'registry' ? home : kind,
      ...rest,
    })),
    ...sources.flatMap(({ contact }) => (contact ? [contact] : [])),
  ];
}

/** True when at least one of the names comes from a registry, or none is given. */
export function needsRegistry(names: readonly Word[], shorthand = false): boolean {
  return names.length === 0 || names.some((name) => sourceOf(name, shorthand).kind === 'registry');
}
