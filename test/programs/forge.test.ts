import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pages } from '../../lib/programs/forge/index.ts';
import { type CallSetup, fakeHost, fakeRepository, plain, readWith, unknownWord, word } from './call.ts';

type Plain = Readonly<Record<string, unknown>>;
type Expected = readonly Record<string, unknown>[];

const setup: CallSetup = {
  host: fakeHost({
    files: {
      '/work/app/merge.graphql': 'mutation { mergePullRequest(input: {}) { clientMutationId } }',
      '/work/app/body.json': '{"base":"main","head":"x","nested":{"deep":1}}',
      '/home/user/.config/gh/config.yml':
        "git_protocol: https\naliases:\n    co: pr checkout\n    land: pr merge --squash\n    boom: '!rm -rf x'\n    self: self\neditor:\n",
    },
    repository: () =>
      fakeRepository({
        config: { 'remote.origin.url': 'https://github.com/o/r.git' },
        defaults: { origin: 'trunk' },
      }),
  }),
};

function effects(line: string, more: CallSetup = {}): readonly Plain[] {
  return plain(readWith(pages, line, { ...setup, ...more }).effects) as readonly Plain[];
}

function effectsOf(kind: string, line: string, more: CallSetup = {}): readonly Plain[] {
  return effects(line, more).filter((effect) => effect.kind === kind);
}

function runs(line: string, more: CallSetup = {}): readonly Plain[] {
  return (plain(readWith(pages, line, { ...setup, ...more }).runs ?? []) as readonly Plain[]) ?? [];
}

