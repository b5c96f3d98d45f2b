import { describe, expect, it } from 'vitest';
import { translateRe2 } from '../../../lib/secrets/gitleaks/translate-re2.ts';

function matches(source: string, text: string): readonly string[] {
  const translated = translateRe2(source);
  if (typeof translated === 'string') throw new Error(translated);
  return [...text.matchAll(translated.pattern)].map((match) => match[0]);
}

describe('translateRe2', () => {
  it.each<readonly [source: string, text: string, found: readonly string[]]>([
    ['abc', 'xabcx', ['abc']],
    ['a.c', 'abc a\nc', ['abc']],
    ['(?s)a.c', 'abc a\nc', ['abc', 'a\nc']],
    ['(?i)abc', 'ABC abc', ['ABC', 'abc']],
    ['a(?i)b', 'ab aB Ab', ['ab', 'aB']],
    ['(?i:a)b', 'ab Ab AB', ['ab', 'Ab']],
    ['(?i)a(?-i:b)', 'ab Ab aB', ['ab', 'Ab']],
    ['(?i)[a-c]x', 'BX dx', ['BX']],
    ['(?i)a|b', 'A B', ['A', 'B']],
    ['(?P<key>a)(?P<key2>b)', 'ab', ['ab']],
    ['^a', 'a\na', ['a']],
    ['(?m)^a', 'a\na', ['a', 'a']],
    ['a$', 'a\na', ['a']],
    ['(?m)a$', 'a\na', ['a', 'a']],
    ['\\Aa', 'aa', ['a']],
    ['a\\z', 'a a', ['a']],
    ['[[:alnum:]]+', 'a1-b', ['a1', 'b']],
    ['[[:^digit:]]', '1a', ['a']],
    ['[^[:space:]]+', 'a b', ['a', 'b']],
    ['\\s', '\v\t\u00a0', ['\t']],
    ['\\w+', 'aé', ['a']],
    ['[\\d\\-x]+', '1-x', ['1-x']],
    ['[]a]+', ']a', [']a']],
    ['[a\\]]+', 'a]', ['a]']],
    ['\\Qa.b\\E+', 'a.bb axb', ['a.bb']],
    ['\\x41\\x{42}\\103', 'ABC', ['ABC']],
    ['a{2}', 'aaa', ['aa']],
    ['a{,2}', 'a{,2}', ['a{,2}']],
    ['{a}', '{a}', ['{a}']],
    ['(?U)a+', 'aaa', ['a', 'a', 'a']],
    ['(?U)a+?', 'aaa', ['aaa']],
    ['a*?b', 'aab', ['aab']],
    ['\\p{Greek}+', 'aαβ', ['αβ']],
    ['\\pL+', 'aé1', ['aé']],
    ['[^\\x00-\\x7F]', 'aé', ['é']],
    ['(?:a|[0-9]|\\n)+', 'a1\nb', ['a1\n']],
    ['\\bcurl\\b', 'curl curly', ['curl']],
    ['[`\'"\\s;]|\\\\[nr]|$', 'a;', [';', '']],
  ])('%s', (source, text, found) => {
    expect(matches(source, text)).toEqual(found);
  });

  it.each([
    '(a+)+',
    '(?:.*x)*',
    '(?:a|aa)+',
    '([a-z]{1,50}){1,50}',
    '(?:[\\r\\n]{1,2}.*?){1,5}',
    '((ab)*)*',
    '(?:(?:x+)y)*',
    '.*.*.*.*x',
    '(?=a)b',
    '(?<!a)b',
    '(a)\\1',
    '\\C',
    'a**',
    '*a',
    'a)',
    '(a',
    '[a',
    '[b-a]',
    'a{2,1}',
    'a{1001}',
    '(?P<1>a)',
    '\\',
    '(?x)a',
    '('.repeat(200) + ')'.repeat(200),
    'a'.repeat(30_000),
  ])('refuses %.40s', (source) => {
    expect(translateRe2(source)).toEqual(expect.any(String));
  });

  it.each([
    '(?i)[\\w.-]{0,50}?(?:adafruit)(?:[ \\t\\w.-]{0,20})[\\s\'"]{0,3}(?:=|>|:{1,3}=)[\\x60\'"\\s=]{0,5}([a-z0-9_-]{32})',
    '-----BEGIN[ A-Z0-9_-]{0,100}PRIVATE KEY-----[\\s\\S-]{64,}?KEY-----',
    '(?:.|[\\n\\r]){0,32}?x',
    '(?:ab|cd)+',
    '(a|a)*',
  ])('takes %s', (source) => {
    expect(translateRe2(source)).not.toEqual(expect.any(String));
  });

  it('shows costly expressions less text at once', () => {
    const slice = (source: string): number | undefined => {
      const translated = translateRe2(source);
      return typeof translated === 'string' ? undefined : translated.slice;
    };
    expect(slice('[a-z]{40}')).toBeGreaterThan(slice('.*x.*y') ?? 0);
    expect(slice('.*x.*y')).toBeGreaterThan(slice('.*x.*y.*z') ?? 0);
  });
});
