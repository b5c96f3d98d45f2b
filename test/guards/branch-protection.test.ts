import { describe, expect, it } from 'vitest';
import guard from '../../lib/guards/branch-protection/guard.ts';
import type { GitEffect, RefUpdate } from '../../lib/types/effect.ts';
import { git, judge, outcome, unknown, word } from './build.ts';

const ref = (dst: string, more: Partial<RefUpdate> = {}): RefUpdate => ({
  dst: word(dst),
  force: false,
  delete: false,
  ...more,
});
const push = (...refs: RefUpdate[]): GitEffect => git('push', { refs, branch: word('feature/x') });
const onMain = { branch: word('main'), onCurrent: true } as const;

describe('pushes', () => {
  it.each<[string, GitEffect, string]>([
    ['a protected branch', push(ref('main')), 'deny'],
    ['its full name', push(ref('refs/heads/main')), 'deny'],
    ['its half name', push(ref('heads/main')), 'deny'],
    ['a glob of the policy', push(ref('release/1.2')), 'deny'],
    ['a glob that names one part only', push(ref('release/1/2')), 'pass'],
    ['a name that merely starts alike', push(ref('maintenance')), 'pass'],
    ['a delete', push(ref('main', { delete: true })), 'deny'],
    ['a delete of another branch', push(ref('feature/y', { delete: true })), 'pass'],
    ['a wildcard over all branches', push(ref('refs/heads/*')), 'deny'],
    ['a wildcard over own branches', push(ref('refs/heads/feature/*')), 'pass'],
    ['a wildcard over all refs', push(ref('refs/*')), 'deny'],
    ['a tag', push(ref('v1.0.0')), 'pass'],
    ['a tag of the same name', push(ref('refs/tags/main')), 'pass'],
    ['a review ref', push(ref('refs/for/main')), 'pass'],
    ['the second of two refs', push(ref('feature/x'), ref('main')), 'deny'],
    ['every branch', git('push', { allRefs: 'branches' }), 'deny'],
    ['a mirror', git('push', { allRefs: 'mirror' }), 'deny'],
    ['every tag', git('push', { allRefs: 'tags', branch: word('main') }), 'pass'],
    ['the current branch', git('push', { branch: word('feature/x') }), 'pass'],
    ['the current branch, protected', git('push', onMain), 'deny'],
    ['HEAD on a feature branch', push(ref('HEAD', { src: word('HEAD') })), 'pass'],
    ['HEAD on main', git('push', { ...onMain, refs: [ref('HEAD')] }), 'deny'],
    [
      'HEAD, destination not written',
      git('push', {
        onCurrent: true,
        branch: word('main'),
        refs: [{ ...ref('x', { src: word('HEAD') }), dst: unknown() }],
      }),
      'deny',
    ],
    [
      'HEAD on a feature branch, destination not written',
      git('push', {
        onCurrent: true,
        branch: word('f'),
        refs: [{ ...ref('x', { src: word('HEAD') }), dst: unknown() }],
      }),
      'pass',
    ],
    [
      'a detached head',
      git('push', { onCurrent: true, refs: [{ ...ref('x', { src: word('HEAD') }), dst: unknown() }] }),
      'pass',
    ],
    [
      'another commit, destination not written',
      push({ ...ref('x', { src: word('x~2') }), dst: unknown() }),
      'uncertain',
    ],
    ['an unknown branch', push({ dst: unknown(), force: false, delete: false }), 'uncertain'],
    ['an unknown end', push({ dst: unknown('feature/', null), force: false, delete: false }), 'pass'],
    [
      'an unknown end that may be protected',
      push({ dst: unknown('release/', null), force: false, delete: false }),
      'uncertain',
    ],
    ['an unknown start', push({ dst: unknown(null, 'main'), force: false, delete: false }), 'uncertain'],
    [
      'an unknown start, another branch',
      push({ dst: unknown(null, '/x/y'), force: false, delete: false }),
      'pass',
    ],
    ['nothing that is known', git('push', { branch: unknown() }), 'uncertain'],
  ])('%s', (_, effect, expected) => {
    expect(outcome(guard, [effect])).toBe(expected);
  });

  it.each<[string, GitEffect, string, string]>([
    ['force', { ...push(ref('feature/x')), force: 'yes' }, 'lease', 'deny'],
    ['plus in front of the ref', push(ref('feature/x', { force: true })), 'lease', 'deny'],
    ['a lease', { ...push(ref('feature/x')), force: 'lease' }, 'lease', 'pass'],
    ['a lease, never', { ...push(ref('feature/x')), force: 'lease' }, 'never', 'deny'],
    ['no force, never', push(ref('feature/x')), 'never', 'pass'],
    ['force, any', { ...push(ref('feature/x')), force: 'yes' }, 'any', 'pass'],
    ['a lease on a protected branch', { ...push(ref('main')), force: 'lease' }, 'any', 'deny'],
    ['force of the current branch', git('push', { branch: word('f'), force: 'yes' }), 'lease', 'deny'],
  ])('force option: %s', (_, effect, force, expected) => {
    expect(outcome(guard, [effect], { options: { force } })).toBe(expected);
  });

  it('protects the default branch of a remote, unless told not to', () => {
    const host = { git: { defaultBranches: ['develop'], branch: 'feature/x', remotes: new Map() } };
    const effects = [push(ref('develop'))];
    expect(outcome(guard, effects)).toBe('pass');
    expect(outcome(guard, effects, { host })).toBe('deny');
    expect(outcome(guard, effects, { host, options: { remoteDefaults: false } })).toBe('pass');
  });
});

