import { describe, expect, it } from 'vitest';
import { findSecrets } from '../../lib/secrets/find-secrets.ts';
import { fingerprint } from '../../lib/secrets/fingerprint.ts';
import type { TextFact } from '../../lib/types/facts.ts';
import { ENCODINGS, makeSample, seededRandom } from './samples.ts';

const token = makeSample('ghp_{A36}', seededRandom(11));
const generic = makeSample('{A32}', seededRandom(12));
const fact = (text: string, where: TextFact['where'] = 'patch'): TextFact => ({ where, text });

describe('findSecrets', () => {
  it('says where a secret stands', () => {
    const text = `first\n  key: "${token}"\n`;
    const { hits, complete } = findSecrets([{ where: 'patch', text, path: 'a/b.yml' }]);
    expect(complete).toBe(true);
    expect(hits).toEqual([
      {
        rule: 'github-pat',
        provider: 'GitHub',
        tier: 'deny',
        where: 'patch',
        path: 'a/b.yml',
        line: 2,
        column: 9,
        length: 40,
        prefix: 'ghp_',
        span: { start: 14, end: 54 },
      },
    ]);
  });

  it.each(Object.entries(ENCODINGS))('places a secret in %s at what encodes it', (_name, encode) => {
    const text = `# comment\n${encode(token)}\n`;
    const { hits } = findSecrets([fact(text)]);
    const [hit] = hits.filter(({ rule }) => rule === 'github-pat');
    expect(hit).toBeDefined();
    expect(hit?.line).toBe(2);
    expect(hit?.prefix).toBe('ghp_');
    // Without the stretch, nothing is left to find.
    const rest = `${text.slice(0, hit?.span.start)}${text.slice(hit?.span.end)}`;
    expect(findSecrets([fact(rest)]).hits.filter(({ rule }) => rule === 'github-pat')).toEqual([]);
  });

  it('follows three encodings and not five', () => {
    const nest = (times: number): string =>
      times === 0 ? `token=${token}` : Buffer.from(nest(times - 1)).toString('base64');
    expect(findSecrets([fact(nest(3))]).hits).toHaveLength(1);
    expect(findSecrets([fact(nest(5))]).hits).toHaveLength(0);
  });

  it('reads base64 that is wrapped in lines', () => {
    const padding = 'lorem ipsum dolor sit amet '.repeat(4);
    const lines =
      Buffer.from(`${padding}\ntoken=${token}\n${padding}`)
        .toString('base64')
        .match(/.{1,76}/g) ?? [];
    expect(findSecrets([fact(lines.join('\n'))]).hits.map(({ rule }) => rule)).toEqual(['github-pat']);
  });

  it('joins words that quotes split, in commands only', () => {
    const split = `${token.slice(0, 2)}"${token.slice(2, 9)}"'${token.slice(9, 20)}'\\${token.slice(20)}`;
    expect(findSecrets([fact(`echo ${split}`, 'command')]).hits.map(({ rule }) => rule)).toEqual([
      'github-pat',
    ]);
    expect(findSecrets([fact(`echo ${split}`)]).hits).toEqual([]);
  });

  it('keeps one finding for one place: the most specific', () => {
    const { hits } = findSecrets([fact(`github_token = "${token}"`)]);
    expect(hits.map(({ rule }) => rule)).toEqual(['github-pat']);
  });

  it('sorts by place and keeps the order of the texts', () => {
    const other = makeSample('glpat-{s20}', seededRandom(13));
    const { hits } = findSecrets([fact(`${other} ${token}`), fact(token, 'prompt')]);
    expect(hits.map(({ rule, where }) => [rule, where])).toEqual([
      ['gitlab-pat', 'patch'],
      ['github-pat', 'patch'],
      ['github-pat', 'prompt'],
    ]);
  });

  it('denies provider formats and warns of generic ones', () => {
    const { hits } = findSecrets([fact(`a ${token}\nservice_token = "${generic}"`)]);
    expect(hits.map(({ rule, tier }) => [rule, tier])).toEqual([
      ['github-pat', 'deny'],
      ['generic-api-key', 'warn'],
    ]);
  });

  it('returns nothing of a secret but its public prefix', () => {
    const secrets = [token, generic, makeSample('AKIA{y16}', seededRandom(14))];
    const text = secrets.map((secret, at) => `key_${at}_token = "${secret}"`).join('\n');
    const report = JSON.stringify(
      findSecrets([fact(text)], { fingerprint: (rule, secret) => fingerprint(rule, secret, 'k') }),
    );
    for (const secret of secrets)
      for (let at = 4; at + 6 <= secret.length; at += 1)
        expect(report).not.toContain(secret.slice(at, at + 6));
  });

  it('makes fingerprints only when asked, one for a secret wherever it stands', () => {
    const make = (rule: string, secret: string): string => fingerprint(rule, secret, 'key');
    expect(findSecrets([fact(token)]).hits[0]).not.toHaveProperty('fingerprint');
    const [one] = findSecrets([fact(`a ${token}`)], { fingerprint: make }).hits;
    const [two] = findSecrets([fact(`b\n${token}`)], { fingerprint: make }).hits;
    expect(one?.fingerprint).toMatch(/^[0-9a-f]{16}$/);
    expect(one?.fingerprint).toBe(two?.fingerprint);
    expect(fingerprint('github-pat', token, 'other key')).not.toBe(one?.fingerprint);
    expect(fingerprint('other-rule', token, 'key')).not.toBe(one?.fingerprint);
  });

  it('honours allow comments only when told that the text was there before', () => {
    const text = `key = "${token}" # gitleaks:allow\n`;
    expect(findSecrets([fact(text)]).hits).toHaveLength(1);
    expect(findSecrets([fact(text)], { allowComments: (line) => line.includes(token) }).hits).toHaveLength(0);
    expect(
      findSecrets([fact(`# gitleaks:allow\n${token}`)], { allowComments: (line) => line.includes(token) })
        .hits,
    ).toHaveLength(1);
  });

  it('says when it did not see everything', () => {
    expect(findSecrets([fact(token)], { deadline: performance.now() - 1 }).complete).toBe(false);
    const cut = findSecrets([fact(`${' '.repeat(1000)}${token}`)], { maxBytes: 500 });
    expect(cut).toMatchObject({ hits: [], excused: 0, complete: false });
    expect(findSecrets([fact('a'.repeat(400)), fact('a'.repeat(400))], { maxBytes: 500 }).complete).toBe(
      false,
    );
    expect(findSecrets([fact('a'.repeat(400))], { maxBytes: 500 }).complete).toBe(true);
  });

  it('stops at more findings than anybody reads', () => {
    const random = seededRandom(15);
    const many = Array.from({ length: 6000 }, () => makeSample('ghp_{A36}', random)).join('\n');
    const { hits, complete } = findSecrets([fact(many)]);
    expect(complete).toBe(false);
    expect(hits.length).toBeGreaterThan(1000);
  });

  it.each([
    '',
    ' ',
    '\0',
    '\ud800',
    'ghp_',
    '%',
    '\\u',
    '=',
    '"',
    '://',
    'x'.repeat(100_000),
    '\n'.repeat(10_000),
  ])('finds nothing in %j', (text) => {
    expect(findSecrets([fact(text, 'command')])).toMatchObject({ hits: [], excused: 0, complete: true });
  });

  it('sees a token at the border of two slices', () => {
    for (let shift = 0; shift < 45; shift += 1) {
      const text = `${'a '.repeat((1 << 17) - 25)}${' '.repeat(shift)}${token} ${'b '.repeat(2000)}`;
      expect(findSecrets([fact(text)]).hits).toHaveLength(1);
    }
  });
});

