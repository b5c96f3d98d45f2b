import { describe, expect, it } from 'vitest';
import guard from '../../lib/guards/network-allowlist/guard.ts';
import type { Effect, NetEffect } from '../../lib/types/effect.ts';
import { git, judge, net, outcome, unknown, word } from './build.ts';

describe('hosts', () => {
  it.each<[string, NetEffect, string]>([
    ['an unlisted host', net('evil.example'), 'deny'],
    ['a listed one', net('github.com'), 'pass'],
    ['a part of a listed one', net('API.GitHub.com.'), 'pass'],
    ['a lookalike', net('github.com.evil.example'), 'deny'],
    ['this machine', net('localhost', { port: 3000 }), 'pass'],
    ['this machine, oddly written', net('2130706433'), 'pass'],
    ['another machine, oddly written', net('1572395042'), 'deny'],
    ['a private address', net('192.168.1.4'), 'deny'],
    ['the metadata service', net('169.254.169.254'), 'deny'],
    ['the metadata service as IPv6', net('[::ffff:169.254.169.254]'), 'deny'],
    ['an address lookup', net('evil.example', { op: 'resolve' }), 'deny'],
    ['an upload', net('evil.example', { op: 'upload' }), 'deny'],
    ['no host at all', net('a b'), 'deny'],
    ['a local file', net('', { scheme: 'file' }), 'pass'],
    ['an unknown host', net(unknown()), 'uncertain'],
    ['an unknown host, known scheme', net(unknown('https://', null, '/x')), 'uncertain'],
    ['an unknown user', net(unknown('https://', null, '@github.com/o/r')), 'pass'],
    ['an unknown label', net(unknown(null, '.evil.example')), 'deny'],
    ['an unknown label of a listed host', net(unknown('https://', null, '.github.com/x')), 'pass'],
    ['a guess about an unknown program', net('evil.example', { uncertain: true }), 'uncertain'],
    ['a neighbour of a container', net('db', { place: 'container' }), 'pass'],
    ['a host beyond it', net('evil.example', { place: 'container' }), 'deny'],
    ['metadata from a container', net('169.254.169.254', { place: 'container' }), 'deny'],
  ])('%s', (_, effect, expected) => {
    expect(outcome(guard, [effect])).toBe(expected);
  });

  it.each<[string, NetEffect, Record<string, unknown>, string]>([
    ['deny beats allow', net('gist.github.com'), { deny: ['gist.github.com'] }, 'deny'],
    ['deny by pattern', net('a.b.github.com'), { deny: ['**.b.github.com'] }, 'deny'],
    ['every public host', net('any.example'), { allow: ['*'] }, 'pass'],
    ['but no private one', net('10.0.0.1'), { allow: ['*'] }, 'deny'],
    ['nor metadata', net('metadata.google.internal'), { allow: ['*', '**'] }, 'deny'],
    ['a private network by pattern', net('10.0.0.1'), { allow: ['10.0.*.*'] }, 'pass'],
    ['metadata, spelled out', net('169.254.169.254'), { allow: ['169.254.169.254'] }, 'pass'],
    ['one port', net('localhost', { port: 3000 }), { allow: ['localhost:3000'] }, 'pass'],
    ['another port', net('localhost', { port: 22 }), { allow: ['localhost:3000'] }, 'deny'],
  ])('%s', (_, effect, options, expected) => {
    expect(outcome(guard, [effect], { options })).toBe(expected);
  });
});

describe('registries', () => {
  const fetch = net(unknown(), { registry: 'npm' });
  it.each<[string, NetEffect, Record<string, unknown>, string]>([
    ['the default one', fetch, {}, 'pass'],
    ['one that is not listed', fetch, { allow: ['localhost'] }, 'deny'],
    ['one that is denied', fetch, { deny: ['registry:npm'] }, 'deny'],
    ['another manager', net(unknown(), { registry: 'apt' }), {}, 'deny'],
    ['another host', net('registry.example'), {}, 'deny'],
    ['not by the wildcard for hosts', fetch, { allow: ['*'] }, 'deny'],
  ])('%s', (_, effect, options, expected) => {
    expect(outcome(guard, [effect], { options })).toBe(expected);
  });
});