describe('local writes', () => {
  it.each<[string, GitEffect, string]>([
    ['commit', git('commit', onMain), 'deny'],
    ['commit elsewhere', git('commit', { branch: word('feature/x') }), 'pass'],
    ['commit with a detached head', git('commit', { onCurrent: true }), 'pass'],
    ['commit on an unknown branch', git('commit', { branch: unknown() }), 'uncertain'],
    ['merge', git('merge', onMain), 'deny'],
    ['rebase', git('rebase', onMain), 'deny'],
    ['reset', git('reset', onMain), 'deny'],
    ['reset of paths', git('reset', { ...onMain, paths: [word('a.ts')] }), 'pass'],
    ['cherry-pick', git('cherry-pick', onMain), 'deny'],
    ['pull', git('pull', onMain), 'pass'],
    ['pull of itself', git('pull', { ...onMain, refs: [ref('main', { src: word('main') })] }), 'pass'],
    [
      'pull of another branch',
      git('pull', { ...onMain, refs: [ref('main', { src: word('feature/x') })] }),
      'deny',
    ],
    [
      'merge of its upstream',
      git('merge', { ...onMain, refs: [ref('main', { src: word('origin/main') })] }),
      'pass',
    ],
    ['merge of @{u}', git('merge', { ...onMain, refs: [ref('main', { src: word('@{u}') })] }), 'pass'],
    [
      'merge of a lookalike',
      git('merge', { ...onMain, refs: [ref('main', { src: word('origin/x/main') })] }),
      'deny',
    ],
    [
      'reset to its upstream',
      git('reset', { ...onMain, refs: [ref('main', { src: word('origin/main') })] }),
      'deny',
    ],
    ['stash', git('stash', onMain), 'pass'],
    ['checkout', git('checkout', { branch: word('main') }), 'pass'],
    ['branch -d', git('branch-delete', { refs: [ref('feature/x', { delete: true })] }), 'pass'],
    ['branch -d of what shows later', git('branch-delete', { branch: unknown(), force: 'no' }), 'pass'],
    ['branch -D of what shows later', git('branch-delete', { branch: unknown(), force: 'yes' }), 'uncertain'],
    ['branch -d main', git('branch-delete', { branch: word('main'), force: 'no' }), 'deny'],
    ['branch -D main', git('branch-delete', { refs: [ref('main', { delete: true })] }), 'deny'],
    ['branch -D main, by branch', git('branch-delete', { branch: word('main') }), 'deny'],
    ['branch main', git('branch-create', { branch: word('main') }), 'pass'],
    ['branch -f main', git('branch-create', { branch: word('main'), force: 'yes' }), 'deny'],
    ['branch -m main x', git('branch-rename', { refs: [ref('x', { src: word('main') })] }), 'deny'],
    ['branch -m x y', git('branch-rename', { refs: [ref('y', { src: word('x') })] }), 'pass'],
    ['update-ref', git('update-ref', { refs: [ref('refs/heads/main')] }), 'deny'],
    ['update-ref elsewhere', git('update-ref', { refs: [ref('refs/notes/x')] }), 'pass'],
  ])('%s', (_, effect, expected) => {
    expect(outcome(guard, [effect])).toBe(expected);
  });

  it('lets a policy allow work on a protected branch, but not pushes to it', () => {
    const options = { local: false };
    expect(outcome(guard, [git('commit', onMain)], { options })).toBe('pass');
    expect(outcome(guard, [git('pull', { ...onMain, refs: [ref('x')] })], { options })).toBe('pass');
    expect(outcome(guard, [git('push', onMain)], { options })).toBe('deny');
  });
});

describe('forge and configuration', () => {
  it.each<[string, GitEffect, string]>([
    ['merge of a pull request', git('api-merge'), 'deny'],
    ['merge into another branch', git('api-merge', { branch: word('feature/y') }), 'pass'],
    ['protection', git('api-protection'), 'deny'],
    ['ref', git('api-update-ref', { refs: [ref('heads/main')] }), 'deny'],
    ['other ref', git('api-update-ref', { refs: [ref('refs/heads/feature/y')] }), 'pass'],
    ['ref delete', git('api-delete-ref', { branch: word('main') }), 'deny'],
    ['push refspec', git('config', { key: 'remote.origin.push', value: word('HEAD:main') }), 'deny'],
    ['own refspec', git('config', { key: 'remote.origin.push', value: word('HEAD:feature/x') }), 'pass'],
    ['mirror', git('config', { key: 'remote.origin.mirror', value: word('true') }), 'deny'],
    ['user name', git('config', { key: 'user.name', value: word('main') }), 'pass'],
  ])('%s', (_, effect, expected) => {
    expect(outcome(guard, [effect])).toBe(expected);
  });
});

describe('words', () => {
  it('names the branch and a way that is open', () => {
    expect(judge(guard, [push(ref('refs/heads/main'))])).toMatchObject([
      {
        message: 'this pushes to the protected branch main',
        remedy: 'push your own branch with `git push -u origin feature/x` and open a pull request',
        subject: { branch: 'main' },
      },
    ]);
    expect(judge(guard, [git('push', onMain)])[0]?.remedy).toContain('git switch -c fix/topic');
  });

  it('says a thing once, with every place', () => {
    const found = judge(guard, [git('commit', onMain), git('commit', onMain)]);
    expect(found).toHaveLength(1);
    expect(found[0]?.evidence).toHaveLength(2);
  });
});
