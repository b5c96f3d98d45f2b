/** A shell text as effects: joins the shell room with the program pages, in the order in which things would happen. */

import { readCode } from '../programs/code/index.ts';
import { findPage } from '../programs/index.ts';
import type { Outcome } from '../programs/page.ts';
import { type Reaction, readShell, type ShellReading } from '../shell/interpret.ts';
import { baseName } from '../shell/names.ts';
import { isWrapper } from '../shell/wrappers.ts';
import type { Effect, FileEffect, GitEffect, GitOp } from '../types/effect.ts';
import type { HostView } from '../types/host.ts';
import type { Invocation } from '../types/invocation.ts';
import type { Span, Word } from '../types/text.ts';
import { hideUnread, type Shower, settleDump } from './env-dumps.ts';
import { hookRuns } from './git-hooks.ts';
import { asCreation, findAbsent } from './only-if-absent.ts';
import { openOverlay } from './overlay.ts';
import { knownPrefixPath, resolvePath } from './paths.ts';
import { preloadEffects } from './preloads.ts';
import { proxyEffects } from './proxies.ts';
import { redirectEffects } from './redirect-effects.ts';
import { scriptRun } from './script-files.ts';
import { isMereStart, possibleRun, suspectEffects } from './unknown-program.ts';

/** Most effects that one text is followed to; more end in an `opaque`. */
const MAX_EFFECTS = 5000;

export interface ShellEffects extends ShellReading {
  readonly effects: readonly Effect[];
  readonly invocations: readonly Invocation[];
}

/** Where an effect comes from, as far as resolving it needs. */
interface Origin {
  readonly cwd: Word;
  readonly via: readonly string[];
  readonly place?: Invocation['place'];
  readonly uncertain?: boolean;
  readonly span: Span;
}

/**
 * Works out what a shell text would do.
 *
 * @param cwd absolute directory of the call
 * @param deadline moment of `performance.now()` after which reading stops
 */