describe('hostile texts', () => {
  const twentyKilobytes = (unit: string): string =>
    unit.repeat(Math.ceil(20_000 / unit.length)).slice(0, 20_000);
  const units = [
    'ghp_',
    'sk-',
    'AKIA',
    'Q~',
    '0Q~',
    'eyJ',
    'eyJa.eyJ',
    '://',
    '://a:',
    'http://a:b',
    'password=',
    'token: ',
    'key-',
    'secret"',
    'Authorization: Bearer ',
    'Authorization: Basic ',
    'curl -u a:a',
    'curl -u ',
    'kind: Secret\n',
    'kind: Secret\ndata:\n a: ',
    '-----BEGIN PRIVATE KEY-----',
    'PuTTY-User-Key-File-2: ',
    'machine a login b ',
    '"auth": "',
    '%41',
    '\\x41',
    '\\u0041',
    '&#65;',
    'QUFB',
    '41',
    'a"b',
    '"a"b',
    '{',
    ' ',
    '=',
    '-',
    'a1',
    '.acc',
    'hapikey=',
    'Server=a;password=',
  ];

  it.each(units)('%j takes no time out of proportion', (unit) => {
    const run = (text: string): number => {
      const begin = performance.now();
      findSecrets([fact(text, 'command')]);
      return performance.now() - begin;
    };
    run(twentyKilobytes(unit));
    // Generous: the target is 150 ms on an idle machine.
    expect(Math.min(run(twentyKilobytes(unit)), run(twentyKilobytes(unit)))).toBeLessThan(600);
  });
});