describe('what reaches branches', () => {
  it.each<[string, Expected]>([
    ['gh pr merge 12 --squash', [{ op: 'api-merge', force: 'no' }]],
    ['gh pr merge --admin -d', [{ op: 'api-merge', force: 'yes' }]],
    ['gh pr merge 12 --auto', [{ op: 'api-merge' }]],
    ['gh pr -R o/r merge 12', [{ op: 'api-merge' }]],
    ['gh -R o/r pr merge 12', [{ op: 'api-merge' }]],
    ['gh pr merge 12 --subject --help', [{ op: 'api-merge' }]],
    ['gh pr close 12 -d', [{ op: 'api-delete-ref', branch: undefined }]],
    ['gh pr close feature --delete-branch', [{ op: 'api-delete-ref', branch: 'feature' }]],
    ['gh pr checkout 12', [{ op: 'fetch' }, { op: 'switch', branch: undefined }]],
    ['gh pr co 12 -b x', [{ op: 'fetch' }, { op: 'switch', branch: 'x' }]],
    ['gh issue develop 3 --checkout --name x', [{ op: 'switch', branch: 'x' }]],
    ['gh release create v1 -t x -n y', [{ op: 'api-update-ref', refs: [{ dst: 'refs/tags/v1' }] }]],
    [
      'gh release delete v1 --cleanup-tag',
      [{ op: 'api-delete-ref', refs: [{ dst: 'refs/tags/v1', delete: true }] }],
    ],
    ['gh repo sync o/r --force -b main', [{ op: 'api-update-ref', branch: 'main', force: 'yes' }]],
    ['gh repo sync', []],
    ['gh repo create o/r --source . --push', [{ op: 'push', onCurrent: true }]],
    ['gh repo edit --default-branch x', [{ op: 'api-protection', branch: 'x' }]],
    ['gh auth setup-git', [{ op: 'config', key: 'credential.helper' }]],
    ['gh api -X PUT repos/o/r/pulls/1/merge', [{ op: 'api-merge' }]],
    ['gh api repos/$R/pulls/1/merge --method put', [{ op: 'api-merge' }]],
    ['gh api -X DELETE repos/o/r/git/refs/heads/main', [{ op: 'api-delete-ref', branch: 'main' }]],
    ['gh api -XDELETE /repos/o/r/git/refs/heads/a/b', [{ op: 'api-delete-ref', branch: 'a/b' }]],
    ['gh api --method=DELETE "$URL/git/refs/heads/main"', [{ op: 'api-delete-ref', branch: 'main' }]],
    ['gh api -X PATCH repos/o/r/git/refs/heads/$B -f sha=x', [{ op: 'api-update-ref', branch: undefined }]],
    [
      'gh api repos/o/r/git/refs/heads/main -f sha=x -F force=true -X PATCH',
      [{ branch: 'main', force: 'yes' }],
    ],
    [
      'gh api repos/{owner}/{repo}/git/refs/heads/{branch} -X DELETE',
      [{ op: 'api-delete-ref', onCurrent: true }],
    ],
    ['gh api repos/o/r/git/refs -f ref=refs/heads/main -f sha=x', [{ op: 'api-update-ref', branch: 'main' }]],
    ['gh api repos/o/r/git/refs -f ref=refs/tags/v1 -f sha=x', [{ refs: [{ dst: 'refs/tags/v1' }] }]],
    ['gh api repos/o/r/merges -f base=main -f head=x', [{ op: 'api-merge', branch: 'main' }]],
    ['gh api repos/o/r/merges --input body.json', [{ op: 'api-merge', branch: 'main' }]],
    [
      'gh api -X PUT repos/o/r/contents/a -f branch=main -f message=x',
      [{ op: 'api-update-ref', branch: 'main' }],
    ],
    ['gh api -X PUT repos/o/r/contents/a -f message=x', [{ op: 'api-update-ref', branch: 'trunk' }]],
    ['gh api -X PUT repos/other/x/contents/a -f message=x', [{ op: 'api-update-ref' }]],
    ['gh api -X DELETE repos/o/r/branches/main/protection', [{ op: 'api-protection', branch: 'main' }]],
    ['gh api repos/o/r/rulesets --input body.json', [{ op: 'api-protection' }]],
    ['gh api -X PATCH repos/o/r -f default_branch=x', [{ op: 'api-protection', branch: 'x' }]],
    ['gh api https://api.github.com/repos/o/r/pulls/1/merge -X PUT', [{ op: 'api-merge' }]],
    ["gh api graphql -f query='mutation { mergePullRequest(input: {}) { x } }'", [{ op: 'api-merge' }]],
    [
      "gh api graphql -f query='mutation { enablePullRequestAutoMerge(input: {}) { x } }'",
      [{ op: 'api-merge' }],
    ],
    [
      "gh api graphql -f query='mutation { deleteRef(input: {refId: 1}) { x } }'",
      [{ op: 'api-delete-ref', branch: undefined }],
    ],
    [
      'gh api graphql -f query=\'mutation { createCommitOnBranch(input: {branch: {branchName: "main"}}) { x } }\'',
      [{ op: 'api-update-ref', branch: 'main' }],
    ],
    [
      "gh api graphql -f b=main -f query='mutation($b: String!) { mergeBranch(input: {base: $b}) { x } }'",
      [{ op: 'api-merge', branch: 'main' }],
    ],
    [
      "gh api graphql -f query='mutation { deleteBranchProtectionRule(input: {}) { x } }'",
      [{ op: 'api-protection' }],
    ],
    ['gh api graphql -F query=@merge.graphql', [{ op: 'api-merge' }]],
    ['glab mr merge 3', [{ op: 'api-merge' }]],
    ['glab mr accept 3', [{ op: 'api-merge' }]],
    ['glab mr checkout 3', [{ op: 'fetch' }, { op: 'switch' }]],
    ['glab mr create --fill', [{ op: 'push', onCurrent: true }]],
    ['glab api -X PUT projects/1/merge_requests/2/merge', [{ op: 'api-merge' }]],
    [
      'glab api -X DELETE projects/o%2Fr/repository/branches/a%2Fb',
      [{ op: 'api-delete-ref', branch: 'a/b' }],
    ],
    ['glab api projects/1/protected_branches -f name=main', [{ op: 'api-protection', branch: 'main' }]],
    ['glab api -X DELETE projects/$P/protected_branches/main', [{ op: 'api-protection', branch: 'main' }]],
    ['glab api projects/1/repository/commits -f branch=main', [{ op: 'api-update-ref', branch: 'main' }]],
    ['hub push origin HEAD:main', [{ op: 'push', refs: [{ dst: 'main' }] }]],
    [
      'hub push origin,up main',
      [
        { op: 'push', remote: 'origin' },
        { op: 'push', remote: 'up' },
      ],
    ],
    ['hub merge topic', [{ op: 'merge', onCurrent: true }]],
    ['hub pull-request -p -m x', [{ op: 'push', onCurrent: true }]],
    ['hub api -X DELETE repos/o/r/git/refs/heads/main', [{ op: 'api-delete-ref', branch: 'main' }]],
    ['tea pulls merge 5', [{ op: 'api-merge' }]],
    ['tea pr m 5', [{ op: 'api-merge' }]],
    ['tea branches unprotect main', [{ op: 'api-protection', branch: 'main' }]],
    ['tea api -X DELETE repos/o/r/branches/main', [{ op: 'api-delete-ref', branch: 'main' }]],
  ])('%s', (line, expected) => {
    expect(effectsOf('git', line)).toMatchObject(expected);
    expect(effectsOf('git', line)).toHaveLength(expected.length);
  });
});

