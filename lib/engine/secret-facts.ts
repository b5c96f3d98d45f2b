/** Has a step's texts scanned for secrets: what the payload holds, what its words come to, what would be committed or pushed. Judges nothing. */

import { statSync } from 'node:fs';
import { parseToml } from '../codex/parse-toml.ts';
import { type Departure, readOutgoing } from '../facts/outgoing.ts';
import { mayTrack, openTrustedFiles, type TrustedFiles } from '../facts/trusted-files.ts';
import type { HostFacts } from '../kit/host-facts.ts';
import {
  type FindOptions,
  findSecrets,
  fingerprint,
  type RuleSet,
  readGitleaksConfig,
  readGitleaksIgnore,
} from '../secrets/index.ts';
import type { FileEffect, GitEffect } from '../types/effect.ts';
import type { Facts, TextFact } from '../types/facts.ts';
import type { HostView, Repository } from '../types/host.ts';
import type { Payload } from '../types/payload.ts';
import type { SecretHit } from '../types/secret.ts';
import { readFingerprintKey } from './fingerprint-key.ts';

export interface SecretInput {
  readonly facts: Facts;
  readonly payload: Payload;
  readonly host: HostView;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Moment of `performance.now()` after which scanning stops. */
  readonly deadline: number;
}

/** For all of git's work on one departure, in milliseconds. */
const GIT_MS = 1500;
const MAX_CONFIG = 1 << 20;
const CONFIG = '.gitleaks.toml';
const IGNORE = '.gitleaksignore';
/** Shortest word worth a look of its own. */
const LEAST_WORD = 12;
const MAX_WORDS = 200;
/** Files that a text copies before it commits. */
const MAX_SOURCES = 20;
const MAX_SOURCE = 256 << 10;
const WRITES: ReadonlySet<string> = new Set(['write', 'append', 'create', 'move']);

/** The secrets of a step, and what could not be looked at. */
export function readSecretFacts(
  input: SecretInput,
): Pick<HostFacts, 'secrets' | 'redact' | 'secretsIncomplete' | 'secretsUnseen'> {
  const { facts, payload, host, deadline } = input;
  const outgoing = readDepartures(input);
  const texts = [...facts.texts, ...patchNames(payload), ...assembledWords(facts), ...outgoing.texts];
  if (texts.length === 0 && outgoing.unseen.length === 0) return { secrets: [] };
  const repository = host.repository(payload.cwd);
  const trusted =
    repository === undefined
      ? undefined
      : openTrustedFiles(repository, { env: input.env, timeoutMs: GIT_MS });
  const rules = repository && trusted && readRules(repository, trusted, host);
  const options: FindOptions = {
    deadline,
    ...(rules === undefined ? {} : { rules }),
    fingerprint: namer(host.guardHome),
    ...(trusted === undefined ? {} : { allowComments: (line) => holdsLine(trusted, line) }),
  };
  const { hits, complete, redact } = findSecrets(texts, options);
  const isListed = repository && trusted ? ignoreList(repository, trusted, host) : () => false;
  return {
    secrets: hits.filter((hit) => !isListed(hit)),
    redact,
    ...(complete ? {} : { secretsIncomplete: true }),
    ...(outgoing.unseen.length === 0 ? {} : { secretsUnseen: outgoing.unseen }),
  };
}

/** The names of a patch's files stand in no line of it. */
function patchNames({ call }: Payload): readonly TextFact[] {
  if (call?.kind !== 'patch') return [];
  const names = call.patch.files.flatMap(({ path, moveTo = '' }) => [path, moveTo]);
  return [{ where: 'patch', text: names.join('\n') }];
}

/** Gives each secret its name; the key is read when the first one is found. */
function namer(guardHome: string): (rule: string, secret: string) => string | undefined {
  let key: Buffer | undefined;
  let isRead = false;
  return (rule, secret) => {
    if (!isRead) key = readFingerprintKey(guardHome);
    isRead = true;
    return key === undefined ? undefined : fingerprint(rule, secret, key);
  };
}

/** Words of a command that are put together from pieces: `A=gh; B=p_…; curl -H "$A$B"`. */
function assembledWords(facts: Facts): readonly TextFact[] {
  const command = facts.texts.find(({ where }) => where === 'command')?.text;
  if (command === undefined) return [];
  const words = new Set<string>();
  for (const { argv, stdin, assignments } of facts.invocations) {
    const input = stdin === 'pipe' || stdin === undefined ? [] : [stdin];
    for (const { text } of [...argv, ...input, ...assignments.map(({ value }) => value)]) {
      if (words.size >= MAX_WORDS) break;
      if (text !== undefined && text.length >= LEAST_WORD && !command.includes(text)) words.add(text);
    }
  }
  return [...words].map((text) => ({ where: 'command', text, line: 1 }));
}

type Leaving = { readonly texts: readonly TextFact[]; readonly unseen: readonly string[] };

function readDepartures(input: SecretInput): Leaving {
  const texts: TextFact[] = [];
  const unseen: string[] = [];
  for (const [directory, departure] of findDepartures(input)) {
    const repository = directory === undefined ? undefined : input.host.repository(directory);
    if (repository === undefined) continue;
    try {
      const leaving = readOutgoing(repository, departure, { env: input.env, timeoutMs: GIT_MS });
      texts.push(...leaving.texts);
      unseen.push(...leaving.unseen);
      if (departure.kind === 'commit' && departure.takes !== 'nothing') texts.push(...copiedFiles(input));
    } catch (error) {
      unseen.push(error instanceof Error ? error.message : 'git failed');
    }
  }
  return { texts, unseen };
}

