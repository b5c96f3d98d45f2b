import { describe, expect, it } from 'vitest';
import { readForgeApi, readForgeDeletion } from '../../lib/programs/forge/api.ts';
import { readJsonFields, UNKNOWN } from '../../lib/programs/forge/fields.ts';
import { plain } from './call.ts';

type Expected = readonly Record<string, unknown>[];

describe('requests to forges', () => {
  it.each<[string, string, Record<string, string | undefined>, Expected]>([
    ['PUT', 'https://api.github.com/repos/o/r/pulls/1/merge', {}, [{ op: 'api-merge' }]],
    ['put', 'api.github.com/repos/o/r/pulls/1/merge', {}, [{ op: 'api-merge' }]],
    ['PUT', 'https://ghe.example/api/v3/repos/o/r/pulls/1/merge?x=y', {}, [{ op: 'api-merge' }]],
    ['POST', '/repos/o/r/merges', { base: 'main' }, [{ op: 'api-merge', branch: 'main' }]],
    ['POST', '/repos/o/r/merges', { base: undefined }, [{ op: 'api-merge', branch: undefined }]],
    ['POST', '/repos/o/r/merge-upstream', { branch: 'main' }, [{ op: 'api-update-ref', branch: 'main' }]],
    [
      'PATCH',
      '/repos/o/r/git/refs/heads/main',
      { force: 'true' },
      [{ op: 'api-update-ref', branch: 'main', force: 'yes' }],
    ],
    ['DELETE', '/repos/o/r/git/refs/heads/feature%2Fx', {}, [{ op: 'api-delete-ref', branch: 'feature/x' }]],
    [
      'DELETE',
      '/repos/o/r/git/refs/tags/v1',
      {},
      [{ op: 'api-delete-ref', refs: [{ dst: 'refs/tags/v1', delete: true }] }],
    ],
    ['DELETE', '/repos/o/r/git/refs/heads/%zz', {}, [{ op: 'api-delete-ref', branch: '%zz' }]],
    [
      'PUT',
      '/repos/o/r/contents/a/b.txt',
      { branch: 'refs/heads/main' },
      [{ op: 'api-update-ref', branch: 'main' }],
    ],
    ['POST', '/repos/o/r/branches/main/rename', {}, [{ op: 'api-update-ref', branch: 'main' }]],
    ['PUT', '/repos/o/r/branches/main/protection', {}, [{ op: 'api-protection', branch: 'main' }]],
    [
      'DELETE',
      '/repos/o/r/branches/main/protection/enforce_admins',
      {},
      [{ op: 'api-protection', branch: 'main' }],
    ],
    ['PUT', '/repos/o/r/rulesets/1', {}, [{ op: 'api-protection' }]],
    ['POST', '/orgs/o/rulesets', {}, [{ op: 'api-protection' }]],
    [
      'POST',
      'https://api.github.com/graphql',
      { query: 'mutation { mergePullRequest(input: {}) { x } }' },
      [{ op: 'api-merge' }],
    ],
    [
      'POST',
      'graphql',
      { query: 'mutation { mergeBranch(input: {base: $constructor}) { x } }' },
      [{ branch: undefined }],
    ],
    ['PUT', 'https://gitlab.com/api/v4/projects/1/merge_requests/2/merge', {}, [{ op: 'api-merge' }]],
    [
      'DELETE',
      'https://gitlab.com/api/v4/projects/o%2Fr/repository/branches/main',
      {},
      [{ op: 'api-delete-ref', branch: 'main' }],
    ],
    [
      'DELETE',
      'https://gitlab.com/api/v4/projects/1/protected_branches/main',
      {},
      [{ op: 'api-protection', branch: 'main' }],
    ],
    [
      'PUT',
      'https://gitlab.com/api/v4/projects/1/repository/files/a%2Fb',
      { branch: 'main' },
      [{ op: 'api-update-ref', branch: 'main' }],
    ],
    [
      'POST',
      'https://gitlab.com/api/v4/projects/1/repository/commits/abc/cherry_pick',
      { branch: 'main' },
      [{ branch: 'main' }],
    ],
    ['POST', 'https://gitea.example/api/v1/repos/o/r/pulls/1/merge', {}, [{ op: 'api-merge' }]],
    ['POST', 'https://gitea.example/api/v1/repos/o/r/branch_protections', {}, [{ op: 'api-protection' }]],
    [
      'POST',
      'https://api.bitbucket.org/2.0/repositories/w/r/pullrequests/1/merge',
      {},
      [{ op: 'api-merge' }],
    ],
    [
      'DELETE',
      'https://api.bitbucket.org/2.0/repositories/w/r/refs/branches/main',
      {},
      [{ op: 'api-delete-ref', branch: 'main' }],
    ],
    ['PUT', `https://api.github.com/repos/${UNKNOWN}/pulls/${UNKNOWN}/merge`, {}, [{ op: 'api-merge' }]],
    ['DELETE', `${UNKNOWN}/git/refs/heads/main`, {}, [{ op: 'api-delete-ref', branch: 'main' }]],
    [
      'DELETE',
      `/repos/o/r/git/refs/heads/release-${UNKNOWN}`,
      {},
      [{ op: 'api-delete-ref', branch: undefined }],
    ],
  ])('%s %s', (method, address, fields, expected) => {
    const found = plain(readForgeApi(method, address, fields)) as Expected;
    expect(found).toMatchObject(expected);
    expect(found).toHaveLength(expected.length);
  });

  it.each<[string, string]>([
    ['GET', 'https://api.github.com/repos/o/r/pulls/1/merge'],
    ['HEAD', '/repos/o/r/git/refs/heads/main'],
    ['POST', '/repos/o/r/pulls'],
    ['POST', '/repos/o/r/issues/1/comments'],
    ['POST', '/repos/o/r/pulls/1/reviews'],
    ['PATCH', '/repos/o/r/issues/1'],
    ['POST', 'http://localhost:3000/api/merge'],
    ['DELETE', 'http://localhost:3000/api/projects/1/items'],
    ['POST', 'http://localhost:3000/graphql'],
    ['PUT', 'https://gitlab.com/api/v4/projects/1/issues/1'],
    ['PUT', 'https://example.org/contents/a'],
  ])('%s %s changes no branch', (method, address) => {
    expect(readForgeApi(method, address, {})).toEqual([]);
    expect(readForgeDeletion(method, address)).toEqual([]);
  });

  it('knows what is deleted for good', () => {
    expect(readForgeDeletion('delete', 'https://api.github.com/repos/o/r')).toMatchObject([
      { op: 'delete repository' },
    ]);
    expect(readForgeDeletion('GET', 'https://api.github.com/repos/o/r')).toEqual([]);
    expect(readForgeDeletion('DELETE', 'https://gitlab.com/api/v4/projects/1/')).toMatchObject([
      { destructive: true },
    ]);
  });

  it('keeps the place in the text', () => {
    expect(readForgeApi('PUT', '/repos/o/r/pulls/1/merge', {}, { start: 3, end: 9 })[0]?.span).toEqual({
      start: 3,
      end: 9,
    });
  });

  it('answers long addresses at once', () => {
    const started = performance.now();
    readForgeApi('DELETE', `repos/${'a/'.repeat(100_000)}merge`, {});
    readForgeApi('POST', 'graphql', { query: `mutation ${'mergeBranch('.repeat(2_000)}` });
    expect(performance.now() - started).toBeLessThan(1000);
  });
});

describe('bodies', () => {
  it('are read flat', () => {
    expect(readJsonFields('{"a":1,"b":{"c":"x","a":2},"d":[{"e":1}],"f":null}')).toEqual({ a: '1', c: 'x' });
    expect(readJsonFields('no json')).toEqual({});
    expect(readJsonFields('[1]')).toEqual({});
  });
});
