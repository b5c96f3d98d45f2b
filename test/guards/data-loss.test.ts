import { describe, expect, it } from 'vitest';
import guard from '../../lib/guards/data-loss/guard.ts';
import type { FileEffect, GitEffect } from '../../lib/types/effect.ts';
import { data, file, git, HOME, judge, locate, outcome, unknown, unknownFile, word } from './build.ts';

const all = { recursive: true } as const;

describe('deletes', () => {
  it.each<[string, FileEffect, string]>([
    ['a file of the project', file('delete', 'src/a.ts'), 'pass'],
    ['a tree of the project', file('delete', 'src/old', all), 'pass'],
    ['the project', file('delete', '.', all), 'deny'],
    ['the project by its name', file('delete', '~/work/app', all), 'deny'],
    ['the project, as an empty directory', file('delete', '.'), 'pass'],
    ['everything at its top', file('delete', '*', all), 'deny'],
    ['every plain file at its top', file('delete', '*'), 'deny'],
    ['every hidden name at its top', file('delete', '.*', all), 'deny'],
    ['some names at its top', file('delete', '*.log', all), 'pass'],
    ['everything in one directory', file('delete', 'src/*', all), 'pass'],
    ['everything everywhere', file('delete', '**', all), 'deny'],
    ['names everywhere', file('delete', '**/*.log'), 'pass'],
    ['the repository', file('delete', '.git', all), 'deny'],
    ['a part of the repository', file('delete', '.git/objects', all), 'deny'],
    ['a stale lock of the repository', file('delete', '.git/index.lock'), 'pass'],
    ['a name that starts like it', file('delete', '.github', all), 'pass'],
    ['a tree in another project', file('delete', '~/work/other/src', all), 'deny'],
    ['a file in another project', file('delete', '~/work/other/notes.md'), 'deny'],
    ['what another project makes again', file('delete', '~/work/other/dist', all), 'pass'],
    ['all that another project makes again', file('delete', '~/work/other/dist/*', all), 'pass'],
    ['a package of another project', file('delete', '~/work/other/node_modules/x', all), 'pass'],
    ['a cache', file('delete', '~/.cache/pip', all), 'pass'],
    ['settings', file('delete', '~/.config', all), 'deny'],
    ['home', file('delete', '~', all), 'deny'],
    ['a directory that holds home', file('delete', '/home', all), 'deny'],
    ['every home', file('delete', '/home/*', all), 'deny'],
    ['the disk', file('delete', '/', all), 'deny'],
    ['everything on the disk', file('delete', '/*', all), 'deny'],
    ['the system', file('delete', '/usr/lib', all), 'deny'],
    ['a file of the system', file('delete', '/etc/hosts'), 'deny'],
    ['build output of the system', file('delete', '/usr/lib/node_modules/x', all), 'deny'],
    ['a temporary tree', file('delete', '/tmp/x', all), 'pass'],
    ['all that is temporary', file('delete', '/tmp', all), 'deny'],
    ['all in the temporary directory', file('delete', '/tmp/*', all), 'warn'],
  ])('%s', (_, effect, expected) => {
    expect(outcome(guard, [effect])).toBe(expected);
  });

  it.each<[string, FileEffect, string]>([
    ['an unknown tree', unknownFile('delete', [null], all), 'uncertain'],
    ['an unknown file', unknownFile('delete', [null]), 'pass'],
    ['build output of an unknown directory', unknownFile('delete', [null, '/node_modules'], all), 'pass'],
    ['all build output of one', unknownFile('delete', [null, '/dist/*'], all), 'pass'],
    ['all of an unknown directory', unknownFile('delete', [null, '/*'], all), 'uncertain'],
    ['a mere ending', unknownFile('delete', [null, 'dist'], all), 'uncertain'],
    [
      'something temporary',
      unknownFile('delete', ['/tmp/', null], { ...all, below: locate('/tmp', 'directory') }),
      'pass',
    ],
    [
      'something in a directory of the project',
      unknownFile('delete', ['src/', null], { ...all, below: locate('src') }),
      'pass',
    ],
    [
      'something in the project',
      unknownFile('delete', ['./', null], { ...all, below: locate('.') }),
      'uncertain',
    ],
    [
      'build output somewhere in the project',
      unknownFile('delete', ['./', null, '__pycache__'], { ...all, below: locate('.') }),
      'pass',
    ],
    ['something at home', unknownFile('delete', ['~/', null], { ...all, below: locate('~') }), 'deny'],
    [
      'something in a cache',
      unknownFile('delete', ['~/.cache/', null], { ...all, below: locate('~/.cache') }),
      'pass',
    ],
    ['names on the whole disk', unknownFile('delete', ['/', null, '.db'], { below: locate('/') }), 'deny'],
    ['names in the project', unknownFile('delete', ['./', null, '.pyc'], { below: locate('.') }), 'pass'],
  ])('%s', (_, effect, expected) => {
    expect(outcome(guard, [effect])).toBe(expected);
  });

  it.each<[string, FileEffect, string]>([
    ['the data of another machine', { ...file('delete', '/var/lib/data', all), place: 'remote' }, 'deny'],
    ['its home', { ...file('delete', '~/app', all), place: 'remote' }, 'deny'],
    ['its working directory', { ...file('delete', '*', all), place: 'remote' }, 'deny'],
    ['its build output', { ...file('delete', 'app/dist', all), place: 'remote' }, 'pass'],
    ['a relative tree of it', { ...file('delete', 'app/old', all), place: 'remote' }, 'pass'],
    ['a single file of it', { ...file('delete', '/var/log/x.txt'), place: 'remote' }, 'pass'],
    ['its temporary files', { ...file('delete', '/tmp/x', all), place: 'remote' }, 'pass'],
    ['more than its temporary files', { ...file('delete', '/tmp/../etc', all), place: 'remote' }, 'deny'],
    ['something unknown of it', { ...unknownFile('delete', [null], all), place: 'remote' }, 'uncertain'],
    ['a container', { ...file('delete', '/var/lib/data', all), place: 'container' }, 'note'],
  ])('elsewhere: %s', (_, effect, expected) => {
    const { at: _at, ...elsewhere } = effect;
    expect(outcome(guard, [elsewhere])).toBe(expected);
  });

  it('takes what may be deleted from the policy', () => {
    const options = { disposable: ['scratch', '~/lab/**'] };
    expect(outcome(guard, [file('delete', '~/work/other/scratch', all)], { options })).toBe('pass');
    expect(outcome(guard, [file('delete', '~/lab/a/b', all)], { options })).toBe('pass');
    expect(outcome(guard, [file('delete', '~/work/other/dist', all)], { options })).toBe('deny');
  });

  it('names the path and where an exception would match', () => {
    expect(judge(guard, [file('delete', '~/notes', all)])).toMatchObject([
      { message: expect.stringContaining('this deletes ~/notes'), subject: { path: '~/notes' } },
    ]);
    expect(judge(guard, [file('delete', '.', all)])[0]?.message).toContain('the project directory');
    expect(judge(guard, [file('delete', `${HOME}/a\u001b[31m`, all)])[0]?.message).toContain('~/a?[31m');
  });
});

