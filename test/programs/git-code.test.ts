import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pages } from '../../lib/programs/git/index.ts';
import { fakeHost, plain, unknownWord, word } from './call.ts';
import { changes, effectsOf, read, runs } from './git-read.ts';

type Expected = readonly Record<string, unknown>[];

describe('code in settings and variables', () => {
  it.each<[string, string]>([
    ["git -c core.pager='touch x' log", 'touch x'],
    ["git -c core.editor='touch x' commit", 'touch x'],
    ["git -c CORE.sshCommand='touch x' fetch", 'touch x'],
    ["git -c core.fsmonitor='touch x' status", 'touch x'],
    ["git -c core.gitProxy='touch x for git.example' fetch", 'touch x'],
    ["git -c diff.external='touch x' diff", 'touch x'],
    ["git -c diff.Foo.textconv='touch x' diff", 'touch x'],
    ["git -c filter.f.smudge='touch x' checkout main", 'touch x'],
    ["git -c merge.m.driver='touch x' merge y", 'touch x'],
    ["git -c credential.helper='!touch x' fetch", 'touch x'],
    ["git -c credential.https://h.helper='/bin/touch x' fetch", '/bin/touch x'],
    ["git -c gpg.program='touch x' commit -S", 'touch x'],
    ["git -c sequence.editor='touch x' rebase -i", 'touch x'],
    ["git -c pager.log='touch x' log", 'touch x'],
    ["git -c remote.origin.uploadpack='touch x' fetch", 'touch x'],
    ["git -c difftool.t.cmd='touch x' difftool -t t", 'touch x'],
    ["V='touch x' git --config-env=core.pager=V log", 'touch x'],
    ["GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=core.pager GIT_CONFIG_VALUE_0='touch x' git log", 'touch x'],
    [`GIT_CONFIG_PARAMETERS="'core.pager=touch x'" git log`, 'touch x'],
    [`GIT_CONFIG_PARAMETERS="'core.pager'='touch x'" git log`, 'touch x'],
    ["GIT_SSH_COMMAND='touch x' git fetch", 'touch x'],
    ['GIT_SSH=/tmp/x git fetch', '/tmp/x'],
    ["GIT_PAGER='touch x' git log", 'touch x'],
    ["GIT_EDITOR='touch x' git commit", 'touch x'],
    ["GIT_SEQUENCE_EDITOR='touch x' git rebase -i main", 'touch x'],
    ["GIT_EXTERNAL_DIFF='touch x' git diff", 'touch x'],
    ['GIT_ASKPASS=/tmp/x git fetch', '/tmp/x'],
    ['GIT_PROXY_COMMAND=/tmp/x git fetch', '/tmp/x'],
    ["EDITOR='touch x' git commit", 'touch x'],
    ["git rebase --exec 'touch x' main", 'touch x'],
    ["git rebase -x 'touch x' main", 'touch x'],
    ["git difftool -x 'touch x'", 'touch x'],
    ["git difftool --extcmd='touch x'", 'touch x'],
    ["git grep -O'touch x' foo", 'touch x'],
    ["git grep --open-files-in-pager='touch x' foo", 'touch x'],
    ["git submodule foreach 'touch x'", 'touch x'],
    ["git submodule foreach --recursive 'touch x'", 'touch x'],
    ["git filter-branch --tree-filter 'touch x' HEAD", 'touch x'],
    ["git fetch --upload-pack='touch x' ../other", 'touch x'],
    ["git clone -u 'touch x' ../other", 'touch x'],
    ["git clone -c core.fsmonitor='touch x' ../other", 'touch x'],
    ["git ls-remote --upload-pack 'touch x' ../other", 'touch x'],
    ["git archive --remote=../other --exec='touch x' HEAD", 'touch x'],
    ["git send-email --sendmail-cmd='touch x' a.patch", 'touch x'],
    ["git send-email --to-cmd='touch x' a.patch", 'touch x'],
    ["git instaweb --httpd='touch x'", 'touch x'],
    ["git config core.pager 'touch x'", 'touch x'],
    ["git config --global core.sshCommand 'touch x'", 'touch x'],
    ["git config set diff.external 'touch x'", 'touch x'],
    ["git config credential.helper '!touch x'", 'touch x'],
  ])('%s', (line, code) => {
    expect(runs(line)).toMatchObject([{ kind: 'code', lang: 'sh', code }]);
  });

  it.each([
    'git -c user.name=x commit -m y',
    'git -c core.fsmonitor=false status',
    'git -c pager.log=true log',
    'git -c credential.helper=store fetch',
    'git -c core.pager= log',
    'EDITOR=vim git commit',
    'PAGER=less git log',
    'git config core.editor vim',
    'git config core.fsmonitor true',
    'git config credential.helper store',
    'git config alias.st status',
    "git config --unset core.pager 'touch x'",
    'git commit -m "rebase --exec rm"',
  ])('%s runs nothing', (line) => {
    expect(runs(line)).toEqual([]);
  });

  it.each<[string, readonly string[]]>([
    ['git bisect run sh -c x', ['sh', '-c', 'x']],
    ['git submodule foreach git clean -xfd', ['git', 'clean', '-xfd']],
    ['git merge-index -o git-merge-one-file -a', ['git-merge-one-file', '-a']],
    ['git for-each-repo --config=r.x clean -fd', ['git', 'clean', '-fd']],
    ['git fetch "ext::sh -c touch% x %S"', ['sh', '-c', 'touch x']],
    ['git -c remote.x.url="ext::touch x" fetch x', ['touch', 'x']],
    ['git crypt unlock', ['git-crypt', 'unlock']],
  ])('%s starts a program', (line, argv) => {
    expect(runs(line)).toMatchObject([{ kind: 'argv', argv }]);
  });

  it('runs the hook that is named', () => {
    expect(runs('git hook run pre-push')).toMatchObject([
      { kind: 'file', path: '/work/app/.git/hooks/pre-push' },
    ]);
    expect(runs('git -c core.hooksPath=/x hook run a')).toMatchObject([{ path: '/x/a' }]);
  });

  it('runs a program of the other side there', () => {
    expect(runs("git clone -u 'x y' git@git.example:r")).toMatchObject([{ code: 'x y', place: 'remote' }]);
  });

  it.each([
    'git $CMD',
    'git $FLAGS push',
    'git --exec-path=/tmp/x fetch',
    'GIT_EXEC_PATH=/tmp/x git fetch',
    'git -c include.path=/tmp/x status',
    'GIT_CONFIG_GLOBAL=/tmp/x git status',
    'git -c $SETTING status',
    'git -c help.autocorrect=1 psuh',
    'git -c alias.x=$Y x',
  ])('%s cannot be seen through', (line) => {
    expect(effectsOf('opaque', line)).toHaveLength(1);
  });

  it.each(['GIT_CONFIG_GLOBAL=/dev/null git status', 'GIT_CONFIG_NOSYSTEM=1 git status', 'git --exec-path'])(
    '%s is plain',
    (line) => {
      expect(changes(line)).toEqual([]);
    },
  );
});

