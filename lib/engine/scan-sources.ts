/** Scans files, a standard input or a diff for secrets, with the team's own rules and exceptions. Prints nothing and stores nothing. */

import { basename } from 'node:path';
import { parseToml } from '../codex/parse-toml.ts';
import { type Departure, readOutgoing } from '../facts/outgoing.ts';
import { findSourceFiles, readWindows } from '../facts/source-files.ts';
import {
  findSecrets,
  fingerprint,
  type RuleSet,
  readGitleaksConfig,
  readGitleaksIgnore,
} from '../secrets/index.ts';
import { InputError, UsageError } from '../types/errors.ts';
import type { TextFact } from '../types/facts.ts';
import type { HostView, Repository } from '../types/host.ts';
import type { GlobSet, Policy } from '../types/policy.ts';
import type { SecretHit } from '../types/secret.ts';
import { applyExceptions } from './exceptions.ts';
import { readFingerprintKey } from './fingerprint-key.ts';

/** What is scanned. Paths are absolute. */
export type ScanTarget =
  | { readonly kind: 'files'; readonly paths: readonly string[] }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'staged' }
  | { readonly kind: 'diff'; readonly from: string };

export interface ScanRequest {
  readonly target: ScanTarget;
  /** Directory that paths are told from. */
  readonly cwd: string;
  readonly host: HostView;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The policy in force: its exceptions and the `fixtures` of the guard `secrets` count here too. */
  readonly policy: Policy;
  /** Another configuration than the `.gitleaks.toml` at the top of the repository. */
  readonly config?: { readonly path: string; readonly text: string };
  /** Fingerprints that are known already. */
  readonly baseline?: ReadonlySet<string>;
}

export interface SecretScan {
  readonly findings: readonly SecretHit[];
  readonly files: number;
  /** UTF-16 units. */
  readonly characters: number;
  /** Findings that an exception, a fixture, the baseline or gitleaks' own lists let through. */
  readonly allowed: number;
  /** Files that are not text. */
  readonly binary: number;
  /** What could not be looked at, each as a clause; empty when everything was. */
  readonly unseen: readonly string[];
  /** What is wrong with the configuration. */
  readonly problems: readonly string[];
}

const MAX_CONFIG = 4 << 20;
const GIT = { timeoutMs: 60_000, maxOutput: 512 << 20 };
const GUARD = 'secrets';

/**
 * Scans.
 *
 * @throws UsageError when there is no repository to take a diff of
 * @throws InputError when a file is not there
 * @throws HostError when git fails
 */
export function scanSources(request: ScanRequest): SecretScan {
  const { host, cwd } = request;
  const repository = host.repository(cwd);
  const config = readConfig(request, repository);
  const isListed = readIgnored(host, repository);
  const key = keyOf(host.guardHome);
  const totals = { files: 0, characters: 0, allowed: 0, binary: 0 };
  const unseen = new Set<string>();
  const findings = new Map<string, SecretHit>();
  const look = (text: TextFact): void => {
    totals.characters += text.text.length;
    const { hits, excused, complete } = findSecrets([text], {
      allowComments: () => true,
      fingerprint: (rule, secret) => {
        const bytes = key();
        return bytes === undefined ? undefined : fingerprint(rule, secret, bytes);
      },
      ...(config === undefined ? {} : { rules: config.rules }),
    });
    if (!complete) unseen.add(`${text.path ?? 'the text'} holds more findings than are counted`);
    totals.allowed += excused;
    for (const hit of hits) {
      const place = `${hit.path}:${hit.line}:${hit.column}:${hit.rule}`;
      if (findings.has(place)) continue;
      if (isListed(hit, repository) || isAllowed(hit, request)) totals.allowed += 1;
      else findings.set(place, hit);
    }
  };
  lookAtAll(request, repository, look, totals, unseen);
  return {
    ...totals,
    findings: [...findings.values()],
    unseen: [...unseen],
    problems: config?.problems ?? [],
  };
}