describe('permissions, moves and overwrites', () => {
  it.each<[string, FileEffect, string]>([
    ['chmod -R 000 of the project', file('chmod', '.', { ...all, mode: '000' }), 'deny'],
    ['chmod -R a-rwx', file('chmod', 'src', { ...all, mode: 'a-rwx' }), 'deny'],
    ['chmod -R -r', file('chmod', 'src', { ...all, mode: '-r' }), 'deny'],
    ['chmod -R u=', file('chmod', 'src', { ...all, mode: 'u=' }), 'deny'],
    ['chmod -R 755', file('chmod', 'src', { ...all, mode: '755' }), 'pass'],
    ['chmod -R go-rwx', file('chmod', 'src', { ...all, mode: 'go-rwx' }), 'pass'],
    ['chmod -R u+x,g-w', file('chmod', 'src', { ...all, mode: 'u+x,g-w' }), 'pass'],
    ['chmod 000 of one file', file('chmod', 'a.ts', { mode: '000' }), 'pass'],
    ['chown -R in the project', file('chmod', 'dist', all), 'pass'],
    ['chown -R of the system', file('chmod', '/etc', all), 'deny'],
    ['chmod -R of home', file('chmod', '~', { ...all, mode: '700' }), 'deny'],
    ['chmod -R of a cache', file('chmod', '~/.cache/x', { ...all, mode: '700' }), 'pass'],
    ['chmod -R of a temporary tree', file('chmod', '/tmp/x', { ...all, mode: '000' }), 'pass'],
    [
      'a move in the project',
      { ...file('move', 'src/b.ts'), from: word('src/a.ts'), fromAt: locate('src/a.ts') },
      'pass',
    ],
    ['the project moved away', { ...file('move', '/tmp/x'), from: word('.'), fromAt: locate('.') }, 'deny'],
    ['a disk', file('write', '/dev/sda'), 'deny'],
    ['a partition', file('write', '/dev/nvme0n1p2'), 'deny'],
    ['nothing', file('write', '/dev/null'), 'pass'],
    ['the terminal', file('append', '/dev/tty'), 'pass'],
    ['shared memory', file('write', '/dev/shm/x'), 'pass'],
    [
      'a file of the project',
      file('write', 'src/a.ts', { clobbers: true, at: locate('src/a.ts', 'file') }),
      'pass',
    ],
    ['a read of a device', file('read', '/dev/sda'), 'pass'],
  ])('%s', (_, effect, expected) => {
    expect(outcome(guard, [effect])).toBe(expected);
  });

  it.each<[string, FileEffect, string]>([
    ['a file that is there', file('write', 'a.ts', { clobbers: true, at: locate('a.ts', 'file') }), 'deny'],
    ['a new file', file('write', 'a.ts', { clobbers: true }), 'pass'],
    ['a patch', file('write', 'a.ts', { at: locate('a.ts', 'file') }), 'pass'],
    ['a log', file('write', 'a.log', { clobbers: true, at: locate('a.log', 'file') }), 'pass'],
    ['a temporary file', file('write', '/tmp/a', { clobbers: true, at: locate('/tmp/a', 'file') }), 'pass'],
  ])('with overwrites counted: %s', (_, effect, expected) => {
    expect(outcome(guard, [effect], { options: { overwrites: true } })).toBe(expected);
  });
});

