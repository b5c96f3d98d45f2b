import { describe, expect, it } from 'vitest';
import guard from '../../lib/guards/persistence/guard.ts';
import type { Effect } from '../../lib/types/effect.ts';
import { file, git, locate, outcome, run, unknownFile, word } from './build.ts';

const config = (key: string, value: string) => git('config', { key, value: word(value) });

describe('persistence', () => {
  it.each<[string, Effect, string]>([
    ['a start file', file('append', '~/.bashrc'), 'deny'],
    ['a read of one', file('read', '~/.bashrc'), 'pass'],
    ['a service', file('create', '~/.config/systemd/user/x.service'), 'deny'],
    ['a timer', file('write', '/etc/cron.d/x'), 'deny'],
    ['the timers', file('write', '/etc/crontab'), 'deny'],
    ['a program of PATH', file('link', '~/.local/bin/git', { from: word('x') }), 'deny'],
    ['a git hook', file('write', '.git/hooks/post-merge'), 'deny'],
    ['a file of Python that starts by itself', file('create', '.venv/lib/site-packages/x.pth'), 'deny'],
    ['a file of the project', file('write', 'bin/tool'), 'pass'],
    ['a pattern', file('write', '~/.bash*'), 'deny'],
    [
      'an unknown service',
      unknownFile('write', ['~/.config/systemd/user/', null], { below: locate('~/.config/systemd/user') }),
      'deny',
    ],
    ['a start file that goes', file('delete', '~/.bashrc'), 'pass'],
    ['another machine', { ...file('append', '/etc/profile'), place: 'remote' }, 'pass'],
    ['a shell alias of git', config('alias.x', '!rm -rf /tmp/x'), 'deny'],
    ['an alias of git', config('alias.st', 'status'), 'pass'],
    ['a pager', config('core.pager', './x'), 'deny'],
    ['a pager of one command', config('pager.log', './x'), 'deny'],
    ['a filter', config('filter.lfs.smudge', 'x'), 'deny'],
    ['a helper', config('credential.https://x.example.helper', 'x'), 'deny'],
    ['an included file', config('includeIf.gitdir:~/work/.path', 'x'), 'deny'],
    ['a name', config('user.name', 'x'), 'pass'],
    ['a key that is removed', git('config', { key: 'core.pager' }), 'pass'],
    ['a timer program', run('crontab', { persistent: true }), 'deny'],
    ['a program in the background', run('nohup', { persistent: true }), 'note'],
    ['a program', run('ls'), 'pass'],
  ])('%s', (_, effect, expected) => {
    expect(outcome(guard, [effect])).toBe(expected);
  });

  it('lets the policy decide about the background and about files', () => {
    const nohup = [run('nohup', { persistent: true })];
    expect(outcome(guard, nohup, { options: { background: false } })).toBe('deny');
    const rc = [file('append', '~/.vimrc')];
    expect(outcome(guard, rc, { options: { allow: ['~/.vimrc'] } })).toBe('deny');
    expect(outcome(guard, rc, { options: { paths: ['~/.*'], allow: ['~/.vimrc'] } })).toBe('pass');
  });
});
