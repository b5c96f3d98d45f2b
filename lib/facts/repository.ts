/** Finds the git repository of a directory and reads its state from files. Never starts git; knows no policy. */

import { readlinkSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Repository } from '../types/host.ts';
import { readKind, readNames, readRegularFile } from './disk.ts';
import { type GitConfig, readGitConfig } from './git-config.ts';

export interface RepositoryOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
}

/** Characters of the longest path that the kernel takes. */
const MAX_PATH = 4096;
const MAX_POINTER = 4096;
const MAX_PACKED_REFS = 16 << 20;
const MAX_BRANCHES = 10_000;
const MAX_NAMES = 4096;
const MAX_REF_DEPTH = 16;
/** As many steps as git follows. */
const MAX_SYMBOLIC = 5;
const MAX_LOG = 4 << 20;
const SYMBOLIC = /^ref:\s*(refs\/\S+)/;
const HEX = /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/;

/**
 * The repository that `directory` (absolute, real) belongs to: the nearest one upwards, as git looks for it, with linked
 * worktrees, submodules and bare repositories. Undefined when there is none, or when a `.git` file leads nowhere.
 */
export function findRepository(directory: string, options: RepositoryOptions): Repository | undefined {
  if (directory.length > MAX_PATH) return undefined;
  for (let root = directory; ; root = dirname(root)) {
    const dotGit = `${root}/.git`;
    const kind = readKind(dotGit);
    if (kind === 'directory' && isGitDirectory(dotGit)) return describe(root, dotGit, options);
    if (kind === 'file') {
      const target = /^gitdir: (.+)/.exec(readRegularFile(dotGit, MAX_POINTER) ?? '')?.[1];
      const gitDir = target === undefined ? undefined : resolve(root, target.trimEnd());
      return gitDir !== undefined && isGitDirectory(gitDir) ? describe(root, gitDir, options) : undefined;
    }
    // Bare repositories, and commands that run inside a .git directory.
    if (isGitDirectory(root)) return describe(root.endsWith('/.git') ? dirname(root) : root, root, options);
    if (root === '/') return undefined;
  }
}

function isGitDirectory(path: string): boolean {
  if (readHead(path) === undefined) return false;
  const common = findCommonDirectory(path);
  return readKind(`${common}/objects`) === 'directory' && readKind(`${common}/refs`) === 'directory';
}

function findCommonDirectory(gitDir: string): string {
  const pointer = readRegularFile(`${gitDir}/commondir`, MAX_POINTER)?.trim();
  return pointer ? resolve(gitDir, pointer) : gitDir;
}

function describe(root: string, gitDir: string, options: RepositoryOptions): Repository {
  const commonDir = findCommonDirectory(gitDir);
  const head = readHead(gitDir);
  const ref = head?.ref === undefined ? undefined : followReference(commonDir, head.ref);
  const branchUnknown = ref === 'refs/heads/.invalid';
  let settings: GitConfig | undefined;
  const config = (): GitConfig => {
    settings ??= readGitConfig(configFiles(gitDir, commonDir, options), options.env, options.home);
    return settings;
  };
  return {
    root,
    gitDir,
    commonDir,
    branch: ref?.startsWith('refs/heads/') && !branchUnknown ? ref.slice('refs/heads/'.length) : undefined,
    ...(branchUnknown ? { branchUnknown } : {}),
    revision: () => (ref === undefined ? head?.commit : readCommit(commonDir, ref)),
    config: (key) => config().last(key),
    configAll: (key) => config().all(key),
    configUnder: (prefix) => config().under(prefix),
    branches: () => readBranches(commonDir),
    knowsName: (name) => branchUnknown || knowsName(commonDir, name),
    previousBranch: () => readPreviousBranch(gitDir),
    defaultBranch: (remote) => readDefaultBranch(commonDir, remote),
  };
}

/** What HEAD says: a ref, or a commit when it is detached. Undefined when it is no HEAD. */
function readHead(gitDir: string): { readonly ref?: string; readonly commit?: string } | undefined {
  const path = `${gitDir}/HEAD`;
  const text = readRegularFile(path, MAX_POINTER)?.trim() ?? '';
  const ref = SYMBOLIC.exec(text)?.[1];
  if (ref !== undefined) return { ref };
  // Old repositories have a symbolic link, which leads nowhere before the first commit.
  const link = readTarget(path);
  if (link?.startsWith('refs/')) return { ref: link };
  return HEX.test(text) ? { commit: text } : undefined;
}