describe('aliases', () => {
  it('follows those that stand for git commands', () => {
    expect(effectsOf('git', 'git -c alias.x="push origin" x HEAD:main')).toMatchObject([
      { op: 'push', refs: [{ src: 'HEAD', dst: 'main' }] },
    ]);
    expect(effectsOf('git', 'git pm')).toMatchObject([{ op: 'push', refs: [{ src: 'HEAD', dst: 'main' }] }]);
    expect(effectsOf('git', 'git -C sub PM')).toMatchObject([{ op: 'push', repo: 'sub' }]);
    expect(effectsOf('git', 'git -c alias.a=b -c alias.b="reset --hard" a')).toMatchObject([
      { op: 'reset', lossy: true },
    ]);
  });

  it('follows those that are shell text, with their arguments, at the top of the work tree', () => {
    expect(runs('git nuke')).toMatchObject([{ kind: 'code', code: 'git reset --hard', cwd: '/work/app' }]);
    expect(runs('git nuke now')).toMatchObject([
      { code: 'git reset --hard "$@"', args: ['git reset --hard', 'now'] },
    ]);
    expect(runs("git -c alias.x='!rm -rf y' x")).toMatchObject([{ code: 'rm -rf y' }]);
  });

  it('calls a setting from an unknown variable unknown', () => {
    expect(runs('git --config-env=core.pager=V log')).toMatchObject([{ kind: 'code', code: undefined }]);
  });

  it("does not let one hide a command of git's own", () => {
    expect(effectsOf('git', 'git -c alias.push=status push origin main')).toMatchObject([{ op: 'push' }]);
  });

  it('stops at loops', () => {
    expect(effectsOf('opaque', 'git loop')).toMatchObject([{ cause: 'limit' }]);
  });
});

