import { describe, expect, it } from 'vitest';
import guard from '../../lib/guards/self-protection/guard.ts';
import type { Effect } from '../../lib/types/effect.ts';
import type { Invocation } from '../../lib/types/invocation.ts';
import { env, factsOf, file, git, judge, locate, outcome, pack, run, unknownFile, word } from './build.ts';

const all = { recursive: true } as const;

/** A program start from words parted by blanks, with `NAME=value` in front. */
function start(text: string): Invocation {
  const words = text.split(' ').map(word);
  const first = words.findIndex(({ text }) => !text?.includes('='));
  return {
    argv: words.slice(first),
    assignments: words.slice(0, first).map((each) => ({
      name: each.text?.split('=')[0] ?? '',
      value: each,
    })),
    redirects: [],
    cwd: word('/home/u/work/app'),
    via: [],
    span: { start: 0, end: text.length },
  };
}

describe('files', () => {
  it.each<[string, Effect, string]>([
    ['the wiring', file('delete', '~/.codex/hooks.json'), 'deny'],
    ['the settings of Codex', file('append', '~/.codex/config.toml'), 'deny'],
    ['a profile', file('write', '~/.codex/ci.config.toml'), 'deny'],
    ['the state', file('write', '~/.codex/guard/state.json'), 'deny'],
    ['the directory it lies in', file('delete', '~/.codex', all), 'deny'],
    ['home', file('chmod', '~', { ...all, mode: '000' }), 'deny'],
    ['the wiring of the project', file('create', '.codex/hooks.json'), 'deny'],
    ['that of a package in it', file('create', 'packages/a/.codex/config.toml'), 'deny'],
    ['all of it', file('delete', '.codex', all), 'deny'],
    ['the project', file('move', '/tmp/x', { from: word('.'), fromAt: locate('.') }), 'deny'],
    ['what a company set', file('write', '/etc/codex/guard.jsonc'), 'deny'],
    ['the program', file('write', 'node_modules/codex-guard/dist/hooks/stop.cjs'), 'deny'],
    ['a hook of git', file('chmod', '.git/hooks/pre-commit', { mode: '-x' }), 'deny'],
    ['a link over it', file('link', '~/.codex/hooks.json', { from: word('/dev/null') }), 'deny'],
    [
      'it moved away',
      file('move', '/tmp/x', { from: word('x'), fromAt: locate('~/.codex/hooks.json') }),
      'deny',
    ],
    ['a pattern', file('delete', '~/.codex/h*.json'), 'deny'],
    ['a pattern of packages', file('delete', 'node_modules/codex-g*', all), 'deny'],
    ['all in one directory', file('delete', 'node_modules/*', all), 'pass'],
    ['a pattern for all', file('delete', '~/.codex/*', all), 'deny'],
    ['a read', file('read', '~/.codex/config.toml'), 'pass'],
    ['a listing', file('list', '~/.codex'), 'pass'],
    ['all packages', file('delete', 'node_modules', all), 'pass'],
    ['another package', file('delete', 'node_modules/codex', all), 'pass'],
    ['another directory', file('delete', '.github', all), 'pass'],
    ['an unknown file', unknownFile('write', [null]), 'pass'],
    ['another machine', { ...file('write', '/etc/codex/guard.jsonc'), place: 'remote' }, 'pass'],
  ])('%s', (_, effect, expected) => {
    expect(outcome(guard, [effect])).toBe(expected);
  });

  it('takes more of them from the policy', () => {
    const options = { paths: ['ops/**'] };
    expect(outcome(guard, [file('write', 'ops/a.yaml')], { options })).toBe('deny');
    expect(outcome(guard, [file('delete', 'ops', all)], { options })).toBe('deny');
    expect(outcome(guard, [file('write', 'ops/a.yaml')])).toBe('pass');
  });

  it('finds them wherever the environment puts them', () => {
    const paths = { home: '/home/u', codexHome: '/srv/codex', guardHome: '/var/guard' };
    const host = { paths };
    expect(outcome(guard, [file('write', '/srv/codex/hooks.json')], { host })).toBe('deny');
    expect(outcome(guard, [file('write', '/var/guard/audit/x.jsonl')], { host })).toBe('deny');
    expect(outcome(guard, [file('delete', '/var/guard', all)], { host })).toBe('deny');
  });
});

describe('git, packages and agents', () => {
  it.each<[string, Effect, string]>([
    ['commit --no-verify', git('commit', { skipsHooks: true }), 'deny'],
    ['commit', git('commit'), 'pass'],
    ['core.hooksPath', git('config', { key: 'core.hookspath', value: word('/dev/null') }), 'deny'],
    ['another key', git('config', { key: 'user.name', value: word('x') }), 'pass'],
    ['the package removed', pack('npm', 'remove', { names: [word('codex-guard')] }), 'deny'],
    ['the package replaced', pack('npm', 'install', { names: [word('codex-guard@0.0.1')] }), 'deny'],
    ['another package', pack('npm', 'install', { names: [word('codex-guardian')] }), 'pass'],
    ['all packages', pack('npm', 'install'), 'pass'],
    ['an agent without approvals', run('codex', { privilege: 'agent' }), 'deny'],
    ['an agent', run('codex'), 'pass'],
    ['root', run('sudo', { privilege: 'root' }), 'pass'],
  ])('%s', (_, effect, expected) => {
    expect(outcome(guard, [effect])).toBe(expected);
  });
});

describe('command lines', () => {
  it.each([
    ['codex-guard uninstall', 'deny'],
    ['codex-guard --json allow x', 'deny'],
    ['/usr/local/bin/codex-guard install', 'deny'],
    ['npx -y codex-guard@latest uninstall', 'deny'],
    ['node dist/bin/codex-guard.cjs allow x', 'deny'],
    ['codex-guard check uninstall', 'pass'],
    ['codex-guard doctor', 'pass'],
    ['echo codex-guard uninstall', 'pass'],
    ['npm install', 'pass'],
    ['CODEX_GUARD_POLICY=x true', 'deny'],
    ['CODEX_HOME=/tmp/x codex exec y', 'deny'],
    ['CODEX_HOME=/tmp/x ls', 'pass'],
    ['NODE_OPTIONS=--require=./x.js codex-guard doctor', 'deny'],
    ['NODE_OPTIONS=--max-old-space-size=4096 npm run build', 'pass'],
    ['HUSKY=0 git commit -m x', 'deny'],
    ['HUSKY=0 npm ci', 'pass'],
    ['SKIP=eslint git commit -m x', 'deny'],
  ])('%s: %s', (text, expected) => {
    expect(outcome(guard, factsOf([], { invocations: [start(text)] }))).toBe(expected);
  });

  it('counts variables that were exported before', () => {
    const effects = [env('set', 'HUSKY')];
    expect(outcome(guard, factsOf(effects, { invocations: [start('git commit -m x')] }))).toBe('deny');
    expect(outcome(guard, factsOf(effects, { invocations: [start('npm ci')] }))).toBe('pass');
  });

  it('tells running the package from installing it', () => {
    const names = [word('codex-guard')];
    expect(outcome(guard, [pack('npx', 'install', { names })])).toBe('pass');
    expect(outcome(guard, [pack('pnpm', 'install', { names })])).toBe('deny');
  });

  it('says a thing once', () => {
    const facts = factsOf([], { invocations: [start('codex-guard allow a'), start('codex-guard allow b')] });
    expect(judge(guard, facts)).toHaveLength(1);
  });
});
