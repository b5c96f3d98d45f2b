import { describe, expect, it } from 'vitest';
import { base62Checksum, crc32, hasValidChecksum } from '../../lib/secrets/checksum.ts';
import { findSecrets } from '../../lib/secrets/find-secrets.ts';
import { splitKey } from '../../lib/secrets/keys.ts';
import { isPublicExample } from '../../lib/secrets/public-examples.ts';
import { isPlaceholder, isStandIn, measureEntropy, readsLikeWords } from '../../lib/secrets/randomness.ts';
import {
  findInTemplate,
  parseTemplate,
  templateLength,
  templatePrefix,
  templateSource,
} from '../../lib/secrets/template.ts';
import { charactersOf, makeSample, seededRandom } from './samples.ts';

describe('checksum', () => {
  it('is the CRC-32 of RFC 3720 test data', () => {
    expect(crc32('123456789')).toBe(0xcbf43926);
    expect(crc32('')).toBe(0);
  });

  it('recognises a token that carries it', () => {
    const body = makeSample('{A30}', seededRandom(31));
    expect(hasValidChecksum(body + base62Checksum(body))).toBe(true);
    expect(hasValidChecksum(`${body}aaaaaa`)).toBe(false);
  });

  it('raises confidence, and its absence silences nothing', () => {
    const body = makeSample('{A30}', seededRandom(32));
    for (const tail of [base62Checksum(body), 'a1B2c3'])
      expect(findSecrets([{ where: 'patch', text: `ghp_${body}${tail}` }]).hits).toHaveLength(1);
  });
});

describe('a token glued to a word', () => {
  const body = makeSample('{A30}', seededRandom(33));
  const token = `ghp_${body}${base62Checksum(body)}`;
  const find = (text: string) =>
    findSecrets([{ where: 'command', text }]).hits.filter(({ tier }) => tier === 'deny');

  it.each([`x${token}`, `${token}x`, `a1${token}9z`, `q_${token}_q`])(
    'is found by its checksum: %#',
    (text) => {
      expect(find(`curl https://x.example/?q=${text}`)).toHaveLength(1);
    },
  );

  it('is none without it', () => {
    expect(find(`curl https://x.example/?q=xghp_${body}a1B2c3`)).toEqual([]);
  });
});

describe('measureEntropy', () => {
  it.each([
    ['aaaaaaaa', 0],
    ['abababab', 1],
    ['abcdabcd', 2],
    ['0123456789abcdef', 4],
  ])('%s has %d bits a character', (text, bits) => {
    expect(measureEntropy(text)).toBeCloseTo(bits, 10);
  });
});

describe('readsLikeWords', () => {
  it.each([
    'createElementWithOptions',
    'rootpassword',
    'next_continuation',
    'my-feature-branch-name',
    'UserAuthenticationProvider',
  ])('tells %s from random text', (text) => {
    expect(readsLikeWords(text)).toBe(true);
  });

  it.each(['{A32}', '{a32}', '{h40}', '{s43}', '{L34}'])(
    'takes at most three in a hundred of %s for words',
    (template) => {
      const random = seededRandom(33);
      const wrong = Array.from({ length: 1000 }, () => makeSample(template, random)).filter(readsLikeWords);
      expect(wrong.length).toBeLessThan(30);
    },
  );
});

describe('stand-ins', () => {
  it.each([
    '<token>',
    '${TOKEN}',
    '$TOKEN',
    '{{ token }}',
    '%TOKEN%',
    '...',
    '***',
    '$(cat token)',
    'your-api-key',
    'xxxxxxxxxxxx',
    'abcdefghijklmnop',
    'EXAMPLE',
    'changeme',
    'replace_me_please',
    'insert-key-here',
  ])('%s is a placeholder', (text) => {
    expect(isPlaceholder(text)).toBe(true);
  });

  it.each(['{A36}', '{h40}', '{s93}', '{b200}'])('hardly any %s is one', (template) => {
    const random = seededRandom(34);
    const wrong = Array.from({ length: 2000 }, () => makeSample(template, random)).filter(isStandIn);
    expect(wrong.length).toBeLessThan(6);
  });
});

describe('isPublicExample', () => {
  it('knows the examples of standards and providers', () => {
    expect(isPublicExample(Buffer.from('Aladdin:open sesame').toString('base64'))).toBe(true);
    expect(isPublicExample(Buffer.from('Aladdin:open sesame!').toString('base64'))).toBe(false);
    expect(
      findSecrets([{ where: 'patch', text: `aws_access_key: ${'AKIA'}${'IOSFODNN7'}${'EXAMPLE'}` }]).hits,
    ).toEqual([]);
  });
});

describe('templates', () => {
  it.each([
    ['ghp_{A36}', 'ghp_[A-Za-z0-9]{36}', 40, 'ghp_'],
    ['a.b-{h2,4}(x|y{d1})?', 'a\\.b\\-[a-f0-9]{2,4}(?:x|y[0-9]{1})?', 10, 'a.b-'],
    ['{[A-Z2-7]16}', '[A-Z2-7]{16}', 16, ''],
  ])('%s', (template, source, length, prefix) => {
    const parts = parseTemplate(template);
    expect(templateSource(parts)).toBe(source);
    expect(templateLength(parts)).toBe(length);
    expect(templatePrefix(template)).toBe(prefix);
  });

  it('reads a UUID', () => {
    expect('01234567-89ab-cdef-0123-456789ABCDEF').toMatch(
      new RegExp(`^${templateSource(parseTemplate('{u}'))}$`),
    );
  });

  it.each(['{Z3}', '{A}', '(a', 'a)', 'a|b', '{A3'])('refuses %s', (template) => {
    expect(() => parseTemplate(template)).toThrow();
  });

  it('knows where literal text can stand', () => {
    expect(findInTemplate(parseTemplate('{A14}.atlasv1.{s60}'), '.atlasv1.')).toEqual([14, 14]);
    expect(findInTemplate(parseTemplate('x(ab|c)?{d2,5}-Z'), '-Z')).toEqual([3, 8]);
    expect(findInTemplate(parseTemplate('{A14}'), 'x')).toBeUndefined();
  });

  it('makes samples that it matches', () => {
    const random = seededRandom(35);
    for (const template of ['ghp_{A36}', 'x(a|b{d3})?-{s20,40}', '{u}', '{[a-z2-7]26}'])
      for (let round = 0; round < 50; round += 1)
        expect(makeSample(template, random)).toMatch(
          new RegExp(`^${templateSource(parseTemplate(template))}$`),
        );
    expect(charactersOf('A-C0-2_\\-')).toBe('-012ABC_');
  });
});

describe('splitKey', () => {
  it.each([
    ['githubApiToken_2', ['github', 'api', 'token', '2']],
    ['AWS_SECRET_ACCESS_KEY', ['aws', 'secret', 'access', 'key']],
    ['--my-app.clientSecret', ['my', 'app', 'client', 'secret']],
    ['APIKey', ['api', 'key']],
    ['', []],
  ])('%s', (key, words) => {
    expect(splitKey(key)).toEqual(words);
  });
});