describe('what reaches no branch', () => {
  it.each([
    'gh pr list --json number,title',
    'gh pr view 12 --comments',
    'gh pr diff 12',
    'gh pr status',
    'gh pr checks 12 --watch',
    'gh pr create --base main --title "git push origin main" --body "gh pr merge"',
    'gh pr comment 12 --body "gh pr merge 12"',
    'gh pr merge --disable-auto 12',
    'gh pr merge --help',
    'gh pr close 12',
    'gh issue list',
    'gh issue create -t "rm -rf /" -b "git reset --hard"',
    'gh run list --limit 5',
    'gh run view 1 --log-failed',
    'gh release list',
    'gh repo view o/r',
    'gh search code "git push"',
    'gh workflow list',
    'gh api repos/o/r/pulls',
    'gh api repos/o/r/pulls/1/merge',
    'gh api user --jq .login',
    'gh api -X GET repos/o/r/git/refs/heads/main',
    'gh api repos/o/r/issues -f title=x',
    'gh api repos/o/r/pulls/1 -X PATCH -f state=closed',
    'gh api repos/o/r/git/blobs -f content=x',
    "gh api graphql -f query='query { viewer { login } }'",
    "gh api graphql -f query='mutation { addComment(input: {}) { x } }'",
    'gh api graphql -f query=\'query { search(query: "mergePullRequest(") { x } }\'',
    'glab mr list',
    'glab mr view 3',
    'glab ci status',
    'glab api projects/1/merge_requests',
    'hub status',
    'hub browse',
    'hub pr list',
    'tea pulls list',
    'gh',
    'gh --version',
    'gh constructor',
    'gh toString valueOf',
  ])('%s', (line) => {
    expect(effects(line).filter(({ kind }) => kind !== 'net')).toEqual([]);
    expect(runs(line)).toEqual([]);
  });
});

describe('hosts', () => {
  it.each<[string, readonly unknown[]]>([
    ['gh pr list', ['github.com']],
    ['GH_HOST=ghe.example gh pr list', ['ghe.example']],
    ['gh api --hostname ghe.example user', ['ghe.example']],
    ['gh pr list -R ghe.example/o/r', ['ghe.example']],
    ['gh pr list -R o/r', ['github.com']],
    ['gh api https://evil.example/x', ['evil.example']],
    ['gh pr list -R https://evil.example/o/r', ['evil.example']],
    ['glab mr list -R lab.example/o/r', ['lab.example']],
    ['GITLAB_HOST=lab.example glab mr list', ['lab.example']],
    ['hub ci-status', ['github.com']],
    ['gh config get editor', []],
    ['gh auth token', []],
    ['gh alias list', []],
    ['gh completion -s bash', []],
    ['gh help pr', []],
  ])('%s', (line, hosts) => {
    expect(effectsOf('net', line).map(({ host }) => host)).toEqual(hosts);
  });

  it.each<[string, readonly unknown[]]>([
    ['gh gist create -d hello a.md b.md', ['a.md', 'b.md']],
    ['gh release upload v1 a.zip#label', ['a.zip']],
    ['gh release create v1 -t x a.zip', ['a.zip']],
    ['gh api repos/o/r/issues -F body=@.env', ['.env']],
    ['gh api repos/o/r/issues --input .env', ['.env']],
    ['glab snippet create -t x a.md', ['a.md']],
    ['hub gist create a.md', ['a.md']],
  ])('%s sends files', (line, sends) => {
    expect(effectsOf('net', line)).toMatchObject([{ op: 'upload', sends }]);
    expect(effectsOf('file', line).map(({ op, path }) => [op, path])).toEqual(
      sends.map((path) => ['read', path]),
    );
  });

  it.each<[string, readonly unknown[]]>([
    ['gh secret set -f .env', ['.env']],
    ['gh pr create -F .env -t x', ['.env']],
    ['gh issue comment 1 --body-file=.env', ['.env']],
    ['gh ssh-key add key.pub -t x', ['key.pub']],
    ['gh pr create -F - -t x', []],
  ])('%s reads files', (line, paths) => {
    expect(effectsOf('file', line).map(({ path }) => path)).toEqual(paths);
  });
});

