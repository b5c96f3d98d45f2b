/** Looks through a project for what a policy should speak of. Reads a bounded number of files through the host; proposes nothing. */

import { findRemoteHost, normalizeHost } from '../../kit/hosts.ts';
import type { HostView, Repository } from '../../types/host.ts';
import {
  AREA_NAMES,
  CHECKS,
  HOST_FILES,
  MANAGER_FILES,
  PROTECTED_KINDS,
  PROTECTED_NAMES,
  SKIPPED,
  WORKFLOWS,
} from './survey-tables.ts';

/** Something found, and where: `package-lock.json:7`, `default branch of origin`. */
export interface Found {
  readonly value: string;
  readonly where: string;
}

export interface Survey {
  /** Names and patterns of branches. */
  readonly branches: readonly Found[];
  /** Names of hosts, without those of default registries. */
  readonly hosts: readonly Found[];
  /** `registry:npm` and the like. */
  readonly registries: readonly Found[];
  /** `db/migrations/**`. */
  readonly areas: readonly Found[];
  /** Commands that check the project. */
  readonly checks: readonly Found[];
}

type Host = Pick<HostView, 'readFile' | 'readDirectory' | 'pathKind'>;

/** A lockfile of a large project. */
const MAX_BYTES = 8 << 20;
const MAX_DIRECTORIES = 400;
const MAX_DEPTH = 3;
const MAX_WORKFLOWS = 40;
const MAX_FOUND = 24;

/**
 * @param root the project's directory, absolute
 * @param known hosts of default registries by package manager, which `registry:*` stands for
 */
export function surveyProject(
  host: Host,
  root: string,
  repository: Repository | undefined,
  known: ReadonlyMap<string, readonly string[]>,
): Survey {
  const directories = listDirectories(host, root);
  const isThere = (path: string) => host.pathKind(`${root}/${path}`) === 'file';
  const registries = Object.entries(MANAGER_FILES).flatMap(([name, files]) => {
    const where = directories.flatMap((folder) => files.map((file) => folder + file)).find(isThere);
    return where === undefined ? [] : [{ value: `registry:${name}`, where }];
  });
  const ofRegistries = new Set([...known.values()].flat());
  const hosts = [...remoteHosts(repository), ...fileHosts(host, root)];
  return {
    branches: findBranches(host, repository),
    hosts: firstOf(hosts.filter(({ value }) => isNamed(value) && !ofRegistries.has(value))),
    registries,
    areas: findAreas(directories),
    checks: CHECKS.flatMap(({ file, has, command }) =>
      has.test(host.readFile(`${root}/${file}`, MAX_BYTES) ?? '') ? [{ value: command, where: file }] : [],
    ),
  };
}

/** The root and what lies up to three levels below it, as `''`, `src/`, `src/auth/`. */
function listDirectories(host: Host, root: string): readonly string[] {
  const found = [''];
  for (let at = 0; at < found.length && found.length < MAX_DIRECTORIES; at++) {
    const folder = found[at] ?? '';
    if (folder.split('/').length > MAX_DEPTH) continue;
    for (const name of [...(host.readDirectory(root + (folder && `/${folder.slice(0, -1)}`)) ?? [])].sort()) {
      if (name.startsWith('.') || SKIPPED.has(name) || found.length >= MAX_DIRECTORIES) continue;
      if (host.pathKind(`${root}/${folder}${name}`) === 'directory') found.push(`${folder}${name}/`);
    }
  }
  return found;
}

function findBranches(host: Host, repository: Repository | undefined): readonly Found[] {
  if (repository === undefined) return [];
  const remotes = remoteNames(repository);
  const defaults = remotes.flatMap((remote) => {
    const value = repository.defaultBranch(remote);
    return value === undefined ? [] : [{ value, where: `default branch of ${remote}` }];
  });
  const names = [...repository.branches(), ...remoteBranches(host, repository, remotes)];
  const exact = PROTECTED_NAMES.filter((name) => names.includes(name)).map((value) => ({
    value,
    where: 'a branch of that name',
  }));
  const kinds = PROTECTED_KINDS.flatMap((start) => {
    const like = [...new Set(names.filter((name) => name.startsWith(start)))].sort();
    return like.length === 0 ? [] : [{ value: `${start}*`, where: `branches such as ${like[0]}` }];
  });
  return firstOf([...defaults, ...exact, ...kinds]);
}

