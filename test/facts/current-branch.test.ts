import { execaSync } from 'execa';
import { describe, expect, it } from 'vitest';
import { ENV, judgeCommand, makeProject, shippedPolicy } from '../pipeline.ts';

/** What branch-protection makes of a command. */
function judge(command: string, cwd: string): string {
  const { verdict } = judgeCommand(command, cwd, shippedPolicy(cwd));
  const levels = verdict.findings
    .filter(({ guard }) => guard === 'branch-protection')
    .map(({ level }) => level);
  return levels.includes('deny') ? 'deny' : levels.includes('warn') ? 'warn' : 'pass';
}

/** A project on `main` with two more branches, a tag, one branch of the remote, and a log of HEAD. */
function makeBranches(): string {
  const cwd = makeProject('main', { 'branches.txt': 'a project of its own\n' });
  const git = (...args: readonly string[]) =>
    execaSync('git', ['-c', 'user.name=dev', '-c', 'user.email=dev@example.com', ...args], {
      cwd,
      env: { HOME: String(ENV.HOME), GIT_CONFIG_NOSYSTEM: '1' },
    });
  git('branch', '-f', 'feature/x');
  git('branch', '-f', 'feature/y');
  git('tag', '-f', 'v1.0');
  git('update-ref', 'refs/remotes/origin/feature/q', 'HEAD');
  git('switch', '-q', 'feature/x');
  git('switch', '-q', 'main');
  return cwd;
}