describe('history', () => {
  it.each<[string, GitEffect, string]>([
    ['reset --hard', git('reset', { lossy: true }), 'deny'],
    ['reset --soft', git('reset'), 'pass'],
    ['clean -f', git('clean', { lossy: true }), 'deny'],
    ['checkout -- .', git('restore', { lossy: true, paths: [word('.')] }), 'deny'],
    ['checkout main -- a', git('restore', { paths: [word('a')] }), 'pass'],
    ['checkout -f', git('checkout', { lossy: true }), 'deny'],
    ['switch --discard-changes', git('switch', { lossy: true, branch: word('main') }), 'deny'],
    ['switch', git('switch', { branch: word('main') }), 'pass'],
    ['stash', git('stash'), 'pass'],
    ['stash drop', git('stash-drop'), 'deny'],
    ['branch -d', git('branch-delete', { branch: word('x') }), 'pass'],
    ['branch -D', git('branch-delete', { branch: word('x'), force: 'yes' }), 'warn'],
    [
      'branch -D, by refs',
      git('branch-delete', { refs: [{ dst: word('x'), force: true, delete: true }], lossy: true }),
      'warn',
    ],
    ['reflog expire', git('reflog-expire'), 'deny'],
    ['gc', git('gc'), 'pass'],
    ['gc --prune=now', git('gc', { lossy: true }), 'deny'],
    ['filter-branch', git('filter-history'), 'deny'],
    ['update-ref', git('update-ref', { refs: [{ dst: word('x'), force: false, delete: false }] }), 'pass'],
    ['update-ref -d', git('update-ref', { refs: [{ dst: word('x'), force: false, delete: true }] }), 'deny'],
    ['worktree remove', git('worktree'), 'pass'],
    ['worktree remove --force', git('worktree', { lossy: true }), 'deny'],
    ['rm -f', git('rm', { lossy: true }), 'deny'],
    ['rm', git('rm'), 'pass'],
    ['submodule deinit -f', git('submodule', { lossy: true }), 'deny'],
    ['push', git('push', { refs: [{ dst: word('x'), force: false, delete: false }] }), 'pass'],
    ['push --delete', git('push', { refs: [{ dst: word('x'), force: false, delete: true }] }), 'warn'],
    ['push --prune', git('push', { lossy: true }), 'deny'],
  ])('%s', (_, effect, expected) => {
    expect(outcome(guard, [effect])).toBe(expected);
  });

  it.each<[string, string]>([
    ['/tmp/base', 'pass'],
    ['~/work/other', 'deny'],
    ['src', 'deny'],
  ])('a worktree at %s goes by force', (path, expected) => {
    const tree = file('delete', path, all);
    const gone = git('worktree', { lossy: true, paths: [tree.path] });
    expect(outcome(guard, [gone, tree])).toBe(expected);
    expect(outcome(guard, [gone, { ...tree, path: { ...tree.path, span: { start: 9, end: 12 } } }])).toBe(
      'deny',
    );
  });

  it('offers to keep the one file that would be lost', () => {
    const [found] = judge(guard, [git('restore', { lossy: true, paths: [word('src/a.ts')] })]);
    expect(found?.remedy).toBe('keep them first with `git stash push -- src/a.ts`');
    const [odd] = judge(guard, [git('restore', { lossy: true, paths: [word("it's; rm")] })]);
    expect(odd?.remedy).not.toContain("it's");
  });
});

describe('data', () => {
  it.each([
    ['DROP TABLE', data('postgres', 'DROP TABLE', { target: word('users') }), 'deny'],
    ['a test table', data('postgres', 'DROP DATABASE', { target: word('app_test') }), 'pass'],
    ['an unknown table', data('postgres', 'DROP TABLE', { target: unknown() }), 'deny'],
    ['a pattern of test tables', data('redis', 'DEL', { target: word('test_*') }), 'deny'],
    ['flush', data('redis', 'FLUSHALL'), 'deny'],
    ['plan', data('terraform', 'plan', { destructive: false }), 'pass'],
    ['destroy', data('terraform', 'destroy'), 'deny'],
    ['disk', data('disk', 'mkfs', { target: word('/dev/sda1') }), 'deny'],
  ] as const)('%s', (_, effect, expected) => {
    expect(outcome(guard, [effect])).toBe(expected);
  });

  it('fits the remedy to the system', () => {
    expect(judge(guard, [data('mysql', 'DROP TABLE')])[0]?.remedy).toContain('migration');
    expect(judge(guard, [data('terraform', 'destroy')])[0]?.remedy).toContain('terraform plan');
    expect(judge(guard, [data('aws', 's3 rm')])[0]?.remedy).toContain('person');
  });
});
