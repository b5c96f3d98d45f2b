/** Says what a request to a forge's web interface does to branches: GitHub, GitLab, Gitea, Bitbucket. Sends and parses no command line. */

import type { DataEffect, GitEffect, GitOp } from '../../types/effect.ts';
import type { Span } from '../../types/text.ts';
import { branchWord, type ForgeFields, UNKNOWN } from './fields.ts';
import { readGraphql } from './graphql.ts';

/** Where the name of the branch stands. */
type BranchAt = { readonly field: string; readonly orDefault?: boolean } | 'path' | 'default' | 'none';

interface Endpoint {
  readonly methods: RegExp;
  readonly path: RegExp;
  readonly op: GitOp;
  readonly branch: BranchAt;
}

const WRITES = /^(POST|PUT|PATCH|DELETE)$/;
// `repos/$REPO` and `$URL` may hold owner and name in one unknown stretch.
const GITHUB_REPO = `(?:(?:^|/)repos/(?:[^/]+/[^/]+|${UNKNOWN})|^${UNKNOWN})`;
const GITLAB_PROJECT = `(?:(?:^|/)api/v4|^${UNKNOWN})/projects/[^/]+`;
// `/keys` and `/hooks` are what many services have: here the host has to be the forge's own, or left out.
const OWN_GITHUB = '^/?(?:api\\.github\\.com/|[\\w.-]+/api/v3/)?';
const OWN_REPO = `${OWN_GITHUB}repos/(?:[^/]+/[^/]+|${UNKNOWN})`;
const OWN_PROJECT = '^/?(?:gitlab\\.[\\w.-]+/)?api/v4/projects/[^/]+';
const BITBUCKET_REPO = `(?:^|/)2\\.0/repositories/(?:[^/]+/[^/]+|${UNKNOWN})`;

function row(methods: RegExp, base: string, path: string, op: GitOp, branch: BranchAt): Endpoint {
  return { methods, path: new RegExp(`${base}${path}/?$`), op, branch };
}

/** Endpoints that move, delete or unprotect branches. First match wins; a group in the path is the branch. */
const ENDPOINTS: readonly Endpoint[] = [
  row(/^(PUT|POST)$/, GITHUB_REPO, '/pulls/[^/]+/merge', 'api-merge', 'none'),
  row(/^(PUT|POST)$/, GITHUB_REPO, '/pulls/[^/]+/reviews(?:/[^/]+/events)?', 'api-approve', 'none'),
  row(/^POST$/, GITHUB_REPO, '/merges', 'api-merge', { field: 'base' }),
  row(/^POST$/, GITHUB_REPO, '/merge-upstream', 'api-update-ref', { field: 'branch' }),
  row(/^DELETE$/, GITHUB_REPO, '/git/refs/(.+)', 'api-delete-ref', 'path'),
  row(/^(PATCH|POST|PUT)$/, GITHUB_REPO, '/git/refs/(.+)', 'api-update-ref', 'path'),
  row(/^POST$/, GITHUB_REPO, '/git/refs', 'api-update-ref', { field: 'ref' }),
  row(/^(PUT|POST|DELETE)$/, GITHUB_REPO, '/contents(?:/.*)?', 'api-update-ref', {
    field: 'branch',
    orDefault: true,
  }),
  row(/^POST$/, GITHUB_REPO, '/branches/([^/]+)/rename', 'api-update-ref', 'path'),
  row(WRITES, GITHUB_REPO, '/branches/([^/]+)/protection(?:/.*)?', 'api-protection', 'path'),
  row(/^DELETE$/, GITHUB_REPO, '/branches/([^/]+)', 'api-delete-ref', 'path'),
  row(WRITES, GITHUB_REPO, '/(?:rulesets|branch_protections)(?:/.*)?', 'api-protection', 'none'),
  row(WRITES, '(?:^|/)(?:orgs|enterprises)/[^/]+', '/rulesets(?:/.*)?', 'api-protection', 'none'),
  row(
    WRITES,
    OWN_REPO,
    '/(?:collaborators/[^/]+|keys(?:/[^/]+)?|hooks(?:/.*)?|actions/permissions(?:/.*)?)',
    'api-protection',
    'none',
  ),
  row(/^POST$/, `${OWN_GITHUB}user`, '/(?:keys|gpg_keys|ssh_signing_keys)', 'api-protection', 'none'),
  row(/^(PUT|POST)$/, GITLAB_PROJECT, '/merge_requests/[^/]+/merge', 'api-merge', 'none'),
  row(/^POST$/, GITLAB_PROJECT, '/merge_requests/[^/]+/approve', 'api-approve', 'none'),
  row(/^DELETE$/, GITLAB_PROJECT, '/repository/branches/([^/]+)', 'api-delete-ref', 'path'),
  row(/^DELETE$/, GITLAB_PROJECT, '/repository/merged_branches', 'api-delete-ref', 'default'),
  row(/^POST$/, GITLAB_PROJECT, '/repository/branches', 'api-update-ref', { field: 'branch' }),
  row(WRITES, OWN_PROJECT, '/(?:members|deploy_keys|deploy_tokens|hooks)(?:/.*)?', 'api-protection', 'none'),
  row(/^(POST|PUT|DELETE)$/, GITLAB_PROJECT, '/repository/files/.+', 'api-update-ref', { field: 'branch' }),
  row(/^POST$/, GITLAB_PROJECT, '/repository/commits(?:/[^/]+/(?:cherry_pick|revert))?', 'api-update-ref', {
    field: 'branch',
  }),
  row(WRITES, GITLAB_PROJECT, '/protected_branches/([^/]+)', 'api-protection', 'path'),
  row(WRITES, GITLAB_PROJECT, '/protected_branches', 'api-protection', { field: 'name' }),
  row(WRITES, GITLAB_PROJECT, '/(?:push_rule|approvals|approval_rules)(?:/.*)?', 'api-protection', 'none'),
  row(/^POST$/, BITBUCKET_REPO, '/pullrequests/[^/]+/merge', 'api-merge', 'none'),
  row(/^POST$/, BITBUCKET_REPO, '/pullrequests/[^/]+/approve', 'api-approve', 'none'),
  row(/^DELETE$/, BITBUCKET_REPO, '/refs/branches/(.+)', 'api-delete-ref', 'path'),
  row(WRITES, BITBUCKET_REPO, '/branch-restrictions(?:/.*)?', 'api-protection', 'none'),
];

