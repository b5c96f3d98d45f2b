/** Reads `git push` and its plumbing: which refs go where, and how forcibly. */

import type { GitEffect, RefUpdate } from '../../types/effect.ts';
import type { Word } from '../../types/text.ts';
import { wordAt } from '../effects.ts';
import type { ParsedArgs } from '../options.ts';
import type { Outcome } from '../page.ts';
import {
  branchName,
  currentBranch,
  findSetting,
  type GitArgs,
  type GitCall,
  gitEffect,
  isOn,
  listOf,
  readArgs,
  settingValues,
  shellCode,
  unknownAt,
} from './call.ts';
import { allRefsOf, fullRef, parseRefspec, type Refspec } from './refspec.ts';
import { contact, defaultRemote, urlsOf } from './remote.ts';

const PUSH = {
  value: ['o', 'push-option', 'repo', 'receive-pack', 'exec', 'recurse-submodules'],
  optional: ['force-with-lease', 'signed'],
  flags: listOf(`
      force force-if-includes no-force no-force-with-lease all branches mirror tags
      follow-tags no-follow-tags delete dry-run no-dry-run prune no-prune verify no-verify
      set-upstream atomic no-atomic porcelain quiet verbose no-verbose thin no-thin progress
      no-progress ipv4 ipv6 no-all no-mirror no-tags`),
};

/** The part of a push effect that says what moves. */
type Moves = Pick<GitEffect, 'refs' | 'allRefs' | 'onCurrent'>;

/** `git push [options] [remote] [refspec…]`. */
export function readPush(git: GitCall): Outcome {
  const args = readArgs(git, PUSH);
  const [operand, ...specs] = args.all;
  const remote = operand ?? args.value('repo') ?? defaultRemote(git, 'push');
  const isDry = isOn(args, 'dry-run', 'n');
  const { effects, runs } = contact(git, urlsOf(git, remote, 'push'), isDry ? 'connect' : 'upload');
  const programs = args.values('receive-pack', 'exec').map((code) => shellCode(git, code, 'git push --exec'));
  if (isDry) return { effects, runs: [...runs, ...programs] };

  const name = remote.text ?? '';
  const isMirror = isOn(args, 'mirror') || findSetting(git, `remote.${name}.mirror`)?.text === 'true';
  const parsed = readSpecs(git, specs).filter((spec) => !spec.isNegative);
  const moves = movesOf(git, args, parsed, name, isMirror);
  const isMarked = parsed.some((spec) => spec.force) || (moves.refs?.some((ref) => ref.force) ?? false);
  const force = isMirror || isMarked ? 'yes' : forceOf(args);
  const push = gitEffect(git, 'push', {
    remote,
    force,
    ...withForce(moves, forceOf(args) === 'yes'),
    ...(isOn(args, 'no-verify') ? { skipsHooks: true } : {}),
    ...(isOn(args, 'prune') && moves.allRefs !== undefined ? { lossy: true } : {}),
  });
  return { effects: [...effects, push, ...mergesOf(git, args)], runs: [...runs, ...programs] };
}

/** GitLab opens merge requests for push options, and merges them when it is asked to. */
function mergesOf(git: GitCall, args: GitArgs): readonly GitEffect[] {
  const merges = args
    .values('o', 'push-option')
    .some((option) => /^merge_request\.(?:merge_when_pipeline_succeeds|auto_merge)$/.test(option.text ?? ''));
  return merges ? [gitEffect(git, 'api-merge', {})] : [];
}

/** `git send-pack [--force] host:path refs…` and `git http-push URL refs…`. */
export function readSendPack(git: GitCall): Outcome {
  const args = readArgs(git, {
    value: ['receive-pack', 'exec', 'remote', 'push-option'],
    flags: listOf('force dry-run all mirror stdin atomic verbose thin'),
  });
  const [remote = unknownAt(git.word), ...specs] = args.all;
  const isDry = isOn(args, 'dry-run');
  const { effects, runs } = contact(git, urlsOf(git, remote, 'push'), isDry ? 'connect' : 'upload');
  const programs = args
    .values('receive-pack', 'exec')
    .map((code) => shellCode(git, code, 'git send-pack --exec'));
  if (isDry) return { effects, runs: [...runs, ...programs] };
  const parsed = specs.map(parseRefspec);
  const isMirror = args.has('mirror');
  const force = isMirror || parsed.some((spec) => spec.force) ? 'yes' : forceOf(args);
  const fromInput = args.has('stdin') ? [{ dst: unknownAt(git.word), force: false, delete: false }] : [];
  const moves = isMirror
    ? { allRefs: 'mirror' as const }
    : args.has('all') || specs.length === 0
      ? { allRefs: 'branches' as const }
      : movesOfSpecs(git, parsed);
  const refs = [...(moves.refs ?? []), ...fromInput];
  const push = gitEffect(git, 'push', { remote, force, ...moves, ...(refs.length > 0 ? { refs } : {}) });
  return { effects: [...effects, push], runs: [...runs, ...programs] };
}

/** `git subtree push --prefix=dir remote ref`, `lfs push`-like: one ref of the receiving side. */
export function pushOf(
  git: GitCall,
  remote: Word,
  specs: readonly Word[],
  force: 'no' | 'yes' = 'no',
): Outcome {
  const { effects, runs } = contact(git, urlsOf(git, remote, 'push'), 'upload');
  const push = gitEffect(git, 'push', { remote, force, ...movesOfSpecs(git, specs.map(parseRefspec)) });
  return { effects: [...effects, push], runs };
}

