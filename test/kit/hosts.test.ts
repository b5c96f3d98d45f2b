import { describe, expect, it } from 'vitest';
import { findKnownHost, type HostClass, matchesHost, normalizeHost } from '../../lib/kit/hosts.ts';

describe('normalizeHost', () => {
  it.each<[string, string, HostClass]>([
    ['GitHub.com', 'github.com', 'public'],
    ['github.com.', 'github.com', 'public'],
    ['bücher.example', 'xn--bcher-kva.example', 'public'],
    ['evil.example', 'evil.example', 'public'],
    ['localhost', 'localhost', 'loopback'],
    ['api.localhost', 'api.localhost', 'loopback'],
    ['localhost.evil.example', 'localhost.evil.example', 'public'],
    ['127.0.0.1', '127.0.0.1', 'loopback'],
    ['127.1', '127.0.0.1', 'loopback'],
    ['2130706433', '127.0.0.1', 'loopback'],
    ['0x7f000001', '127.0.0.1', 'loopback'],
    ['0177.0.0.1', '127.0.0.1', 'loopback'],
    ['0.0.0.0', '0.0.0.0', 'loopback'],
    ['1572395042', '93.184.216.34', 'public'],
    ['10.1.2.3', '10.1.2.3', 'private'],
    ['172.31.0.1', '172.31.0.1', 'private'],
    ['172.32.0.1', '172.32.0.1', 'public'],
    ['192.168.1.1', '192.168.1.1', 'private'],
    ['169.254.1.1', '169.254.1.1', 'link-local'],
    ['169.254.169.254', '169.254.169.254', 'metadata'],
    ['0xa9fea9fe', '169.254.169.254', 'metadata'],
    ['100.100.100.200', '100.100.100.200', 'metadata'],
    ['metadata.google.internal', 'metadata.google.internal', 'metadata'],
    ['[::1]', '[::1]', 'loopback'],
    ['::1', '[::1]', 'loopback'],
    ['[0:0:0:0:0:0:0:1]', '[::1]', 'loopback'],
    ['[::ffff:127.0.0.1]', '127.0.0.1', 'loopback'],
    ['[::ffff:a9fe:a9fe]', '169.254.169.254', 'metadata'],
    ['fe80::1%eth0', '[fe80::1]', 'link-local'],
    ['[fd00:ec2::254]', '[fd00:ec2::254]', 'metadata'],
    ['fd12::1', '[fd12::1]', 'private'],
    ['db', 'db', 'private'],
    ['printer.local', 'printer.local', 'private'],
    ['', '', 'invalid'],
    ['999.1.1.1', '999.1.1.1', 'invalid'],
  ])('%s → %s, %s', (text, name, kind) => {
    expect(normalizeHost(text)).toMatchObject({ name, class: kind });
  });
});

describe('matchesHost', () => {
  it.each<[string, string, number | undefined, boolean]>([
    ['github.com', 'github.com', undefined, true],
    ['github.com', 'api.github.com', undefined, false],
    ['*.github.com', 'api.github.com', undefined, true],
    ['*.github.com', 'github.com', undefined, false],
    ['*.github.com', 'a.b.github.com', undefined, false],
    ['**.github.com', 'github.com', undefined, true],
    ['**.github.com', 'a.b.github.com', undefined, true],
    ['**.github.com', 'evilgithub.com', undefined, false],
    ['**.github.com', 'github.com.evil.example', undefined, false],
    ['GitHub.com', 'github.com', undefined, true],
    ['api-*.example.com', 'api-1.example.com', undefined, true],
    ['*', 'anything.example', undefined, true],
    ['*', '127.0.0.1', undefined, false],
    ['**', '169.254.169.254', undefined, false],
    ['*.*.*.*', '10.0.0.1', undefined, false],
    ['10.0.*.*', '10.0.0.1', undefined, true],
    ['127.0.0.1', '2130706433', undefined, true],
    ['localhost:3000', 'localhost', 3000, true],
    ['localhost:3000', 'localhost', 4000, false],
    ['localhost:3000', 'localhost', undefined, false],
    ['localhost:*', 'localhost', 4000, true],
    ['[::1]:8080', '::1', 8080, true],
    ['::1', '::1', undefined, true],
    ['127.0.0.1', '[::ffff:127.0.0.1]', undefined, true],
  ])('%s means %s (port %s): %s', (entry, host, port, expected) => {
    expect(matchesHost(entry, normalizeHost(host), port)).toBe(expected);
  });
});

describe('findKnownHost', () => {
  it.each<[(string | null)[], string | undefined]>([
    [[null], undefined],
    [['https://', null], undefined],
    [['https://', null, '/path.html'], undefined],
    [['https://', null, ':3000/x'], undefined],
    [['https://user:', null, '@github.com/o/r.git'], 'github.com'],
    [['https://', null, '.evil.example/x'], 'unknown.evil.example'],
    [[null, '.evil.example'], 'unknown.evil.example'],
    [['https://api.', null], undefined],
    [['https://', null, '.com'], undefined],
    [['https://api.example/', null], 'api.example'],
  ])('%j → %s', (pieces, expected) => {
    const span = { start: 0, end: 0 };
    expect(findKnownHost({ text: undefined, pieces, glob: false, span })).toBe(expected);
  });
});
