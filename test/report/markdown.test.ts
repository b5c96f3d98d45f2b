import { describe, expect, it } from 'vitest';
import { markdownCode, markdownTable, markdownText, workflowCommand } from '../../lib/report/markdown.ts';

describe('Markdown', () => {
  it.each([
    ['a | b', 'a \\| b'],
    ['<img src=x>', '\\<img src=x\\>'],
    ['[a](b) *c* `d`', '\\[a\\](b) \\*c\\* \\`d\\`'],
    ['one\ntwo', 'one two'],
    ['@everyone', '@\u200beveryone'],
  ])('makes %j harmless', (text, expected) => {
    expect(markdownText(text)).toBe(expected);
  });

  it.each([
    ['ls -la', '`ls -la`'],
    ['echo `date`', '`` echo `date` ``'],
    ['a | b', '`a \\| b`'],
    ['one\ntwo', '`one two`'],
    ['', ''],
  ])('quotes the code %j', (text, expected) => {
    expect(markdownCode(text)).toBe(expected);
  });

  it('has no table without rows', () => {
    expect(markdownTable(['a'], [])).toBe('');
    expect(markdownTable(['a', 'b'], [['1', '2']])).toBe('| a | b |\n| --- | --- |\n| 1 | 2 |');
  });
});

it('a workflow command stays one line, whatever it says', () => {
  expect(workflowCommand('error', 'a: b, c', '100 %\n::warning::x')).toBe(
    '::error title=a%3A b%2C c::100 %25%0A::warning::x',
  );
});