/** A branch may itself be a symbolic reference to another: a commit on it then lands on that other. */
function followReference(commonDir: string, first: string): string {
  let ref = first;
  for (let depth = 0; depth < MAX_SYMBOLIC; depth += 1) {
    const next = SYMBOLIC.exec(readRegularFile(`${commonDir}/${ref}`, MAX_POINTER) ?? '')?.[1];
    if (next === undefined) break;
    ref = next;
  }
  return ref;
}

function readTarget(link: string): string | undefined {
  try {
    return readlinkSync(link);
  } catch {
    return undefined;
  }
}

/** Configuration files, weakest first. */
function configFiles(gitDir: string, commonDir: string, { env, home }: RepositoryOptions): readonly string[] {
  const system = env.GIT_CONFIG_SYSTEM || '/etc/gitconfig';
  const xdg = env.XDG_CONFIG_HOME || `${home}/.config`;
  const global = env.GIT_CONFIG_GLOBAL;
  const own = global === undefined ? [`${xdg}/git/config`, `${home}/.gitconfig`] : [global];
  return [
    ...(env.GIT_CONFIG_NOSYSTEM ? [] : [system]),
    ...own,
    `${commonDir}/config`,
    `${gitDir}/config.worktree`,
  ];
}

function readBranches(commonDir: string): readonly string[] {
  const branches = new Set<string>();
  for (const { ref } of packedRefs(commonDir)) {
    if (ref.startsWith('refs/heads/') && branches.size < MAX_BRANCHES)
      branches.add(ref.slice('refs/heads/'.length));
  }
  const pending = [''];
  for (let directory = pending.pop(); directory !== undefined; directory = pending.pop()) {
    if (branches.size >= MAX_BRANCHES) break;
    for (const name of readNames(`${commonDir}/refs/heads/${directory}`, MAX_NAMES) ?? []) {
      const branch = directory + name;
      const kind = name.endsWith('.lock') ? undefined : readKind(`${commonDir}/refs/heads/${branch}`);
      if (kind === 'file') branches.add(branch);
      else if (kind === 'directory' && branch.split('/').length < MAX_REF_DEPTH) pending.push(`${branch}/`);
    }
  }
  return [...branches].sort().slice(0, MAX_BRANCHES);
}

function* packedRefs(commonDir: string): Generator<{ readonly ref: string; readonly commit: string }> {
  const text = readRegularFile(`${commonDir}/packed-refs`, MAX_PACKED_REFS) ?? '';
  for (let at = 0; at < text.length; ) {
    const end = text.indexOf('\n', at);
    const line = text.slice(at, end === -1 ? text.length : end);
    at = end === -1 ? text.length : end + 1;
    const space = line.indexOf(' ');
    if (HEX.test(line.slice(0, space)))
      yield { commit: line.slice(0, space), ref: line.slice(space + 1).trimEnd() };
  }
}

function readCommit(commonDir: string, ref: string): string | undefined {
  const loose = readRegularFile(`${commonDir}/${ref}`, MAX_POINTER)?.trim() ?? '';
  if (HEX.test(loose)) return loose;
  for (const packed of packedRefs(commonDir)) if (packed.ref === ref) return packed.commit;
  return undefined;
}

function readDefaultBranch(commonDir: string, remote: string): string | undefined {
  if (remote === '' || remote.split('/').some((part) => part === '' || part === '..')) return undefined;
  const base = `refs/remotes/${remote}/`;
  const text = readRegularFile(`${commonDir}/${base}HEAD`, MAX_POINTER)?.trim() ?? '';
  return text.startsWith(`ref: ${base}`) ? text.slice(`ref: ${base}`.length) : undefined;
}

function knowsName(commonDir: string, name: string): boolean {
  if (name.split('/').some((part) => part === '' || part === '..')) return false;
  const remotes = readNames(`${commonDir}/refs/remotes`, MAX_NAMES) ?? [];
  const places = ['heads', 'tags', ...remotes.map((remote) => `remotes/${remote}`)];
  if (places.some((place) => readKind(`${commonDir}/refs/${place}/${name}`) === 'file')) return true;
  for (const { ref } of packedRefs(commonDir))
    if (
      ref.endsWith(`/${name}`) &&
      /^refs\/(?:heads|tags|remotes\/[^/]+)$/.test(ref.slice(0, -name.length - 1))
    )
      return true;
  return false;
}

/** Where the last `checkout: moving from A to B` started; a commit when the head was detached. */
function readPreviousBranch(gitDir: string): string | undefined {
  const log = readRegularFile(`${gitDir}/logs/HEAD`, MAX_LOG) ?? '';
  const at = log.lastIndexOf('\tcheckout: moving from ');
  return at < 0 ? undefined : /^\tcheckout: moving from (\S+) to /.exec(log.slice(at, at + 1024))?.[1];
}