function findDepartures(input: SecretInput): readonly (readonly [string | undefined, Departure])[] {
  const { facts, payload } = input;
  if (facts.event === 'Stop' || facts.event === 'SubagentStop')
    return [[payload.cwd, { kind: 'work-tree', since: startOfSession(payload) }]];
  const git = facts.effects.filter((effect): effect is GitEffect => effect.kind === 'git');
  const found = new Map<string, readonly [string | undefined, Departure]>();
  for (const effect of git) {
    if (effect.op === 'commit')
      found.set(`commit ${effect.directory}`, [effect.directory, commitOf(effect, git)]);
    if (effect.op === 'push')
      found.set(`push ${effect.directory} ${found.size}`, [effect.directory, pushOf(effect)]);
  }
  return [...found.values()];
}

/** What the text copies before it commits is not in the work tree yet. */
function copiedFiles({ facts, host }: SecretInput): readonly TextFact[] {
  const files = facts.effects.filter((effect): effect is FileEffect => effect.kind === 'file');
  if (!files.some(({ op }) => WRITES.has(op))) return [];
  const sources = files.flatMap(({ op, at, fromAt }) =>
    op === 'read' ? (at ?? []) : op === 'move' ? (fromAt ?? []) : [],
  );
  return sources
    .filter(({ kind }) => kind === 'file')
    .slice(0, MAX_SOURCES)
    .flatMap(({ real, relative }) => {
      const text = host.readFile(real, MAX_SOURCE);
      return text === undefined ? [] : [{ where: 'commit' as const, text, path: relative ?? real, line: 1 }];
    });
}

/** A commit with everything that the text stages for it. */
function commitOf(commit: GitEffect, all: readonly GitEffect[]): Departure {
  const taking = all.filter((effect) => effect.takes !== undefined);
  const paths = taking.flatMap((effect) => (effect.takes === 'paths' ? (effect.paths ?? []) : []));
  const isWhole =
    taking.some((effect) => effect.takes === 'all' || effect.directory !== commit.directory) ||
    paths.some((path) => path.text === undefined);
  const takes = isWhole
    ? 'all'
    : taking.some((effect) => effect.takes === 'tracked')
      ? paths.length > 0
        ? 'all'
        : 'tracked'
      : paths.length > 0
        ? 'paths'
        : 'nothing';
  return {
    kind: 'commit',
    takes,
    paths: paths.flatMap((path) => path.text ?? []),
    force: taking.some((effect) => effect.force === 'yes'),
  };
}

function pushOf({ remote, refs = [], allRefs }: GitEffect): Departure {
  const named = refs.flatMap(({ src, delete: isDelete }) => (isDelete ? [] : (src?.text ?? 'HEAD')));
  const all = allRefs === undefined ? [] : allRefs === 'tags' ? ['--tags'] : ['--branches', '--tags'];
  const revisions = [...all, ...named.filter((revision) => /^[^-\s][^\s^~?*[\\]*$/.test(revision))];
  return { kind: 'push', remote: remote?.text, revisions: revisions.length > 0 ? revisions : ['HEAD'] };
}

/** Files that were there before the session are not the agent's doing. Codex makes the session's file when it starts. */
function startOfSession({ transcriptPath }: Payload): number {
  if (transcriptPath === undefined) return 0;
  return statSync(transcriptPath, { throwIfNoEntry: false })?.birthtimeMs ?? 0;
}

/**
 * The team's own rules. Those of the work tree are run beside the agreed ones, because more rules can only find more; what is let
 * through is what the agreed ones say, so that an agent cannot excuse itself.
 */
function readRules(repository: Repository, trusted: TrustedFiles, host: HostView): RuleSet | undefined {
  const present = host.readFile(`${repository.root}/${CONFIG}`, MAX_CONFIG);
  if (present === undefined && !mayTrack(repository, CONFIG)) return undefined;
  const agreed = attempt(() => trusted.read(CONFIG));
  const read = (text: string, readFile: (path: string) => string | undefined): RuleSet =>
    readGitleaksConfig({ text, path: CONFIG, parseToml, readFile }).rules;
  const excusing =
    agreed === undefined ? undefined : read(agreed, (path) => attempt(() => trusted.read(path)));
  if (present === undefined || present === agreed) return excusing;
  const more = read(present, (path) => host.readFile(`${repository.root}/${path}`, MAX_CONFIG));
  return {
    find: (scan) => {
      const own = excusing?.find(scan) ?? { found: [], complete: true };
      const others = more.find(scan);
      return { found: [...own.found, ...others.found], complete: own.complete && others.complete };
    },
    excuses: (finding) => excusing?.excuses(finding) ?? false,
  };
}

function ignoreList(
  repository: Repository,
  trusted: TrustedFiles,
  host: HostView,
): (hit: SecretHit) => boolean {
  const isThere = host.pathKind(`${repository.root}/${IGNORE}`) === 'file' || mayTrack(repository, IGNORE);
  let listed: ReturnType<typeof readGitleaksIgnore> | undefined;
  return (hit) => {
    if (!isThere || hit.path === undefined || hit.where === 'patch') return false;
    listed ??= readGitleaksIgnore(attempt(() => trusted.read(IGNORE)) ?? '');
    return listed(hit, hit.commit);
  };
}

/** An allow comment counts where the very line was there before the agent. */
function holdsLine(trusted: TrustedFiles, line: string): boolean {
  return !line.includes('\n') && attempt(() => trusted.holds(line.trim())) === true;
}

/** Without git nothing is excused. */
function attempt<T>(ask: () => T): T | undefined {
  try {
    return ask();
  } catch {
    return undefined;
  }
}
