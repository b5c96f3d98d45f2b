import { describe, expect, it } from 'vitest';
import guard from '../../lib/guards/protected-paths/guard.ts';
import type { FileEffect } from '../../lib/types/effect.ts';
import { file, judge, locate, outcome, unknownFile, word } from './build.ts';

const there = (path: string) => ({ at: locate(path, 'file') });

describe('credentials', () => {
  it.each<[string, FileEffect, string]>([
    ['read .env', file('read', '.env'), 'deny'],
    ['read .env of a package', file('read', 'packages/a/.env.production'), 'deny'],
    ['read the template', file('read', '.env.example'), 'pass'],
    ['list .env', file('list', '.env'), 'pass'],
    ['list ~/.ssh', file('list', '~/.ssh'), 'pass'],
    ['read a key', file('read', '~/.ssh/id_rsa'), 'deny'],
    ['read a public key', file('read', '~/.ssh/id_rsa.pub'), 'pass'],
    ['read known hosts', file('read', '~/.ssh/known_hosts'), 'pass'],
    ['read by pattern', file('read', '.e?v'), 'deny'],
    ['read by another pattern', file('read', '*.ts'), 'pass'],
    ['read everything', file('read', '*'), 'pass'],
    ['read the tree', file('read', '.', { recursive: true }), 'pass'],
    ['read all of ~/.aws', file('read', '~/.aws', { recursive: true }), 'deny'],
    ['read all of home', file('read', '~', { recursive: true }), 'deny'],
    ['read all of another project', file('read', '~/work/other', { recursive: true }), 'pass'],
    ['read one directory of home', file('read', '~/.config/htop', { recursive: true }), 'pass'],
    ['an unknown directory, known name', unknownFile('read', [null, '/.env']), 'deny'],
    ['an unknown name', unknownFile('read', [null]), 'pass'],
    ['an unknown key', unknownFile('read', ['/home/u/.ssh/', null], { below: locate('~/.ssh') }), 'deny'],
    [
      'a key of a known kind',
      unknownFile('read', ['~/.ssh/', null, '.pub'], { below: locate('~/.ssh') }),
      'pass',
    ],
    ['an unknown file of home', unknownFile('read', ['~/', null], { below: locate('~') }), 'pass'],
    ['a half-known name', unknownFile('read', ['.env', null]), 'uncertain'],
    ['read by a program nobody knows', file('read', '.env', { uncertain: true }), 'uncertain'],
    ['make it where there is none', file('write', '.env'), 'pass'],
    ['replace it', file('write', '.env', there('.env')), 'deny'],
    ['append to it', file('append', '.env', there('.env')), 'deny'],
    ['delete it', file('delete', '.env', there('.env')), 'deny'],
    ['write the template', file('write', '.env.example', there('.env.example')), 'pass'],
    ['link to it', { ...file('link', 'x'), from: word('.env'), fromAt: locate('.env', 'file') }, 'deny'],
    ['move it', { ...file('move', 'x'), from: word('.env'), fromAt: locate('.env', 'file') }, 'deny'],
    [
      'move its directory',
      { ...file('move', '/tmp/x'), from: word('~/.aws'), fromAt: locate('~/.aws') },
      'deny',
    ],
    ['close it to others', file('chmod', '.env', { mode: '600', ...there('.env') }), 'pass'],
    ['open it to others', file('chmod', '.env', { mode: '644', ...there('.env') }), 'deny'],
    ['read it in a container', { ...file('read', '/app/.env'), place: 'container' }, 'deny'],
    ['the environment of a process', file('read', '/proc/1/environ'), 'deny'],
    ['a system file', file('read', '/etc/hosts'), 'pass'],
  ])('%s: %s', (_, effect, expected) => {
    expect(outcome(guard, [effect])).toBe(expected);
  });

  it('sees through a symbolic link', () => {
    const at = { ...locate('notes.txt'), real: '/home/u/work/app/.env' };
    expect(outcome(guard, [file('read', 'notes.txt', { at })])).toBe('deny');
  });

  it('knows the directory of Codex by whatever name', () => {
    const host = { paths: { home: '/home/u', codexHome: '/srv/codex', guardHome: '/srv/codex/guard' } };
    expect(outcome(guard, [file('read', '/srv/codex/auth.json')], { host })).toBe('deny');
    expect(outcome(guard, [file('read', '/srv/codex/sessions/a.jsonl')], { host })).toBe('pass');
  });
});

