/** Keeps protected branches free of direct writes: local commits, pushes by any refspec, and calls to a forge's API. */

import { isProtected, protectionOf } from '../../kit/branches.ts';
import { defineGuard } from '../../kit/define-guard.ts';
import { draft, mergeDrafts } from '../../kit/draft.ts';
import { BEFORE_TOOL } from '../../kit/events.ts';
import { findText } from '../../kit/words.ts';
import type { GitEffect, GitOp } from '../../types/effect.ts';
import type { Word } from '../../types/text.ts';
import type { FindingDraft } from '../../types/verdict.ts';
import { brief } from './brief.ts';
import { judgePush, judgePushConfig } from './push.ts';
import { describeUnsure, OPEN_A_REQUEST, printBranch, type Rules, whereInDoubt } from './rules.ts';

/** What moving a branch is called, by operation: «this … the protected branch main». */
const LOCAL_WRITES: Partial<Record<GitOp, string>> = {
  commit: 'commits directly to',
  merge: 'merges into',
  rebase: 'rewrites',
  reset: 'moves',
  'cherry-pick': 'picks commits onto',
  revert: 'commits a revert to',
  am: 'applies patches to',
};

/** Operations that name the branches they change, here or through a forge's API. */
const NAMED_WRITES: Partial<Record<GitOp, string>> = {
  'branch-delete': 'deletes',
  'branch-rename': 'renames',
  'update-ref': 'rewrites',
  'api-update-ref': 'changes',
  'api-delete-ref': 'deletes',
  'api-merge': 'merges into',
};

const WORK_ON_A_BRANCH = 'create a branch with `git switch -c fix/topic` and do this there';
const GO_THERE_FIRST =
  'go to your branch by its name in a step of its own, `git switch fix/topic`, and do this after it';
const COMMENT_INSTEAD = 'leave a comment on it, and let a person approve';
const LEAVE_TO_A_PERSON = 'leave this to a person: say what you want to change and why';

export default defineGuard({
  id: 'branch-protection',
  title: 'Protected branches are changed only through review',
  events: BEFORE_TOOL,
  level: 'deny',
  risk: 4,
  needs: ['git'],
  options: {
    branches: {
      type: 'globs',
      default: ['main', 'master', 'trunk', 'production', 'prod', 'release/*'],
      direction: 'prohibition',
      about: 'Branches that only a reviewed change may reach; `*` stands for one part of a name.',
    },
    remoteDefaults: {
      type: 'boolean',
      default: true,
      tighter: true,
      about: 'Protect also the default branch of every remote, whatever its name.',
    },
    force: {
      type: 'choice',
      default: 'lease',
      choices: ['any', 'lease', 'never'],
      about: 'Force pushes to other branches: any, only with a lease, or never.',
    },
    local: {
      type: 'boolean',
      default: true,
      tighter: true,
      about: 'Forbid commits, merges, rebases and resets while a protected branch is checked out.',
    },
  },
  examples: {
    deny: [
      'git push -o merge_request.merge_when_pipeline_succeeds origin HEAD',
      { mcp: { server: 'shell', tool: 'run_command', args: { command: 'git push origin main' } } },
      'git push origin main',
      'git push origin HEAD:refs/heads/main',
      'git push origin :main',
      'git push origin +HEAD:main',
      'git push --delete origin release/1.2',
      'git push --all origin',
      'git push --mirror origin',
      'git push --force origin feature/x',
      'git push origin feature/x:refs/heads/production',
      { command: 'git commit -m "fix: typo"', branch: 'main' },
      { command: 'git push', branch: 'main' },
      { command: 'git merge feature/x', branch: 'main' },
      'git checkout main && git cherry-pick abc1234',
      'git branch -D main',
      'git branch -f main HEAD~3',
      'git update-ref refs/heads/main HEAD~1',
      'gh pr merge 12 --squash',
      'gh api -X DELETE repos/acme/app/git/refs/heads/main',
      { command: 'git push origin develop', options: { branches: ['develop'] } },
      { command: 'git push --force-with-lease origin feature/x', options: { force: 'never' } },
    ],
    pass: [
      'git push',
      'git push -u origin HEAD',
      'git push origin feature/x',
      'git push --force-with-lease origin feature/x',
      'git push origin v1.2.3',
      'git push origin maintenance',
      'git push --tags',
      'git commit -m "feat: push to main later"',
      'git merge main',
      'git rebase origin/main',
      'git checkout main',
      { command: 'git pull', branch: 'main' },
      { command: 'git pull --rebase', branch: 'main' },
      { command: 'git switch -c fix/typo && git commit -m "fix: typo"', branch: 'main' },
      'git fetch origin main',
      'git log origin/main..HEAD',
      'git branch -d feature/done',
      'gh pr create --base main --title "feat: x" --body "push to main"',
      'echo "git push origin main"',
      { command: 'git push --force origin feature/x', options: { force: 'any' } },
    ],
  },
  brief,
  check(facts, options, host) {
    const rules: Rules = {
      branches: {
        globs: options.branches,
        names: options.remoteDefaults ? (host.git?.defaultBranches ?? []) : [],
      },
      force: options.force,
      local: options.local,
    };
    return mergeDrafts(
      facts.effects.flatMap((effect) => (effect.kind === 'git' ? judge(effect, rules) : [])),
    );
  },
});

