import { describe, expect, it } from 'vitest';
import guard from '../../lib/guards/danger-mode/guard.ts';
import { factsOf, judge, outcome } from './build.ts';

const host = (mode: Record<string, unknown> = {}, ...urls: string[]) => ({
  mode: { permission: 'bypassPermissions', machine: 'ci-7', hour: 12, ...mode },
  git: { defaultBranches: [], branch: 'x', remotes: new Map(urls.map((url, at) => [`r${at}`, url])) },
});
const machines = ['ci-*'];

describe('danger-mode', () => {
  it.each<[string, Record<string, unknown>, ReturnType<typeof host> | undefined, string]>([
    ['a person is asked', {}, host({ permission: 'default' }), 'pass'],
    ['nothing is known', {}, undefined, 'uncertain'],
    ['no machine is listed', {}, host(), 'deny'],
    ['the machine is listed', { machines }, host(), 'pass'],
    ['another machine', { machines }, host({ machine: 'laptop' }), 'deny'],
    ['too early', { machines, from: 13 }, host(), 'deny'],
    ['too late', { machines, until: 12 }, host(), 'deny'],
    ['in time', { machines, from: 12, until: 13 }, host(), 'pass'],
    [
      'no such repository',
      { machines, repositories: ['github.com/acme/*'] },
      host({}, 'https://github.com/o/r'),
      'deny',
    ],
    ['no repository', { machines, repositories: ['github.com/acme/*'] }, host(), 'deny'],
    [
      'by HTTPS',
      { machines, repositories: ['github.com/acme/*'] },
      host({}, 'https://u@github.com/acme/r.git'),
      'pass',
    ],
    [
      'by SSH',
      { machines, repositories: ['github.com/acme/*'] },
      host({}, 'git@github.com:acme/r.git'),
      'pass',
    ],
    [
      'by a port',
      { machines, repositories: ['git.acme.example/**'] },
      host({}, 'ssh://git@git.acme.example:22/a/r'),
      'pass',
    ],
  ])('%s', (_, options, given, expected) => {
    expect(outcome(guard, [], { options, ...(given ? { host: given } : {}) })).toBe(expected);
  });

  it.each([
    ['SessionStart', 'start a session that asks'],
    ['UserPromptSubmit', 'start a session that asks'],
    ['PreToolUse', 'end the turn'],
  ] as const)('says at %s what whoever reads it can do', (event, remedy) => {
    expect(guard.events).toContain(event);
    expect(judge(guard, factsOf([], { event }), { host: host() })[0]?.remedy).toContain(remedy);
  });

  it('says what is not allowed', () => {
    expect(judge(guard, [], { host: host({ machine: 'laptop' }) })[0]?.message).toContain('on laptop');
  });
});
