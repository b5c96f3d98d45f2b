import { describe, expect, it } from 'vitest';
import { countOf, draft, mergeDrafts } from '../../lib/kit/draft.ts';
import {
  escapePattern,
  findText,
  isBlank,
  knownHead,
  knownTail,
  patternOf,
  printText,
  printWord,
} from '../../lib/kit/words.ts';
import { SPAN, unknown, word } from '../guards/build.ts';

describe('words', () => {
  it('prints one line without control characters', () => {
    expect(printText('a\nb\u001b[0m\u200b\u2028c')).toBe('a?b?[0m??c');
    expect(printText('')).toBe('(empty)');
    expect(printWord(unknown('x/', null))).toBe('x/…');
  });

  it('prints at most 80 characters, the end among them', () => {
    const printed = printText(`${'a'.repeat(100)}/end`);
    expect(printed.length).toBeLessThanOrEqual(80);
    expect(printed.endsWith('/end')).toBe(true);
    expect(printText('b'.repeat(80))).toBe('b'.repeat(80));
  });

  it('makes a pattern that means only what is known', () => {
    expect(patternOf(word('a*'))).toBe('a*');
    expect(patternOf({ ...word('a*'), glob: false })).toBe('a\\*');
    expect(patternOf(unknown('x[1]/', null, '.ts'))).toBe('x\\[1\\]/**.ts');
    expect(patternOf({ text: undefined, glob: false, span: SPAN })).toBe('**');
    expect(escapePattern('{a,b}?')).toBe('\\{a,b\\}\\?');
  });

  it('knows what is known', () => {
    expect(findText(word('a'))).toBe('a');
    expect(findText(word('a*'))).toBeUndefined();
    expect(isBlank(unknown())).toBe(true);
    expect(isBlank(unknown('a', null))).toBe(false);
    expect(isBlank(undefined)).toBe(false);
    expect([knownHead(unknown('a', null, 'b')), knownTail(unknown('a', null, 'b'))]).toEqual(['a', 'b']);
    expect([knownHead(unknown(null)), knownTail(unknown(null))]).toEqual(['', '']);
  });
});

describe('drafts', () => {
  it('is uncertain about what only may happen', () => {
    expect(draft({ span: SPAN, uncertain: true }, 'a', 'b').uncertain).toBe(true);
    expect(draft({ span: SPAN }, 'a', 'b')).toEqual({ message: 'a', remedy: 'b', evidence: [SPAN] });
  });

  it('merges what says the same, and nothing else', () => {
    const one = draft({ span: SPAN }, 'a', 'b');
    expect(mergeDrafts([one, one, { ...one, level: 'warn' }, { ...one, message: 'c' }])).toEqual([
      { ...one, evidence: [SPAN, SPAN] },
      { ...one, level: 'warn' },
      { ...one, message: 'c' },
    ]);
  });

  it('counts', () => {
    expect([countOf(1, 'file'), countOf(2, 'file'), countOf(0, 'file')]).toEqual([
      '1 file',
      '2 files',
      '0 files',
    ]);
  });
});
