/** Judges pushes: which branches of a remote they change, and how forcibly. */

import { isProtected, type ProtectedBranches, protectionOf } from '../../kit/branches.ts';
import { draft } from '../../kit/draft.ts';
import { findText, isBlank } from '../../kit/words.ts';
import type { GitEffect, RefUpdate } from '../../types/effect.ts';
import type { Word } from '../../types/text.ts';
import type { FindingDraft } from '../../types/verdict.ts';
import { describeUnsure, OPEN_A_REQUEST, printBranch, type Rules, whereInDoubt } from './rules.ts';

/** Findings about one `git push`. */
export function judgePush(effect: GitEffect, rules: Rules): readonly FindingDraft[] {
  if (effect.allRefs === 'branches' || effect.allRefs === 'mirror')
    return [
      draft(
        effect,
        'this pushes every branch, the protected ones too',
        pushOwnBranch(effect, rules.branches),
      ),
    ];
  if (effect.allRefs === 'tags' && effect.force === 'yes' && rules.force !== 'any')
    return [
      draft(
        effect,
        'this overwrites tags on the remote that others may have built from',
        'push a tag with a new name, for example `git push origin v1.2.4`',
      ),
    ];
  const refs = effect.refs?.length ? effect.refs : currentAsRef(effect);
  return refs.flatMap((ref) => judgeRef(effect, ref, rules));
}

function judgeRef(effect: GitEffect, ref: RefUpdate, rules: Rules): readonly FindingDraft[] {
  const target = pushTarget(effect, ref);
  if (target === undefined) return [];
  const protection = protectionOf(target, rules.branches);
  const name = printBranch(target);
  const subject = { branch: name };
  const remedy = pushOwnBranch(effect, rules.branches);
  if (protection === 'yes') {
    const what = ref.delete ? 'deletes the protected remote branch' : 'pushes to the protected branch';
    return [draft(effect, `this ${what} ${name}${whereInDoubt(effect)}`, remedy, { subject })];
  }
  const forced = ref.delete ? undefined : judgeForce(effect, ref, target, rules);
  if (forced) return [forced];
  if (protection === 'no') return [];
  const message = `this pushes to ${describeUnsure(target, rules.branches)}`;
  return [draft(effect, message, remedy, { subject, uncertain: true })];
}

function judgeForce(effect: GitEffect, ref: RefUpdate, target: Word, rules: Rules): FindingDraft | undefined {
  if (rules.force === 'any') return undefined;
  const name = isBlank(target) ? 'a branch' : printBranch(target);
  const leased = effect.force === 'lease';
  const forced = effect.force === 'yes' || (ref.force && !leased);
  if (rules.force === 'never' && (forced || leased))
    return draft(
      effect,
      `this force-pushes ${name}`,
      'add a commit that mends the earlier ones and push it without force',
      { subject: { branch: name } },
    );
  if (!forced) return undefined;
  const lease = /^[\w./-]+$/.test(name) ? ` origin ${name}` : '';
  return draft(
    effect,
    `this overwrites ${name} on the remote without looking at what others pushed`,
    `use \`git push --force-with-lease${lease}\``,
    { subject: { branch: name } },
  );
}

/** `HEAD`, and a destination that is not written, mean the branch that is checked out. */
function pushTarget(effect: GitEffect, ref: RefUpdate): Word | undefined {
  const dst = findText(ref.dst);
  const src = findText(ref.src);
  const isHead = dst === 'HEAD' || dst === '@' || (isBlank(ref.dst) && (src === 'HEAD' || src === '@'));
  if (!isHead) return ref.dst;
  // With a detached head git refuses; nothing is pushed.
  return effect.branch ?? (effect.onCurrent ? undefined : ref.dst);
}

/** A push that names no ref pushes the branch that is checked out. */
function currentAsRef(effect: GitEffect): readonly RefUpdate[] {
  if (effect.allRefs === 'tags' || effect.branch === undefined) return [];
  return [{ dst: effect.branch, force: effect.force === 'yes', delete: false }];
}

/** `git config remote.origin.push …` decides where later pushes go. */
export function judgePushConfig(effect: GitEffect, rules: Rules): readonly FindingDraft[] {
  const key = effect.key?.toLowerCase() ?? '';
  const value = effect.value;
  if (value === undefined || !/^remote\..*\.(?:push|mirror)$/.test(key)) return [];
  const target = key.endsWith('.mirror') ? undefined : afterColon(value);
  if (target !== undefined && protectionOf(target, rules.branches) !== 'yes') return [];
  return [
    draft(
      effect,
      `this makes every later push go to ${target ? `the protected branch ${printBranch(target)}` : 'all branches'}`,
      'name the branch in each push, for example `git push origin feature/x`',
    ),
  ];
}

function afterColon(word: Word): Word {
  return word.text === undefined ? word : { ...word, text: word.text.slice(word.text.indexOf(':') + 1) };
}

function pushOwnBranch(effect: GitEffect, branches: ProtectedBranches): string {
  const own = findText(effect.branch);
  return own !== undefined && /^[\w./-]+$/.test(own) && !isProtected(own, branches)
    ? `push your own branch with \`git push -u origin ${own}\` and open a pull request`
    : OPEN_A_REQUEST;
}