/** The strongest force that options ask for; `--force` beats a lease, as in git. */
function forceOf(args: ParsedArgs): 'no' | 'lease' | 'yes' {
  if (isOn(args, 'force', 'f')) return 'yes';
  return isOn(args, 'force-with-lease') ? 'lease' : 'no';
}

function withForce(moves: Moves, force: boolean): Moves {
  if (!force || !moves.refs) return moves;
  return { ...moves, refs: moves.refs.map((ref) => ({ ...ref, force: true })) };
}

/** Refspecs with `tag <name>` put together. */
function readSpecs(git: GitCall, specs: readonly Word[]): readonly Refspec[] {
  const found: Refspec[] = [];
  for (let i = 0; i < specs.length; i++) {
    const spec = specs[i] as Word;
    const next = specs[i + 1];
    if (spec.text === 'tag' && next) {
      i++;
      found.push(parseRefspec(next.text === undefined ? next : wordAt(`refs/tags/${next.text}`, git.word)));
    } else found.push(parseRefspec(spec));
  }
  return found;
}

function movesOf(
  git: GitCall,
  args: GitArgs,
  specs: readonly Refspec[],
  remote: string,
  isMirror: boolean,
): Moves {
  if (isMirror) return { allRefs: 'mirror' };
  if (isOn(args, 'delete', 'd'))
    return {
      refs: specs.flatMap(({ src, dst, force }) => {
        const name = dst ?? src;
        return name ? [{ dst: fullRef(name), force, delete: true }] : [];
      }),
    };
  if (isOn(args, 'all', 'branches')) return { allRefs: 'branches' };
  if (specs.length > 0)
    return movesOfSpecs(
      git,
      specs.map((spec) => asConfigured(git, spec, remote)),
    );
  if (isOn(args, 'tags')) return { allRefs: 'tags' };
  const configured = settingValues(git, `remote.${remote}.push`);
  return configured.length > 0 ? movesOfSpecs(git, configured.map(parseRefspec)) : movesByDefault(git);
}

/** What `push.default` makes of a push without refspecs. */
function movesByDefault(git: GitCall): Moves {
  const mode = findSetting(git, 'push.default')?.text;
  if (mode === 'matching') return { allRefs: 'branches' };
  if (mode === 'nothing') return {};
  const head = { src: wordAt('HEAD', git.word), force: false, delete: false };
  const branch = currentBranch(git);
  const upstream = branch === undefined ? undefined : findSetting(git, `branch.${branch}.merge`);
  if ((mode === 'upstream' || mode === 'tracking') && upstream) return { refs: [{ ...head, dst: upstream }] };
  return { refs: [{ ...head, dst: unknownAt(git.word) }], onCurrent: true };
}

/** A branch pushed by its name alone may be sent elsewhere by `remote.<r>.push` or by `push.default=upstream`. */
function asConfigured(git: GitCall, spec: Refspec, remote: string): Refspec {
  const name = spec.hasColon || spec.src === undefined ? undefined : branchName(spec.src)?.text;
  if (name === undefined || name === 'HEAD' || name === '@') return spec;
  for (const configured of settingValues(git, `remote.${remote}.push`).map(parseRefspec)) {
    if (!configured.dst || !configured.src) continue;
    if (branchName(configured.src)?.text === name)
      return { ...configured, force: spec.force || configured.force };
    const caught = fillPattern(configured.src.text, configured.dst.text, `refs/heads/${name}`);
    if (caught) return { ...spec, hasColon: true, dst: { ...configured.dst, text: caught } };
  }
  const mode = findSetting(git, 'push.default')?.text;
  const upstream = findSetting(git, `branch.${name}.merge`);
  if ((mode === 'upstream' || mode === 'tracking') && upstream)
    return { ...spec, hasColon: true, dst: upstream };
  return spec;
}

/** `refs/heads/*`, `refs/x/*`, `refs/heads/a` → `refs/x/a`. */
function fillPattern(src: string | undefined, dst: string | undefined, ref: string): string | undefined {
  const [before, after, more] = src?.split('*') ?? [];
  if (before === undefined || after === undefined || more !== undefined || dst === undefined)
    return undefined;
  if (!ref.startsWith(before) || !ref.endsWith(after) || ref.length < before.length + after.length)
    return undefined;
  return dst.replace('*', () => ref.slice(before.length, ref.length - after.length));
}

function movesOfSpecs(git: GitCall, specs: readonly Refspec[]): Moves {
  const refs: RefUpdate[] = [];
  let allRefs: Moves['allRefs'];
  let onCurrent = false;
  for (const { src, dst, force, hasColon } of specs) {
    if (!src && !dst) allRefs = 'branches';
    else if (!src && dst) refs.push({ dst, force, delete: true });
    else if (src && dst) {
      allRefs ??= allRefsOf(dst);
      refs.push({ src, dst: dst.text?.includes('*') ? { ...dst, glob: true } : dst, force, delete: false });
    } else if (src && !hasColon) {
      const isHead = src.text === 'HEAD' || src.text === '@';
      onCurrent ||= isHead;
      refs.push({
        src,
        dst: isHead || isRevision(src) ? unknownAt(git.word) : fullRef(src),
        force,
        delete: false,
      });
    }
  }
  return {
    ...(refs.length > 0 ? { refs } : {}),
    ...(allRefs ? { allRefs } : {}),
    ...(onCurrent ? { onCurrent } : {}),
  };
}

/** `x@{u}`, `x~2`: what it names on the receiving side is not written. */
function isRevision(word: Word): boolean {
  return word.text !== undefined && /@\{|[~^]/.test(word.text);
}