describe('the branch at that point of the text', () => {
  const cwd = makeBranches();

  it.each<[string, string]>([
    // A switch that fails leaves the branch.
    ['git switch nowhere; git commit -m x', 'deny'],
    ['git checkout nowhere; git commit -m x', 'deny'],
    ['git switch -c feature/y; git commit -m x', 'deny'],
    ['git checkout -b feature/y; git commit -m x', 'deny'],
    ['git checkout main || git checkout -b z; git commit -m x', 'deny'],
    ['git switch nowhere 2>/dev/null || git switch main; git commit -m x', 'deny'],
    // One that goes somewhere takes the commit along.
    ['git switch feature/y; git commit -m x', 'pass'],
    ['git switch feature/q; git commit -m x', 'pass'],
    ['git checkout v1.0; git commit -m x', 'pass'],
    ['git checkout -B feature/y && git commit -m x', 'pass'],
    ['git checkout --orphan pages && git commit -m x', 'pass'],
    ['git fetch origin && git switch feature/new && git commit -m x', 'pass'],
    ['git switch feature/z || git switch -c feature/z; git commit -m x', 'pass'],
    ['git switch feature/y || git switch -c feature/y; git commit -m x', 'pass'],
    ['git switch -c feature/z 2>/dev/null || git switch feature/z; git commit -m x', 'pass'],
    ['git switch -c feature/y 2>/dev/null || git switch feature/y; git commit -m x', 'pass'],
    ['git checkout -q feature/y 2>&1 || git checkout -q -b feature/y; git commit -m x', 'pass'],
    // What may not run may leave the branch.
    ['true || git switch -c z; git commit -m x', 'deny'],
    ['test -f x || git switch -c z; git push', 'deny'],
    ['test -f x && git switch -c z; git commit -m x', 'deny'],
    ['false && git switch -c z; git commit -m x', 'deny'],
    ['! true && git switch -c z; git commit -m x', 'deny'],
    ['if false; then git switch -c z; fi; git commit -m x', 'deny'],
    ['case $X in a) git switch -c z;; esac; git commit -m x', 'deny'],
    ['while read -r b; do git switch -c "$b"; done < list; git commit -m x', 'deny'],
    ['git switch -c z & git commit -m x', 'deny'],
    ["bash -c 'git switch main; false' || git switch feature/y; git commit -m x", 'deny'],
    ['find . -maxdepth 0 -exec git rev-parse nowhere ";" || git switch -c z; git commit -m x', 'deny'],
    ['false && git branch z; git switch z; git commit -m x', 'deny'],
    ['test -f x && git branch z; git switch z; git commit -m x', 'deny'],
    ['true() { false; }; true && git switch -c z; git commit -m x', 'deny'],
    ['true > /nowhere/x && git switch -c z; git commit -m x', 'deny'],
    // What runs is as good as done, and a condition that can be told is told.
    ['true && git switch -c z; git commit -m x', 'pass'],
    ['git switch -c z || true; git commit -m x', 'pass'],
    ['git switch feature/y || exit 1; git commit -m x', 'pass'],
    ['(git switch -c z); git commit -m x', 'pass'],
    ['f() { git switch -c z; }; f; git commit -m x', 'pass'],
    ['git branch z && git switch z && git commit -m x', 'pass'],
    ['[ "$(git branch --show-current)" = main ] && git switch -c z; git commit -m x', 'pass'],
    ['if [[ $(git branch --show-current) == "main" ]]; then git switch -c z; fi; git commit -m x', 'pass'],
    ['b=$(git branch --show-current); [[ $b != main ]] || git switch -c z; git commit -m x', 'pass'],
    ['if git rev-parse -q --verify z; then git switch z; else git switch -c z; fi; git commit -m x', 'pass'],
    [
      'if git show-ref --verify --quiet refs/heads/feature/y; then git switch feature/y; else git switch -c feature/y; fi; git commit -m x',
      'pass',
    ],
    [
      'git rev-parse feature/y >/dev/null 2>&1 && git switch feature/y || git switch -c feature/y; git commit -m x',
      'pass',
    ],
    ['git switch -c z; # git switch a ||\ngit switch main; git commit -m x', 'deny'],
    // Back to the one before.
    ['git switch -; git commit -m x', 'pass'],
    ['git switch -c z && git commit -m x && git switch - && git pull', 'pass'],
    ['git switch -c z && git switch - && git commit -m x', 'deny'],
    ['git checkout feature/y && git checkout main && git checkout - && git commit -m x', 'pass'],
    ['git checkout @{-1} && git checkout - && git commit -m x', 'deny'],
    // Names known in part.
    ['git switch -c "fix/$(date +%s)" && git commit -m x', 'pass'],
    ['git switch -c "release/$V" && git commit -m x', 'warn'],
    ['git switch "$B" && git commit -m x', 'warn'],
    // Work trees inside the project.
    ['git worktree add wt -b z && cd wt && git commit -m x', 'pass'],
    ['git worktree add wt -b z && git commit -m x', 'deny'],
    ['git worktree add wt feature/y && git -C wt commit -m x', 'pass'],
    ['git switch feature/y && git worktree add wt main && git commit -m x', 'pass'],
    ['git switch feature/y && git worktree add wt main && cd wt/src && git commit -m x', 'deny'],
  ])('%s: %s', (command, expected) => {
    expect(judge(command, cwd)).toBe(expected);
  });
});

it('the default branch of a remote stays what it is', () => {
  const cwd = makeProject('feature/x', { 'develop.txt': 'a project of its own\n' });
  const git = (...args: readonly string[]) => execaSync('git', args, { cwd });
  git('update-ref', 'refs/remotes/origin/develop', 'HEAD');
  git('symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/develop');
  expect(judge('git push origin HEAD:develop', cwd)).toBe('deny');
  expect(judge('git symbolic-ref refs/remotes/origin/HEAD refs/remotes/origin/x', cwd)).toBe('deny');
  expect(judge('git remote set-head origin x', cwd)).toBe('deny');
  expect(judge('git remote set-head -d origin', cwd)).toBe('deny');
  expect(judge('git remote set-head origin develop', cwd)).toBe('pass');
  expect(judge('git remote set-head origin -a', cwd)).toBe('pass');
  expect(judge('git subtree split -P lib -b develop', cwd)).toBe('deny');
  expect(judge('git subtree split -P lib -b lib-only', cwd)).toBe('pass');
});