export function readShellEffects(text: string, cwd: string, host: HostView, deadline: number): ShellEffects {
  const effects: Effect[] = [];
  const invocations: Invocation[] = [];
  const overlay = openOverlay(host);
  let shower: Shower | undefined;

  const take = (outcome: Outcome, origin: Origin): Reaction => {
    const wrote: Word[] = [];
    let fetches = false;
    let { succeeds } = outcome;
    const isDirect = outcome.effects.length > 0 && origin.via.length === 0;
    const absent = isDirect ? findAbsent(text, origin.span.start) : undefined;
    for (const raw of outcome.effects) {
      const [effect, ...others] = resolveEffect(asCreation(raw, absent), origin, overlay);
      if (effect === undefined || (origin.uncertain && isMereStart(effect))) continue;
      if (effects.length < MAX_EFFECTS) effects.push(effect, ...others);
      if (effect.kind === 'net' && effect.op === 'connect') fetches = true;
      if (
        effect.kind === 'file' &&
        (effect.op === 'write' || effect.op === 'create') &&
        effect.at !== undefined &&
        !effect.built
      )
        wrote.push({ ...effect.path, text: effect.at.absolute });
      if (effect.kind === 'git')
        succeeds = overlay.apply(effect, directoryOf(effect, origin, host)) ?? succeeds;
    }
    return {
      runs: outcome.runs ?? [],
      fetches,
      wrote,
      ...(outcome.stdout === undefined ? {} : { stdout: outcome.stdout }),
      ...(outcome.prints === undefined ? {} : { prints: outcome.prints }),
      ...(succeeds === undefined ? {} : { succeeds }),
    };
  };

  const reading = readShell(text, {
    host: overlay.host,
    cwd: { text: cwd, glob: false, span: { start: 0, end: 0 } },
    environment: new Map<string, string | readonly string[]>([
      ['HOME', host.home],
      // Most people have not set it; then `${CODEX_HOME:-~/.codex}` says where it is, and `$CODEX_HOME/x` is `/x`.
      ['CODEX_HOME', [host.codexHome, '']],
      ['USER', host.user],
      ['LOGNAME', host.user],
      ['TMPDIR', host.temporary[0] ?? '/tmp'],
      // Whichever it is: a shell.
      ['SHELL', '/bin/bash'],
      ['BASH', '/bin/bash'],
    ]),
    deadline,
    sink: {
      start: (invocation) => {
        if (!invocation.uncertain) {
          if (invocations.length < MAX_EFFECTS) invocations.push(invocation);
          take({ effects: redirectEffects(invocation.redirects) }, invocation);
          take({ effects: preloadEffects(invocation) }, invocation);
          settleDump(effects, shower, invocation);
        }
        shower = { invocation, before: effects.length };
        const outcome = hideUnread(readProgram(invocation, overlay.host), invocation);
        const reaction = take(outcome, invocation);
        take({ effects: proxyEffects(outcome, invocation) }, invocation);
        const hooks =
          invocation.place === undefined && !invocation.uncertain
            ? outcome.effects.flatMap((effect) =>
                effect.kind === 'git'
                  ? hookRuns(effect, directoryOf(effect, invocation, host), overlay.host)
                  : [],
              )
            : [];
        return hooks.length === 0 ? reaction : { ...reaction, runs: [...reaction.runs, ...hooks] };
      },
      code: (lang, code, near, context) => {
        const { file, args } = context;
        const outcome = readCode(lang, code, near, { ...(file ? { file } : {}), ...(args ? { args } : {}) });
        return take(
          {
            ...outcome,
            effects: [
              ...outcome.effects,
              { kind: 'run', program: near, span: near.span, code: { lang, text: code } },
            ],
          },
          { ...context, span: near.span },
        );
      },
      opaque: (effect) => effects.push(effect),
      wrote: overlay.write,
      worlds: overlay.worlds,
    },
  });
  if (effects.length >= MAX_EFFECTS)
    effects.push({
      kind: 'opaque',
      why: 'it has too many effects to judge',
      cause: 'limit',
      span: { start: 0, end: text.length },
    });
  return { ...reading, effects, invocations };
}

/** What one program start does, by its page or by its words. */
function readProgram(invocation: Invocation, host: HostView): Outcome {
  const program = invocation.argv[0];
  if (program === undefined) return { effects: [] };
  const plain: Effect = { kind: 'run', program, span: program.span };
  if (program.text === undefined) {
    return {
      effects: [
        plain,
        {
          kind: 'opaque',
          why: 'which program runs is known only when it runs',
          cause: 'dynamic',
          span: program.span,
        },
        ...suspectEffects(invocation.argv.slice(1)),
      ],
    };
  }
  const name = baseName(program.text);
  const args = invocation.argv.slice(1);
  const page = findPage(name);
  const script =
    program.text.includes('/') && invocation.place === undefined
      ? scriptRun(program, args, invocation.cwd, host)
      : undefined;
  if (page === undefined) {
    if (script !== undefined) return { effects: [plain], runs: [script] };
    if (isWrapper(name)) return { effects: [plain] };
    const possible = possibleRun(program, args, (tail) => findPage(tail) !== undefined || isWrapper(tail));
    return { effects: [plain, ...suspectEffects(args)], runs: possible === undefined ? [] : [possible] };
  }
  const read = page.read({ name, args, invocation, host });
  // `./git` may be a script of the project that only has the program's name: it is read as well.
  const outcome = script === undefined ? read : { ...read, runs: [...(read.runs ?? []), script] };
  return outcome.effects.some((effect) => effect.kind === 'run')
    ? outcome
    : { ...outcome, effects: [plain, ...outcome.effects] };
}

function directoryOf(effect: GitEffect, origin: Origin, host: HostView): string | undefined {
  return resolvePath(effect.repo ?? origin.cwd, origin.cwd, host)?.real;
}