function remoteNames(repository: Repository): readonly string[] {
  const keys = [...repository.configUnder('remote.').keys()];
  return [...new Set(keys.flatMap((key) => /^remote\.(.+)\.url$/.exec(key)?.[1] ?? []))];
}

/** Branches that a fetch brought, without the remote's name. */
function remoteBranches(
  host: Host,
  { commonDir }: Repository,
  remotes: readonly string[],
): readonly string[] {
  const packed = (host.readFile(`${commonDir}/packed-refs`, MAX_BYTES) ?? '').matchAll(
    / refs\/remotes\/(\S+)$/gm,
  );
  const loose = remotes.flatMap((remote) => {
    const folder = `${commonDir}/refs/remotes/${remote}`;
    return (host.readDirectory(folder) ?? []).flatMap((name) => [
      `${remote}/${name}`,
      ...(PROTECTED_KINDS.includes(`${name}/`) ? (host.readDirectory(`${folder}/${name}`) ?? []) : []).map(
        (last) => `${remote}/${name}/${last}`,
      ),
    ]);
  });
  return [...[...packed].map(([, name = '']) => name), ...loose].map((name) => {
    const remote = remotes.find((each) => name.startsWith(`${each}/`));
    return remote === undefined ? name : name.slice(remote.length + 1);
  });
}

function remoteHosts(repository: Repository | undefined): readonly Found[] {
  const urls = [...(repository?.configUnder('remote.') ?? [])];
  return urls.flatMap(([key, url]) => {
    const name = /^remote\.(.+)\.url$/.exec(key)?.[1];
    const value = name === undefined ? undefined : findRemoteHost(url);
    return value === undefined ? [] : [{ value: normalizeHost(value).name, where: `remote ${name}` }];
  });
}

function fileHosts(host: Host, root: string): readonly Found[] {
  const workflows = (host.readDirectory(`${root}/${WORKFLOWS}`) ?? [])
    .filter((name) => /\.ya?ml$/.test(name))
    .sort();
  const files = [
    ...Object.entries(HOST_FILES),
    ...workflows.slice(0, MAX_WORKFLOWS).map((name) => [`${WORKFLOWS}/${name}`, /https?:/] as const),
  ];
  return files.flatMap(([file, names]) => {
    const lines = (host.readFile(`${root}/${file}`, MAX_BYTES) ?? '').split('\n');
    return firstOf(
      lines.flatMap((line, at) =>
        names.test(line.slice(0, 4096))
          ? urlHosts(line).map((value) => ({ value, where: `${file}:${at + 1}` }))
          : [],
      ),
    );
  });
}

function urlHosts(line: string): readonly string[] {
  const urls = line.slice(0, 4096).matchAll(/\bhttps?:\/\/(?:[^\s/@"']{1,256}@)?([a-z0-9.-]{1,253})/gi);
  return [...urls].map(([, name = '']) => normalizeHost(name).name);
}

/** A public name; addresses and this machine need a person's thought. */
function isNamed(name: string): boolean {
  const host = normalizeHost(name);
  return host.class === 'public' && !host.isAddress;
}

function findAreas(directories: readonly string[]): readonly Found[] {
  const areas = directories.filter((folder) => AREA_NAMES.has(folder.split('/').at(-2) ?? ''));
  const outer = areas.filter(
    (folder) => !areas.some((other) => other !== folder && folder.startsWith(other)),
  );
  return outer
    .slice(0, MAX_FOUND)
    .map((folder) => ({ value: `${folder}**`, where: 'a directory of that name' }));
}

/** Each value once, at the first place. */
function firstOf(found: readonly Found[]): readonly Found[] {
  const seen = new Set<string>();
  return found.filter(({ value }) => !seen.has(value) && seen.add(value)).slice(0, MAX_FOUND);
}