function lookAtAll(
  request: ScanRequest,
  repository: Repository | undefined,
  look: (text: TextFact) => void,
  totals: { files: number; binary: number },
  unseen: Set<string>,
): void {
  const { target, env, host } = request;
  if (target.kind === 'text') {
    totals.files = 1;
    look({ where: 'work-tree', text: target.text });
    return;
  }
  if (target.kind !== 'files') {
    if (repository === undefined) throw new UsageError(`${request.cwd} is in no git repository`);
    const departure: Departure =
      target.kind === 'staged' ? { kind: 'commit', takes: 'nothing', paths: [], force: false } : target;
    const outgoing = readOutgoing(repository, departure, { env, ...GIT });
    for (const why of outgoing.unseen) unseen.add(why);
    totals.files = new Set(outgoing.texts.map(({ path }) => path)).size;
    outgoing.texts.forEach(look);
    return;
  }
  const seen = new Set<string>();
  for (const path of target.paths) {
    const found = findSourceFiles(path, host.repository(path) ?? repository, { env, ...GIT });
    if (!found.complete) unseen.add(`${path} holds more files than are listed`);
    for (const file of found.paths) {
      if (seen.has(file)) continue;
      seen.add(file);
      const windows = readWindows(file, tellPath(file, repository?.root ?? request.cwd));
      let next = windows.next();
      for (; !next.done; next = windows.next()) look(next.value);
      if (next.value === 'text') totals.files += 1;
      else if (next.value === 'binary') totals.binary += 1;
      else unseen.add(`${file} cannot be read`);
    }
  }
}

/** From the top of the repository, as gitleaks and code hosts write paths; absolute elsewhere. */
function tellPath(path: string, root: string): string {
  return path.startsWith(`${root}/`) ? path.slice(root.length + 1) : path;
}

function keyOf(guardHome: string): () => Buffer | undefined {
  let key: { readonly bytes: Buffer | undefined } | undefined;
  return () => {
    key ??= { bytes: readFingerprintKey(guardHome) };
    return key.bytes;
  };
}

interface Config {
  readonly rules: RuleSet;
  readonly problems: readonly string[];
}

function readConfig({ config, host }: ScanRequest, repository: Repository | undefined): Config | undefined {
  const path = config?.path ?? (repository === undefined ? undefined : `${repository.root}/.gitleaks.toml`);
  const text = config?.text ?? (path === undefined ? undefined : host.readFile(path, MAX_CONFIG));
  if (path === undefined || text === undefined) return undefined;
  const folder = path.slice(0, path.lastIndexOf('/'));
  const readFile = (other: string): string | undefined =>
    host.readFile(other.startsWith('/') ? other : `${folder}/${other}`, MAX_CONFIG);
  return readGitleaksConfig({ text, path: basename(path), parseToml, readFile });
}

function readIgnored(
  host: HostView,
  repository: Repository | undefined,
): (hit: SecretHit, repository: Repository | undefined) => boolean {
  const text =
    repository === undefined ? undefined : host.readFile(`${repository.root}/.gitleaksignore`, MAX_CONFIG);
  const isListed = text === undefined ? undefined : readGitleaksIgnore(text);
  return (hit) => isListed?.(hit, hit.commit) === true;
}

function isAllowed(hit: SecretHit, { policy, baseline }: ScanRequest): boolean {
  if (hit.fingerprint !== undefined && baseline?.has(hit.fingerprint)) return true;
  const fixtures = policy.guards[GUARD]?.options.fixtures as GlobSet | undefined;
  if (hit.path !== undefined && fixtures !== undefined)
    if ([basename(hit.path), hit.path].some((name) => fixtures.match(name) !== undefined)) return true;
  const subject = {
    rule: hit.rule,
    ...(hit.path === undefined ? {} : { path: hit.path }),
    ...(hit.fingerprint === undefined ? {} : { fingerprint: hit.fingerprint }),
  };
  const finding = { guard: GUARD, level: 'deny', message: '', remedy: '', evidence: [], subject } as const;
  return applyExceptions([finding], policy.exceptions).counted.length === 0;
}

/**
 * The fingerprints in what an earlier scan printed with `--json`.
 * @throws InputError when it is something else
 */
export function readBaseline(text: string, path: string): ReadonlySet<string> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new InputError(`${path} is not JSON`);
  }
  const findings = (value as { findings?: unknown } | null)?.findings;
  if (!Array.isArray(findings))
    throw new InputError(`${path} is no baseline: write one with codex-guard scan --json`);
  return new Set(
    findings.flatMap((finding) => {
      const name = (finding as { fingerprint?: unknown } | null)?.fingerprint;
      return typeof name === 'string' ? [name] : [];
    }),
  );
}