function judge(effect: GitEffect, rules: Rules): readonly FindingDraft[] {
  if (effect.op === 'push') return judgePush(effect, rules);
  if (effect.op === 'api-approve')
    return [
      draft(effect, 'this approves a pull request, which counts as a review by a person', COMMENT_INSTEAD, {
        level: 'warn',
      }),
    ];
  if (effect.op === 'api-protection')
    return [draft(effect, 'this changes who may do what in the repository on the forge', LEAVE_TO_A_PERSON)];
  if (effect.op === 'config') return judgePushConfig(effect, rules);
  if (effect.op === 'pull') return judgePull(effect, rules);
  if (effect.op === 'branch-create')
    return effect.force === 'yes' || effect.lossy ? judgeNamed(effect, 'moves', rules) : [];
  const local = LOCAL_WRITES[effect.op];
  if (local) return judgeLocal(effect, local, rules);
  const named = NAMED_WRITES[effect.op];
  const found = named ? judgeNamed(effect, named, rules) : [];
  // `git branch -d` takes only what is merged, so a name that shows later loses nothing: `git branch --merged | xargs git branch -d`.
  return effect.op === 'branch-delete' && effect.force === 'no'
    ? found.filter(({ uncertain }) => uncertain !== true)
    : found;
}

function judgeLocal(effect: GitEffect, verb: string, rules: Rules): readonly FindingDraft[] {
  if (!rules.local || effect.branch === undefined || takesOwnUpstream(effect)) return [];
  // Taking files out of the index moves no branch.
  if (effect.op === 'reset' && effect.paths?.length) return [];
  return judgeWords(effect, [effect.branch], verb, WORK_ON_A_BRANCH, rules);
}

/** `git merge origin/main` on `main` does what `git pull` does. */
function takesOwnUpstream(effect: GitEffect): boolean {
  if (effect.op !== 'merge' && effect.op !== 'rebase') return false;
  const branch = findText(effect.branch);
  const sources = (effect.refs ?? []).map((ref) => findText(ref.src));
  return (
    sources.length > 0 && sources.every((source) => source !== undefined && isUpstreamOf(source, branch))
  );
}

function isUpstreamOf(source: string, branch: string | undefined): boolean {
  if (/@\{u(?:pstream)?\}$/.test(source)) return true;
  const remote = source.replace(/^refs\/remotes\//, '');
  return branch !== undefined && remote.slice(remote.indexOf('/') + 1) === branch && remote !== branch;
}

function judgePull(effect: GitEffect, rules: Rules): readonly FindingDraft[] {
  const branch = findText(effect.branch);
  if (!rules.local || !isProtected(branch, rules.branches)) return [];
  // Pulling the branch of the same name is how everybody keeps up; pulling another one is a merge.
  const others = (effect.refs ?? []).filter((ref) => {
    const source = ref.src ?? ref.dst;
    return source.text?.replace(/^\+?(?:refs\/heads\/)?/, '') !== branch;
  });
  return others.length === 0
    ? []
    : judgeWords(effect, effect.branch ? [effect.branch] : [], 'merges into', WORK_ON_A_BRANCH, rules);
}

function judgeNamed(effect: GitEffect, verb: string, rules: Rules): readonly FindingDraft[] {
  const words = [
    ...(effect.branch ? [effect.branch] : []),
    ...(effect.refs ?? []).flatMap((ref) =>
      effect.op === 'branch-rename' && ref.src ? [ref.src, ref.dst] : [ref.dst],
    ),
  ];
  if (words.length === 0 && effect.op === 'api-merge')
    return [draft(effect, 'this merges a pull request', LEAVE_TO_A_PERSON)];
  if (words.length === 0 && effect.op === 'api-update-ref')
    return [draft(effect, 'this changes the default branch of the repository', LEAVE_TO_A_PERSON)];
  const remedy = effect.op.startsWith('api-') ? LEAVE_TO_A_PERSON : OPEN_A_REQUEST;
  return judgeWords(effect, words, verb, remedy, rules);
}

function judgeWords(
  effect: GitEffect,
  words: readonly Word[],
  verb: string,
  remedy: string,
  rules: Rules,
): readonly FindingDraft[] {
  return words.flatMap((word) => {
    const protection = protectionOf(word, rules.branches);
    if (protection === 'no') return [];
    const more = { subject: { branch: printBranch(word) } };
    if (protection === 'unknown')
      return [
        draft(effect, `this ${verb} ${describeUnsure(word, rules.branches)}`, sure(effect, remedy), {
          ...more,
          uncertain: true,
        }),
      ];
    const perhaps = effect.uncertain ? 'perhaps ' : '';
    const message = `this ${perhaps}${verb} the protected branch ${printBranch(word)}${whereInDoubt(effect)}`;
    return [
      draft(effect, message, effect.uncertain || effect.mayDiffer ? sure(effect, remedy) : remedy, more),
    ];
  });
}

/** What to do where only the branch is in doubt. */
function sure(effect: GitEffect, remedy: string): string {
  return effect.onCurrent ? GO_THERE_FIRST : remedy;
}
