/** What of a policy can be said by how a command begins. Owns the candidates; whether the policy means one, the guards are asked. */

import type { Policy } from '../../types/policy.ts';
import type { ExecRule } from '../../types/sandbox.ts';

export interface ExecRuleInput {
  readonly policy: Policy;
  /** Names of the repository's remotes; `origin` is always one. */
  readonly remotes: readonly string[];
  /** Default branches of these remotes, as far as known. */
  readonly defaultBranches: readonly string[];
  /** Whether the guards deny a command under this policy. */
  readonly isDenied: (command: string) => boolean;
}

/** Rules of the policy, and the candidates that it does not mean. */
export interface ExecRules {
  readonly rules: readonly ExecRule[];
  readonly unmeant: readonly ExecRule[];
}

/** Options of `git push` that often stand before the remote. */
const PUSH_OPTIONS = [
  '-u',
  '--set-upstream',
  '-f',
  '--force',
  '--force-with-lease',
  '--no-verify',
  '-q',
  '-v',
];
const DELETE = ['-d', '--delete'];
const UNSUPERVISED = [
  '--yolo',
  '--dangerously-bypass-approvals-and-sandbox',
  '--dangerously-bypass-hook-trust',
];

/** Beginnings that mean the same whatever follows, in any repository. */
const FIXED: readonly ExecRule[] = [
  ...['sudo', 'doas', 'pkexec'].map((name) =>
    begin('privilege', 'takes more rights than the agent has', [name], [`${name} id`], ['echo sudo']),
  ),
  begin(
    'privilege',
    'takes more rights than the agent has',
    ['su', ['-', 'root', '-c']],
    ['su - root', 'su root', 'su -c id'],
    ['sum a.txt'],
  ),
  begin(
    'data-loss',
    'throws uncommitted work away',
    ['git', 'reset', '--hard'],
    ['git reset --hard', 'git reset --hard HEAD~1'],
    ['git reset HEAD a.txt'],
  ),
  begin(
    'data-loss',
    'deletes files that git does not know',
    ['git', 'clean', ['-f', '-fd', '-df', '-fx', '-fdx', '-xdf', '-ffdx', '--force']],
    ['git clean -fd', 'git clean -fdx'],
    ['git clean -n'],
  ),
  begin(
    'data-loss',
    'throws put-aside work away',
    ['git', 'stash', ['drop', 'clear']],
    ['git stash drop', 'git stash clear'],
    ['git stash list'],
  ),
  begin(
    'data-loss',
    'deletes what is no part of the project',
    ['rm', ['-rf', '-fr', '-r', '-R'], ['/', '/*', '~', '~/', '/etc', '/usr', '/home']],
    ['rm -rf /', 'rm -fr ~'],
    ['rm -rf node_modules'],
  ),
  begin(
    'data-loss',
    'destroys infrastructure',
    ['terraform', 'destroy'],
    ['terraform destroy', 'terraform destroy -auto-approve'],
    ['terraform plan'],
  ),
  begin('data-loss', 'destroys a database', ['dropdb'], ['dropdb app'], ['createdb app']),
  begin(
    'data-loss',
    'deletes what runs in a cluster',
    ['kubectl', 'delete', ['namespace', 'ns', 'pvc', 'pv']],
    ['kubectl delete namespace prod', 'kubectl delete pvc data'],
    ['kubectl get pods'],
  ),
  begin(
    'self-protection',
    'switches checks off',
    ['git', ['commit', 'push'], '--no-verify'],
    ['git commit --no-verify -m x', 'git push --no-verify'],
    ['git commit -m x'],
  ),
  begin(
    'self-protection',
    'takes the guard out',
    ['codex-guard', ['uninstall', 'allow']],
    ['codex-guard uninstall', 'codex-guard allow x'],
    ['codex-guard policy print'],
  ),
  begin(
    'self-protection',
    'starts Codex without its fences',
    ['codex', UNSUPERVISED],
    ['codex --yolo', 'codex --dangerously-bypass-approvals-and-sandbox'],
    ['codex --version'],
  ),
  begin(
    'self-protection',
    'starts Codex without its fences',
    ['codex', 'exec', UNSUPERVISED],
    ['codex exec --yolo x'],
    ['codex exec --help'],
  ),
  begin(
    'persistence',
    'makes something run later',
    ['crontab', ['-e', '-r']],
    ['crontab -e'],
    ['crontab -l'],
  ),
  begin(
    'persistence',
    'makes something run later',
    ['systemctl', 'enable'],
    ['systemctl enable x'],
    ['systemctl status x'],
  ),
];

/** The candidates that the policy means: every example is denied by the guards, and every counterexample is not. */
export function makeExecRules(input: ExecRuleInput): ExecRules {
  const all = [...branchRules(input), ...FIXED];
  const isMeant = ({ match, notMatch }: ExecRule) =>
    match.every(input.isDenied) && !notMatch.some(input.isDenied);
  const meant = new Set(all.filter(isMeant));
  return { rules: all.filter((rule) => meant.has(rule)), unmeant: all.filter((rule) => !meant.has(rule)) };
}

/** Pushes that name a protected branch. What a pattern of branches means, a prefix cannot say. */
function branchRules({ policy, remotes, defaultBranches }: ExecRuleInput): readonly ExecRule[] {
  const option = policy.guards['branch-protection']?.options.branches;
  const globs = typeof option === 'object' ? ('patterns' in option ? option.patterns : option) : [];
  const branches = [
    ...new Set([...globs.filter((glob) => !/[*?[{!\\]/.test(glob)), ...defaultBranches]),
  ].sort();
  const [branch] = branches;
  if (branch === undefined) return [];
  const places = oneOf([...new Set(['origin', ...remotes])]);
  const refs = branches.flatMap((name) => [
    name,
    `+${name}`,
    `HEAD:${name}`,
    `+HEAD:${name}`,
    `:${name}`,
    `refs/heads/${name}`,
    `HEAD:refs/heads/${name}`,
  ]);
  const why = 'goes to a protected branch past review';
  const gone = 'deletes a protected branch';
  return [
    begin(
      'branch-protection',
      why,
      ['git', 'push', places, refs],
      branches.flatMap((name) => [`git push origin ${name}`, `git push origin HEAD:${name}`]),
      ['git push origin feature/x', 'git push'],
    ),
    begin(
      'branch-protection',
      why,
      ['git', 'push', PUSH_OPTIONS, places, refs],
      [`git push -u origin ${branch}`, `git push --force-with-lease origin ${branch}`],
      ['git push -u origin feature/x'],
    ),
    begin(
      'branch-protection',
      gone,
      ['git', 'push', DELETE, places, branches],
      [`git push --delete origin ${branch}`],
      ['git push --delete origin feature/x'],
    ),
    begin(
      'branch-protection',
      gone,
      ['git', 'push', places, DELETE, branches],
      [`git push origin --delete ${branch}`],
      ['git push origin feature/x'],
    ),
    begin(
      'branch-protection',
      gone,
      ['git', 'branch', ['-D', ...DELETE], branches],
      [`git branch -D ${branch}`],
      ['git branch -d feature/x'],
    ),
  ];
}

/** A word that is the only one needs no list. */
function oneOf(words: readonly string[]): string | readonly string[] {
  return words.length === 1 ? (words[0] ?? words) : words;
}

function begin(
  from: string,
  reason: string,
  pattern: ExecRule['pattern'],
  match: readonly string[],
  notMatch: readonly string[],
): ExecRule {
  return { from, reason, pattern, match, notMatch };
}
