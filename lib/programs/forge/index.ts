/** The pages for the command lines of forges: gh, glab, hub, tea. What their API calls mean is in api.ts. */

import { definePage, type Page } from '../page.ts';
import { readGhCall } from './gh.ts';
import { readGlabCall } from './glab.ts';
import { readHubCall } from './hub.ts';
import { readTeaCall } from './tea.ts';

/** GitHub's own client. */
const ghPage: Page = definePage({
  names: ['gh'],
  about: 'gh: pull requests, releases, repositories and the API of GitHub',
  read: readGhCall,
  examples: [
    {
      command: 'gh pr merge 12 --squash',
      effects: [
        { kind: 'git', op: 'api-merge' },
        { kind: 'net', host: 'github.com' },
      ],
    },
    {
      command: 'gh api -X DELETE repos/o/r/git/refs/heads/main',
      effects: [{ kind: 'git', op: 'api-delete-ref', branch: 'main' }],
    },
    {
      command: 'gh api -X PUT repos/o/r/contents/a.txt -f branch=main -f message=x -f content=eA==',
      effects: [{ kind: 'git', op: 'api-update-ref', branch: 'main' }],
    },
    {
      command:
        'gh api graphql -f query=\'mutation { mergePullRequest(input: {pullRequestId: "x"}) { clientMutationId } }\'',
      effects: [{ kind: 'git', op: 'api-merge' }],
    },
    { command: 'gh auth token', effects: [{ kind: 'secret', op: 'read', store: 'gh' }] },
    {
      command: 'gh repo delete o/r --yes',
      effects: [{ kind: 'data', system: 'github', destructive: true, target: 'o/r' }],
    },
    {
      command: 'gh gist create notes.md',
      effects: [
        { kind: 'net', op: 'upload' },
        { kind: 'file', op: 'read', path: 'notes.md' },
      ],
    },
    { command: 'gh pr list --json number', effects: [{ kind: 'net', op: 'connect', host: 'github.com' }] },
    { command: 'gh pr merge --help', effects: [] },
    { command: 'gh --version', effects: [] },
  ],
});

/** GitLab's own client. */
const glabPage: Page = definePage({
  names: ['glab'],
  about: 'glab: merge requests, releases, repositories and the API of GitLab',
  read: readGlabCall,
  examples: [
    { command: 'glab mr merge 3', effects: [{ kind: 'git', op: 'api-merge' }] },
    {
      command: 'glab api -X DELETE projects/1/protected_branches/main',
      effects: [{ kind: 'git', op: 'api-protection', branch: 'main' }],
    },
    { command: 'glab mr list -R gitlab.example/o/r', effects: [{ kind: 'net', host: 'gitlab.example' }] },
    { command: 'glab version', effects: [] },
  ],
});

/** Git with more commands for GitHub. */
const hubPage: Page = definePage({
  names: ['hub'],
  about: 'hub: git, and pull requests, releases and the API of GitHub',
  read: readHubCall,
  examples: [
    {
      command: 'hub push origin HEAD:main',
      effects: [{ kind: 'git', op: 'push', refs: [{ src: 'HEAD', dst: 'main' }] }],
    },
    { command: 'hub delete -y o/r', effects: [{ kind: 'data', destructive: true, target: 'o/r' }] },
    { command: 'hub status', effects: [] },
  ],
});

/** The client of Gitea and Forgejo. */
const teaPage: Page = definePage({
  names: ['tea'],
  about: 'tea: pull requests, releases and branch protection of Gitea and Forgejo',
  read: readTeaCall,
  examples: [
    { command: 'tea pulls merge 5', effects: [{ kind: 'git', op: 'api-merge' }] },
    {
      command: 'tea branches unprotect main',
      effects: [{ kind: 'git', op: 'api-protection', branch: 'main' }],
    },
    { command: 'tea pulls merge --help', effects: [] },
  ],
});

export const pages: readonly Page[] = [ghPage, glabPage, hubPage, teaPage];
