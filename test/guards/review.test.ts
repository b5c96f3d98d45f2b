import { describe, expect, it } from 'vitest';
import { judgeCommand, makeProject, shippedPolicy } from '../pipeline.ts';

/** Outcome and guards of a command. */
function judge(command: string): string {
  const cwd = makeProject();
  const { verdict } = judgeCommand(command, cwd, shippedPolicy(cwd));
  const ids = verdict.findings.filter(({ level }) => level !== 'note').map(({ guard }) => guard);
  return [verdict.outcome, ...new Set(ids)].join(' ');
}

describe('reviews, tags and what is published', () => {
  it.each<[string, string]>([
    ['gh pr review 3 --approve', 'warn branch-protection'],
    ['gh pr review 3 --comment -b "looks good"', 'pass'],
    ['gh pr review 3 --request-changes -b "see above"', 'pass'],
    ['gh api -X POST repos/o/r/pulls/3/reviews -f event=APPROVE', 'warn branch-protection'],
    ['gh api -X POST repos/o/r/pulls/3/reviews -f event=COMMENT -f body=x', 'pass'],
    ['gh api repos/o/r/pulls/3/reviews', 'pass'],
    ['git push --tags', 'pass'],
    ['git push --tags --force', 'deny branch-protection'],
    ['git push origin v1.2.3', 'pass'],
    ['git update-ref -d HEAD', 'deny data-loss'],
    ['git update-ref refs/heads/feature/z HEAD', 'pass'],
    ['twine upload dist/a.whl', 'deny dependency-change'],
    ['python -m twine upload dist/a.whl', 'deny dependency-change'],
    ['twine check dist/a.whl', 'pass'],
    ['npx changeset publish', 'deny dependency-change'],
    ['npx changeset version', 'pass'],
    ['goreleaser release --snapshot', 'pass'],
  ])('%s: %s', (command, expected) => {
    expect(judge(command)).toBe(expected);
  });
});

describe('requests to a forge from code', () => {
  it.each<[string, string]>([
    [
      'python3 -c "import requests; requests.put(\'https://api.github.com/repos/o/r/pulls/1/merge\')"',
      'deny',
    ],
    ["node -e \"fetch('https://api.github.com/repos/o/r/pulls/1/merge', {method: 'PUT'})\"", 'deny'],
    [
      "python3 -c \"import requests; requests.post('https://api.github.com/repos/o/r/merges', json={'base': 'main', 'head': 'x'})\"",
      'deny',
    ],
    [
      "python3 -c \"import requests; requests.post('https://api.github.com/repos/o/r/merges', json={'base': 'feature/x', 'head': 'y'})\"",
      'pass',
    ],
    ['python3 -c "import requests; requests.get(\'https://api.github.com/repos/o/r/pulls/1\')"', 'pass'],
    ["node -e \"fetch('https://api.github.com/repos/o/r/issues', {method: 'POST', body: '{}'})\"", 'pass'],
  ])('%s: %s', (command, expected) => {
    expect(judge(command)).toBe(expected === 'deny' ? 'deny branch-protection' : expected);
  });
});