describe('what the forge keeps', () => {
  it.each<[string, Expected]>([
    [
      'gh repo delete o/r --yes',
      [{ system: 'github', op: 'delete repository', destructive: true, target: 'o/r' }],
    ],
    ['gh release delete v1 -y', [{ destructive: true, target: 'v1' }]],
    ['gh issue delete 3', [{ destructive: true }]],
    ['gh run delete 3', [{ destructive: true }]],
    ['gh workflow run ci.yml -f a=b', [{ op: 'run workflow', destructive: false, target: 'ci.yml' }]],
    ['gh cache delete -a', [{ destructive: false }]],
    ['gh api -X DELETE repos/o/r', [{ op: 'delete repository', destructive: true }]],
    ['gh api -X DELETE repos/o/r/releases/1', [{ op: 'delete release', destructive: true }]],
    ['gh api -X DELETE repos/o/r/issues/comments/1', []],
    ['glab repo delete o/r', [{ system: 'gitlab', destructive: true }]],
    ['glab project delete o/r', [{ system: 'gitlab', destructive: true }]],
    ['glab api -X DELETE projects/1', [{ destructive: true }]],
    ['hub delete -y o/r', [{ destructive: true, target: 'o/r' }]],
    ['tea repos rm o/r', [{ destructive: true }]],
  ])('%s', (line, expected) => {
    expect(effectsOf('data', line)).toMatchObject(expected);
    expect(effectsOf('data', line)).toHaveLength(expected.length);
  });

  it.each<[string, string, string]>([
    ['gh auth token', 'gh', 'read'],
    ['gh auth token -h github.com', 'gh', 'read'],
    ['gh auth status -t', 'gh', 'read'],
    ['gh auth status --show-token', 'gh', 'read'],
    ['gh auth login --with-token', 'gh', 'write'],
    ['gh auth logout', 'gh', 'delete'],
    ['gh auth git-credential get', 'gh', 'read'],
    ['gh secret set NAME -b value', 'github-actions', 'write'],
    ['gh secret remove NAME', 'github-actions', 'delete'],
    ['glab auth status -t', 'glab', 'read'],
    ['glab variable get NAME', 'gitlab-ci', 'read'],
    ['glab config set token x', 'glab', 'write'],
    ['tea login add', 'tea', 'write'],
  ])('%s', (line, store, op) => {
    expect(effectsOf('secret', line)).toMatchObject([{ store, op }]);
  });

  it('tells the state of a login without its token', () => {
    expect(effectsOf('secret', 'gh auth status')).toEqual([]);
  });
});