describe('git config', () => {
  it.each<[string, Expected]>([
    ['git config core.hooksPath /tmp/h', [{ op: 'config', key: 'core.hookspath', value: '/tmp/h' }]],
    ['git config --global CORE.HooksPath /tmp/h', [{ op: 'config', key: 'core.hookspath' }]],
    ['git config alias.X "!rm -rf y"', [{ op: 'config', key: 'alias.x', value: '!rm -rf y' }]],
    ['git config --add remote.Up.url https://evil.example', [{ op: 'config', key: 'remote.Up.url' }]],
    ['git config set --append a.b c', [{ op: 'config', key: 'a.b', value: 'c' }]],
    ['git config --replace-all a.b c', [{ op: 'config', key: 'a.b', value: 'c' }]],
    ['git config a.b $V', [{ op: 'config', key: 'a.b', value: undefined }]],
    ['git config --unset a.b', [{ op: 'config', key: 'a.b' }]],
    ['git config unset a.b', [{ op: 'config', key: 'a.b' }]],
    ['git config --remove-section alias', [{ op: 'config', key: 'alias' }]],
    ['git config -e', [{ op: 'config' }]],
    ['git config edit', [{ op: 'config' }]],
    ['GIT_TEMPLATE_DIR=/tmp/t git init', [{ op: 'config', key: 'init.templatedir' }, { op: 'other-write' }]],
    ['git init --template=/tmp/t', [{ op: 'other-write' }, { op: 'config', key: 'init.templatedir' }]],
    ['git maintenance start', [{ op: 'config' }]],
  ])('%s', (line, expected) => {
    expect(effectsOf('git', line)).toMatchObject(expected);
  });

  it.each<[string, string]>([
    ['git credential fill', 'read'],
    ['git credential approve', 'write'],
    ['git credential reject', 'delete'],
    ['git credential-store --file x get', 'read'],
    ['git credential-osxkeychain get', 'read'],
    ['git config --get http.https://git.example/.extraheader', 'read'],
    ['git config --get-regexp token', 'read'],
    ['git config github.token x', 'write'],
  ])('%s hands out or keeps a credential', (line, op) => {
    expect(effectsOf('secret', line)).toMatchObject([{ op }]);
  });

  it('keeps what starts again later', () => {
    expect(effectsOf('run', 'git maintenance start')).toMatchObject([{ persistent: true }]);
  });
});

describe('odd input', () => {
  const odd = fc.oneof(
    fc.constantFrom(
      ...[
        'constructor',
        '__proto__',
        'toString',
        '--',
        '-',
        '',
        '-c',
        '-C',
        '--git-dir',
        '=',
        ':',
        '::',
        '+',
        '^',
        '@{',
      ],
      ...[
        'push',
        'config',
        'checkout',
        'fetch',
        'remote',
        'stash',
        'branch',
        'submodule',
        'worktree',
        'apply',
        'log',
      ],
      ...[
        'ext::',
        'a=b',
        '--force-with-lease',
        '-n',
        '-f',
        '-d',
        'HEAD:',
        ':0:',
        ':(',
        ':!',
        'constructor=1',
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

  it('never throws', () => {
    const [page] = pages;
    fc.assert(
      fc.property(
        fc.array(argument, { maxLength: 6 }),
        fc.array(fc.record({ name: odd, value: argument }), { maxLength: 2 }),
        (args, assignments) => {
          const call = {
            name: 'git',
            args,
            invocation: {
              argv: [word('git'), ...args],
              assignments,
              redirects: [],
              cwd: word('/work/app'),
              via: [],
              span: { start: 0, end: 0 },
            },
            host: fakeHost(),
          };
          expect(() => plain(page?.read(call))).not.toThrow();
        },
      ),
      { numRuns: 3000 },
    );
  });

  it('stays fast on long words', () => {
    const long = 'a/'.repeat(50_000);
    const started = performance.now();
    for (const line of [
      `git push origin ${long}:${long}`,
      `git checkout ${long}`,
      `git fetch ${long}`,
      `git -c ${long}=x log`,
    ])
      read(line);
    read('git apply', { stdin: `--- ${long}\n+++ ${long}\n`.repeat(5) });
    expect(performance.now() - started).toBeLessThan(1000);
  });
});