/** Fills in what only the host knows: where paths lie, which branch is current. One effect for each branch that may be. */
function resolveEffect(
  effect: Effect,
  origin: Origin,
  overlay: ReturnType<typeof openOverlay>,
): readonly Effect[] {
  const { host } = overlay;
  const place = effect.place ?? origin.place;
  const base = {
    ...effect,
    via: origin.via,
    ...(place === undefined ? {} : { place }),
    ...(origin.uncertain ? { uncertain: true } : {}),
  };
  if (base.kind === 'file') return [resolveFile(base, origin.cwd, host)];
  if (base.kind === 'git') return resolveGit(base, origin, overlay);
  return [base as Effect];
}

/** What loses no more than files of the work tree: in a temporary directory that is no loss, as deleting the whole of it is none. */
const IN_WORK_TREE: ReadonlySet<GitOp> = new Set(['reset', 'clean', 'restore', 'checkout', 'switch', 'rm']);

/** Fills in which branch and, for what is committed or pushed, which directory is meant. */
function resolveGit(
  effect: GitEffect,
  origin: Origin,
  overlay: ReturnType<typeof openOverlay>,
): readonly GitEffect[] {
  const { host } = overlay;
  const isOutgoing = effect.op === 'commit' || effect.op === 'push' || effect.takes !== undefined;
  const directory = isOutgoing && effect.place === undefined ? directoryOf(effect, origin, host) : undefined;
  const paths =
    effect.takes === 'paths' ? effect.paths?.map((path) => absoluteWord(path, origin, host)) : effect.paths;
  const base: GitEffect = {
    ...effect,
    ...(effect.lossy && isScratch(effect, origin, host) ? { lossy: false } : {}),
    ...(directory === undefined ? {} : { directory }),
    ...(paths === undefined ? {} : { paths }),
  };
  if (!base.onCurrent || base.branch !== undefined) return [base];
  const branches = overlay.currentBranches(directoryOf(base, origin, host), {
    text: '',
    glob: false,
    span: base.span,
  });
  const doubt = branches.length > 1 ? { mayDiffer: true } : {};
  return branches.map((branch) => ({ ...base, branch, ...doubt }));
}

/** True when the whole repository, or where one is to be made, lies in a temporary directory. */
function isScratch(effect: GitEffect, origin: Origin, host: HostView): boolean {
  if (effect.place !== undefined || !IN_WORK_TREE.has(effect.op)) return false;
  const at = resolvePath(effect.repo ?? origin.cwd, origin.cwd, host);
  if (at?.zone !== 'temporary') return false;
  const repository = host.repository(at.real);
  // The work tree may be told to be elsewhere.
  if (repository?.config('core.worktree') !== undefined) return false;
  const root = repository?.root ?? at.real;
  const parent = root.slice(0, root.lastIndexOf('/'));
  // Where the project lies in a temporary directory as well, its neighbours are somebody's work like itself.
  if (!host.temporary.includes(parent) && host.projects.some((project) => project.startsWith(`${parent}/`)))
    return false;
  return resolvePath({ text: root, glob: false, span: effect.span }, origin.cwd, host)?.zone === 'temporary';
}

function absoluteWord(path: Word, origin: Origin, host: HostView): Word {
  const absolute = resolvePath(path, origin.cwd, host)?.absolute;
  return absolute === undefined ? path : { ...path, text: absolute };
}

/** Fills in where a file effect's paths lie. */
export function resolveFile(effect: FileEffect, cwd: Word, host: HostView): FileEffect {
  const at = resolvePath(effect.path, cwd, host);
  const below = at === undefined ? knownPrefixPath(effect.path, cwd, host) : undefined;
  const fromAt = effect.from === undefined ? undefined : resolvePath(effect.from, cwd, host);
  return {
    ...effect,
    ...(at === undefined ? {} : { at }),
    ...(below === undefined ? {} : { below }),
    ...(fromAt === undefined ? {} : { fromAt }),
  };
}