/** What is gone for good when it is deleted through the interface. */
const DELETIONS: readonly (readonly [path: RegExp, what: string])[] = [
  [new RegExp(`(?:^|/)repos/(?:[^/]+/[^/]+|${UNKNOWN})/?$`), 'repository'],
  [new RegExp(`${GITLAB_PROJECT}/?$`), 'repository'],
  [new RegExp(`${BITBUCKET_REPO}/?$`), 'repository'],
  [new RegExp(`(?:${GITHUB_REPO}|${GITLAB_PROJECT})/releases/[^/]+/?$`), 'release'],
  [/(?:^|\/)(?:orgs|users|projects)\/[^/]+\/packages\/.+$/, 'package'],
];

/** A change of the default branch moves what a policy protects; the others decide who sees the repository and who may write to it. */
const GUARDED_FIELDS = ['visibility', 'private', 'archived'] as const;
const SETTINGS = new RegExp(`(?:${GITHUB_REPO}|${GITLAB_PROJECT})/?$`);
const ACCESS = new RegExp(`(?:${OWN_REPO}|${OWN_PROJECT})/?$`);

/**
 * Git effects of a request to a forge.
 *
 * @param method HTTP method, any case
 * @param hostAndPath URL or path, with {@link UNKNOWN} for what is not known: `api.github.com/repos/o/r/merges`
 * @param fields query and body, flat
 * @param span where in the text the request stands
 */
export function readForgeApi(
  method: string,
  hostAndPath: string,
  fields: ForgeFields,
  span: Span = { start: 0, end: 0 },
): readonly GitEffect[] {
  const verb = method.toUpperCase();
  const path = barePath(hostAndPath);
  if (/(^|\/)graphql\/?$/.test(path)) return verb === 'POST' ? readGraphql(fields, span) : [];
  if (!WRITES.test(verb)) return [];
  if (SETTINGS.test(path) && /^(PATCH|PUT)$/.test(verb) && 'default_branch' in fields)
    return [{ kind: 'git', op: 'api-protection', branch: branchWord(fields.default_branch, span), span }];
  if (ACCESS.test(path) && /^(PATCH|PUT)$/.test(verb) && GUARDED_FIELDS.some((name) => name in fields))
    return [{ kind: 'git', op: 'api-protection', span }];
  for (const endpoint of ENDPOINTS) {
    const match = endpoint.methods.test(verb) ? endpoint.path.exec(path) : null;
    if (!match) continue;
    // A review on GitHub approves only with that word.
    const approves = !/reviews/.test(path) || fields.event === 'APPROVE';
    return endpoint.op === 'api-approve' && !approves ? [] : [effectOf(endpoint, match[1], fields, span)];
  }
  return [];
}

/**
 * What a request to a forge deletes for good: repositories, releases, packages.
 *
 * @param method HTTP method, any case
 * @param hostAndPath as for {@link readForgeApi}
 */
export function readForgeDeletion(
  method: string,
  hostAndPath: string,
  span: Span = { start: 0, end: 0 },
): readonly DataEffect[] {
  if (method.toUpperCase() !== 'DELETE') return [];
  const path = barePath(hostAndPath);
  const found = DELETIONS.find(([pattern]) => pattern.test(path));
  return found ? [{ kind: 'data', system: 'forge', op: `delete ${found[1]}`, destructive: true, span }] : [];
}

/** Without scheme, query and fragment. */
function barePath(hostAndPath: string): string {
  return (hostAndPath.split(/[?#]/, 1)[0] ?? '').replace(/^[a-z]+:\/\//i, '');
}

function effectOf(endpoint: Endpoint, found: string | undefined, fields: ForgeFields, span: Span): GitEffect {
  const { op, branch: at } = endpoint;
  const base: GitEffect = { kind: 'git', op, span };
  if (at === 'none') return base;
  const name = at === 'path' ? decode(found ?? UNKNOWN) : at === 'default' ? undefined : fields[at.field];
  if (name === undefined && typeof at === 'object' && at.orDefault) return base;
  const short = name?.replace(/^(?:refs\/)?heads\//, '');
  // `git/refs/tags/v1` and the like are no branches.
  if (name !== undefined && /^(?:refs\/)?(?!heads\/)(?:tags|notes|pull)\//.test(name)) {
    const full = name.startsWith('refs/') ? name : `refs/${name}`;
    const dst = branchWord(full, span);
    return { ...base, refs: [{ dst, force: isForced(fields), delete: op === 'api-delete-ref' }] };
  }
  const force = isForced(fields) ? { force: 'yes' as const } : {};
  if (short === '{branch}' || short === ':branch') return { ...base, onCurrent: true, ...force };
  return { ...base, branch: branchWord(short, span), ...force };
}

function isForced(fields: ForgeFields): boolean {
  return fields.force === 'true';
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