describe('read-only and outside', () => {
  it.each<[string, FileEffect, string]>([
    ['a hook', file('write', '.git/hooks/pre-commit'), 'deny'],
    ['a hook of another repository', file('write', '/tmp/r/.git/hooks/pre-commit'), 'deny'],
    ['the settings of the repository', file('append', '.git/config'), 'deny'],
    ['a stale lock', file('delete', '.git/index.lock'), 'pass'],
    ['a read of its settings', file('read', '.git/config'), 'pass'],
    ['a workflow', file('write', '.github/workflows/ci.yml'), 'pass'],
    ['the settings of the agent', file('write', '.codex/config.toml'), 'deny'],
    ['the source', file('write', 'src/a.ts', { clobbers: true }), 'pass'],
    ['a new directory', file('create', 'src/b'), 'pass'],
    ['a temporary file', file('write', '/tmp/a'), 'pass'],
    ['nothing', file('write', '/dev/null'), 'pass'],
    ['a pipe of its own', file('write', '/dev/fd/3'), 'pass'],
    ['a system file', file('append', '/etc/hosts'), 'deny'],
    ['a file at home', file('write', '~/notes.md'), 'deny'],
    ['another project', file('write', '~/work/other/a.ts'), 'deny'],
    ['a cache', file('write', '~/.cache/pip/x'), 'pass'],
    [
      'a move out of the project',
      { ...file('move', '~/a.ts'), from: word('a.ts'), fromAt: locate('a.ts') },
      'deny',
    ],
    ['a move into it', { ...file('move', 'a.ts'), from: word('~/a.ts'), fromAt: locate('~/a.ts') }, 'deny'],
    [
      'a link to a file outside',
      { ...file('link', 'a'), from: word('/usr/bin/x'), fromAt: locate('/usr/bin/x') },
      'pass',
    ],
    ['a copy from outside', file('read', '~/work/other/a.ts'), 'pass'],
    ['an unknown place', unknownFile('write', [null]), 'pass'],
    [
      'a partly known place outside',
      unknownFile('write', ['~/.config/', null], { below: locate('~/.config') }),
      'deny',
    ],
    [
      'a partly known cache',
      unknownFile('write', ['~/.cache/', null], { below: locate('~/.cache') }),
      'pass',
    ],
    ['a partly known place inside', unknownFile('write', ['out/', null], { below: locate('out') }), 'pass'],
    [
      'a stream that is only counted',
      unknownFile('write', ['/dev/fd/', null], { below: locate('/dev/fd') }),
      'pass',
    ],
    ['another machine', { ...file('write', '/etc/hosts'), place: 'remote' }, 'pass'],
    ['a chmod outside', file('chmod', '/usr/bin/x', { mode: '4755' }), 'deny'],
  ])('%s: %s', (_, effect, expected) => {
    expect(outcome(guard, [effect])).toBe(expected);
  });

  it('lets a policy say otherwise, the more specific glob first', () => {
    const write = file('write', '~/notes/a.md');
    expect(outcome(guard, [write], { options: { writable: ['~/notes/**'] } })).toBe('pass');
    expect(outcome(guard, [write], { options: { outside: false } })).toBe('pass');
    const key = file('read', 'test/fixtures/a.pem');
    expect(outcome(guard, [key], { options: { readable: ['test/fixtures/*.pem'] } })).toBe('pass');
    expect(
      outcome(guard, [key], {
        options: { deny: ['test/fixtures/a.pem'], readable: ['test/fixtures/*.pem'] },
      }),
    ).toBe('deny');
    expect(outcome(guard, [file('write', 'db/1.sql')], { options: { readOnly: ['db/**'] } })).toBe('deny');
  });
});

describe('words', () => {
  it('names the file, the glob and a way on', () => {
    expect(judge(guard, [file('read', 'apps/web/.env')])).toMatchObject([
      {
        message: 'this reads apps/web/.env, which is protected as .env',
        remedy: expect.stringContaining('.env.example'),
        subject: { path: 'apps/web/.env' },
      },
    ]);
    expect(judge(guard, [file('write', '/etc/hosts')])[0]?.message).toBe(
      'this changes /etc/hosts, outside the project',
    );
    expect(judge(guard, [unknownFile('read', ['.env', null])])[0]?.message).toContain(
      'which may be protected',
    );
  });
});
