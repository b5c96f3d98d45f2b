import { describe, expect, it } from 'vitest';
import type { OptionSpec } from '../../lib/kit/define-guard.ts';
import { replaceValue, tightenValue, tightenWord } from '../../lib/policy/combine.ts';

const list = (type: 'strings' | 'globs', direction: 'permission' | 'prohibition'): OptionSpec => ({
  type,
  direction,
  default: [],
  about: '',
});
const lower: OptionSpec = { type: 'number', default: 1, minimum: 0, tighter: 'lower', about: '' };
const higher: OptionSpec = { type: 'number', default: 1, minimum: 0, tighter: 'higher', about: '' };
const yes: OptionSpec = { type: 'boolean', default: false, tighter: true, about: '' };
const choice: OptionSpec = { type: 'choice', default: 'a', choices: ['a', 'b', 'c'], about: '' };

describe('replaceValue', () => {
  it.each([
    ['a number', lower, 5, 9, 9],
    ['a choice', choice, 'c', 'a', 'a'],
    ['permissions replace', list('strings', 'permission'), ['a', 'b'], ['c'], ['c']],
    [
      '... stands for what was there',
      list('strings', 'permission'),
      ['a', 'b'],
      ['...', 'c', 'a'],
      ['a', 'b', 'c'],
    ],
    ['!x takes out of ...', list('strings', 'permission'), ['a', 'b'], ['...', '!a'], ['b']],
    [
      'a glob exclusion stays',
      list('globs', 'permission'),
      ['a/**', 'b'],
      ['...', '!a/x', '!b'],
      ['a/**', '!a/x', '!b'],
    ],
    ['prohibitions add up', list('strings', 'prohibition'), ['a', 'b'], ['b', 'c'], ['a', 'b', 'c']],
    ['!x takes a prohibition away', list('strings', 'prohibition'), ['a', 'b'], ['!a', 'c'], ['b', 'c']],
    [
      'of globs, too',
      list('globs', 'prohibition'),
      ['**/.env*'],
      ['!**/.env.example'],
      ['**/.env*', '!**/.env.example'],
    ],
    ['forbidding again', list('globs', 'prohibition'), ['a', '!b'], ['b'], ['a', 'b']],
  ])('%s', (_, spec, current, next, expected) => {
    expect(replaceValue(spec, current, next)).toEqual(expected);
  });
});

describe('tightenValue', () => {
  it.each([
    ['a lower number', lower, 5, 3, 3, undefined],
    ['a higher number', lower, 5, 9, 5, '9 is looser than 5'],
    ['a number where higher is stricter', higher, 5, 9, 9, undefined],
    ['the same where lower is looser', higher, 5, 3, 5, '3 is looser than 5'],
    ['the stricter boolean', yes, false, true, true, undefined],
    ['the looser boolean', yes, true, false, true, 'false is looser than true'],
    ['the same boolean', yes, false, false, false, undefined],
    ['a stricter choice', choice, 'b', 'c', 'c', undefined],
    ['a looser choice', choice, 'b', 'a', 'b', 'a is looser than b'],
    ['fewer permissions', list('strings', 'permission'), ['a', 'b'], ['b'], ['b'], undefined],
    ['no permissions', list('strings', 'permission'), ['a', 'b'], [], [], undefined],
    [
      'another permission',
      list('strings', 'permission'),
      ['a'],
      ['a', 'b'],
      ['a'],
      '`b` is not allowed so far',
    ],
    [
      'a narrower host',
      list('strings', 'permission'),
      ['**.a.example'],
      ['x.a.example'],
      ['x.a.example'],
      undefined,
    ],
    [
      'a wider host keeps the narrower one',
      list('strings', 'permission'),
      ['x.a.example', 'b.example'],
      ['**.a.example', '*'],
      ['x.a.example', 'b.example'],
      '`**.a.example` and `*` are not allowed so far',
    ],
    ['...', list('strings', 'permission'), ['a', 'b'], ['...'], ['a', 'b'], undefined],
    ['... without one', list('strings', 'permission'), ['a', 'b'], ['...', '!a'], ['b'], undefined],
    [
      'narrower globs',
      list('globs', 'permission'),
      ['src/**'],
      ['src/a/**', 'x'],
      ['src/a/**'],
      '`x` is not allowed so far',
    ],
    [
      'exclusions of both stay',
      list('globs', 'permission'),
      ['src/**', '!src/a'],
      ['src/b/**', '!src/b/c'],
      ['src/b/**', '!src/a', '!src/b/c'],
      undefined,
    ],
    ['more prohibitions', list('strings', 'prohibition'), ['a'], ['b'], ['a', 'b'], undefined],
    [
      'fewer prohibitions',
      list('strings', 'prohibition'),
      ['a'],
      ['!a', 'b'],
      ['a', 'b'],
      '`!a` would take away what is forbidden',
    ],
    [
      'an exclusion from prohibitions',
      list('globs', 'prohibition'),
      ['**'],
      ['!a'],
      ['**'],
      '`!a` would take away what is forbidden',
    ],
    [
      'an exclusion that is there',
      list('globs', 'prohibition'),
      ['**', '!a'],
      ['!a', 'b'],
      ['**', '!a', 'b'],
      undefined,
    ],
    [
      'forbidding what was excluded',
      list('globs', 'prohibition'),
      ['**', '!a'],
      ['a'],
      ['**', 'a'],
      undefined,
    ],
  ])('%s', (_, spec, current, next, expected, refused) => {
    const combined = tightenValue(spec, current, next);
    expect(combined.value).toEqual(expected);
    expect(combined.refused).toBe(refused);
  });
});

describe('tightenWord', () => {
  it('takes the later of a row', () => {
    const row = ['pass', 'warn', 'deny'] as const;
    expect(tightenWord(row, 'warn', 'deny')).toEqual({ value: 'deny' });
    expect(tightenWord(row, 'warn', 'warn')).toEqual({ value: 'warn' });
    expect(tightenWord(row, 'warn', 'pass')).toEqual({
      value: 'warn',
      refused: '`pass` is looser than `warn`',
    });
  });
});