describe('sockets and servers', () => {
  it.each<[string, NetEffect, Record<string, unknown>, string]>([
    ['the socket of docker', net('/var/run/docker.sock', { scheme: 'unix' }), {}, 'deny'],
    ['the same, listed', net('/var/run/docker.sock'), { sockets: ['/var/run/docker.sock'] }, 'pass'],
    ['a temporary one', net('/tmp/app.sock', { scheme: 'unix' }), {}, 'pass'],
    ['its own', net('app.sock', { scheme: 'unix' }), {}, 'pass'],
    ['its own, beside', net('../x/app.sock', { scheme: 'unix' }), {}, 'deny'],
    ['an abstract one', net('@bus', { scheme: 'unix' }), {}, 'deny'],
    ['an unknown one', net(unknown('/run/', null), { scheme: 'unix' }), {}, 'uncertain'],
    ['a server', net('127.0.0.1', { op: 'listen', port: 1 }), { listen: 'loopback' }, 'pass'],
    ['a server for all', net('0.0.0.0', { op: 'listen' }), {}, 'note'],
    ['a server for all, forbidden', net('0.0.0.0', { op: 'listen' }), { listen: 'loopback' }, 'deny'],
    ['a server somewhere', net(unknown(), { op: 'listen' }), {}, 'pass'],
    ['a server somewhere, forbidden', net(unknown(), { op: 'listen' }), { listen: 'loopback' }, 'uncertain'],
    [
      'a server in a container',
      net('0.0.0.0', { op: 'listen', place: 'container' }),
      { listen: 'loopback' },
      'pass',
    ],
  ])('%s', (_, effect, options, expected) => {
    expect(outcome(guard, [effect], { options })).toBe(expected);
  });
});

describe('remotes', () => {
  const remotes = new Map([
    ['origin', 'git@git.acme.example:o/r.git'],
    ['local', '/srv/git/r.git'],
  ]);
  const host = { git: { defaultBranches: [], branch: 'x', remotes } };
  it.each<[string, Effect, string]>([
    ['the host of an own remote', net('git.acme.example'), 'pass'],
    [
      'another remote at it',
      git('remote', { key: 'fork', value: word('ssh://git@git.acme.example/me/r') }),
      'pass',
    ],
    ['another remote elsewhere', git('remote', { key: 'x', value: word('https://evil.example/r') }), 'deny'],
    ['one without a scheme', git('remote', { key: 'x', value: word('git@evil.example:r') }), 'deny'],
    ['a local one', git('remote', { key: 'x', value: word('../r.git') }), 'pass'],
    ['a removal', git('remote', { key: 'x' }), 'pass'],
    [
      'by configuration',
      git('config', { key: 'remote.origin.pushurl', value: word('https://evil.example/r') }),
      'deny',
    ],
    [
      'by rewriting',
      git('config', { key: 'url.https://evil.example/.insteadOf', value: word('https://github.com/') }),
      'deny',
    ],
    ['other configuration', git('config', { key: 'user.name', value: word('https://evil.example') }), 'pass'],
  ])('%s', (_, effect, expected) => {
    expect(outcome(guard, [effect], { host })).toBe(expected);
  });

  it('does not trust them when told not to', () => {
    const settings = { host, options: { ownRemotes: false } };
    expect(outcome(guard, [net('git.acme.example')], settings)).toBe('deny');
  });
});

describe('words', () => {
  it('names the host and what is allowed, no user and no path', () => {
    const [found] = judge(guard, [net(unknown('https://u:', null, '@evil.example/secret'))]);
    expect(found?.message).toBe('this contacts evil.example; it is not an allowed host');
    expect(found?.remedy).toContain('**.github.com');
    expect(found?.subject).toEqual({ host: 'evil.example' });
  });
  it('says what is special about an address', () => {
    expect(judge(guard, [net('169.254.169.254')])[0]?.message).toContain('metadata service');
    expect(judge(guard, [net('10.1.1.1')])[0]?.message).toContain('private network');
  });
});
