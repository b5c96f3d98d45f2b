/** Reads what a patch writes into manifests, package manager settings and lock files. Knows lines, not formats. */

import { draft } from '../../kit/draft.ts';
import { lastPart } from '../../kit/paths.ts';
import { printText } from '../../kit/words.ts';
import type { FileEffect } from '../../types/effect.ts';
import type { FindingDraft } from '../../types/verdict.ts';

interface Manifest {
  readonly file: RegExp;
  /** A line that names a source other than the configured registry. */
  readonly foreign: RegExp;
}

const MANIFESTS: readonly Manifest[] = [
  {
    file: /^package\.json$/,
    foreign:
      /^\s*"(?!(?:url|homepage|repository|bugs|funding|author)")[^"]{1,200}":\s*"(?:git\+|git:|git@|ssh:|github:|gitlab:|bitbucket:|https?:[^"]{1,400}\.(?:git|tgz|tar\.gz|zip)[#"])/,
  },
  {
    file: /^(?:[\w.-]*requirements[\w.-]*\.(?:txt|in)|constraints\.txt)$/,
    foreign:
      /^\s*(?:-e\s*)?(?:git\+|hg\+|https?:)|@\s*(?:git\+|https?:)|^\s*(?:-i|-f|--index-url|--extra-index-url|--find-links|--trusted-host)\b/,
  },
  {
    file: /^(?:pyproject\.toml|Pipfile|setup\.(?:cfg|py))$/,
    foreign: /\bgit\s*=\s*["']|@\s*(?:git\+|https?:)|\b(?:extra-)?index-url\s*=|^\s*url\s*=\s*["']https?:/,
  },
  { file: /^Cargo\.toml$/, foreign: /\bgit\s*=\s*"|^\s*\[patch\.|\bregistry(?:-index)?\s*=/ },
  { file: /^go\.(?:mod|work)$/, foreign: /^\s*replace\b|=>/ },
  { file: /^Gemfile$|\.gemspec$/, foreign: /\bgit(?:hub)?:\s*['"]|:git(?:hub)?\s*=>/ },
  { file: /^composer\.json$/, foreign: /"repositories"|"type":\s*"(?:vcs|git|package|path)"/ },
  {
    file: /^(?:\.npmrc|\.yarnrc(?:\.yml)?|bunfig\.toml|pip\.conf|pip\.ini|uv\.toml|nuget\.config)$/i,
    foreign: /registry|npmScopes|index-url|find-links|trusted-host|packageSources|<add\b/i,
  },
];

const LOCKFILE =
  /^(?:package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|bun\.lockb?|deno\.lock|Cargo\.lock|poetry\.lock|uv\.lock|pdm\.lock|Pipfile\.lock|Gemfile\.lock|composer\.lock|go\.sum|flake\.lock)$/;

/** What of the guard's options concerns files. */
export interface ManifestRules {
  readonly registryOnly: boolean;
  readonly lockfiles: boolean;
}

/** Findings about one file effect. */
export function judgeManifest(effect: FileEffect, rules: ManifestRules): readonly FindingDraft[] {
  const path = effect.at?.relative ?? effect.path.text;
  if (path === undefined || effect.at?.zone === 'temporary') return [];
  const name = lastPart(path);
  const more = { subject: { path } };
  if (LOCKFILE.test(name)) return rules.lockfiles ? judgeLockfile(effect, path) : [];
  const manifest = rules.registryOnly ? MANIFESTS.find(({ file }) => file.test(name)) : undefined;
  const line = manifest && effect.added?.find((added) => added.length < 2000 && manifest.foreign.test(added));
  if (line === undefined) return [];
  return [
    draft(
      effect,
      `this makes ${printText(path)} take a dependency from elsewhere than the registry`,
      'use a version from the registry, or ask a person',
      more,
    ),
  ];
}

/** What somebody writes into it can come from anywhere; what is deleted comes back from the registry, with other versions. */
function judgeLockfile(effect: FileEffect, path: string): readonly FindingDraft[] {
  const subject = { path };
  if (effect.op === 'delete')
    return [
      draft(
        effect,
        `this deletes the lock file ${printText(path)}, so that every version is chosen anew`,
        'update single packages, for example with `npm update left-pad`',
        { subject, level: 'warn' },
      ),
    ];
  if (effect.added === undefined && effect.removed === undefined) return [];
  return [
    draft(
      effect,
      `this edits the lock file ${printText(path)} by hand`,
      'let the package manager change it, for example with `npm install`',
      { subject },
    ),
  ];
}