describe('what is run', () => {
  it.each<[string, Expected]>([
    ["gh alias set m 'pr merge'", [{ kind: 'argv', argv: ['gh', 'pr', 'merge'] }]],
    ["gh alias set x '!rm -rf y'", [{ kind: 'code', code: 'rm -rf y' }]],
    ["gh alias set -s x 'rm -rf y'", [{ kind: 'code', code: 'rm -rf y' }]],
    ["gh alias set x 'pr merge $1'", [{ argv: ['gh', 'pr', 'merge', undefined] }]],
    ['gh land 12', [{ kind: 'argv', argv: ['gh', 'pr', 'merge', '--squash', '12'] }]],
    ['gh boom now', [{ kind: 'code', code: 'rm -rf x' }]],
    ['gh self', []],
    ["gh config set pager 'sh -c x'", [{ kind: 'code', code: 'sh -c x' }]],
    ['gh config set editor vim', []],
    ["GH_PAGER='sh -c x' gh pr list", [{ kind: 'code', code: 'sh -c x' }]],
    ['GH_PAGER=cat gh pr list', []],
    [
      'gh repo clone o/r -- -c core.fsmonitor=x',
      [{ argv: ['git', 'clone', 'https://github.com/o/r', '-c', 'core.fsmonitor=x'] }],
    ],
    ['glab repo clone git@lab.example:o/r d', [{ argv: ['git', 'clone', 'git@lab.example:o/r', 'd'] }]],
    ['gh codespace ssh -c x -- rm -rf y', [{ kind: 'argv', argv: ['rm', '-rf', 'y'], place: 'remote' }]],
    ['gh cs ssh -c x "rm -rf y"', [{ kind: 'code', code: 'rm -rf y', place: 'remote' }]],
    ['gh extension exec dash x', [{ kind: 'argv', argv: ['gh-dash', 'x'] }]],
    ["glab alias set x '!rm -rf y'", [{ kind: 'code', code: 'rm -rf y' }]],
    ["hub -c core.pager='touch x' log", [{ kind: 'code', code: 'touch x' }]],
  ])('%s', (line, expected) => {
    expect(runs(line)).toMatchObject(expected);
    expect(runs(line)).toHaveLength(expected.length);
  });

  it.each<[string, Record<string, unknown>]>([
    ['gh alias set m "pr view"', { persistent: true }],
    ['gh alias import a.yml', { persistent: true }],
    ['gh extension install o/gh-x', { remote: true }],
    ['gh codespace ssh', { interactive: true, place: 'remote' }],
  ])('%s is a run of its own', (line, expected) => {
    expect(effectsOf('run', line)).toMatchObject([expected]);
  });

  it('says when a GraphQL request cannot be seen', () => {
    expect(effectsOf('opaque', 'gh api graphql -F query=@absent.graphql')).toHaveLength(1);
    expect(effectsOf('opaque', 'gh api graphql -f query=$Q')).toHaveLength(1);
    expect(effectsOf('opaque', 'gh api graphql --input -', { stdin: 'pipe' })).toHaveLength(1);
    expect(
      effectsOf('git', 'gh api graphql --input -', {
        stdin: '{"query":"mutation { deleteRef(input: {}) { x } }"}',
      }),
    ).toMatchObject([{ op: 'api-delete-ref' }]);
  });
});

describe('odd input', () => {
  const odd = fc.oneof(
    fc.constantFrom(
      ...[
        'api',
        'graphql',
        'pr',
        'merge',
        'repo',
        'clone',
        '-X',
        '-f',
        '-F',
        'query=@-',
        '=',
        '@',
        '--',
        '-',
        '',
        '-R',
      ],
      ...[
        'constructor',
        '__proto__',
        'alias',
        'set',
        '!',
        'repos/o/r/git/refs/heads/%',
        'secret',
        'codespace',
        'ssh',
      ],
    ),
    fc.string({ maxLength: 12 }),
  );
  const argument = fc.oneof(
    odd.map(word),
    fc
      .array(fc.oneof(odd, fc.constant(null)), { minLength: 1, maxLength: 3 })
      .map((pieces) => unknownWord(...pieces)),
  );

  it.each(pages.map((page) => [page.names[0] as string, page] as const))('%s never throws', (name, page) => {
    fc.assert(
      fc.property(fc.array(argument, { maxLength: 6 }), (args) => {
        const invocation = {
          argv: [word(name), ...args],
          assignments: [{ name: 'constructor', value: word('x') }],
          redirects: [],
          cwd: word('/work/app'),
          via: [],
          span: { start: 0, end: 0 },
        };
        expect(() => plain(page.read({ name, args, invocation, host: fakeHost() }))).not.toThrow();
      }),
      { numRuns: 1000 },
    );
  });
});
